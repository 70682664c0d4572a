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
import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tocsin.datamodel.queue import DOCUMENT, PAIR, Queue, Waiting
from tocsin.store.blind import Blind, read_blind
from tocsin.store.decisions import OF_TWO
from tocsin.store.documents import read_document
from tocsin.store.effective import current_version, is_decided, older_versions, read_state
from tocsin.store.history import read_standing

#: Share of the documents that are drawn by chance.
CONTROL = 0.1
#: Documents that are looked at in one go: their rows take a few MB.
BATCH = 500
#: Pairs that are scored in full: those with the odds closest to even.
PAIRS = 200
#: People for whom the weight is 1: the largest demonstrations told of.
MOST = 1_000_000
#: Attributes that count people.
PEOPLE = ("participants", "affected", "injured", "killed")
UNCERTAIN = ("planned", "denied", "hypothetical")

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


@dataclass
class _Marks:
    """What is known of some mentions or documents."""

    uncertainty: float = 0.0
    weight: float = 0.0
    disagreement: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, other: "_Marks") -> None:
        self.uncertainty = max(self.uncertainty, other.uncertainty)
        self.weight = max(self.weight, other.weight)
        self.disagreement = max(self.disagreement, other.disagreement)
        self.reasons = list(dict.fromkeys((*self.reasons, *other.reasons)))


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
        "SELECT DISTINCT o.document FROM stale_queue AS s JOIN mentions AS m ON m.document = s.document "
        "JOIN event_mentions AS e ON e.mention = m.id JOIN event_mentions AS n ON n.event = e.event "
        "JOIN mentions AS o ON o.id = n.mention"
    )
    keys = sorted({*stale, *(row[0] for row in neighbours)})
    events: dict[str, _Marks] = {}
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

    def some(order: str) -> Iterator[Waiting]:
        rows = database.execute(f"{_ITEM} {order} LIMIT ?", (CONTROL, limit + len(blind)))
        return (_document_item(row) for row in rows if row[0] not in blind)

    ranked: list[Waiting] = []
    controls: list[Waiting] = []
    if kind != PAIR:
        ranked += [*some("WHERE waiting = 1 AND chance >= ? ORDER BY score DESC, chance"), *shown]
        controls += some("WHERE waiting = 1 AND chance < ? ORDER BY chance")
    pairs, waiting_pairs = _pair_items(database, prior)
    if kind != DOCUMENT:
        ranked += pairs
    ranked.sort(key=lambda one: (-one.score, one.subject, one.other or ""))
    documents, done, drawn = database.execute(
        "SELECT coalesce(sum(waiting), 0), coalesce(sum(judged AND NOT waiting), 0), "
        "coalesce(sum(judged AND NOT waiting AND chance < ?), 0) FROM queue_documents",
        (CONTROL,),
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


def _refresh_documents(database: sqlite3.Connection, keys: Sequence[str], events: dict[str, _Marks]) -> None:
    current = sorted({current_version(database, key) for key in keys})
    versions = {*keys, *current, *(older for key in current for older in older_versions(database, key))}
    database.executemany("DELETE FROM queue_documents WHERE document = ?", [(key,) for key in versions])
    counted = database.execute(
        "SELECT id FROM current_documents WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(current),)
    )
    waiting: dict[str, tuple[list[str], bool, bool]] = {row[0]: ([], True, False) for row in counted.fetchall()}
    for key in waiting:
        if not is_decided(database, key):
            coded = database.execute(
                "SELECT m.mention FROM current_codings AS c JOIN coding_mentions AS m ON m.coding = c.id "
                "WHERE c.document = ?",
                (key,),
            )
            waiting[key] = ([row[0] for row in coded], True, False)
        else:
            state = read_state(database, key, read_document(database, key))
            left = [one.mention.id for one in state.mentions if one.judgement is None]
            judged = state.finished or len(left) < len(state.mentions) or bool(state.dropped)
            is_left = not state.finished and (bool(left) or not judged)
            waiting[key] = ([] if state.finished else left, is_left, judged)
    marks = _marks_of(database, [name for names, _, _ in waiting.values() for name in names], events)
    rows = []
    for key, (names, is_left, judged) in waiting.items():
        total = _Marks()
        for name in names:
            total.add(marks[name])
        score = total.uncertainty + total.weight + total.disagreement
        reasons = json.dumps(total.reasons, ensure_ascii=False)
        measures = (total.uncertainty, total.weight, total.disagreement, score, reasons)
        rows.append((key, is_left, judged, _chance(key), *measures))
    database.executemany("INSERT INTO queue_documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _marks_of(database: sqlite3.Connection, mentions: Sequence[str], events: dict[str, _Marks]) -> dict[str, _Marks]:
    """Return the marks of mentions as they were coded, by id.

    Args:
        database: the record.
        mentions: their ids.
        events: marks of events looked at before, by id; more are added.
    """
    some = json.dumps(list(mentions))
    rows = database.execute(
        "SELECT m.id, m.date_start IS NULL AND m.date_end IS NULL, m.date_basis = 'context', "
        "NOT EXISTS (SELECT 1 FROM places WHERE mention = m.id), m.modality, e.event, "
        "EXISTS (SELECT 1 FROM coding_notes AS n WHERE n.mention = m.id AND n.kind IN ('disagreement', 'differs')) "
        "FROM json_each(?) AS w CROSS JOIN mentions AS m ON m.id = w.value "
        "LEFT JOIN event_mentions AS e ON e.mention = m.id",
        (some,),
    ).fetchall()
    claims: dict[str, list[tuple[str, float | None, float | None, bool]]] = defaultdict(list)
    for mention, attribute, low, high, vague in database.execute(
        "SELECT c.mention, c.attribute, c.low, c.high, c.approx OR c.hedge_quote IS NOT NULL OR c.low IS NULL "
        "OR c.high IS NULL FROM json_each(?) AS w CROSS JOIN claims AS c ON c.mention = w.value",
        (some,),
    ):
        claims[mention].append((attribute, low, high, bool(vague)))
    found = {}
    for name, no_day, context, no_place, modality, event, differs in rows:
        said = claims[name]
        reasons = [
            words
            for words, holds in (
                ("no day", no_day),
                ("day from another sentence", context),
                ("no place", no_place),
                ("vague number", any(vague for *_, vague in said)),
                (modality, modality in UNCERTAIN),
            )
            if holds
        ]
        people = [end for attribute, low, high, _ in said if attribute in PEOPLE for end in (low, high) if end]
        most = max(people, default=0)
        marks = _Marks(len(reasons) / 5, min(1.0, math.log10(max(most, 1)) / math.log10(MOST)), float(differs), reasons)
        if most >= 1000:
            marks.reasons.append(f"up to {most:,.0f} people")
        if differs:
            marks.reasons.append("two programs differ")
        if event is not None:
            if event not in events:
                events[event] = _event_marks(database, event)
            marks.add(events[event])
        found[name] = marks
    return found


def _event_marks(database: sqlite3.Connection, event: str) -> _Marks:
    """Return how far the claims of an event about one thing lie apart."""
    rows = database.execute(
        "SELECT c.attribute, min(coalesce(c.low, c.high)), max(coalesce(c.high, c.low)) FROM event_mentions AS e "
        "JOIN claims AS c ON c.mention = e.mention WHERE e.event = ? GROUP BY c.attribute, c.unit HAVING count(*) > 1",
        (event,),
    )
    marks = _Marks()
    for attribute, least, most in rows:
        if most and least < most:
            words = f"voices differ on {attribute}, {least:,} to {most:,}"
            marks.add(_Marks(disagreement=1 - max(least, 0) / most, reasons=[words]))
    return marks


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
    events: dict[str, _Marks] = {}
    marks = _marks_of(database, sorted({name for one, other, _ in left for name in (one, other)}), events)
    items = []
    for one, other, odds in left:
        both = _Marks()
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
