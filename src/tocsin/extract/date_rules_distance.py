"""Rules for weeks, months and years by their distance, and for parts of them."""

import re
from collections.abc import Mapping
from dataclasses import replace

from tocsin.extract import date_calendar as calendar
from tocsin.extract.date_rules_named import year_left_out
from tocsin.extract.date_scene import (
    Days,
    Found,
    Resolver,
    Scene,
    clause_event,
    found_by,
    has,
    number_of,
    period,
    shifted,
    unit_of,
    value_of,
    word_at,
    year_of,
)
from tocsin.extract.date_tense import lean
from tocsin.extract.date_tokens import CODES

WEEKS = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "next": 1,
    "following": 1,
    "this": 0,
    "coming": 1,
    "that": 0,
    "same": 0,
}


def _last_day(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "the last day of September"."""
    base, basis, anchor = whole_of(scene, match)
    if base is None:
        return found_by(scene, match, rule, None)
    nth = number_of(scene, match, "o")
    at = base[1] if nth is None else calendar.moved(base[0], nth - 1)
    return found_by(scene, match, rule, (at, at) if at else None, "day", basis, anchor=anchor)


def _rel_period(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "last week", "this month", "that year", "the following weekend"."""
    which, unit = scene.tokens.codes[match.start("r")], unit_of(word_at(scene, match, "u"))
    if (
        match.start() < match.start("r")
        and has(match, "the")
        and which in (CODES["last"], CODES["past"], CODES["coming"])
    ):
        return found_by(scene, match, rule, None, kind="duration")
    if unit == "fortnight" and which != CODES["next"]:
        return found_by(scene, match, rule, None, kind="duration")
    base, anchor = scene.published, scene.leaning()
    told = which in (CODES["that"], CODES["same"], CODES["following"], CODES["previous"]) or has(match, "same")
    if told and scene.before:
        base, anchor = scene.before[0], f"the date before it, {scene.before[0]}"
    elif which == CODES["that"]:
        base = None
    if base is None:
        return found_by(scene, match, rule, None)
    step = {CODES["last"]: -1, CODES["past"]: -1, CODES["previous"]: -1}.get(which, 0)
    step += which in (CODES["next"], CODES["coming"], CODES["following"])
    if unit == "weekend" and base.weekday() >= calendar.SATURDAY and which == CODES["last"]:
        step = -1
    if unit == "weekend" and which in (CODES["past"], CODES["this"]):
        step = (
            -1
            if which == CODES["past"] or (base.weekday() < 3 and lean(scene.tokens, scene.words, *match.span()) < 0)
            else 0
        )
    days, precision = period(base, unit, step)
    return found_by(scene, match, rule, days, precision, "relative", anchor=anchor)


def _after_next(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    step = 2 if has(match, "after") else -2
    if scene.published is None:
        return found_by(scene, match, rule, None)
    days, precision = period(scene.published, unit_of(word_at(scene, match, "u")), step)
    return found_by(scene, match, rule, days, precision, "relative", anchor=scene.leaning())


def _weekend(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    if scene.published is None or has(match, "a"):
        return found_by(scene, match, rule, None, kind="date" if scene.published is None else "other")
    ahead = lean(scene.tokens, scene.words, *match.span())
    step = -1 if ahead <= 0 and scene.published.weekday() < calendar.SATURDAY else 0
    days, _ = period(scene.published, "weekend", step)
    return found_by(scene, match, rule, days, "day", "relative", anchor=scene.leaning())


def _last_periods(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "the past three days": a window that ends on publication; "the next two weeks": one that starts there."""
    count, unit = number_of(scene, match, "n"), unit_of(word_at(scene, match, "u"))
    which = scene.tokens.codes[match.start("r")]
    if scene.published is None or count is None or count > 5000:
        return found_by(scene, match, rule, None, kind="duration")
    ahead = which in (CODES["next"], CODES["coming"], CODES["following"])
    far = shifted(scene.published, unit, count if ahead else -count)
    if far is None:
        return found_by(scene, match, rule, None, kind="duration")
    days = (scene.published, far) if ahead else (far, scene.published)
    return found_by(scene, match, rule, days, "day", "relative", kind="span", anchor=scene.leaning())


def _after_before(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "three days after": alone it leans on the date before it; with a date behind it, on that."""
    found = _distance(scene, match, rule)
    count, which = number_of(scene, match, "n"), scene.tokens.codes[match.start("c")]
    if found is None or count is None or which in (CODES["earlier"], CODES["later"]):
        return found
    unit = unit_of(word_at(scene, match, "u"))
    told = clause_event(scene, match, count if which == CODES["before"] else -count, unit)
    if told is not None:
        month = calendar.whole_month(told.year, told.month) if unit == "month" else None
        first, last = month or (told, told)
        precision = "month" if month else "day"
        found = replace(
            found, start=first, end=last, precision=precision, basis="relative", kind="date", rule=f"{rule} clause"
        )
    elif which == CODES["after"] and found.start and scene.published and found.start > scene.published:
        # What came after something that is not dated here is told, so it is not still to come.
        found = found_by(scene, match, rule, None, kind="duration")
    return replace(found, shift=(-count if which == CODES["before"] else count, unit))


def _distance(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "two days ago", "three weeks earlier", "in five days", "a month after"."""
    count, unit = number_of(scene, match, "n"), unit_of(word_at(scene, match, "u"))
    base, anchor, step = scene.published, scene.leaning(), -1
    if rule in ("in_time", "from_now"):
        step = 1
        ahead = lean(scene.tokens, scene.words, *match.span())
        if rule == "in_time" and not has(match, "apos") and ahead < 0:
            return found_by(scene, match, rule, None, kind="duration")
    elif rule == "after_before":
        which = scene.tokens.codes[match.start("c")]
        step = 1 if which in (CODES["later"], CODES["after"], CODES["from"]) else -1
        if which == CODES["from"]:
            return found_by(scene, match, rule, None, kind="duration")
        if scene.before:
            base = scene.before[1] if step > 0 else scene.before[0]
            anchor = f"the date before it, {base}"
        elif which in (CODES["after"], CODES["before"]):
            return found_by(scene, match, rule, None, kind="duration")
    if count is None or base is None:
        return found_by(scene, match, rule, None, kind="other" if count is None else "date")
    at = shifted(base, unit, step * count)
    for count_at, unit_at in _pairs_before(scene, match):
        at = at and shifted(at, unit_at, step * count_at)
    days, precision = ((at, at) if at else None), "day"
    if at and unit == "year":
        days, precision = calendar.whole_year(at.year), "year"
    elif at and unit == "month":
        days, precision = calendar.whole_month(at.year, at.month), "month"
    return found_by(scene, match, rule, days, precision, "relative", anchor=anchor)


def _pairs_before(scene: Scene, match: re.Match[str]) -> list[tuple[int, str]]:
    """The count and unit that stand before the last ones: "2 years" of "2 years and 5 days ago"."""
    units = [at for at in range(match.start(), match.start("n")) if unit_of(scene.tokens.words[at])]
    if not units:
        return []
    word = scene.tokens.words[units[0] - 1]
    count = int(word) if word.isdecimal() and len(word) < 4 else scene.words.values.get(word, 1)
    return [(count, unit_of(scene.tokens.words[units[0]]))]


def _nth_of(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "the third Wednesday of May", "the first week of August", "the last weekend of last month"."""
    base, basis, anchor = whole_of(scene, match)
    if base is None:
        return found_by(scene, match, rule, None)
    last = scene.tokens.codes[match.start("o")] in (CODES["last"], CODES["late"])
    nth = -1 if last else number_of(scene, match, "o") or 1
    if rule.startswith("nth_weekday"):
        weekday = value_of(scene, match, "w")
        at = calendar.nth_weekday(*base, weekday, nth) if weekday is not None else None
        return found_by(scene, match, rule, (at, at) if at else None, "day", basis, anchor=anchor)
    if unit_of(word_at(scene, match, "u")) == "weekend":
        at = calendar.nth_weekday(*base, calendar.SATURDAY, nth)
        sunday = at and calendar.moved(at, 1)
        return found_by(scene, match, rule, (at, sunday) if at and sunday else None, "day", basis, anchor=anchor)
    # ISO: a week belongs to the month or year that holds its Thursday.
    thursday = calendar.nth_weekday(*base, 3, nth)
    week = calendar.whole_week(thursday) if thursday else None
    return found_by(scene, match, rule, week, "week", basis, anchor=anchor)


def whole_of(scene: Scene, match: re.Match[str]) -> tuple[Days, str, str]:
    groups = match.groupdict()
    if groups.get("m"):
        month, year, anchor = value_of(scene, match, "m"), year_of(scene, match), ""
        if month and year is None:
            year, anchor = year_left_out(scene, match, month, 1)
        return (calendar.whole_month(year, month) if year and month else None), "stated", anchor
    if groups.get("y"):
        return calendar.whole_year(year_of(scene, match) or 0), "stated", ""
    which = scene.tokens.words[match.end("r") - 1]
    told = which in ("that", "same", "the") and scene.before
    base = scene.before[0] if told and scene.before else scene.published
    if base is None:
        return None, "none", ""
    unit = "year" if groups.get("k") == CODES["year_unit"] else "month"
    return period(base, unit, WEEKS.get(which, 0))[0], "relative", scene.leaning()


RESOLVERS: Mapping[str, Resolver] = {
    "rel_period": _rel_period,
    "period_after_next": _after_next,
    "over_weekend": _weekend,
    "rel_periods": _last_periods,
    **dict.fromkeys(("ago", "from_now", "in_time"), _distance),
    "after_before": _after_before,
    **dict.fromkeys(("nth_weekday_month", "nth_weekday_rel"), _nth_of),
    **dict.fromkeys(("nth_week_month", "nth_week_year", "nth_week_rel"), _nth_of),
    "last_day": _last_day,
}
