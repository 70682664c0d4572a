"""Values in words: nothing more exact than the text, nothing unknown shown as known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.datamodel import Claim, DateRange, Span
from tocsin.report.words import claim_words, counted_words, range_words

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
COUNTS = st.integers(0, 999_999)


def claim(
    low: float | None, high: float | None, approx: bool = False, attribute: str = "affected", unit: str | None = None
) -> Claim:
    return Claim(attribute, low, high, approx, unit, Span.unplaced("some words"))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (claim(400, 400), "400"),
        (claim(400, 400, True), "about 400"),
        (claim(400, None), "400+"),
        (claim(None, 400), "up to 400"),
        (claim(300, 400), "300–400"),
        (claim(200, 999, True), "about 200–999"),
        (claim(0, 0), "0"),
        (claim(None, None), "not known"),
        (claim(None, None, True), "not known"),
        (claim(205_644, 205_644, attribute="output_loss", unit="tons"), "205,644 tons"),
        (claim(1_500_000_000, 1_500_000_000, attribute="amount", unit="USD"), "USD 1.5 billion"),
        (claim(1_234_567, 1_234_567), "1,234,567"),
        (claim(5, 5, attribute="occurrence"), "5th"),
        (claim(11, 11, attribute="occurrence"), "11th"),
        (claim(22, 22, attribute="occurrence"), "22nd"),
        (claim(10**400, 10**400), f"{10**400:,}"),
    ],
)
def test_a_claim_in_words(value: Claim, words: str) -> None:
    assert claim_words(value) == words


@given(COUNTS, COUNTS, st.booleans())
def test_every_end_that_is_known_is_shown_and_an_open_one_is_marked(a: int, b: int, approx: bool) -> None:
    low, high = sorted((a, b))
    assert f"{low:,}" in claim_words(claim(low, high, approx))
    assert f"{high:,}" in claim_words(claim(low, high, approx))
    assert claim_words(claim(low, None, approx)).endswith("+")
    assert "up to" in claim_words(claim(None, high, approx))
    assert ("about" in claim_words(claim(low, high, approx))) == approx


def test_what_is_counted_depends_on_the_type() -> None:
    assert counted_words(claim(3, 3), "detention") == "detained"
    assert counted_words(claim(3, 3), "force") == "affected"
    assert counted_words(claim(3, 3, attribute="sites"), "strike") == "sites"
    assert counted_words(claim(1, 1, attribute="term"), "sentence") == "day's term"
    assert counted_words(claim(3, 3, attribute="house_arrests"), "detention") == "house arrests"


@pytest.mark.parametrize(
    ("when", "modality", "words"),
    [
        (DateRange(), "occurred", "Day not given"),
        (DateRange(date(2020, 8, 16), date(2020, 8, 16), "day", "stated"), "occurred", "16 Aug 2020"),
        (DateRange(date(2020, 8, 9), date(2020, 8, 12), "day", "stated"), "occurred", "9–12 Aug 2020"),
        (DateRange(date(2020, 8, 30), date(2020, 9, 2), "day", "stated"), "occurred", "30 Aug – 2 Sept 2020"),
        (DateRange(date(2020, 8, 17), None, "day", "stated"), "ongoing", "since 17 Aug 2020"),
        (DateRange(date(2020, 8, 17), None, "day", "stated"), "occurred", "from 17 Aug 2020, end not given"),
        (DateRange(None, date(2020, 8, 14), "day", "relative"), "occurred", "by 14 Aug 2020"),
        (DateRange(date(2020, 8, 1), date(2020, 8, 31), "month", "stated"), "occurred", "some time in Aug 2020"),
        (DateRange(date(2020, 1, 1), date(2020, 12, 31), "year", "stated"), "occurred", "some time in 2020"),
        (DateRange(date(2020, 8, 10), date(2020, 8, 16), "week", "stated"), "occurred", "some time in 10–16 Aug 2020"),
    ],
)
def test_days_in_words(when: DateRange, modality: str, words: str) -> None:
    assert range_words(when, modality) == words


@given(DAYS, st.integers(0, 4000), st.sampled_from(["day", "week", "month", "year"]))
def test_days_that_are_not_exact_are_never_shown_as_a_day(start: date, length: int, precision: str) -> None:
    words = range_words(DateRange(start, start + timedelta(length), precision, "stated"))
    assert str(start.year) in words
    assert words.startswith("some time in ") == (precision != "day")
