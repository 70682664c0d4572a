"""Imports: what a team coded by hand, beside what the program coded; each import is one decision.

The codings of an import count as long as the decision that made it stands. Undone, its documents are no documents of
the record any more, except those that a run read too, which keep the program's coding; redone, all are back. A hand
coding goes before the program's coding of the same text.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tocsin.datamodel import CodedDocument, Decision
from tocsin.datamodel.ids import content_id
from tocsin.errors import CodedError
from tocsin.store.codings import add_coding
from tocsin.store.decisions import IMPORT, undone_by
from tocsin.store.documents import add_document, read_document

#: The tables of imports, and the views of what counts drawn anew (see schema.py).
IMPORTS = (
    """
    CREATE TABLE imports (
        id TEXT PRIMARY KEY,           -- content hash of the coder and the file's bytes
        coder TEXT NOT NULL,           -- data set and mapping
        file TEXT NOT NULL,
        run INTEGER NOT NULL REFERENCES runs (id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE import_codings (
        coding INTEGER NOT NULL REFERENCES codings (id),
        import TEXT NOT NULL REFERENCES imports (id),
        PRIMARY KEY (coding, import)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE standing_imports (    -- a function of the decisions
        import TEXT PRIMARY KEY REFERENCES imports (id)
    ) STRICT, WITHOUT ROWID
    """,
    "DROP VIEW current_mentions",
    "DROP VIEW current_codings",
    "DROP VIEW current_documents",
    """
    CREATE VIEW standing_codings AS
    SELECT c.*, EXISTS (SELECT 1 FROM import_codings AS i WHERE i.coding = c.id) AS imported
    FROM codings AS c
    WHERE NOT EXISTS (SELECT 1 FROM import_codings AS i WHERE i.coding = c.id)
    OR EXISTS (SELECT 1 FROM import_codings AS i JOIN standing_imports USING (import) WHERE i.coding = c.id)
    """,
    """
    CREATE VIEW current_codings AS
    SELECT * FROM codings AS c
    WHERE c.id = (
        SELECT s.id FROM standing_codings AS s WHERE s.document = c.document ORDER BY s.imported DESC, s.id DESC LIMIT 1
    )
    """,
    """
    CREATE VIEW counted_documents AS
    SELECT * FROM documents AS d
    WHERE NOT EXISTS (SELECT 1 FROM codings AS c WHERE c.document = d.id)
    OR EXISTS (SELECT 1 FROM standing_codings AS s WHERE s.document = d.id)
    """,
    # A version counts unless a newer one does; between the two may be one of an import that was undone.
    """
    CREATE VIEW current_documents AS
    SELECT * FROM counted_documents AS d
    WHERE NOT EXISTS (
        WITH RECURSIVE newer (id) AS (
            SELECT n.id FROM documents AS n WHERE n.replaces = d.id
            UNION ALL
            SELECT n.id FROM documents AS n JOIN newer ON n.replaces = newer.id
        )
        SELECT 1 FROM newer WHERE newer.id IN (SELECT c.id FROM counted_documents AS c WHERE c.id = newer.id)
    )
    """,
    """
    CREATE VIEW last_documents AS
    SELECT * FROM documents AS d WHERE NOT EXISTS (SELECT 1 FROM documents AS newer WHERE newer.replaces = d.id)
    """,
    """
    CREATE VIEW current_mentions AS
    SELECT m.mention AS id
    FROM coding_mentions AS m
    JOIN current_codings AS c ON c.id = m.coding
    JOIN current_documents AS d ON d.id = c.document
    """,
)


@dataclass(frozen=True, slots=True)
class ImportSource:
    """What is imported.

    Attributes:
        coder: name of the data set and its mapping.
        file: its name, for people.
        content: hash of its bytes.
    """

    coder: str
    file: str
    content: str

    @property
    def id(self) -> str:
        """Content hash: the same file by the same mapping is the same import, whatever the file is called."""
        return content_id("i", self.coder, self.content)


@dataclass
class ImportSummary:
    """What an import did.

    Attributes:
        decision: that made it; None where it stood already and nothing was done.
        documents: how many became "new", "edited" or "known" ones of the record.
        problems: rows that could not be taken.
        mentions, claims: that the rows came to.
    """

    decision: Decision | None = None
    documents: Counter[str] = field(default_factory=Counter)
    problems: int = 0
    mentions: int = 0
    claims: int = 0


def is_imported(database: sqlite3.Connection, name: str) -> bool:
    """Whether the rows of an import are in the record, standing or not."""
    return database.execute("SELECT 1 FROM imports WHERE id = ?", (name,)).fetchone() is not None


def stands(database: sqlite3.Connection, name: str) -> bool:
    """Whether the decision stands that made an import."""
    return database.execute("SELECT 1 FROM standing_imports WHERE import = ?", (name,)).fetchone() is not None


def note_import(database: sqlite3.Connection, source: ImportSource, run: int) -> None:
    """Write what is imported."""
    database.execute(
        "INSERT INTO imports (id, coder, file, run) VALUES (?, ?, ?, ?)", (source.id, source.coder, source.file, run)
    )


def add_imported(
    database: sqlite3.Connection, source: ImportSource, coded: CodedDocument, run: int, summary: ImportSummary
) -> None:
    """Write one document of an import with its coding, or nothing of it.

    Args:
        database: within a transaction.
        source: noted already.
        coded: every quote is checked against the text.
        run: that imports.
        summary: is counted up.

    Raises:
        CodedError: a quote or context is not there, or a character is broken.
    """
    with _all_or_nothing(database):
        stored = add_document(database, coded.document, run, None)
        version = read_document(database, stored.key)
        coding = add_coding(database, stored.key, version, coded, run=run, coder=source.coder, imported=True)
        database.execute("INSERT OR IGNORE INTO import_codings (coding, import) VALUES (?, ?)", (coding, source.id))
    summary.documents[stored.status] += 1
    summary.mentions += len(coded.mentions)
    summary.claims += sum(len(mention.claims) for mention in coded.mentions)


def settle_imports(database: sqlite3.Connection, decisions: Iterable[Decision]) -> None:
    """Make those imports count whose decision stands.

    Args:
        database: within a transaction.
        decisions: all of the record, in the order in which they were made.
    """
    made = list(decisions)
    undone = undone_by(made)
    standing = {one.subject for one in made if one.kind == IMPORT and one.id not in undone}
    database.execute("DELETE FROM standing_imports")
    database.executemany("INSERT INTO standing_imports (import) VALUES (?)", [(name,) for name in sorted(standing)])


@contextmanager
def _all_or_nothing(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("SAVEPOINT one_row")
    try:
        yield
    except CodedError:
        database.execute("ROLLBACK TO one_row")
        raise
    finally:
        if database.in_transaction:
            database.execute("RELEASE one_row")
