"""A small table with a column of each kind."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from tocsin.export.losses import Loss
from tocsin.export.package import write_table
from tocsin.export.tables import Column, Row, Table

TABLE = Table(
    "things",
    "things",
    (
        Column("id", "string", "id"),
        Column("words", "string", "words"),
        Column("count", "integer", "whole"),
        Column("size", "number", "any"),
        Column("vague", "boolean", "or not"),
        Column("day", "date", "a day"),
        Column("at", "datetime", "a moment"),
    ),
    ("id",),
)
ROWS: tuple[Row, ...] = (
    ("a", "About 400 miners", 2, 400, True, date(2020, 9, 14), datetime(2026, 11, 22, 9, 30, 0, 5, tzinfo=UTC)),
    ("b", None, None, None, None, None, None),
    ("c", 'two\r\nlines, "quoted";\tand = signs\n', 0, 0.25, False, date(1, 1, 1), datetime(1, 1, 1, tzinfo=UTC)),
    ("d", "=1+1", -3, -1.5, True, date(9999, 12, 31), datetime(9999, 1, 1, tzinfo=UTC)),
)


def written(
    layout: str, rows: Iterable[Row] = ROWS, *, spreadsheet: bool = False, table: Table = TABLE
) -> tuple[bytes, Sequence[Loss]]:
    """Return a table as a file, and its losses; rows come in two batches."""
    held, losses, out = list(rows), list[Loss](), io.BytesIO()
    count = write_table(table, [held[:1], held[1:]], out, losses.append, layout=layout, spreadsheet=spreadsheet)
    assert count == len(held)
    return out.getvalue(), losses
