"""Mentions judged to be one real happening, and what their claims come to."""

import datetime
from dataclasses import dataclass

from tocsin.datamodel.figure import Figure
from tocsin.datamodel.mention import DateRange, Place


@dataclass(frozen=True, slots=True)
class Event:
    """Mentions, of any number of documents, that are one real happening.

    What most of its mentions say is what it is; copies of a document count once.

    Attributes:
        id: permanent; a merged event keeps its id as a forward to the one it went into.
        type, scope: what most of its mentions have.
        modality: "occurred" where any mention says so, else "ongoing", "denied", "planned", "hypothetical".
        date: the days on which its mentions agree best.
        places: the places on which its mentions agree best.
        mentions: ids of the mentions, sorted.
        publishers: of the documents that tell it, sorted, copies left out.
        told: the last day of publication of those that give it this modality, copies left out, or None.
        figures: one per attribute and unit claimed.
    """

    id: str
    type: str
    scope: str
    modality: str
    date: DateRange
    places: tuple[Place, ...]
    mentions: tuple[str, ...]
    publishers: tuple[str, ...]
    told: datetime.date | None = None
    figures: tuple[Figure, ...] = ()

    @property
    def happened(self) -> bool:
        """Whether it took place, as far as is told."""
        return self.modality in ("occurred", "ongoing")

    def figure(self, attribute: str, unit: str | None = None) -> Figure | None:
        """Return the figure of an attribute, or None where nothing is claimed."""
        return next((f for f in self.figures if (f.attribute, f.unit) == (attribute, unit)), None)
