"""The days of a happening: which of the dates around its words are its own."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tocsin.datamodel import DateRange, Span
from tocsin.datamodel.readings import DateReading

#: What stands between a date and the words of a happening, and how far apart it puts them, in characters.
_BOUNDARIES = (
    (re.compile(r";|:\s|\s[–—-]\s|—"), 90),
    (re.compile(r",? (?:and|but|while|whereas|although|though|yet) ", re.IGNORECASE), 25),
    (re.compile(r",? (?:after|before|when|where|since|until|because|as|following|in protest|over) ", re.IGNORECASE), 30),
    (re.compile(r", |\(|\)"), 12),
    (re.compile(r"\b(?:who|which|whose|that|whom)\b"), 20),
    (re.compile(r"[\"“”]"), 15),
)
_REPORTED = re.compile(
    r"\b(?:said|says|told|announced|reported|added|confirmed|wrote|stated|claimed|warned|denied|tweeted|declared|"
    r"statement|report|newspaper|interview|broadcast|press conference)(?:\s+\w+){0,3}?,?\s+(?:on |late |early )?$",
    re.IGNORECASE,
)
_OTHER_EVENT = re.compile(r"\b(?:before|after|following|ahead of|prior to|against|over|than|about)\s+(?:the )?$", re.IGNORECASE)
_WINDOWS = frozenset(("ongoing", "series"))
_UNIT_DAYS = (("day", 1), ("night", 1), ("week", 7), ("fortnight", 14))
_FAR = 200


def happening_days(
    text: str,
    readings: Sequence[DateReading],
    *,
    sentence: Span,
    trigger: Span,
    published: date | None,
    before: DateRange | None,
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
        modality_hint: "occurred", "ongoing", "planned", "denied" or "hypothetical", or "total" for a sum over a
            window and "series" for a habit; None: occurred.
    """
    within = [r for r in readings if sentence.start <= r.span.start and r.span.end <= sentence.end]
    dated = [r for r in within if r.kind in ("date", "span", "since", "until") and (r.range.start or r.range.end)]
    own = [r for r in dated if _may_belong(text, r, trigger, sentence, modality_hint)]
    if own:
        best = min(own, key=lambda r: (_distance(text, r, trigger, sentence, modality_hint, published), r.span.start))
        return _days(text, best, own, trigger, published, modality_hint)
    if before is None or (before.start is None and before.end is None):
        return DateRange()
    end = None if modality_hint in _WINDOWS else before.end
    return replace(before, end=end, basis="context")


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
    if _REPORTED.search(lead) and trigger.end < reading.span.start - len(lead) or _said(text, reading, trigger, lead):
        cost += 60
    if _OTHER_EVENT.search(lead):
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
        return 70 if last < published - timedelta(7) else 0
    return 90 if first > published else 0


def _days(
    text: str,
    best: DateReading,
    own: Sequence[DateReading],
    trigger: Span,
    published: date | None,
    hint: str | None,
) -> DateRange:
    days = best.range
    if hint == "planned" and best.rule.startswith("weekday") and published and days.start and days.start < published:
        shift = timedelta(7)
        days = replace(days, start=days.start + shift, end=days.end and days.end + shift)
    if best.kind == "since":
        return replace(days, end=published if hint == "total" else None)
    if hint in _WINDOWS:
        return replace(days, end=None)
    if hint == "total" and best.kind == "date" and days.precision != "day" and days.end and published:
        return replace(days, end=min(days.end, published)) if days.start and days.start <= published else days
    return days
