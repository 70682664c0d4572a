"""Mentions as decisions left them, part by part."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tocsin.datamodel.claim import Claim
from tocsin.datamodel.document import Document
from tocsin.datamodel.mention import Actor, Evidence, Mention, Place
from tocsin.datamodel.span import Span

CLAIM, PLACE, ACTOR, DEMAND, EVIDENCE = "claim", "place", "actor", "demand", "evidence"
PART_KINDS = (CLAIM, PLACE, ACTOR, DEMAND, EVIDENCE)

PartValue: TypeAlias = Claim | Place | Actor | Span | Evidence


@dataclass(frozen=True, slots=True)
class Part:
    """A claim, place, actor, demand or sentence of a mention.

    Attributes:
        id: permanent, whatever becomes of its value or of the parts beside it.
        kind: one of `PART_KINDS`.
        value: as decisions left it.
        decision: id of the last decision that made it so, or None where it is as it was coded.
    """

    id: str
    kind: str
    value: PartValue
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class MentionState:
    """One mention as decisions left it.

    Attributes:
        mention: what it says now; its id is permanent.
        proposed: what it said as it was coded, or None where a person added it.
        parts: what it holds, each with its id, in the order of the mention.
        changed: id of the decision that set it, by field of the mention.
        judgement: "accept", "reject" or None.
        version: how often it was decided about, undone or redone; what a reviewer saw is told by it.
        dropped: whether it was taken out of the document.
        into: id of the mention it was merged into, where it was.
    """

    mention: Mention
    proposed: Mention | None
    parts: tuple[Part, ...]
    changed: Mapping[str, str] = field(default_factory=dict)
    judgement: str | None = None
    version: int = 0
    dropped: bool = False
    into: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A document with its mentions as decisions left them.

    Attributes:
        key: id of the version of the document in the record.
        document: that version.
        mentions: those it tells, in order; dropped ones are not among them.
        dropped: those that were taken out.
        finished: whether a reviewer said that it is done as it stands.
        hands: reviewers who code it blind, each apart from the others.
        adopted: the one of them whose coding the record goes by, or None.
        version: how often it was decided about, apart from its mentions.
    """

    key: str
    document: Document
    mentions: tuple[MentionState, ...]
    dropped: tuple[MentionState, ...] = ()
    finished: bool = False
    hands: tuple[str, ...] = ()
    adopted: str | None = None
    version: int = 0
