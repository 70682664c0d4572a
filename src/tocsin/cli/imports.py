"""`tocsin import`: what a team coded by hand, into a record."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.console import (
    DEFAULT_RECORD,
    CodebookOption,
    JsonOption,
    RecordOption,
    Tally,
    complain,
    put,
)

if TYPE_CHECKING:
    from tocsin.datamodel.verdict import ReadVerdict
    from tocsin.store.imports import ImportSummary
    from tocsin.store.record import Record


def import_(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="A table with a header, or JSON Lines.")] = None,
    form: Annotated[
        str, typer.Option("--as", metavar="NAME", help="acled, ccc, mm, maverick, coded (coded documents) or csv.")
    ] = "",
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", metavar="FILE.toml", help="How your columns are read; laid over the packaged one."),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    reviewer: Annotated[str, typer.Option("--reviewer", metavar="NAME", help="Who decides that it counts.")] = "tocsin",
    reason: Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why.")] = "",
    template: Annotated[
        bool, typer.Option("--template", help="Print a mapping for your own table, to be changed, and end.")
    ] = False,
    codebook: CodebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import a hand-coded record. Each row is a document whose publisher is the data set; values stand on its cells.

    An import is one decision: `tocsin decide undo` takes all of it away, and undoing that brings it back. The same file
    again changes nothing.
    """
    from tocsin.codebook.imports import DATASETS
    from tocsin.codebook.imports import template as packaged
    from tocsin.errors import UsageError
    from tocsin.importing import import_file
    from tocsin.pipeline import Settings, link_record
    from tocsin.store.record import open_record

    if template:
        put(packaged())
        return
    known = (*DATASETS, "coded")
    if file is None or form not in known:
        problem = "names no file" if file is None else f"does not know the data set {form!r}"
        raise UsageError("import", problem, f"say `tocsin import FILE --as NAME`; known are {', '.join(known)}")
    if mapping is not None and form == "coded":
        raise UsageError("import", "of coded documents takes no mapping", "leave --mapping out")
    settings, tally, refused = Settings(codebook=codebook), Tally(), Counter[str]()

    def note(verdict: "ReadVerdict") -> None:
        if verdict.status == "refused":
            refused[verdict.reason] += 1
        else:
            tally.note_verdict(verdict)

    with open_record(record) as opened:
        summary = import_file(
            file,
            opened,
            form,
            settings,
            mapping=mapping,
            reviewer=reviewer,
            reason=reason,
            report=note,
            absent=lambda columns: complain(f"{file}: does not have the columns {', '.join(columns)}; read without"),
        )
        if summary.decision is not None and opened.events():
            link_record(opened, settings)
        for why, count in sorted(refused.items(), key=lambda item: (-item[1], item[0])):
            complain(f"{file}: {count:,} row{'' if count == 1 else 's'} left out: {why}")
        put(_as_json(summary, opened) if as_json else _said(summary, opened))
    tally.done = summary.documents.total() or not summary.problems
    tally.leave(f"{file}: holds no row that could be taken")


def _as_json(summary: "ImportSummary", record: "Record") -> str:
    return (
        json.dumps(
            {
                "record": record.name,
                "decision": summary.decision.id if summary.decision else None,
                "documents": dict(sorted(summary.documents.items())),
                "left_out": summary.problems,
                "mentions": summary.mentions,
                "claims": summary.claims,
            }
        )
        + "\n"
    )


def _said(summary: "ImportSummary", record: "Record") -> str:
    if summary.decision is None:
        return f"{record.name} holds this file already; nothing was changed\n"
    undo = f"to undo all of it: tocsin decide undo {summary.decision.id} --reviewer NAME --record {record.name}\n"
    if not summary.documents and not summary.problems:
        return f"the import is back as it was\n{undo}"
    parts = [f"{count:,} {word}" for word, count in sorted(summary.documents.items())]
    parts += [f"{summary.problems:,} left out"] * bool(summary.problems)
    return f"rows: {', '.join(parts)}; {summary.mentions:,} mentions, {summary.claims:,} claims\n{undo}"
