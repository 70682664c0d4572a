"""Rules for weekdays and for days seen from another: "Friday", "the 8th", "yesterday", "the next day"."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from tocsin.extract import date_calendar as calendar
from tocsin.extract.date_rules_distance import WEEKS
from tocsin.extract.date_scene import (
    Found,
    Resolver,
    Scene,
    clause_event,
    found_by,
    has,
    number_of,
    relative,
    value_of,
    weekday_within,
    word_at,
)
from tocsin.extract.date_tense import lean
from tocsin.extract.date_tokens import CODES

#: "last Tuesday" is not yesterday, and "next Friday" not the one at hand, at most so many days off in the same week:
#: writers have other words for these.
_FRESH, _NEAR = 2, 4
#: "on the fifth" may be of any row of things; from "on the tenth" on it is a day of the month.
_SPELLED = 10
#: A span of at most so many days can have a day after it.
_FEW = 10
#: "the 16th" is of the month of a date told before where that lies at most so many days back, or so far that it begins
#: a story of its own.
_RECENT, _YEAR = 45, 400
#: "the Friday" leans on the date before it only where that is at most so many days before publication.
_STALE = 60


def _weekday(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    weekday = value_of(scene, match, "w")
    if weekday is None or scene.published is None:
        return found_by(scene, match, rule, None, weekday=weekday)
    ahead = lean(scene.tokens, scene.words, match.start(), match.end())
    if ahead > 0:
        at = calendar.weekday_after(scene.published, weekday, same=True)
    else:
        at = calendar.weekday_before(scene.published, weekday, same=True)
    return relative(scene, match, rule, at, weekday=weekday)


def _weekday_post(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "Saturday next", "Saturday last"."""
    weekday = value_of(scene, match, "w")
    if weekday is None or scene.published is None:
        return found_by(scene, match, rule, None)
    step = calendar.weekday_after if has(match, "next") else calendar.weekday_before
    return relative(scene, match, rule, step(scene.published, weekday, same=False))


def _weekday_rel(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "last Friday", "next Friday", "that Friday", "the Friday"."""
    weekday, which = value_of(scene, match, "w"), scene.tokens.codes[match.start("r")]
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
        return relative(scene, match, rule, at, f"the date before it, {start}")
    if published is None:
        return found_by(scene, match, rule, None, weekday=weekday)
    if which in (CODES["last"], CODES["past"]):
        at = calendar.weekday_before(published, weekday, same=False)
        if which == CODES["last"] and at and (published - at).days < _FRESH:
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
    return relative(scene, match, rule, at)


def _weekday_of_week(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "Friday last week", "next week on Friday"."""
    weekday, which = value_of(scene, match, "w"), scene.tokens.words[match.end("r") - 1]
    base = scene.published
    if which in ("that", "same") or (which in ("following", "previous") and scene.before):
        base = scene.before[0] if scene.before else base
    if weekday is None or base is None:
        return found_by(scene, match, rule, None)
    at = calendar.moved(base, weekday - base.weekday() + 7 * WEEKS.get(which, 0))
    return relative(scene, match, rule, at)


def _weekday_week(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "Monday week": a week after the coming Monday."""
    weekday = value_of(scene, match, "w")
    if weekday is None or scene.published is None:
        return None
    after = scene.tokens.words[match.end()] if match.end() < len(scene.tokens.words) else ""
    if after and (after[0].isalnum() or after == "-"):
        return None
    coming = calendar.weekday_after(scene.published, weekday, same=False)
    return relative(scene, match, rule, coming and calendar.moved(coming, 7))


def _weeks_ago_weekday(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "a week ago Tuesday", "Tuesday two weeks ago"."""
    weekday, count = value_of(scene, match, "w"), number_of(scene, match, "n")
    if weekday is None or count is None or scene.published is None:
        return found_by(scene, match, rule, None)
    weeks = count * (2 if "fortnight" in word_at(scene, match, "u") else 1)
    last = calendar.weekday_before(scene.published, weekday, same=True)
    return relative(scene, match, rule, last and calendar.moved(last, -7 * weeks))


def _day_of_month(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "the 8th": of the month of the date before it or of publication; "Saturday the 12th"."""
    number = number_of(scene, match, "d")
    weekday = weekday_within(scene, match)
    if number is None or not 1 <= number <= 31:
        return None
    bare = not has(match, "of")
    if rule.startswith("day_of_month") and bare and not _stands_alone(scene, match):
        return None
    if rule == "weekday_day" and bare and (_counts(scene, match) or not _stands_alone(scene, match)):
        found = _weekday(scene, match, "weekday")
        return found and replace(found, last=match.end("w"))
    base = _month_meant(scene, match)
    if base is None:
        return found_by(scene, match, rule, None)
    ahead = lean(scene.tokens, scene.words, match.start(), match.end())
    published = scene.published
    first: date | None = None
    for months in (0, -1, 1, -2, 2, -3):
        month = calendar.months_on(base.replace(day=1), months)
        at = month and calendar.day(month.year, month.month, number)
        if at is None or (weekday is not None and at.weekday() != weekday):
            continue
        first = first or at
        if published is None or _fits(at, published, base, ahead, match, free=weekday is None and not scene.before):
            first = at
            break
    if first is None:
        return None if weekday is None else _weekday(scene, match, rule)
    at = first
    anchor = f"the date before it, {base}" if scene.before else scene.leaning()
    return found_by(scene, match, rule, (at, at), anchor=anchor)


def _month_meant(scene: Scene, match: re.Match[str]) -> date | None:
    """Return a day of the month that "the 8th" is of: that of the date before it, where that is not long ago."""
    published = scene.published
    if scene.before is None or published is None:
        return scene.before[0] if scene.before else published
    if has(match, "of") and not has(match, "that"):
        return published
    first, last = scene.before
    apart = (published - first).days
    recent = 0 <= apart <= _RECENT or (apart > _YEAR and first == last)
    return first if recent else published


def _fits(at: date, published: date, base: date, ahead: int, match: re.Match[str], *, free: bool) -> bool:
    """Whether a day lies the way that "of last month" or the tense says; `free` where nothing else ties it down."""
    if has(match, "last"):
        return (at.year, at.month) < (published.year, published.month)
    if has(match, "next"):
        return (at.year, at.month) > (published.year, published.month)
    if ahead > 0:
        return at >= published
    if free or base <= published:
        return at <= published
    return True


def _counts(scene: Scene, match: re.Match[str]) -> bool:
    """Whether the figure behind a weekday counts what follows ("on Sunday, 19 of them", "Saturday, 16 Shahrivar")."""
    after = scene.tokens.codes[match.end() : match.end() + 1]
    return scene.tokens.codes[match.end("d") - 1] in (CODES["dd"], CODES["cardinal"]) and after in (
        CODES["of"],
        CODES["x"],
    )


def _stands_alone(scene: Scene, match: re.Match[str]) -> bool:
    """Whether "the 8th" counts no noun that follows; "the fifteenth" is only taken for a day where it begins a clause
    ("on the fifteenth everyone came") or ends one."""
    at = match.end()
    codes, words = scene.tokens.codes, scene.tokens.words
    if at >= len(codes):
        return True
    before = codes[match.start() - 1 : match.start()]
    led = before and before in (CODES["on"], CODES["since"], CODES["till"], CODES["by"], CODES["from"])
    if codes[match.end("d") - 1] == CODES["ordinal"]:
        tenth = bool(led) and (number_of(scene, match, "d") or 0) >= _SPELLED
        ends = words[at] in scene.words.clause_openers or not words[at][0].isalnum()
        return ends and (tenth or "w" in match.groupdict())
    if words[at] in scene.words.ordinal_nouns or codes[at] in (
        CODES["day"],
        CODES["week"],
        CODES["long_unit"],
        CODES["dash"],
    ):
        return False
    if codes[at] != CODES["x"] or not words[at][0].isalpha():
        return True
    capital = scene.tokens.text[scene.tokens.starts[at]].isupper()
    function = len(words[at]) <= 4 or words[at].endswith(("ed", "ing", "ly"))
    return (bool(led) and (capital or function)) or (function and words[at] not in scene.words.counted)


def _today(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    return relative(scene, match, rule, scene.published)


def _yesterday(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    step = 1 if has(match, "tomorrow") else -1
    if rule == "day_before_yesterday":
        if has(match, "before") != has(match, "yesterday"):
            return None
        step *= 2
    return relative(scene, match, rule, scene.published and calendar.moved(scene.published, step))


def _last_night(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    return relative(scene, match, rule, scene.published and calendar.moved(scene.published, -1))


def _day_rel(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "the next day", "the previous night", "that evening", "the same day"."""
    which = scene.tokens.codes[match.start("r")]
    step = {CODES["next"]: 1, CODES["following"]: 1, CODES["coming"]: 1, CODES["previous"]: -1, CODES["last"]: -1}.get(
        which, 0
    )
    if which == CODES["last"] and has(match, "the"):
        return None
    told = _told(scene, step)
    if which in (CODES["that"], CODES["same"]) and not told:
        return found_by(scene, match, rule, None)
    if told and which != CODES["last"]:
        base = told
        return relative(scene, match, rule, calendar.moved(base, step), f"the date before it, {base}")
    return relative(scene, match, rule, scene.published and calendar.moved(scene.published, step))


def _told(scene: Scene, step: int) -> date | None:
    """Return the day that "that day", "the next day" lean on: the last told, or the edge of a few told since."""
    if scene.before and scene.day not in scene.before and (scene.before[1] - scene.before[0]).days <= _FEW:
        return scene.before[1] if step > 0 else scene.before[0]
    return scene.day


def _day_before(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
    """ "the day before", "a day later", "the night before"."""
    step = 1 if scene.tokens.codes[match.start("c")] in (CODES["after"], CODES["later"]) else -1
    told = None
    if scene.tokens.codes[match.start("c")] in (CODES["after"], CODES["before"]):
        told = clause_event(scene, match, -step, "day")
    if told is not None:
        return replace(relative(scene, match, f"{rule} clause", told), shift=(step, "day"))
    base = _told(scene, step) or scene.published
    anchor = f"the date before it, {base}" if scene.before else ""
    if scene.tokens.codes[match.start("c")] in (CODES["after"], CODES["before"]):
        return replace(relative(scene, match, rule, base and calendar.moved(base, step), anchor), shift=(step, "day"))
    return relative(scene, match, rule, base and calendar.moved(base, step), anchor)


RESOLVERS: Mapping[str, Resolver] = {
    **dict.fromkeys(("weekday", "part_of_weekday"), _weekday),
    **dict.fromkeys(("weekday_day", "day_of_month", "day_of_month_words"), _day_of_month),
    "weekday_rel": _weekday_rel,
    "weekday_post": _weekday_post,
    **dict.fromkeys(("weekday_rel_week", "rel_weeks_weekday"), _weekday_of_week),
    "weekday_week": _weekday_week,
    **dict.fromkeys(("ago_weekday", "weekday_ago"), _weeks_ago_weekday),
    **dict.fromkeys(("today", "this_part"), _today),
    **dict.fromkeys(("yesterday", "day_before_yesterday"), _yesterday),
    **dict.fromkeys(("last_night", "overnight"), _last_night),
    "day_rel": _day_rel,
    "the_day_before": _day_before,
}
