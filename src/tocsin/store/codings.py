"""Codings of documents to rows and back."""

import sqlite3
from typing import Any

from tocsin.datamodel import CodedDocument, Document, Mention
from tocsin.errors import CodedError, SpanError
from tocsin.store.rows import read_mentions, write_mention


def add_coding(
    database: sqlite3.Connection, key: str, document: Document, coded: CodedDocument, *, run: int, coder: str
) -> None:
    """Write the mentions of a document unless the coding in force has exactly these.

    Args:
        database: within a transaction.
        key: id of the document's version.
        document: that version, on whose text every quote is checked.
        coded: the mentions.
        run, coder: who coded it and when.

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
    if _is_in_force(database, key, coder, list(rows.values())):
        return
    coding = database.execute(
        "INSERT INTO codings (document, coder, collection, run) VALUES (?, ?, ?, ?) RETURNING id",
        (key, coder, coded.collection, run),
    ).fetchone()[0]
    database.executemany(
        "INSERT INTO coding_mentions (coding, position, mention, name, context, event) VALUES (?, ?, ?, ?, ?, ?)",
        [(coding, position, *row) for position, row in enumerate(rows.values())],
    )


def read_coding(database: sqlite3.Connection, key: str, document: Document) -> CodedDocument:
    """Return a document with the mentions of its coding in force; none where it has no coding."""
    row = database.execute("SELECT id, collection FROM current_codings WHERE document = ?", (key,)).fetchone()
    if row is None:
        return CodedDocument(document, ())
    return CodedDocument(document, tuple(read_mentions(database, row[0], document.text)), bool(row[1]))


def coder_in_force(database: sqlite3.Connection, key: str) -> str | None:
    """Return who made the coding in force of a version of a document, or None where it has none."""
    row = database.execute("SELECT coder FROM current_codings WHERE document = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def _context(mention: Mention, ids: dict[str, str], document: Document) -> str:
    try:
        return ids[mention.context or ""]
    except KeyError as error:
        raise CodedError(
            f"mention {mention.id} of document {document.id}", f"has a context that is not there, {mention.context!r}"
        ) from error


def _is_in_force(database: sqlite3.Connection, key: str, coder: str, rows: list[tuple[Any, ...]]) -> bool:
    last = database.execute("SELECT id, coder FROM current_codings WHERE document = ?", (key,)).fetchone()
    if last is None or last[1] != coder:
        return False
    there = database.execute(
        "SELECT mention, name, context, event FROM coding_mentions WHERE coding = ? ORDER BY position", (last[0],)
    )
    return there.fetchall() == rows
