"""What the first lines of a text say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.read.bylines import Head, byline, date_line, dateline, parse_day, read_head

STORY = "Some 300 nurses walked out of the city hospital on Monday, their union said, and more are to follow them."


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Roy Landersen", "Roy Landersen"),
        ("BY ANNA KOWALSKA", "ANNA KOWALSKA"),
        ("by Maria de la Cruz and Juan Pérez", "Maria de la Cruz and Juan Pérez"),
        ("By Anna Kowalska and Jan Nowak", "Anna Kowalska and Jan Nowak"),
        ("By Anna Kowalska in Gdynia", "Anna Kowalska"),
        ("By Anna Kowalska, labour correspondent", "Anna Kowalska"),
        ("Reporting by Jean-Luc O’Neil", "Jean-Luc O’Neil"),
        ("By Anna Kowalska | 3 May 2021", "Anna Kowalska"),
        ("By Anna Kowalska September 28, 2020", "Anna Kowalska"),
    ],
)
def test_a_byline_gives_its_name(line: str, name: str) -> None:
    assert byline(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "By Monday evening the square was empty and the police had gone home to their barracks.",
        "By Monday, 300 people were held.",
        "By midnight 300 people were held.",
        "Standing by the gate",
        "By the river",
    ],
)
def test_a_sentence_is_no_byline(line: str) -> None:
    assert byline(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "September 28, 2020",
        "Sept. 28, 2020",
        "SEPTEMBER 28 2020",
        "28 September 2020",
        "28th Sept 2020",
        "Monday, 28 September 2020",
        "2020-09-28",
        "2020-09-28T10:15:00+03:00",
        "28.09.2020",
        "28/09/2020",
        "09/28/2020",
        "Published: Mon 28 Sep 2020, 10:15 GMT",
        "Posted on September 28, 2020 at 4:05 p.m.",
        "By Roy Landersen | September 28, 2020",
        "By Roy Landersen, September 28, 2020",
        "Bulletin of the miners' union, 28 September 2020",
        "Vol. 84/No. 39, September 28, 2020",
    ],
)
def test_a_line_that_gives_the_day(line: str) -> None:
    assert date_line(line) == date(2020, 9, 28)


@pytest.mark.parametrize(
    "line",
    [
        "03/09/2020",
        "31/31/2020",
        "30 February 2020",
        "Updated 28 September 2020",
        "September 2020",
        "On 28 September 2020 police broke up a march in the centre of the town and took 40 people away.",
        "He was arrested on September 28, 2020.",
        "The strike began on 28 September 2020 and went on for three weeks",
    ],
)
def test_a_line_that_gives_none(line: str) -> None:
    assert date_line(line) is None


@pytest.mark.parametrize(
    ("line", "year", "day", "agency"),
    [
        ("MINSK, Sept 14 (Interwire) - Police", 2020, date(2020, 9, 14), "Interwire"),
        ("MINSK, Sept 14 (Interwire) - Police", None, None, "Interwire"),
        ("MINSK, Sept. 14, 2020 (Interwire) — Police", None, date(2020, 9, 14), "Interwire"),
        ("NEW DELHI, 3 May 2021 – Farmers", None, date(2021, 5, 3), ""),
        ("MINSK, Belarus (IW) — Police", 2020, None, "IW"),
        ("(Interwire) - Police", None, None, "Interwire"),
        ("He said (and meant) it - twice", 2020, None, ""),
        ("Minsk, Sept 14 - Police", 2020, None, ""),
    ],
)
def test_datelines(line: str, year: int | None, day: date | None, agency: str) -> None:
    assert dateline(line, year=year) == (day, agency)


def test_title_byline_and_day_of_a_report() -> None:
    text = f"Nurses walk out over unpaid shifts\n\nBy Roy Landersen\nSeptember 28, 2020\n{STORY}\n"
    assert read_head(text) == Head("Nurses walk out over unpaid shifts", "Roy Landersen", date(2020, 9, 28), "")


def test_a_day_of_the_story_is_not_the_day_of_publication() -> None:
    text = f"Nurses walk out\n\nThe strike, which began on 14 September 2020, goes on.\n\n{STORY}\n"
    assert read_head(text).published is None


def test_a_dateline_takes_its_year_from_the_lines_above() -> None:
    text = f"Nurses walk out\nThe Ward, autumn 2020\n\nMINSK, Sept 14 (Interwire) - {STORY}\n"
    assert read_head(text).published == date(2020, 9, 14)


def test_a_dateline_never_takes_its_year_from_the_story() -> None:
    text = f"Nurses walk out\n\nMINSK, Sept 14 (Interwire) - {STORY} It is the first since 2011 in the whole country.\n"
    assert read_head(text).published is None


def test_a_story_alone_has_no_title() -> None:
    assert read_head(f"{STORY}\n{STORY}\n").title == ""


def test_parse_day_wants_the_day_first() -> None:
    assert parse_day("2020-09-28T23:30:00Z") == date(2020, 9, 28)
    assert parse_day("Mon, 28 Sep 2020 01:00:00 +0300") == date(2020, 9, 28)
    assert parse_day("some time before 28 September 2020") is None


@given(st.text(alphabet=" \n.,-()0123456789ABab/:|ySeptMay", max_size=600))
def test_no_text_is_too_much(text: str) -> None:
    head = read_head(text)
    assert head.published is None or 1900 <= head.published.year < 2100
