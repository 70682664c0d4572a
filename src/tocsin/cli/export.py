"""`tocsin export`: the record as a file that other programs read."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from tocsin.cli.console import DEFAULT_RECORD, RecordOption, complain
from tocsin.errors import UsageError


def export(
    form: Annotated[str, typer.Option("--as", metavar="FORMAT", help="csv, geojson or jsonl.")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to; - is standard output.")],
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Export the mentions of a record with their claims, quotes and speakers.

    In csv, words that a spreadsheet would run as a formula have an apostrophe before them.
    """
    from tocsin.export import WRITERS
    from tocsin.store.record import open_record

    if form not in WRITERS:
        raise UsageError(f"format {form!r}", "is not known", "known are " + ", ".join(WRITERS))
    with open_record(record, must_exist=True) as opened, output_file(output) as out:
        count = WRITERS[form](opened.coded(), opened.judgements(), out)
    if output != "-":
        sys.stderr.write(f"{output}: {count:,} mention{'' if count == 1 else 's'}\n")
    if not count:
        complain(f"{record}: holds no mention, so the export has none; run `tocsin run` on your documents first")


@contextmanager
def output_file(output: str) -> Iterator[TextIO]:
    """Give a stream that becomes the file `output` only when all of it is written; `-` is standard output."""
    if output == "-":
        with open(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", newline="") as stream:  # noqa: PTH123 - a number
            yield stream
        return
    path = Path(output)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
