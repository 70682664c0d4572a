"""Voices to a figure, by a policy that has a name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import fsum

from tocsin.codebook.figures import FigureRules
from tocsin.datamodel import Figure, Statement, Voice
from tocsin.datamodel.claim import Number
from tocsin.errors import UsageError

#: The policies by the name that a command line takes, each with its full name.
POLICIES: Mapping[str, str] = {
    "range": "range",
    "conservative": "conservative",
    "median": "median of voices",
    "latest": "latest",
    "officials": "officials",
    "organisers": "organisers",
    "weighted": "documents weighted by record",
}
DEFAULT_POLICY = "median"

#: How much a voice counts under "documents weighted by record".
Weigh = Callable[[Voice], float]


def policy_named(name: str) -> str:
    """Return the short name of a policy given by its short or full name; raise UsageError where there is none."""
    for short, full in POLICIES.items():
        if name in (short, full):
            return short
    raise UsageError(f"policy {name!r}", "is not known", "known are " + ", ".join(POLICIES))


def make_figure(
    attribute: str, unit: str | None, voices: Sequence[Voice], policy: str, rules: FigureRules, weigh: Weigh
) -> Figure:
    """Return what voices come to under a policy.

    - range: all that any voice states; best is the middle.
    - conservative: the lowest number that any voice states.
    - median: the median of the numbers that the voices last stated.
    - latest: what was first told last, by day of publication.
    - officials, organisers: the median of those voices alone.
    - weighted: the median of voices, each weighing what its publisher's record weighs.

    A policy that finds no voice to go by gives no number: it never falls back on another.

    Args:
        attribute, unit: what is counted.
        voices: from `hear_voices`.
        policy: short name of a policy.
        rules: which kinds of speakers a policy goes by.
        weigh: the weight of a voice.
    """
    used = _used(voices, policy, rules)
    statements = [statement for voice in used for statement in voice.statements]
    low, high = bounds(statements)
    best: Number | None = None
    if statements:
        best = _best(used, statements, (low, high), policy, weigh)
    return Figure(attribute, unit, low, best, high, len(used), POLICIES[policy], tuple(voices))


def bounds(statements: Iterable[Statement]) -> tuple[Number | None, Number | None]:
    """Return the lowest and the highest number stated, None where a statement leaves it open.

    "Over 400" beside "500" comes to 400 to 500; "over 600" beside "500" is open above, since it says more than any
    number named.
    """
    known = list(statements)
    lows, highs = [s.low for s in known if s.low is not None], [s.high for s in known if s.high is not None]
    low, high = min(lows, default=None), max(highs, default=None)
    if low is not None and any(s.low is None and s.high is not None and s.high < low for s in known):
        low = None
    if high is not None and any(s.high is None and s.low is not None and s.low > high for s in known):
        return low, None
    return low, high


def stated(statement: Statement) -> Number:
    """Return the number a statement comes to: the middle of its ends, or the one end that is named."""
    low, high = statement.low, statement.high
    if low is None or high is None:
        return low if low is not None else high if high is not None else 0
    return middle(low, high)


def last_stated(voice: Voice) -> Number:
    """Return the number a voice stated last; the median of several of one day."""
    day = max(statement.day or date.min for statement in voice.statements)
    return median(stated(s) for s in voice.statements if (s.day or date.min) == day)


def middle(low: Number, high: Number) -> Number:
    """Return the middle of two numbers, of whole ones the whole number below it."""
    if isinstance(low, int) and isinstance(high, int):
        return (low + high) // 2
    return min(max(low / 2 + high / 2, low), high)


def median(numbers: Iterable[Number]) -> Number:
    """Return the median; of an even count the lower of the two, so that it is a number which someone stated."""
    ordered = sorted(numbers)
    return ordered[(len(ordered) - 1) // 2]


def _used(voices: Sequence[Voice], policy: str, rules: FigureRules) -> list[Voice]:
    if policy in ("officials", "organisers"):
        kinds = rules.officials if policy == "officials" else rules.organisers
        return [voice for voice in voices if kinds & set(voice.kinds)]
    if policy != "latest":
        return list(voices)
    days = [statement.day for voice in voices for statement in voice.statements if statement.day is not None]
    last = max(days, default=None)
    newest = [
        Voice(voice.name, voice.kinds, tuple(s for s in voice.statements if last is not None and s.day == last))
        for voice in voices
    ]
    return [voice for voice in newest if voice.statements]


def _best(
    used: Sequence[Voice],
    statements: Sequence[Statement],
    ends: tuple[Number | None, Number | None],
    policy: str,
    weigh: Weigh,
) -> Number | None:
    if policy == "range":
        low, high = ends
        return high if low is None else low if high is None else middle(low, high)
    if policy == "conservative":
        return min(end for s in statements for end in (s.low, s.high) if end is not None)
    if policy == "weighted":
        return weighted_median((last_stated(voice), weigh(voice)) for voice in used)
    return median(last_stated(voice) for voice in used)


def weighted_median(numbers: Iterable[tuple[Number, float]]) -> Number:
    """Return the number with half the weight on either side; the lower of two where a half ends between them."""
    ordered = sorted(numbers)
    half = fsum(weight for _, weight in ordered) / 2
    reached = (n for at, (n, _) in enumerate(ordered) if fsum(weight for _, weight in ordered[: at + 1]) >= half)
    return next(reached, ordered[-1][0])
