"""Tables of others as rows: comma-, semicolon- or tab-separated with a header, or JSON Lines of flat objects."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tocsin.datamodel.row import Row
from tocsin.datamodel.verdict import FAILED, ReadVerdict
from tocsin.errors import ReadError
from tocsin.read.encoding import decode

_DELIMITERS = ",;\t|"


def read_rows(path: Path) -> Iterator[Row | ReadVerdict]:
    """Yield the rows of a table, in order; a row that cannot be read is a verdict, and the next is read.

    Args:
        path: a table with a header, or JSON Lines where the file begins with `{`.

    Raises:
        ReadError: the file cannot be opened, is empty, or its header names a column twice.
    """
    try:
        text = decode(path.read_bytes()).text
    except OSError as error:
        raise ReadError(str(path), f"cannot be opened ({error.strerror})", "check its name") from error
    if not text.strip():
        raise ReadError(str(path), "is empty", "export it again")
    yield from _objects(str(path), text) if text.lstrip().startswith("{") else _table(str(path), text)


def _table(name: str, text: str) -> Iterator[Row | ReadVerdict]:
    header, _, _ = text.partition("\n")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=header.count), strict=True)
    try:
        columns = [column.strip() for column in next(rows)]
    except csv.Error as error:
        raise ReadError(name, f"has no header ({error})", "name its columns in the first line") from error
    if twice := sorted({column for column in columns if column and columns.count(column) > 1}):
        raise ReadError(name, f"has two columns called {twice[0]!r}", "give each column a name of its own")
    while True:
        where = f"line {rows.line_num + 1}"
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield ReadVerdict(f"{name}, {where}", FAILED, f"is no row ({error}); put texts in double quotes")
            continue
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            problem = f"has {len(cells)} cells, the header {len(columns)}; put texts in double quotes"
            yield ReadVerdict(f"{name}, {where}", FAILED, problem)
        elif any(cells):
            yield Row(where, tuple((c, cell.strip()) for c, cell in zip(columns, cells, strict=False) if c))


def _objects(name: str, text: str) -> Iterator[Row | ReadVerdict]:
    for number, line in enumerate(text.split("\n"), 1):
        where = f"line {number}"
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield ReadVerdict(f"{name}, {where}", FAILED, f"is not JSON ({error}); one object a line is wanted")
            continue
        if isinstance(value, dict):
            yield Row(where, tuple((str(column).strip(), _cell(cell)) for column, cell in value.items()))
        else:
            yield ReadVerdict(f"{name}, {where}", FAILED, "is no JSON object; one object a line is wanted")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_cell(item) for item in value)
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
