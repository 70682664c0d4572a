"""`tocsin info`: what is installed, and what a record holds."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from tocsin.cli.console import CodebookOption, JsonOption, put, put_table
from tocsin.cli.llm import note_line


def info(
    record: Annotated[Path | None, typer.Option("--record", metavar="FILE", help="A record to look into.")] = None,
    failures: Annotated[bool, typer.Option("--failures", help="List what could not be read, with reasons.")] = False,
    notes: Annotated[bool, typer.Option("--notes", help="List what was left out or read otherwise.")] = False,
    codebook: CodebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell the version and the codebook in force, and how much a record holds."""
    from tocsin.codebook import load_codebook
    from tocsin.pipeline import Settings
    from tocsin.store.record import open_record
    from tocsin.version import VERSION

    if codebook is not None:
        load_codebook(codebook)  # its faults, where it has any
    settings = Settings(codebook=codebook)
    facts: dict[str, Any] = {"version": VERSION, "coder": settings.coder, "linker": settings.linker}
    failed, noted = [], []
    if record is not None:
        with open_record(record, must_exist=True) as opened:
            facts |= {"record": opened.name, **asdict(opened.sizes())}
            failed = list(opened.failures()) if failures else []
            noted = list(opened.notes()) if notes else []
    if as_json:
        listed = [{"source": v.source, "status": v.status, "reason": v.reason} for v in failed]
        told = {"failed": listed} if failures else {}
        told |= {"notes": [{"document": name, **asdict(note)} for name, note in noted]} if notes else {}
        put(json.dumps(facts | told, ensure_ascii=False) + "\n")
        return
    put_table([(name, f"{value:,}" if isinstance(value, int) else str(value)) for name, value in facts.items()])
    for verdict in failed:
        put(f"{verdict.status}: {verdict.source}: {verdict.reason}\n")
    for name, note in noted:
        put(f"{name}: {note_line(note)}\n")
