"""Ids that are hashes of the content."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import CodedFactory

from tocsin.datamodel import Span
from tocsin.datamodel.identity import claim_key, document_key, mention_key
from tocsin.datamodel.ids import content_id, text_hash

PARTS = st.lists(st.one_of(st.none(), st.text(max_size=8), st.integers(), st.floats(allow_nan=False)), max_size=4)


@given(PARTS, PARTS)
def test_the_same_parts_have_the_same_id_and_others_another(one: list[Any], other: list[Any]) -> None:
    same = [(type(part), part) for part in one] == [(type(part), part) for part in other]
    if same:
        assert content_id("x", *one) == content_id("x", *other)
    elif repr(one) != repr(other):
        assert content_id("x", *one) != content_id("x", *other)


def test_parts_do_not_run_into_each_other() -> None:
    assert content_id("x", "a", "bc") != content_id("x", "ab", "c") != content_id("x", "abc")
    assert content_id("x", None) != content_id("x", "") != content_id("x")
    assert content_id("x", 1) != content_id("x", "1")


def test_an_id_is_the_same_on_every_machine() -> None:
    assert content_id("m", "a", 1, None) == "m-0ae764bffd3a17b6"
    assert text_hash("ü") == "607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f"


def test_a_text_with_half_a_character_has_a_hash() -> None:
    assert text_hash("\ud83d") != text_hash("")


def test_a_document_with_anything_else_is_another_version(make_coded: CodedFactory) -> None:
    document = make_coded().document
    changes: dict[str, Any] = {
        "id": "b", "text": document.text + " ", "title": "x", "publisher": "x", "published": date(2020, 9, 16),
        "author": "x", "language": "en", "url": "x", "licence": "x",
    }  # fmt: skip
    keys = {document_key(replace(document, **{name: value})) for name, value in changes.items()}
    assert len(keys) == len(changes)
    assert document_key(document) not in keys
    assert document_key(document) == document_key(replace(document))


def test_what_a_mention_says_is_its_id_and_its_name_is_not(make_coded: CodedFactory) -> None:
    mention = make_coded().mentions[0]
    key = mention_key("doc-1", mention)
    assert mention_key("doc-1", replace(mention, id="other", context="m9", event="e")) == key
    changes: list[dict[str, Any]] = [
        {"type": "lockout"}, {"form": "walkout"}, {"modality": "planned"}, {"scope": "total"}, {"places": ()},
        {"actors": ()}, {"claims": ()}, {"demands": (Span(0, 5, "About"),)}, {"means": ("other",)}, {"evidence": ()},
        {"date": replace(mention.date, end=None)},
    ]  # fmt: skip
    keys = {mention_key("doc-1", replace(mention, **change)) for change in changes} | {mention_key("doc-2", mention)}
    assert len(keys) == len(changes) + 1
    assert key not in keys


def test_two_claims_alike_of_one_mention_have_two_ids(make_coded: CodedFactory) -> None:
    claim = make_coded().mentions[0].claims[0]
    assert claim_key("m-1", 0, claim) != claim_key("m-1", 1, claim)
    assert claim_key("m-1", 0, claim) != claim_key("m-1", 0, replace(claim, said_by=()))


@pytest.mark.parametrize("field", ["low", "high"])
def test_open_and_zero_are_not_the_same(make_coded: CodedFactory, field: str) -> None:
    claim = make_coded().mentions[0].claims[0]
    open_end: dict[str, Any] = {field: None}
    zero: dict[str, Any] = {field: 0}
    assert claim_key("m", 0, replace(claim, **open_end)) != claim_key("m", 0, replace(claim, **zero))
