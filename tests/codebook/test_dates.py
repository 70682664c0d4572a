"""The words of time, and what is said about faults in them."""

from datetime import date
from pathlib import Path

import pytest

from tocsin.codebook import load_codebook
from tocsin.errors import CodebookError
from tocsin.extract.date_calendar import easter, holiday_in, orthodox_easter


def test_weekdays_and_months_are_numbered() -> None:
    words = load_codebook().dates
    assert (words.values["monday"], words.values["sun"]) == (0, 6)
    assert (words.values["january"], words.values["sept"]) == (1, 9)


def test_a_users_words_are_added(tmp_path: Path) -> None:
    (tmp_path / "dates.toml").write_text('[classes]\n"today+" = ["hodie"]\n', encoding="utf-8")
    words = load_codebook(tmp_path).dates
    assert words.classes["hodie"] == words.classes["today"] == "today"


def test_every_fault_is_named(tmp_path: Path) -> None:
    (tmp_path / "dates.toml").write_text(
        '[classes]\nnonsense = ["x"]\n[holidays.feast]\nnames = ["feast"]\nrule = "moon"\n', encoding="utf-8"
    )
    with pytest.raises(CodebookError) as caught:
        load_codebook(tmp_path)
    assert "nonsense" in str(caught.value) and "moon" in str(caught.value)


@pytest.mark.parametrize(
    ("year", "west", "east"),
    [(1980, (4, 6), (4, 6)), (2000, (4, 23), (4, 30)), (2021, (4, 4), (5, 2)), (2024, (3, 31), (5, 5))],
)
def test_easter_is_that_of_the_tables(year: int, west: tuple[int, int], east: tuple[int, int]) -> None:
    assert easter(year) == date(year, *west)
    assert orthodox_easter(year) == date(year, *east)


def test_every_holiday_has_a_day_in_every_year() -> None:
    for holiday in load_codebook().dates.holidays:
        for year in range(1950, 2051):
            assert holiday_in(holiday, year) is not None, (holiday.key, year)
