"""The words and conventions of numbers as data."""

from pathlib import Path

import pytest

from tocsin.codebook import load_codebook
from tocsin.errors import CodebookError
from tocsin.extract.numbers import read_numbers


def test_conventions_contradict_each_other_on_purpose() -> None:
    conventions = load_codebook().numbers.conventions
    assert [conventions[name].words["hundreds"][0] for name in ("codebook", "ccc", "count_love", "mpeds")] == [
        200,
        200,
        100,
        150,
    ]
    assert conventions["mpeds"].words["dozens"] == (36, 36)
    assert conventions["acled"].words["hundreds"] == (200, None)


def test_vague_words_of_the_codebook_are_its_table() -> None:
    words = load_codebook().numbers.conventions["codebook"].words
    assert words["dozens"] == (24, 99)
    assert words["scores"] == (40, 99)
    assert words["several dozen"] == (36, 99)


def test_own_folder_adds_a_convention_and_a_word(tmp_path: Path) -> None:
    own = '[plurals]\nmyriads = "million"\n[conventions.mine]\nbounds = "point"\nranges = "low"\nseveral = "low"\n'
    (tmp_path / "numbers.toml").write_text(own + "[conventions.mine.words]\nmyriads = [7]\n", encoding="utf-8")
    words = load_codebook(tmp_path).numbers
    (reading,) = read_numbers("Myriads of people", words, convention="mine")
    assert (reading.low, reading.high) == (7, 7)


def test_every_fault_is_named(tmp_path: Path) -> None:
    faults = (
        '[conventions.ccc]\nbounds = "wide"\n[conventions.ccc.words]\ndozens = [1, 2, 3]\n[fractions]\nhalf = [1]\n'
    )
    (tmp_path / "numbers.toml").write_text(faults, encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(tmp_path)
    for part in ("conventions.ccc.bounds", "conventions.ccc.words.dozens", "fractions.half"):
        assert part in str(caught.value)
