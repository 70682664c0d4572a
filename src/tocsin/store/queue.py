"""The queue: which documents and pairs of mentions wait for a reviewer, in which order.

Three marks from 0 to 1 are added up; what has more comes sooner.

uncertainty   of a document, that of its least certain mention: a fifth each for no day, a day from another sentence, no
              place, a number that is vague or open or hedged, and a happening that is planned, denied or hypothetical;
              of a pair, how close the odds that it is one happening are to even
weight        the largest number claimed of people, on a scale where ten are a sixth and a million are all
disagreement  how far the claims of an event about one thing lie apart (the smallest as a share of the largest, taken
              from 1), or all of it where two programs or two reviewers coded it differently

One document in ten is drawn by chance, so that what scores low is seen too; which ones is fixed by their ids, and they
are mixed in so that of what was decided never less than one in ten is of them. A document leaves when each of its
mentions is judged, or when a reviewer finishes it; a pair when anyone decides about it.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tocsin.datamodel.queue import DOCUMENT, PAIR, Queue, Waiting
from tocsin.store.blind import Blind, read_blind
from tocsin.store.decisions import OF_TWO
from tocsin.store.documents import read_document
from tocsin.store.effective import current_version, is_decided, older_versions, read_state
from tocsin.store.history import read_standing
from tocsin.store.queue_marks import Marks, marks_of

#: Share of the documents that are drawn by chance.
CONTROL = 0.1
#: Documents that are looked at in one go: their rows take a few MB.
BATCH = 500
#: Pairs that are scored in full: those with the odds closest to even.
PAIRS = 200

QUEUE = (
    """
    CREATE TABLE queue_documents (         -- a function of codings, events and decisions
        document TEXT PRIMARY KEY REFERENCES documents (id),
        waiting INTEGER NOT NULL,          -- whether anything is left to be judged
        judged INTEGER NOT NULL,           -- whether anything was
        chance REAL NOT NULL,              -- from the id, 0 to 1; below a tenth it is a control
        uncertainty REAL NOT NULL,
        weight REAL NOT NULL,
        disagreement REAL NOT NULL,
        score REAL NOT NULL,
        reasons TEXT NOT NULL              -- JSON list
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX queue_by_score ON queue_documents (waiting, score DESC)",
    "CREATE INDEX queue_by_chance ON queue_documents (waiting, chance)",
    """
    CREATE TABLE queue_pairs (
        one TEXT NOT NULL,
        other TEXT NOT NULL,
        odds REAL NOT NULL,                -- log2, before the prior
        PRIMARY KEY (one, other)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX queue_pairs_by_odds ON queue_pairs (odds)",
    "CREATE TABLE stale_queue (document TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE TABLE stale_pairs (one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)) STRICT, WITHOUT ROWID",
    "INSERT INTO stale_queue (document) SELECT id FROM documents",
    "INSERT INTO stale_pairs (one, other) SELECT one, other FROM event_pairs",
    """
    CREATE TRIGGER queue_by_coding AFTER INSERT ON codings
    BEGIN INSERT OR IGNORE INTO stale_queue (document) VALUES (new.document); END
    """,
    """
    CREATE TRIGGER queue_by_decision AFTER INSERT ON standing
    BEGIN INSERT OR IGNORE INTO stale_queue (document) SELECT document FROM touches WHERE position = new.position; END
    """,
    """
    CREATE TRIGGER queue_by_undo AFTER DELETE ON standing
    BEGIN INSERT OR IGNORE INTO stale_queue (document) SELECT document FROM touches WHERE position = old.position; END
    """,
    """
    CREATE TRIGGER queue_by_import AFTER INSERT ON standing_imports
    BEGIN
        INSERT OR IGNORE INTO stale_queue (document)
        SELECT c.document FROM import_codings AS i JOIN codings AS c ON c.id = i.coding WHERE i.import = new.import;
    END
    """,
    """
    CREATE TRIGGER queue_by_undone_import AFTER DELETE ON standing_imports
    BEGIN
        INSERT OR IGNORE INTO stale_queue (document)
        SELECT c.document FROM import_codings AS i JOIN codings AS c ON c.id = i.coding WHERE i.import = old.import;
    END
    """,
    """
    CREATE TRIGGER queue_by_event AFTER INSERT ON event_mentions
    BEGIN INSERT OR IGNORE INTO stale_queue (document) SELECT document FROM mentions WHERE id = new.mention; END
    """,
    """
    CREATE TRIGGER queue_by_pair AFTER INSERT ON event_pairs
    BEGIN INSERT OR IGNORE INTO stale_pairs (one, other) VALUES (new.one, new.other); END
    """,
    """
    CREATE TRIGGER queue_by_no_pair AFTER DELETE ON event_pairs
    BEGIN INSERT OR IGNORE INTO stale_pairs (one, other) VALUES (old.one, old.other); END
    """,
)

_ITEM = (
    "SELECT q.document, d.name, q.uncertainty, q.weight, q.disagreement, q.reasons "
    "FROM queue_documents AS q JOIN documents AS d ON d.id = q.document"
)


def is_fresh(database: sqlite3.Connection) -> bool:
    """Whether the queue knows of all that was coded, linked and decided."""
    row = database.execute(
        "SELECT NOT EXISTS (SELECT 1 FROM stale_queue) AND NOT EXISTS (SELECT 1 FROM stale_pairs)"
    ).fetchone()
    return bool(row[0])


def refresh_queue(database: sqlite3.Connection) -> None:
    """Bring the queue up to date with what was coded, linked and decided since the last time.

    Args:
        database: within a transaction.
    """
    stale = [row[0] for row in database.execute("SELECT document FROM stale_queue ORDER BY document")]
    neighbours = database.execute(
        "SELECT DISTINCT o.document FROM stale_queue AS s CROSS JOIN mentions AS m ON m.document = s.document "
        "CROSS JOIN event_mentions AS e ON e.mention = m.id CROSS JOIN event_mentions AS n ON n.event = e.event "
        "CROSS JOIN mentions AS o ON o.id = n.mention"
    )
    keys = sorted({*stale, *(row[0] for row in neighbours)})
    events: dict[str, Marks] = {}
    for start in range(0, len(keys), BATCH):
        _refresh_documents(database, keys[start : start + BATCH], events)
    _refresh_pairs(database)
    database.execute("DELETE FROM stale_queue")
    database.execute("DELETE FROM stale_pairs")


def read_queue(database: sqlite3.Connection, *, reviewer: str, limit: int, prior: float, kind: str | None) -> Queue:
    """Return what waits for a reviewer, the next one first.

    Args:
        database: whose queue is fresh.
        reviewer: for whom; documents that others code blind are left out.
        limit: how many items at most.
        prior: log2 of the odds that a pair is one happening before anything is compared.
        kind: "document" or "pair", or None for both.
    """
    blind = {key: one for key, one in read_blind(database).items() if one.hands}
    mine = {key: _blind_item(database, key, one, reviewer) for key, one in blind.items()}
    shown = [one for one in mine.values() if one is not None]

    # The sign keeps the query on the index by score.
    def some(order: str) -> Iterator[Waiting]:
        rows = database.execute(f"{_ITEM} {order} LIMIT ?", (CONTROL, limit + len(blind)))
        return (_document_item(row) for row in rows if row[0] not in blind)

    ranked: list[Waiting] = []
    controls: list[Waiting] = []
    if kind != PAIR:
        ranked += [*some("WHERE waiting = 1 AND +chance >= ? ORDER BY score DESC"), *shown]
        controls += some("WHERE waiting = 1 AND chance < ? ORDER BY chance")
    pairs, waiting_pairs = _pair_items(database, prior)
    if kind != DOCUMENT:
        ranked += pairs
    ranked.sort(key=lambda one: (-one.score, one.subject, one.other or ""))
    (documents,) = database.execute("SELECT count(*) FROM queue_documents WHERE waiting = 1").fetchone()
    done, drawn = database.execute(
        "SELECT count(*), coalesce(sum(chance < ?), 0) FROM queue_documents WHERE waiting = 0 AND judged", (CONTROL,)
    ).fetchone()
    hidden = sum(1 for one in mine.values() if one is None)
    items = _mixed(ranked, controls, done, drawn, limit)
    return Queue(items, max(documents - hidden, 0), waiting_pairs, done, drawn)


def _mixed(
    ranked: Sequence[Waiting], controls: Sequence[Waiting], done: int, drawn: int, limit: int
) -> tuple[Waiting, ...]:
    """Return ranked items with a control wherever less than a tenth would be of them without it."""
    rest, chosen = list(ranked)[::-1], list(controls)[::-1]
    items: list[Waiting] = []
    while len(items) < limit and (rest or chosen):
        due = drawn < CONTROL * (done + len(items) + 1)
        if chosen and (due or not rest):
            items.append(replace(chosen.pop(), control=True))
            drawn += 1
        elif rest:
            items.append(rest.pop())
    return tuple(items)


def _document_item(row: Sequence[object]) -> Waiting:
    key, name, uncertainty, weight, disagreement, reasons = row
    return Waiting(
        DOCUMENT,
        str(key),
        None,
        str(name),
        float(str(uncertainty)),
        float(str(weight)),
        float(str(disagreement)),
        tuple(json.loads(str(reasons))),
    )


def _blind_item(database: sqlite3.Connection, key: str, blind: Blind, reviewer: str) -> Waiting | None:
    """Return a document that is coded blind where a reviewer is to look at it: as one hand, or to compare them."""
    row = database.execute(f"{_ITEM} WHERE q.document = ?", (key,)).fetchone()
    if row is None:
        return None
    document = read_document(database, key)
    open_hands = [
        hand
        for hand in blind.hands
        if not (state := read_state(database, key, document, hand=hand)).finished
        and (not state.mentions or any(one.judgement is None for one in state.mentions))
    ]
    if reviewer in blind.hands:
        return _document_item(row) if reviewer in open_hands else None
    if open_hands or blind.adopted is not None:
        return None
    item = _document_item(row)
    return replace(item, disagreement=1.0, reasons=(f"coded apart by {' and '.join(blind.hands)}", *item.reasons))


def _refresh_documents(database: sqlite3.Connection, keys: Sequence[str], events: dict[str, Marks]) -> None:
    current = _current(database, keys)
    versions = {*keys, *current, *(older for key in current for older in older_versions(database, key))}
    database.executemany("DELETE FROM queue_documents WHERE document = ?", [(key,) for key in versions])
    some = json.dumps(sorted(current))
    counted = database.execute(
        "SELECT d.id FROM json_each(?) AS w CROSS JOIN current_documents AS d ON d.id = w.value", (some,)
    )
    waiting: dict[str, tuple[list[str], bool, bool]] = {row[0]: ([], True, False) for row in counted.fetchall()}
    coded = database.execute(
        "SELECT c.document, m.mention FROM json_each(?) AS w CROSS JOIN current_codings AS c ON c.document = w.value "
        "CROSS JOIN coding_mentions AS m ON m.coding = c.id",
        (some,),
    )
    for key, mention in coded:
        if key in waiting:
            waiting[key][0].append(mention)
    for key in _decided(database, some) & set(waiting):
        state = read_state(database, key, read_document(database, key))
        left = [one.mention.id for one in state.mentions if one.judgement is None]
        judged = state.finished or len(left) < len(state.mentions) or bool(state.dropped)
        is_left = not state.finished and (bool(left) or not judged)
        waiting[key] = ([] if state.finished else left, is_left, judged)
    marks = marks_of(database, [name for names, _, _ in waiting.values() for name in names], events)
    rows = []
    for key, (names, is_left, judged) in waiting.items():
        total = Marks()
        for name in names:
            total.add(marks[name])
        score = total.uncertainty + total.weight + total.disagreement
        reasons = json.dumps(total.reasons, ensure_ascii=False)
        measures = (total.uncertainty, total.weight, total.disagreement, score, reasons)
        rows.append((key, is_left, judged, _chance(key), *measures))
    database.executemany("INSERT INTO queue_documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _current(database: sqlite3.Connection, keys: Sequence[str]) -> set[str]:
    """Return the versions that count today of some documents; most have one alone."""
    several = database.execute(
        "SELECT w.value FROM json_each(?) AS w CROSS JOIN documents AS d ON d.id = w.value "
        "WHERE EXISTS (SELECT 1 FROM documents AS n WHERE n.replaces = d.id)",
        (json.dumps(list(keys)),),
    )
    old = {row[0] for row in several}
    return {current_version(database, key) if key in old else key for key in keys}


def _decided(database: sqlite3.Connection, some: str) -> set[str]:
    """Return those of some documents, a JSON list, that standing decisions are about, or about older versions."""
    rows = database.execute(
        "SELECT w.value FROM json_each(?) AS w WHERE EXISTS (SELECT 1 FROM touches WHERE document = w.value) "
        "OR EXISTS (SELECT 1 FROM documents WHERE id = w.value AND replaces IS NOT NULL)",
        (some,),
    )
    return {row[0] for row in rows if is_decided(database, row[0])}


def _refresh_pairs(database: sqlite3.Connection) -> None:
    row = database.execute("SELECT scale FROM linkings").fetchone()
    scale = [] if row is None else json.loads(row[0])
    database.execute(
        "DELETE FROM queue_pairs WHERE EXISTS (SELECT 1 FROM stale_pairs AS s "
        "WHERE s.one = queue_pairs.one AND s.other = queue_pairs.other)"
    )
    rows = database.execute("SELECT one, other, p.levels FROM stale_pairs JOIN event_pairs AS p USING (one, other)")
    database.executemany(
        "INSERT INTO queue_pairs (one, other, odds) VALUES (?, ?, ?)",
        (
            (one, other, sum(weights[level] for level, (_, _, weights) in zip(levels, scale, strict=True)))
            for one, other, levels in rows.fetchall()
        ),
    )


def _pair_items(database: sqlite3.Connection, prior: float) -> tuple[list[Waiting], int]:
    """Return the pairs whose odds are closest to even, and how many pairs wait in all."""
    decided = {tuple(sorted((one.subject, one.object or ""))) for one in read_standing(database, kinds=OF_TWO)}
    most = PAIRS + len(decided)
    rows = database.execute(
        "SELECT * FROM (SELECT one, other, odds FROM queue_pairs WHERE odds >= :even ORDER BY odds LIMIT :most) "
        "UNION ALL "
        "SELECT * FROM (SELECT one, other, odds FROM queue_pairs WHERE odds < :even ORDER BY odds DESC LIMIT :most)",
        {"even": -prior, "most": most},
    ).fetchall()
    (count,) = database.execute("SELECT count(*) FROM queue_pairs").fetchone()
    there = sum(
        database.execute("SELECT count(*) FROM queue_pairs WHERE one = ? AND other = ?", pair).fetchone()[0]
        for pair in decided
    )
    left = sorted(
        (row for row in rows if (row[0], row[1]) not in decided), key=lambda row: (abs(row[2] + prior), row[0], row[1])
    )[:PAIRS]
    events: dict[str, Marks] = {}
    marks = marks_of(database, sorted({name for one, other, _ in left for name in (one, other)}), events)
    items = []
    for one, other, odds in left:
        both = Marks()
        both.add(marks[one])
        both.add(marks[other])
        likely = 1 / (1 + 2.0 ** min(odds + prior, 1000))
        uncertainty = 2 * min(likely, 1 - likely)
        reasons = (f"odds of one happening 2 to the {odds + prior:+.1f}", *_of_pair(both.reasons))
        name = database.execute(
            "SELECT d.name FROM mentions AS m JOIN documents AS d ON d.id = m.document WHERE m.id = ?", (one,)
        ).fetchone()[0]
        items.append(Waiting(PAIR, one, other, name, uncertainty, both.weight, both.disagreement, reasons))
    return items, int(count - there)


def _of_pair(reasons: Iterable[str]) -> list[str]:
    return [words for words in reasons if words.startswith(("up to", "voices", "two programs"))]


def _chance(key: str) -> float:
    return int(hashlib.sha256(f"queue {key}".encode()).hexdigest()[:12], 16) / 16**12
