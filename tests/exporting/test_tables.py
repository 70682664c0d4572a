"""The tables of a record: one content, whether rows come straight from it or from nouns, whatever is chosen."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd
import polars as pl
import pytest
from tests.exporting.conftest import SETTINGS

from tocsin.datamodel.happening import Happening
from tocsin.datamodel.where import facts_of, holds, status_of
from tocsin.errors import UsageError
from tocsin.export.rows import OF_TELLING, event_row, figure_rows, relation_row
from tocsin.export.tables import Row
from tocsin.exporting.happenings import Chosen, choice_of, chosen_events, tell_events
from tocsin.exporting.tables import RecordTables, place_precision, record_table
from tocsin.reconcile import POLICIES
from tocsin.store.record import Record

CHOICES = [
    "",
    "type=demonstration,strike",
    "country=BY from=2020-08-10 to=2020-08-31",
    "participants>=1000",
    'publisher="Northgate Wire"',
    "speaker=police,government",
    "status=accepted",
    "modality!=occurred",
    "status!=accepted speaker!=police scope=single",
]


def _rows(record: Record, name: str, chosen: Chosen) -> list[Row]:
    return [row for batch in RecordTables(record, chosen).batches(name) for row in batch]


def _dicts(record: Record, name: str, chosen: Chosen) -> list[dict[str, Any]]:
    names = RecordTables(record, chosen).table(name).names
    return [dict(zip(names, row, strict=True)) for row in _rows(record, name, chosen)]


def _told(record: Record, chosen: Chosen) -> list[Happening]:
    return list(tell_events(record, chosen_events(record, chosen), chosen))


def _told_rows(name: str, told: list[Happening]) -> Iterable[Row]:
    match name:
        case "figures":
            return [row for one in told for row in figure_rows(one.event)]
        case "relations":
            return list(dict.fromkeys(relation_row(relation) for one in told for relation in one.relations))
    return [row for one in told for telling in one.tellings for row in OF_TELLING[name](telling)]


def _same(one: Iterable[Row], other: Iterable[Row]) -> None:
    left, right = Counter(one), Counter(other)
    assert left == right, (list(left - right)[:3], list(right - left)[:3])


@pytest.mark.parametrize(("where", "convention"), [*((where, "codebook") for where in CHOICES[::2]), ("", "ccc")])
def test_rows_straight_from_the_record_are_those_of_its_nouns(record: Record, where: str, convention: str) -> None:
    chosen = Chosen(SETTINGS, choice_of([where], SETTINGS), convention=convention)
    told = _told(record, chosen)
    made = RecordTables(record, chosen)
    rejected = {mention for mention, decision in record.judgements().items() if decision == "reject"}
    for name in ("figures", "relations", "mentions", "claims", "places", "quotes"):
        rows = [row for batch in made.batches(name) for row in batch]
        if name not in ("figures", "relations"):
            at = made.table(name).place("mention")
            rows = [row for row in rows if row[at] not in rejected]
        _same(rows, _told_rows(name, told))
    attributes = made._attributes
    policy = POLICIES["median"]
    _same(
        made.event_rows,
        [
            event_row(
                one.event,
                attributes,
                status=status_of(telling.decision for telling in one.tellings),
                documents=len({telling.document.id for telling in one.tellings}),
                policy=policy,
                convention=convention,
                precise=place_precision,
            )
            for one in told
        ],
    )
    assert [event.id for event in made.events] == [happening.event.id for happening in told]


@pytest.mark.parametrize("where", CHOICES)
def test_what_is_chosen_is_what_holds(record: Record, where: str) -> None:
    every = Chosen(SETTINGS)
    terms = choice_of([where], SETTINGS)
    fits = {told.event.id for told in _told(record, every) if holds(terms, facts_of(told))}
    chosen = Chosen(SETTINGS, terms)
    assert {event.id for event in chosen_events(record, chosen)} == fits
    assert 0 < len(fits) <= len(chosen_events(record, every))
    mentions = {row["mention"]: row["event"] for row in _dicts(record, "mentions", chosen)}
    assert {event for event in mentions.values() if event} == fits
    claims = _dicts(record, "claims", chosen)
    assert {claim["mention"] for claim in claims} <= set(mentions)
    documents = {row["document"] for row in _dicts(record, "documents", chosen)}
    assert {row["document"] for row in _dicts(record, "mentions", chosen)} == documents or not where


def test_without_a_choice_all_documents_are_there_and_decisions_too(record: Record) -> None:
    chosen = Chosen(SETTINGS)
    assert len(_rows(record, "documents", chosen)) == record.sizes().documents
    assert len(_rows(record, "mentions", chosen)) == record.sizes().mentions
    decisions = _dicts(record, "decisions", chosen)
    assert [row["kind"] for row in decisions][:3] == ["accept", "reject", "reject"]
    assert [row["undone"] for row in decisions][:3] == [False, False, True]
    assert decisions[0]["reason"] == "seen"
    assert decisions[1]["reason"] is None
    accepted = choice_of(["status=accepted"], SETTINGS)
    assert [row["kind"] for row in _dicts(record, "decisions", Chosen(SETTINGS, accepted))] == ["accept"]


def test_what_was_rejected_tells_of_no_event_and_what_was_mended_is_as_mended(record: Record) -> None:
    mentions = _dicts(record, "mentions", Chosen(SETTINGS))
    (rejected,) = [row for row in mentions if row["decision"] == "reject"]
    assert rejected["event"] is None
    fits = choice_of([f"type={rejected['type']} status=rejected"], SETTINGS)
    assert [row["mention"] for row in _dicts(record, "mentions", Chosen(SETTINGS, fits))] == [rejected["mention"]]
    assert not _rows(record, "events", Chosen(SETTINGS, fits))
    (mended,) = [row for row in _dicts(record, "claims", Chosen(SETTINGS)) if row["high"] == 77777]
    assert mended["low"] == 7


def test_every_quote_is_the_words_there(record: Record) -> None:
    chosen = Chosen(SETTINGS)
    texts = {row["document"]: row["text"] for row in _dicts(record, "documents", chosen)}
    told = {row["mention"]: texts[row["document"]] for row in _dicts(record, "mentions", chosen)}
    quotes = [row for name in ("claims", "places", "quotes") for row in _dicts(record, name, chosen)]
    placed = [row for row in quotes if row["quote_start"] is not None]
    assert len(placed) > 300
    for row in placed:
        assert told[row["mention"]][row["quote_start"] : row["quote_end"]] == row["quote"]


def test_an_event_has_the_figure_that_the_figures_have(record: Record) -> None:
    chosen = Chosen(SETTINGS, policy="range")
    events = {row["event"]: row for row in _dicts(record, "events", chosen)}
    figures = _dicts(record, "figures", chosen)
    assert {row["policy"] for row in events.values()} == {"range"}
    compared = 0
    for figure in figures:
        row, name = events[figure["event"]], figure["attribute"]
        if figure["unit"] is None:
            numbers = [row[f"{name}_{end}"] for end in ("low", "best", "high", "voices")]
            assert numbers == [figure[end] for end in ("low", "best", "high", "voices")]
            compared += 1
    assert compared > 20


def test_a_record_that_was_not_linked_has_an_event_a_mention(tmp_path: Any, make_coded: Any) -> None:
    from tocsin.store.record import open_record

    with open_record(tmp_path / "r.tocsin") as record:
        record.add(make_coded(), run=record.start_run("test", "test"), coder="test")
        chosen = Chosen(SETTINGS)
        mentions = {row["mention"]: row["event"] for row in _dicts(record, "mentions", chosen)}
        assert all(mention == event for mention, event in mentions.items())
        assert {row["event"] for row in _dicts(record, "events", chosen)} == set(mentions)


def test_a_table_is_what_notebooks_take(record: Record) -> None:
    table = record_table(record, "claims", Chosen(SETTINGS))
    frame: pd.DataFrame = table.to_pandas()
    assert len(frame) == len(pl.DataFrame(table)) == record.sizes().claims
    with pytest.raises(UsageError, match="'strikes': is not known"):
        record_table(record, "strikes", Chosen(SETTINGS))
