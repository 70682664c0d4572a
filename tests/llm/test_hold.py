"""Answers held to the quote: whatever a model says, what comes out stands in the text."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.codebook import load_codebook
from tocsin.datamodel import Document, Extraction, Span
from tocsin.datamodel.coded import spans
from tocsin.llm.client import UnusableError
from tocsin.llm.hold import hold_events, parse_events
from tocsin.llm.parts import Part
from tocsin.pipeline import Settings, load_resources

Answer = Callable[..., str]
VOCABULARY = load_codebook().vocabulary
OFFLINE = load_resources(Settings(extractor="rules")).offline


def _hold(document: Document, events: list[Any]) -> Extraction:
    part = Part(0, len(document.text), 0)
    return hold_events(events, document, part, vocabulary=VOCABULARY, resolved=OFFLINE.resolve(document))


def _held(document: Document, content: str) -> Extraction:
    return _hold(document, parse_events(content))


def test_a_right_answer_becomes_mentions_with_their_places_in_the_text(document: Document, make_answer: Answer) -> None:
    found = _held(document, make_answer())
    strike, detention = found.mentions
    assert found.notes == ()
    assert (strike.type, detention.type, detention.context) == ("strike", "detention", strike.id)
    assert strike.date.start == date(2020, 9, 14)
    assert strike.claims[0].span == Span.of(document.text, 0, 16, "About 400 miners")
    assert strike.claims[0].said_by[0].span.quote == "the union"
    assert strike.places[0].lat is not None
    assert detention.places[0].span is None
    assert detention.places[0].name == "Soligorsk"


@pytest.mark.parametrize(
    "content",
    ["```json\n{}\n```", "Here it is:\n{}", "<think>Is {this} right?</think>{}", "{}"],
    ids=["fence", "words before", "thoughts before", "bare"],
)
def test_what_stands_around_the_object_is_passed_over(content: str, make_answer: Answer) -> None:
    assert len(parse_events(content.replace("{}", make_answer()))) == 2


@pytest.mark.parametrize(
    "content", ["", "[]", '{"events": {}}', '{"events": [', "{" * 100_000, '{"events": [NaN]}', '{"a": 1}']
)
def test_what_holds_no_events_is_malformed(content: str) -> None:
    with pytest.raises(UnusableError, match="malformed"):
        parse_events(content)


def _drops(found: Extraction) -> list[tuple[str, str]]:
    return [(note.field, note.given) for note in found.notes if note.kind == "dropped"]


@pytest.mark.parametrize(
    ("changed", "field", "given"),
    [
        ({"evidence": [{"text": "About 500 miners walked out.", "trigger": "walked out"}]}, "strike", "About 500"),
        (
            {"evidence": [{"text": "Police detained 12 of them.", "trigger": "walked out"}]},
            "trigger",
            "walked out",
        ),
        ({"actors": [{"role": "participant", "quote": "Miners"}]}, "actor", "Miners"),
        ({"actors": [{"role": "participant", "quote": "miner"}]}, "actor", "miner"),
        ({"actors": [{"role": "hero", "quote": "miners"}]}, "actor", "miners"),
        ({"actors": [{"role": "authority", "quote": "Police"}]}, "actor", "Police"),
        ({"demands": ["higher pay"]}, "demand", "higher pay"),
        ({"places": [{"quote": "Minsk", "name": "Minsk", "country": "BY", "admin1": None}]}, "place", "Minsk"),
        ({"places": [{"quote": None, "name": "Atlantis", "country": "GR", "admin1": None}]}, "place", "Atlantis, GR"),
        ({"places": [{"quote": "Soligorsk", "name": 7, "country": "BY", "admin1": None}]}, "place", "Soligorsk"),
        ({"context": "e9"}, "context", "e9"),
        ({"type": "miracle"}, "event", "miracle"),
        ({"type": ["strike"]}, "event", "strike"),
        ({"modality": "sure"}, "strike", "About 400"),
    ],
)
def test_what_does_not_stand_is_dropped_and_told(
    document: Document, make_answer: Answer, changed: dict[str, Any], field: str, given: str
) -> None:
    found = _held(document, make_answer(**changed))
    assert any(name == field and given in words for name, words in _drops(found)), found.notes
    for mention in found.mentions:
        assert all(Span.of(document.text, s.start, s.end, s.quote) for s in spans(mention))


def _claims(**changed: Any) -> dict[str, Any]:
    claim = {
        "attribute": "participants",
        "low": 400,
        "high": 400,
        "approx": True,
        "unit": None,
        "quote": "About 400 miners",
        "said_by": [{"quote": "the union", "kind": "union"}],
        "hedge": None,
    }
    return {"claims": [{**claim, **changed}]}


@pytest.mark.parametrize(
    "changed",
    [
        {"quote": "400,000 miners"},
        {"quote": "40"},
        {"said_by": [{"quote": "the president", "kind": "government"}]},
        {"said_by": [{"kind": "union"}]},
        {"hedge": "allegedly"},
        {"low": "many"},
        {"low": None, "high": None},
        {"low": -1, "high": -1},
        {"low": 500, "high": 400},
        {"low": True},
        {"attribute": "souls"},
        {"quote": "miners", "low": 7000, "high": 7000},
    ],
)
def test_a_claim_that_does_not_hold_is_dropped_whole(
    document: Document, make_answer: Answer, changed: dict[str, Any]
) -> None:
    found = _held(document, make_answer(**_claims(**changed)))
    assert found.mentions[0].claims == ()
    assert any(name.startswith("claim") for name, _ in _drops(found))


def test_a_value_that_its_words_do_not_give_is_read_again(document: Document, make_answer: Answer) -> None:
    found = _held(document, make_answer(**_claims(low=1_000_000, high=1_000_000)))
    claim = found.mentions[0].claims[0]
    assert (claim.low, claim.high, claim.approx) == (400, 400, True)
    (note,) = found.notes
    assert (note.kind, note.field) == ("disagreement", "claim participants")
    assert note.given == "1,000,000 (About 400 miners)"
    assert note.kept.startswith("400")


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        ({"start": "1999-01-01", "end": "1999-01-01"}, date(2020, 9, 14)),
        ({"start": "2020-09-15", "end": "2020-09-15"}, date(2020, 9, 14)),
        ({"start": "2020-02-31", "end": None}, None),
        ({"start": None, "end": None}, None),
    ],
    ids=["invented", "the day of publication", "no day of the calendar", "none"],
)
def test_days_stand_on_the_text_too(
    document: Document, make_answer: Answer, days: dict[str, Any], kept: date | None
) -> None:
    found = _held(document, make_answer(date={**days, "precision": "day", "basis": "stated"}))
    assert found.mentions[0].date.start == kept


def test_the_country_of_a_place_is_read_again(document: Document, make_answer: Answer) -> None:
    place = {"quote": "Soligorsk", "name": "Soligorsk", "country": "RU", "admin1": None}
    found = _held(document, make_answer(places=[place]))
    assert found.mentions[0].places[0].country == "BY"
    assert any(note.field == "place" for note in found.notes)


def test_a_whole_text_is_no_sentence(document: Document, make_answer: Answer) -> None:
    found = _held(document, make_answer(evidence=[{"text": document.text, "trigger": "walked out"}]))
    assert [mention.type for mention in found.mentions] == ["detention"]


def test_mentions_do_not_happen_within_themselves(document: Document, make_answer: Answer) -> None:
    events = json.loads(make_answer(context="e2"))["events"]
    contexts = {m.id: m.context for m in _hold(document, events).mentions}
    for name in contexts:
        seen: list[str | None] = []
        at: str | None = name
        while at is not None:
            assert at not in seen
            seen.append(at)
            at = contexts[at]


def test_a_quote_that_stands_twice_is_taken_from_the_part_that_was_asked_about(
    document: Document, make_answer: Answer
) -> None:
    twice = replace(document, text=f"{document.text}\n\n{document.text}")
    part = Part(len(document.text), len(twice.text), len(document.text))
    held = hold_events(parse_events(make_answer()), twice, part, vocabulary=VOCABULARY, resolved=OFFLINE.resolve(twice))
    assert all(mention.evidence[0].sentence.start > len(document.text) for mention in held.mentions)


WORDS = st.sampled_from(
    ["About 400 miners", "400", "miners", "the union", "Soligorsk", "Police detained 12 of them.", "Monday", "x", ""]
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "type",
        "form",
        "modality",
        "scope",
        "date",
        "places",
        "actors",
        "claims",
        "demands",
        "means",
        "context",
        "evidence",
    ]
)


@given(changed=st.dictionaries(FIELDS, JSON, max_size=3))
@settings(max_examples=150, deadline=None)
def test_whatever_shape_an_answer_has_what_stands_is_grounded(changed: dict[str, Any]) -> None:
    from tests.llm.conftest import TEXT, answer

    document = Document("a", TEXT, "", "", date(2020, 9, 15))
    found = _held(document, answer(**changed))
    for mention in found.mentions:
        assert all(Span.of(TEXT, s.start, s.end, s.quote) for s in spans(mention))
        assert mention.type in VOCABULARY.types
        inside = [e.sentence for e in mention.evidence]
        assert all(any(sentence.covers(s) for sentence in inside) for s in spans(mention))
    assert all(len(note.given) <= 200 and note.given.isprintable() for note in found.notes)


@given(claims=st.lists(JSON, max_size=3), quote=WORDS, low=st.integers(0, 10**9) | st.none())
@settings(max_examples=150, deadline=None)
def test_no_claim_has_a_value_that_the_text_does_not_give(claims: list[Any], quote: str, low: int | None) -> None:
    from tests.llm.conftest import TEXT, answer

    document = Document("a", TEXT, "", "", date(2020, 9, 15))
    found = _held(document, answer(claims=[*claims, *_claims(quote=quote, low=low, high=low)["claims"]]))
    values = {end for m in found.mentions for c in m.claims for end in (c.low, c.high)}
    # 400, 12 and 90 stand in the text; one is a person counted, 800 and 200 twice and half of what is told.
    assert values <= {None, 400, 12, 90, 1, 24, 6, 800, 200, 180, 45}
