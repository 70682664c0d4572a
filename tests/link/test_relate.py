"""What covers, holds or follows what, without being one event with it."""

from typing import Any

import pytest

from tocsin.codebook import load_codebook
from tocsin.datamodel import CodedDocument
from tocsin.datamodel.coded import parse
from tocsin.datamodel.relation import Relation
from tocsin.gazetteer import open_gazetteer
from tocsin.link import link_mentions, name_mentions


def _told(name: str, kind: str, sentence: str, trigger: str, **more: Any) -> dict[str, Any]:
    """A mention of what Minsk saw on 13 September 2020, with what differs."""
    start = more.pop("start", "2020-09-13")
    end = more.pop("end", start)
    where = more.pop("place", "Minsk")
    date = {"start": start, "end": end, "precision": "day", "basis": "stated"}
    mention: dict[str, Any] = {
        "id": name,
        "type": kind,
        "form": None,
        "modality": "occurred",
        "scope": "single",
        "date": date,
        "places": [{"quote": None, "name": where, "country": "BY", "admin1": None}],
        "actors": [],
        "claims": [],
        "demands": [],
        "means": [],
        "context": None,
        "evidence": [{"text": sentence, "trigger": trigger}],
    }
    return mention | more


def _document(name: str, *mentions: dict[str, Any], published: str = "2020-09-20") -> CodedDocument:
    text = " ".join(dict.fromkeys(e["text"] for m in mentions for e in m["evidence"]))
    document = {"id": name, "text": text, "title": "", "publisher": name, "published": published}
    return parse({"document": document, "events": list(mentions)})


def _relations(*coded: CodedDocument) -> list[tuple[str, str, str]]:
    named = list(name_mentions(coded))
    result = link_mentions(named, load_codebook().link, open_gazetteer())
    assert all(isinstance(one, Relation) and one.reason for one in result.relations)
    backwards = link_mentions(named[::-1], load_codebook().link, open_gazetteer())
    assert backwards.relations == result.relations
    return [(one.kind, one.holder, one.member) for one in result.relations]


MARCH = _told("m", "demonstration", "Thousands marched through Minsk.", "marched")
HELD = _told("d", "detention", "Police held 40 marchers in Minsk.", "held", context="m")


def test_a_detention_is_tied_to_the_demonstration_it_happened_at() -> None:
    assert _relations(_document("a", MARCH, HELD)) == [("within", "a/m", "a/d")]


def test_a_total_holds_the_singles_of_its_days_and_places_alone() -> None:
    sentence = "More than 1,000 have been detained across Belarus since 5 September."
    days = {"start": "2020-09-05", "end": "2020-09-20"}
    total = _told("t", "detention", sentence, "detained", scope="total", place="Belarus", **days)
    early = _told("x", "detention", "Police held a man in Minsk on 1 September.", "held", start="2020-09-01")
    found = _relations(_document("a", MARCH, HELD), _document("b", total), _document("c", early))
    assert found == [("covers", "b/t", "a/d"), ("within", "a/m", "a/d")]


@pytest.mark.parametrize(("day", "held"), [("2020-09-13", True), ("2020-09-12", False)])
def test_a_series_holds_what_falls_on_its_day_of_the_week(day: str, held: bool) -> None:
    sentence = "Every Sunday people march through Minsk."
    days = {"start": "2020-08-16", "end": "2020-09-20"}
    series = _told("s", "demonstration", sentence, "march", scope="series", **days)
    march = _told("m", "demonstration", "Thousands marched through Minsk.", "marched", start=day)
    assert _relations(_document("a", march), _document("b", series)) == [("series", "b/s", "a/m")] * held


def _stoppage(name: str, day: str, employer: str, demand: str) -> dict[str, Any]:
    sentence = f"Miners of {employer} walked out for {demand}."
    actors = [{"role": "employer", "quote": employer}]
    more = {"actors": actors, "demands": [demand], "place": "Salihorsk", "start": day}
    return _told("s", "strike", sentence, "walked out", **more)


def test_one_employer_and_one_demand_are_one_dispute() -> None:
    first = _document("a", _stoppage("s", "2020-08-17", "Belaruskali", "higher wages"))
    later = _document("b", _stoppage("s", "2020-11-02", "Belaruskali", "wages paid on time"))
    other = _document("c", _stoppage("s", "2020-11-02", "Belaruskali", "the release of a colleague"))
    foreign = _document("d", _stoppage("s", "2020-11-02", "Grodno Azot", "higher wages"))
    assert _relations(first, later, other, foreign) == [("dispute", "a/s", "b/s")]


def test_custody_of_a_named_person_is_followed_stage_by_stage() -> None:
    def stage(kind: str, day: str, name: str, verb: str) -> dict[str, Any]:
        sentence = f"A court in Minsk heard that {name} was {verb}."
        return _told("x", kind, sentence, verb, start=day, actors=[{"role": "target", "quote": name}])

    found = _relations(
        _document("a", stage("detention", "2020-09-07", "Maria Kalesnikava", "detained")),
        _document("b", stage("charge", "2020-09-16", "Maryia Kalesnikava", "charged")),
        _document("c", stage("sentence", "2021-09-06", "Maria Kalesnikava", "sentenced"), published="2021-09-07"),
        _document("d", stage("charge", "2020-09-16", "Maksim Znak", "charged")),
    )
    assert found == [("custody", "a/x", "b/x"), ("custody", "b/x", "c/x")]
