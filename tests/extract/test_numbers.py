"""Numbers of running text, against cases a person wrote and against laws."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.codebook import load_codebook
from tocsin.datamodel.readings import NumberReading
from tocsin.errors import UsageError
from tocsin.extract.numbers import currency_in, read_numbers, read_size

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "numbers.toml").read_text(encoding="utf-8"))
WORDS = load_codebook().numbers
SENTENCES = [line for part in CASES["sentences"].values() for line in part.strip().splitlines()]
CONVENTIONS = ("codebook", "ccc", "count_love", "mpeds", "acled")
SIZES = [
    (cells[0].strip(), convention, expected.strip())
    for line in CASES["sizes"]["table"].strip().splitlines()
    for cells in [line.split("|")]
    for convention, expected in zip(CONVENTIONS, cells[1:], strict=True)
]


def value(reading: NumberReading) -> str:
    """Write the interval as the cases do."""
    low, high = reading.low, reading.high
    if low is None and high is None:
        text = "?"
    elif low == high:
        text = f"{low}"
    elif high is None:
        text = f"{low}+"
    else:
        text = f"-{high}" if low is None else f"{low}..{high}"
    return text + "~" * reading.approx


def written(reading: NumberReading) -> str:
    """Write a reading as the cases do."""
    what = "" if reading.kind == "count" else f" {{{' '.join(filter(None, (reading.kind, reading.unit)))}}}"
    return f"{reading.span.quote} = {value(reading)}{what}" + (f" ({reading.counted.quote})" if reading.counted else "")


@pytest.mark.parametrize("line", SENTENCES)
def test_sentence(line: str) -> None:
    text, expected = line.split(" => ")
    assert " | ".join(map(written, read_numbers(text, WORDS))) == ("" if expected == "nothing" else expected)


@pytest.mark.parametrize(("phrase", "convention", "expected"), SIZES)
def test_size(phrase: str, convention: str, expected: str) -> None:
    reading = read_size(phrase, WORDS, convention=convention)
    assert (value(reading) if reading else "nothing") == expected


def test_there_are_as_many_cases_as_promised() -> None:
    assert len(SENTENCES) + len(SIZES) >= 400


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize(
    "text", ["Dozens, perhaps hundreds, of a few thousand.", "over two dozen; scores", "tens of thousands"]
)
def test_conventions_change_figures_and_never_words(text: str, convention: str) -> None:
    own = [r.span for r in read_numbers(text, WORDS)]
    assert [r.span for r in read_numbers(text, WORDS, convention=convention)] == own


def test_unknown_convention_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="count_love"):
        read_numbers("400", WORDS, convention="mine")


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("a fine of $500", "AU", "AUD"),
        ("a fine of $500", "KE", "USD"),
        ("a fine of US$500", "AU", "USD"),
        ("a fine of C$500", "AU", "CAD"),
        ("500 roubles", "BY", "BYN"),
        ("500 Canadian dollars", "AU", "CAD"),
        ("£90", "EG", "EGP"),
        ("90 euros", "AU", "EUR"),
    ],
)
def test_money_of_a_shared_name_is_that_of_the_country(text: str, country: str, code: str) -> None:
    (reading,) = read_numbers(text, WORDS)
    assert currency_in(reading, country, WORDS) == code


def test_part_of_a_text_keeps_the_offsets_of_the_whole() -> None:
    text = "Over 400 marched. Some 30 were held."
    (reading,) = read_numbers(text, WORDS, start=18)
    assert (reading.span.start, reading.span.quote) == (18, "Some 30")


ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    """Write a number up to ten million as English does."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    for unit, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= unit:
            head, rest = f"{in_words(number // unit)} {name}", number % unit
            joint = " and " if rest and rest < 100 else " "
            return head + (joint + in_words(rest) if rest else "")
    raise ValueError(number)


@given(st.integers(0, 10_000_000))
@settings(max_examples=300, deadline=None)
def test_number_written_out_reads_back(number: int) -> None:
    reading = read_size(f"{in_words(number)} people", WORDS)
    assert reading is not None
    assert (reading.low, reading.high) == (number, number)


@given(st.integers(1000, 10_000_000))
@settings(max_examples=100, deadline=None)
def test_grouped_digits_read_back(number: int) -> None:
    for grouped in (f"{number:,}", f"{number:,}".replace(",", "\u202f"), f"{number:,}".replace(",", ".")):
        reading = read_size(f"{grouped} people", WORDS)
        assert reading is not None
        assert reading.low == number


PIECES = st.sampled_from(
    [
        "about",
        "over",
        "between",
        "and",
        "to",
        "of",
        "the",
        "5",
        "1,500",
        "10:30",
        "$",
        "€",
        "%",
        "two",
        "three",
        "hundred",
        "dozen",
        "dozens",
        "few",
        "several",
        "million",
        "half",
        "third",
        "of",
        "-",
        "–",
        ".",
        ",",
        ";",
        "(",
        ")",
        "all",
        "but",
        "one",
        "no",
        "not",
        "a",
        "an",
        "year",
        "days",
        "months",
        "aged",
        "May",
        "2020",
        "st",
        "th",
        "km",
        "Rs",
        "crore",
        "İ",
        "ß",
        "é",
        "1/2",
        "3-1",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join)
)


@given(TEXTS, st.sampled_from(CONVENTIONS))
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_with_true_offsets_in_order(text: str, convention: str) -> None:
    end = 0
    for reading in read_numbers(text, WORDS, convention=convention):
        assert text[reading.span.start : reading.span.end] == reading.span.quote
        assert end <= reading.span.start < reading.span.end
        assert None in (reading.low, reading.high) or reading.low <= reading.high  # type: ignore[operator]
        if reading.counted:
            assert text[reading.counted.start : reading.counted.end] == reading.counted.quote
        end = reading.span.end


@given(TEXTS, st.sampled_from(CONVENTIONS))
@settings(max_examples=300, deadline=None)
def test_any_phrase_has_a_size_or_none(text: str, convention: str) -> None:
    reading = read_size(text, WORDS, convention=convention)
    assert reading is None or reading.span.quote in text


def test_long_text_is_read_in_parts_as_in_whole() -> None:
    sentence = "Some 300 miners marched.\n"
    readings = read_numbers(sentence * 3000, WORDS)
    assert len(readings) == 3000
    assert {r.span.start % len(sentence) for r in readings} == {0}
    assert not re.search(r"\D", str(readings[-1].span.start))
