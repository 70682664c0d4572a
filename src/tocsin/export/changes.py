"""What became of the rows of an earlier export, by their keys and the hash of what they hold."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tocsin.errors import UsageError
from tocsin.export.cells import exact_cell
from tocsin.export.package import DESCRIPTOR
from tocsin.export.rows import BETWEEN
from tocsin.export.tables import Batch, Row, Table
from tocsin.export.text import SEPARATORS

ADDED, CHANGED, GONE = "added", "changed", "gone"
#: Rows of a batch of changes.
_BATCH = 1000
#: What the tables of an export were made by: where it differs, so may every row.
MADE_BY = ("where", "policy", "convention")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier export: a zip with the tables of a record.

    Attributes:
        path: of the zip.
        files: name of the member by table.
        layout: of the tables.
        columns: of each table.
        about: what they were made by.
    """

    path: Path
    files: Mapping[str, str]
    layout: str
    columns: Mapping[str, tuple[str, ...]]
    about: Mapping[str, Any]

    def rows(self, table: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a table, each cell as its exact text."""
        names = self.columns[table]
        with zipfile.ZipFile(self.path) as archive, archive.open(self.files[table]) as stream:
            if self.layout == "parquet":
                yield from _parquet_rows(stream.read())
                return
            text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
            if self.layout == "jsonl":
                for line in text:
                    yield {name: exact_cell(value) for name, value in json.loads(line).items()}
                return
            csv.field_size_limit(2**31 - 1)  # a document's text is one cell
            reader = csv.reader(text, delimiter=SEPARATORS[self.layout])
            next(reader, None)
            for cells in reader:
                yield dict(zip(names, cells, strict=True))


def open_earlier(path: Path) -> Earlier:
    """Return an earlier export.

    Raises:
        UsageError: the file is not there, is no export of tables in a zip, or its cells were changed for spreadsheets.
    """
    advice = "name a zip of --as csv, tsv, jsonl or parquet, without --spreadsheet and --private"
    try:
        with zipfile.ZipFile(path) as archive:
            descriptor = json.loads(archive.read(DESCRIPTOR))
        about = descriptor["tocsin"]
        layout = about["layout"]
        resources = descriptor["resources"]
        files = {str(one["name"]): str(one["path"]) for one in resources}
        columns = {str(one["name"]): tuple(f["name"] for f in one["schema"]["fields"]) for one in resources}
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
        raise UsageError(f"earlier export {path}", "is no zip of a record's tables", advice) from error
    if about.get("spreadsheet") or about.get("private") or layout not in (*SEPARATORS, "jsonl", "parquet"):
        raise UsageError(f"earlier export {path}", "does not hold the tables as they are", advice)
    return Earlier(path, files, layout, columns, about)


@dataclass(frozen=True, slots=True)
class Found:
    """What became of the rows of one table, by their keys.

    Attributes:
        table: the table.
        added, gone: keys.
        changed: the cells of the row now, by column, by key.
    """

    table: Table
    added: list[str]
    changed: dict[str, dict[str, str]]
    gone: list[str]


@dataclass
class Comparison:
    """Rows as they pass, held against those of an earlier export.

    Attributes:
        earlier: what they are held against.
        found: what became of the rows of each table that has passed.
    """

    earlier: Earlier
    found: list[Found] = field(default_factory=list)

    def watch(self, table: Table, batches: Iterable[Batch]) -> Iterator[Batch]:
        """Pass rows on, and note which of them the earlier export has otherwise or not at all."""
        if table.name not in self.earlier.files:
            yield from batches
            return
        shared = [name for name in table.names if name in self.earlier.columns[table.name]]
        places = [table.place(name) for name in shared]
        before = {
            _key(table, row): _digest([row.get(name, "") for name in shared]) for row in self.earlier.rows(table.name)
        }
        added: list[str] = []
        changed: dict[str, dict[str, str]] = {}
        for batch in batches:
            for row in batch:
                name, cells = table.row_id(row), [exact_cell(row[place]) for place in places]
                was = before.pop(name, None)
                if was is None:
                    added.append(name)
                elif was != _digest(cells):
                    changed[name] = dict(zip(shared, cells, strict=True))
            yield batch
        self.found.append(Found(table, added, changed, list(before)))

    def rows(self) -> Iterator[Batch]:
        """Yield the rows of the table of changes, after all other tables have passed."""
        held: list[Row] = []
        for row in self._rows():
            held.append(row)
            if len(held) == _BATCH:
                yield held
                held = []
        if held:
            yield held

    def _rows(self) -> Iterator[Row]:
        for found in self.found:
            name = found.table.name
            for key in found.added:
                yield (name, key, ADDED, None)
            for row in self.earlier.rows(name) if found.changed else ():
                if now := found.changed.get(key := _key(found.table, row)):
                    other = [column for column, cell in now.items() if row.get(column, "") != cell]
                    yield (name, key, CHANGED, BETWEEN.join(other))
            for key in found.gone:
                yield (name, key, GONE, None)


def _key(table: Table, row: Mapping[str, str]) -> str:
    return " ".join(cell for name in table.key if (cell := row.get(name, "")))


def _digest(cells: Sequence[str]) -> bytes:
    return hashlib.blake2b("\x1f".join(cells).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _parquet_rows(data: bytes) -> Iterator[dict[str, str]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(pa.BufferReader(data)).iter_batches(batch_size=10_000):
        for row in batch.to_pylist():
            yield {name: exact_cell(value) for name, value in row.items()}
