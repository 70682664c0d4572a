"""Notes on how documents were coded, to rows and back."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from tocsin.datamodel import Note

NOTES = (
    """
    CREATE TABLE coding_notes (
        coding INTEGER NOT NULL REFERENCES codings (id),
        position INTEGER NOT NULL,
        mention TEXT REFERENCES mentions (id),  -- null where it is about the document, or about what was left out
        kind TEXT NOT NULL,                     -- dropped, disagreement, asked, fallback, found by, differs
        field TEXT NOT NULL,
        given TEXT NOT NULL,
        kept TEXT NOT NULL,
        PRIMARY KEY (coding, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX coding_notes_by_mention ON coding_notes (mention) WHERE mention IS NOT NULL",
)


def write_notes(database: sqlite3.Connection, coding: int, notes: Iterable[Note], ids: Mapping[str, str]) -> None:
    """Write the notes of a coding.

    Args:
        database: within a transaction.
        coding: its number.
        notes: each with the id that its mention has within the document.
        ids: for those the ids in the record.
    """
    database.executemany(
        "INSERT INTO coding_notes (coding, position, mention, kind, field, given, kept) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (coding, n, ids.get(note.mention or ""), *map(_storable, (note.kind, note.field, note.given, note.kept)))
            for n, note in enumerate(notes)
        ],
    )


def read_notes(database: sqlite3.Connection, coding: int) -> tuple[Note, ...]:
    """Return the notes of a coding, each with the id that its mention has in the record."""
    rows = database.execute(
        "SELECT kind, field, given, kept, mention FROM coding_notes WHERE coding = ? ORDER BY position", (coding,)
    )
    return tuple(Note(*row) for row in rows.fetchall())


def read_notes_of(database: sqlite3.Connection, mention: str) -> tuple[Note, ...]:
    """Return the notes on a mention in the newest coding that has any on it."""
    rows = database.execute(
        "SELECT kind, field, given, kept, mention FROM coding_notes WHERE mention = ? AND coding = "
        "(SELECT max(coding) FROM coding_notes WHERE mention = ?) ORDER BY position",
        (mention, mention),
    )
    return tuple(Note(*row) for row in rows.fetchall())


def read_all_notes(database: sqlite3.Connection) -> Iterator[tuple[str, Note]]:
    """Yield the notes of all codings in force, each with what the collection calls the document."""
    rows = database.execute(
        "SELECT d.name, n.kind, n.field, n.given, n.kept, n.mention FROM coding_notes AS n "
        "JOIN current_codings AS c ON c.id = n.coding JOIN current_documents AS d ON d.id = c.document "
        "ORDER BY d.position, n.position"
    )
    for name, *note in rows.fetchall():
        yield str(name), Note(*note)


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
