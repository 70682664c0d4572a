"""The rows of events that a record keeps for the pages that choose them by facets."""

from collections.abc import Iterable

from tocsin.datamodel.facets import EventRow
from tocsin.store.facets import read_changed, stale_events, write_rows
from tocsin.store.guard import clear_errors, transaction
from tocsin.store.opened import Opened


class RecordedFacets(Opened):
    """Rows of events; what makes them is `tocsin.facets`."""

    def stale_events(self, maker: str) -> list[str]:
        """Return the ids of events whose rows are to be worked out anew; all where `maker` is not who made them."""
        with clear_errors(self.name):
            return stale_events(self._database, maker)

    def write_rows(self, events: Iterable[str], rows: Iterable[EventRow], maker: str) -> None:
        """Put rows in the place of older ones; an event that was worked out and has no row is none any more."""
        with transaction(self._database, self.name):
            write_rows(self._database, events, rows, maker)

    def changed_rows(self, since: int = 0) -> tuple[int, list[tuple[str, EventRow | None]]]:
        """Return the last change, and each event that changed after `since` with its row, None where it is none now."""
        with clear_errors(self.name):
            return read_changed(self._database, since)
