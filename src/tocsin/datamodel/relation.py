"""How one event hangs together with another that it is not."""

from dataclasses import dataclass

#: What the first of two events is to the second: the total that covers it, the series it is an occurrence of, what it
#: happened within, the first stoppage of its dispute, the stage of a person's custody before it.
COVERS, SERIES, WITHIN, DISPUTE, CUSTODY = "covers", "series", "within", "dispute", "custody"
RELATIONS = (COVERS, SERIES, WITHIN, DISPUTE, CUSTODY)


@dataclass(frozen=True, slots=True)
class Relation:
    """Two events that are not one and belong together.

    Attributes:
        kind: one of `RELATIONS`.
        holder: the first of them: id of an event, or of one of its mentions where events have no ids yet.
        member: the second of them, in the same way.
        reason: what it follows from, in words.
    """

    kind: str
    holder: str
    member: str
    reason: str
