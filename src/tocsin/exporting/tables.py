"""The tables of a record: large ones straight from it, the rest from nouns."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING

from tocsin.codebook.loader import load_codebook
from tocsin.datamodel import Claim, CodedDocument, Event, Place, Span
from tocsin.datamodel.happening import Telling
from tocsin.datamodel.where import status_of
from tocsin.errors import UsageError
from tocsin.export import Batch, Row, Table, tables_of
from tocsin.export.rows import (
    OF_TELLING,
    decision_row,
    document_row,
    event_losses,
    event_row,
    figure_rows,
    relation_row,
)
from tocsin.export.tables import CHANGES
from tocsin.export.text import Note
from tocsin.exporting.happenings import Chosen, chosen_events, chosen_mentions, relations_by_event
from tocsin.extract.conventions import CODED_UNDER, claim_under
from tocsin.gazetteer import Gazetteer, open_gazetteer
from tocsin.reconcile import POLICIES, policy_named
from tocsin.store.record import Record
from tocsin.store.tables import document_ids, table_rows

if TYPE_CHECKING:
    import pyarrow as pa

#: Rows of a batch of those made from nouns.
_BATCH = 1000
#: Tables that are read straight from the record.
_STORED = ("mentions", "claims", "places", "quotes", "documents")


class RecordTables:
    """The tables of a record, each made when it is asked for."""

    def __init__(self, record: Record, chosen: Chosen) -> None:
        self._record = record
        self._chosen = chosen
        codebook = load_codebook(chosen.settings.codebook)
        self._attributes, self._numbers = codebook.vocabulary.attributes, codebook.numbers
        self.tables: Mapping[str, Table] = tables_of(self._attributes)

    def table(self, name: str) -> Table:
        """Return what a table holds; raise UsageError where there is none of the name."""
        if name not in self.tables:
            raise UsageError(f"table {name!r}", "is not known", "known are " + ", ".join((*self.tables, CHANGES.name)))
        return self.tables[name]

    def batches(self, name: str, note: Note = lambda loss: None) -> Iterator[Batch]:
        """Yield the rows of a table.

        Args:
            name: of the table.
            note: told of what its rows do not hold.
        """
        self.table(name)
        return self._stored(name) if name in _STORED else in_batches(self._made(name, note))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events that are meant, with their figures."""
        return chosen_events(self._record, self._chosen)

    @cached_property
    def event_rows(self) -> tuple[Row, ...]:
        """The row of each event."""
        documents, judged = document_ids(self._record), self._record.judgements()
        return tuple(
            event_row(
                event,
                self._attributes,
                status=status_of(judged.get(mention) for mention in event.mentions),
                documents=len({documents[mention] for mention in event.mentions}),
                policy=POLICIES[policy_named(self._chosen.policy)],
                convention=self._chosen.convention,
                precise=place_precision,
            )
            for event in self.events
        )

    @cached_property
    def _mentions(self) -> frozenset[str] | None:
        """The mentions that are meant, None for all."""
        if not self._chosen.where:
            return None
        return chosen_mentions(self._record, self.events, self._chosen.where)

    def _made(self, name: str, note: Note) -> Iterator[Row]:
        match name:
            case "events":
                for event in self.events:
                    for loss in event_losses(event, self._attributes):
                        note(loss)
                yield from self.event_rows
            case "figures":
                for event in self.events:
                    yield from figure_rows(event)
            case "relations":
                relations = relations_by_event(self._record)
                yield from dict.fromkeys(
                    relation_row(one) for event in self.events for one in relations.get(event.id, ())
                )
            case "decisions":
                yield from self._decisions()

    def _decisions(self) -> Iterator[Row]:
        undone = self._record.undone()
        meant = None if self._mentions is None else set(self._mentions)
        if meant is not None:
            at = self.tables["claims"].place("claim")
            meant.update(str(row[at]) for batch in self.batches("claims") for row in batch)
        for decision in self._record.decisions():
            if meant is not None:
                if not {decision.subject, decision.object} & meant:
                    continue
                meant.add(decision.id)
            yield decision_row(decision, undone=decision.id in undone)

    def _stored(self, name: str) -> Iterator[Batch]:
        meant = self._mentions
        batches = self._all_stored(name)
        if name == "claims" and self._chosen.convention != CODED_UNDER:
            batches = map(self._under, batches)
        if meant is None:
            yield from batches
            return
        at, kept = self.tables[name].place("document" if name == "documents" else "mention"), meant
        if name == "documents":
            kept = frozenset(told for mention, told in document_ids(self._record).items() if mention in meant)
        for batch in batches:
            if held := [row for row in batch if row[at] in kept]:
                yield held

    def _all_stored(self, name: str) -> Iterator[Batch]:
        judgements, copies = self._record.judgements(), self._record.copies()
        for found in table_rows(self._record, name, judgements):
            if not isinstance(found, CodedDocument):
                yield found
            elif name == "documents":
                document = found.document
                yield [document_row(document, copy_of=copies.get(document.id), mentions=len(found.mentions))]
            else:
                yield [
                    row
                    for mention in found.mentions
                    for row in OF_TELLING[name](
                        Telling(found.document, mention, judgements.get(mention.id), self._record.event_of(mention.id))
                    )
                ]

    def _under(self, batch: Batch) -> Batch:
        """Return claims as their words come to under the convention that was asked for."""
        table = self.tables["claims"]
        low, high, quote = (table.place(name) for name in ("low", "high", "quote"))
        found = []
        for row in batch:
            claim = Claim("", row[low], row[high], False, None, Span.unplaced(row[quote]))  # type: ignore[arg-type]
            again = claim_under(claim, self._numbers, self._chosen.convention)
            cells = list(row)
            cells[low], cells[high] = again.low, again.high
            found.append(tuple(cells))
        return found


def record_table(record: Record, name: str, chosen: Chosen) -> "pa.Table":
    """Return a table of a record as Arrow has it.

    Raises:
        UsageError: there is no such table, policy or convention.
    """
    from tocsin.export.arrow import arrow_table

    tables = RecordTables(record, chosen)
    return arrow_table(tables.table(name), tables.batches(name))


def place_precision(place: Place) -> str | None:
    """Return what the index of places has a place for: a settlement, or what is drawn at its middle."""
    found = (one for one in _places().lookup(place.name) if one.id and one.id == place.geonameid)
    return next((one.feature for one in found), None)


@cache
def _places() -> Gazetteer:
    return open_gazetteer()


def in_batches(rows: Iterable[Row]) -> Iterator[Batch]:
    """Yield rows some at a time."""
    held: list[Row] = []
    for row in rows:
        held.append(row)
        if len(held) == _BATCH:
            yield held
            held = []
    if held:
        yield held
