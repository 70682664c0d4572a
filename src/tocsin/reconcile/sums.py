"""Events to sums that can be published.

Single happenings are added up; totals and series stand apart, beside the single happenings that they cover, with the
difference. What is not told is counted as not told, never as zero.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tocsin.codebook.loader import Codebook
from tocsin.datamodel import Event, Figure
from tocsin.datamodel.claim import Number
from tocsin.datamodel.gazetteer import PlaceIndex
from tocsin.errors import UsageError
from tocsin.reconcile.covers import Overlap, covered_by, overlapping_totals, overlaps_of
from tocsin.reconcile.floors import Floor, make_floors

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sum:
    """What single happenings of one type come to for one attribute.

    Attributes:
        key: the day or place, "" where all are taken together.
        type, attribute, unit: what is counted.
        low, best, high: sums over those that give a number. `low` holds as a least even so; `high` is None where one of
            them is open above. All are None where none gives a number.
        events: how many happenings.
        counted: how many of them give a number under the policy.
        open: how many of those give no upper end.
        twice: how much of `best` belongs to happenings that lie within another of the sum.
    """

    key: str
    type: str
    attribute: str
    unit: str | None
    low: Number | None
    best: Number | None
    high: Number | None
    events: int
    counted: int
    open: int
    twice: Number

    @property
    def unknown(self) -> int:
        """How many happenings give no number."""
        return self.events - self.counted


@dataclass(frozen=True, slots=True)
class Apart:
    """A total or a series, which is never added to single happenings.

    Attributes:
        event: the total or series.
        figure: what it comes to.
        covers: ids of the single happenings that it covers.
        singles: what those come to.
        low, best, high: how much more the total tells than they do; negative where it tells less; None where not known,
            and for a series.
        overlaps: ids of other totals that share days and places with it.
    """

    event: Event
    figure: Figure
    covers: tuple[str, ...]
    singles: Sum
    low: Number | None
    best: Number | None
    high: Number | None
    overlaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """What a record comes to.

    Attributes:
        sums: of single happenings.
        apart: totals and series, beside what they cover.
        overlaps: single happenings that may have been counted twice.
        left_out: how many events of each modality are in no sum, because nothing says that they took place.
        floors: what types with totals come to at least, totals and single happenings taken together.
    """

    sums: tuple[Sum, ...]
    apart: tuple[Apart, ...]
    overlaps: tuple[Overlap, ...]
    left_out: Mapping[str, int]
    floors: tuple[Floor, ...]


def make_sums(
    events: Sequence[Event],
    codebook: Codebook,
    index: PlaceIndex,
    *,
    by: str = "type",
    covers: Mapping[str, Iterable[str]] | None = None,
) -> Sums:
    """Return what events come to.

    Args:
        events: with their figures, under one policy.
        codebook: which attributes may be added, and which one the people of a type are.
        index: which place lies in which country.
        by: "type"; "day", the first one of each happening; or "place".
        covers: for the id of a total or series those of the happenings it holds; if not given, totals hold those of
            their type in their days and places.

    Raises:
        UsageError: `by` is none of these.
    """
    if by not in KEYS:
        raise UsageError(f"sums by {by!r}", "are not known", "known are " + ", ".join(KEYS))
    happened = [event for event in events if event.happened]
    singles = [event for event in happened if event.scope == "single"]
    overlaps = overlaps_of(singles, index)
    inner = frozenset(one.inner for one in overlaps)
    rows: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in singles:
        rows[(KEYS[by](event), event.type)].append(event)
    wholes = [event for event in happened if event.scope != "single"]
    apart = tuple(_apart(wholes, singles, codebook, index, covers))
    totals = [event for event in wholes if event.scope == "total"]
    return Sums(
        tuple(
            add_up(rows[key, kind], attribute, unit, key=key, inner=inner)
            for key, kind in sorted(rows)
            for attribute, unit in _counted(rows[key, kind], codebook)
        ),
        apart,
        overlaps,
        dict(sorted(Counter(event.modality for event in events if not event.happened).items())),
        make_floors(
            totals,
            singles,
            summed=codebook.figures.summed,
            covers={one.event.id: one.covers for one in apart},
            overlaps={one.event.id: one.overlaps for one in apart},
            inner=inner,
        ),
    )


def add_up(
    events: Sequence[Event],
    attribute: str,
    unit: str | None,
    *,
    key: str = "",
    inner: frozenset[str] = frozenset(),
) -> Sum:
    """Return what events of one type come to for one attribute.

    Args:
        events: of one type.
        attribute, unit: what is counted.
        key: the day or place they are of.
        inner: ids of happenings that lie within others.
    """
    figures = [(event.id, figure) for event in events if (figure := event.figure(attribute, unit)) is not None]
    known = [(name, figure, figure.best) for name, figure in figures if figure.best is not None]
    still_open = sum(figure.high is None for _, figure, _ in known)
    return Sum(
        key,
        events[0].type if events else "",
        attribute,
        unit,
        sum(figure.low for _, figure, _ in known if figure.low is not None) if known else None,
        sum(best for _, _, best in known) if known else None,
        sum(figure.high for _, figure, _ in known if figure.high is not None) if known and not still_open else None,
        len(events),
        len(known),
        still_open,
        sum(best for name, _, best in known if name in inner),
    )


def _counted(events: Iterable[Event], codebook: Codebook) -> list[tuple[str, str | None]]:
    """Return what may be added up of events: what is claimed, and the people of their type, claimed or not."""
    held = list(events)
    claimed = {(f.attribute, f.unit) for e in held for f in e.figures if f.attribute in codebook.figures.summed}
    people: set[tuple[str, str | None]] = {
        (codebook.claims.people[e.type], None) for e in held if e.type in codebook.claims.people
    }
    order = codebook.figures.summed
    return sorted(claimed | people, key=lambda one: (order.index(one[0]) if one[0] in order else 99, one[1] or ""))


def _apart(
    wholes: Sequence[Event],
    singles: Sequence[Event],
    codebook: Codebook,
    index: PlaceIndex,
    known: Mapping[str, Iterable[str]] | None,
) -> Iterable[Apart]:
    by_type: defaultdict[str, list[Event]] = defaultdict(list)
    for event in singles:
        by_type[event.type].append(event)
    overlaps = overlapping_totals([event for event in wholes if event.scope == "total"], index)
    for whole in sorted(wholes, key=lambda one: (one.type, day_key(one), one.id)):
        same = by_type[whole.type]
        if known is not None:
            names = tuple(sorted(known.get(whole.id, ())))
        else:
            names = covered_by(whole, same, index) if whole.scope == "total" else ()
        inside = frozenset(names)
        held = [event for event in same if event.id in inside]
        for figure in whole.figures:
            if figure.attribute in codebook.figures.summed:
                part = add_up(held, figure.attribute, figure.unit)
                more: tuple[Number | None, Number | None, Number | None] = (None, None, None)
                if whole.scope == "total":  # what is told of a habit is told of each time, not of all of them
                    more = (
                        _less(figure.low, part.high),
                        _less(figure.best, part.best),
                        _less(figure.high, part.low),
                    )
                yield Apart(whole, figure, names, part, *more, overlaps.get(whole.id, ()))


def _less(one: Number | None, other: Number | None) -> Number | None:
    return None if one is None or other is None else one - other


def day_key(event: Event) -> str:
    """Return the first day of an event, or the days within which it lies."""
    when = event.date
    if when.start is None:
        return UNKNOWN if when.end is None else f"until {when.end}"
    if when.precision == "day" or when.end is None:
        return when.start.isoformat()
    return f"{when.start} to {when.end}"


def place_key(event: Event) -> str:
    """Return the places of an event; what was told of several together cannot be parted."""
    return "; ".join(f"{place.name}, {place.country}" for place in event.places) or UNKNOWN


#: What sums can be made by.
KEYS: Mapping[str, Callable[[Event], str]] = {"type": lambda event: "", "day": day_key, "place": place_key}
