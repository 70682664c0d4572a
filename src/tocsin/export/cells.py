"""Values as the text of cells: exact, or such that no spreadsheet runs any of it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

from tocsin.export.tables import Value

#: A cell that begins so may be run as a formula, or break out of its cell, in Excel, LibreOffice or Google Sheets
#: (OWASP, "CSV Injection"); the wide and small forms are read like the narrow ones in East Asian settings.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−")

# A file opened with another separator than it was written with, or by a reader that knows no quotes, begins a cell
# after each of these.
_BETWEEN = "\t\r\n;,|\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# What readers pass over before a formula: spaces, quotes, marks that show nothing.
_SPACES = " \xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = "\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
_PASSED = f"[{_SPACES}{_UNSEEN}\"'`]*"
_RUNS = re.compile(f"(^|[{_BETWEEN}])(?={_PASSED}[=+\\-@＝＋－＠﹦﹢﹣﹫−])|^(?=[\t\r\n])")

#: Whole numbers up to here are told apart by JavaScript, Parquet's doubles and most readers of spreadsheets.
EXACT = 2**53


def exact_cell(value: Value) -> str:
    """Return a cell's text, from which the value can be read back: unknown is empty, zero is 0, days are ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) <= EXACT:
        return str(int(value))
    return str(value)


def plain_cell(value: Value) -> str:
    """Return a cell's text as `exact_cell` does, with an apostrophe before words that a spreadsheet would run.

    Numbers are written as they are: a minus sign of ours runs nothing.
    """
    return plain_words(value) if isinstance(value, str) else exact_cell(value)


def plain_words(words: str) -> str:
    """Return words with an apostrophe wherever a spreadsheet, by whatever separator, would begin to run them."""
    return _RUNS.sub(r"\1'", words)


#: How values become cells.
Cell = Callable[[Value], str]
