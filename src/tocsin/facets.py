"""Events for the pages of a record: worked out where they changed, chosen and counted by facets.

The rows are kept in the record and held in memory: `refresh_facets` after a linking or a decision costs the events that
it touched, and a page costs a few milliseconds (`python -m bench.speed facets`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tocsin.datamodel import Event
from tocsin.datamodel.facets import EventRow
from tocsin.datamodel.where import Facts, status_of
from tocsin.exporting.happenings import Chosen
from tocsin.pipeline import reconcile_record, reconcile_tellings
from tocsin.store.facets import Told
from tocsin.store.record import Record
from tocsin.version import VERSION

#: Share of the events from which all are worked out in one go, which costs half of what each alone does.
MOST = 0.3
#: Events whose documents are looked up at once: some MB.
BATCH = 5000


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
    plain = (by.policy, by.convention) == (usual.policy, usual.convention)
    if plain and len(stale) <= MOST * record.count_rows():
        events: Sequence[Event] = reconcile_tellings(record, record.mentions_of(stale), by.settings)
    else:
        wanted = set(stale)
        made = reconcile_record(record, by.settings, policy=by.policy, convention=by.convention)
        events = [event for event in made if event.id in wanted]
    record.write_rows(stale, _rows(record, events), maker)
    return len(stale)


def row_of(event: Event, told: Iterable[Told], decisions: Iterable[str | None]) -> EventRow:
    """Return an event as a table shows it.

    Args:
        event: with its figures.
        told: who tells it, without those that were rejected.
        decisions: what was decided about their mentions.
    """
    tellers = list(told)
    facts = Facts(
        event.type,
        event.modality,
        event.scope,
        event.date,
        event.places,
        frozenset(one.publisher for one in tellers),
        frozenset(kind for one in tellers for kind in one.kinds),
        status_of(decisions),
        tuple((figure.attribute, figure.best) for figure in event.figures),
    )
    placed = next((place for place in event.places if place.lat is not None and place.lon is not None), None)
    return EventRow(
        event.id,
        facts,
        tuple((f.attribute, f.unit, f.low, f.best, f.high, f.voices) for f in event.figures),
        len(tellers),
        len({one.document for one in tellers}),
        placed.lat if placed else None,
        placed.lon if placed else None,
    )


def _rows(record: Record, events: Sequence[Event]) -> Iterator[EventRow]:
    judgements = record.judgements()
    for start in range(0, len(events), BATCH):
        batch = events[start : start + BATCH]
        told = _told(record, [name for event in batch for name in event.mentions])
        for event in batch:
            held = [name for name in event.mentions if name in told]
            yield row_of(event, [told[name] for name in held], [judgements.get(name) for name in held])


def _told(record: Record, mentions: Sequence[str]) -> Mapping[str, Told]:
    """Return who tells mentions as decisions left them, by id."""
    told, decided = record.told(mentions)
    for name in decided:
        told.pop(name, None)
    for one in record.tellings(decided):
        for mention in one.mentions:
            kinds = frozenset(speaker.kind for claim in mention.claims for speaker in claim.said_by)
            told[mention.id] = Told(one.document.id, one.document.publisher, kinds)
    return told
