"""`tocsin export`: the record as files that other programs read."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from tocsin.cli.console import DEFAULT_RECORD, CodebookOption, PolicyOption, RecordOption, WhereOption, complain
from tocsin.errors import UsageError

if TYPE_CHECKING:
    from tocsin.exporting.files import Exported

#: Kinds of losses named on the screen; the report has all.
NAMED = 8
#: Objects made, less those freed, before the process looks for garbage, and how many of those looks make a longer one.
#: Rows leave next to no cycles behind, and looking as often as by default takes a tenth of a large export's time.
GARBAGE = (50_000, 50, 50)


def export(
    form: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="NAME",
            help="csv, tsv, xlsx, parquet, jsonl, geojson, or the codebook of others (docs/exports.md).",
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to; .zip has all tables, - is standard output.")
    ],
    record: RecordOption = DEFAULT_RECORD,
    table: Annotated[
        list[str] | None,
        typer.Option("--table", metavar="TABLE", help="A table to write; repeat it. A plain file has events."),
    ] = None,
    where: WhereOption = None,
    policy: PolicyOption = "median",
    convention: Annotated[
        str | None,
        typer.Option(
            "--convention", metavar="NAME", help="What vague numbers come to; the format's own where it has one."
        ),
    ] = None,
    spreadsheet: Annotated[
        bool, typer.Option("--spreadsheet", help="In csv and tsv: no spreadsheet runs any cell as a formula.")
    ] = False,
    since: Annotated[
        Path | None, typer.Option("--since", metavar="ZIP", help="An earlier export: tells in a table what changed.")
    ] = None,
    private: Annotated[
        bool | None,
        typer.Option(
            "--private/--no-private",
            help="Private persons, their venues and the texts are held back; by default where FILE is named public.",
        ),
    ] = None,
    public: Annotated[
        list[str] | None,
        typer.Option("--public", metavar="NAME", help="A name that --private leaves as it is; repeat it."),
    ] = None,
    codebook: CodebookOption = None,
) -> None:
    """Export a record: its tables, a map, or rows in the codebook of others.

    Beside the file a report (FILE.losses.csv) tells what the format cannot hold, and with --private another one
    (FILE.private.csv) what was held back.
    """
    from tocsin.exporting.files import ExportOptions, check_options, convention_of, export_record
    from tocsin.exporting.happenings import Chosen, choice_of
    from tocsin.exporting.private import is_public_name, protected_record, write_disclosures
    from tocsin.pipeline import Settings
    from tocsin.store.record import open_record
    from tocsin.store.tables import count_alone, holds_mentions

    settings = Settings(codebook=codebook)
    chosen = Chosen(settings, choice_of(where or (), settings), policy, convention_of(form, convention))
    path = None if output == "-" else Path(output)
    protect = is_public_name(path) if private is None else private
    if public and not protect:
        raise UsageError("--public", "does nothing without --private", "leave it out, or say --private")
    options = ExportOptions(form, chosen, tuple(table or ()), spreadsheet, since, protect)
    check_options(options, path)
    gc.set_threshold(*GARBAGE)
    with ExitStack() as files:
        opened = files.enter_context(open_record(record, must_exist=True))
        if protect:
            opened, held = files.enter_context(protected_record(opened, settings, public=public or ()))
        done = export_record(opened, options, path)
        alone, empty = count_alone(opened), not holds_mentions(opened)
    if alone > 0:
        complain(
            f"{record}: not put together into events yet: {alone:,} mention{'' if alone == 1 else 's'}, "
            "each an event by itself; `tocsin run` on your documents puts them together"
        )
    if output != "-":
        sys.stderr.write(f"{output}: " + ", ".join(f"{rows:,} {name}" for name, rows in done.rows.items()) + "\n")
    _tell_losses(done)
    if protect and path is not None:
        report = write_disclosures(held, path)
        sys.stderr.write(f"{report}: what was held back; look at the file before you publish it\n")
    if done.differs:
        complain(f"{since}: was made by another {' and '.join(done.differs)}, which changes rows by itself")
    if empty:
        complain(f"{record}: holds no mention, so the export has none; run `tocsin run` on your documents first")


def _tell_losses(done: "Exported") -> None:
    """Say how much was lost, by column and what was done."""
    if done.report is None or not done.losses:
        return
    sys.stderr.write(f"{done.report}: {done.losses.total():,} that the format cannot hold\n")
    for (column, made), times in done.losses.most_common(NAMED):
        sys.stderr.write(f"  {times:,} in {column or 'rows left out'}: {made}\n")
    if len(done.losses) > NAMED:
        sys.stderr.write(f"  and {len(done.losses) - NAMED:,} more kinds\n")


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
