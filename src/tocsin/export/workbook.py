"""Tables as the sheets of a workbook in which nothing can run: words are strings, whatever they look like."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from tocsin.export.cells import exact_cell, plain_words
from tocsin.export.losses import Loss
from tocsin.export.tables import INTEGER, NUMBER, Batch, Row, Table, Value
from tocsin.export.text import Note

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: What a sheet and a cell can hold (Excel's specifications and limits).
ROWS, LONGEST = 1_048_576, 32_767
#: Excel keeps 15 digits of a number; one with more is written as words.
DIGITS = 10**15
#: The same record gives the same bytes: a workbook tells no hour.
_MADE = datetime(2000, 1, 1)


def write_workbook(tables: Iterable[tuple[Table, Iterable[Batch]]], out: BinaryIO, note: Note) -> Mapping[str, int]:
    """Write tables as sheets; return how many rows each has.

    Numbers are numbers, all else is words. Words that would run if someone typed them are marked as words, as by the
    apostrophe that Excel hides, so that they stay so when a cell is edited; they are not changed.

    Args:
        tables: with their rows, written one after another and never held whole.
        out: where to; must be able to go back.
        note: told of what a cell cannot hold.
    """
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    counts: dict[str, int] = {}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _MADE})
        head, words = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
        for table, batches in tables:
            sheet: Worksheet | None = None
            at = count = part = 0
            for row in _all_rows(batches):
                if sheet is None or at >= ROWS:
                    part += 1
                    sheet, at = _new_sheet(book, table, part, head), 1
                _write_row(sheet, at, table, row, words, note)
                at += 1
                count += 1
            if sheet is None:
                _new_sheet(book, table, 1, head)
            counts[table.name] = count
    return counts


def _all_rows(batches: Iterable[Batch]) -> Iterable[Row]:
    for batch in batches:
        yield from batch


def _new_sheet(book: "Workbook", table: Table, part: int, head: "Format") -> "Worksheet":
    sheet: Worksheet = book.add_worksheet(table.name if part == 1 else f"{table.name} {part}")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(table.columns) - 1, 16)
    for place, name in enumerate(table.names):
        sheet.write_string(0, place, name, head)
    return sheet


def _write_row(sheet: "Worksheet", at: int, table: Table, row: Row, words: "Format", note: Note) -> None:
    for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
        if value is None:
            continue
        if column.kind in (INTEGER, NUMBER) and _is_number(value):
            sheet.write_number(at, place, value)
            continue
        text = exact_cell(value)
        if len(text) > LONGEST:
            what = f"{len(text):,} characters"
            note(Loss(table.row_id(row), column.name, what, f"the first {LONGEST:,} of them"))
            text = text[:LONGEST]
        elif not isinstance(value, str) and column.kind in (INTEGER, NUMBER):
            note(Loss(table.row_id(row), column.name, f"the number {text}", "the number in words"))
        sheet.write_string(at, place, text, *((words,) if plain_words(text) != text else ()))


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and abs(value) < DIGITS
