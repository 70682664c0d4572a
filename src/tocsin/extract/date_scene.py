"""What a time expression may lean on, and the values of its parts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tocsin.codebook.dates import DateWords, Holiday
from tocsin.extract import date_calendar as calendar
from tocsin.extract.date_tokens import CODES, Tokens


@dataclass(slots=True)
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
        day: the last single day mentioned, or None: "that evening" does not lean on a year.
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
    day: date | None = None
    before_at: int = -1
    year: int | None = None
    holidays: Mapping[int, Holiday] = field(default_factory=dict)

    def leaning(self) -> str:
        """Return what relative dates lean on, in words."""
        return f"published {self.published}" if self.published else ""

    def told(self, days: tuple[date, date], at: int) -> None:
        """Take note of a date that later ones may lean on, and of the token where it starts."""
        self.before, self.before_at = days, at
        if days[0] == days[1]:
            self.day = days[0]

    def shifted_by(self, base: Found, by: Found) -> Found:
        """Return `by` ("three days after") counted from `base`, the date that follows it."""
        count, unit = by.shift or (0, "day")
        at = base.start and shifted(base.start, unit, count)
        told = replace(base, first=by.first, start=at, end=at, rule=f"{by.rule} {base.rule}", shift=None)
        return replace(told, precision="day") if at else replace(told, precision="none", basis="none")


Days = tuple[date, date] | None
Resolver = Callable[[Scene, re.Match[str], str], Found | None]


def word_at(scene: Scene, match: re.Match[str], group: str) -> str:
    at = match.start(group)
    return scene.tokens.words[at] if at >= 0 else ""


def has(match: re.Match[str], name: str) -> bool:
    return CODES[name] in match[0]


_FIGURES = re.compile(r"\d+")


def number_of(scene: Scene, match: re.Match[str], group: str) -> int | None:
    """Value of figures, "14th", "twenty-first", "a", "two hundred"; None where vague."""
    if match.start(group) < 0:
        return None
    total = 0
    for at in range(match.start(group), match.end(group)):
        word = scene.tokens.words[at]
        if word[0].isdigit():
            digits = _FIGURES.match(word.replace(",", ""))
            total += int(digits[0]) if digits and len(digits[0]) <= 6 else 0
        elif word in scene.words.values:
            value = scene.words.values[word]
            total = total * 100 if value == 100 and total else total + value
        elif scene.tokens.codes[at] == CODES["few"]:
            return 2 if word == "couple" else None
        elif scene.tokens.codes[at] == CODES["half"]:
            return None
    return total or (1 if scene.tokens.codes[match.start(group)] == CODES["a"] else None)


def value_of(scene: Scene, match: re.Match[str], group: str) -> int | None:
    word = word_at(scene, match, group)
    return scene.words.values.get(word) if word else None


def year_of(scene: Scene, match: re.Match[str], group: str = "y") -> int | None:
    """Year of four digits, or of two after an apostrophe: the latest that is not after publication."""
    if match.groupdict().get(group) is None:
        return None
    digits = scene.tokens.words[match.end(group) - 1]
    year = int(digits)
    if len(digits) == 4:
        return year
    latest = scene.published.year if scene.published else 2049
    return year + 2000 if year + 2000 <= latest else year + 1900


def found_by(
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


def no_date(kind: str) -> Resolver:
    def resolver(scene: Scene, match: re.Match[str], rule: str) -> Found | None:
        return found_by(scene, match, rule, None, kind=kind)

    return resolver


def weekday_within(scene: Scene, match: re.Match[str]) -> int | None:
    at = match[0].find(CODES["weekday"])
    return scene.words.values[scene.tokens.words[match.start() + at]] if at >= 0 else None


def relative(
    scene: Scene, match: re.Match[str], rule: str, at: date | None, anchor: str = "", *, weekday: int | None = None
) -> Found:
    days = (at, at) if at else None
    return found_by(scene, match, rule, days, "day", "relative", anchor=anchor or scene.leaning(), weekday=weekday)


def unit_of(word: str) -> str:
    for name in ("day", "weekend", "fortnight", "week", "month", "year"):
        if word.startswith(name):
            return name
    return ""


def period(base: date, unit: str, step: int) -> tuple[Days, str]:
    """Return the period of a unit so many on from the one that holds a day, and its precision."""
    if unit == "weekend":
        saturday = calendar.moved(base, calendar.SATURDAY - base.weekday() + 7 * step)
        sunday = saturday and calendar.moved(saturday, 1)
        return ((saturday, sunday) if saturday and sunday else None), "day"
    if unit in ("week", "fortnight"):
        at = calendar.moved(base, 7 * step)
        return (calendar.whole_week(at) if at else None), "week"
    if unit == "month":
        at = calendar.months_on(base.replace(day=1), step)
        return (calendar.whole_month(at.year, at.month) if at else None), "month"
    return calendar.whole_year(base.year + step), "year"


def shifted(base: date, unit: str, count: int) -> date | None:
    if abs(count) > 20000:
        return None
    if unit in ("month", "year"):
        return calendar.months_on(base, count * (12 if unit == "year" else 1))
    return calendar.moved(base, count * {"day": 1, "fortnight": 14}.get(unit, 7))


def clause_event(scene: Scene, match: re.Match[str], count: int, unit: str) -> date | None:
    """ "a week after police fired": the day of what the clause tells, seen from this sentence's date or publication."""
    at = match.end()
    codes = scene.tokens.codes
    follows = codes[at : at + 2]
    if unit == "year" or not follows or follows[0] not in _CLAUSE_STARTS:
        return None
    if scene.tokens.words[at] in scene.words.past:
        return None
    here = scene.before_at >= 0 and CODES["stop"] not in codes[max(scene.before_at, at - 80) : at]
    base = scene.before[0] if scene.before and here and at - scene.before_at < 80 else scene.published
    return base and shifted(base, unit, count)


_CLAUSE_STARTS = frozenset(
    CODES[name] for name in ("x", "the", "a", "dd", "yy", "num", "cardinal", "more", "few", "about")
)
