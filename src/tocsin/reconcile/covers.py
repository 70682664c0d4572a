"""Which events lie within others, in time and place: what a total covers, and what may be counted twice."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.codebook.placenames import fold
from tocsin.datamodel import Event, Place
from tocsin.datamodel.gazetteer import PlaceIndex


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two events that may tell of the same people: the inner one lies within the outer one's days and places.

    Of several that it lies within, the outer one is the one that began first.
    """

    inner: str
    outer: str


def covered_by(total: Event, singles: Iterable[Event], index: PlaceIndex) -> tuple[str, ...]:
    """Return the ids of the single happenings that a total covers: of its type, in its days and its places, sorted.

    None is covered where the total has no first day or no place: then nothing says what it covers.
    """
    return tuple(
        sorted(
            one.id
            for one in singles
            if one.type == total.type
            and total.date.start is not None
            and _days_within(one, total.date.start, total.date.end or date.max)
            and _all_within(one.places, total.places, index)
        )
    )


def overlapping_totals(totals: Sequence[Event], index: PlaceIndex) -> dict[str, tuple[str, ...]]:
    """Return for each total the ids of the others of its type that share days and places with it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for at, one in enumerate(totals):
        for other in totals[at + 1 :]:
            near = _all_within(one.places, other.places, index) or _all_within(other.places, one.places, index)
            if one.type == other.type and near and _days_meet(one, other):
                found[one.id].append(other.id)
                found[other.id].append(one.id)
    return {name: tuple(sorted(others)) for name, others in found.items()}


def overlaps_of(events: Sequence[Event], index: PlaceIndex) -> tuple[Overlap, ...]:
    """Return the single happenings that lie within another one of their type, with that one, sorted.

    A city's happening lies within a country's of the same days, and a day's within a longer one's at the same place.
    Two of one place and the same days do not: they were judged to be two.
    """
    found: dict[str, str] = {}
    by_type: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.date.start is not None and event.places:
            by_type[event.type].append(event)
    for same in by_type.values():
        same.sort(key=lambda one: (one.date.start or date.min, one.id))
        starts = [one.date.start or date.min for one in same]
        for outer in same:
            first, last = outer.date.start or date.min, _last(outer)
            for inner in same[bisect_left(starts, first) : bisect_right(starts, last)]:
                if inner is outer or inner.id in found or not _days_within(inner, first, last):
                    continue
                if _all_within(inner.places, outer.places, index):
                    longer = (first, last) != (inner.date.start, _last(inner))
                    if longer or not _all_within(outer.places, inner.places, index):
                        found[inner.id] = outer.id
    return tuple(Overlap(inner, outer) for inner, outer in sorted(found.items()))


def within(inner: Place, outer: Place, index: PlaceIndex) -> bool:
    """Whether a place is another or lies in it: a settlement in its region, anything in its country."""
    if inner.country != outer.country:
        return False
    name = fold(outer.name)
    if fold(inner.name) == name or (inner.admin1 is not None and fold(inner.admin1) == name):
        return True
    country = index.country(outer.country)
    return country is not None and fold(country.name) == name


def _all_within(inner: Sequence[Place], outer: Sequence[Place], index: PlaceIndex) -> bool:
    return bool(inner) and all(any(within(one, other, index) for other in outer) for one in inner)


def _last(event: Event) -> date:
    """Return the last day of an event; one that is over and has no last day told has its first."""
    going_on = event.date.precision != "day" or event.modality == "ongoing"
    return event.date.end or (date.max if going_on else event.date.start or date.min)


def _days_within(inner: Event, first: date, last: date) -> bool:
    return inner.date.start is not None and first <= inner.date.start and _last(inner) <= last


def _days_meet(one: Event, other: Event) -> bool:
    if one.date.start is None or other.date.start is None:
        return False
    return one.date.start <= (other.date.end or date.max) and other.date.start <= (one.date.end or date.max)
