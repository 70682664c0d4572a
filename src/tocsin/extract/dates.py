"""Time expressions to days: the reader of dates."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import compress, count

from tocsin.codebook.dates import DateWords, Holiday
from tocsin.datamodel import DateRange, Span
from tocsin.datamodel.readings import DateReading
from tocsin.extract import date_calendar as calendar
from tocsin.extract.date_grammar import expressions
from tocsin.extract.date_rules import resolve
from tocsin.extract.date_scene import Found, Scene
from tocsin.extract.date_tokens import CODES, Tokens, tokenize


def read_dates(
    text: str,
    words: DateWords,
    *,
    published: date | None,
    country: str | None = None,
    start: int = 0,
    end: int | None = None,
    previous: DateRange | None = None,
) -> tuple[DateReading, ...]:
    """Return all time expressions of a text, in order, each with the days it means.

    A weekday or a date without a year is the last one on or before publication, or the next one where the verb
    looks ahead; "the next day", "that year" and "the 8th" lean on the date mentioned before. Ranges are one reading.

    Args:
        text: the whole text; offsets count its code points.
        words: the words of time of its language.
        published: day of publication; without it relative expressions stay unresolved, with basis "none".
        country: ISO code of the publisher's country, which decides whether 5/12 is in May or December; None: May.
        start, end: the part of the text to read.
        previous: the last date mentioned before `start`.
    """
    scene, found = _read(text, words, published, country, start, end, previous)
    return tuple(_reading(scene, one) for one in _joined(scene, found))


def answer_dates(
    text: str, words: DateWords, *, published: date | None, country: str | None = None
) -> tuple[DateReading, ...]:
    """Return the days, weeks, weekends, months and years named in a text, each end of a range on its own.

    This is what `tocsin resolve dates` prints: every reading has kind "date" and both ends.
    """
    scene, found = _read(text, words, published, country, 0, None, None)
    return tuple(_reading(scene, one) for one in found if one.kind == "date" and one.start and one.end)


def _read(
    text: str,
    words: DateWords,
    published: date | None,
    country: str | None,
    start: int,
    end: int | None,
    previous: DateRange | None,
) -> tuple[Scene, list[Found]]:
    tokens = tokenize(text, words, start, len(text) if end is None else end)
    holidays = _holidays(tokens, words, country)
    if holidays:
        codes = list(tokens.codes)
        for at in holidays:
            codes[at] = CODES["holiday"]
        tokens = replace(tokens, codes="".join(codes))
    scene = Scene(tokens, words, published, country is None or country in words.month_first, country, holidays=holidays)
    if previous and previous.start:
        scene.told((previous.start, previous.end or previous.start), -1)
    found: list[Found] = []
    matches = expressions(tokens.codes)
    try:
        rule, match = next(matches)
        while True:
            one = resolve(scene, rule.name, match)
            if one is not None:
                if found and found[-1].shift and _adjacent(tokens, found[-1], one):
                    one = scene.shifted_by(one, found.pop())
                found.append(one)
                if one.kind in ("date", "span") and one.start and one.end:
                    scene.told((one.start, one.end), one.first)
                    if len(found) == 1 and _is_dateline(tokens, one) and _shortly_before(one.start, published):
                        scene.published = one.start
            rule, match = matches.send(one.last if one else match.start() + 1)
    except StopIteration:
        return scene, found


#: A dateline stands at the head of a text, and so many days at most before what prints it.
_HEAD, _OLD = 60, 4


def _is_dateline(tokens: Tokens, one: Found) -> bool:
    """Whether a date is that of a dateline ("TAIPEI, July 6 (Saturday) -"), from whose day "today" is told."""
    first, last = tokens.starts[one.first], tokens.ends[one.last - 1]
    return bool(
        first < _HEAD
        and _DATELINE_PLACE.fullmatch(tokens.text, 0, first)
        and _DATELINE_END.match(tokens.text, last, last + _HEAD)
    )


_DATELINE_PLACE = re.compile(r"\s*[^\W\d_a-z][^\W\d_a-z]+[^\n.;:]*,\s*")
_DATELINE_END = re.compile(r"\s?(?:\([^()\n]{1,40}\)\s?)?(?:[–—]|-{1,2}\s)")


def _shortly_before(day: date, published: date | None) -> bool:
    return published is not None and 0 < (published - day).days <= _OLD


def _adjacent(tokens: Tokens, first: Found, second: Found) -> bool:
    """Whether no word but "the" stands between two expressions."""
    return tokens.codes[first.last : second.first] in ("", CODES["the"])


def _holidays(tokens: Tokens, words: DateWords, country: str | None) -> dict[int, Holiday]:
    """Return the holiday whose name starts at a token, the longest name first."""
    by_word = _holiday_names(words, country)
    found = {}
    for at in compress(count(), map(by_word.__contains__, tokens.words)):
        begin = tokens.starts[at]
        piece = tokens.text[begin : begin + _LONGEST_NAME].lower()
        for name, holiday in by_word[tokens.words[at]]:
            if piece.startswith(name) and not piece[len(name) : len(name) + 1].isalpha():
                found[at] = holiday
                break
    return found


#: Longer than any name of a holiday.
_LONGEST_NAME = 60


@lru_cache(maxsize=64)
def _holiday_names(words: DateWords, country: str | None) -> dict[str, list[tuple[str, Holiday]]]:
    """Return the names of the holidays kept in a country by their first word, longest first."""
    names = [
        (name, holiday)
        for holiday in words.holidays
        if not holiday.countries or country in holiday.countries
        for name in holiday.names
    ]
    by_word: dict[str, list[tuple[str, Holiday]]] = {}
    for name, holiday in sorted(names, key=lambda pair: -len(pair[0])):
        by_word.setdefault(re.split(r"\W", name)[0], []).append((name, holiday))
    return by_word


def _reading(scene: Scene, found: Found) -> DateReading:
    first, last = scene.tokens.starts[found.first], scene.tokens.ends[found.last - 1]
    span = Span(first, last, scene.tokens.text[first:last])
    days = DateRange(found.start, found.end, found.precision, found.basis)
    return DateReading(span, days, found.kind, found.rule, found.anchor)


# --- joining -----------------------------------------------------------------------------------------------------

_LINKS = frozenset(CODES[name] for name in ("to", "dash", "through", "till"))
#: Tokens that may stand between the two ends of a range.
_WIDEST_LINK = 4
_FILLERS = frozenset(CODES[name] for name in ("the", "late", "early", "on"))
_OPEN = {CODES["since"]: "since", CODES["till"]: "until", CODES["from"]: "since"}


def _joined(scene: Scene, found: Sequence[Found]) -> list[Found]:
    """Join what belongs together: "from Monday to Wednesday", "since June", "the eve of the 9th"."""
    joined: list[Found] = []
    at = 0
    while at < len(found):
        one = found[at]
        if at + 1 < len(found):
            pair = _range(scene, one, found[at + 1])
            if pair is not None:
                joined.append(pair)
                at += 2
                continue
        joined.append(_opened(scene, one))
        at += 1
    return joined


def _range(scene: Scene, first: Found, second: Found) -> Found | None:
    codes = scene.tokens.codes
    if second.first - first.last > _WIDEST_LINK:
        return None
    between = codes[first.last : second.first]
    before = codes[first.first - 1 : first.first]
    comma_free = "".join(code for code in between if code not in _FILLERS)
    if before and before in (CODES["from"], CODES["between"]):
        comma_free = comma_free.replace(CODES["comma"], "")
    linked = len(comma_free) == 1 and (
        comma_free in _LINKS or (comma_free == CODES["and"] and before == CODES["between"])
    )
    pair = between == CODES["and"] and first.weekday is not None and second.weekday is not None
    if pair and first.start and second.start and (second.start - first.start).days != 1:
        return None
    if (
        not (linked or pair)
        or first.kind != "date"
        or second.kind != "date"
        or not first.start
        or not second.start
        or not second.end
    ):
        return None
    begin = first.start
    if first.yearless and not second.yearless:
        moved = calendar.day(second.start.year, begin.month, min(begin.day, 28)) or begin
        begin = moved.replace(day=begin.day) if begin.day <= 28 or moved.month != 2 else moved
    end = second.end
    if second.weekday is not None and end < begin:
        end = calendar.weekday_after(begin, second.weekday, same=False) or end
    elif first.weekday is not None and begin > end:
        begin = calendar.weekday_before(end, first.weekday, same=False) or begin
    elif begin > end and first.yearless:
        begin = calendar.months_on(begin, -12) or begin
    if begin > end:
        return None
    lead = before and before in (CODES["from"], CODES["between"])
    return replace(
        first,
        first=first.first - (1 if lead else 0),
        last=second.last,
        start=begin,
        end=end,
        kind="span",
        precision=second.precision if first.precision == second.precision else "day",
        rule=f"{first.rule} to {second.rule}",
    )


def _opened(scene: Scene, one: Found) -> Found:
    codes = scene.tokens.codes
    at = one.first - 1
    while at >= 0 and codes[at] in (CODES["the"], CODES["late"], CODES["early"], CODES["about"], CODES["at"]):
        at -= 1
    if one.kind not in ("date", "span") or at < 0:
        return one
    if codes[at] == CODES["of"] and codes[at - 1 : at] in (CODES["eve"], CODES["week"]):
        return _of(one, at - 1, codes[at - 1] == CODES["eve"])
    kind = _OPEN.get(codes[at])
    if kind is None or not one.start or one.kind == "span":
        return one
    if kind == "since":
        return replace(one, first=at, end=None, kind=kind)
    return replace(one, first=at, start=None, kind=kind)


def _of(one: Found, first: int, eve: bool) -> Found:
    if not one.start:
        return replace(one, first=first)
    if eve:
        day = calendar.moved(one.start, -1)
        return replace(one, first=first, start=day, end=day, precision="day", rule=f"eve of {one.rule}")
    week = calendar.whole_week(one.start) if one.precision == "day" else None
    if week is None:
        return one
    return replace(one, first=first, start=week[0], end=week[1], precision="week", rule=f"week of {one.rule}")
