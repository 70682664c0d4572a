"""Title, byline and day of publication from the first lines of a text.

Only days that are written out whole on a line of their own (with a byline, a label or a publisher) or in a dateline
count; a day inside a sentence is a day of the story.
"""

import re
from dataclasses import dataclass
from datetime import date

#: Lines looked at, and characters of one. Title, subtitle, byline, date and picture caption come before the story.
HEAD_LINES = 12
LONGEST = 160

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = (
    re.compile(rf"\b{_YEAR}[-/.](?P<number>[01]?\d)[-/.]{_DAY}(?=\b|T\d)", re.I),
    re.compile(rf"\b{_MONTH} ?{_DAY},? {_YEAR}\b", re.I),
    re.compile(rf"\b{_DAY}[ -]{_MONTH},?[ -]{_YEAR}\b", re.I),
    # Dots are written day first the world over; slashes in both orders, see `_slashes`.
    re.compile(rf"\b{_DAY}\.(?P<number>[01]?\d)\.{_YEAR}\b"),
)
_SLASHES = re.compile(rf"\b(?P<one>[0-3]?\d)/(?P<two>[0-3]?\d)/{_YEAR}\b")

_NAME = r"[^\W\d_a-z][\w.'’-]*"
_PARTICLES = r"(?:(?:and|&|de|del|da|dos|la|le|du|von|van|der|den|bin|ibn|el) ){0,3}(?:al-|el-|d['’])?"
_BYLINE = re.compile(
    rf"(?:(?:Written|Reporting|Words|Story|Report) )?(?:by|BY|By) (?P<name>{_NAME}(?: {_PARTICLES}{_NAME}){{0,7}})"
    r"(?P<rest>(?:$|,| in | for | at | with |\s*[|•·–—-]\s| [A-Z][a-z]+\.? \d| \().{0,100})"
)
_LABEL = re.compile(
    r"\b(?:first |date )?(?:published|posted|issued|filed|created|publication date|pub\.? date|date|on)\b:?", re.I
)
_UPDATED = re.compile(r"\b(?:last )?(?:updated|modified|edited|accessed|retrieved|printed)\b", re.I)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Satur|Sat|Sun)(?:day)?\b\.?", re.I)
_CLOCK = re.compile(
    r"T?\b\d{1,2}[:.h]\d\d(?:[:.]\d\d)*(?:\.\d+)? ?(?:[ap]\.?m\.?)?(?: ?(?:[A-Z]{2,4}|[+-]\d\d:?\d\d|Z))?\b|\bat\b",
    re.I,
)
_ENDS_SENTENCE = re.compile(r"[.!?…;:]['\"”’)*_]*$")
_DATELINE = re.compile(
    r"(?P<city>[^\W\d_]{2}[^\n()–—:]{1,60}?),? "
    rf"(?:\(?(?:{_WEEKDAY.pattern},? )?(?:{_MONTH} ?{_DAY}|(?P<day2>[0-3]?\d) {_MONTH.replace('month', 'month2')})"
    rf"(?:,? {_YEAR})?\)?)?,? ?(?:\((?P<agency>[A-Z][\w .&/'’-]{{1,40}})\))? ?(?:--?|–|—|:) ?(?=\S)"
)
_AGENCY_ONLY = re.compile(r"\((?P<agency>[A-Z][\w .&/'’-]{1,40})\) ?(?:--?|–|—) ?(?=\S)")


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines say; empty or None where they say nothing.

    Attributes:
        title: the first line, where it reads like a headline.
        author: the name in the byline.
        published: the day on a line of its own, or in the dateline.
        agency: the news agency named in the dateline.
    """

    title: str = ""
    author: str | None = None
    published: date | None = None
    agency: str = ""


def read_head(text: str) -> Head:
    """Return what the first lines of a text say about it."""
    lines = [line.lstrip("#>*_ \t").rstrip("*_# \t") for line in text[: HEAD_LINES * 400].split("\n")]
    lines = [line for line in lines if line.strip()][:HEAD_LINES]
    author = next((name for line in lines if (name := byline(line))), None)
    published = next((stated for line in lines if (stated := date_line(line))), None)
    day, agency = None, ""
    for line in lines:
        day, agency = dateline(line, year=published.year if published else _year(lines))
        if day or agency:
            break
    return Head(_title(lines), author, published or day, agency)


def byline(line: str) -> str | None:
    """Return the name in a byline ("By Roy Landersen", "By A. Smith and B. Jones | May 3, 2021"), or None."""
    line = line.strip()
    match = _BYLINE.fullmatch(line) if len(line) <= LONGEST else None
    # "By Monday, 300 people were held." is a sentence, "By A. Smith Jr." is not.
    if match is None or (match["rest"] and _ENDS_SENTENCE.search(line)):
        return None
    return re.sub(r" [A-Z][a-z]+\.?$", "", match["name"]) if match["rest"][:2].strip().isdigit() else match["name"]


def date_line(line: str) -> date | None:
    """Return the day of a line that gives a day of publication and no sentence, or None.

    Kept: "September 28, 2020", "Published: Mon 28 Sept. 2020, 10:15 GMT", "By A. Smith | 2020-09-28",
    "Bulletin of the miners' union, 3 September 2020". Not kept: "Updated 29 September 2020", and a day in a sentence.
    """
    line = line.strip()
    if len(line) > LONGEST or _UPDATED.search(line):
        return None
    found = find_day(line)
    if found is None:
        return None
    day, start, end = found
    before, after = line[:start].strip(), line[end:].strip()
    labelled = bool(_LABEL.search(before))
    rest = _CLOCK.sub("", _WEEKDAY.sub("", _LABEL.sub("", after))).strip(" ,.|•·–—-()[]/;:")
    name = _WEEKDAY.sub("", _LABEL.sub("", before)).strip()
    # What stands before is nothing, a byline or a name set off by a comma or a bar; what stands after is short.
    set_off = not name or byline(before.rstrip(" ,|•·–—-(")) is not None or name[-1] in ",|•·–—-/:(;"
    sentence = _ENDS_SENTENCE.search(line) and not labelled and len(name) + len(rest) > 12
    return day if set_off and len(rest) <= 40 and len(name) <= 90 and not sentence else None


def dateline(line: str, *, year: int | None = None) -> tuple[date | None, str]:
    """Return the day and the agency of a dateline ("MINSK, Sept 14 (Agency) -"), each empty where not given.

    Args:
        line: the first line of a story.
        year: taken where the dateline has a day without a year; without it such a day stays unknown.
    """
    only = _AGENCY_ONLY.match(line)
    if only:
        return None, only["agency"]
    match = _DATELINE.match(line[:LONGEST])
    if not match or not _shouted(match["city"]):
        return None, ""
    month, number = match["month"] or match["month2"], match["day"] or match["day2"]
    if not month:
        return None, match["agency"] or ""
    given = match["year"] or year
    day = _day(given, _MONTHS.index(month[:3].lower()) + 1, number) if given else None
    return day, match["agency"] or ""


def find_day(line: str) -> tuple[date, int, int] | None:
    """Return the first day written out in numbers or English with its year, and where it stands, or None."""
    best: tuple[date, int, int] | None = None
    for pattern in _DATES:
        for match in pattern.finditer(line):
            groups = match.groupdict()
            month = groups.get("number") or _MONTHS.index(groups["month"][:3].lower()) + 1
            day = _day(match["year"], month, match["day"])
            if day and (best is None or match.start() < best[1]):
                best = day, match.start(), match.end()
    return best or _slashes(line)


def parse_day(value: str) -> date | None:
    """Return the day that a short value is: ISO 8601 with or without a time, or as `find_day`; None if it is none."""
    value = value.strip()[:LONGEST]
    found = find_day(value)
    return found[0] if found and found[1] <= len("Wednesday, ") else None


def _slashes(line: str) -> tuple[date, int, int] | None:
    for match in _SLASHES.finditer(line):
        one, two = int(match["one"]), int(match["two"])
        # 28/09/2020 and 09/28/2020 are clear; 03/09/2020 is two days, and so none.
        if one > 12 or two > 12 or one == two:
            day = _day(match["year"], two, one) or _day(match["year"], one, two)
            if day:
                return day, match.start(), match.end()
    return None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _shouted(city: str) -> bool:
    """Whether a dateline's place is in capitals up to its first comma, as places of datelines are."""
    name = city.split(",")[0]
    return name.isupper() and len(name) > 2


def _year(lines: list[str]) -> int | None:
    """Return the one year that short lines above the story name ("Issue 4, autumn 2020"), or None."""
    short = [line for line in lines if len(line) <= 80 and not _ENDS_SENTENCE.search(line)]
    years = {int(year) for line in short for year in re.findall(r"\b(?:19|20)\d\d\b", line)}
    return years.pop() if len(years) == 1 else None


def _title(lines: list[str]) -> str:
    for line in lines[:3]:
        if byline(line) or date_line(line):
            continue
        if len(line) > LONGEST or line == lines[-1] or dateline(line)[1]:
            return ""
        # A headline has no full stop; "Who shot at the strikers?" is one.
        return "" if re.search(r"[.;:…]['\"”’)*_]*$", line) else line
    return ""
