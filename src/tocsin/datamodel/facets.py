"""Events as rows that are chosen by facets."""

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.datamodel.claim import Number
from tocsin.datamodel.where import Facts

#: What a page of events is narrowed by: words of `where`, and the month of the first day, for `from` and `to`.
FACETS = ("type", "status", "modality", "scope", "country", "place", "month", "publisher", "speaker")


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as a table shows it.

    Attributes:
        event: its id.
        facts: what it can be chosen by.
        figures: attribute, unit, low, best, high and voices of each, as the policy in force makes them.
        mentions, documents: how many tell it.
        lat, lon: of its first place, WGS 84 degrees, or None.
    """

    event: str
    facts: Facts
    figures: tuple[tuple[str, str | None, Number | None, Number | None, Number | None, int], ...]
    mentions: int
    documents: int
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class FacetPage:
    """A page of events, and how many others there are.

    Attributes:
        rows: the events of the page, in order.
        total: how many are chosen.
        counts: by facet how many of the chosen ones have each value, the most frequent first; for a facet that the
            choice names, of those that all its other terms choose.
        more: by facet how many values are left out.
    """

    rows: tuple[EventRow, ...]
    total: int
    counts: Mapping[str, tuple[tuple[str, int], ...]]
    more: Mapping[str, int]
