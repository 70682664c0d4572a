"""Values to the words a reader sees; what is unknown, open or vague stays so."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from tocsin.datamodel import Claim, DateRange, Figure
from tocsin.datamodel.claim import Number

# The page is English whatever the locale, so the months are listed here.
_MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_LARGE = ((1_000_000_000, "billion"), (1_000_000, "million"))

UNKNOWN_DAY = "Day not given"


@cache
def page_words() -> Mapping[str, Mapping[str, str]]:
    """Return the tables of words.toml."""
    tables: Mapping[str, Mapping[str, str]] = tomllib.loads(
        files("tocsin.report").joinpath("words.toml").read_text(encoding="utf-8")
    )
    return tables


def name_words(table: str, name: str) -> str:
    """Return what the page calls a name of the codebook.

    Args:
        table: a table of words.toml.
        name: the name; where the table does not have it, it is shown as it is.
    """
    return page_words()[table].get(name, name.replace("_", " "))


def claim_words(claim: Claim) -> str:
    """Return the interval of a claim: "400", "about 400", "400+", "up to 400", "200–999", "not known".

    Money carries its unit before it, lost output after it.
    """
    if claim.attribute == "occurrence" and claim.low is not None and claim.low == claim.high:
        return _ordinal(claim.low)
    words = interval_words(claim.low, claim.high, approx=claim.approx)
    if claim.unit and claim.attribute == "amount":
        return f"{claim.unit} {words}"
    return f"{words} {claim.unit}" if claim.unit else words


def figure_words(figure: Figure) -> str:
    """Return what accounts come to: "65,000 (10,000–200,000), 3 voices, median of voices"; empty where not known."""
    if figure.best is None:
        return ""
    best = f"{figure.unit} {number_words(figure.best)}" if figure.unit else number_words(figure.best)
    voices = f"{figure.voices} voice" + ("" if figure.voices == 1 else "s")
    return f"{best} ({interval_words(figure.low, figure.high)}), {voices}, {figure.policy}"


def figure_parts(figure: Figure) -> tuple[str, str, int]:
    """Return the best value, the range and the number of voices of a figure that has a best value."""
    return number_words(figure.best), interval_words(figure.low, figure.high), figure.voices


def policy_words(policy: str) -> str:
    """Return the full name of a policy given by its short one."""
    return name_words("policies", policy)


def attribute_words(attribute: str, type_name: str) -> str:
    """Return what is counted of happenings of this type: "took part", "detained"."""
    affected = page_words()["affected"].get(type_name) if attribute == "affected" else None
    return affected or name_words("attributes", attribute)


def counted_words(claim: Claim, type_name: str) -> str:
    """Return what a claim of a mention of this type counts: "took part", "detained", "sites"."""
    if claim.attribute in ("duration", "term") and claim.low == claim.high == 1:
        return name_words("attributes", claim.attribute).replace("days' ", "day's ").replace("days ", "day ")
    return attribute_words(claim.attribute, type_name)


def day_words(day: date) -> str:
    """Return a day in words: "16 Aug 2020"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def range_words(when: DateRange, modality: str = "occurred") -> str:
    """Return the days of a mention in words, never more exact than the text.

    Args:
        when: the days.
        modality: of the mention; what is still going on has no end to miss.
    """
    if when.start is None and when.end is None:
        return UNKNOWN_DAY
    if when.start is None:
        return f"by {day_words(when.end)}" if when.end else UNKNOWN_DAY
    if when.precision == "none":
        return f"perhaps {day_words(when.start)}"
    if when.precision != "day":
        return _some_time(when.start, when.end, when.precision)
    if when.end is None:
        since = f"since {day_words(when.start)}"
        return since if modality == "ongoing" else f"from {day_words(when.start)}, end not given"
    return _days(when.start, when.end)


def _some_time(start: date, end: date | None, precision: str) -> str:
    whole_month = end is None or (end.year, end.month) == (start.year, start.month)
    if precision == "month" and whole_month:
        return f"some time in {_MONTHS[start.month - 1]} {start.year}"
    if precision == "year" and (end is None or end.year == start.year):
        return f"some time in {start.year}"
    return f"some time in {_days(start, end)}" if end else f"some time from {day_words(start)}"


def _days(start: date, end: date) -> str:
    if start == end:
        return day_words(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_words(end)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} – {day_words(end)}"
    return f"{day_words(start)} – {day_words(end)}"


def interval_words(low: Number | None, high: Number | None, *, approx: bool = False) -> str:
    """Return an interval: "400", "400+", "up to 400", "200–999", "not known"."""
    about = "about " if approx else ""
    if low is None and high is None:
        return "not known"
    if low is None:
        return f"{about}up to {number_words(high)}"
    if high is None:
        return f"{about}{number_words(low)}+"
    return f"{about}{number_words(low)}" if low == high else f"{about}{number_words(low)}–{number_words(high)}"


def number_words(value: Number | None) -> str:
    """Return a number with its thousands set apart, round millions in words; empty where not known."""
    if value is None:
        return ""
    for size, word in _LARGE:
        # Only where nothing is lost: 1,500,000 is 1.5 million, 1,234,567 stays as it is.
        if size <= value < 1000 * size and value * 100 % size == 0:
            return f"{value / size:g} {word}"
    return f"{value:,}"


def _ordinal(value: Number) -> str:
    number = int(value)
    suffix = "th" if 10 <= number % 100 <= 20 else _ORDINALS.get(number % 10, "th")
    return f"{number}{suffix}"
