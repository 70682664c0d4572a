"""What a reviewer did in one go: decisions that are made, undone and redone together."""

from dataclasses import dataclass
from datetime import datetime

from tocsin.datamodel.decision import Decision


@dataclass(frozen=True, slots=True)
class Act:
    """One step of a reviewer's history, which is a tree: who goes on after an undo begins another branch.

    Attributes:
        id: content hash of what was done, by whom and when.
        parent: id of the act it was done after, or None for the reviewer's first.
        kind: what it was for ("accept", "set", "merge", "import", ...).
        reviewer: whose history it is in.
        reason: why, in words; may be empty.
        at: when, UTC.
        stands: whether it lies on the way from the beginning to where its reviewer stands.
        decisions: its rows, in order.
    """

    id: str
    parent: str | None
    kind: str
    reviewer: str
    reason: str
    at: datetime
    stands: bool
    decisions: tuple[Decision, ...]
