"""Time expressions to days: cases as a person writes them, and laws that hold of any text."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.codebook import load_codebook
from tocsin.datamodel import DateRange, Span
from tocsin.extract.dates import answer_dates, read_dates
from tocsin.extract.happening_days import days_told_before, happening_days

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "dates.toml").read_text(encoding="utf-8"))["case"]
WORDS = load_codebook().dates
NUMBERS = load_codebook().numbers
PIECES = (
    *(
        "Monday",
        "on",
        "the",
        "3",
        "May",
        "march",
        "2020",
        "to",
        "from",
        "between",
        "and",
        "8th",
        "next",
        "last",
        "week",
    ),
    *("two", "days", "ago", "later", "after", "since", "until", ",", ".", "-", "–", "\n\n", "of", "month", "year", "a"),
    *("Sept", "28/09/2020", "2020-02-30", "Christmas", "night", "tomorrow", "twenty", "first", "٣", "²", "İ", "9999"),
    *("0001-01-01", "years", "99999", "weeks", "before", "in", "every", "the day before", "Easter", "1000", "eve"),
)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']} ({case['published']})")
def test_case(case: dict[str, Any]) -> None:
    found = read_dates(case["text"], WORDS, published=_day(case["published"]))
    expected = [(one["quote"], _day(one["start"]), _day(one["end"]), one["kind"]) for one in case["dates"]]
    assert [(one.span.quote, one.range.start, one.range.end, one.kind) for one in found] == expected


def test_there_are_three_hundred_cases() -> None:
    assert len(CASES) >= 300


@given(
    st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)),
    st.one_of(st.none(), st.dates()),
)
def test_any_text_is_read(text: str, published: date | None) -> None:
    for one in read_dates(text, WORDS, published=published):
        assert text[one.span.start : one.span.end] == one.span.quote
        assert one.kind in ("date", "span", "since", "until", "duration", "set", "other")
        assert (one.range.basis == "none") == (one.range.start is None and one.range.end is None)
        if one.range.start and one.range.end:
            assert one.range.start <= one.range.end


@given(st.dates(date(1800, 1, 1), date(2050, 12, 31)), st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_a_day_written_out_is_read_back(day: date, published: date) -> None:
    for form in ("%d %B %Y", "%B %d, %Y", "%A, %d %b %Y", "%Y-%m-%d"):
        text = f"Crowds met in the square on {day.strftime(form)} and went home."
        (found,) = answer_dates(text, WORDS, published=published)
        assert (found.range.start, found.range.end, found.range.precision) == (day, day, "day")


@given(st.integers(0, 6), st.dates(date(1950, 1, 1), date(2050, 1, 1)))
def test_a_weekday_behind_or_ahead_is_within_a_week(weekday: int, published: date) -> None:
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]
    (behind,) = answer_dates(f"Crowds marched on {name}.", WORDS, published=published)
    (ahead,) = answer_dates(f"Crowds will march on {name}.", WORDS, published=published)
    assert behind.range.start is not None and ahead.range.start is not None
    assert behind.range.start.weekday() == ahead.range.start.weekday() == weekday
    assert 0 <= (published - behind.range.start).days < 7
    assert 0 <= (ahead.range.start - published).days < 7


def test_the_country_decides_the_order_of_figures() -> None:
    text = "It was signed on 05/12/2019."
    for country, day in (("US", date(2019, 5, 12)), ("GB", date(2019, 12, 5)), (None, date(2019, 5, 12))):
        (found,) = read_dates(text, WORDS, published=date(2020, 1, 1), country=country)
        assert found.range.start == day


def test_a_holiday_is_kept_in_its_country() -> None:
    text = "They marched on Independence Day."
    for country, day in (("IN", date(2023, 8, 15)), ("US", date(2023, 7, 4))):
        (found,) = read_dates(text, WORDS, published=date(2023, 9, 1), country=country)
        assert found.range.start == day
    assert read_dates(text, WORDS, published=date(2023, 9, 1)) == ()


def test_a_part_leans_on_the_date_before_it() -> None:
    text = "Quiet. The next day shops shut."
    before = DateRange(date(2020, 5, 3), date(2020, 5, 3), "day", "stated")
    (found,) = read_dates(text, WORDS, published=date(2020, 9, 1), start=7, previous=before)
    assert found.range.start == date(2020, 5, 4)
    assert found.anchor == "the date before it, 2020-05-03"


def test_every_end_of_a_range_is_an_answer() -> None:
    text = "They struck from 3 May to 5 June, and every Sunday since July."
    answers = answer_dates(text, WORDS, published=date(2020, 10, 7))
    assert [(one.span.quote, str(one.range.start), str(one.range.end)) for one in answers] == [
        ("3 May", "2020-05-03", "2020-05-03"),
        ("5 June", "2020-06-05", "2020-06-05"),
        ("July", "2020-07-01", "2020-07-31"),
    ]


def _happening(text: str, trigger: str, hint: str | None = None, sentence: str | None = None) -> tuple[str, str, str]:
    published = date(2020, 10, 7)
    readings = read_dates(text, WORDS, published=published)
    whole = Span.find(text, sentence or text)
    days = happening_days(
        text,
        readings,
        sentence=whole,
        trigger=Span.find(text, trigger),
        published=published,
        before=days_told_before(text, readings, sentence=whole, published=published),
        numbers=NUMBERS,
        modality_hint=hint,
    )
    return str(days.start), str(days.end), days.basis


@pytest.mark.parametrize(
    ("text", "trigger", "hint", "start", "end"),
    [
        ("Police said on Tuesday that the rally broke up on Sunday.", "rally", None, "2020-10-04", "2020-10-04"),
        ("On Sunday crowds marched; on Monday the court jailed two.", "jailed", None, "2020-10-05", "2020-10-05"),
        ("On Sunday crowds marched; on Monday the court jailed two.", "marched", None, "2020-10-04", "2020-10-04"),
        ("Dockers have been on strike since 3 September.", "strike", "ongoing", "2020-09-03", "None"),
        ("Since 3 September 900 people have been arrested.", "arrested", "total", "2020-09-03", "2020-10-07"),
        ("The ministry counts 114 arrests for Saturday.", "arrests", "total", "2020-10-03", "2020-10-03"),
        ("Dockers walked out for three days from 3 September.", "walked out", None, "2020-09-03", "2020-09-05"),
        ("Dockers ended their strike on Monday.", "strike", None, "None", "2020-10-05"),
        ("Dockers ended a two-day stoppage on Monday.", "ended", None, "2020-10-04", "2020-10-05"),
        ("Dockers walked out for twenty-two days from 3 September.", "walked out", None, "2020-09-03", "2020-09-24"),
        ("Dockers are on strike for the fortieth day on Monday.", "strike", "ongoing", "2020-08-27", "None"),
        ("Doctors resumed duty on Monday.", "resumed duty", None, "None", "2020-10-05"),
        ("The strike entered its 12th day on Monday.", "strike", "ongoing", "2020-09-24", "None"),
        ("Monday was day forty-six of the lockout.", "lockout", "ongoing", "2020-08-21", "None"),
        ("Shops were shut for a third day on Monday.", "shut", None, "2020-10-05", "2020-10-05"),
        ("The union will ban overtime from the 2nd.", "ban overtime", "planned", "2020-11-02", "None"),
        ("A week after police fired on a march, the minister resigned.", "fired", None, "2020-09-30", "2020-09-30"),
        ("Dockers walk out on Friday, the union says.", "walk out", "planned", "2020-10-09", "2020-10-09"),
        ("Eighty were held.", "held", None, "None", "None"),
    ],
)
def test_a_happening_has_the_days_told_of_it(text: str, trigger: str, hint: str | None, start: str, end: str) -> None:
    assert _happening(text, trigger, hint)[:2] == (start, end)


def test_a_sentence_without_a_date_takes_the_one_told_before() -> None:
    text = "Crowds marched on Sunday. Police arrested eighty."
    assert _happening(text, "arrested", None, "Police arrested eighty.") == ("2020-10-04", "2020-10-04", "context")
