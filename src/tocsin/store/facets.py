"""Events as rows that are chosen by facets: kept in the record, and held in memory by who shows them.

The tables are a function of the events, their mentions and what was decided about them. What changed since is marked by
triggers and worked out anew, so that a decision costs the events that it touches. In memory each facet is an array of
small numbers, an element an event or an event's value: counting one takes a millisecond at 100,000 events.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.datamodel.facets import EventRow
from tocsin.datamodel.mention import DateRange, Place
from tocsin.datamodel.where import Facts

FACETS = (
    """
    CREATE TABLE event_rows (
        event TEXT PRIMARY KEY,
        changed INTEGER NOT NULL,      -- larger the later it was worked out
        row TEXT                       -- JSON; null: there is no such event any more
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX event_rows_by_change ON event_rows (changed)",
    """
    CREATE TABLE event_rows_made (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        maker TEXT NOT NULL            -- program version, codebook, policy and convention
    ) STRICT
    """,
    "CREATE TABLE stale_events (event TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "INSERT INTO stale_events (event) SELECT DISTINCT event FROM event_mentions",
    """
    CREATE TRIGGER rows_by_event AFTER INSERT ON event_mentions
    BEGIN INSERT OR IGNORE INTO stale_events (event) VALUES (new.event); END
    """,
    # An event that a mention leaves for another one changes too.
    """
    CREATE TRIGGER rows_by_move BEFORE INSERT ON event_mentions
    BEGIN
        INSERT OR IGNORE INTO stale_events (event) SELECT event FROM event_mentions WHERE mention = new.mention;
    END
    """,
    """
    CREATE TRIGGER rows_by_no_event AFTER DELETE ON event_mentions
    BEGIN INSERT OR IGNORE INTO stale_events (event) VALUES (old.event); END
    """,
    """
    CREATE TRIGGER rows_by_decision AFTER INSERT ON standing
    BEGIN
        INSERT OR IGNORE INTO stale_events (event)
        SELECT e.event FROM touches JOIN event_mentions AS e USING (mention) WHERE position = new.position;
    END
    """,
    """
    CREATE TRIGGER rows_by_undo AFTER DELETE ON standing
    BEGIN
        INSERT OR IGNORE INTO stale_events (event)
        SELECT e.event FROM touches JOIN event_mentions AS e USING (mention) WHERE position = old.position;
    END
    """,
    """
    CREATE TRIGGER rows_by_copy AFTER INSERT ON copies
    BEGIN
        INSERT OR IGNORE INTO stale_events (event)
        SELECT e.event FROM documents AS d JOIN mentions AS m ON m.document = d.id
        JOIN event_mentions AS e ON e.mention = m.id WHERE d.name = new.document;
    END
    """,
    """
    CREATE TRIGGER rows_by_no_copy AFTER DELETE ON copies
    BEGIN
        INSERT OR IGNORE INTO stale_events (event)
        SELECT e.event FROM documents AS d JOIN mentions AS m ON m.document = d.id
        JOIN event_mentions AS e ON e.mention = m.id WHERE d.name = old.document;
    END
    """,
)


@dataclass(frozen=True, slots=True)
class Told:
    """Who tells a mention: id and publisher of its document, and the kinds of those whom its claims are said by."""

    document: str
    publisher: str
    kinds: frozenset[str]


def stale_events(database: sqlite3.Connection, maker: str) -> list[str]:
    """Return the ids of the events whose rows are to be worked out anew, sorted.

    Args:
        database: the record.
        maker: program version, codebook, policy and convention; where rows were made otherwise, all are stale.
    """
    row = database.execute("SELECT maker FROM event_rows_made").fetchone()
    if row is None or row[0] != maker:
        found = database.execute("SELECT event FROM event_mentions UNION SELECT event FROM event_rows ORDER BY 1")
    else:
        found = database.execute("SELECT event FROM stale_events ORDER BY event")
    return [row[0] for row in found]


def write_rows(database: sqlite3.Connection, events: Iterable[str], rows: Iterable[EventRow], maker: str) -> None:
    """Put rows in the place of older ones.

    Args:
        database: within a transaction.
        events: ids of all events that were worked out; one without a row is no event any more.
        rows: what became of them.
        maker: as for `stale_events`.
    """
    made = {one.event: dumps(one) for one in rows}
    (changed,) = database.execute("SELECT coalesce(max(changed), 0) + 1 FROM event_rows").fetchone()
    names = sorted({*events, *made})
    database.executemany(
        "INSERT OR REPLACE INTO event_rows (event, changed, row) VALUES (?, ?, ?)",
        [(name, changed, made.get(name)) for name in names],
    )
    database.executemany("DELETE FROM stale_events WHERE event = ?", [(name,) for name in names])
    database.execute("INSERT OR REPLACE INTO event_rows_made (id, maker) VALUES (1, ?)", (maker,))


def read_changed(database: sqlite3.Connection, since: int) -> tuple[int, list[tuple[str, EventRow | None]]]:
    """Return the last change, and each event that changed after `since` with its row, None where it is none now."""
    rows = database.execute("SELECT event, changed, row FROM event_rows WHERE changed > ?", (since,)).fetchall()
    last = max((row[1] for row in rows), default=since)
    return last, [(name, None if row is None else loads(name, row)) for name, _, row in rows]


def read_mentions_of(database: sqlite3.Connection, events: Sequence[str]) -> list[str]:
    """Return the ids of the mentions of some events."""
    rows = database.execute(
        "SELECT e.mention FROM json_each(?) AS w CROSS JOIN event_mentions AS e ON e.event = w.value "
        "ORDER BY e.mention",
        (json.dumps(list(events)),),
    )
    return [row[0] for row in rows]


def count_rows(database: sqlite3.Connection) -> int:
    """Return how many rows of events are kept."""
    return int(database.execute("SELECT count(*) FROM event_rows").fetchone()[0])


def read_told(database: sqlite3.Connection, mentions: Sequence[str]) -> tuple[dict[str, Told], list[str]]:
    """Return who tells mentions as they were coded, by id, and which of them decisions are about, which may say else.

    Args:
        database: the record.
        mentions: their ids.
    """
    some = json.dumps(list(mentions))
    kinds: dict[str, set[str]] = {}
    for mention, kind in database.execute(
        "SELECT c.mention, s.kind FROM json_each(?) AS w CROSS JOIN claims AS c ON c.mention = w.value "
        "CROSS JOIN speakers AS s ON s.claim = c.id",
        (some,),
    ):
        kinds.setdefault(mention, set()).add(kind)
    rows = database.execute(
        "SELECT m.id, d.name, d.publisher FROM json_each(?) AS w CROSS JOIN mentions AS m ON m.id = w.value "
        "CROSS JOIN documents AS d ON d.id = m.document",
        (some,),
    )
    told = {name: Told(document, publisher, frozenset(kinds.get(name, ()))) for name, document, publisher in rows}
    decided = database.execute(
        "SELECT DISTINCT w.value FROM json_each(?) AS w CROSS JOIN touches AS t ON t.mention = w.value "
        "CROSS JOIN standing USING (position)",
        (some,),
    )
    return told, [row[0] for row in decided]


def dumps(row: EventRow) -> str:
    """Return a row as it is kept."""
    facts = row.facts
    data = [
        [facts.type, facts.modality, facts.scope, facts.status],
        [_iso(facts.date.start), _iso(facts.date.end), facts.date.precision, facts.date.basis],
        [[place.name, place.country, place.admin1] for place in facts.places],
        sorted(facts.publishers),
        sorted(facts.speakers),
        row.figures,
        [row.mentions, row.documents, row.lat, row.lon],
    ]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def loads(event: str, kept: str) -> EventRow:
    """Return the row that `dumps` wrote."""
    (kind, modality, scope, status), days, places, publishers, speakers, figures, rest = json.loads(kept)
    facts = Facts(
        kind,
        modality,
        scope,
        DateRange(_day(days[0]), _day(days[1]), days[2], days[3]),
        tuple(Place(None, name, country, admin1) for name, country, admin1 in places),
        frozenset(publishers),
        frozenset(speakers),
        status,
        tuple((figure[0], figure[3]) for figure in figures),
    )
    return EventRow(event, facts, tuple(map(tuple, figures)), *rest)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
