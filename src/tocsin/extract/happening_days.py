"""The days of a happening: which of the dates around its words are its own."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tocsin.codebook.numbers import NumberWords
from tocsin.datamodel import DateRange, Span
from tocsin.datamodel.readings import DateReading
from tocsin.extract import date_calendar as calendar
from tocsin.extract.happening_length import day_reached, days_lasted

#: What stands between a date and the words of a happening, and how far apart it puts them, in characters.
_BOUNDARIES = (
    (re.compile(r";|:\s|\s[–—-]\s|—"), 90),
    (re.compile(r",? (?:and|but|while|whereas|although|though|yet) ", re.IGNORECASE), 25),
    (
        re.compile(r",? (?:after|before|when|where|since|until|because|as|following|in protest|over) ", re.IGNORECASE),
        30,
    ),
    (re.compile(r", |\(|\)"), 12),
    (re.compile(r"\b(?:who|which|whose|that|whom)\b"), 20),
    (re.compile(r"[\"“”]"), 15),
)
_REPORTED = re.compile(
    r"\b(?:said|says|told|announced|reported|added|confirmed|wrote|stated|claimed|warned|denied|tweeted|declared|"
    r"statement|report|newspaper|interview|broadcast|press conference)(?:\s+\w+){0,3}?,?\s+(?:on |late |early )?$",
    re.IGNORECASE,
)
_OTHER_EVENT = re.compile(
    r"\b(?:before|after|following|ahead of|prior to|against|over|than|about)\s+(?:the )?$", re.IGNORECASE
)
#: "the fifth Sunday march in a row, on 13 September": the weekday only says what kind of march.
_SERIES = re.compile(r" (?:protest|march|rall|demonstration|action|vigil|gathering|walk|strike|prayer)")
_WINDOWS = frozenset(("ongoing", "series"))
_FAR = 200


def happening_days(
    text: str,
    readings: Sequence[DateReading],
    *,
    sentence: Span,
    trigger: Span,
    published: date | None,
    before: DateRange | None,
    numbers: NumberWords,
    modality_hint: str | None = None,
) -> DateRange:
    """Return the days of the happening that `trigger` names.

    The expression that stands nearest counts; a clause, a quotation or another happening in between puts it farther
    off. Where the sentence has none of its own the days are those told before it, with basis "context".

    Args:
        text: the text that all spans are of.
        readings: its time expressions, as `read_dates` returns them; only those in the sentence are looked at.
        sentence: the sentence that tells of the happening.
        trigger: the words in it that name the happening.
        published: day of publication, or None; used only as the end of a total, never as a day of its own.
        before: the days told before this sentence, or None.
        numbers: number words of the codebook.
        modality_hint: "occurred", "ongoing", "planned", "denied" or "hypothetical", or "total" for a sum over a
            window and "series" for a habit; None: occurred.
    """
    within = [r for r in readings if sentence.start <= r.span.start and r.span.end <= sentence.end]
    dated = [r for r in within if r.kind in ("date", "span", "since", "until") and (r.range.start or r.range.end)]
    own = [r for r in dated if _may_belong(text, r, trigger, sentence, modality_hint)]
    if own:
        best = own[0]
        if len(own) > 1:
            best = min(
                own, key=lambda r: (_distance(text, r, trigger, sentence, modality_hint, published), r.span.start)
            )
        return _days(text, best, within, sentence, trigger, published, modality_hint, numbers)
    clock = _under_clock(text, readings, sentence)
    if clock is not None:
        before = clock
    if before is None or (before.start is None and before.end is None):
        return DateRange()
    end = None if modality_hint in _WINDOWS else before.end
    return replace(before, end=end, basis="context")


_CLOCK = re.compile(r"\s*\[?\d{1,2}[.:h]\d\d(?!\d)")


def _under_clock(text: str, readings: Sequence[DateReading], sentence: Span) -> DateRange | None:
    """The day of a log of one day, whose paragraphs start with the time: the first day that the text gives."""
    paragraph = max(text.rfind("\n", 0, sentence.start) + 1, 0)
    if not _CLOCK.match(text, paragraph):
        return None
    return next((r.range for r in readings if r.kind == "date" and r.range.precision == "day" and r.range.start), None)


#: Dates at most so many days from publication are the report's own story, others its background.
_STORY_DAYS = 30


def days_told_before(
    text: str, readings: Sequence[DateReading], *, sentence: Span, published: date | None
) -> DateRange | None:
    """Return the days that a sentence without a date of its own most likely tells of, or None.

    The last day told in its paragraph; where there is none, the day close to publication that the text has named
    most often so far. On coded training documents this is right more often than the last date before the sentence
    (0.55 to 0.53 of the happenings whose day is in another sentence; on others 0.49 to 0.38).
    """
    paragraph = text.rfind("\n", 0, sentence.start) + 1
    prior = [
        r
        for r in readings
        if r.span.end <= sentence.start
        and r.kind in ("date", "span")
        and r.range.start
        and r.range.precision == "day"
        and not r.rule.endswith("clause")
    ]
    if not prior:
        return None
    if prior[-1].span.start >= paragraph or published is None:
        return prior[-1].range
    near = [r.range for r in prior if r.range.start and 0 <= (published - r.range.start).days <= _STORY_DAYS]
    counts = Counter((days.start, days.end) for days in near)
    return max(near, key=lambda days: counts[days.start, days.end]) if near else prior[-1].range


def _may_belong(text: str, reading: DateReading, trigger: Span, sentence: Span, hint: str | None) -> bool:
    """Whether a date can be the happening's: "a week after police fired" is only that of what the clause tells."""
    if reading.rule.endswith("clause"):
        comma = text.find(",", reading.span.end, sentence.end)
        return reading.span.end <= trigger.start < (comma if comma >= 0 else sentence.end)
    return True


def _distance(
    text: str, reading: DateReading, trigger: Span, sentence: Span, hint: str | None, published: date | None
) -> int:
    """How far a date stands from the words of a happening, in characters, with what comes between them."""
    ahead = reading.span.end <= trigger.start
    low, high = (reading.span.end, trigger.start) if ahead else (trigger.end, reading.span.start)
    between = text[low:high] if low < high else ""
    cost = min(len(between), _FAR)
    for pattern, price in _BOUNDARIES:
        cost += price * min(len(pattern.findall(between)), 3)
    lead = text[max(sentence.start, reading.span.start - 40) : reading.span.start]
    if ahead and not lead.strip(" \"'“").removesuffix("On").strip():
        cost = min(cost, 45)
    if (_REPORTED.search(lead) and trigger.end < reading.span.start - len(lead)) or _said(text, reading, trigger, lead):
        cost += 60
    if _OTHER_EVENT.search(lead):
        cost += 45
    if reading.rule == "weekday" and _SERIES.match(text, reading.span.end):
        cost += 45
    after = text[reading.span.end : reading.span.end + 2]
    if after in ("'s", "’s") and trigger.start - reading.span.end > 30:
        cost += 40
    cost += _wrong_way(reading.range, hint, published)
    return cost


def _said(text: str, reading: DateReading, trigger: Span, lead: str) -> bool:
    found = _REPORTED.search(lead)
    if not found:
        return False
    at = reading.span.start - len(lead) + found.start()
    return not (trigger.start <= at < trigger.end)


def _wrong_way(days: DateRange, hint: str | None, published: date | None) -> int:
    """A planned happening is not in the past, and one that occurred not in the future."""
    if published is None or hint in (None, "denied", "hypothetical"):
        return 0
    first, last = days.start or days.end, days.end or days.start
    if first is None or last is None:
        return 0
    if hint == "planned":
        return 70 if (published - last).days > 7 else 0
    return 90 if first > published else 0


def _days(
    text: str,
    best: DateReading,
    within: Sequence[DateReading],
    sentence: Span,
    trigger: Span,
    published: date | None,
    hint: str | None,
    numbers: NumberWords,
) -> DateRange:
    days = _turned(best, hint, published)
    if best.kind == "since":
        length = days_lasted(text, best, within, numbers)
        if length and hint not in _WINDOWS and days.start:
            return replace(days, end=calendar.moved(days.start, length - 1))
        return replace(days, end=published if hint == "total" else None)
    if hint == "total" and best.kind == "date" and _SINCE.search(text[sentence.start : best.span.start]):
        return replace(days, end=published)
    if days.start and hint == "ongoing" and (nth := day_reached(sentence, numbers)):
        return replace(days, start=calendar.moved(days.start, 1 - nth), end=None)
    if best.kind == "date" and _ends(text, sentence, trigger):
        length = day_reached(sentence, numbers) or days_lasted(text, best, within, numbers)
        start = calendar.moved(days.end, 1 - length) if length and days.end else None
        return replace(days, start=start)
    if hint in _WINDOWS:
        return replace(days, end=None)
    if hint == "total":
        lead = text[max(sentence.start, best.span.start - 20) : best.span.start]
        if best.kind == "date" and _UP_TO.search(lead):
            return replace(days, start=None)
        if best.kind == "date" and days.precision != "day" and days.end and published:
            return replace(days, end=min(days.end, published)) if days.start and days.start <= published else days
    return days


_ENDED = re.compile(
    r"\b(?:end(?:ed|ing|s)?|lift(?:ed|ing)|call(?:ed|ing) off|suspend(?:ed|ing)|broke off|gave up|halt(?:ed|ing)|"
    r"conclud(?:ed|ing)|abandon(?:ed|ing))(?: (?:the|a|an|its|their|his|her|this))?(?: [\w-]+)?\s$"
)
_WENT_BACK = re.compile(
    r"(?:resum(?:e|es|ed) (?:duty|duties|work)|return(?:s|ed)? to|(?:went|go|gone|going) back(?! to the table)|"
    r"back (?:at|to) work|end(?:s|ed)(?: (?:a|an|the|its|their))? *$)",
    re.IGNORECASE,
)


def _ends(text: str, sentence: Span, trigger: Span) -> bool:
    """Whether it is told that a happening ended: by words before its own, or by its own."""
    lead = text[max(sentence.start, trigger.start - 40) : trigger.start]
    return bool(_ENDED.search(lead) or _WENT_BACK.match(trigger.quote))


_UP_TO = re.compile(r"\b(?:by|as of|as at|up to|until|till|before)(?: (?:the|late|early|last))?\s$", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\b[^.;,]{0,60}$", re.IGNORECASE)


#: Rules of dates that leave out which week, month or year.
_INCOMPLETE = ("weekday", "month_day", "day_month", "day_of_month")
_MONTH = 31


def _turned(best: DateReading, hint: str | None, published: date | None) -> DateRange:
    """Turn a weekday or a day without a year the way that the modality says."""
    days = best.range
    if published is None or days.start is None or not best.rule.startswith(_INCOMPLETE):
        return days
    weekday = best.rule.startswith("weekday") and best.rule != "weekday_day"
    if hint == "planned" and best.rule == "day_of_month" and 0 < (published - days.start).days < _MONTH:
        ahead = calendar.months_on(days.start, 1)
        return replace(days, start=ahead, end=days.end and calendar.months_on(days.end, 1))
    if hint == "planned" and days.start < published and (weekday or (published - days.start).days > 270):
        if weekday:
            return _moved(days, 7)
        ahead = calendar.months_on(days.start, 12)
        return replace(days, start=ahead, end=days.end and calendar.months_on(days.end, 12))
    if hint in (None, "occurred", "denied", "total") and weekday and days.start > published:
        return _moved(days, -7)
    return days


def _moved(days: DateRange, by: int) -> DateRange:
    """Return days moved by so many; as they are at the ends of the calendar."""
    start, end = days.start and calendar.moved(days.start, by), days.end and calendar.moved(days.end, by)
    return replace(days, start=start, end=end) if start else days
