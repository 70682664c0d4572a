"""Who asserts which words, against sentences a person wrote, and the laws that hold for any text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.codebook import load_codebook
from tocsin.datamodel import Span
from tocsin.extract.sentences import split_sentences
from tocsin.extract.speakers import hedge_of, read_attributions, speakers_of

WORDS = load_codebook().speakers
CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "speakers.toml").read_text(encoding="utf-8"))["case"]
#: Words that the rules look at, so that random texts reach them.
PIECES = [
    "said",
    "police",
    "the",
    "that",
    "told",
    ",",
    '"',
    ";",
    "according",
    "to",
    "500",
    "by",
    "union's",
    "count",
    "(",
    "who",
    "—",
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['words']}: {case['text']}" for case in CASES])
def test_case(case: dict[str, str | list[str]]) -> None:
    text = str(case["text"])
    span = Span.find(text, str(case["words"]))
    sentences = split_sentences(text)
    speakers = speakers_of(span, read_attributions(text, sentences, WORDS))
    assert [speaker.span.quote for speaker in speakers] == case["by"]
    if "kinds" in case:
        assert [speaker.kind for speaker in speakers] == case["kinds"]
    sentence = next(one for one in sentences if one.covers(span))
    hedge = hedge_of(text, sentence, span, WORDS)
    assert (hedge.quote if hedge else None) == case.get("hedge")


def test_a_quotation_goes_on_over_sentences() -> None:
    text = '"They came at five," said Lena Moss. "Nine of us were taken."'
    span = Span.find(text, "Nine of us")
    found = speakers_of(span, read_attributions(text, split_sentences(text), WORDS))
    assert [speaker.span.quote for speaker in found] == ["Lena Moss"]


def test_a_pronoun_keeps_its_words_and_takes_the_kind_of_the_speaker_before() -> None:
    text = "The police said 10 people came. They added that 4 people left."
    found = speakers_of(Span.find(text, "4 people"), read_attributions(text, split_sentences(text), WORDS))
    assert [(speaker.span.quote, speaker.kind) for speaker in found] == [("They", "police")]


def test_a_wish_is_told_but_asserts_nothing() -> None:
    text = "The union wants 500 new posts."
    attributions = read_attributions(text, split_sentences(text), WORDS)
    assert [one.manner for one in attributions] == ["intention"]
    assert speakers_of(Span.find(text, "500 new posts"), attributions) == ()


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)))
def test_offsets_give_the_quotes_back(text: str) -> None:
    for one in read_attributions(text, split_sentences(text), WORDS):
        for span in (one.content, one.cue, *(speaker.span for speaker in one.speakers)):
            assert text[span.start : span.end] == span.quote


@pytest.mark.parametrize(
    "piece", ["the police said, ", '"said ', "by the union's count ", "a ", "((((", "citing ", ", and he said "]
)
def test_a_sentence_without_stops_ends(piece: str) -> None:
    # A rule whose work grows with the square of the sentence would take many minutes here.
    text = piece * 4000
    for one in read_attributions(text, (Span(0, len(text), text),), WORDS):
        assert text[one.content.start : one.content.end] == one.content.quote
