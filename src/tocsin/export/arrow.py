"""Tables as Arrow, which pandas, polars and DuckDB take as they are, and as Parquet."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from tocsin.export.cells import EXACT
from tocsin.export.losses import Loss
from tocsin.export.tables import BOOLEAN, DAY, INTEGER, NUMBER, TEXT, TIME, Batch, Column, Row, Table, Value
from tocsin.export.text import Note

if TYPE_CHECKING:
    import pyarrow as pa

#: Rows of a group in a Parquet file: readers skip whole groups, and one is held in memory while it is made.
GROUP = 50_000


def arrow_schema(table: Table) -> "pa.Schema":
    """Return the types of a table's columns; what each holds is in its metadata."""
    import pyarrow as pa

    types = {
        TEXT: pa.string(),
        INTEGER: pa.int64(),
        NUMBER: pa.float64(),
        BOOLEAN: pa.bool_(),
        DAY: pa.date32(),
        TIME: pa.timestamp("us", "UTC"),
    }
    return pa.schema(
        [pa.field(column.name, types[column.kind], metadata={"description": column.what}) for column in table.columns]
    )


def arrow_table(table: Table, batches: Iterable[Batch]) -> "pa.Table":
    """Return a table whole."""
    import pyarrow as pa

    schema = arrow_schema(table)
    return pa.Table.from_batches(
        [_record_batch(table, schema, rows, lambda loss: None) for rows in _groups(batches)], schema
    )


def write_parquet(table: Table, batches: Iterable[Batch], out: BinaryIO, note: Note) -> int:
    """Write a table as Parquet; return how many rows.

    Args:
        table: its columns.
        batches: its rows.
        out: where to.
        note: told of whole numbers that a double cannot hold.
    """
    import pyarrow.parquet as pq

    schema = arrow_schema(table)
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for rows in _groups(batches):
            writer.write_batch(_record_batch(table, schema, rows, note))
            count += len(rows)
    return count


def _groups(batches: Iterable[Batch]) -> Iterator[list[Row]]:
    held: list[Row] = []
    for batch in batches:
        held.extend(batch)
        if len(held) >= GROUP:
            yield held
            held = []
    if held:
        yield held


def _record_batch(table: Table, schema: "pa.Schema", rows: list[Row], note: Note) -> "pa.RecordBatch":
    import pyarrow as pa

    arrays = []
    for column, field, values in zip(table.columns, schema, zip(*rows, strict=True), strict=True):
        try:
            arrays.append(pa.array(values, field.type))
        except (pa.ArrowInvalid, OverflowError):
            doubles = [_double(table, column, row, value, note) for row, value in zip(rows, values, strict=True)]
            arrays.append(pa.array(doubles, field.type))
    return pa.record_batch(arrays, schema=schema)


def _double(table: Table, column: Column, row: Row, value: Value, note: Note) -> Value:
    if not isinstance(value, int) or column.kind != NUMBER or abs(value) <= EXACT:
        return value
    nearest = float(value)
    if int(nearest) != value:
        note(Loss(table.row_id(row), column.name, f"the whole number {value}", "the nearest double"))
    return nearest
