"""Comma-, semicolon- or tab-separated tables with a header row: one document a row."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from tocsin.datamodel.document import Document
from tocsin.read.encoding import decode, looks_binary
from tocsin.read.fields import NAMES, FieldError, document_fields
from tocsin.read.parts import Part, failed, found

SUFFIXES = (".csv", ".tsv")
_DELIMITERS = ",;\t|"
#: Bytes that encoding and delimiter are told from.
_SAMPLE = 1_000_000


def bid(name: str, head: bytes) -> int:
    """Say how surely a file is a table: by its suffix alone."""
    return 2 if name.endswith(SUFFIXES) and not looks_binary(head) else 0


def parse(stream: BinaryIO, *, limit: int) -> Iterator[Part]:
    """Yield the documents of a table.

    Args:
        stream: the file; it can be sought in.
        limit: characters of one field at most.
    """
    # The longest field allowed is a setting of the whole process: this runs in a process of its own.
    csv.field_size_limit(limit)
    sample = stream.read(_SAMPLE)
    stream.seek(0)
    # A sample cut inside a character would not be UTF-8 any more.
    decoded = decode(sample if len(sample) < _SAMPLE else sample[: sample.rfind(b"\n") + 1])
    header, _, _ = decoded.text.partition("\n")
    lines = io.TextIOWrapper(stream, encoding=decoded.encoding, errors="replace", newline="")
    rows = csv.reader(lines, delimiter=max(_DELIMITERS, key=header.count), strict=True)
    try:
        names = [name.strip().lower().replace(" ", "_") for name in next(rows, [])]
    except csv.Error as error:
        yield failed(f"is no table ({error})")
        return
    if not {"text", "body"} & set(names):
        have = ", ".join(name[:40] for name in names[:12]) or "none"
        yield failed(f'has no column "text" (it has {have}); name its columns among {", ".join(NAMES)}')
        return
    while True:
        first = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield failed(f"is no row ({error})", where=f"line {first}")
            continue
        if any(row):
            yield _row(names, row, where=f"line {first}", note=decoded.note)


def _row(names: list[str], row: list[str], *, where: str, note: str) -> Part:
    if len(row) > len(names):
        return failed(f"has {len(row)} fields, the header {len(names)}; put texts in double quotes", where=where)
    try:
        fields = document_fields(dict(zip(names, row, strict=False)))
    except FieldError as error:
        return failed(str(error), where=where)
    document = Document(**{"id": "", "text": "", **fields.values})
    return found(document, where=where, note="; ".join(filter(None, (note, fields.note))))
