"""The rows of events that a record keeps for the pages that choose them by facets."""

from collections.abc import Iterable, Sequence

from tocsin.datamodel.facets import EventRow
from tocsin.store.facets import Told, count_rows, read_changed, read_mentions_of, read_told, stale_events, write_rows
from tocsin.store.guard import clear_errors, transaction
from tocsin.store.opened import Opened


class RecordedFacets(Opened):
    """Rows of events; what makes them is `tocsin.facets`."""

    def stale_events(self, maker: str) -> list[str]:
        """Return the ids of events whose rows are to be worked out anew; all where `maker` is not who made them."""
        with clear_errors(self.name):
            return stale_events(self._database, maker)

    def mentions_of(self, events: Sequence[str]) -> list[str]:
        """Return the ids of the mentions of some events."""
        with clear_errors(self.name):
            return read_mentions_of(self._database, events)

    def count_rows(self) -> int:
        """Return how many rows of events are kept."""
        with clear_errors(self.name):
            return count_rows(self._database)

    def told(self, mentions: Sequence[str]) -> tuple[dict[str, Told], list[str]]:
        """Return who tells mentions as they were coded, by id, and which of them decisions are about."""
        with clear_errors(self.name):
            return read_told(self._database, mentions)

    def write_rows(self, events: Iterable[str], rows: Iterable[EventRow], maker: str) -> None:
        """Put rows in the place of older ones; an event that was worked out and has no row is none any more."""
        with transaction(self._database, self.name):
            write_rows(self._database, events, rows, maker)

    def changed_rows(self, since: int = 0) -> tuple[int, list[tuple[str, EventRow | None]]]:
        """Return the last change, and each event that changed after `since` with its row, None where it is none now."""
        with clear_errors(self.name):
            return read_changed(self._database, since)
