"""The record: one file that keeps what was read, what was claimed in it and what was decided about it."""

import sqlite3
import time
from pathlib import Path

from tocsin.errors import RecordError
from tocsin.store.guard import clear_errors
from tocsin.store.migrations import check, migrate
from tocsin.store.recorded_documents import Sizes
from tocsin.store.recorded_facets import RecordedFacets
from tocsin.store.recorded_imports import RecordedImports
from tocsin.store.recorded_notes import RecordedNotes
from tocsin.store.recorded_queue import RecordedQueue
from tocsin.store.recorded_reviewers import RecordedReviewers

__all__ = ["Record", "Sizes", "open_record"]


class Record(RecordedQueue, RecordedFacets, RecordedReviewers, RecordedImports, RecordedNotes):
    """An open record; make one with `open_record`, close it or use it in a `with` block.

    Each method that writes does so in one transaction: when it returns, the rows are on the disk. Its parts, each in a
    module of its own: documents, events, decisions, edits of mentions, the queue, rows for facets, reviewers,
    imports, notes.
    """


def open_record(path: Path, *, must_exist: bool = False, busy_seconds: float = 10.0) -> Record:
    """Open a record, make it where there is none, and bring an older one up to date.

    Args:
        path: the file; beside it SQLite keeps two more (-wal, -shm) while it is open.
        must_exist: raise instead of making a new one.
        busy_seconds: how long to wait for another run that writes.

    Raises:
        RecordError: the file is no record, damaged, of a newer version, in use, or cannot be written.
    """
    name = str(path)
    if path.is_dir():
        raise RecordError(name, "is a folder, not a record", "name a file")
    if must_exist and not path.is_file():
        raise RecordError(name, "there is no such record", "make one with `tocsin run`, or name yours with --record")
    with clear_errors(name):
        database = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        try:
            check(database, name)
            _write_ahead(database, busy_seconds)
            database.execute("PRAGMA synchronous = FULL")
            database.execute("PRAGMA foreign_keys = ON")
            migrate(database, name)
        except BaseException:
            database.close()
            raise
    return Record(database, name)


def _write_ahead(database: sqlite3.Connection, busy_seconds: float) -> None:
    # SQLite does not wait by itself when two openers change the mode at the same moment.
    until = time.monotonic() + busy_seconds
    while database.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            database.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
