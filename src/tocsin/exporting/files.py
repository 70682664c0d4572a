"""From a record to files that others read, each with a report of what it does not hold."""

import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from tocsin.errors import UsageError
from tocsin.export import FORMATS, GEOJSON, LAYOUTS, SHEETS, Batch, Table
from tocsin.export.changes import MADE_BY, Comparison, open_earlier
from tocsin.export.geojson import write_geojson
from tocsin.export.losses import Counts, LossReport
from tocsin.export.mapped import Lookups
from tocsin.export.package import write_package, write_table
from tocsin.export.tables import CHANGES
from tocsin.export.text import Note, text_stream
from tocsin.export.workbook import write_workbook
from tocsin.export.write_mapped import write_mapped
from tocsin.exporting.happenings import Chosen, chosen_events, tell_events
from tocsin.exporting.tables import RecordTables, place_precision
from tocsin.extract.conventions import CODED_UNDER
from tocsin.reconcile import POLICIES, policy_named
from tocsin.store.record import Record
from tocsin.version import VERSION

#: What the name of a file of several tables ends in.
ZIP, BOOK = ".zip", ".xlsx"
#: The table that a plain file has where none is named.
FIRST = "events"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What is to be written.

    Attributes:
        form: name of a layout of tables, "geojson", or name of a codebook of others.
        chosen: which events, and how their figures are made.
        tables: names of those wanted, in order; none for what the file can hold.
        spreadsheet: make csv and tsv such that no spreadsheet runs any cell.
        since: a zip that was exported earlier, to tell what changed; None for none.
        private: the record is a protected one, so that the words of the choice are not told either.
    """

    form: str
    chosen: Chosen = field(default_factory=Chosen)
    tables: tuple[str, ...] = ()
    spreadsheet: bool = False
    since: Path | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        rows: how many by table; in a codebook of others, of "rows".
        losses: how many of each kind.
        report: where all of them are told; None where the file went to standard output.
        differs: by what an earlier export was made otherwise.
    """

    rows: Mapping[str, int]
    losses: Counts
    report: Path | None
    differs: tuple[str, ...] = ()


def convention_of(form: str, named: str | None) -> str:
    """Return what vague numbers come to in a format where the user names no convention."""
    return named or (FORMATS[form].convention if form in FORMATS else None) or CODED_UNDER


def export_record(record: Record, options: ExportOptions, output: Path | None) -> Exported:
    """Write a record as others read it, and beside it what was lost.

    Args:
        record: left as it is.
        options: what is to be written.
        output: the file; None for standard output.

    Raises:
        UsageError: there is no such format, table, policy or convention, or the file cannot hold what is asked for.
        RecordError: the record cannot be read.
    """
    check_options(options, output)
    report = None if output is None else output.with_name(output.name + ".losses.csv")
    with ExitStack() as files:
        out = files.enter_context(whole_file(output))
        lines = files.enter_context(_loss_file(report))
        losses = LossReport(lines)
        if options.form in LAYOUTS:
            rows, differs = _write_tables(record, options, output, out, losses.note)
        else:
            rows, differs = _write_events(record, options, out, losses.note), ()
    return Exported(rows, losses.counts, report, differs)


def check_options(options: ExportOptions, output: Path | None) -> None:
    """Raise UsageError where a file cannot hold what is asked for."""
    form, name = options.form, "standard output" if output is None else str(output)
    known = (*LAYOUTS, GEOJSON, *FORMATS)
    if form not in known:
        raise UsageError(f"format {form!r}", "is not known", "known are " + ", ".join(known))
    if form not in LAYOUTS and (options.tables or options.since):
        raise UsageError(f"format {form!r}", "has no tables", "name --table and --since with " + ", ".join(LAYOUTS))
    layout = FORMATS[form].layout if form in FORMATS else form
    if options.spreadsheet and layout not in SHEETS:
        raise UsageError(f"--spreadsheet with {form}", "does nothing", "it is for " + ", ".join(SHEETS))
    if len(options.tables) > 1 and not _takes_several(form, output):
        raise UsageError(name, "takes one table", f"name a file that ends in {ZIP}, or one --table")
    if options.since is not None and options.tables != (CHANGES.name,) and not _takes_several(form, output):
        raise UsageError(name, "takes one table", f"name a file that ends in {ZIP}, or --table {CHANGES.name}")
    if options.private and options.since is not None:
        raise UsageError("--since with --private", "finds nothing again", "ids of a private export are its own")
    if output is None and form in ("parquet", "xlsx"):
        raise UsageError(f"format {form!r}", "is no text", "name a file with -o")


def _takes_several(form: str, output: Path | None) -> bool:
    return output is not None and form in LAYOUTS and (output.suffix == ZIP or form == "xlsx")


def _write_tables(
    record: Record, options: ExportOptions, output: Path | None, out: BinaryIO, note: Note
) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """Write tables; return how many rows each has, and by what an earlier export was made otherwise."""
    chosen, made = options.chosen, RecordTables(record, options.chosen)
    about = {
        "version": VERSION,
        "where": "not told" if options.private and chosen.where else str(chosen.where),
        "policy": POLICIES[policy_named(chosen.policy)],
        "convention": chosen.convention,
    }
    comparison = None if options.since is None else Comparison(open_earlier(options.since))
    differs = () if comparison is None else tuple(k for k in MADE_BY if comparison.earlier.about.get(k) != about[k])
    names = options.tables or (tuple(made.tables) if _takes_several(options.form, output) else (FIRST,))
    if comparison is None and CHANGES.name in names:
        raise UsageError(f"table {CHANGES.name!r}", "needs an earlier export", "name it with --since")
    if comparison is not None and set(names) == {CHANGES.name}:
        for table, batches in _made(made, tuple(made.tables), comparison, note=lambda loss: None):
            if table is not CHANGES:
                deque(batches, maxlen=0)
    tables = _made(made, names, comparison, note)
    if output is not None and output.suffix == ZIP:
        rows: Mapping[str, int] = write_package(
            tables, out, note, layout=options.form, spreadsheet=options.spreadsheet, about=about
        )
    elif options.form == "xlsx":
        rows = write_workbook(tables, out, note)
    else:
        ((table, batches),) = tables
        rows = {
            table.name: write_table(table, batches, out, note, layout=options.form, spreadsheet=options.spreadsheet)
        }
    return rows, differs


def _made(
    made: RecordTables, names: Iterable[str], comparison: Comparison | None, note: Note
) -> Iterator[tuple[Table, Iterable[Batch]]]:
    """Yield tables with their rows, those of changes last: they are known when all others have passed."""
    for name in names:
        if name != CHANGES.name:
            table, batches = made.table(name), made.batches(name, note)
            yield table, batches if comparison is None else comparison.watch(table, batches)
    if comparison is not None:
        yield CHANGES, comparison.rows()


def _write_events(record: Record, options: ExportOptions, out: BinaryIO, note: Note) -> Mapping[str, int]:
    """Write events as GeoJSON, or in a codebook of others; return how many rows."""
    chosen = options.chosen
    if options.form == GEOJSON:
        made = RecordTables(record, chosen)
        pairs = zip(made.events, made.event_rows, strict=True)
        return {"events": write_geojson(made.table("events"), pairs, out, note)}
    mapped = FORMATS[options.form]
    happenings = tell_events(record, chosen_events(record, chosen), chosen)
    rows = mapped.rows(happenings, Lookups(chosen.settings.codebook, place_precision))
    return {"rows": write_mapped(mapped, rows, out, note, spreadsheet=options.spreadsheet)}


@contextmanager
def whole_file(path: Path | None) -> Iterator[BinaryIO]:
    """Give a stream that becomes a file only when all of it is written; None is standard output."""
    if path is None:
        with open(os.dup(sys.stdout.fileno()), "wb") as stream:  # noqa: PTH123 - a number
            yield stream
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w+b") as stream:
            yield cast(BinaryIO, stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _loss_file(path: Path | None) -> Iterator[TextIO]:
    """Give the stream of the report of losses; what goes to standard output has none."""
    if path is None:
        yield StringIO()
        return
    with whole_file(path) as stream, text_stream(stream) as lines:
        yield lines
