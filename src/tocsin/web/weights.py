"""Why mentions were put together, in words: a weight says how many times likelier what is seen is in one happening."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tocsin.store.events import LinkedPair

#: Weights in log2 below which a step says too little to be told on its own: less than 1.4 times likelier.
_LITTLE = 0.5
#: Beyond this many times likelier, the number is no more than "very much".
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """What two mentions were compared by.

    Attributes:
        compared: the comparison in words.
        seen: what it showed.
        words: what that says.
        speaks_for: whether it speaks for one happening.
    """

    compared: str
    seen: str
    words: str
    speaks_for: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two mentions are one: the steps that say most, and all of them together.

    Attributes:
        one, other: ids of the mentions.
        names: who tells them.
        words: all steps together.
        steps: those that say most.
        others: how many more there are.
    """

    one: str
    other: str
    names: tuple[str, str]
    words: str
    steps: tuple[Step, ...]
    others: int


def reasons_of(pairs: Iterable[LinkedPair], names: Mapping[str, str]) -> tuple[Reason, ...]:
    """Return why pairs of mentions are one, the surest first.

    Args:
        pairs: as the record has them.
        names: who tells a mention, by its id.
    """
    ordered = sorted(pairs, key=lambda pair: -sum(weight for _, _, weight in pair.steps))
    return tuple(_reason(pair, names) for pair in ordered)


def weight_words(weight: float) -> str:
    """Return a weight in words.

    Args:
        weight: log2 of how much likelier it is in one happening than in two.
    """
    times = 2 ** min(abs(weight), 60)
    shown = f"{times:,.0f}" if times >= 10 else f"{times:.1f}".removesuffix(".0")
    much = f"more than {_MOST:,}" if times > _MOST else shown
    if abs(weight) < _LITTLE:
        return "says next to nothing"
    return f"{much} times likelier in {'one happening' if weight > 0 else 'two'}"


def _reason(pair: LinkedPair, names: Mapping[str, str]) -> Reason:
    telling = sorted((step for step in pair.steps if abs(step[2]) >= _LITTLE), key=lambda step: -abs(step[2]))
    steps = tuple(
        Step(compared.replace("_", " "), level.replace("_", " "), weight_words(weight), weight > 0)
        for compared, level, weight in telling
    )
    total = sum(weight for _, _, weight in pair.steps)
    told = (names.get(pair.one, pair.one), names.get(pair.other, pair.other))
    return Reason(
        pair.one, pair.other, told, "all together " + weight_words(total), steps, len(pair.steps) - len(telling)
    )
