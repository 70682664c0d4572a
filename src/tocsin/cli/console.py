"""What all commands share: exit codes, options, messages, streams."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from tocsin.datamodel.verdict import READ, ReadVerdict
from tocsin.errors import TocsinError

if TYPE_CHECKING:
    from tocsin.read import ReadOptions

DONE = 0
NOTHING_DONE = 1
USAGE = 2
IN_PART = 3
INTERRUPTED = 130

#: Where a record is kept if the command line does not say.
DEFAULT_RECORD = Path("record.tocsin")

PathsArgument = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files or folders; - is JSON Lines on standard input.")
]
CodebookOption = Annotated[
    Path | None, typer.Option("--codebook", metavar="FOLDER", help="Your TOML files, laid over the packaged codebook.")
]
ExtractorOption = Annotated[
    str,
    typer.Option(
        "--extractor", metavar="NAME", help="tagger (rules behind it), rules alone, llm (a language model) or both."
    ),
]
ModelOption = Annotated[
    Path | None, typer.Option("--model", metavar="FOLDER", help="The tagger's files; the packaged ones by default.")
]
ProcessesOption = Annotated[int, typer.Option("--processes", min=1, help="Processes to code in.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
PolicyOption = Annotated[
    str,
    typer.Option(
        "--policy",
        metavar="NAME",
        help="What claims come to: range, conservative, median, latest, officials, organisers or weighted.",
    ),
]
ConventionOption = Annotated[
    str, typer.Option("--convention", metavar="NAME", help="What vague numbers come to, such as codebook or ccc.")
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="TERMS",
        help='Which events, such as "type=strike from=2020-08-01 participants>=1000"; repeat it, and all must hold.',
    ),
]
RecordOption = Annotated[Path, typer.Option("--record", metavar="FILE", help="The record.")]
PublisherOption = Annotated[str | None, typer.Option("--publisher", help="Publisher of every document.")]
PublishedOption = Annotated[
    datetime | None,
    typer.Option("--published", formats=["%Y-%m-%d"], metavar="DAY", help="Day of publication of every document."),
]
AuthorOption = Annotated[str | None, typer.Option("--author", help="Author of every document.")]
LanguageOption = Annotated[str | None, typer.Option("--language", help="Language of every document, such as en.")]
LicenceOption = Annotated[str | None, typer.Option("--licence", help="Terms of every document.")]
MaxMbOption = Annotated[float, typer.Option("--max-mb", min=0, help="Megabytes above which a document is refused.")]


def read_options(
    *,
    publisher: str | None,
    published: datetime | None,
    author: str | None,
    language: str | None,
    licence: str | None,
    max_mb: float,
    workers: int,
) -> "ReadOptions":
    """Return what the command line says about all sources."""
    from tocsin.read import ReadOptions

    day: date | None = published.date() if published else None
    return ReadOptions(publisher, day, author, language, licence, max_mb=max_mb, workers=workers)


def complain(message: str) -> None:
    """Print one line on standard error; the faults of a codebook are a line each."""
    lines = message if message.startswith("codebook:") else " ".join(message.split())
    sys.stderr.write(f"tocsin: {lines}\n")


def stop(code: int) -> NoReturn:
    """End the command with an exit code."""
    raise typer.Exit(code)


def put(text: str) -> None:
    """Write UTF-8 to standard output at once; where its reader (head, less) has left, the command ends well."""
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        stop(DONE)


def put_table(rows: Iterable[Sequence[str]], *, heads: Sequence[str] = ()) -> None:
    """Print rows in columns, the last one as long as it is."""
    table = [list(heads), *map(list, rows)] if heads else [list(row) for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)][:-1]
    for row in table:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        put("  ".join([*cells, row[-1]]).rstrip() + "\n")


def input_lines(file: str) -> Iterator[str]:
    """Yield the lines of a file, or of standard input for `-`; what is no UTF-8 becomes the replacement character."""
    if file == "-":
        for line in sys.stdin.buffer:
            yield line.decode("utf-8", "replace")
        return
    with Path(file).open("rb") as stream:
        for line in stream:
            yield line.decode("utf-8", "replace")


@dataclass
class Tally:
    """How much of what was asked for could be done, for the exit code."""

    done: int = 0
    failed: int = 0

    def note_verdict(self, verdict: ReadVerdict) -> None:
        """Complain of a source that gave no document."""
        if verdict.status != READ:
            self.note_failure(f"{verdict.source}: {verdict.reason}")

    def note_failure(self, problem: str | TocsinError) -> None:
        """Complain of what failed, in one line."""
        self.failed += 1
        complain(str(problem))

    def leave(self, nothing: str) -> NoReturn:
        """End the command with the exit code that fits.

        Args:
            nothing: said where nothing was done and nothing failed.
        """
        if not self.done and not self.failed:
            complain(nothing)
        stop(NOTHING_DONE if not self.done else IN_PART if self.failed else DONE)
