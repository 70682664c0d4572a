"""Whole texts against the mentions that a person expects of them (tests/cases/mentions.toml), and laws for any text."""

from datetime import date

import pytest
from bench.gate.cases import Case, load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.datamodel import Claim, CodedDocument, DateRange, Document, Mention
from tocsin.datamodel.coded import parse, spans, to_json
from tocsin.extract.assemble import extract_mentions
from tocsin.pipeline import Settings, load_resources

#: The rules alone: what the trained tagger codes is measured by the gate.
RULES = load_resources(Settings(extractor="rules"))
TYPES = RULES.codebook.vocabulary.types
CASES = load_cases()
RIGHT = [case for case in CASES if not case.known_miss]
MISSED = [case for case in CASES if case.known_miss]
#: How many cases the rules are known to code otherwise than a reader would. It may sink, never grow.
MOST_MISSES = 49
#: Words that the steps look at, so that random texts reach them.
PIECES = [
    *("police", "arrested", "30", "protesters", "in", "Minsk", "on", "Monday", ",", "the", "union", "said", "that"),
    *("400", "miners", "walked", "out", "since", "9 August", "no one", "was", "killed", ".", "will", "strike"),
    *("3 March", ";", "hundreds", "marched", "every Sunday", "(", "including", "12 women", ")", '"', "according to"),
    *("a", "court", "jailed", "Anna Petrova", "for", "15 days", "in all", "$", "2,000", "tear gas", "—", "and", "%"),
    *("1/2", "the capital", "of", "Poland's", "\n", "\n\n", "hunger", "they", "not", "at least", "so far"),
]


def _days(when: DateRange) -> str:
    return "" if when == DateRange() else f"{when.start or '?'} to {when.end or '?'}"


def _claim(claim: Claim) -> str:
    said_by = " < ".join(speaker.span.quote for speaker in claim.said_by)
    return f"{claim.attribute} {claim.low}-{claim.high} {claim.unit or ''} by {said_by or 'the text'}"


def _told(mention: Mention) -> tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]]:
    places = tuple(sorted(f"{place.name}, {place.country}" for place in mention.places))
    claims = tuple(sorted(_claim(claim) for claim in mention.claims))
    return mention.type, mention.modality, mention.scope, _days(mention.date), places, claims


def _extract(document: Document) -> tuple[Mention, ...]:
    return extract_mentions(document, RULES.codebook, RULES.places)


def _name(case: Case) -> str:
    return f"{case.coded.document.id}: {case.coded.document.text[:60]}"


@pytest.mark.parametrize("case", RIGHT, ids=_name)
def test_case(case: Case) -> None:
    found = sorted(_told(mention) for mention in _extract(case.coded.document))
    assert found == sorted(_told(mention) for mention in case.coded.mentions)


@pytest.mark.parametrize("case", MISSED, ids=_name)
def test_a_known_miss_is_still_one(case: Case) -> None:
    found = sorted(_told(mention) for mention in _extract(case.coded.document))
    assert found != sorted(_told(mention) for mention in case.coded.mentions), "comes right now: take known_miss away"


def test_known_misses_do_not_grow() -> None:
    assert len(MISSED) <= MOST_MISSES


def test_the_cases_tell_every_type_and_many_texts_that_tell_none() -> None:
    told = {mention.type for case in CASES for mention in case.coded.mentions}
    assert told == set(TYPES)
    assert len(CASES) >= 80
    assert sum(not case.coded.mentions for case in CASES) >= 12


TEXTS = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=80).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, title=st.text(max_size=60), published=st.none() | st.dates())
def test_whatever_the_text_is_every_quote_stands_at_its_place(text: str, title: str, published: date | None) -> None:
    document = Document("d", text, title=f"Police and protesters {title}", published=published)
    for mention in _extract(document):
        assert mention.type in TYPES
        for span in spans(mention):
            assert text[span.start : span.end] == span.quote != ""
        for evidence in mention.evidence:
            assert evidence.sentence.covers(evidence.trigger)


@settings(max_examples=60, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), max_size=80).map(" ".join))
def test_what_is_found_is_a_coded_document_as_the_codebook_wants_it(text: str) -> None:
    vocabulary = RULES.codebook.vocabulary
    mentions = _extract(Document("d", text, title="Protesters and police", published=date(2024, 5, 16)))
    assert len({mention.id for mention in mentions}) == len(mentions)
    for mention in mentions:
        assert mention.modality in vocabulary.modalities
        assert mention.scope in vocabulary.scopes
        assert mention.form is None or mention.form in vocabulary.types[mention.type].forms
        assert mention.context is None or mention.context in {other.id for other in mentions} - {mention.id}
        assert {actor.role for actor in mention.actors} <= set(vocabulary.roles)
        assert {claim.attribute for claim in mention.claims} <= set(vocabulary.attributes)
        sentences = [evidence.sentence for evidence in mention.evidence]
        for span in spans(mention):
            assert any(sentence.covers(span) for sentence in sentences)


def test_a_mention_survives_the_way_through_json() -> None:
    for case in CASES:
        coded = CodedDocument(case.coded.document, _extract(case.coded.document))
        assert to_json(parse(to_json(coded))) == to_json(coded)


@pytest.mark.parametrize(
    "piece",
    [
        "police arrested 30 protesters in Minsk on Monday ",
        "march ",
        "30 ",
        "the police said, ",
        '"',
        "no one was ",
        "é\n",
    ],
)
def test_a_text_without_stops_ends(piece: str) -> None:
    # A step whose work grows with the square of the sentence would take many minutes here.
    text = piece * (60_000 // len(piece))
    document = Document("d", text, title="Protesters on strike against the regime", published=date(2024, 5, 16))
    for mention in _extract(document):
        assert all(text[span.start : span.end] == span.quote for span in spans(mention))
