"""The rows of events as the desk holds them: in memory, brought up to date before they are looked at."""

import threading
from dataclasses import dataclass, field

from tocsin.datamodel.facets import EventRow, FacetPage
from tocsin.datamodel.where import Where
from tocsin.exporting.happenings import Chosen
from tocsin.facets import refresh_facets
from tocsin.pipeline import Settings
from tocsin.store.facet_index import FacetView
from tocsin.store.record import Record


@dataclass(slots=True)
class Facets:
    """Events in memory, shared by all answers; one at a time brings them up to date."""

    _view: FacetView = field(default_factory=FacetView)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def page(
        self, record: Record, settings: Settings, where: Where, *, offset: int, limit: int, order: str
    ) -> FacetPage:
        """Return a page of events with the counts of their facets; arguments as for `FacetView.page`."""
        with self._lock:
            self._update(record, settings)
            return self._view.page(where, offset=offset, limit=limit, order=order)

    def chosen(self, record: Record, settings: Settings, where: Where) -> tuple[EventRow, ...]:
        """Return all events that a choice means."""
        with self._lock:
            self._update(record, settings)
            return self._view.chosen(where)

    def _update(self, record: Record, settings: Settings) -> None:
        refresh_facets(record, Chosen(settings))
        self._view.update(*record.changed_rows(self._view.last))
