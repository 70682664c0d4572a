"""Cells to values: days, places, numbers."""

import calendar
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tocsin.codebook.imports import ClaimRule, DateRule, ImportMapping, PlaceRule
from tocsin.datamodel import Claim, DateRange, Place, Span, Speaker
from tocsin.datamodel.claim import Number
from tocsin.errors import CodedError
from tocsin.imports.cells import Cells
from tocsin.imports.tools import ImportTools

#: Precisions, the finest first.
_PRECISIONS = ("day", "week", "month", "year")
#: What a range of days is called within which something was at some time, by how many they are.
_WITHIN = (("day", 1), ("week", 7), ("month", 31))


def read_days(cells: Cells, rule: DateRule) -> DateRange:
    """Return the days of a row; a coarse precision widens them to the week, month or year.

    Raises:
        CodedError: a cell is no day, or the last day is before the first.
    """
    start = _day(cells, rule.start, rule.formats)
    end = _day(cells, rule.end, rule.formats) if rule.end else start
    if start is None:
        return DateRange() if end is None else DateRange(None, end[1], end[2], "stated")
    first, last, precision = start[0], None if end is None else end[1], start[2]
    if end is not None and _PRECISIONS.index(end[2]) > _PRECISIONS.index(precision):
        precision = end[2]
    told = rule.precisions.get(cells.folded(rule.precision), "day") if rule.precision else "day"
    if told in _PRECISIONS and _PRECISIONS.index(told) > _PRECISIONS.index(precision):
        precision = told
        first = _period(first, precision)[0]
        last = None if last is None else _period(last, precision)[1]
    if last is not None and last < first:
        raise CodedError(_named(rule.end or rule.start), f"gives a last day, {last}, before the first, {first}")
    if rule.within and last is not None and precision == "day":
        days = (last - first).days + 1
        precision = next((name for name, most in _WITHIN if days <= most), "year")
    return DateRange(first, last, precision, "stated")


def read_day(cells: Cells, column: str, formats: Sequence[str]) -> date | None:
    """Return the day of one cell, or None where nothing is known or it gives no single day."""
    found = _day(cells, (column,), formats) if column else None
    return found[0] if found is not None and found[2] == "day" else None


def read_places(cells: Cells, rule: PlaceRule, tools: ImportTools) -> tuple[Place, ...]:
    """Return the places of a row; coordinates are the row's, or those of the place index where it has none.

    Raises:
        CodedError: the country is not known, or a coordinate is none.
    """
    country_span = cells.span(rule.country) if rule.country else None
    country = rule.code
    if country_span is not None:
        folded = cells.folded(rule.country)
        country = rule.countries.get(folded) or tools.find_country(country_span.quote) or ""
        if not country:
            advice = "write its usual English name or ISO code, or add it to [place.countries] of the mapping"
            raise CodedError(f"{rule.country} {country_span.quote!r}", "is no country", advice)
    if not country:
        return ()
    lat, lon = (_degrees(cells, rule.lat, 90), _degrees(cells, rule.lon, 180))
    if lat is None or lon is None:
        lat = lon = None
    admin = cells.span(rule.admin1) if rule.admin1 else None
    admin1 = None if admin is None else admin.quote
    column = next((column for column in rule.columns if cells.span(column) is not None), None)
    spans = [] if column is None else cells.parts(column, rule.split)
    if len(spans) > 1:
        lat = lon = None
    places = []
    for span in spans:
        if span.quote.lower() in rule.whole:
            places.append(_country(span, country, tools))
            continue
        known = tools.find_place(span.quote, country, admin1, lat, lon)
        places.append(
            Place(
                span,
                known.name if known else span.quote,
                country,
                admin1,
                lat if lat is not None else known.lat if known else None,
                lon if lon is not None else known.lon if known else None,
                known.id if known else None,
            )
        )
    return tuple(places) if places else (_country(country_span, country, tools),) if country_span is not None else ()


def read_claim(cells: Cells, rule: ClaimRule, mapping: ImportMapping, tools: ImportTools) -> Claim | None:
    """Return the claim of a row by one rule, or None where it gives no number.

    Raises:
        CodedError: a cell that must be a number is none, or the low one is above the high one.
    """
    low, high = _number(cells, rule.low), _number(cells, rule.high)
    if low is not None and high is not None and low > high:
        raise CodedError(f"{rule.low}, {rule.high}", f"give an interval from {low} to {high}", "turn them round")
    words = _words(cells, rule.words, rule)
    made: Claim | None = None
    told = _known(low, high)
    if words is not None and (not told or tools.comes_to(words.quote, rule.convention, low, high)):
        made = _in_words(words, rule, tools)
    if made is None and told:
        ends = [span for span in (cells.span(rule.low), cells.span(rule.high)) if span is not None]
        span = ends[0] if low == high else cells.from_to(ends[0], ends[-1])
        made = Claim(rule.attribute, low, high, False, rule.unit or None, span)
    if made is None and rule.instead:
        instead = cells.span(rule.instead)
        made = None if instead is None else _in_words(instead, rule, tools)
    return None if made is None else _zero_is(made, rule, _speakers(cells, rule))


def _in_words(words: Span, rule: ClaimRule, tools: ImportTools) -> Claim | None:
    read = tools.read_size(words.quote)
    if read is None or not _known(read.low, read.high):
        return None
    return Claim(rule.attribute, read.low, read.high, read.approx, rule.unit or None, words)


def _zero_is(claim: Claim, rule: ClaimRule, speakers: tuple[Speaker, ...]) -> Claim | None:
    low, high = claim.low, claim.high
    if rule.zero == "unknown":
        if high == 0:
            return None
        low = low or None
    if not _known(low, high):
        return None
    return Claim(claim.attribute, low, high, claim.approx, claim.unit, claim.span, speakers)


def _known(low: Number | None, high: Number | None) -> bool:
    return low is not None or high is not None


def _speakers(cells: Cells, rule: ClaimRule) -> tuple[Speaker, ...]:
    span = cells.span(rule.said_by) if rule.said_by else None
    return () if span is None else (Speaker(span, rule.kind),)


def _words(cells: Cells, column: str, rule: ClaimRule) -> Span | None:
    span = cells.span(column) if column else None
    return cells.between(span, rule.after, rule.until) if span is not None and rule.after else span


def _number(cells: Cells, column: str) -> Number | None:
    span = cells.span(column) if column else None
    if span is None:
        return None
    try:
        value = float(span.quote.replace(",", "").replace(" ", ""))
    except ValueError:
        raise CodedError(f"{column} {span.quote!r}", "is no number", "write digits, or leave it blank") from None
    if not 0 <= value < 1e15:
        raise CodedError(f"{column} {span.quote!r}", "is no number of people or things", "mend it")
    return int(value) if value.is_integer() else value


def _degrees(cells: Cells, column: str, most: int) -> float | None:
    span = cells.span(column) if column else None
    if span is None:
        return None
    try:
        value = float(span.quote)
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise CodedError(f"{column} {span.quote!r}", f"is no coordinate from -{most} to {most}", "mend it")
    return value


def _country(span: Span | None, country: str, tools: ImportTools) -> Place:
    known = tools.places.country(country)
    return Place(span, known.name if known else country, country, None, *((known.lat, known.lon) if known else ()))


def _day(cells: Cells, columns: Sequence[str], formats: Sequence[str]) -> tuple[date, date, str] | None:
    """Return the first and last day of what some cells give, and its precision."""
    told = [span.quote for column in columns if (span := cells.span(column)) is not None]
    if not told:
        return None
    words = " ".join(" ".join(told).split())
    for form in formats:
        try:
            day = datetime.strptime(words, form).date()
        except ValueError:
            continue
        precision = "day" if "%d" in form else "month" if {"%m", "%b", "%B"} & set(_codes(form)) else "year"
        return (*_period(day, precision), precision)
    raise CodedError(f"{_named(columns)} {words!r}", f"is no day by the formats {', '.join(formats)}", "mend it")


def _codes(form: str) -> list[str]:
    return [form[at : at + 2] for at in range(len(form)) if form[at] == "%"]


def _period(day: date, precision: str) -> tuple[date, date]:
    if precision == "week":
        monday = day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
        return monday, date.fromordinal(min(monday.toordinal() + 6, date.max.toordinal()))
    if precision == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return (date(day.year, 1, 1), date(day.year, 12, 31)) if precision == "year" else (day, day)


def _named(columns: Sequence[str]) -> str:
    return ", ".join(columns)
