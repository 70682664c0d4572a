"""Coded documents: what is read is written again, and what is wrong is said."""

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import CodedFactory

from tocsin.datamodel import Note
from tocsin.datamodel.coded import parse, parse_document, read, read_objects, spans, to_json, write
from tocsin.errors import CodedError

SHARED = Path(__file__).parents[2].parent / "shared"
GOLD = sorted([*SHARED.glob("gold/dev/*.json"), *SHARED.glob("gold/train/*.json*"), *SHARED.glob("seed/*.json")])


def _canonical(data: Any) -> str:
    return json.dumps(data, sort_keys=True, ensure_ascii=False)


@pytest.mark.skipif(not SHARED.is_dir(), reason="NEEDS ../shared, which is not in this checkout")
@pytest.mark.parametrize("file", GOLD, ids=lambda file: file.name)
def test_the_gold_is_read_and_written_again(file: Path) -> None:
    for data in read_objects(file):
        coded = parse(data)
        assert coded.ungrounded == 0
        assert _canonical(to_json(coded)) == _canonical(data)


@pytest.mark.skipif(not SHARED.is_dir(), reason="NEEDS ../shared, which is not in this checkout")
def test_there_is_gold() -> None:
    assert len(GOLD) > 40


def test_notes_on_how_a_document_was_coded_go_with_it(make_coded: CodedFactory) -> None:
    notes = (Note("dropped", "quote", "500 miners", mention="m1"), Note("fallback", "document", "refused", "tagger"))
    coded = replace(make_coded(), notes=notes)
    assert parse(to_json(coded)) == coded


def test_a_coded_document_survives_the_way_through_a_file(tmp_path: Path, make_coded: CodedFactory) -> None:
    both = [make_coded("a", url="https://example.org"), make_coded("b", publisher="État – 新聞")]
    (tmp_path / "coded.jsonl").write_text("".join(write(both)), encoding="utf-8")
    assert list(read(tmp_path / "coded.jsonl")) == both
    assert list(read(tmp_path)) == both


def test_a_list_and_one_object_are_read_too(tmp_path: Path, make_coded: CodedFactory) -> None:
    one = to_json(make_coded("a"))
    (tmp_path / "a.json").write_text(json.dumps(one), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps([one, one]), encoding="utf-8")
    assert [coded.document.id for coded in read(tmp_path)] == ["a", "a", "a"]


def test_a_line_that_holds_a_separator_of_unicode_is_one_line(tmp_path: Path, make_coded: CodedFactory) -> None:
    coded = make_coded("a", publisher="a\u2028b\x85c")
    (tmp_path / "a.jsonl").write_text("".join(write([coded, coded])), encoding="utf-8")
    assert list(read(tmp_path)) == [coded, coded]


@settings(max_examples=50)
@given(title=st.text(max_size=20), publisher=st.text(max_size=20), author=st.none() | st.text(min_size=1, max_size=20))
def test_the_fields_of_a_document_come_back(title: str, publisher: str, author: str | None) -> None:
    document = parse_document({"id": "a", "text": "x", "title": title, "publisher": publisher, "author": author})
    assert (document.title, document.publisher, document.author) == (title, publisher, author)


def test_a_document_needs_an_id_and_a_text_alone() -> None:
    document = parse_document({"id": 7, "text": "Miners struck."})
    assert (document.id, document.title, document.publisher, document.published) == ("7", "", "", None)


def test_quotes_are_looked_for_in_the_evidence_first(make_coded: CodedFactory) -> None:
    text = (
        "The union met. About 400 miners walked out in Soligorsk on Monday, the union said. Police detained 12 of them."
    )
    data = to_json(make_coded())
    data["document"]["text"] = text
    speaker = parse(data).mentions[0].claims[0].said_by[0].span
    assert speaker.quote == "the union"
    assert speaker.start == text.index("the union said")


def test_every_quote_of_a_mention_is_a_span(make_coded: CodedFactory) -> None:
    coded = make_coded()
    assert [span.quote for span in spans(coded.mentions[0])] == [
        "About 400 miners walked out in Soligorsk on Monday, the union said.", "walked out", "Soligorsk", "miners",
        "About 400 miners", "the union",
    ]  # fmt: skip


def _without(data: dict[str, Any], *path: str | int) -> dict[str, Any]:
    changed = copy.deepcopy(data)
    at: Any = changed
    for key in path[:-1]:
        at = at[key]
    del at[path[-1]]
    return changed


@pytest.mark.parametrize(
    "path",
    [("document", "text"), ("document", "id"), ("events",), ("events", 0, "type"), ("events", 0, "date", "precision"),
     ("events", 0, "claims", 0, "low"), ("events", 0, "evidence", 0, "trigger"), ("events", 1, "places")],
)  # fmt: skip
def test_a_missing_key_is_said_with_the_document(make_coded: CodedFactory, path: tuple[str | int, ...]) -> None:
    with pytest.raises(CodedError, match=r"coded document|document a"):
        parse(_without(to_json(make_coded()), *path))


@pytest.mark.parametrize("data", [None, [], 3, "x", {}, {"document": []}, {"document": {"id": "a", "text": None}}])
def test_what_is_no_coded_document_is_refused(data: Any) -> None:
    with pytest.raises(CodedError):
        parse(data)


def test_a_quote_that_stands_nowhere_is_refused_or_kept_without_a_place(make_coded: CodedFactory) -> None:
    data = to_json(make_coded())
    data["events"][0]["actors"][0]["quote"] = "bakers"
    with pytest.raises(CodedError, match="bakers"):
        parse(data)
    loose = parse(data, strict=False)
    assert not loose.mentions[0].actors[0].span.placed
    assert loose.ungrounded == 1
    assert to_json(loose) == data


def test_a_line_that_is_no_json_is_named(tmp_path: Path, make_coded: CodedFactory) -> None:
    (tmp_path / "a.jsonl").write_text("".join(write([make_coded()])) + "\nnot json\n", encoding="utf-8")
    with pytest.raises(CodedError, match="line 3"):
        list(read(tmp_path / "a.jsonl"))
