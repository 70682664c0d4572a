"""What speaks for looking at a mention soon: how much is open in it, how much hangs on it, how far others differ."""

import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

#: People for whom the weight is 1: the largest demonstrations told of.
MOST = 1_000_000
#: Attributes that count people.
PEOPLE = ("participants", "affected", "injured", "killed")
UNCERTAIN = ("planned", "denied", "hypothetical")


@dataclass
class Marks:
    """Marks from 0 to 1 of a mention or of several, and why, in words (see queue.py)."""

    uncertainty: float = 0.0
    weight: float = 0.0
    disagreement: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, other: "Marks") -> None:
        """Take the higher of each mark, and all reasons."""
        self.uncertainty = max(self.uncertainty, other.uncertainty)
        self.weight = max(self.weight, other.weight)
        self.disagreement = max(self.disagreement, other.disagreement)
        self.reasons = list(dict.fromkeys((*self.reasons, *other.reasons)))


def marks_of(database: sqlite3.Connection, mentions: Sequence[str], events: dict[str, Marks]) -> dict[str, Marks]:
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
        marks = Marks(len(reasons) / 5, min(1.0, math.log10(max(most, 1)) / math.log10(MOST)), float(differs), reasons)
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


def _event_marks(database: sqlite3.Connection, event: str) -> Marks:
    """Return how far the claims of an event about one thing lie apart."""
    rows = database.execute(
        "SELECT c.attribute, min(coalesce(c.low, c.high)), max(coalesce(c.high, c.low)) FROM event_mentions AS e "
        "JOIN claims AS c ON c.mention = e.mention WHERE e.event = ? GROUP BY c.attribute, c.unit HAVING count(*) > 1",
        (event,),
    )
    marks = Marks()
    for attribute, least, most in rows:
        if most and least < most:
            words = f"voices differ on {attribute}, {least:,} to {most:,}"
            marks.add(Marks(disagreement=1 - max(least, 0) / most, reasons=[words]))
    return marks
