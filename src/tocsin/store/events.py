"""Events: ids that stay, and which mentions each holds now.

An event is named after the mention that founded it and keeps that id for good. One that went into another keeps its row
with a forward; where a decision is undone and its founder stands alone again, the old id comes back.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tocsin.datamodel import Decision
from tocsin.datamodel.ids import content_id
from tocsin.datamodel.relation import Relation
from tocsin.errors import RecordError
from tocsin.store.decisions import DIFFERENT, SAME, pair_decisions

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LinkedPair:
    """Two mentions of one event and why they are: (comparison, level, weight in log2), the strongest first."""

    one: str
    other: str
    steps: tuple[tuple[str, str, float], ...]


def standing_pairs(decisions: Sequence[Decision]) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """Return the pairs of mentions decided to be one happening and those decided to be two, sorted.

    Of several decisions about a pair the last one that was not undone stands; where it is "unsure", none does.
    """
    standing = pair_decisions(decisions)
    same, different = (tuple(p for p, one in standing.items() if one.kind == kind) for kind in (SAME, DIFFERENT))
    return same, different


def write_events(
    database: sqlite3.Connection, clusters: Iterable[Sequence[str]], touched: Collection[str] | None = None
) -> None:
    """Make the clusters events of the record, each under the id of its founder.

    Args:
        database: within a transaction.
        clusters: ids of mentions.
        touched: ids of the mentions in `clusters`, and of those that are told no more, where the clusters are not all
            of the record; no other mention may have been in an event with one of these.
    """
    groups = sorted(tuple(sorted(cluster)) for cluster in clusters)
    before, founded = _events_before(database, touched)
    named = _named(groups, before, founded)
    database.executemany(
        "INSERT INTO events (id, founder) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET forward = NULL",
        [(name, founder) for name, founder, _ in named],
    )
    now = {mention: name for name, _, group in named for mention in group}
    living = {name for name, _, _ in named}
    into: dict[str, Counter[str]] = {}
    for mention, event in before.items():
        if event not in living and mention in now:
            into.setdefault(event, Counter())[now[mention]] += 1
    database.executemany(
        "UPDATE events SET forward = ? WHERE id = ?",
        [(min(went, key=lambda e: (-went[e], e)), event) for event, went in into.items()],
    )
    database.executemany("DELETE FROM event_mentions WHERE mention = ?", [(m,) for m in before if m not in now])
    database.executemany(
        "INSERT OR REPLACE INTO event_mentions (mention, event) VALUES (?, ?)",
        [(mention, event) for mention, event in now.items() if before.get(mention) != event],
    )


def write_pairs(
    database: sqlite3.Connection, pairs: Mapping[Pair, bytes], touched: Collection[str] | None = None
) -> None:
    """Keep why mentions are one event: for each pair, sorted, the level that each comparison reached.

    Args:
        database: within a transaction.
        pairs: what is kept from now on.
        touched: as for `write_events`.
    """
    if touched is None:
        database.execute("DELETE FROM event_pairs")
    else:
        database.executemany("DELETE FROM event_pairs WHERE one = ?", [(mention,) for mention in touched])
    database.executemany(
        "INSERT INTO event_pairs (one, other, levels) VALUES (?, ?, ?)",
        [(*pair, pairs[pair]) for pair in sorted(pairs)],
    )


def find_event(database: sqlite3.Connection, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the id of the event that `name`, its id or the beginning of it, stands for today, and its mentions.

    Raises:
        RecordError: no event, or more than one, has an id that begins so.
    """
    rows = database.execute(
        "SELECT id, forward FROM events WHERE substr(id, 1, ?) = ? LIMIT 2", (len(name), name)
    ).fetchall()
    if len(rows) != 1 or not name:
        problem = "names more than one event" if rows else "names no event of the record"
        raise RecordError(f"event {name!r}", problem, "`tocsin explain` of a mention shows its event")
    event, forward = rows[0]
    while forward is not None:
        event, forward = database.execute("SELECT id, forward FROM events WHERE id = ?", (forward,)).fetchone()
    mentions = database.execute("SELECT mention FROM event_mentions WHERE event = ? ORDER BY mention", (event,))
    return event, tuple(row[0] for row in mentions)


def read_pairs(database: sqlite3.Connection, mentions: Iterable[str]) -> tuple[LinkedPair, ...]:
    """Return why mentions are one event, a pair each."""
    row = database.execute("SELECT scale FROM linkings").fetchone()
    scale = [] if row is None else json.loads(row[0])
    found = []
    for mention in mentions:
        for one, other, levels in database.execute(
            "SELECT one, other, levels FROM event_pairs WHERE one = ? ORDER BY other", (mention,)
        ):
            steps = [(name, of[n], weights[n]) for n, (name, of, weights) in zip(levels, scale, strict=True)]
            steps.sort(key=lambda step: (-abs(step[2]), step[0]))
            found.append(LinkedPair(one, other, tuple(steps)))
    return tuple(found)


def write_relations(
    database: sqlite3.Connection,
    relations: Iterable[tuple[int, Relation]],
    touched: Collection[str] | None = None,
    chains: Iterable[int] = (),
) -> None:
    """Make these relations of the record.

    Args:
        database: within a transaction.
        relations: between mentions of events, each with the person or employer that it follows from, or 0.
        touched: as for `write_events`.
        chains: persons and employers whose relations are all among these.
    """
    if touched is None:
        database.execute("DELETE FROM event_relations")
    else:
        database.executemany(
            "DELETE FROM event_relations WHERE holder = ? OR member = ?", [(mention, mention) for mention in touched]
        )
        database.executemany("DELETE FROM event_relations WHERE chain != 0 AND chain = ?", [(key,) for key in chains])
    database.executemany(
        "INSERT OR REPLACE INTO event_relations (kind, holder, member, chain, reason) VALUES (?, ?, ?, ?, ?)",
        [(one.kind, one.holder, one.member, chain, one.reason) for chain, one in relations],
    )


def read_relations(database: sqlite3.Connection, event: str) -> tuple[Relation, ...]:
    """Return the relations of an event by its id, between events, sorted; none where both are one by now."""
    rows = database.execute(
        "SELECT r.kind, h.event, m.event, min(r.reason) FROM event_relations AS r "
        "JOIN event_mentions AS h ON h.mention = r.holder JOIN event_mentions AS m ON m.mention = r.member "
        "WHERE h.event != m.event AND (r.holder IN (SELECT mention FROM event_mentions WHERE event = ?) "
        "OR r.member IN (SELECT mention FROM event_mentions WHERE event = ?)) "
        "GROUP BY r.kind, h.event, m.event ORDER BY r.kind, h.event, m.event",
        (event, event),
    )
    return tuple(Relation(*row) for row in rows)


def read_kind(database: sqlite3.Connection, kind: str) -> tuple[Relation, ...]:
    """Return all relations of a kind between events, sorted; none where both are one by now."""
    rows = database.execute(
        "SELECT r.kind, h.event, m.event, min(r.reason) FROM event_relations AS r "
        "JOIN event_mentions AS h ON h.mention = r.holder JOIN event_mentions AS m ON m.mention = r.member "
        "WHERE h.event != m.event AND r.kind = ? GROUP BY h.event, m.event ORDER BY h.event, m.event",
        (kind,),
    )
    return tuple(Relation(*row) for row in rows)


def _events_before(
    database: sqlite3.Connection, touched: Collection[str] | None
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the events of mentions so far, and by founder, in the order in which they came to be, those concerned."""
    if touched is None:
        before = dict(database.execute("SELECT mention, event FROM event_mentions"))
        return before, dict(database.execute("SELECT founder, id FROM events ORDER BY rowid"))
    some = json.dumps(sorted(touched))
    before = dict(
        database.execute(
            "SELECT e.mention, e.event FROM json_each(?) AS j JOIN event_mentions AS e ON e.mention = j.value", (some,)
        )
    )
    rows = database.execute(
        "SELECT founder, id FROM events WHERE founder IN (SELECT value FROM json_each(?)) "
        "OR id IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        (some, json.dumps(sorted(set(before.values())))),
    )
    return before, dict(rows)


def _named(
    groups: Sequence[tuple[str, ...]], before: Mapping[str, str], founded: Mapping[str, str]
) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return for each group its event's id, the founder and the mentions.

    An event goes where its founder goes; of several in one group the oldest gives the id. An event whose founder is no
    longer told, because its document was edited or coded again, goes where most of its mentions are.
    """
    group_of = {mention: n for n, group in enumerate(groups) for mention in group}
    founders = {event: founder for founder, event in founded.items()}
    chosen: dict[int, str] = {}
    # `founded` is in the order in which events came to be.
    for founder, event in founded.items():
        if founder in group_of:
            chosen.setdefault(group_of[founder], event)
    lost: dict[str, Counter[int]] = {}
    for mention, event in before.items():
        if mention in group_of and founders[event] not in group_of:
            lost.setdefault(event, Counter())[group_of[mention]] += 1
    for event in sorted(lost):
        chosen.setdefault(min(lost[event], key=lambda n: (-lost[event][n], n)), event)
    named = []
    for n, group in enumerate(groups):
        event = chosen.get(n) or content_id("e", group[0])
        named.append((event, founders.get(event, group[0]), group))
    return named
