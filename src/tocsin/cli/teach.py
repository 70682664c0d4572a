"""`tocsin teach`: an accepted record becomes a better offline model."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.console import DEFAULT_RECORD, CodebookOption, JsonOption, ModelOption, RecordOption, complain, put
from tocsin.errors import UsageError

if TYPE_CHECKING:
    from tocsin.teach import Taught


def teach(
    record: RecordOption = DEFAULT_RECORD,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FOLDER", help="Where the new model goes.")] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="FOLDER", help="Write the training documents there, and train nothing."),
    ] = None,
    trainer: Annotated[
        Path | None,
        typer.Option("--trainer", metavar="FOLDER", help="A clone of the source in which `make trainer` was run."),
    ] = None,
    model: ModelOption = None,
    codebook: CodebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Train the offline model with what reviewers settled; keep it only if it is better on documents held out."""
    from tocsin.datamodel.coded import write
    from tocsin.pipeline import Settings
    from tocsin.store.record import open_record
    from tocsin.teach import prepared
    from tocsin.teach import teach as teach_model

    if (out is None) == (data is None):
        raise UsageError("teach", "needs one place to write to", "give --out FOLDER for a model or --data FOLDER")
    with open_record(record, must_exist=True) as opened:
        if data is not None:
            data.mkdir(parents=True, exist_ok=True)
            for name, documents in zip(("accepted.jsonl", "held-out.jsonl"), prepared(opened), strict=True):
                (data / name).write_text("".join(write(documents)), encoding="utf-8")
                put(f"{data / name}: {len(documents):,} documents\n")
        elif out is not None:
            complain("training; this takes minutes to hours")
            taught = teach_model(opened, out, trainer=trainer, settings=Settings(codebook=codebook, model=model))
            put(json.dumps(asdict(taught), default=str) + "\n" if as_json else _told(taught))


def _told(taught: "Taught") -> str:
    head = f"trained on {taught.trained:,} documents, measured on {taught.held_out:,} others"
    rows = (
        f"{name:8} {getattr(taught.before, name):6.3f} {getattr(taught.after, name):6.3f}"
        for name in ("mention", "claim", "usable")
    )
    kept = f"kept in {taught.folder}; use it with --model {taught.folder}" if taught.folder else "no better, not kept"
    return "\n".join([head, "", "F1       before  after", *rows, "", kept]) + "\n"
