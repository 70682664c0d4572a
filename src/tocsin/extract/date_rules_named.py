"""Rules for dates that are named: days with a month, holidays, months, years."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from tocsin.codebook.dates import Holiday
from tocsin.extract import date_calendar as calendar
from tocsin.extract.date_scene import (
    Found,
    Resolver,
    Scene,
    found_by,
    has,
    number_of,
    value_of,
    weekday_within,
    word_at,
    year_of,
)
from tocsin.extract.date_tense import lean
from tocsin.extract.date_tokens import CODES

#: A date without a year is this year's where it lies at most so many days ahead: of a day ten months back news gives
#: the year. A verb that looks ahead still allows for so many days back ("was to march on the 3rd"), but for no more
#: than so many ahead: on coded training documents yearless days were nearly all past ones from there on.
_SOON, _JUST, _FAR_AHEAD = 45, 20, 240
#: A day of more than so many days ago begins a story of its own, which the yearless dates of the next so many tokens go
#: on with; a whole year only holds for its own sentence.
_LONG_AGO, _SAME_STORY, _SAME_BREATH, _MONTH = 400, 400, 40, 31


def _day(scene: Scene, match: re.Match[str], rule: str, group: str = "d") -> Found | None:
    """Day and month, with or without a year; a weekday beside it helps to find the year left out."""
    number, month, year = number_of(scene, match, group), value_of(scene, match, "m"), year_of(scene, match)
    if number is None or month is None or not 1 <= number <= 31:
        return None
    yearless = year is None
    anchor = ""
    if match.groupdict().get("w"):
        base = scene.before[0] if has(match, "that") and scene.before else scene.published
        step = has(match, "next") - has(match, "last")
        year, yearless, anchor = (base.year + step if base else None), False, scene.leaning()
    elif year is None:
        year, anchor = year_left_out(scene, match, month, number, weekday_within(scene, match))
    else:
        scene.year = year
    at = calendar.day(year, month, number) if year else None
    if year and at is None:
        return None
    return found_by(scene, match, rule, (at, at) if at else None, anchor=anchor, yearless=yearless)


def year_left_out(
    scene: Scene, match: re.Match[str], month: int, number: int, weekday: int | None = None
) -> tuple[int | None, str]:
    """Return the nearest year in the direction of tense, and what it leaned on."""
    published = scene.published
    if published is None:
        year = scene.year or (scene.before[0].year if scene.before else None)
        return year, "a year given before" if year else ""
    years = [published.year + step for step in (0, -1, 1)]
    told = _year_of_story(scene, match.start(), month, number)
    if told is not None:
        return told, f"the date before it, {scene.before}"
    if weekday is not None:
        fits = [y for y in years for d in [calendar.day(y, month, number)] if d and d.weekday() == weekday]
        if fits:
            return fits[0], scene.leaning()
    ahead = lean(scene.tokens, scene.words, match.start(), match.end())
    days = [(y, d) for y in sorted(years) for d in [calendar.day(y, month, min(number, 28))] if d]
    if ahead > 0:
        next_one = next(((y, d) for y, d in days if (d - published).days >= -_JUST), None)
        if next_one is None or (next_one[1] - published).days <= _FAR_AHEAD:
            return (next_one[0] if next_one else published.year), scene.leaning()
    past = [y for y, d in days if (d - published).days <= _SOON]
    return (past[-1] if past else published.year), scene.leaning()


def _year_of_story(scene: Scene, at: int, month: int, number: int) -> int | None:
    """Return the year of a day told shortly after one of another year, in a story of that time; None elsewhere."""
    if scene.before is None or scene.published is None or scene.before_at < 0:
        return None
    first = scene.before[0]
    whole_year = (scene.before[1] - first).days > _MONTH
    reach = _SAME_BREATH if whole_year else _SAME_STORY
    if (scene.published - first).days < _LONG_AGO or at - scene.before_at > reach:
        return None
    if whole_year:
        codes = scene.tokens.codes
        left = CODES["stop"] in codes[scene.before_at : at] or codes[scene.before_at - 1] == CODES["since"]
        return None if left or scene.before[1].year != first.year else first.year
    if first != scene.before[1]:
        return None
    days = [d for step in (0, 1) for d in [calendar.day(first.year + step, month, min(number, 28))] if d]
    return next((d.year for d in days if (first - d).days <= _MONTH), None)


def _day_range(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    first, last = _day(scene, match, rule, "d"), _day(scene, match, rule, "e")
    if first is None or last is None:
        return None
    if first.start is None or last.start is None:
        return found_by(scene, match, rule, None, kind="span")
    if first.start > last.start:
        return None
    kind = "span" if (last.start - first.start).days > 1 or "c" not in match.groupdict() else "date"
    return found_by(scene, match, rule, (first.start, last.start), kind=kind, anchor=last.anchor)


def _day_and_day(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "3 and 5 May": the days from the first to the last where "between" or next to each other, else the last."""
    found = _day_range(scene, match, rule)
    if found is None or found.start is None or found.end is None:
        return found
    if has(match, "between") or (found.end - found.start).days == 1:
        return replace(found, kind="span")
    return found


def _iso(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    year, month, number = (int(part) for part in re.split(r"[-/.]", word_at(scene, match, "d")))
    at = calendar.day(year, month, number)
    return found_by(scene, match, rule, (at, at)) if at else None


def _numeric(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    first, second, last = re.split(r"[-/.]", word_at(scene, match, "d"))
    year = int(last) + (0 if len(last) == 4 else 2000 if int(last) < 50 else 1900)
    orders = [(int(first), int(second)), (int(second), int(first))]
    if not scene.month_first or "." in word_at(scene, match, "d"):
        orders.reverse()
    for month, number in orders:
        at = calendar.day(year, month, number)
        if at:
            how = "month first" if (month, number) == orders[0] and scene.month_first else "day first"
            return found_by(scene, match, rule, (at, at), anchor=how if max(month, number) <= 12 else "")
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
        at = (coming[0] if coming else None) if ahead > 0 or has(match, "next") else past[-1] if past else None
        anchor = scene.leaning()
    else:
        at = calendar.holiday_in(holiday, year) if year else None
    days_found = (at, at) if at else None
    found = found_by(scene, match, rule, days_found, anchor=anchor)
    return replace(found, last=last, rule=f"holiday {holiday.key}")


def _holiday_name(scene: Scene, at: int, holiday: Holiday) -> str:
    start = scene.tokens.starts[at]
    text = scene.tokens.text[start : start + 60].lower()
    return next(name for name in holiday.names if text.startswith(name))


def _month(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    month = value_of(scene, match, "m")
    if month is None:
        return None
    groups = match.groupdict()
    year = year_of(scene, match) if "y" in groups else None
    yearless, anchor, basis = year is None, "", "stated"
    if year is not None:
        scene.year = year
    elif rule in ("month_that_year", "that_month_named") and scene.before:
        year, anchor, basis = scene.before[0].year, f"the date before it, {scene.before[0]}", "stated"
    elif groups.get("w") and scene.published:
        year, anchor = _month_rel(scene.published, month, scene.tokens.codes[match.start("w")], rule), scene.leaning()
        basis = "relative"
    else:
        year, anchor = year_left_out(scene, match, month, 1)
    days = calendar.whole_month(year, month) if year else None
    return found_by(scene, match, rule, days, "month", basis, anchor=anchor, yearless=yearless)


def _months(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "September and October last year": from the first to the last."""
    first, last = value_of(scene, match, "m"), value_of(scene, match, "e")
    if first is None or last is None or first >= last:
        return None
    if rule == "months_rel_year":
        year = _year_rel(scene.published, scene.tokens.codes[match.start("w")]) if scene.published else None
    else:
        year = scene.year = year_of(scene, match)
    begin, end = (calendar.whole_month(year, month) if year else None for month in (first, last))
    days = (begin[0], end[1]) if begin and end else None
    basis = "relative" if rule == "months_rel_year" else "stated"
    return found_by(scene, match, rule, days, "month", basis, kind="span", anchor=scene.leaning())


def _month_number(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "11/2016", "2016-11"."""
    month, year = ("d", "y") if match["d"] else ("e", "z")
    number, of_year = int(word_at(scene, match, month)), int(word_at(scene, match, year))
    if number > 12 or not 1800 <= of_year <= 2100:
        return None
    scene.year = of_year
    return found_by(scene, match, rule, calendar.whole_month(of_year, number), "month")


def _week_number(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "week 31", "week 3 of 2027": weeks as ISO 8601 counts them."""
    year = year_of(scene, match) or (scene.published.year if scene.published else None)
    if year is None:
        return found_by(scene, match, rule, None)
    try:
        monday = date.fromisocalendar(year, int(word_at(scene, match, "d")), 1)
    except ValueError:
        return None
    return found_by(scene, match, rule, calendar.whole_week(monday), "week")


def _month_rel(published: date, month: int, which: str, rule: str) -> int:
    """Year of "last March", "next May", "March last year"."""
    if rule == "month_rel_year":
        return _year_rel(published, which)
    back = which in (CODES["last"], CODES["past"], CODES["previous"])
    on = which in (CODES["next"], CODES["coming"])
    if back:
        return published.year if month < published.month else published.year - 1
    if on:
        return published.year if month > published.month else published.year + 1
    return published.year


def _year_rel(published: date, which: str) -> int:
    """Year of "last year", "this year", "next year"."""
    back = which in (CODES["last"], CODES["past"], CODES["previous"])
    return published.year + (which == CODES["next"]) - back


def _named_year(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    year = year_of(scene, match)
    at = match.start("y")
    if year is None or (rule == "year" and not _is_year(scene, match, at, year)):
        return None
    scene.year = year
    return found_by(scene, match, rule, calendar.whole_year(year), "year")


def _is_year(scene: Scene, match: re.Match[str], at: int, year: int) -> bool:
    """Whether four digits are a year and not a count: by the words before and after."""
    words, codes, text = scene.tokens.words, scene.tokens.codes, scene.tokens.text
    start, end = scene.tokens.starts[at], scene.tokens.ends[at]
    if text[max(0, start - 1) : start] in ("$", "£", "€", "#", ".", "@", "+", "&", "_") or text[end : end + 1] in (
        "%",
        "°",
    ):
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
    first = int(word_at(scene, match, "y"))
    last = int(word_at(scene, match, "z"))
    if last < 100:
        last += first // 100 * 100
    whole, until = calendar.whole_year(first), calendar.whole_year(last)
    if not whole or not until or first >= last or first < 1500 or last > 2100:
        return None
    return found_by(scene, match, rule, (whole[0], until[1]), "year", kind="span")


RESOLVERS: Mapping[str, Resolver] = {
    "iso_day": _iso,
    "numeric_day": _numeric,
    **dict.fromkeys(("day_range_month", "month_day_range"), _day_range),
    **dict.fromkeys(("day_and_day_month", "month_day_and_day"), _day_and_day),
    **dict.fromkeys(("day_month", "month_day", "month_day_year_two", "year_month_day"), _day),
    **dict.fromkeys(("day_month_rel_year", "month_day_rel_year"), _day),
    **dict.fromkeys(("month", "month_year", "year_month", "month_rel_year", "month_that_year"), _month),
    **dict.fromkeys(("rel_month", "that_month_named", "month_of_year_named"), _month),
    **dict.fromkeys(("months_rel_year", "months_year"), _months),
    "month_number": _month_number,
    "week_number": _week_number,
    **dict.fromkeys(("year_named", "year"), _named_year),
    "years_joined": _years_joined,
    "holiday": _holiday,
}
