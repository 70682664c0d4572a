"""What is read whole: texts whose most telling sentences tell of happenings, however little of the text they are."""

from pathlib import Path

import pytest
from bench.accuracy.first_look import RECALL, is_read
from hypothesis import given
from hypothesis import strategies as st

from tocsin.codebook import load_codebook
from tocsin.datamodel import Document
from tocsin.datamodel.coded import read
from tocsin.extract.first_look import SHORT_TEXT, telling_sentences
from tocsin.extract.sentences import split_sentences
from tocsin.extract.tokens import Tokens, tokenize
from tocsin.extract.triggers import Trigger, find_triggers
from tocsin.pipeline import Resources, code_document, load_resources

CODEBOOK = load_codebook()
DEVELOPMENT = Path(__file__).parents[3] / "shared" / "gold" / "dev"
#: Plain news around what is to be found: longer than what is read without a look.
AROUND = (
    "The city opened a second bridge over the river in spring. The mayor praised the builders, who had finished early. "
    "Visitors to the market bought bread, honey and flowers. A choir from the hills sang old songs in the main square. "
    "The library will stay open until nine in the evening from May on. Trains to the coast run every hour again. "
)


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources()


def _document(text: str, title: str = "") -> Document:
    return Document("d", text, title, "", None)


def _known(text: str) -> tuple[list[Tokens], list[tuple[Trigger, ...]]]:
    sentences = split_sentences(text)
    return [tokenize(s) for s in sentences], [find_triggers(text, s, CODEBOOK.triggers) for s in sentences]


def test_a_happening_in_the_middle_of_other_news_is_found(resources: Resources) -> None:
    told = "Police in Gomel arrested 30 people at a protest march against the election result on Sunday. "
    document = _document(AROUND * 2 + told + AROUND * 2, "A spring in the city")
    assert is_read(document, resources) == (True, True)
    assert {mention.type for mention in code_document(document, resources).mentions} >= {"detention"}


def test_words_of_contention_with_another_meaning_are_looked_at_and_left(resources: Resources) -> None:
    other = (
        "The movement of the tides was drawn on a map. The union of the two villages is a hundred years old. "
        "The rally of old cars ended at the harbour. "
    )
    by_words, whole = is_read(_document(AROUND * 2 + other + AROUND * 2, "A spring in the city"), resources)
    assert by_words
    assert not whole


def test_a_text_without_a_word_of_the_lists_is_left_by_its_words(resources: Resources) -> None:
    assert is_read(_document(AROUND * 4, "A spring in the city"), resources) == (False, False)
    assert is_read(_document(""), resources) == (False, False)


def test_a_short_text_that_its_words_leave_open_is_read_whole(resources: Resources) -> None:
    text = "The union said little. The march went on."
    assert len(text.split()) < SHORT_TEXT
    assert is_read(_document(text), resources) == (True, True)


def test_the_sentences_that_speak_for_contention_most_are_looked_at() -> None:
    text = (
        "The sun shone. Police fired tear gas at protesters in Gomel. The shops were open. "
        "Workers went on strike. He was charged."
    )
    tokens, triggers = _known(text)
    assert telling_sentences(tokens, triggers, CODEBOOK.scope) == [1, 3, 4]
    assert telling_sentences(tokens, triggers, CODEBOOK.scope, most=9) == [1]
    assert telling_sentences(*_known("The sun shone. The shops were open."), CODEBOOK.scope) == []


def test_one_sentence_is_looked_at_however_long_it_is() -> None:
    tokens, triggers = _known("Workers went on strike" + ", the paper wrote" * 60 + ".")
    assert telling_sentences(tokens, triggers, CODEBOOK.scope, most=20) == [0]


@given(
    st.lists(st.sampled_from(["The sun shone.", "Workers went on strike.", "Two were held.", "The union met."])),
    st.integers(1, 40),
)
def test_what_is_looked_at_keeps_its_order_and_its_bound(sentences: list[str], most: int) -> None:
    tokens, triggers = _known(" ".join(sentences))
    picked = telling_sentences(tokens, triggers, CODEBOOK.scope, most=most)
    assert picked == sorted(set(picked))
    assert len(picked) <= 1 or sum(len(tokens[at].forms) for at in picked) <= most


def test_documents_with_happenings_are_read(resources: Resources) -> None:
    if not DEVELOPMENT.is_dir():
        pytest.skip("NOT MEASURED: ../shared/gold/dev is missing, the recall of the first look is unknown")
    told = [one.document for one in read(DEVELOPMENT, strict=False) if one.mentions]
    assert sum(is_read(document, resources)[1] for document in told) / len(told) >= RECALL
