"""Documents and their versions to rows and back."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tocsin.datamodel import Document
from tocsin.datamodel.identity import document_key
from tocsin.datamodel.ids import text_hash

NEW = "new"
EDITED = "edited"
KNOWN = "known"

#: Words in a run: two reports of one happening share names and phrases, but few runs of four words.
RUN = 4
#: Share of runs that makes one text an edit of the other; a corrected report keeps nearly all, another one few.
EDIT = 0.5


@dataclass(frozen=True, slots=True)
class Stored:
    """What the record holds of a document.

    Attributes:
        key: id of the document's version in the record.
        status: "new"; "edited" where it is a new version of one that was there; "known" where it was there.
    """

    key: str
    status: str


def find_document(database: sqlite3.Connection, document: Document) -> str | None:
    """Return the id of the version in the record that this document is, if it is there.

    The same file under two names is one document; the same words printed by another outlet, under another headline or
    at another address are another one.
    """
    row = database.execute(
        "SELECT id FROM documents WHERE id = :key "
        "UNION ALL "
        "SELECT id FROM documents WHERE text_hash = :hash AND publisher = :publisher AND title = :title "
        "AND published IS :published AND (url IS :url OR url IS NULL OR :url IS NULL) LIMIT 1",
        {
            "key": document_key(document),
            "hash": text_hash(document.text),
            "publisher": document.publisher,
            "title": document.title,
            "published": _iso(document.published),
            "url": document.url,
        },
    ).fetchone()
    return None if row is None else str(row[0])


def add_document(database: sqlite3.Connection, document: Document, run: int, source: str | None) -> Stored:
    """Write a document unless it is there, as a new version where its id, its address or its file is.

    Args:
        database: within a transaction.
        document: what to write.
        run: that read it.
        source: the file that holds this document alone, or None. Files are used again for other texts, so what was
            read from the same file counts as an older version only where the two texts share most of their words.
    """
    known = find_document(database, document)
    if known is not None:
        return Stored(known, KNOWN)
    key = document_key(document)
    older = _older_version(database, document, source)
    database.execute(
        "INSERT INTO documents (id, name, text, text_hash, title, publisher, published, author, language, url, "
        "licence, source, replaces, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key,
            document.id,
            document.text,
            text_hash(document.text),
            document.title,
            document.publisher,
            _iso(document.published),
            document.author,
            document.language,
            document.url,
            document.licence,
            source,
            older,
            run,
        ),
    )
    return Stored(key, NEW if older is None else EDITED)


def _older_version(database: sqlite3.Connection, document: Document, source: str | None) -> str | None:
    row = database.execute(
        "SELECT id FROM last_documents WHERE url = :url OR name = :name "
        "ORDER BY url IS :url DESC, position DESC LIMIT 1",
        {"url": document.url, "name": document.id},
    ).fetchone()
    if row is not None:
        return str(row[0])
    row = database.execute(
        "SELECT id, text FROM last_documents WHERE source = ? ORDER BY position DESC LIMIT 1", (source,)
    ).fetchone()
    return str(row[0]) if row is not None and _is_edit(row[1], document.text) else None


def _is_edit(old: str, new: str) -> bool:
    """Whether the shorter of two texts has most of its runs of words in the other."""
    ours, theirs = _runs(old), _runs(new)
    return len(ours & theirs) > EDIT * min(len(ours), len(theirs))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return set(zip(*(words[n:] for n in range(RUN)), strict=False)) or {tuple(words)}


def read_document(database: sqlite3.Connection, key: str) -> Document:
    """Return one version of a document by its id in the record."""
    return _document(
        database.execute(
            "SELECT name, text, title, publisher, published, author, language, url, licence "
            "FROM documents WHERE id = ?",
            (key,),
        ).fetchone()
    )


def read_versions(database: sqlite3.Connection, name: str) -> tuple[Document, ...]:
    """Return the versions of a document, oldest first, by what its collection calls it."""
    rows = database.execute(
        "SELECT name, text, title, publisher, published, author, language, url, licence FROM documents "
        "WHERE name = ? ORDER BY position",
        (name,),
    )
    return tuple(_document(row) for row in rows)


def current_keys(database: sqlite3.Connection) -> Iterator[str]:
    """Yield the id of the current version of every document, in the order in which they came."""
    for (key,) in database.execute("SELECT id FROM current_documents ORDER BY position").fetchall():
        yield key


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _document(row: tuple[Any, ...]) -> Document:
    name, text, title, publisher, published, author, language, url, licence = row
    day = date.fromisoformat(published) if published else None
    return Document(name, text, title, publisher, day, author, language, url, licence)
