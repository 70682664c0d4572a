"""Tables in one zip with a `datapackage.json` that says what they hold (Frictionless Data Package v2)."""

import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from typing import IO, Any, BinaryIO, cast

from tocsin.export.arrow import write_parquet
from tocsin.export.formats import LAYOUTS
from tocsin.export.tables import Batch, Table
from tocsin.export.text import SEPARATORS, Note, write_lines, write_separated
from tocsin.export.workbook import write_workbook

PROFILES = "https://datapackage.org/profiles/2.0"
DESCRIPTOR = "datapackage.json"
WORKBOOK = "record.xlsx"
#: The same record gives the same bytes: files in a zip tell no hour.
_MADE = (1980, 1, 1, 0, 0, 0)
#: Layouts that are packed already.
_PACKED = ("parquet", "xlsx")

#: Tables with their rows, made when they are asked for.
Tables = Iterable[tuple[Table, Iterable[Batch]]]


def write_table(
    table: Table, batches: Iterable[Batch], out: BinaryIO, note: Note, *, layout: str, spreadsheet: bool = False
) -> int:
    """Write one table; return how many rows.

    Args:
        table: its columns.
        batches: its rows.
        out: where to; for "xlsx" it must be able to go back.
        note: told of each loss.
        layout: one of `LAYOUTS`.
        spreadsheet: in csv and tsv, put an apostrophe before words that would be run.
    """
    if layout in SEPARATORS:
        return write_separated(table, batches, out, note, layout=layout, spreadsheet=spreadsheet)
    if layout == "jsonl":
        return write_lines(table, batches, out)
    if layout == "parquet":
        return write_parquet(table, batches, out, note)
    return write_workbook([(table, batches)], out, note)[table.name]


def write_package(
    tables: Tables, out: BinaryIO, note: Note, *, layout: str, spreadsheet: bool, about: Mapping[str, Any]
) -> dict[str, int]:
    """Write tables into one zip, a file each (of a workbook, a sheet each); return how many rows each has.

    Args:
        tables: in order.
        out: where to; must be able to go back.
        note: told of each loss.
        layout: one of `LAYOUTS`.
        spreadsheet: in csv and tsv, put an apostrophe before words that would be run.
        about: what the tables were made by; kept in the descriptor under `tocsin`.
    """
    counts: dict[str, int] = {}
    resources: list[dict[str, Any]] = []
    with zipfile.ZipFile(out, "w") as archive:
        if layout == "xlsx":
            held = list(tables)
            with tempfile.TemporaryFile() as book:
                counts.update(write_workbook(held, cast(BinaryIO, book), note))
                book.seek(0)
                with _member(archive, WORKBOOK, layout) as member:
                    shutil.copyfileobj(book, member)
            sizes = {"bytes": member.bytes, "hash": member.hash}
            resources += [_resource(table, layout, WORKBOOK) | sizes for table, _ in held]
        else:
            for table, batches in tables:
                path = f"{table.name}.{layout}"
                with _member(archive, path, layout) as member:
                    stream = cast(BinaryIO, member)
                    counts[table.name] = write_table(
                        table, batches, stream, note, layout=layout, spreadsheet=spreadsheet
                    )
                resources.append(_resource(table, layout, path) | {"bytes": member.bytes, "hash": member.hash})
        kept = {resource["name"] for resource in resources}
        descriptor = {
            "$schema": f"{PROFILES}/datapackage.json",
            "name": "record",
            "title": "A record of protests, strikes and repression",
            "resources": [_without_strangers(resource, kept) for resource in resources],
            "tocsin": {"layout": layout, "spreadsheet": spreadsheet, **about},
        }
        with _member(archive, DESCRIPTOR, "json") as member:
            member.write(json.dumps(descriptor, ensure_ascii=False, indent=2).encode() + b"\n")
    return counts


class _Member(io.RawIOBase):
    """A file within a zip as it is written: how long it is, and its hash."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()
        self.bytes = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.bytes

    def write(self, data: Any) -> int:
        view = memoryview(data)
        self._stream.write(view)
        self._hash.update(view)
        self.bytes += view.nbytes
        return view.nbytes

    @property
    def hash(self) -> str:
        return f"sha256:{self._hash.hexdigest()}"


@contextmanager
def _member(archive: zipfile.ZipFile, path: str, layout: str) -> Any:
    info = zipfile.ZipInfo(path, _MADE)
    info.compress_type = zipfile.ZIP_STORED if layout in _PACKED else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with archive.open(info, "w", force_zip64=True) as stream:
        yield _Member(stream)


def _resource(table: Table, layout: str, path: str) -> dict[str, Any]:
    dialect: dict[str, Any] = {}
    if layout in SEPARATORS:
        dialect = {"delimiter": SEPARATORS[layout]}
    elif layout == "xlsx":
        dialect = {"sheetName": table.name}
    resource = {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "description": table.what,
        "path": path,
        "type": "table",
        "format": layout,
        "mediatype": LAYOUTS[layout],
        "encoding": "utf-8",
        "schema": table_schema(table),
    }
    if dialect:
        resource["dialect"] = {"$schema": f"{PROFILES}/tabledialect.json", **dialect}
    return resource


def table_schema(table: Table) -> dict[str, Any]:
    """Return what a table holds as a Table Schema (v2)."""
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [{"name": column.name, "type": column.kind, "description": column.what} for column in table.columns],
        "missingValues": [""],
    }
    if len(table.key) == 1:
        schema["primaryKey"] = list(table.key)
    foreign = [
        {"fields": [column.name], "reference": {"resource": column.refers, "fields": [column.name]}}
        for column in table.columns
        if column.refers
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return schema


def _without_strangers(resource: dict[str, Any], kept: set[str]) -> dict[str, Any]:
    """Return a resource without references to tables that the package does not have."""
    schema = dict(resource["schema"])
    held = [key for key in schema.pop("foreignKeys", ()) if key["reference"]["resource"] in kept]
    return resource | {"schema": schema | ({"foreignKeys": held} if held else {})}
