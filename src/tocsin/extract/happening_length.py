"""How long a happening lasts, or has lasted, by the words of its sentence."""

import re
from collections.abc import Sequence

from tocsin.datamodel import Span
from tocsin.datamodel.readings import DateReading

_UNIT_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
_STARTING = re.compile(r"\b(?:from|starting|beginning|begun|started|began)(?: on| at)?(?: the)?\s*$", re.IGNORECASE)
_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"]
_UNITS += ["fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_COUNTS = {word: number for number, word in enumerate(_UNITS, 1)} | {"a": 1, "an": 1}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ROOTS = {"first": "one", "second": "two", "third": "three", "fifth": "five", "eighth": "eight", "ninth": "nine"}
_ROOTS |= {"twelfth": "twelve"}
_DURATION = re.compile(r"(\w+)[ -](day|night|week|fortnight|hour)s?")
_NTH_DAY = re.compile(
    r"\b(?:(\d{1,3})(?:st|nd|rd|th)|((?:[a-z]+-)?(?:first|second|third|[a-z]+th)))"
    r"(?: straight| consecutive| successive)? day\b|\bday (\d{1,3}|[a-z]+(?:-[a-z]+)?)\b",
    re.IGNORECASE,
)


def days_lasted(text: str, best: DateReading, within: Sequence[DateReading]) -> int | None:
    """Return the days that a happening lasts, or None.

    A duration counts that stands beside a day from which, or at which, it is counted.

    Args:
        text: the whole text.
        best: the date of the happening.
        within: all time expressions of its sentence.
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
            count = int(found[1]) if found[1].isdecimal() and len(found[1]) < 4 else _cardinal(found[1])
            days = count // 24 if found[2] == "hour" else count * _UNIT_DAYS[found[2]]
            return days or None
    return None


def day_reached(sentence: Span) -> int | None:
    """Return the number of the day that a lasting happening is in ("for the 12th day", "day 46"), or None.

    The first day is not counted: "on the first day" is told of what began long ago as well.
    """
    for found in _NTH_DAY.finditer(sentence.quote):
        if found[1] or (found[3] and found[3].isdecimal()):
            number = int(found[1] or found[3])
        elif found[3]:
            number = _cardinal(found[3].lower())
        else:
            number = _ordinal(found[2].lower())
        if number > 1:
            return number
    return None


def _cardinal(word: str) -> int:
    """Return the value of "twelve" or "forty-six", 0 of any other word."""
    tens, _, unit = word.partition("-")
    if tens in _TENS:
        return _TENS[tens] + _COUNTS.get(unit, 0)
    return _COUNTS.get(word, 0)


def _ordinal(word: str) -> int:
    """Return the value of "twelfth" or "forty-sixth", 0 of any other word."""
    tens, _, unit = word.rpartition("-")
    root = _ROOTS.get(unit) or (unit.removesuffix("ieth") + "y" if unit.endswith("ieth") else unit.removesuffix("th"))
    if root == unit:
        return 0
    return _cardinal(f"{tens}-{root}" if tens else root)
