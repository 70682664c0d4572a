"""Raw csv, tsv and JSON Lines read back to what was there; for spreadsheets they run nothing."""

import csv
import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.tabled import ROWS, TABLE, written
from tests.export.test_cells import FORMULAS

from tocsin.export.losses import Loss
from tocsin.export.tables import Column, Row, Table, Value

words = st.text(st.characters(codec="utf-8"), min_size=1)
values: dict[str, st.SearchStrategy[Any]] = {
    "string": words,
    "integer": st.integers(-(2**62), 2**62),
    "number": st.one_of(st.integers(-(2**62), 2**62), st.floats(allow_nan=False, allow_infinity=False)),
    "boolean": st.booleans(),
    "date": st.dates(),
    "datetime": st.datetimes(timezones=st.just(UTC)),
}
rows = st.tuples(*(st.none() | values[column.kind] for column in TABLE.columns[1:])).map(lambda cells: ("a", *cells))


def _cells(data: bytes, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=separator))


def _read(cell: str, kind: str) -> Value:
    if cell == "":
        return None
    match kind:
        case "integer":
            return int(cell)
        case "number":
            return float(cell) if set(cell) & set(".en") else int(cell)
        case "boolean":
            return {"true": True, "false": False}[cell]
        case "date":
            return date.fromisoformat(cell)
        case "datetime":
            return datetime.fromisoformat(cell)
    return cell


@pytest.mark.parametrize(("layout", "separator"), [("csv", ","), ("tsv", "\t")])
@given(row=rows)
def test_raw_cells_read_back_to_what_was_there(layout: str, separator: str, row: Row) -> None:
    data, losses = written(layout, [row])
    head, cells = _cells(data, separator)
    assert tuple(head) == TABLE.names
    kinds = [column.kind for column in TABLE.columns]
    assert tuple(_read(cell, kind) for cell, kind in zip(cells, kinds, strict=True)) == row
    assert not losses


@given(rows)
def test_lines_of_json_read_back_to_what_was_there(row: Row) -> None:
    data, losses = written("jsonl", [row])
    assert data.count(b"\n") == 1
    read = json.loads(data)
    assert tuple(read) == TABLE.names
    kinds = [column.kind for column in TABLE.columns]
    dated = ("date", "datetime")
    found = [
        _read(cell, kind) if kind in dated and cell is not None else cell
        for cell, kind in zip(read.values(), kinds, strict=True)
    ]
    assert tuple(found) == row
    assert not losses


@pytest.mark.parametrize(("layout", "separator"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize("formula", FORMULAS)
def test_for_a_spreadsheet_every_formula_is_words(layout: str, separator: str, formula: str) -> None:
    data, losses = written(layout, [("a", formula, 1, -2.5, None, None, None)], spreadsheet=True)
    assert data.startswith(b"\xef\xbb\xbf")
    _, cells = _cells(data.removeprefix(b"\xef\xbb\xbf"), separator)
    assert cells[1].replace("'", "") == formula.replace("'", "")
    assert cells[1] != formula
    assert cells[3] == "-2.5"
    assert losses == [Loss("a", "words", "words that a spreadsheet would run", "an apostrophe before them")]


def test_raw_has_no_mark_before_it_and_no_apostrophe() -> None:
    data, losses = written("csv")
    assert data.startswith(b"id,words,")
    assert _cells(data, ",")[4][1] == "=1+1"
    assert not losses


def test_a_table_without_rows_is_its_head() -> None:
    table = Table("none", "nothing", (Column("id", "string", "id"), Column("words", "string", "words")), ("id",))
    assert written("csv", (), table=table)[0] == b"id,words\r\n"
    assert written("tsv", (), table=table)[0] == b"id\twords\r\n"
    assert written("jsonl", (), table=table)[0] == b""
    assert len(ROWS) == 4
