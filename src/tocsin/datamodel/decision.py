"""A person's or the program's judgement, revocable."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """One judgement.

    Attributes:
        id: content hash of what was decided, by whom and when.
        kind: what is judged ("accept", "reject", "same", "different", "set", "add", "drop", "undo", ...).
        subject: id of what it is about.
        object: id of the other side of a link, or the new value as JSON, or None.
        reviewer: who decided; "tocsin" for the program.
        reason: why, in words; may be empty.
        at: when, UTC.
        act: id of the act it is part of; None for the rows that move a reviewer to and fro in their history.
    """

    id: str
    kind: str
    subject: str
    object: str | None
    reviewer: str
    reason: str
    at: datetime
    act: str | None = None
