"""The sums of the page, each with the rule that made it and what other rules would make of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tocsin.datamodel import Event
from tocsin.datamodel.claim import Number
from tocsin.datamodel.headline import Headline, Mover, PolicySum
from tocsin.report.rows import Rows
from tocsin.report.words import attribute_words, interval_words, name_words, number_words, policy_words, range_words

#: A stroke of so much of a hundred can be seen.
_THINNEST = 0.8


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One rule: its range on a scale of 100 that all rules of a headline share.

    Attributes:
        outline: path of the range in a box 100 wide and 8 high, with a point where no upper end is given; empty where
            the rule gives no number.
        best: where the best value stands.
        chosen: whether it is the rule in force.
    """

    policy: str
    shown: str
    interval: str
    outline: str
    best: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class MoverLine:
    """An event that moves a sum from rule to rule, in words, and the mention that opens."""

    mention: int | None
    words: str


@dataclass(frozen=True, slots=True)
class HeadlineRow:
    """One sum, ready to show."""

    kind: str
    counted: str
    colour: int
    best: str
    interval: str
    rule: str
    known: str
    lines: tuple[PolicyLine, ...]
    movers: tuple[MoverLine, ...]


def make_headlines(headlines: Iterable[Headline], events: Mapping[str, Event], rows: Rows) -> tuple[HeadlineRow, ...]:
    """Return the sums that count people, the one with most numbers behind it first.

    Args:
        headlines: of the record.
        events: by id, for the names of those that move a sum.
        rows: of the page.
    """
    kinds = {lane.type: lane for lane in rows.lanes}
    number = {row.mention.id: row.number for row in reversed(rows.mentions)}
    found = [one for one in headlines if one.type in kinds and one.unit is None and one.chosen.best is not None]
    found.sort(key=lambda one: (-one.chosen.counted, -(one.chosen.best or 0), one.type, one.attribute))
    return tuple(
        HeadlineRow(
            kind=kinds[one.type].kind,
            counted=attribute_words(one.attribute, one.type),
            colour=kinds[one.type].colour,
            best=number_words(one.chosen.best),
            interval=interval_words(one.chosen.low, one.chosen.high),
            rule=policy_words(one.policy),
            known=_known(one),
            lines=_lines(one),
            movers=tuple(
                _mover(mover, events[mover.event], number)
                for mover in one.movers
                if mover.event in events and mover.low != mover.high
            ),
        )
        for one in found
    )


def _mover(mover: Mover, event: Event, number: Mapping[str, int]) -> MoverLine:
    where = ", ".join(dict.fromkeys(place.name for place in event.places)) or "place not given"
    named = f"{name_words('types', event.type)}, {where}, {range_words(event.date, event.modality)}"
    low = f"{number_words(mover.low)} by {policy_words(mover.low_policy)}"
    high = f"{number_words(mover.high)} by {policy_words(mover.high_policy)}"
    shown = next((number[name] for name in event.mentions if name in number), None)
    return MoverLine(shown, f"{named}: {low}, {high}")


def _known(one: Headline) -> str:
    """Return how many happenings the sum stands on."""
    unknown = one.events - one.chosen.counted
    of = f"{one.chosen.counted:,} of {one.events:,} happenings"
    return f"{of}; of the other {unknown:,} no number is known" if unknown else f"all {one.events:,} happenings"


def _lines(one: Headline) -> tuple[PolicyLine, ...]:
    ends = [end for line in one.sums for end in (line.low, line.best, line.high) if end is not None]
    # A tenth of the scale is left over, so that an open end has somewhere to point to.
    scale = max(max(ends) * 1.1, 1e-9)
    return tuple(_line(line, scale, one.policy) for line in one.sums)


def _line(line: PolicySum, scale: Number, chosen: str) -> PolicyLine:
    name = policy_words(line.policy)
    if line.best is None:
        return PolicyLine(name, "no number", "", "", 0, line.policy == chosen)
    low = line.best if line.low is None else min(line.low, line.best)
    high = None if line.high is None else max(line.high, line.best)
    left = 100 * low / scale
    if high is None:
        outline = f"M{left:.2f} 2H96L100 4L96 6H{left:.2f}Z"
    else:
        outline = f"M{left:.2f} 2H{max(100 * high / scale, left + _THINNEST):.2f}V6H{left:.2f}Z"
    return PolicyLine(
        policy=name,
        shown=number_words(line.best),
        interval=interval_words(line.low, line.high),
        outline=outline,
        best=round(100 * line.best / scale, 2),
        chosen=line.policy == chosen,
    )
