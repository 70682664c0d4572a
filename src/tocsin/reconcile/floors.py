"""What totals and single happenings come to at least, taken together, with nothing in it twice.

A total is never added to what it covers, nor to another total that shares days and places with it: of those that may
tell of the same people only the largest counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tocsin.datamodel import Event
from tocsin.datamodel.claim import Number


@dataclass(frozen=True, slots=True)
class Floor:
    """What a type comes to at least for one attribute.

    Attributes:
        type, attribute, unit: what is counted.
        low: at least so many.
        totals: ids of the totals that it rests on, sorted.
        singles: how many single happenings it rests on.
    """

    type: str
    attribute: str
    unit: str | None
    low: Number
    totals: tuple[str, ...]
    singles: int


def make_floors(
    totals: Sequence[Event],
    singles: Sequence[Event],
    *,
    summed: Sequence[str],
    covers: Mapping[str, Iterable[str]],
    overlaps: Mapping[str, Iterable[str]],
    inner: frozenset[str],
) -> tuple[Floor, ...]:
    """Return what each type with totals comes to at least.

    Totals that share days and places, or cover a happening in common, are one group. A group comes to what its largest
    total says at least, or to what the single happenings that it covers come to at least, whichever is more; groups and
    the single happenings that none covers are added. A total without days or places may tell of any of these: it counts
    alone where it says more than all the rest.

    Args:
        totals: that took place, with their figures.
        singles: that took place, with their figures.
        summed: attributes that may be added up.
        covers: for the id of a total those of the happenings that it covers.
        overlaps: for the id of a total those of the others that share days and places with it.
        inner: ids of single happenings that lie within others and may be counted twice: they count nothing here.
    """
    found = []
    for kind in sorted({one.type for one in totals}):
        some = [one for one in totals if one.type == kind]
        known = [one for one in singles if one.type == kind and one.id not in inner]
        counted = {(f.attribute, f.unit) for one in some for f in one.figures if f.attribute in summed}
        for attribute, unit in sorted(counted, key=lambda one: (summed.index(one[0]), one[1] or "")):
            floor = _floor(_lows(some, attribute, unit), _lows(known, attribute, unit), some, covers, overlaps)
            if floor is not None:
                found.append(Floor(kind, attribute, unit, *floor))
    return tuple(found)


def _lows(events: Iterable[Event], attribute: str, unit: str | None) -> dict[str, Number]:
    figures = ((one.id, one.figure(attribute, unit)) for one in events)
    return {name: figure.low for name, figure in figures if figure is not None and figure.low is not None}


def _floor(
    totals: Mapping[str, Number],
    singles: Mapping[str, Number],
    events: Sequence[Event],
    covers: Mapping[str, Iterable[str]],
    overlaps: Mapping[str, Iterable[str]],
) -> tuple[Number, tuple[str, ...], int] | None:
    """Return the floor, the totals and how many single happenings it rests on; None where no total gives a number."""
    if not totals:
        return None
    placed = [one.id for one in events if one.id in totals and one.places and one.date.start is not None]
    loose = [name for name in sorted(totals) if name not in placed]
    held = {name: {single for single in covers.get(name, ()) if single in singles} for name in placed}
    low: Number = 0
    rests: list[str] = []
    free = set(singles)
    for group in _groups(placed, held, overlaps):
        inside = {single for name in group for single in held[name]}
        free -= inside
        largest = min(group, key=lambda name: (-totals[name], name))
        told: Number = sum(singles[single] for single in inside)
        if totals[largest] >= told:
            rests.append(largest)
            low += totals[largest]
        else:
            free |= inside
    low += sum(singles[single] for single in free)
    largest_loose = min(loose, key=lambda name: (-totals[name], name), default=None)
    if largest_loose is not None and totals[largest_loose] > low:
        return totals[largest_loose], (largest_loose,), 0
    return low, tuple(sorted(rests)), len(free)


def _groups(
    names: Sequence[str], held: Mapping[str, set[str]], overlaps: Mapping[str, Iterable[str]]
) -> list[list[str]]:
    """Return totals that may tell of the same people together, each group sorted."""
    left = sorted(names)
    groups = []
    while left:
        group, waiting = [], [left.pop(0)]
        while waiting:
            one = waiting.pop()
            group.append(one)
            near = [name for name in left if name in set(overlaps.get(one, ())) or held[one] & held[name]]
            left = [name for name in left if name not in near]
            waiting += near
        groups.append(sorted(group))
    return groups
