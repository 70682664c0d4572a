"""`tocsin report`: one HTML file that needs no network."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.console import (
    DEFAULT_RECORD,
    CodebookOption,
    ConventionOption,
    PolicyOption,
    RecordOption,
    WhereOption,
    put,
)


def report(
    record: RecordOption = DEFAULT_RECORD,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to; - is standard output.")] = "",
    title: Annotated[str, typer.Option("--title", help="The headline.")] = "Protests, strikes and repression",
    note: Annotated[str, typer.Option("--note", help="A line under it: what the documents are, who chose them.")] = "",
    where: WhereOption = None,
    policy: PolicyOption = "median",
    convention: ConventionOption = "codebook",
    codebook: CodebookOption = None,
) -> None:
    """Write a record as one HTML file: map, timeline, every figure with its quote and speaker."""
    target = output or str(record.with_suffix(".html"))
    write_report(
        record,
        target,
        title=title,
        note=note,
        where=where or (),
        policy=policy,
        convention=convention,
        codebook=codebook,
    )
    if target != "-":
        put(f"{target}\n")


def write_report(
    record: Path,
    output: str,
    *,
    title: str,
    note: str,
    where: Iterable[str] = (),
    policy: str = "median",
    convention: str = "codebook",
    codebook: Path | None = None,
) -> None:
    """Write the report of a record."""
    from tocsin.cli.export import output_file
    from tocsin.codebook import load_codebook
    from tocsin.exporting.happenings import Chosen, choice_of, chosen_coded, chosen_events
    from tocsin.pipeline import Settings, headlines_of
    from tocsin.report import render_report
    from tocsin.store.record import open_record

    settings = Settings(codebook=codebook)
    chosen = Chosen(settings, choice_of(where, settings), policy, convention)
    said = " ".join(filter(None, (note, f"Only events where {chosen.where}." if chosen.where else "")))
    with open_record(record, must_exist=True) as opened, output_file(output) as out:
        events = tuple(sorted(chosen_events(opened, chosen), key=lambda event: event.id))
        headlines = headlines_of(events, settings, policy=policy)
        vocabulary = load_codebook(codebook).vocabulary
        coded = chosen_coded(opened, events, chosen.where)
        page = render_report(coded, vocabulary, title=title, note=said, events=events, headlines=headlines)
        out.write(page)
