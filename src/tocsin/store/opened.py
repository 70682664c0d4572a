"""An open file: what every part of a record leans on."""

import sqlite3
from datetime import UTC, datetime
from types import TracebackType
from typing import Self


class Opened:
    """An open file; closed by `close` or at the end of a `with` block."""

    def __init__(self, database: sqlite3.Connection, name: str) -> None:
        self._database = database
        self.name = name

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def now() -> str:
    """Return the moment as it is kept: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def storable(text: str) -> str:
    """Return a text with question marks in the place of half characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()
