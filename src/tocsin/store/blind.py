"""Blind coding: reviewers who code one document, each apart, until one of their codings is adopted."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tocsin.datamodel import Decision
from tocsin.store.decisions import ADOPT, BLIND
from tocsin.store.history import read_standing


@dataclass(frozen=True, slots=True)
class Blind:
    """How a document is coded blind.

    Attributes:
        hands: reviewers whose decisions about it do not count for the record.
        adopted: the one of them whose decisions do, or None.
    """

    hands: tuple[str, ...] = ()
    adopted: str | None = None

    def is_private(self, reviewer: str) -> bool:
        """Whether what a reviewer decides about the document is theirs alone."""
        return reviewer in self.hands and reviewer != self.adopted

    def shows(self, reviewer: str, hand: str | None) -> bool:
        """Whether what a reviewer decides counts for the record (no hand), or is seen by one who codes it blind."""
        if hand in self.hands:
            return reviewer == hand or reviewer not in self.hands
        return not self.is_private(reviewer)


def read_blind(database: sqlite3.Connection) -> Mapping[str, Blind]:
    """Return how each document that is coded blind is, by the id of its version."""
    found: dict[str, Blind] = {}
    for one in read_standing(database, kinds=(BLIND, ADOPT)):
        if one.kind == BLIND:
            found[one.subject] = Blind(tuple(json.loads(one.object or "[]")))
        else:
            found[one.subject] = replace(found.get(one.subject, Blind()), adopted=one.object or None)
    return found


def read_counting(database: sqlite3.Connection, kinds: Sequence[str]) -> tuple[Decision, ...]:
    """Return the decisions of some kinds that stand and count for the record, in the order in which they were made."""
    made = read_standing(database, kinds=kinds)
    blind = {key: one for key, one in read_blind(database).items() if one.hands}
    if not blind:
        return made
    private = {
        row[0]
        for key, one in blind.items()
        for row in database.execute(
            "SELECT d.id, d.reviewer FROM decisions AS d JOIN touches USING (position) WHERE document = ?", (key,)
        )
        if one.is_private(row[1])
    }
    return tuple(one for one in made if one.id not in private)
