"""What a page shows is what an export writes, for any choice of events; and what the readings of words come to."""

import csv
import io
from typing import Any
from urllib.parse import quote

import pytest
from tests.web.conftest import Served

from tocsin.pipeline import link_record
from tocsin.store.record import open_record

CHOICES = ("", "type=strike", "type!=strike", "status=accepted", "participants>=500", "place=Salihorsk from=2020-09-01")


@pytest.fixture
def linked(desk: Served) -> Served:
    with open_record(desk.desk.path) as record:
        link_record(record)
        record.decide("accept", next(iter(record.coded())).mentions[0].id, reviewer="Ana")
    return desk


def exported(served: Served, table: str, where: str) -> list[dict[str, str]]:
    answer = served.get(f"/export/file?form=csv&table={table}&where={quote(where)}")
    assert answer.status == 200, answer.body
    return list(csv.DictReader(io.StringIO(answer.body.removeprefix("\ufeff"))))


def shown(served: Served, page: str, where: str) -> Any:
    answer = served.get(f"/{page}.json?where={quote(where)}")
    assert answer.status == 200, answer.body
    return answer.json()


@pytest.mark.parametrize("where", CHOICES)
def test_events_are_those_that_an_export_writes(linked: Served, where: str) -> None:
    rows = shown(linked, "events", where)["rows"]
    table = exported(linked, "events", where)
    assert {row["event"]: (str(row["mentions"]), row["status"]) for row in rows} == {
        row["event"]: (row["mentions"], row["status"]) for row in table
    }


@pytest.mark.parametrize("table", ["mentions", "claims", "documents"])
@pytest.mark.parametrize("where", CHOICES)
def test_rows_are_those_that_an_export_writes(linked: Served, table: str, where: str) -> None:
    rows = [
        {
            name: "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in row.items()
        }
        for row in shown(linked, table, where)["rows"]
    ]
    assert rows == [dict(row) for row in exported(linked, table, where)]


def test_a_choice_that_is_none_is_told(linked: Served) -> None:
    answer = linked.get("/events.json?where=kind%3Dstrike")
    assert answer.status == 422
    assert "no word for events" in answer.json()["problem"]
    assert linked.get("/events?where=%3C%3C").status == 422


def test_each_state_of_the_table_is_an_address(linked: Served) -> None:
    start = shown(linked, "events", "")
    chosen = [value for name, values, _ in start["facets"] for value in values]
    assert chosen
    for value in chosen:
        address = value["address"].replace("/events?", "/events.json?")
        answer = linked.get(address)
        assert answer.status == 200, answer.body
        assert answer.json()["total"] == value["count"], value


@pytest.mark.parametrize(
    ("field", "words", "expected"),
    [
        ("claim", "About 400 miners", {"low": 400, "high": 400, "approx": True}),
        ("place", "Soligorsk", {"name": "Soligorsk", "country": "BY"}),
        (
            "date",
            "Monday",
            {"date": {"start": "2020-09-14", "end": "2020-09-14", "precision": "day", "basis": "relative"}},
        ),
        (
            "said_by",
            "the union",
            {"said_by": [{"span": {"start": 52, "end": 61, "quote": "the union"}, "kind": "union"}]},
        ),
        ("demand", "walked out", {"span": {"start": 17, "end": 27, "quote": "walked out"}}),
    ],
)
def test_selected_words_are_read(desk: Served, field: str, words: str, expected: dict[str, Any]) -> None:
    with open_record(desk.desk.path) as record:
        state = record.state("a")
        mention = state.mentions[0].mention.id
        start = state.document.text.index(words)
    asked = f"field={field}&mention={mention}&start={start}&end={start + len(words)}"
    found = desk.get(f"/documents/{state.key}/read?{asked}").json()
    assert found["quote"] == words
    assert {name: found["values"][name] for name in expected} == expected


def test_what_is_offered_can_be_saved(desk: Served) -> None:
    with open_record(desk.desk.path) as record:
        state = record.state("a")
    told = state.mentions[0]
    for part in told.parts:
        if part.kind == "evidence":
            continue
        page = desk.get(
            f"/documents/{state.key}/mend?mention={told.mention.id}&subject={quote(part.id)}&field={part.kind}"
        )
        assert page.status == 200
        assert "<form" in page.body
