"""What all commands share: exit codes, messages, streams."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from tocsin.datamodel.verdict import READ, ReadVerdict

DONE = 0
NOTHING_DONE = 1
USAGE = 2
IN_PART = 3
INTERRUPTED = 130

CodebookOption = Annotated[
    Path | None, typer.Option("--codebook", metavar="FOLDER", help="Your TOML files, laid over the packaged codebook.")
]
ProcessesOption = Annotated[int, typer.Option("--processes", min=1, help="Processes to work in.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
RecordOption = Annotated[Path, typer.Option("--record", metavar="FILE", help="The record.")]

#: Where a record is kept if the command line does not say.
DEFAULT_RECORD = Path("record.tocsin")


def complain(message: str) -> None:
    """Print one line on standard error."""
    line = " ".join(message.split("\n")) if not message.startswith("codebook:") else message
    sys.stderr.write(f"tocsin: {line}\n")


def stop(code: int) -> None:
    """End the command with an exit code."""
    raise typer.Exit(code)


def stdin_lines() -> Iterator[str]:
    """Yield the lines of standard input as UTF-8; what is no UTF-8 becomes the replacement character."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace")


def put(text: str) -> None:
    """Write UTF-8 to standard output at once, whatever the terminal's encoding."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


@dataclass
class Tally:
    """How much of what was asked for could be done, for the exit code."""

    done: int = 0
    failed: int = 0

    def note_verdict(self, verdict: ReadVerdict) -> None:
        """Complain of a source that gave no document."""
        if verdict.status != READ:
            self.note_failure(verdict.source, verdict.reason)

    def note_failure(self, subject: str, reason: str) -> None:
        """Complain of what failed, in one line."""
        self.failed += 1
        complain(f"{subject}: {reason}")

    def leave(self) -> None:
        """End the command with the exit code that fits."""
        stop(DONE if not self.failed else IN_PART if self.done else NOTHING_DONE)
