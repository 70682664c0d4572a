"""Events for the pages of a record: worked out where they changed, chosen and counted by facets.

The rows are kept in the record and held in memory: `refresh_facets` after a linking or a decision costs the events that
it touched, and a page costs a few milliseconds (`python -m bench.speed facets`).
"""

from collections.abc import Sequence

from tocsin.datamodel import Event
from tocsin.datamodel.facets import EventRow
from tocsin.datamodel.happening import Happening
from tocsin.datamodel.where import Where, facts_of
from tocsin.exporting.happenings import Chosen, tell_events
from tocsin.pipeline import reconcile_record, reconcile_tellings
from tocsin.store.record import Record
from tocsin.version import VERSION

#: Share of the events from which all are worked out in one go, which costs half of what each alone does.
MOST = 0.3


def refresh_facets(record: Record, chosen: Chosen | None = None) -> int:
    """Work out the rows of the events that were coded, linked or decided about since; return how many.

    Args:
        record: linked, as `link_record` does.
        chosen: by whose codebook, policy and convention figures are made; its choice of events is not looked at. The
            packaged codebook and the usual policy and convention if not given.

    Raises:
        RecordError: the record cannot be written.
        UsageError: there is no such policy or convention.
    """
    usual = Chosen()
    by = chosen or usual
    maker = f"{VERSION}, {by.settings.linker}, {by.policy}, {by.convention}"
    stale = record.stale_events(maker)
    if not stale:
        return 0
    everything = Chosen(by.settings, Where(), by.policy, by.convention)
    mentions = record.events()
    plain = (by.policy, by.convention) == (usual.policy, usual.convention)
    if len(stale) > MOST * len(mentions) or not plain:
        wanted = set(stale)
        made = reconcile_record(record, by.settings, policy=by.policy, convention=by.convention)
        events: Sequence[Event] = [event for event in made if event.id in wanted]
    else:
        events = reconcile_tellings(record, [name for one in stale for name in mentions.get(one, ())], by.settings)
    rows = [row_of(happening) for happening in tell_events(record, events, everything)]
    record.write_rows(stale, rows, maker)
    return len(stale)


def row_of(happening: Happening) -> EventRow:
    """Return an event as a table shows it."""
    event = happening.event
    placed = next((place for place in event.places if place.lat is not None and place.lon is not None), None)
    return EventRow(
        event.id,
        facts_of(happening),
        tuple((f.attribute, f.unit, f.low, f.best, f.high, f.voices) for f in event.figures),
        len(happening.tellings),
        len({telling.document.id for telling in happening.tellings}),
        placed.lat if placed else None,
        placed.lon if placed else None,
    )
