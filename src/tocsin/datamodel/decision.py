"""A person's or the program's judgement, revocable."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """One judgement.

    Attributes:
        id: content hash of what was decided, by whom and when.
        kind: what is judged ("accept", "reject", "same", "different", "set", "undo").
        subject: id of what it is about.
        object: id of the other side of a link, or the new value as JSON, or None.
        reviewer: who decided; "tocsin" for the program.
        reason: why, in words; may be empty.
        at: when, UTC.
    """

    id: str
    kind: str
    subject: str
    object: str | None
    reviewer: str
    reason: str
    at: datetime
