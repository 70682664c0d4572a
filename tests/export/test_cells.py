"""Cells say what the values are, and those for spreadsheets run nothing."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.export.cells import DANGEROUS, exact_cell, plain_cell, plain_words

FORMULAS: list[str] = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "cases" / "formulas.toml").read_text(encoding="utf-8")
)["words"]
SIGNS = [sign for sign in DANGEROUS if not sign.isspace()]


def test_there_are_formulas_enough_and_each_once() -> None:
    assert len(FORMULAS) == len(set(FORMULAS)) >= 60


@pytest.mark.parametrize("words", FORMULAS)
def test_a_formula_is_changed_by_apostrophes_alone(words: str) -> None:
    made = plain_words(words)
    assert made != words
    assert made.replace("'", "") == words.replace("'", "")


@pytest.mark.parametrize("words", FORMULAS)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "\n"])
def test_no_cell_begins_with_a_sign_by_whatever_separator(words: str, separator: str) -> None:
    for cell in plain_words(words).split(separator):
        assert not cell.lstrip(' \xa0\u3000\u200b\ufeff\u202e\xad\x01\t\r\n"`').startswith(tuple(SIGNS)), cell


@pytest.mark.parametrize(
    "words", ["", "400 miners", "a-b", "3+4", "ann@example.invalid", "mid-August", "x = y", "'tis", "2020-09-14", "0"]
)
def test_words_that_run_nothing_stay_as_they_are(words: str) -> None:
    assert plain_cell(words) == words


@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False), st.booleans(), st.none()))
def test_a_cell_is_safe_or_a_number_and_words_lose_nothing(value: Any) -> None:
    cell = plain_cell(value)
    if isinstance(value, str):
        assert not cell.startswith(DANGEROUS)
        assert cell.replace("'", "") == value.replace("'", "")
    elif value is not None and not isinstance(value, bool):
        assert type(value)(cell) == value


@given(st.one_of(st.integers(), st.floats(allow_nan=False)))
def test_a_number_reads_back_from_its_cell(value: int | float) -> None:
    assert float(exact_cell(value)) == value if isinstance(value, float) else int(exact_cell(value)) == value


def test_what_is_not_known_is_empty_and_days_are_iso() -> None:
    moment = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    cells = [exact_cell(value) for value in (None, 0, 400.0, 0.5, True, False, date(2020, 9, 14), moment)]
    assert cells == ["", "0", "400", "0.5", "true", "false", "2020-09-14", "2026-11-22T09:30:00Z"]


def test_a_long_text_of_line_breaks_takes_no_time() -> None:
    begun = perf_counter()
    for words in ("\n" * 200_000, "\t" * 200_000 + "=", " " * 200_000 + "x", ("," + " " * 100) * 2000):
        plain_words(words)
    assert perf_counter() - begun < 2
