"""`tocsin report`: one HTML file that needs no network."""

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.console import DEFAULT_RECORD, CodebookOption, ConventionOption, PolicyOption, RecordOption, put


def report(
    record: RecordOption = DEFAULT_RECORD,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to; - is standard output.")] = "",
    title: Annotated[str, typer.Option("--title", help="The headline.")] = "Protests, strikes and repression",
    note: Annotated[str, typer.Option("--note", help="A line under it: what the documents are, who chose them.")] = "",
    policy: PolicyOption = "median",
    convention: ConventionOption = "codebook",
    codebook: CodebookOption = None,
) -> None:
    """Write a record as one HTML file: map, timeline, every figure with its quote and speaker."""
    target = output or str(record.with_suffix(".html"))
    write_report(record, target, title=title, note=note, policy=policy, convention=convention, codebook=codebook)
    if target != "-":
        put(f"{target}\n")


def write_report(
    record: Path,
    output: str,
    *,
    title: str,
    note: str,
    policy: str = "median",
    convention: str = "codebook",
    codebook: Path | None = None,
) -> None:
    """Write the report of a record."""
    from tocsin.cli.export import output_file
    from tocsin.codebook import load_codebook
    from tocsin.pipeline import Settings, headlines_of, reconcile_record
    from tocsin.report import render_report
    from tocsin.store.record import open_record

    with open_record(record, must_exist=True) as opened, output_file(output) as out:
        settings = Settings(codebook=codebook)
        events = reconcile_record(opened, settings, policy=policy, convention=convention)
        headlines = headlines_of(events, settings, policy=policy)
        vocabulary = load_codebook(codebook).vocabulary
        page = render_report(opened.coded(), vocabulary, title=title, note=note, events=events, headlines=headlines)
        out.write(page)
