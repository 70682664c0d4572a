"""A team's hand coding into the record: read (read), understood by a mapping (imports), kept (store)."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import file_digest
from itertools import chain
from pathlib import Path

from tocsin.codebook.imports import ImportMapping, load_import
from tocsin.codebook.loader import load_codebook
from tocsin.datamodel import CodedDocument
from tocsin.datamodel.row import Row
from tocsin.datamodel.verdict import ReadVerdict
from tocsin.errors import ReadError
from tocsin.extract.numbers import read_size
from tocsin.gazetteer import open_gazetteer
from tocsin.imports import ImportTools, import_coded, import_rows, missing_columns
from tocsin.pipeline import Settings
from tocsin.read.rows import read_rows
from tocsin.store.decisions import PROGRAM
from tocsin.store.imports import ImportSource, ImportSummary
from tocsin.store.record import Record
from tocsin.version import VERSION

_DEFAULTS = Settings()


def import_file(
    path: Path,
    record: Record,
    name: str,
    settings: Settings = _DEFAULTS,
    *,
    mapping: Path | None = None,
    reviewer: str = PROGRAM,
    reason: str = "",
    report: Callable[[ReadVerdict], None] = lambda verdict: None,
    absent: Callable[[tuple[str, ...]], None] = lambda columns: None,
) -> ImportSummary:
    """Put what a team coded by hand into a record, as one decision; the same file again changes nothing.

    Args:
        path: the file.
        record: where it goes.
        name: one of `codebook.imports.DATASETS`, or "coded" for coded documents.
        settings: whose codebook reads numbers.
        mapping: the user's mapping, or None for the packaged one.
        reviewer, reason: who decides that it counts, and why.
        report: called with every row that could not be taken.
        absent: called with the columns that the mapping reads and the file does not have, where there are any.

    Raises:
        ReadError: the file cannot be read, or is no table of that data set.
        CodebookError: the mapping has faults.
        RecordError: the record cannot be written; nothing was.
    """
    codebook = load_codebook(settings.codebook)
    rows: Iterator[CodedDocument | ReadVerdict]
    if name == "coded":
        coder, rows = "import coded", import_coded(path, codebook.vocabulary)
    else:
        read = load_import(name, codebook.vocabulary, mapping)
        first, raw = _header(path)
        if missing := missing_columns(first, read):
            _check_columns(path, first, missing, read)
            absent(missing)
        tools = ImportTools(lambda words, under: read_size(words, codebook.numbers, convention=under), open_gazetteer())
        coder, rows = read.coder, import_rows(str(path), raw, read, tools)
    source = ImportSource(coder, str(path), _bytes_hash(path))

    def told() -> Iterator[CodedDocument | ReadVerdict]:
        for row in rows:
            if isinstance(row, ReadVerdict):
                report(row)
            yield row

    return record.add_import(source, told(), program=f"tocsin {VERSION}", reviewer=reviewer, reason=reason)


def _header(path: Path) -> tuple[tuple[str, ...], Iterator[Row | ReadVerdict]]:
    """Return the columns of the first row of a table, and all its rows."""
    rows = read_rows(path)
    before: list[Row | ReadVerdict] = []
    for row in rows:
        before.append(row)
        if isinstance(row, Row):
            return tuple(column for column, _ in row.cells), chain(before, rows)
    raise ReadError(str(path), "holds no row that can be read", "export it again, with a header and rows below it")


def _check_columns(path: Path, columns: Sequence[str], missing: Sequence[str], mapping: ImportMapping) -> None:
    """Raise ReadError where a table lacks a column without which no row can be taken."""
    needed = {mapping.id, *mapping.date.start} & set(missing)
    if needed:
        have = ", ".join(columns[:12])
        raise ReadError(
            str(path),
            f"has no column {', '.join(sorted(needed))} (it has {have})",
            "name the data set it is of, or give a mapping of its columns (`tocsin import --template`)",
        )


def _bytes_hash(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
