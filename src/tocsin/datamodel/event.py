"""Mentions judged to be one real happening, and what their claims come to."""

from dataclasses import dataclass
from datetime import date

from tocsin.datamodel.claim import Number


@dataclass(frozen=True, slots=True)
class Figure:
    """What the claims of an event come to for one attribute.

    Attributes:
        attribute: what is counted.
        low, best, high: the interval and the value that the rule picks; None where not known.
        voices: how many independent voices the claims come from.
        rule: name of the rule that made it.
    """

    attribute: str
    low: Number | None
    best: Number | None
    high: Number | None
    voices: int
    rule: str


@dataclass(frozen=True, slots=True)
class Event:
    """Mentions, of any number of documents, that are one real happening.

    Attributes:
        id: permanent; a merged event keeps its id as a forward to the one it went into.
        type: the type that most of its mentions have.
        mentions: ids of the mentions, sorted.
        start, end: the days on which its mentions agree best, or None.
        figures: one per attribute claimed.
    """

    id: str
    type: str
    mentions: tuple[str, ...]
    start: date | None
    end: date | None
    figures: tuple[Figure, ...]
