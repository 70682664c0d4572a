"""Histories: what each reviewer did, act by act, and which decisions stand because of it.

A reviewer's acts are a tree. Undoing moves the reviewer one act back, redoing one forward, to the act last stood on;
going on after an undo begins another branch, and the one that was left can be gone to again. A decision stands where
its act lies on the way from the beginning to where its reviewer stands, and no standing decision undoes it by name.
Every move is a row of `decisions` too, so that what stands is a function of rows that are never changed.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from tocsin.datamodel import Decision
from tocsin.datamodel.act import Act
from tocsin.datamodel.ids import content_id
from tocsin.errors import DecisionError
from tocsin.store.decisions import HEAD, UNDO

#: Kind, subject and object of a decision to be made.
Step = tuple[str, str, str | None]

_COLUMNS = "d.id, d.kind, d.subject, d.object, d.reviewer, d.reason, d.at, d.act"


def write_act(
    database: sqlite3.Connection, steps: Sequence[Step], *, kind: str, reviewer: str, reason: str, at: datetime
) -> tuple[str, tuple[Decision, ...]]:
    """Write one act of a reviewer, after the last one that stands; return its id and its decisions.

    Args:
        database: within a transaction.
        steps: what is decided; none of these rows is there.
        kind, reviewer, reason, at: of the act and each of its decisions.
    """
    parent = head_of(database, reviewer)
    names = [content_id("d", *step, reviewer, reason, at.isoformat()) for step in steps]
    act = content_id("a", parent, kind, reviewer, at.isoformat(), *names)
    database.execute(
        "INSERT INTO acts (id, parent, kind, reviewer, reason, at, stands, stood) "
        "VALUES (?, ?, ?, ?, ?, ?, 1, (SELECT coalesce(max(stood), 0) + 1 FROM acts))",
        (act, parent, kind, reviewer, reason, at.isoformat()),
    )
    _set_head(database, reviewer, act)
    made = []
    for name, (one, subject, other) in zip(names, steps, strict=True):
        database.execute(
            "INSERT INTO decisions (id, kind, subject, object, reviewer, reason, at, act) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (name, one, subject, other, reviewer, reason, at.isoformat(), act),
        )
        made.append(Decision(name, one, subject, other, reviewer, reason, at, act))
    return act, tuple(made)


def move(
    database: sqlite3.Connection, reviewer: str, target: str | None, *, reason: str, at: datetime
) -> frozenset[int]:
    """Move a reviewer to an act of their history, or before the first; return the decisions that came or went.

    Args:
        database: within a transaction.
        reviewer: whose history it is.
        target: id of the act to stand at.
        reason: why, in words.
        at: when, UTC.

    Returns:
        Positions of the decisions that stand now and did not, or the other way round.
    """
    here, there = _way(database, head_of(database, reviewer)), _way(database, target)
    left, entered = [act for act in here if act not in set(there)], [act for act in there if act not in set(here)]
    database.executemany("UPDATE acts SET stands = 0 WHERE id = ?", [(act,) for act in left])
    database.executemany(
        "UPDATE acts SET stands = 1, stood = (SELECT max(stood) + 1 FROM acts) WHERE id = ?",
        [(act,) for act in reversed(entered)],
    )
    _set_head(database, reviewer, target)
    name = content_id("d", HEAD, target or "", None, reviewer, reason, at.isoformat())
    database.execute(
        "INSERT INTO decisions (id, kind, subject, object, reviewer, reason, at) VALUES (?, ?, ?, NULL, ?, ?, ?)",
        (name, HEAD, target or "", reviewer, reason, at.isoformat()),
    )
    return settle(database, [row for act in (*left, *entered) for row in positions_of(database, act)])


def settle(database: sqlite3.Connection, positions: Iterable[int]) -> frozenset[int]:
    """Work out anew whether some decisions stand, and what hangs on them; return those that changed."""
    flipped: set[int] = set()
    waiting = list(positions)
    while waiting:
        position = waiting.pop()
        kind, subject, stands, stood = database.execute(
            "SELECT d.kind, d.subject, "
            "EXISTS (SELECT 1 FROM acts WHERE id = d.act AND stands) AND NOT EXISTS ("
            "  SELECT 1 FROM decisions AS u JOIN standing USING (position) WHERE u.subject = d.id AND u.kind = ?), "
            "EXISTS (SELECT 1 FROM standing AS s WHERE s.position = d.position) "
            "FROM decisions AS d WHERE d.position = ?",
            (UNDO, position),
        ).fetchone()
        if stands == stood:
            continue
        change = "INSERT INTO standing (position) VALUES (?)" if stands else "DELETE FROM standing WHERE position = ?"
        database.execute(change, (position,))
        flipped ^= {position}
        if kind == UNDO:
            waiting += [row[0] for row in database.execute("SELECT position FROM decisions WHERE id = ?", (subject,))]
    return frozenset(flipped)


def head_of(database: sqlite3.Connection, reviewer: str) -> str | None:
    """Return the act at which a reviewer stands, or None before the first."""
    row = database.execute("SELECT act FROM heads WHERE reviewer = ?", (reviewer,)).fetchone()
    return None if row is None or row[0] is None else str(row[0])


def before(database: sqlite3.Connection, act: str) -> str | None:
    """Return what its reviewer had done before an act, or None where it was the first."""
    row = database.execute("SELECT parent FROM acts WHERE id = ?", (act,)).fetchone()
    return None if row[0] is None else str(row[0])


def after(database: sqlite3.Connection, reviewer: str) -> str | None:
    """Return the act to be redone: of those done after where the reviewer stands the one last stood on, or None."""
    row = database.execute(
        "SELECT id FROM acts WHERE reviewer = ? AND parent IS ? ORDER BY stood DESC LIMIT 1",
        (reviewer, head_of(database, reviewer)),
    ).fetchone()
    return None if row is None else str(row[0])


def find_act(database: sqlite3.Connection, name: str, reviewer: str) -> str:
    """Return the id of an act of a reviewer by its beginning.

    Raises:
        DecisionError: none or more than one act of the reviewer begins so.
    """
    rows = database.execute(
        "SELECT id FROM acts WHERE reviewer = ? AND substr(id, 1, ?) = ? LIMIT 2", (reviewer, len(name), name)
    ).fetchall()
    if len(rows) != 1 or not name:
        problem = "names more than one act" if rows else f"names no act of {reviewer}"
        raise DecisionError(f"act {name!r}", problem, "`tocsin decide history` shows the ids")
    return str(rows[0][0])


def read_acts(database: sqlite3.Connection, *, reviewer: str | None = None, act: str | None = None) -> tuple[Act, ...]:
    """Return acts in the order in which they were done.

    Args:
        database: the record.
        reviewer: whose, or None for everyone's.
        act: id of the only one wanted, or None.
    """
    rows = database.execute(
        "SELECT id, parent, kind, reviewer, reason, at, stands FROM acts "
        "WHERE (:reviewer IS NULL OR reviewer = :reviewer) AND (:act IS NULL OR id = :act) ORDER BY position",
        {"reviewer": reviewer, "act": act},
    ).fetchall()
    return tuple(
        Act(name, parent, kind, who, why, datetime.fromisoformat(at), bool(stands), _decisions_of(database, name))
        for name, parent, kind, who, why, at, stands in rows
    )


def read_decisions(database: sqlite3.Connection) -> tuple[Decision, ...]:
    """Return all decisions, standing or not, in the order in which they were made."""
    rows = database.execute(f"SELECT {_COLUMNS} FROM decisions AS d ORDER BY d.position")  # noqa: S608 (our own columns)
    return tuple(map(decision_of, rows))


def read_standing(
    database: sqlite3.Connection, *, kinds: Sequence[str] = (), document: str | None = None
) -> tuple[Decision, ...]:
    """Return the decisions that stand, of everyone, in the order in which they were made.

    Args:
        database: the record.
        kinds: only of these, or all.
        document: only about this version of a document and its mentions, or all.
    """
    marks = ", ".join("?" * len(kinds))
    chosen = f"AND d.kind IN ({marks})" if kinds else ""
    about = "AND d.position IN (SELECT position FROM touches WHERE document = ?)" if document is not None else ""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM standing AS s JOIN decisions AS d USING (position) "  # noqa: S608 (our own words)
        f"WHERE 1 {chosen} {about} ORDER BY d.position",
        (*kinds, *(() if document is None else (document,))),
    )
    return tuple(map(decision_of, rows))


def decision_of(row: Sequence[Any]) -> Decision:
    """Return the decision of a row: id, kind, subject, object, reviewer, reason, at, act."""
    name, kind, subject, other, reviewer, reason, at, act = row
    return Decision(name, kind, subject, other, reviewer, reason, datetime.fromisoformat(at), act)


def positions_of(database: sqlite3.Connection, act: str) -> list[int]:
    """Return the positions of the decisions of an act."""
    rows = database.execute("SELECT position FROM decisions WHERE act = ? ORDER BY position", (act,))
    return [row[0] for row in rows]


def is_standing(database: sqlite3.Connection, decision: str) -> bool:
    """Whether a decision stands, by its id."""
    row = database.execute(
        "SELECT 1 FROM decisions JOIN standing USING (position) WHERE id = ?", (decision,)
    ).fetchone()
    return row is not None


def adopt_old_decisions(database: sqlite3.Connection) -> None:
    """Make every decision of an older record an act of its own, and work out what stands and what it is about."""
    database.execute("DROP TRIGGER decisions_stay")
    rows = database.execute(
        "SELECT position, id, kind, subject, object, reviewer, reason, at FROM decisions ORDER BY position"
    ).fetchall()
    for position, name, kind, subject, other, reviewer, reason, at in rows:
        act = content_id("a", head_of(database, reviewer), kind, reviewer, at, name)
        database.execute(
            "INSERT INTO acts (id, parent, kind, reviewer, reason, at, stands, stood) VALUES (?, ?, ?, ?, ?, ?, 1, ?)",
            (act, head_of(database, reviewer), kind, reviewer, reason, at, position),
        )
        _set_head(database, reviewer, act)
        database.execute("UPDATE decisions SET act = ? WHERE position = ?", (act, position))
        for mention in filter(None, (subject, other)):
            database.execute(
                "INSERT OR IGNORE INTO touches (position, mention, document) "
                "SELECT ?, id, document FROM mentions WHERE id = ?",
                (position, mention),
            )
    settle(database, [row[0] for row in rows])
    database.execute(
        "CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions "
        "BEGIN SELECT RAISE (ABORT, 'decisions are never changed; undo them'); END"
    )


def _decisions_of(database: sqlite3.Connection, act: str) -> tuple[Decision, ...]:
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM decisions AS d WHERE d.act = ? ORDER BY d.position",  # noqa: S608 (our own columns)
        (act,),
    )
    return tuple(map(decision_of, rows))


def _set_head(database: sqlite3.Connection, reviewer: str, act: str | None) -> None:
    database.execute("INSERT OR REPLACE INTO heads (reviewer, act) VALUES (?, ?)", (reviewer, act))


def _way(database: sqlite3.Connection, act: str | None) -> list[str]:
    """Return an act and all before it, the last one first."""
    rows = database.execute(
        "WITH RECURSIVE way (id, parent) AS (SELECT id, parent FROM acts WHERE id = ? UNION ALL "
        "SELECT a.id, a.parent FROM acts AS a JOIN way ON a.id = way.parent) SELECT id FROM way",
        (act,),
    )
    return [row[0] for row in rows]
