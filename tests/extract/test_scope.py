"""Whether a text is about contention."""

import pytest

from tocsin.codebook import load_codebook
from tocsin.datamodel import Span
from tocsin.extract.scope import Scope, read_scope_of_text
from tocsin.extract.sentences import split_sentences
from tocsin.extract.tokens import tokenize
from tocsin.extract.triggers import find_triggers

CODEBOOK = load_codebook()


def _read(text: str, title: str = "") -> Scope:
    sentences = split_sentences(text)
    return read_scope_of_text(
        tokenize(Span(0, len(title), title)),
        [tokenize(sentence) for sentence in sentences],
        [find_triggers(text, sentence, CODEBOOK.triggers) for sentence in sentences],
        CODEBOOK.scope,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Miners went on strike in Katowice.",
        "Some 900 people marched in Gomel.",
        "Riot police used tear gas against demonstrators.",
        "The union and the opposition called for the release of political prisoners.",
    ],
)
def test_contention_is_in_scope(text: str) -> None:
    assert _read(text).holds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The shop is closed on Mondays.",
        "The striker scored twice in the second half of the match.",
        "An air strike killed twelve soldiers near the front line.",
        "A man was arrested over the theft of a car.",
        "The crash of a bus injured nine people.",
        "Shares rallied after the merger.",
    ],
)
def test_other_fields_are_out_of_scope(text: str) -> None:
    assert not _read(text).holds


def test_the_title_counts() -> None:
    text = "Twelve people were arrested. " * 4
    assert not _read(text).holds
    assert _read(text, "Police break up pro-democracy protest of the opposition").holds


def test_words_of_another_field_outweigh_as_many_of_contention() -> None:
    alone = _read("The protest of the union went on.")
    beside = _read("The protest of the union went on after the robbery, the theft and the fraud.")
    assert beside.score < alone.score
    assert beside.outside == ("fraud", "robbery", "theft")


def test_a_long_text_needs_more_than_one_word_that_a_brief_does() -> None:
    brief = "Some 900 people marched in Gomel."
    padding = " The sun shone over the river. The shops were open. The trains were late. Nobody minded."
    assert _read(brief).holds
    assert not _read(brief + padding).holds


def test_a_word_counts_once_however_often_it_stands() -> None:
    assert _read("The union, the union, the union.").contention == ("union",)


def test_a_brief_needs_less_to_be_looked_at_than_a_long_text_without_a_word_of_contention() -> None:
    brief = "The men were detained on Monday."
    padding = " The sun shone over the river. The shops were open. The trains were late. Nobody minded."
    assert _read(brief).may_hold
    assert not _read(brief + padding).may_hold
    assert _read(brief + padding + " They had called for a march of the opposition.").may_hold
