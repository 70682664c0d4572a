"""Tables as csv, tsv and JSON Lines."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from tocsin.export.cells import exact_cell, plain_words
from tocsin.export.losses import Loss
from tocsin.export.tables import TEXT, Batch, Row, Table, Value

#: Told of each loss as it comes.
Note = Callable[[Loss], None]

#: What `--spreadsheet` does to words, in the report of losses.
RUN = "words that a spreadsheet would run"
PLAIN = "an apostrophe before them"

SEPARATORS = {"csv": ",", "tsv": "\t"}


def write_separated(
    table: Table, batches: Iterable[Batch], out: BinaryIO, note: Note, *, layout: str, spreadsheet: bool
) -> int:
    """Write a table as RFC 4180 has it; return how many rows.

    Raw cells read back to exactly what was there. For spreadsheets the file begins with a byte order mark, without
    which Excel takes UTF-8 for something else, and words that would be run have an apostrophe before them.

    Args:
        table: its columns.
        batches: its rows.
        out: where to.
        note: told where an apostrophe was put.
        layout: "csv" or "tsv".
        spreadsheet: whether a spreadsheet is to open it.
    """
    count = 0
    with text_stream(out) as stream:
        if spreadsheet:
            stream.write("\ufeff")
        writer = csv.writer(stream, delimiter=SEPARATORS[layout])
        writer.writerow(table.names)
        cells = plain_rows(table, note) if spreadsheet else _exact_rows(table)
        for batch in batches:
            writer.writerows(map(cells, batch))
            count += len(batch)
    return count


def write_lines(table: Table, batches: Iterable[Batch], out: BinaryIO) -> int:
    """Write a table as JSON Lines, an object a row; return how many."""
    count = 0
    names = table.names
    with text_stream(out) as stream:
        for batch in batches:
            stream.writelines(
                json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=exact_cell) + "\n"
                for row in batch
            )
            count += len(batch)
    return count


@contextmanager
def text_stream(out: BinaryIO) -> Iterator[TextIO]:
    """Give a UTF-8 stream over a binary one that stays open."""
    stream = io.TextIOWrapper(out, encoding="utf-8", newline="")
    try:
        yield stream
        stream.flush()
    finally:
        stream.detach()


def plain_rows(table: Table, note: Note) -> Callable[[Row], list[str]]:
    """Return what makes rows such that no spreadsheet runs any of their cells."""

    def plain(row: Row) -> list[str]:
        return [
            _plain(table, row, column.name, value) if isinstance(value, str) else exact_cell(value)
            for column, value in zip(table.columns, row, strict=True)
        ]

    def _plain(table: Table, row: Row, column: str, words: str) -> str:
        made = plain_words(words)
        if made != words:
            note(Loss(table.row_id(row), column, RUN, PLAIN))
        return made

    return plain


def _exact_rows(table: Table) -> Callable[[Row], Row]:
    # The writer itself makes text of words and of nothing, quicker than any function of ours.
    ours = [place for place, column in enumerate(table.columns) if column.kind != TEXT]

    def exact(row: Row) -> Row:
        cells: list[Value] = list(row)
        for place in ours:
            value = cells[place]
            if value is not None and type(value) is not int:
                cells[place] = exact_cell(value)
        return tuple(cells)

    return exact
