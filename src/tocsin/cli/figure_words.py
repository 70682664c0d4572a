"""Figures in words: intervals, voices, who prints them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tocsin.cli.console import put
from tocsin.datamodel import Event, Figure, Statement, Voice
from tocsin.datamodel.claim import Number

if TYPE_CHECKING:
    from tocsin.codebook.loader import Codebook
    from tocsin.datamodel.gazetteer import PlaceIndex
    from tocsin.reconcile.sums import Sum


@dataclass(frozen=True, slots=True)
class Asked:
    """What `tocsin figures` was asked for, and what it is answered from."""

    events: tuple[Event, ...]
    codebook: "Codebook"
    index: "PlaceIndex"
    covers: Mapping[str, Iterable[str]] | None
    disputes: Mapping[str, str]
    policy: str
    convention: str
    by: str
    lists: tuple[str, ...]
    as_json: bool


def number(value: Number | None, unknown: str = "-") -> str:
    """Return a number with its thousands parted, or the word for one that is not known."""
    return unknown if value is None else f"{value:,}"


def interval(low: Number | None, high: Number | None) -> str:
    """Return an interval in words."""
    if low is None or high is None:
        return "not known" if low is high else f"{number(low)} or more" if low is not None else f"up to {number(high)}"
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def counted(attribute: str, unit: str | None) -> str:
    """Return what is counted, with its unit where it has one."""
    return f"{attribute} ({unit})" if unit else attribute


def figure_lines(figure: Figure) -> Iterator[str]:
    """Yield a figure, and under it every voice with what it says and who prints it."""
    best = f"best {number(figure.best)}" if figure.best is not None else "no voice that this policy goes by"
    spread = f", spread {number(figure.spread)}" if figure.spread else ""
    voices = f"{figure.voices} voice" + ("" if figure.voices == 1 else "s")
    ends = f"{interval(figure.low, figure.high)}, " if figure.best is not None else ""
    yield f"{counted(figure.attribute, figure.unit)}: {ends}{best}; {voices}{spread} ({figure.policy})"
    for voice in figure.heard:
        for statement in voice.statements:
            yield f"  {interval(statement.low, statement.high)}: {_who(voice)}, {_printed(statement)}"


def _who(voice: Voice) -> str:
    kinds = f" ({', '.join(voice.kinds)})" if voice.kinds else ", in its own words"
    return (voice.name or "publisher not known") + kinds


def _printed(statement: Statement) -> str:
    publishers = dict.fromkeys(name or "a publisher not known" for name in statement.publishers)
    since = f" since {statement.day}" if statement.day else ""
    return f'"{statement.quote}", printed by {", ".join(publishers)}{since}'


def when(event: Event) -> str:
    from tocsin.reconcile.sums import day_key

    when = event.date
    if when.precision == "day" and when.start and when.end and when.end != when.start:
        return f"{when.start} to {when.end}"
    key = day_key(event)
    return "day unknown" if key == "unknown" else key


def where(event: Event) -> str:
    from tocsin.reconcile.sums import place_key

    key = place_key(event)
    return "place unknown" if key == "unknown" else key


def ends(low: float | None, high: float | None) -> str:
    return f"{number(low, 'open')} to {number(high, 'open')}"


def sum_object(one: "Sum") -> dict[str, Any]:
    return asdict(one) | {"unknown": one.unknown}


def put_json(data: object) -> None:
    put(json.dumps(data, ensure_ascii=False) + "\n")
