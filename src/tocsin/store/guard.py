"""What SQLite complains of, said so that the keeper of the record knows what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tocsin.errors import RecordError

KEPT = "what was recorded before is kept"

#: Problem and advice by SQLite's primary result code.
_MEANINGS = {
    sqlite3.SQLITE_FULL: ("the disk is full", f"free some space and run again; {KEPT}"),
    sqlite3.SQLITE_IOERR: ("the disk cannot be written or read", f"check the disk and its space and run again; {KEPT}"),
    sqlite3.SQLITE_BUSY: ("is in use by another run", f"wait for it to end and run again; {KEPT}"),
    sqlite3.SQLITE_LOCKED: ("is in use by another run", f"wait for it to end and run again; {KEPT}"),
    sqlite3.SQLITE_NOTADB: ("is not a record", "name another file; this one is unchanged"),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "put back a copy of it, or run again into a new record"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "check that its folder is there and yours to write"),
    sqlite3.SQLITE_READONLY: ("may not be written", "give yourself the right to write the file and its folder"),
    sqlite3.SQLITE_PERM: ("may not be written", "give yourself the right to write the file and its folder"),
    sqlite3.SQLITE_TOOBIG: ("a text is too long for it (1 GB)", "leave this document out"),
}


@contextmanager
def clear_errors(name: str) -> Iterator[None]:
    """Turn what SQLite raises into a RecordError that names the file `name`."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        problem, advice = _MEANINGS.get(code, (f"could not be used ({error})", KEPT))
        raise RecordError(name, problem, advice) from error


@contextmanager
def transaction(database: sqlite3.Connection, name: str) -> Iterator[None]:
    """Write all that happens within, or nothing; what is written is on the disk when this ends."""
    with clear_errors(name):
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
            database.execute("COMMIT")
        except BaseException:
            # A full disk may have rolled back already.
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise
