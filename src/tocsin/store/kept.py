"""What linking keeps of a record: digests of documents, the keys they are found by, and what hangs together.

All of it follows from the documents and the decisions that stand, and is kept so that a new document is linked at the
cost of the few that it may have to do with.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence

from tocsin.datamodel.kept import KeptDocument, KeptEntry

#: The tables of linking (see schema.py), and what marks a document as one to be linked anew.
LINKS = (
    """
    CREATE TABLE kept_documents (
        document INTEGER PRIMARY KEY REFERENCES documents (position),
        traits BLOB NOT NULL,          -- of its mentions, packed
        asides TEXT NOT NULL,          -- JSON: ids of its mentions, and what relations go by
        voice INTEGER NOT NULL         -- the first document that says the same
    ) STRICT
    """,
    "CREATE INDEX kept_documents_by_voice ON kept_documents (voice)",
    """
    CREATE TABLE kept_mentions (
        mention TEXT PRIMARY KEY REFERENCES mentions (id),
        document INTEGER NOT NULL,
        part INTEGER                   -- shared with those that it hangs together with, null where there are none
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX kept_mentions_by_part ON kept_mentions (part) WHERE part IS NOT NULL",
    """
    CREATE TABLE kept_keys (
        key INTEGER NOT NULL,          -- hash of kind, time and place, or of kind and name
        document INTEGER NOT NULL,
        PRIMARY KEY (key, document)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE kept_bands (
        band INTEGER NOT NULL,         -- part of the signature of a text
        mark INTEGER NOT NULL,         -- hash of the text
        document INTEGER NOT NULL,
        PRIMARY KEY (band, mark, document)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE kept_entries (
        key INTEGER NOT NULL,          -- hash of what an event may be related to others by
        first INTEGER NOT NULL,        -- its days, as ordinals; 0 where they do not matter
        last INTEGER NOT NULL,
        event TEXT NOT NULL REFERENCES mentions (id),  -- first mention of the event
        PRIMARY KEY (key, first, event)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX kept_entries_by_event ON kept_entries (event)",
    """
    CREATE TABLE stale_documents (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        document TEXT NOT NULL REFERENCES documents (id)  -- coded or decided about since the last linking
    ) STRICT
    """,
    """
    CREATE TRIGGER stale_by_coding AFTER INSERT ON codings
    BEGIN INSERT INTO stale_documents (document) VALUES (new.document); END
    """,
    """
    CREATE TRIGGER stale_by_decision AFTER INSERT ON standing
    BEGIN
        INSERT INTO stale_documents (document) SELECT DISTINCT document FROM touches WHERE position = new.position;
    END
    """,
    """
    CREATE TRIGGER stale_by_undo AFTER DELETE ON standing
    BEGIN
        INSERT INTO stale_documents (document) SELECT DISTINCT document FROM touches WHERE position = old.position;
    END
    """,
    """
    CREATE TRIGGER stale_by_import AFTER INSERT ON standing_imports
    BEGIN
        INSERT INTO stale_documents (document)
        SELECT c.document FROM import_codings AS i JOIN codings AS c ON c.id = i.coding WHERE i.import = new.import;
    END
    """,
    """
    CREATE TRIGGER stale_by_undone_import AFTER DELETE ON standing_imports
    BEGIN
        INSERT INTO stale_documents (document)
        SELECT c.document FROM import_codings AS i JOIN codings AS c ON c.id = i.coding WHERE i.import = old.import;
    END
    """,
    "CREATE INDEX copies_by_first ON copies (first)",
    # A byte for each comparison in the place of a row with its words.
    "DROP TABLE event_steps",
    """
    CREATE TABLE event_pairs (
        one TEXT NOT NULL REFERENCES mentions (id),
        other TEXT NOT NULL REFERENCES mentions (id),
        levels BLOB NOT NULL,          -- the level that each comparison of the linking reached
        PRIMARY KEY (one, other)
    ) STRICT, WITHOUT ROWID
    """,
    "DROP TABLE event_relations",
    """
    CREATE TABLE event_relations (
        kind TEXT NOT NULL,            -- covers, series, within, dispute, custody
        holder TEXT NOT NULL REFERENCES mentions (id),  -- of the one event, which may be merged later
        member TEXT NOT NULL REFERENCES mentions (id),  -- of the other
        chain INTEGER NOT NULL,        -- hash of the person or the employer that it follows from, or 0
        reason TEXT NOT NULL,
        PRIMARY KEY (kind, holder, member, chain)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX event_relations_by_holder ON event_relations (holder)",
    "CREATE INDEX event_relations_by_member ON event_relations (member)",
    "CREATE INDEX event_relations_by_chain ON event_relations (chain) WHERE chain != 0",
    "DROP TABLE linkings",
    """
    CREATE TABLE linkings (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        linker TEXT NOT NULL,          -- program version and codebook hash
        scale TEXT NOT NULL            -- JSON: name, levels and weights of each comparison
    ) STRICT
    """,
)


#: Which linking of the record was the last, so that of two at a time one begins anew.
LINK_NUMBER = ("ALTER TABLE linkings ADD COLUMN number INTEGER NOT NULL DEFAULT 0",)

_COPIES = """
    INSERT OR REPLACE INTO copies (document, first)
    SELECT d.name, f.name
    FROM kept_documents AS k
    JOIN documents AS d ON d.position = k.document
    JOIN documents AS f ON f.position = k.voice
    WHERE k.voice != k.document AND d.name != f.name
    ORDER BY d.name, d.text_hash
"""
#: The same for documents of some names alone.
_COPIES_OF_NAMES = """
    INSERT OR REPLACE INTO copies (document, first)
    SELECT d.name, f.name
    FROM json_each(?) AS j
    CROSS JOIN documents AS d ON d.name = j.value
    CROSS JOIN kept_documents AS k ON k.document = d.position
    CROSS JOIN documents AS f ON f.position = k.voice
    WHERE k.voice != k.document AND d.name != f.name
    ORDER BY d.name, d.text_hash
"""


class KeptRows:
    """The tables of linking within a transaction; documents go by number, which is their position."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def clear(self) -> None:
        """Keep nothing any more."""
        for table in ("kept_documents", "kept_mentions", "kept_keys", "kept_bands", "kept_entries", "copies"):
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)

    def documents(self, numbers: Collection[int]) -> list[KeptDocument]:
        """Return documents in the order of their names, and of their texts where those are the same."""
        rows = self._database.execute(
            "SELECT k.document, d.name, k.traits, k.asides FROM json_each(?) AS j "
            "JOIN kept_documents AS k ON k.document = j.value JOIN documents AS d ON d.position = k.document "
            "ORDER BY d.name, d.text_hash",
            (_json(numbers),),
        )
        return [KeptDocument(*row) for row in rows]

    def text(self, number: int) -> str:
        """Return the text of a document."""
        return str(self._database.execute("SELECT text FROM documents WHERE position = ?", (number,)).fetchone()[0])

    def put(self, documents: Iterable[KeptDocument]) -> None:
        """Keep digests of documents, in the place of older ones."""
        for one in documents:
            self._database.execute(
                "INSERT INTO kept_documents (document, traits, asides, voice) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (document) DO UPDATE SET traits = excluded.traits, asides = excluded.asides",
                (one.number, one.traits, one.asides, one.number),
            )
            self._database.executemany(
                "INSERT INTO kept_mentions (mention, document) VALUES (?, ?) "
                "ON CONFLICT (mention) DO UPDATE SET document = excluded.document",
                [(mention, one.number) for mention in one.mentions],
            )

    def drop(self, numbers: Iterable[int], mentions: Iterable[str]) -> None:
        """Keep nothing of these documents and of these mentions any more."""
        self._database.executemany("DELETE FROM kept_documents WHERE document = ?", [(n,) for n in numbers])
        self._database.executemany("DELETE FROM kept_mentions WHERE mention = ?", [(name,) for name in mentions])

    def crowded(self, keys: Collection[int], more_than: int) -> set[int]:
        """Return the keys that more than so many documents have."""
        count = "SELECT count(*) FROM (SELECT 1 FROM kept_keys WHERE key = ? LIMIT ?)"
        return {key for key in keys if self._database.execute(count, (key, more_than + 1)).fetchone()[0] > more_than}

    def holders(self, keys: Iterable[int]) -> set[int]:
        """Return the documents that have any of some keys."""
        rows = (self._database.execute("SELECT document FROM kept_keys WHERE key = ?", (key,)) for key in keys)
        return {row[0] for some in rows for row in some}

    def change_keys(self, dropped: Iterable[tuple[int, int]], added: Iterable[tuple[int, int]]) -> None:
        """Take some keys from documents and give others to some; each is a key and a document."""
        self._database.executemany("DELETE FROM kept_keys WHERE key = ? AND document = ?", dropped)
        self._database.executemany("INSERT OR IGNORE INTO kept_keys (key, document) VALUES (?, ?)", added)

    def band(self, band: int) -> list[int]:
        """Return the documents of a band, in the order of the marks of their texts."""
        rows = self._database.execute("SELECT document FROM kept_bands WHERE band = ? ORDER BY mark, document", (band,))
        return [row[0] for row in rows]

    def change_bands(self, dropped: Iterable[tuple[int, int, int]], added: Iterable[tuple[int, int, int]]) -> None:
        """Take documents from bands and put others in; each is a band, a mark and a document."""
        self._database.executemany("DELETE FROM kept_bands WHERE band = ? AND mark = ? AND document = ?", dropped)
        self._database.executemany("INSERT OR IGNORE INTO kept_bands (band, mark, document) VALUES (?, ?, ?)", added)

    def voices(self, numbers: Collection[int]) -> dict[int, set[int]]:
        """Return for documents all those that say the same, by the first of them."""
        found: dict[int, set[int]] = {}
        rows = self._database.execute(
            "SELECT voice, document FROM kept_documents WHERE voice IN "
            "(SELECT voice FROM kept_documents WHERE document IN (SELECT value FROM json_each(?)))",
            (_json(numbers),),
        )
        for voice, document in rows:
            found.setdefault(voice, set()).add(document)
        return found

    def set_voices(self, voices: Mapping[int, int]) -> None:
        """Note for documents the first that says the same."""
        self._database.executemany(
            "UPDATE kept_documents SET voice = ? WHERE document = ?", [(first, n) for n, first in voices.items()]
        )

    def set_copies(self, numbers: Collection[int] | None = None) -> None:
        """Bring the copies of the record in line with the voices of some documents, or of all."""
        if numbers is None:
            self._database.execute("DELETE FROM copies")
            self._database.execute(_COPIES)
            return
        rows = self._database.execute(
            "SELECT DISTINCT d.name FROM json_each(?) AS j CROSS JOIN documents AS d ON d.position = j.value",
            (_json(numbers),),
        )
        names = [row[0] for row in rows]
        self._database.executemany("DELETE FROM copies WHERE document = ?", [(name,) for name in names])
        self._database.execute(_COPIES_OF_NAMES, (_json(names),))

    def documents_of(self, mentions: Collection[str]) -> set[int]:
        """Return the documents that tell some mentions."""
        rows = self._database.execute(
            "SELECT document FROM json_each(?) AS j JOIN kept_mentions AS k ON k.mention = j.value", (_json(mentions),)
        )
        return {row[0] for row in rows}

    def parts(self, mentions: Collection[str]) -> list[set[str]]:
        """Return the parts that some mentions are in; one that hangs together with no other has none."""
        found: dict[int, set[str]] = {}
        rows = self._database.execute(
            "SELECT k.part, k.mention FROM kept_mentions AS k WHERE k.part IN (SELECT m.part FROM json_each(?) AS j "
            "JOIN kept_mentions AS m ON m.mention = j.value WHERE m.part IS NOT NULL)",
            (_json(mentions),),
        )
        for part, mention in rows:
            found.setdefault(part, set()).add(mention)
        return list(found.values())

    def set_parts(self, mentions: Iterable[str], parts: Iterable[Sequence[str]]) -> None:
        """Take mentions out of their parts and make new ones."""
        self._database.executemany(
            "UPDATE kept_mentions SET part = NULL WHERE mention = ?", [(name,) for name in mentions]
        )
        last = self._database.execute("SELECT coalesce(max(part), 0) FROM kept_mentions WHERE part IS NOT NULL")
        rows = [(n, name) for n, part in enumerate(parts, last.fetchone()[0] + 1) for name in part]
        self._database.executemany("UPDATE kept_mentions SET part = ? WHERE mention = ?", rows)

    def events(self, mentions: Collection[str]) -> list[tuple[str, ...]]:
        """Return the events that some mentions are in, each with all its mentions, sorted."""
        found: dict[str, list[str]] = {}
        rows = self._database.execute(
            "SELECT event, mention FROM event_mentions WHERE event IN (SELECT e.event FROM json_each(?) AS j "
            "JOIN event_mentions AS e ON e.mention = j.value) ORDER BY mention",
            (_json(mentions),),
        )
        for event, mention in rows:
            found.setdefault(event, []).append(mention)
        return [tuple(some) for some in found.values()]

    def entries(self, key: int, first: int, last: int) -> list[KeptEntry]:
        """Return the entries under a key whose first day lies in these days, sorted."""
        rows = self._database.execute(
            "SELECT key, first, last, event FROM kept_entries WHERE key = ? AND first BETWEEN ? AND ? "
            "ORDER BY first, event",
            (key, first, last),
        )
        return [KeptEntry(*row) for row in rows]

    def entries_of(self, mentions: Collection[str]) -> list[KeptEntry]:
        """Return the entries of the events whose first mention is one of some."""
        rows = self._database.execute(
            "SELECT e.key, e.first, e.last, e.event FROM json_each(?) AS j JOIN kept_entries AS e ON e.event = j.value",
            (_json(mentions),),
        )
        return [KeptEntry(*row) for row in rows]

    def change_entries(self, dropped: Iterable[KeptEntry], added: Iterable[KeptEntry]) -> None:
        """Take some entries away and add others."""
        self._database.executemany(
            "DELETE FROM kept_entries WHERE key = ? AND first = ? AND event = ?",
            [(one.key, one.first, one.event) for one in dropped],
        )
        self._database.executemany(
            "INSERT OR REPLACE INTO kept_entries (key, first, last, event) VALUES (?, ?, ?, ?)",
            [(one.key, one.first, one.last, one.event) for one in added],
        )


def _json(values: Collection[int] | Collection[str]) -> str:
    return json.dumps(list(values))
