"""How long a happening lasts, or has lasted, by the words of its sentence."""

import re
from collections.abc import Mapping, Sequence

from tocsin.codebook.numbers import NumberWords
from tocsin.datamodel import Span
from tocsin.datamodel.readings import DateReading

_UNIT_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
_STARTING = re.compile(r"\b(?:from|starting|beginning|begun|started|began)(?: on| at)?(?: the)?\s*$", re.IGNORECASE)
_DURATION = re.compile(r"((?:[a-z]+-)?\w+)[ -](day|night|week|fortnight|hour)s?")
_NTH_DAY = re.compile(
    r"\b(?:(\d{1,3})(?:st|nd|rd|th)|((?:[a-z]+-)?(?:first|second|third|[a-z]+th)))"
    r"(?: straight| consecutive| successive)? day\b|\bday (\d{1,3}|[a-z]+(?:-[a-z]+)?)\b",
    re.IGNORECASE,
)


def days_lasted(text: str, best: DateReading, within: Sequence[DateReading], numbers: NumberWords) -> int | None:
    """Return the days that a happening lasts, or None.

    A duration counts that stands beside a day from which, or at which, it is counted.

    Args:
        text: the whole text.
        best: the date of the happening.
        within: all time expressions of its sentence.
        numbers: number words of the codebook.
    """
    lead = text[max(0, best.span.start - 20) : best.span.start]
    if best.kind != "since" and not _STARTING.search(lead) and best.range.precision != "day":
        return None
    if best.kind == "since" and not best.span.quote.lower().startswith("from") and not _STARTING.search(lead):
        return None
    for reading in within:
        near = abs(reading.span.start - best.span.end) < 60 or abs(best.span.start - reading.span.end) < 60
        found = _DURATION.search(reading.span.quote.lower()) if reading.kind == "duration" and near else None
        if found:
            count = (
                int(found[1])
                if found[1].isdecimal() and len(found[1]) < 4
                else _value(found[1], numbers.cardinals, numbers)
            )
            days = count // 24 if found[2] == "hour" else count * _UNIT_DAYS[found[2]]
            return days or None
    return None


def day_reached(sentence: Span, numbers: NumberWords) -> int | None:
    """Return the number of the day that a lasting happening is in ("for the 12th day", "day 46"), or None.

    The first day is not counted: "on the first day" is told of what began long ago as well.
    """
    for found in _NTH_DAY.finditer(sentence.quote):
        if found[1] or (found[3] and found[3].isdecimal()):
            number = int(found[1] or found[3])
        elif found[3]:
            number = _value(found[3].lower(), numbers.cardinals, numbers)
        else:
            number = _value(found[2].lower(), numbers.ordinals, numbers)
        if number > 1:
            return number
    return None


def _value(word: str, units: Mapping[str, int], numbers: NumberWords) -> int:
    """Return the value of "a", "twelve", "forty-six" or, with the ordinals as units, "forty-sixth"; 0 of others."""
    if word in ("a", "an"):
        return 1
    tens, _, unit = word.rpartition("-")
    return numbers.cardinals.get(tens, 0) + units[unit] if unit in units else 0
