"""Numbers, days and places of an answer, read again by the program's own resolvers in the words they stand on.

A value holds where the program reads the same. Where it reads otherwise, the model's stands only if the words can come
to it: a bound told by a verb ("never spoke of more than 9,600"), a sum of what is quoted, a person counted by name.
Else the program's value takes its place, or nothing does. What was read otherwise is told either way.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tocsin.datamodel import DateRange, DateReading, NumberReading, Place, PlaceCandidate, PlaceReading, Span
from tocsin.datamodel.claim import Number

#: Days in the units in which terms and durations are told.
_UNITS = (7, 30, 365)
#: How far rounding may part two readings of the same words (two hours are 0.08 or 0.083 of a day).
_ROUNDED = 0.005
_JOINS = re.compile(r",| and | or |&")
_TIMES = frozenset(("term", "duration"))
_PEOPLE = frozenset(("participants", "affected", "injured", "killed"))
_WORD = re.compile(r"\w+")
#: The longest lapse, in days, by which one day is worked out from another.
_FAR = 3660


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the program's resolvers read in a document.

    Attributes:
        numbers, dates, places: of the whole text.
        numbers_of: reads the numbers of a few words by themselves.
        published: day of publication.
    """

    numbers: Sequence[NumberReading]
    dates: Sequence[DateReading]
    places: Sequence[PlaceReading]
    numbers_of: Callable[[str], Sequence[NumberReading]]
    published: date | None


@dataclass(frozen=True, slots=True)
class Value:
    """The number that stands, and how the program reads the words where it reads otherwise (else empty)."""

    low: Number | None
    high: Number | None
    approx: bool
    unit: str | None
    otherwise: str = ""


def reread_number(attribute: str, given: Value, span: Span, resolved: Resolved) -> Value | None:
    """Return the value of a claim that stands, or None where its words come to no value.

    Args:
        attribute: what it counts.
        given: as the model gave it.
        span: the words of the claim.
        resolved: what the program reads.
    """
    if given.low is None and given.high is None:
        return None
    alone = resolved.numbers_of(span.quote)
    read = [*(n for n in resolved.numbers if n.span.overlaps(span)), *alone]
    for number in read:
        if _same(number.low, given.low) and _same(number.high, given.high):
            unit = number.unit if attribute == "amount" and number.unit else given.unit
            return Value(number.low, number.high, number.approx, unit, _units(unit, given.unit))
    told = [n for n in read if n.low is not None or n.high is not None]
    if not told:
        return _without_number(attribute, given, span, resolved)
    otherwise = " or ".join(sorted({interval(n.low, n.high) for n in told}))
    within = _within_reach(attribute, told, alone, span.quote)
    if all(bound is None or any(_same(bound, value) for value in within) for bound in (given.low, given.high)):
        return Value(given.low, given.high, given.approx, given.unit, otherwise)
    distinct = {(n.low, n.high, n.approx, n.unit) for n in told}
    if len(distinct) != 1:
        return None
    number = told[0]
    return Value(
        number.low, number.high, number.approx, number.unit if attribute == "amount" else given.unit, otherwise
    )


def interval(low: Number | None, high: Number | None) -> str:
    """Return an interval in words."""
    ends = ["open" if end is None else f"{end:,}" for end in (low, high)]
    return ends[0] if low == high else " to ".join(ends)


def reread_days(
    given: DateRange, sentences: Sequence[Span], resolved: Resolved, *, scope: str, modality: str
) -> tuple[DateRange, str]:
    """Return the days that stand, and how the program reads them where it reads otherwise (else empty).

    A day stands where the document tells it, or where it follows from one that it tells and a length of time that it
    tells. The day of publication stands by itself only as the end of a total.

    Args:
        given: as the model gave them.
        sentences: the evidence of the mention.
        resolved: what the program reads.
        scope, modality: of the mention.
    """
    if modality == "ongoing" and given.end is not None:
        given = DateRange(given.start, None, given.precision, given.basis)
    ends = {end for end in (given.start, given.end) if end is not None}
    if not ends:
        return DateRange(), ""
    told = {end for d in resolved.dates for end in (d.range.start, d.range.end) if end is not None}
    steps = _lengths(resolved.numbers)
    if scope == "total" and resolved.published and given.end == resolved.published:
        ends.discard(resolved.published)
    ordered = given.start is None or given.end is None or given.start <= given.end
    if ordered and all(_follows(end, told, steps, given.precision) for end in ends):
        return given, ""
    own = {
        d.range
        for d in resolved.dates
        if (d.range.start or d.range.end) and d.kind != "duration" and any(s.covers(d.span) for s in sentences)
    }
    kept = own.pop() if len(own) == 1 else DateRange()
    return kept, days(kept)


def days(when: DateRange) -> str:
    """Return days in words."""
    if when.start is None and when.end is None:
        return "no day"
    return str(when.start) if when.start == when.end else f"{when.start or 'open'} to {when.end or 'open'}"


def reread_place(given: Place, resolved: Resolved, elsewhere: Iterable[Place]) -> tuple[Place | None, str]:
    """Return the place that stands, or None, and how the program reads it where it reads otherwise (else empty).

    Args:
        given: as the model gave it, without a point on the map.
        resolved: what the program reads.
        elsewhere: the places of other mentions that stand on their own words, for those without any.
    """
    if given.span is None:
        known = next((p for p in elsewhere if p.country == given.country and _is_called(p.name, given.name)), None)
        return (_at(given, known), "") if known else _read_anywhere(given, resolved)
    here = [r for r in resolved.places if r.span.overlaps(given.span)]
    candidates = [c for r in here for c in ((r.best,) if r.best else ()) + r.candidates]
    in_country = [c for c in candidates if c.country == given.country]
    named = [c for c in in_country if _is_called(c.name, given.name)]
    if named:
        chosen = next((c for c in named if c.name == given.name), named[0])
        return _at(given, chosen), "" if chosen is candidates[0] else _told(candidates[0])
    if candidates:
        chosen = (in_country or candidates)[0]
        return _at(replace(given, name=chosen.name, country=chosen.country), chosen), _told(chosen)
    anywhere, _ = _read_anywhere(given, resolved)
    if anywhere is not None:
        return anywhere, ""
    countries = {r.best.country for r in resolved.places if r.best}
    if _is_called(given.name, given.span.quote) and (given.country in countries or not countries):
        return given, "no place of the index"
    return None, "no place of the index"


def _same(one: Number | None, other: Number | None) -> bool:
    return one == other or (one is not None and other is not None and abs(one - other) <= _ROUNDED)


def _units(read: str | None, given: str | None) -> str:
    return "" if read == given or not read else read


def _within_reach(
    attribute: str, told: Sequence[NumberReading], alone: Sequence[NumberReading], quote: str
) -> set[Number]:
    """Return the values that quoted numbers can come to."""
    values = {end for n in told for end in (n.low, n.high) if end is not None}
    found = set(values)
    if attribute in _TIMES:
        found |= {value * unit for value in values for unit in _UNITS}
    if attribute == "occurrence":
        found |= {value / unit for value in values for unit in _UNITS}
    if attribute in _PEOPLE:  # "the president and 14 others" are 15
        found |= {value + more for value in values for more in range(1, len(_JOINS.findall(quote)) + 1)}
        for ends in ([n.low for n in alone], [n.high for n in alone]):
            found.add(sum(end for end in ends if end is not None))
    return found


def _without_number(attribute: str, given: Value, span: Span, resolved: Resolved) -> Value | None:
    """Return the value of words without a number: persons counted by name, or a number told elsewhere."""
    items = len([item for item in _JOINS.split(span.quote) if item.strip()])
    if attribute in _PEOPLE and given.low == given.high and given.low is not None and 1 <= given.low <= items:
        return Value(given.low, given.high, False, None)
    counts = {end for n in resolved.numbers if n.kind == "count" for end in (n.low, n.high) if end is not None}
    stands = counts | {2 * count for count in counts} | {count / 2 for count in counts}
    if all(bound is None or bound in stands for bound in (given.low, given.high)):
        return Value(given.low, given.high, given.approx, given.unit, "no number in these words")
    return None


def _lengths(numbers: Iterable[NumberReading]) -> set[int]:
    """Return how many days apart two days are of which one follows from the other by a length told in the text."""
    told = {int(n.low) for n in numbers if n.kind == "duration" and n.low is not None and 1 <= n.low <= _FAR}
    return told | {length - 1 for length in told}


def _follows(end: date, told: set[date], steps: set[int], precision: str) -> bool:
    """Whether a day is told, follows from one that is, or bounds the week, month or year of one that is."""
    if end in told or any(abs((end - day).days) in steps for day in told):
        return True
    return precision in ("week", "month", "year") and any(end in _bounds(day) for day in told)


def _bounds(day: date) -> tuple[date, ...]:
    last = calendar.monthrange(day.year, day.month)[1]
    monday = max(day.toordinal() - day.weekday(), 1)
    sunday = min(monday + 6, date.max.toordinal())
    week = (date.fromordinal(monday), date.fromordinal(sunday))
    return (day.replace(day=1), day.replace(day=last), date(day.year, 1, 1), date(day.year, 12, 31), *week)


def _is_called(name: str, other: str) -> bool:
    """Whether two names share all words of the shorter one."""
    one, two = (set(_WORD.findall(text.casefold())) for text in (name, other))
    return bool(one and two) and (one <= two or two <= one)


def _read_anywhere(given: Place, resolved: Resolved) -> tuple[Place | None, str]:
    for reading in resolved.places:
        best = reading.best
        if best and best.country == given.country and _is_called(best.name, given.name):
            return _at(given, best), ""
    return None, "no place that the text names"


def _at(given: Place, known: Place | PlaceCandidate) -> Place:
    """Return a place with the point on the map of one that is known, unless that is called a little otherwise: the city
    and the region around it are two places."""
    if known.name.casefold() != given.name.casefold():
        return given
    return Place(given.span, known.name, known.country, known.admin1, known.lat, known.lon, known.geonameid)


def _told(place: PlaceCandidate | None) -> str:
    return f"{place.name}, {place.country}" if place else "no place"
