"""Events in memory, chosen and counted by facets."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tocsin.datamodel.facets import FACETS, EventRow, FacetPage
from tocsin.datamodel.where import DAYS, UNKNOWN, Facts, Term, Where

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Values of a facet that are counted on a page; the rest is how many there are.
VALUES = 100
#: Rows that are held beside the arrays before those are made anew: 1,000 take 10 ms to take over, 100,000 some seconds.
MOST_FRESH = 1000
#: Days that are not known, before and after all that are.
_NEVER, _EVER = 0, date.max.toordinal()
#: The facet that terms about days narrow.
_FACET_OF = dict.fromkeys(DAYS, "month")
_SIGNS = {
    "=": np.equal,
    "!=": np.not_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "<": np.less,
    "<=": np.less_equal,
}


@dataclass(frozen=True, slots=True)
class _Column:
    """Values of a facet: of each entry the event (by its place) and the code; `names` by code."""

    events: Ints
    codes: Ints
    names: tuple[str, ...]


class FacetIndex:
    """Rows of events, held as arrays; made anew from `rows` whenever they change."""

    def __init__(self, rows: Mapping[str, EventRow]) -> None:
        self.rows = tuple(sorted(rows.values(), key=_by_day))
        self._places = {row.event: at for at, row in enumerate(self.rows)}
        facts = [row.facts for row in self.rows]
        size = len(facts)
        self._columns = {
            "type": _column([(one.type,) for one in facts]),
            "status": _column([(one.status,) for one in facts]),
            "modality": _column([(one.modality,) for one in facts]),
            "scope": _column([(one.scope,) for one in facts]),
            "country": _column([{place.country for place in one.places} for one in facts]),
            "region": _column([{place.admin1 or "" for place in one.places} for one in facts]),
            "place": _column([{place.name for place in one.places} for one in facts]),
            "publisher": _column([one.publishers for one in facts]),
            "speaker": _column([one.speakers for one in facts]),
            "month": _column([(_month(one),) for one in facts]),
        }
        self._first = np.fromiter((_first(one) for one in facts), np.int64, size)
        self._last = np.fromiter((_last(one) for one in facts), np.int64, size)
        self._no_start = np.fromiter((one.date.start is None for one in facts), np.bool_, size)
        numbers: dict[str, tuple[list[int], list[float]]] = {}
        for at, one in enumerate(facts):
            for attribute, number in one.numbers:
                if number is not None:
                    places, values = numbers.setdefault(attribute, ([], []))
                    places.append(at)
                    values.append(float(number))
        self._numbers = {name: (np.array(at), np.array(values)) for name, (at, values) in numbers.items()}
        self._largest = {name: _largest(size, *held) for name, held in self._numbers.items()}

    def choose(self, where: Where, without: Mask | None = None) -> "Choice":
        """Return the events that a choice means.

        Args:
            where: which; the words of `tocsin export --where`.
            without: events that are left out, by their place; none if not given.
        """
        start = np.ones(len(self.rows), dtype=np.bool_) if without is None else ~without
        masks = [(term.word, self._mask(term)) for term in where.terms]
        within = {}
        chosen = _all(start, (mask for _, mask in masks))
        for facet in FACETS:
            others = [mask for word, mask in masks if _FACET_OF.get(word, word) != facet]
            within[facet] = chosen if len(others) == len(masks) else _all(start, others)
        return Choice(self, chosen, within)

    def place_of(self, event: str) -> int | None:
        """Return the place of an event among the rows, or None where it is none of them."""
        return self._places.get(event)

    def count(self, facet: str, within: Mask) -> dict[str, int]:
        """Return how many events of a mask have each value of a facet."""
        column = self._columns[facet]
        found = np.bincount(column.codes[within[column.events]], minlength=len(column.names))
        return {column.names[code]: int(found[code]) for code in np.flatnonzero(found)}

    def first(self, chosen: Mask, order: str, most: int) -> list[EventRow]:
        """Return the first events of a mask: by "day", "-day", or an attribute, the largest first."""
        places = np.flatnonzero(chosen)
        if order == "-day":
            unknown = self._no_start[places]
            places = np.concatenate([places[~unknown][::-1], places[unknown]])
        elif order != "day":
            largest = self._largest.get(order)
            if largest is not None:
                places = places[np.argsort(-largest[places], kind="stable")]
        return [self.rows[at] for at in places[:most]]

    def _mask(self, term: Term) -> Mask:
        if term.sign == "!=":
            return ~self._mask(Term(term.word, "=", term.values))
        if term.word in DAYS:
            return _any(len(self.rows), (self._on(term.word, value) for value in term.values))
        if term.word in self._columns:
            return self._named(self._columns[term.word], term.values)
        return _any(len(self.rows), (self._compared(term, value) for value in term.values))

    def _named(self, column: _Column, values: Sequence[str]) -> Mask:
        wanted = {value.casefold() for value in values}
        codes = np.array([bool(name) and name.casefold() in wanted for name in column.names], dtype=np.bool_)
        mask = np.zeros(len(self.rows), dtype=np.bool_)
        mask[column.events[codes[column.codes]]] = True
        if UNKNOWN in values:
            known = np.zeros(len(self.rows), dtype=np.bool_)
            named = np.array([bool(name) for name in column.names], dtype=np.bool_)
            known[column.events[named[column.codes]]] = True
            mask |= ~known
        return mask

    def _on(self, word: str, value: str) -> Mask:
        if value == UNKNOWN:
            return np.asarray(self._first == _NEVER)
        day = date.fromisoformat(value).toordinal()
        mask = self._first != _NEVER
        if word != "to":
            mask &= self._last >= day
        if word != "from":
            mask &= self._first <= day
        return np.asarray(mask)

    def _compared(self, term: Term, value: str) -> Mask:
        events, numbers = self._numbers.get(term.word, (np.array([], dtype=np.int64), np.array([])))
        mask = np.zeros(len(self.rows), dtype=np.bool_)
        if value == UNKNOWN:
            mask[events] = True
            return ~mask
        mask[events[_SIGNS[term.sign](numbers, float(value))]] = True
        return mask


@dataclass(frozen=True, slots=True)
class Choice:
    """Events of an index that are meant: `chosen`, and by facet those that all terms about other facets choose."""

    index: FacetIndex
    chosen: Mask
    within: Mapping[str, Mask]


class FacetView:
    """The rows of a record in memory, brought up to date by what changed.

    What changed since the arrays were made is held in small arrays beside them, until it is too much.
    """

    def __init__(self) -> None:
        self._rows: dict[str, EventRow] = {}
        self._fresh: dict[str, EventRow | None] = {}
        self._base = FacetIndex({})
        self._without: Mask = np.zeros(0, dtype=np.bool_)
        self._delta = FacetIndex({})
        self.last = 0

    def update(self, last: int, changed: Iterable[tuple[str, EventRow | None]]) -> None:
        """Take over rows that changed, None for an event that is none any more; `last` is the last change of them."""
        fresh = dict(changed)
        self.last = last
        if not fresh:
            return
        self._fresh |= fresh
        if len(self._fresh) > MOST_FRESH:
            self._rows |= {name: row for name, row in self._fresh.items() if row is not None}
            for name in [name for name, row in self._fresh.items() if row is None]:
                self._rows.pop(name, None)
            self._base, self._fresh = FacetIndex(self._rows), {}
        self._without = np.zeros(len(self._base.rows), dtype=np.bool_)
        for name in self._fresh:
            if (at := self._base.place_of(name)) is not None:
                self._without[at] = True
        self._delta = FacetIndex({name: row for name, row in self._fresh.items() if row is not None})

    def page(self, where: Where, *, offset: int = 0, limit: int = 50, order: str = "day") -> FacetPage:
        """Return a page of the events that a choice means, with how many have each value of each facet.

        Args:
            where: which events; the words of `tocsin export --where`.
            offset, limit: which of them.
            order: "day", the first one first; "-day", the last one first; or an attribute, the largest first.
        """
        choices = [self._base.choose(where, self._without), self._delta.choose(where)]
        counts, more = {}, {}
        for facet in FACETS:
            found: Counter[str] = Counter()
            for choice in choices:
                found.update(choice.index.count(facet, choice.within[facet]))
            top = sorted(found.items(), key=lambda item: (-item[1], item[0]))
            counts[facet] = tuple((name or UNKNOWN, number) for name, number in top[:VALUES])
            more[facet] = max(len(top) - VALUES, 0)
        rows = [row for one in choices for row in one.index.first(one.chosen, order, offset + limit)]
        rows.sort(key=_KEYS.get(order, partial(_by_number, order)))
        total = sum(int(choice.chosen.sum()) for choice in choices)
        return FacetPage(tuple(rows[offset : offset + limit]), total, counts, more)

    def chosen(self, where: Where) -> tuple[EventRow, ...]:
        """Return all events that a choice means, by day."""
        choices = [self._base.choose(where, self._without), self._delta.choose(where)]
        rows = [row for one in choices for row in one.index.first(one.chosen, "day", len(one.index.rows))]
        return tuple(sorted(rows, key=_by_day))


def _column(values: Sequence[Iterable[str]]) -> _Column:
    """Return a facet as arrays; an event without a value has the empty one."""
    codes: dict[str, int] = {}
    events: list[int] = []
    found: list[int] = []
    for at, some in enumerate(values):
        for value in sorted(some) or ("",):
            events.append(at)
            found.append(codes.setdefault(value, len(codes)))
    return _Column(np.array(events, dtype=np.int64), np.array(found, dtype=np.int64), tuple(codes))


def _largest(size: int, events: Ints, numbers: Floats) -> Floats:
    """Return the largest number of each event, minus infinity where it has none."""
    found = np.full(size, -np.inf)
    np.maximum.at(found, events, numbers)
    return found


def _all(start: Mask, masks: Iterable[Mask]) -> Mask:
    found = start.copy()
    for mask in masks:
        found &= mask
    return found


def _any(size: int, masks: Iterable[Mask]) -> Mask:
    found = np.zeros(size, dtype=np.bool_)
    for mask in masks:
        found |= mask
    return found


def _by_day(row: EventRow) -> tuple[date, str]:
    return (row.facts.date.start or date.max, row.event)


def _by_last_day(row: EventRow) -> tuple[bool, int, str]:
    start = row.facts.date.start
    return (True, 0, row.event) if start is None else (False, -start.toordinal(), _backwards(row.event))


def _by_number(attribute: str, row: EventRow) -> tuple[float, date, str]:
    numbers = [number for name, number in row.facts.numbers if name == attribute and number is not None]
    return (-max(numbers, default=-np.inf), *_by_day(row))


def _backwards(name: str) -> str:
    """Return a name that sorts the other way round."""
    return "".join(chr(0x10FFFF - ord(letter)) for letter in name)


_KEYS: dict[str, Callable[[EventRow], Any]] = {"day": _by_day, "-day": _by_last_day}


def _first(facts: Facts) -> int:
    day = facts.date.start or facts.date.end
    return _NEVER if day is None else day.toordinal()


def _last(facts: Facts) -> int:
    if facts.date.end is not None:
        return facts.date.end.toordinal()
    return _EVER if facts.modality == "ongoing" else _first(facts)


def _month(facts: Facts) -> str:
    day = facts.date.start or facts.date.end
    return "" if day is None else day.isoformat()[:7]
