"""What stands, worked out from the rows of decisions alone, as a reader with pen and paper would."""

import sqlite3
from pathlib import Path


def standing_by_rows(path: Path) -> set[str]:
    """Return the ids of the decisions that stand."""
    database = sqlite3.connect(path)
    parents = dict(database.execute("SELECT id, parent FROM acts"))
    rows = database.execute("SELECT id, kind, subject, reviewer, act FROM decisions ORDER BY position").fetchall()
    database.close()
    heads: dict[str, str | None] = {}
    for _, kind, subject, reviewer, act in rows:
        heads[reviewer] = act if kind != "head" else subject or None
    done: set[str] = set()
    for head in heads.values():
        while head is not None:
            done.add(head)
            head = parents[head]
    acted = [row for row in rows if row[4] in done]
    gone: set[str] = set()
    for name, kind, subject, *_ in reversed(acted):
        if kind == "undo" and name not in gone:
            gone.add(subject)
    return {row[0] for row in acted} - gone
