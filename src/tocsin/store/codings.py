"""Codings of documents to rows and back."""

import sqlite3
from typing import Any

from tocsin.datamodel import CodedDocument, Document, Mention
from tocsin.errors import CodedError, SpanError
from tocsin.store.notes import read_notes, write_notes
from tocsin.store.rows import read_mentions, write_mention


def add_coding(
    database: sqlite3.Connection,
    key: str,
    document: Document,
    coded: CodedDocument,
    *,
    run: int,
    coder: str,
    imported: bool = False,
) -> int:
    """Write the mentions of a document unless its last coding of the kind has exactly these; return the coding.

    Args:
        database: within a transaction.
        key: id of the document's version.
        document: that version, on whose text every quote is checked.
        coded: the mentions.
        run, coder: who coded it and when.
        imported: whether it was coded by hand, elsewhere; such codings go before the program's.

    Returns:
        The number of the coding that has them.

    Raises:
        CodedError: a quote or a context is not there.
    """
    try:
        ids = {m.id: write_mention(database, key, document, m) for m in coded.mentions}
    except SpanError as error:
        raise CodedError(f"document {document.id}", f"has a quote that does not stand in it ({error})") from error
    rows: dict[str, tuple[Any, ...]] = {}
    for mention in coded.mentions:
        context = None if mention.context is None else _context(mention, ids, document)
        rows.setdefault(ids[mention.id], (ids[mention.id], mention.id, context, mention.event))
    if (same := _same_coding(database, key, coder, list(rows.values()), imported)) is not None:
        return same
    coding = int(
        database.execute(
            "INSERT INTO codings (document, coder, collection, run) VALUES (?, ?, ?, ?) RETURNING id",
            (key, coder, coded.collection, run),
        ).fetchone()[0]
    )
    database.executemany(
        "INSERT INTO coding_mentions (coding, position, mention, name, context, event) VALUES (?, ?, ?, ?, ?, ?)",
        [(coding, position, *row) for position, row in enumerate(rows.values())],
    )
    write_notes(database, coding, coded.notes, ids)
    return coding


def read_coding(database: sqlite3.Connection, key: str, document: Document) -> CodedDocument:
    """Return a document with the mentions of its coding in force; none where it has no coding."""
    row = database.execute("SELECT id, collection FROM current_codings WHERE document = ?", (key,)).fetchone()
    if row is None:
        return CodedDocument(document, ())
    mentions = tuple(read_mentions(database, row[0], document.text))
    return CodedDocument(document, mentions, bool(row[1]), read_notes(database, row[0]))


def program_coder(database: sqlite3.Connection, key: str) -> str | None:
    """Return as what the program coded a version of a document last, or None where it did not.

    A hand coding may be in force before it: that is no reason to code the document at each run.
    """
    row = _last_coding(database, key, imported=False)
    return None if row is None else row[1]


def _context(mention: Mention, ids: dict[str, str], document: Document) -> str:
    try:
        return ids[mention.context or ""]
    except KeyError as error:
        raise CodedError(
            f"mention {mention.id} of document {document.id}", f"has a context that is not there, {mention.context!r}"
        ) from error


def _last_coding(database: sqlite3.Connection, key: str, *, imported: bool) -> tuple[int, str] | None:
    row = database.execute(
        "SELECT id, coder FROM codings AS c WHERE document = ? "
        "AND EXISTS (SELECT 1 FROM import_codings AS i WHERE i.coding = c.id) = ? ORDER BY id DESC LIMIT 1",
        (key, imported),
    ).fetchone()
    return None if row is None else (int(row[0]), str(row[1]))


def _same_coding(
    database: sqlite3.Connection, key: str, coder: str, rows: list[tuple[Any, ...]], imported: bool
) -> int | None:
    """Return the number of the last coding of the kind where it has exactly these rows, else None."""
    last = _last_coding(database, key, imported=imported)
    if last is None or last[1] != coder:
        return None
    there = database.execute(
        "SELECT mention, name, context, event FROM coding_mentions WHERE coding = ? ORDER BY position", (last[0],)
    )
    return last[0] if there.fetchall() == rows else None
