"""What each rule of the grammar means: the days of one time expression."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tocsin.codebook.dates import DateWords, Holiday
from tocsin.extract import date_calendar as calendar
from tocsin.extract.date_tense import lean
from tocsin.extract.date_tokens import CODES, Tokens

#: A date without a year that lies at most so many days ahead is taken to be ahead where no verb tells.
_SOON = 45
#: "last Tuesday" is not yesterday, and "next Friday" not the one at hand, at most so many days off in the same week:
#: writers have other words for these.
_FRESH, _NEAR = 2, 4
#: "the Friday" leans on the date before it only where that is at most so many days before publication.
_STALE = 60


@dataclass(frozen=True, slots=True)
class Found:
    """One time expression before it is joined with its neighbours.

    Attributes:
        first, last: its tokens, the last one exclusive.
        start, end: its days, or None where they cannot be told.
        precision, basis, kind, rule, anchor: as in DateReading.
        yearless: whether its year was left out.
        weekday: the weekday that it names, where it is no more than that.
        shift: how many of which unit "three days after" goes on from the date that follows it.
    """

    first: int
    last: int
    start: date | None
    end: date | None
    precision: str
    basis: str
    kind: str
    rule: str
    anchor: str
    yearless: bool = False
    weekday: int | None = None
    shift: tuple[int, str] | None = None


@dataclass(slots=True)
class Scene:
    """What an expression may lean on while a text is read from left to right.

    Attributes:
        tokens, words: the text and the language.
        published: day of publication, or None.
        month_first: whether figures give the month before the day.
        country: ISO code of the publisher's country, or None.
        before: the last date mentioned, first and last day, or None.
        before_at: the token where it starts; -1 where it stands before the part read.
        year: the last year that the text gave in so many words, or None.
        holidays: the holiday that starts at a token.
    """

    tokens: Tokens
    words: DateWords
    published: date | None
    month_first: bool
    country: str | None
    before: tuple[date, date] | None = None
    before_at: int = -1
    year: int | None = None
    holidays: Mapping[int, Holiday] = field(default_factory=dict)

    def leaning(self) -> str:
        """Return what relative dates lean on, in words."""
        return f"published {self.published}" if self.published else ""


    def shifted(self, base: Found, by: Found) -> Found:
        """Return `by` ("three days after") counted from `base`, the date that follows it."""
        count, unit = by.shift or (0, "day")
        at = base.start and _shifted(base.start, unit, count)
        return replace(base, first=by.first, start=at, end=at, rule=f"{by.rule} {base.rule}", precision="day", shift=None)


Days = tuple[date, date] | None
Resolver = Callable[[Scene, re.Match[str], str], Found | None]


def resolve(scene: Scene, rule: str, match: re.Match[str]) -> Found | None:
    """Return what an expression means, or None where it is no time expression after all."""
    return _RESOLVERS[rule](scene, match, rule)


# --- values of parts ---------------------------------------------------------------------------------------------


def _word(scene: Scene, match: re.Match[str], group: str) -> str:
    at = match.start(group)
    return scene.tokens.words[at] if at >= 0 else ""


def _has(match: re.Match[str], name: str) -> bool:
    return CODES[name] in match[0]


def _number(scene: Scene, match: re.Match[str], group: str) -> int | None:
    """Value of figures, "14th", "twenty-first", "a", "two hundred"; None where vague."""
    if match.start(group) < 0:
        return None
    total = 0
    for at in range(match.start(group), match.end(group)):
        word = scene.tokens.words[at]
        if word[0].isdigit():
            digits = re.match(r"\d+", word.replace(",", ""))
            total += int(digits[0]) if digits and len(digits[0]) <= 6 else 0
        elif word in scene.words.values:
            value = scene.words.values[word]
            total = total * 100 if value == 100 and total else total + value
        elif scene.tokens.codes[at] == CODES["few"]:
            return 2 if word == "couple" else None
        elif scene.tokens.codes[at] == CODES["half"]:
            return None
    return total or (1 if scene.tokens.codes[match.start(group)] == CODES["a"] else None)


def _value(scene: Scene, match: re.Match[str], group: str) -> int | None:
    word = _word(scene, match, group)
    return scene.words.values.get(word) if word else None


def _year(scene: Scene, match: re.Match[str], group: str = "y") -> int | None:
    """Year of four digits, or of two after an apostrophe: the latest that is not after publication."""
    if match.groupdict().get(group) is None:
        return None
    digits = scene.tokens.words[match.end(group) - 1]
    year = int(digits)
    if len(digits) == 4:
        return year
    latest = scene.published.year if scene.published else 2049
    return year + 2000 if year + 2000 <= latest else year + 1900


def _found(
    scene: Scene,
    match: re.Match[str],
    rule: str,
    days: Days,
    precision: str = "day",
    basis: str = "stated",
    kind: str = "date",
    anchor: str = "",
    *,
    yearless: bool = False,
    weekday: int | None = None,
) -> Found:
    start, end = days or (None, None)
    if start is None:
        precision = basis = "none"
    return Found(*match.span(), start, end, precision, basis, kind, rule, anchor, yearless, weekday)


def _no_date(kind: str) -> Resolver:
    def resolver(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
        return _found(scene, match, rule, None, kind=kind)

    return resolver


# --- days with a month -------------------------------------------------------------------------------------------


def _day(scene: Scene, match: re.Match[str], rule: str, group: str = "d") -> Found | None:
    """Day and month, with or without a year; a weekday beside it helps to find the year left out."""
    number, month, year = _number(scene, match, group), _value(scene, match, "m"), _year(scene, match)
    if number is None or month is None or not 1 <= number <= 31:
        return None
    yearless = year is None
    anchor = ""
    if match.groupdict().get("w"):
        base = scene.before[0] if _has(match, "that") and scene.before else scene.published
        step = _has(match, "next") - _has(match, "last")
        year, yearless, anchor = (base.year + step if base else None), False, scene.leaning()
    elif year is None:
        year, anchor = _year_left_out(scene, match, month, number, _weekday_within(scene, match))
    else:
        scene.year = year
    at = calendar.day(year, month, number) if year else None
    if year and at is None:
        return None
    return _found(scene, match, rule, (at, at) if at else None, anchor=anchor, yearless=yearless)


def _weekday_within(scene: Scene, match: re.Match[str]) -> int | None:
    at = match[0].find(CODES["weekday"])
    return scene.words.values[scene.tokens.words[match.start() + at]] if at >= 0 else None


def _year_left_out(
    scene: Scene, match: re.Match[str], month: int, number: int, weekday: int | None = None
) -> tuple[int | None, str]:
    """Return the nearest year in the direction of tense, and what it leaned on."""
    published = scene.published
    if published is None:
        year = scene.year or (scene.before[0].year if scene.before else None)
        return year, "a year given before" if year else ""
    years = [published.year + step for step in (0, -1, 1)]
    if weekday is not None:
        fits = [y for y in years for d in [calendar.day(y, month, number)] if d and d.weekday() == weekday]
        if fits:
            return fits[0], scene.leaning()
    ahead = lean(scene.tokens, scene.words, match.start(), match.end())
    days = [(y, d) for y in sorted(years) for d in [calendar.day(y, month, min(number, 28))] if d]
    if ahead > 0:
        return next((y for y, d in days if d >= published), published.year), scene.leaning()
    slack = _SOON if ahead == 0 else 0
    past = [y for y, d in days if (d - published).days <= slack]
    return (past[-1] if past else published.year), scene.leaning()


def _day_range(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    first, last = _day(scene, match, rule, "d"), _day(scene, match, rule, "e")
    if first is None or last is None:
        return None
    if first.start is None or last.start is None:
        return _found(scene, match, rule, None, kind="span")
    if first.start > last.start:
        return None
    kind = "span" if (last.start - first.start).days > 1 or "c" not in match.groupdict() else "date"
    return _found(scene, match, rule, (first.start, last.start), kind=kind, anchor=last.anchor)


def _day_and_day(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"3 and 5 May": the days from the first to the last where "between" or next to each other, else the last."""
    found = _day_range(scene, match, rule)
    if found is None or found.start is None or found.end is None:
        return found
    if _has(match, "between") or (found.end - found.start).days == 1:
        return replace(found, kind="span")
    return found


def _iso(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    year, month, number = (int(part) for part in re.split(r"[-/.]", _word(scene, match, "d")))
    at = calendar.day(year, month, number)
    return _found(scene, match, rule, (at, at)) if at else None


def _numeric(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    first, second, last = re.split(r"[-/.]", _word(scene, match, "d"))
    year = int(last) + (0 if len(last) == 4 else 2000 if int(last) < 50 else 1900)
    orders = [(int(first), int(second)), (int(second), int(first))]
    if not scene.month_first or "." in _word(scene, match, "d"):
        orders.reverse()
    for month, number in orders:
        at = calendar.day(year, month, number)
        if at:
            how = "month first" if (month, number) == orders[0] and scene.month_first else "day first"
            return _found(scene, match, rule, (at, at), anchor=how if max(month, number) <= 12 else "")
    return None


def _holiday(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    holiday = scene.holidays[match.start("h")]
    last = match.end()
    length = max(len(name) for name in holiday.names)
    edge = scene.tokens.starts[match.start("h")] + length
    name = _holiday_name(scene, match.start("h"), holiday)
    edge = scene.tokens.starts[match.start("h")] + len(name)
    while last < len(scene.tokens.words) and scene.tokens.ends[last] <= edge:
        last += 1
    year = None
    after = last + (scene.tokens.codes[last : last + 1] in (CODES["comma"], CODES["of"]))
    if scene.tokens.codes[after : after + 1] == CODES["yyyy"]:
        year, last = int(scene.tokens.words[after]), after + 1
    anchor = ""
    if year is None and scene.published:
        days = [d for y in (-1, 0, 1) for d in [calendar.holiday_in(holiday, scene.published.year + y)] if d]
        ahead = lean(scene.tokens, scene.words, match.start(), last)
        past = [d for d in days if (d - scene.published).days <= (_SOON if ahead == 0 else 0)]
        coming = [d for d in days if d >= scene.published]
        at = (coming[0] if coming else None) if ahead > 0 or _has(match, "next") else past[-1] if past else None
        anchor = scene.leaning()
    else:
        at = calendar.holiday_in(holiday, year) if year else None
    days_found = (at, at) if at else None
    found = _found(scene, match, rule, days_found, anchor=anchor)
    return replace(found, last=last, rule=f"holiday {holiday.key}")


def _holiday_name(scene: Scene, at: int, holiday: Holiday) -> str:
    start = scene.tokens.starts[at]
    text = scene.tokens.text[start : start + 60].lower()
    return next(name for name in holiday.names if text.startswith(name))


# --- months and years --------------------------------------------------------------------------------------------


def _month(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    month = _value(scene, match, "m")
    if month is None:
        return None
    groups = match.groupdict()
    year = _year(scene, match) if "y" in groups else None
    yearless, anchor, basis = year is None, "", "stated"
    if year is not None:
        scene.year = year
    elif rule in ("month_that_year", "that_month_named") and scene.before:
        year, anchor, basis = scene.before[0].year, f"the date before it, {scene.before[0]}", "stated"
    elif groups.get("w") and scene.published:
        year, anchor = _month_rel(scene.published, month, scene.tokens.codes[match.start("w")], rule), scene.leaning()
        basis = "relative"
    else:
        year, anchor = _year_left_out(scene, match, month, 1)
    days = calendar.whole_month(year, month) if year else None
    return _found(scene, match, rule, days, "month", basis, anchor=anchor, yearless=yearless)


def _month_number(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"11/2016", "2016-11"."""
    month, year = ("d", "y") if match["d"] else ("e", "z")
    number, of_year = int(_word(scene, match, month)), int(_word(scene, match, year))
    if number > 12 or not 1800 <= of_year <= 2100:
        return None
    scene.year = of_year
    return _found(scene, match, rule, calendar.whole_month(of_year, number), "month")


def _week_number(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"week 31", "week 3 of 2027": weeks as ISO 8601 counts them."""
    year = _year(scene, match) or (scene.published.year if scene.published else None)
    if year is None:
        return _found(scene, match, rule, None)
    try:
        monday = date.fromisocalendar(year, int(_word(scene, match, "d")), 1)
    except ValueError:
        return None
    return _found(scene, match, rule, calendar.whole_week(monday), "week")


def _month_rel(published: date, month: int, which: str, rule: str) -> int:
    """Year of "last March", "next May", "March last year"."""
    back = which in (CODES["last"], CODES["past"], CODES["previous"])
    on = which in (CODES["next"], CODES["coming"])
    if rule == "month_rel_year":
        return published.year + (on - back)
    if back:
        return published.year if month < published.month else published.year - 1
    if on:
        return published.year if month > published.month else published.year + 1
    return published.year


def _named_year(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    year = _year(scene, match)
    at = match.start("y")
    if year is None or (rule == "year" and not _is_year(scene, match, at, year)):
        return None
    scene.year = year
    return _found(scene, match, rule, calendar.whole_year(year), "year")


def _is_year(scene: Scene, match: re.Match[str], at: int, year: int) -> bool:
    """Whether four digits are a year and not a count: by the words before and after."""
    words, codes, text = scene.tokens.words, scene.tokens.codes, scene.tokens.text
    start, end = scene.tokens.starts[at], scene.tokens.ends[at]
    if text[max(0, start - 1) : start] in ("$", "£", "€", "#", ".", "@", "+", "&", "_") or text[end : end + 1] in ("%", "°"):
        return False
    if end < len(text) and (text[end].isalpha() or (text[end] in ".:" and text[end + 1 : end + 2].isdigit())):
        return False
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    led = match.start() < at or codes[at - 1 : at] in (CODES["in"], CODES["since"], CODES["till"], CODES["of"])
    if before in scene.words.counted_before or after in scene.words.counted:
        return False
    latest = (scene.published.year if scene.published else 2030) + 30
    if not (1500 if led else 1800) <= year <= latest:
        return False
    gap = text[end : end + 2]
    plural = len(after) > 3 and after.endswith("s") and after not in scene.words.not_counted and gap[:1] == " "
    if plural and not led and codes[at + 1] == CODES["x"]:
        return False
    return not (before == "-" and text[start - 2 : start - 1].isdigit() and year < 1900)


def _years_joined(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    first = int(_word(scene, match, "y"))
    last = int(_word(scene, match, "z"))
    if last < 100:
        last += first // 100 * 100
    whole, until = calendar.whole_year(first), calendar.whole_year(last)
    if not whole or not until or first >= last or first < 1500 or last > 2100:
        return None
    return _found(scene, match, rule, (whole[0], until[1]), "year", kind="span")


# --- weekdays and days -------------------------------------------------------------------------------------------


def _weekday(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    weekday = _value(scene, match, "w")
    if weekday is None or scene.published is None:
        return _found(scene, match, rule, None, weekday=weekday)
    ahead = lean(scene.tokens, scene.words, match.start(), match.end())
    if ahead > 0:
        at = calendar.weekday_after(scene.published, weekday, same=True)
    else:
        at = calendar.weekday_before(scene.published, weekday, same=True)
    return _relative(scene, match, rule, at, weekday=weekday)


def _relative(
    scene: Scene, match: re.Match[str], rule: str, at: date | None, anchor: str = "", *, weekday: int | None = None
) -> Found:
    days = (at, at) if at else None
    return _found(scene, match, rule, days, "day", "relative", anchor=anchor or scene.leaning(), weekday=weekday)


def _weekday_post(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"Saturday next", "Saturday last"."""
    weekday = _value(scene, match, "w")
    if weekday is None or scene.published is None:
        return _found(scene, match, rule, None)
    step = calendar.weekday_after if _has(match, "next") else calendar.weekday_before
    return _relative(scene, match, rule, step(scene.published, weekday, same=False))


def _last_day(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"the last day of September"."""
    base, basis, anchor = _whole_of(scene, match)
    if base is None:
        return _found(scene, match, rule, None)
    nth = _number(scene, match, "o")
    at = base[1] if nth is None else calendar.moved(base[0], nth - 1)
    return _found(scene, match, rule, (at, at) if at else None, "day", basis, anchor=anchor)


def _weekday_rel(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"last Friday", "next Friday", "that Friday", "the Friday"."""
    weekday, which = _value(scene, match, "w"), scene.tokens.codes[match.start("r")]
    published = scene.published
    if weekday is None:
        return None
    told = scene.before
    if told and which == CODES["the"] and published and (published - told[1]).days > _STALE:
        told = None
    if which in (CODES["that"], CODES["same"], CODES["following"], CODES["the"]) and told:
        start, end = told
        at = calendar.weekday_after(start, weekday, same=which != CODES["following"])
        if at and published and at > published >= end and which != CODES["following"]:
            at = calendar.weekday_before(published, weekday, same=True)
        return _relative(scene, match, rule, at, f"the date before it, {start}")
    if published is None:
        return _found(scene, match, rule, None, weekday=weekday)
    if which in (CODES["last"], CODES["past"]):
        at = calendar.weekday_before(published, weekday, same=False)
        if at and (published - at).days < _FRESH:
            at = calendar.moved(at, -7)
    elif which == CODES["previous"]:
        at = calendar.weekday_before(scene.before[0] if scene.before else published, weekday, same=False)
    elif which == CODES["next"]:
        at = calendar.weekday_after(published, weekday, same=False)
        if at and (at - published).days <= _NEAR and at.weekday() > published.weekday():
            at = calendar.moved(at, 7)
    elif which in (CODES["coming"], CODES["following"]):
        at = calendar.weekday_after(published, weekday, same=False)
    elif which == CODES["this"]:
        ahead = lean(scene.tokens, scene.words, match.start(), match.end())
        at = calendar.moved(published, weekday - published.weekday())
        if at and ahead < 0 and at > published:
            at = calendar.moved(at, -7)
        elif at and ahead > 0 and at < published:
            at = calendar.moved(at, 7)
    else:
        return _weekday(scene, match, rule)
    return _relative(scene, match, rule, at)


_WEEKS = {"last": -1, "past": -1, "previous": -1, "next": 1, "following": 1, "this": 0, "coming": 1, "that": 0, "same": 0}


def _weekday_of_week(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"Friday last week", "next week on Friday"."""
    weekday, which = _value(scene, match, "w"), scene.tokens.words[match.end("r") - 1]
    base = scene.published
    if which in ("that", "same") or (which in ("following", "previous") and scene.before):
        base = scene.before[0] if scene.before else base
    if weekday is None or base is None:
        return _found(scene, match, rule, None)
    at = calendar.moved(base, weekday - base.weekday() + 7 * _WEEKS.get(which, 0))
    return _relative(scene, match, rule, at)


def _weekday_week(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"Monday week": a week after the coming Monday."""
    weekday = _value(scene, match, "w")
    if weekday is None or scene.published is None:
        return None
    after = scene.tokens.words[match.end()] if match.end() < len(scene.tokens.words) else ""
    if after and (after[0].isalnum() or after == "-"):
        return None
    coming = calendar.weekday_after(scene.published, weekday, same=False)
    return _relative(scene, match, rule, coming and calendar.moved(coming, 7))


def _weeks_ago_weekday(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"a week ago Tuesday", "Tuesday two weeks ago"."""
    weekday, count = _value(scene, match, "w"), _number(scene, match, "n")
    if weekday is None or count is None or scene.published is None:
        return _found(scene, match, rule, None)
    weeks = count * (2 if "fortnight" in _word(scene, match, "u") else 1)
    last = calendar.weekday_before(scene.published, weekday, same=True)
    return _relative(scene, match, rule, last and calendar.moved(last, -7 * weeks))


def _day_of_month(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"the 8th": of the month of the date before it or of publication; "Saturday the 12th"."""
    number = _number(scene, match, "d")
    weekday = _weekday_within(scene, match)
    if number is None or not 1 <= number <= 31:
        return None
    if rule == "day_of_month" and not _has(match, "of") and not _stands_alone(scene, match):
        return None
    base = scene.before[0] if scene.before else scene.published
    if base is None:
        return _found(scene, match, rule, None)
    ahead = lean(scene.tokens, scene.words, match.start(), match.end())
    published = scene.published
    options = []
    for months in (0, -1, 1, -2, 2, -3):
        month = calendar.months_on(base.replace(day=1), months)
        at = month and calendar.day(month.year, month.month, number)
        if at and (weekday is None or at.weekday() == weekday):
            options.append(at)
    if not options:
        return None if weekday is None else _weekday(scene, match, rule)
    if _has(match, "last") and published:
        options = [d for d in options if (d.year, d.month) < (published.year, published.month)] or options
    elif _has(match, "next") and published:
        options = [d for d in options if (d.year, d.month) > (published.year, published.month)] or options
    elif published and ahead <= 0 and weekday is None and not scene.before:
        options = [d for d in options if d <= published] or options
    elif published and ahead > 0:
        options = [d for d in options if d >= published] or options
    elif published and base <= published:
        options = [d for d in options if d <= published] or options
    at = options[0]
    anchor = f"the date before it, {base}" if scene.before else scene.leaning()
    return _found(scene, match, rule, (at, at), anchor=anchor)


_NOT_DAYS = frozenset(
    "floor day anniversary street avenue congress session century army time birthday minute edition place grade round "
    "district brigade division infantry amendment arrondissement parliament assembly infantry year week month person "
    "such annual straight consecutive largest biggest most governorate precinct ward battalion regiment".split()
)


def _stands_alone(scene: Scene, match: re.Match[str]) -> bool:
    """Whether "the 8th" counts no noun that follows."""
    at = match.end()
    codes, words = scene.tokens.codes, scene.tokens.words
    if at >= len(codes):
        return True
    if words[at] in _NOT_DAYS or codes[at] in (CODES["day"], CODES["week"], CODES["long_unit"], CODES["dash"]):
        return False
    if codes[at] != CODES["x"] or not words[at][0].isalpha():
        return True
    before = codes[match.start() - 1 : match.start()]
    led = before and before in (CODES["on"], CODES["since"], CODES["till"], CODES["by"], CODES["from"])
    capital = scene.tokens.text[scene.tokens.starts[at]].isupper()
    function = len(words[at]) <= 4 or words[at].endswith(("ed", "ing", "ly"))
    return bool(led) and (capital or function) or (function and words[at] not in scene.words.counted)


def _today(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    return _relative(scene, match, rule, scene.published)


def _yesterday(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    step = 1 if _has(match, "tomorrow") else -1
    if rule == "day_before_yesterday":
        if _has(match, "before") != _has(match, "yesterday"):
            return None
        step *= 2
    return _relative(scene, match, rule, scene.published and calendar.moved(scene.published, step))


def _last_night(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    return _relative(scene, match, rule, scene.published and calendar.moved(scene.published, -1))


def _day_rel(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"the next day", "the previous night", "that evening", "the same day"."""
    which = scene.tokens.codes[match.start("r")]
    step = {CODES["next"]: 1, CODES["following"]: 1, CODES["coming"]: 1, CODES["previous"]: -1, CODES["last"]: -1}.get(which, 0)
    if which == CODES["last"] and _has(match, "the"):
        return None
    if which in (CODES["that"], CODES["same"]) and not scene.before:
        return _found(scene, match, rule, None)
    if scene.before and which != CODES["last"]:
        base = scene.before[1] if step > 0 else scene.before[0]
        return _relative(scene, match, rule, calendar.moved(base, step), f"the date before it, {base}")
    return _relative(scene, match, rule, scene.published and calendar.moved(scene.published, step))


def _day_before(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"the day before", "a day later", "the night before"."""
    step = 1 if scene.tokens.codes[match.start("c")] in (CODES["after"], CODES["later"]) else -1
    told = None
    if scene.tokens.codes[match.start("c")] in (CODES["after"], CODES["before"]):
        told = _clause_event(scene, match, -step, "day")
    if told is not None:
        return replace(_relative(scene, match, f"{rule} clause", told), shift=(step, "day"))
    base = (scene.before[1] if step > 0 else scene.before[0]) if scene.before else scene.published
    anchor = f"the date before it, {base}" if scene.before else ""
    if scene.tokens.codes[match.start("c")] in (CODES["after"], CODES["before"]):
        return replace(_relative(scene, match, rule, base and calendar.moved(base, step), anchor), shift=(step, "day"))
    return _relative(scene, match, rule, base and calendar.moved(base, step), anchor)


# --- weeks, months and years by their distance -------------------------------------------------------------------


def _unit(word: str) -> str:
    for name in ("day", "weekend", "fortnight", "week", "month", "year"):
        if word.startswith(name):
            return name
    return ""


def _period(base: date, unit: str, step: int) -> tuple[Days, str]:
    """Return the period of a unit so many on from the one that holds a day, and its precision."""
    if unit == "weekend":
        saturday = calendar.moved(base, calendar.SATURDAY - base.weekday() + 7 * step)
        sunday = saturday and calendar.moved(saturday, 1)
        return ((saturday, sunday) if saturday and sunday else None), "day"
    if unit in ("week", "fortnight"):
        at = calendar.moved(base, 7 * step)
        return (at and calendar.whole_week(at)), "week"
    if unit == "month":
        at = calendar.months_on(base.replace(day=1), step)
        return (at and calendar.whole_month(at.year, at.month)), "month"
    return calendar.whole_year(base.year + step), "year"


def _rel_period(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"last week", "this month", "that year", "the following weekend"."""
    which, unit = scene.tokens.codes[match.start("r")], _unit(_word(scene, match, "u"))
    if match.start() < match.start("r") and _has(match, "the") and which in (CODES["last"], CODES["past"], CODES["coming"]):
        return _found(scene, match, rule, None, kind="duration")
    if unit == "fortnight" and which != CODES["next"]:
        return _found(scene, match, rule, None, kind="duration")
    base, anchor = scene.published, scene.leaning()
    told = which in (CODES["that"], CODES["same"], CODES["following"], CODES["previous"]) or _has(match, "same")
    if told and scene.before:
        base, anchor = scene.before[0], f"the date before it, {scene.before[0]}"
    elif which == CODES["that"]:
        base = None
    if base is None:
        return _found(scene, match, rule, None)
    step = {CODES["last"]: -1, CODES["past"]: -1, CODES["previous"]: -1}.get(which, 0)
    step += which in (CODES["next"], CODES["coming"], CODES["following"])
    if unit == "weekend" and base.weekday() >= calendar.SATURDAY and which == CODES["last"]:
        step = -1
    if unit == "weekend" and which in (CODES["past"], CODES["this"]):
        step = -1 if which == CODES["past"] or (base.weekday() < 3 and lean(scene.tokens, scene.words, *match.span()) < 0) else 0
    days, precision = _period(base, unit, step)
    return _found(scene, match, rule, days, precision, "relative", anchor=anchor)


def _after_next(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    step = 2 if _has(match, "after") else -2
    if scene.published is None:
        return _found(scene, match, rule, None)
    days, precision = _period(scene.published, _unit(_word(scene, match, "u")), step)
    return _found(scene, match, rule, days, precision, "relative", anchor=scene.leaning())


def _weekend(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    if scene.published is None or _has(match, "a"):
        return _found(scene, match, rule, None, kind="date" if scene.published is None else "other")
    ahead = lean(scene.tokens, scene.words, *match.span())
    step = -1 if ahead <= 0 and scene.published.weekday() < calendar.SATURDAY else 0
    days, _ = _period(scene.published, "weekend", step)
    return _found(scene, match, rule, days, "day", "relative", anchor=scene.leaning())


def _last_periods(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"the past three days": a window that ends on publication; "the next two weeks": one that starts there."""
    count, unit = _number(scene, match, "n"), _unit(_word(scene, match, "u"))
    which = scene.tokens.codes[match.start("r")]
    if scene.published is None or count is None or count > 5000:
        return _found(scene, match, rule, None, kind="duration")
    ahead = which in (CODES["next"], CODES["coming"], CODES["following"])
    far = _shifted(scene.published, unit, count if ahead else -count)
    if far is None:
        return _found(scene, match, rule, None, kind="duration")
    days = (scene.published, far) if ahead else (far, scene.published)
    return _found(scene, match, rule, days, "day", "relative", kind="span", anchor=scene.leaning())


def _shifted(base: date, unit: str, count: int) -> date | None:
    if abs(count) > 20000:
        return None
    if unit in ("month", "year"):
        return calendar.months_on(base, count * (12 if unit == "year" else 1))
    return calendar.moved(base, count * {"day": 1, "fortnight": 14}.get(unit, 7))


def _clause_event(scene: Scene, match: re.Match[str], count: int, unit: str) -> date | None:
    """"a week after police fired": the day of what the clause tells, seen from this sentence's date or publication."""
    at = match.end()
    codes = scene.tokens.codes
    follows = codes[at : at + 2]
    if unit not in ("day", "week", "fortnight") or not follows or follows[0] not in _CLAUSE_STARTS:
        return None
    sentence = codes.rfind(CODES["stop"], 0, match.start()) + 1
    base = scene.before[0] if scene.before and scene.before_at >= sentence else scene.published
    return base and _shifted(base, unit, count)


_CLAUSE_STARTS = frozenset(CODES[name] for name in ("x", "the", "a", "dd", "yy", "num", "cardinal", "more", "few", "about"))


def _after_before(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"three days after": alone it leans on the date before it; with a date behind it, on that."""
    found = _distance(scene, match, rule)
    count, which = _number(scene, match, "n"), scene.tokens.codes[match.start("c")]
    if found is None or count is None or which in (CODES["earlier"], CODES["later"]):
        return found
    unit = _unit(_word(scene, match, "u"))
    told = _clause_event(scene, match, count if which == CODES["before"] else -count, unit)
    if told is not None:
        found = replace(found, start=told, end=told, precision="day", basis="relative", kind="date", rule=f"{rule} clause")
    return replace(found, shift=(-count if which == CODES["before"] else count, unit))


def _distance(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"two days ago", "three weeks earlier", "in five days", "a month after"."""
    count, unit = _number(scene, match, "n"), _unit(_word(scene, match, "u"))
    base, anchor, step = scene.published, scene.leaning(), -1
    if rule in ("in_time", "from_now"):
        step = 1
        ahead = lean(scene.tokens, scene.words, *match.span())
        if rule == "in_time" and not _has(match, "apos") and ahead < 0:
            return _found(scene, match, rule, None, kind="duration")
    elif rule == "after_before":
        which = scene.tokens.codes[match.start("c")]
        step = 1 if which in (CODES["later"], CODES["after"], CODES["from"]) else -1
        if which == CODES["from"]:
            return _found(scene, match, rule, None, kind="duration")
        if scene.before:
            base = scene.before[1] if step > 0 else scene.before[0]
            anchor = f"the date before it, {base}"
        elif which in (CODES["after"], CODES["before"]):
            return _found(scene, match, rule, None, kind="duration")
    if count is None or base is None:
        return _found(scene, match, rule, None, kind="other" if count is None else "date")
    at = _shifted(base, unit, step * count)
    for count_at, unit_at in _pairs_before(scene, match):
        at = at and _shifted(at, unit_at, step * count_at)
    days, precision = ((at, at) if at else None), "day"
    if at and unit == "year":
        days, precision = calendar.whole_year(at.year), "year"
    elif at and unit == "month":
        days, precision = calendar.whole_month(at.year, at.month), "month"
    return _found(scene, match, rule, days, precision, "relative", anchor=anchor)


def _pairs_before(scene: Scene, match: re.Match[str]) -> list[tuple[int, str]]:
    """The count and unit that stand before the last ones: "2 years" of "2 years and 5 days ago"."""
    units = [at for at in range(match.start(), match.start("n")) if _unit(scene.tokens.words[at])]
    if not units:
        return []
    word = scene.tokens.words[units[0] - 1]
    count = int(word) if word.isdecimal() and len(word) < 4 else scene.words.values.get(word, 1)
    return [(count, _unit(scene.tokens.words[units[0]]))]


def _nth_of(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """"the third Wednesday of May", "the first week of August", "the last weekend of last month"."""
    base, basis, anchor = _whole_of(scene, match)
    if base is None:
        return _found(scene, match, rule, None)
    last = scene.tokens.codes[match.start("o")] in (CODES["last"], CODES["late"])
    nth = -1 if last else _number(scene, match, "o") or 1
    if rule.startswith("nth_weekday"):
        weekday = _value(scene, match, "w")
        at = calendar.nth_weekday(*base, weekday, nth) if weekday is not None else None
        return _found(scene, match, rule, (at, at) if at else None, "day", basis, anchor=anchor)
    if _unit(_word(scene, match, "u")) == "weekend":
        at = calendar.nth_weekday(*base, calendar.SATURDAY, nth)
        sunday = at and calendar.moved(at, 1)
        return _found(scene, match, rule, (at, sunday) if at and sunday else None, "day", basis, anchor=anchor)
    # ISO: a week belongs to the month or year that holds its Thursday.
    thursday = calendar.nth_weekday(*base, 3, nth)
    week = thursday and calendar.whole_week(thursday)
    return _found(scene, match, rule, week, "week", basis, anchor=anchor)


def _whole_of(scene: Scene, match: re.Match[str]) -> tuple[Days, str, str]:
    groups = match.groupdict()
    if groups.get("m"):
        month, year, anchor = _value(scene, match, "m"), _year(scene, match), ""
        if month and year is None:
            year, anchor = _year_left_out(scene, match, month, 1)
        return (calendar.whole_month(year, month) if year and month else None), "stated", anchor
    if groups.get("y"):
        return calendar.whole_year(_year(scene, match) or 0), "stated", ""
    which = scene.tokens.words[match.end("r") - 1]
    told = which in ("that", "same", "the") and scene.before
    base = scene.before[0] if told and scene.before else scene.published
    if base is None:
        return None, "none", ""
    unit = "year" if groups.get("k") == CODES["year_unit"] else "month"
    return _period(base, unit, _WEEKS.get(which, 0))[0], "relative", scene.leaning()


_RESOLVERS: Mapping[str, Resolver] = {
    "iso_day": _iso,
    "numeric_day": _numeric,
    **dict.fromkeys(("day_range_month", "month_day_range"), _day_range),
    **dict.fromkeys(("day_and_day_month", "month_day_and_day"), _day_and_day),
    **dict.fromkeys(("day_month", "month_day", "month_day_year_two", "year_month_day"), _day),
    **dict.fromkeys(("day_month_rel_year", "month_day_rel_year"), _day),
    **dict.fromkeys(("month_that_year", "month_rel_year", "month_year", "rel_month", "that_month_named", "month"), _month),
    "month_of_year_named": _month,
    "year_month": _month,
    "month_number": _month_number,
    "week_number": _week_number,
    "year_named": _named_year,
    "year": _named_year,
    "years_joined": _years_joined,
    **dict.fromkeys(("decade", "century", "fiscal", "season", "quarter", "now", "clock"), _no_date("other")),
    **dict.fromkeys(("every", "weekdays", "every_part", "daily"), _no_date("set")),
    **dict.fromkeys(("duration", "duration_clock", "duration_joined", "first_periods"), _no_date("duration")),
    "day_before_yesterday": _yesterday,
    "yesterday": _yesterday,
    **dict.fromkeys(("today", "this_part"), _today),
    **dict.fromkeys(("last_night", "overnight"), _last_night),
    **dict.fromkeys(("weekday", "part_of_weekday"), _weekday),
    **dict.fromkeys(("weekday_day", "day_of_month", "day_of_month_words"), _day_of_month),
    "weekday_rel": _weekday_rel,
    "weekday_post": _weekday_post,
    "last_day": _last_day,
    **dict.fromkeys(("weekday_rel_week", "rel_weeks_weekday"), _weekday_of_week),
    "weekday_week": _weekday_week,
    **dict.fromkeys(("ago_weekday", "weekday_ago"), _weeks_ago_weekday),
    **dict.fromkeys(("nth_weekday_month", "nth_weekday_rel", "nth_week_month", "nth_week_year", "nth_week_rel"), _nth_of),
    "rel_period": _rel_period,
    "period_after_next": _after_next,
    "over_weekend": _weekend,
    "day_rel": _day_rel,
    "the_day_before": _day_before,
    "rel_periods": _last_periods,
    **dict.fromkeys(("ago", "from_now", "in_time"), _distance),
    "after_before": _after_before,
    "holiday": _holiday,
}
