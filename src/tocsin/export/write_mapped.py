"""Rows in others' codebooks as their files."""

import csv
import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from tocsin.export.cells import exact_cell, plain_words
from tocsin.export.losses import Loss
from tocsin.export.mapped import Mapped, MappedRow
from tocsin.export.text import PLAIN, RUN, SEPARATORS, Note, text_stream


def write_mapped(
    mapped: Mapped, rows: Iterable[MappedRow | Loss], out: BinaryIO, note: Note, *, spreadsheet: bool
) -> int:
    """Write what a mapping makes; return how many rows.

    Args:
        mapped: its layout and columns.
        rows: with losses among them.
        out: where to.
        note: told of each loss.
        spreadsheet: in csv and tsv, put an apostrophe before words that would be run.
    """
    columns = mapped.columns
    count = 0
    with text_stream(out) as stream:
        if mapped.layout not in SEPARATORS:
            for row in rows:
                if isinstance(row, Loss):
                    note(row)
                    continue
                stream.write(json.dumps(row, ensure_ascii=False, default=exact_cell) + "\n")
                count += 1
            return count
        if spreadsheet:
            stream.write("\ufeff")
        table = csv.writer(stream, delimiter=SEPARATORS[mapped.layout])
        table.writerow(columns)
        for row in rows:
            if isinstance(row, Loss):
                note(row)
                continue
            cells = [exact_cell(row.get(column)) for column in columns]
            table.writerow(_plain(columns, row, cells, note) if spreadsheet else cells)
            count += 1
    return count


def _plain(columns: tuple[str, ...], row: MappedRow, cells: list[str], note: Note) -> list[str]:
    made: list[str] = []
    for column, cell in zip(columns, cells, strict=True):
        value: Any = row.get(column)
        words = plain_words(cell) if isinstance(value, str) else cell
        if words != cell:
            note(Loss(cells[0], column, RUN, PLAIN))
        made.append(words)
    return made
