"""Mentions of several documents come together, whatever their order, and never against what cannot be."""

import random
from datetime import date

import pytest

from tocsin.codebook import load_codebook
from tocsin.datamodel import CodedDocument, DateRange, Mention
from tocsin.datamodel.coded import parse
from tocsin.errors import CodedError
from tocsin.gazetteer import open_gazetteer
from tocsin.link import LinkResult, link_mentions, name_mentions


def _mention(
    name: str = "e1",
    *,
    kind: str = "demonstration",
    day: str = "2020-08-16",
    place: str = "Minsk",
    low: int = 5000,
    scope: str = "single",
    text: str,
    trigger: str = "marched",
) -> dict[str, object]:
    return {
        "id": name,
        "type": kind,
        "form": "march",
        "modality": "occurred",
        "scope": scope,
        "date": {"start": day, "end": day, "precision": "day", "basis": "stated"},
        "places": [{"quote": None, "name": place, "country": "BY", "admin1": None}],
        "actors": [],
        "claims": [
            {
                "attribute": "participants",
                "low": low,
                "high": low,
                "approx": False,
                "unit": None,
                "quote": str(low),
                "said_by": [],
                "hedge": None,
            }
        ],
        "demands": [],
        "means": [],
        "context": None,
        "evidence": [{"text": text, "trigger": trigger}],
    }


def _document(name: str, low: int = 5000, *, published: str = "2020-08-17", **told: str) -> CodedDocument:
    place = told.get("place", "Minsk")
    text = f"Crowds of {low} marched through {place} for Maria Kalesnikava in the report of {name}."
    document = {"id": name, "text": text, "title": "", "publisher": name, "published": published}
    return parse({"document": document, "events": [_mention(low=low, text=text, **told)]})


def _link(coded: list[CodedDocument], **decided: list[tuple[str, str]]) -> LinkResult:
    return link_mentions(
        list(name_mentions(coded)),
        load_codebook().link,
        open_gazetteer(),
        same=decided.get("same", []),
        different=decided.get("different", []),
    )


MARCHES = [_document("a"), _document("b", 5000), _document("c", 6000)]
OTHERS = [_document("d", place="Hrodna"), _document("e", day="2020-09-06"), _document("f", scope="total")]


def test_three_tellings_of_one_march_are_one_event() -> None:
    assert _link(MARCHES).clusters == (("a/e1", "b/e1", "c/e1"),)


def test_another_city_another_day_and_a_total_are_events_of_their_own() -> None:
    result = _link([*MARCHES, *OTHERS])
    assert result.clusters == (("a/e1", "b/e1", "c/e1"), ("d/e1",), ("e/e1",), ("f/e1",))


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_documents_changes_nothing(seed: int) -> None:
    documents = [*MARCHES, *OTHERS]
    before = _link(documents)
    random.Random(seed).shuffle(documents)
    assert _link(documents) == before


def test_a_pair_explains_itself_and_its_weights_add_up() -> None:
    result = _link(MARCHES)
    rules = load_codebook().link
    steps = result.pairs["a/e1", "b/e1"]
    assert ("days", "same day") in [(step.comparison, step.level) for step in steps]
    assert rules.prior + sum(step.weight for step in steps) > rules.threshold


def test_a_person_decides_against_the_program() -> None:
    result = _link([*MARCHES, *OTHERS], different=[("a/e1", "b/e1")], same=[("d/e1", "e/e1")])
    assert ("d/e1", "e/e1") in result.clusters
    assert not any({"a/e1", "b/e1"} <= set(cluster) for cluster in result.clusters)


def test_two_mentions_of_one_document_are_never_one() -> None:
    text = "About 5000 marched through Minsk, and later 5000 marched again."
    document = {"id": "x", "text": text, "published": "2020-08-17"}
    coded = parse({"document": document, "events": [_mention("e1", text=text), _mention("e2", text=text)]})
    assert _link([coded]).clusters == (("x/e1",), ("x/e2",))


def test_ids_that_are_not_unique_are_refused() -> None:
    with pytest.raises(CodedError, match="twice"):
        link_mentions([_document("a"), _document("b")], load_codebook().link, open_gazetteer())


def test_nothing_gives_nothing() -> None:
    assert _link([]).clusters == ()


def test_a_mention_without_day_or_place_harms_no_one() -> None:
    bare = _document("g")
    mention: Mention = bare.mentions[0]
    without = CodedDocument(
        bare.document,
        (Mention(**{**{f: getattr(mention, f) for f in Mention.__slots__}, "date": DateRange(), "places": ()}),),
    )
    result = _link([*MARCHES, without])
    assert sorted(name for cluster in result.clusters for name in cluster) == ["a/e1", "b/e1", "c/e1", "g/e1"]
    assert date(2020, 8, 17) == bare.document.published
