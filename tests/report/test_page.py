"""The file as a file: one, self-contained, the same every time, and whatever it is fed stays text in it."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from bench.demo import expected_documents
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.hostile import PAYLOADS, hostile_document, hostile_documents

from tocsin.codebook.tables import Faults, read_table
from tocsin.codebook.types import Vocabulary, parse_types
from tocsin.datamodel import CodedDocument, Document
from tocsin.report import render_report

EXPECTED = list(expected_documents())


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text of scripts and styles."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.text: list[str] = []
        self._inside: str | None = None
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in self.raw:
            self._inside = tag
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.raw[self._inside][-1] += data
        else:
            self.text.append(data)

    @property
    def data(self) -> Any:
        """What the script reads."""
        return json.loads(self.raw["script"][0])


def attributes(page: Page) -> Iterable[tuple[str, str, str]]:
    return ((tag, name, value or "") for tag, attrs in page.elements for name, value in attrs.items())


def test_the_page_loads_nothing(vocabulary: Vocabulary) -> None:
    page = Page(render_report(EXPECTED, vocabulary))
    assert not {tag for tag, _ in page.elements} & {"link", "img", "iframe", "object", "embed", "base", "form", "audio"}
    assert {value for _, name, value in attributes(page) if name in ("src", "href", "srcset", "action", "data")} == {
        "#list"
    }
    assert "@import" not in page.raw["style"][0]
    assert "url(" not in page.raw["style"][0]
    # The one address in the script names the SVG elements and is never fetched.
    assert set(re.findall(r"https?://[^\s\"'`]+", page.raw["script"][1])) == {"http://www.w3.org/2000/svg"}


def test_the_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else(vocabulary: Vocabulary) -> None:
    page = Page(render_report(EXPECTED, vocabulary))
    policy = next(a["content"] for tag, a in page.elements if tag == "meta" and "http-equiv" in a) or ""

    def hashed(source: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode() + "'"

    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "script-src": hashed(page.raw["script"][1]),
        "style-src": hashed(page.raw["style"][0]),
        "img-src": "blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert [attrs.get("type") for tag, attrs in page.elements if tag == "script"] == ["application/json", "module"]


def test_without_texts_the_page_is_under_600_kb(vocabulary: Vocabulary) -> None:
    texts = sum(len(one.document.text) for one in EXPECTED)
    assert len(render_report(EXPECTED, vocabulary).encode()) - texts < 600_000


def test_the_same_documents_in_any_order_give_the_same_file(vocabulary: Vocabulary) -> None:
    assert render_report(EXPECTED, vocabulary) == render_report(iter(EXPECTED[::-1]), vocabulary)


def test_every_quote_of_every_claim_is_where_the_script_will_mark_it(vocabulary: Vocabulary) -> None:
    data = Page(render_report(EXPECTED, vocabulary)).data
    claims = 0
    for mention in data["mentions"]:
        units = data["documents"][mention["d"]]["text"].encode("utf-16-le")
        for claim in mention["claims"]:
            start, end, _ = claim["marks"][0]
            assert units[2 * start : 2 * end].decode("utf-16-le") == claim["quote"]
            claims += 1
    assert claims == sum(len(m.claims) for one in EXPECTED for m in one.mentions) > 40


def test_totals_stand_apart_from_the_list_and_all_mentions_are_on_the_page(vocabulary: Vocabulary) -> None:
    source = render_report(EXPECTED, vocabulary)
    totals, rest = source.split('<section class="all"')[0], source.split('<section class="all"')[1]
    wanted = [m for one in EXPECTED for m in one.mentions]
    assert totals.count(' data-row="') == sum(m.scope == "total" for m in wanted) > 0
    assert rest.count(' data-row="') == sum(m.scope != "total" for m in wanted)


def test_what_is_not_known_is_said_not_to_be(vocabulary: Vocabulary) -> None:
    one = next(one for one in EXPECTED if one.document.publisher == "Evening Line")
    bare = replace(one.document, publisher="", published=None)
    mention = replace(one.mentions[0], claims=(), places=(), date=replace(one.mentions[0].date, start=None, end=None))
    source = render_report([CodedDocument(bare, (mention,))], vocabulary)
    for words in ("no figure given", "place not given", "Day not given", "publisher not known"):
        assert words in source
    assert "day of publication not known" in source
    assert "<h3>Day not given</h3>" in source


def test_a_country_gets_no_point_even_where_it_comes_with_one(vocabulary: Vocabulary) -> None:
    one = EXPECTED[0]
    (place,) = one.mentions[0].places
    whole = replace(one.mentions[0], places=(replace(place, name="Belarus", lat=53.7, lon=27.9),))
    assert Page(render_report([replace(one, mentions=(whole,))], vocabulary)).data["outlines"] is None


def test_background_of_long_ago_does_not_stretch_the_timeline(vocabulary: Vocabulary) -> None:
    one = EXPECTED[0]
    old = replace(one.mentions[0], id="old", date=replace(one.mentions[0].date, start=date(1994, 7, 10), end=None))
    data = Page(render_report([replace(one, mentions=(*one.mentions, old))], vocabulary)).data
    assert data["window"] == ["2020-08-09", "2020-08-11"]


@pytest.mark.parametrize(
    "documents",
    [
        [],
        [CodedDocument(Document("empty", ""), ())],
        [CodedDocument(Document("x", "No news.", published=date.max), ())],
    ],
    ids=["nothing", "an empty text", "the last day there is"],
)
def test_a_record_without_mentions_is_still_a_page(documents: list[CodedDocument], vocabulary: Vocabulary) -> None:
    assert "Every mention" in render_report(documents, vocabulary)


def test_hostile_words_make_no_element_and_no_attribute(vocabulary: Vocabulary) -> None:
    hostile = Page(render_report(hostile_documents(), vocabulary, title="".join(PAYLOADS), note="".join(PAYLOADS)))
    honest = Page(render_report([*EXPECTED, hostile_document("honest")], vocabulary, note="A note."))
    known = {(tag, name) for tag, name, _ in attributes(honest)}
    assert {tag for tag, _ in hostile.elements} <= {tag for tag, _ in honest.elements}
    assert {(tag, name) for tag, name, _ in attributes(hostile)} <= known
    assert len(hostile.raw["script"]) == 2
    assert hostile.raw["script"][1] == honest.raw["script"][1]
    assert hostile.raw["style"] == honest.raw["style"]


def test_hostile_words_reach_the_reader_as_they_are(vocabulary: Vocabulary) -> None:
    page = Page(render_report(hostile_documents(), vocabulary))
    texts = {document["text"] for document in page.data["documents"]}
    for one in hostile_documents():
        assert one.document.text.replace("\ud800", "\ufffd") in texts


VOCABULARY = parse_types(read_table("types", None, Faults()))


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=60).filter(lambda words: "\r" not in words))
def test_any_words_at_all_leave_two_scripts_and_valid_data(words: str) -> None:
    page = Page(render_report([hostile_document(words)], VOCABULARY, title=words))
    assert len(page.raw["script"]) == 2
    assert page.data["documents"][0]["text"] == hostile_document(words).document.text


def test_the_notices_of_the_code_in_it_go_along() -> None:
    script = Page(render_report(EXPECTED, VOCABULARY)).raw["script"][-1]
    for package in ("d3-geo", "d3-array", "internmap", "topojson-client", "world-atlas"):
        assert f"==== {package} " in script
    assert script.count("this permission notice appear in all copies") == 5
