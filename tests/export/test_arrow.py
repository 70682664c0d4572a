"""Tables as Arrow and Parquet: the same values, typed, in whatever a notebook uses."""

from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.export.tabled import ROWS, TABLE, written

from tocsin.export import arrow
from tocsin.export.arrow import arrow_table
from tocsin.export.losses import Loss

TYPES = ["string", "string", "int64", "double", "bool", "date32[day]", "timestamp[us, tz=UTC]"]


def _parquet(folder: Path, data: bytes) -> pa.Table:
    path = folder / "x.parquet"
    path.write_bytes(data)
    return pq.read_table(path)


def test_a_table_has_its_types_and_its_values() -> None:
    table = arrow_table(TABLE, [ROWS[:2], ROWS[2:]])
    assert [str(kind) for kind in table.schema.types] == TYPES
    assert [tuple(row.values()) for row in table.to_pylist()] == list(ROWS)
    assert table.schema.field("size").metadata == {b"description": b"any"}
    assert arrow_table(TABLE, []).num_rows == 0


def test_parquet_reads_back(tmp_path: Path) -> None:
    data, losses = written("parquet")
    table = _parquet(tmp_path, data)
    assert [str(kind) for kind in table.schema.types] == TYPES
    assert [tuple(row.values()) for row in table.to_pylist()] == list(ROWS)
    assert not losses
    assert _parquet(tmp_path, written("parquet", ())[0]).num_rows == 0
    assert data == written("parquet")[0]


def test_groups_of_rows_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "GROUP", 3)
    data, _ = written("parquet", [(str(n), *[None] * 6) for n in range(10)])
    (tmp_path / "x.parquet").write_bytes(data)
    assert pq.ParquetFile(tmp_path / "x.parquet").metadata.num_row_groups < 10
    assert _parquet(tmp_path, data).column("id").to_pylist() == [str(n) for n in range(10)]


def test_a_whole_number_that_a_double_cannot_hold_is_told(tmp_path: Path) -> None:
    large = 2**53 + 1
    data, losses = written("parquet", [("a", None, 2**62, large, *[None] * 3), ("b", None, 1, 2**60, *[None] * 3)])
    assert _parquet(tmp_path, data).column("size").to_pylist() == [2.0**53, 2.0**60]
    assert _parquet(tmp_path, data).column("count").to_pylist() == [2**62, 1]
    assert losses == [Loss("a", "size", f"the whole number {large}", "the nearest double")]


def test_pandas_polars_and_duckdb_take_it_as_it_is() -> None:
    table = arrow_table(TABLE, [ROWS])
    assert table.to_pandas()["size"].sum() == pd.DataFrame({"size": [400, 0.25, -1.5]})["size"].sum()
    frame = pl.DataFrame(table)
    assert frame["day"].drop_nulls().to_list() == [row[5] for row in ROWS if row[5]]
    asked = duckdb.connect().from_arrow(table).aggregate("count(*), sum(size), max(day)")
    assert asked.fetchall() == [(4, 398.75, ROWS[3][5])]
