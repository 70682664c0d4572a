"""Whether words mean one person."""

import pytest

from tocsin.codebook import load_codebook
from tocsin.extract.persons import one_person

WORDS = load_codebook().actors


@pytest.mark.parametrize(
    "quote",
    ["Anna Petrova", "he", "a student", "the journalist", "another teacher", "an opposition leader",
     "a woman from Gomel", "Lena Moss, a nurse", "a 19-year-old student"],
)  # fmt: skip
def test_one(quote: str) -> None:
    assert one_person(quote, WORDS)


@pytest.mark.parametrize(
    "quote",
    ["students", "the police", "a crowd", "the Ministry of Labour", "Anna and Maria", "they", "the union", "protesters",
     "a group", "two men", "", "the air", "some others", "women"],
)  # fmt: skip
def test_not_one(quote: str) -> None:
    assert not one_person(quote, WORDS)
