"""What is exported says what the record says, and runs nothing."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.datamodel import Actor, CodedDocument, DateRange, Span
from tocsin.export import WRITERS, Writer, write_csv, write_geojson, write_jsonl
from tocsin.export.cells import DANGEROUS, plain_cell


@pytest.fixture
def coded(make_coded: Any) -> CodedDocument:
    made: CodedDocument = make_coded()
    return made


def _csv(coded: CodedDocument, judgements: dict[str, str] | None = None) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    write_csv([coded], judgements or {}, out)
    assert out.getvalue().startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(out.getvalue().removeprefix("\ufeff"), newline="")))


def _jsonl(coded: CodedDocument) -> list[dict[str, Any]]:
    out = io.StringIO()
    write_jsonl([coded], {}, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_csv_has_a_row_a_claim_and_one_for_a_mention_without_any(coded: CodedDocument) -> None:
    strike, detention = _csv(coded, {"m2": "reject"})
    assert (strike["attribute"], strike["low"], strike["high"], strike["approx"]) == (
        "participants",
        "400",
        "400",
        "true",
    )
    assert (strike["said_by"], strike["said_by_kind"]) == ("the union", "union")
    assert (strike["date_start"], strike["date_precision"], strike["date_basis"]) == ("2020-09-14", "day", "relative")
    assert (detention["claim"], detention["low"], detention["date_start"]) == ("", "", "")
    assert (strike["decision"], detention["decision"]) == ("", "reject")
    text = coded.document.text
    assert text[int(strike["quote_start"]) : int(strike["quote_end"])] == strike["quote"] == "About 400 miners"
    assert text[int(strike["evidence_start"]) : int(strike["evidence_end"])] == strike["evidence"]


def test_unknown_is_empty_and_zero_is_0(coded: CodedDocument) -> None:
    claim = replace(coded.mentions[0].claims[0], low=0, high=None)
    mention = replace(coded.mentions[0], claims=(claim,), date=DateRange())
    (row,) = _csv(replace(coded, mentions=(mention,)))
    assert (row["low"], row["high"], row["date_start"], row["hedge"]) == ("0", "", "", "")
    (line,) = _jsonl(replace(coded, mentions=(mention,)))
    assert (line["claims"][0]["low"], line["claims"][0]["high"], line["date"]["start"]) == (0, None, None)


@pytest.mark.parametrize("start", DANGEROUS)
def test_no_cell_of_words_begins_as_a_formula(coded: CodedDocument, start: str) -> None:
    evil = f'{start}HYPERLINK("http://example.invalid";"x")'
    document = replace(coded.document, title=evil, publisher=evil, id=evil, url=evil)
    mention = replace(coded.mentions[0], demands=(Span.unplaced(evil),), actors=(Actor(evil, Span.unplaced(evil)),))
    for row in _csv(CodedDocument(document, (mention,))):
        assert not [column for column, cell in row.items() if cell.startswith(DANGEROUS)]
        assert row["title"] == "'" + evil


@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False), st.booleans(), st.none()))
def test_a_cell_is_safe_or_a_number_and_words_lose_nothing(value: Any) -> None:
    cell = plain_cell(value)
    if isinstance(value, str):
        assert not cell.startswith(DANGEROUS)
        assert value in (cell, cell[1:])
    elif value is not None and not isinstance(value, bool):
        assert type(value)(cell) == value


def test_jsonl_has_every_quote_with_its_place(coded: CodedDocument) -> None:
    quotes = []

    def look(value: Any) -> None:
        if isinstance(value, dict):
            if "quote" in value:
                quotes.append((value["quote"], coded.document.text[value["start"] : value["end"]]))
            for inner in value.values():
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)

    look(_jsonl(coded))
    assert len(quotes) == 9
    assert all(quote == words for quote, words in quotes)


def test_geojson_has_longitude_first_and_no_geometry_where_the_place_is_not_known(coded: CodedDocument) -> None:
    place = replace(coded.mentions[0].places[0], lat=52.79, lon=27.54)
    out = io.StringIO()
    write_geojson([replace(coded, mentions=(replace(coded.mentions[0], places=(place,)), coded.mentions[1]))], {}, out)
    collection = json.loads(out.getvalue())
    assert collection["type"] == "FeatureCollection"
    strike, detention = collection["features"]
    assert strike["geometry"] == {"type": "Point", "coordinates": [27.54, 52.79]}
    assert strike["properties"]["place"] == "Salihorsk"
    assert detention["geometry"] is None


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS.keys())
def test_an_empty_record_is_a_well_formed_file(writer: Writer) -> None:
    out = io.StringIO(newline="")
    assert writer([], {}, out) == 0
    if writer is write_geojson:
        assert json.loads(out.getvalue())["features"] == []
