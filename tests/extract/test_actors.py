"""Actors around a trigger, against sentences a person wrote, and the laws that hold for any text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.codebook import load_codebook
from tocsin.datamodel import Span
from tocsin.extract.actors import read_actors

CODEBOOK = load_codebook()
WORDS = CODEBOOK.actors
CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "actors.toml").read_text(encoding="utf-8"))["case"]
PIECES = [
    "police",
    "arrested",
    "the",
    "by",
    "students",
    ",",
    "and",
    "were",
    "Ann Lee",
    "among them",
    "strike",
    "of",
    "40",
    "who",
    "'",
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['type']}: {case['text']}" for case in CASES])
def test_case(case: dict[str, str | list[list[str]]]) -> None:
    text = str(case["text"])
    found = read_actors(text, Span.find(text, text), Span.find(text, str(case["trigger"])), str(case["type"]), WORDS)
    assert sorted([actor.role, actor.span.quote] for actor in found) == sorted(case["actors"])


def test_the_voice_can_be_given() -> None:
    text = "The students beaten near the gate."
    sentence, trigger = Span.find(text, text), Span.find(text, "beaten")
    assert [a.role for a in read_actors(text, sentence, trigger, "force", WORDS, passive=True)] == ["target"]


def test_a_type_without_roles_has_no_actors() -> None:
    text = "Police arrested students."
    assert read_actors(text, Span.find(text, text), Span.find(text, "arrested"), "weather", WORDS) == ()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(min_size=1, max_size=6)), min_size=1, max_size=40), st.data()
)
def test_offsets_roles_and_no_overlap(pieces: list[str], data: st.DataObject) -> None:
    text = " ".join(pieces)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    type_ = data.draw(st.sampled_from(sorted(CODEBOOK.vocabulary.types)))
    found = read_actors(text, Span(0, len(text), text), Span(start, end, text[start:end]), type_, WORDS)
    for actor in found:
        assert text[actor.span.start : actor.span.end] == actor.span.quote
        assert actor.role in CODEBOOK.vocabulary.roles
    assert not any(a.span.overlaps(b.span) for a in found for b in found if a is not b)


@pytest.mark.parametrize("piece", ["police, ", "Ann Lee and ", "of the ", "workers who ", "arrested "])
def test_a_long_sentence_ends(piece: str) -> None:
    text = piece * 3000 + "were arrested"
    read_actors(text, Span(0, len(text), text), Span.find(text, "arrested", len(text) - 8), "detention", WORDS)
