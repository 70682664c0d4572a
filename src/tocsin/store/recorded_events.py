"""The events of a record: which mentions are one happening, and what events are to each other."""

from collections.abc import Iterable, Mapping, Sequence

from tocsin.datamodel.relation import Relation
from tocsin.store.events import (
    LinkedPair,
    find_event,
    read_kind,
    read_pairs,
    read_relations,
    write_events,
    write_relations,
)
from tocsin.store.guard import clear_errors, transaction
from tocsin.store.recorded_documents import RecordedDocuments


class RecordedEvents(RecordedDocuments):
    """Events as the last linking left them."""

    def is_linked(self, linker: str) -> bool:
        """Whether every current mention has an event, and nothing was decided since `linker` put them together."""
        with clear_errors(self.name):
            state = self._database.execute("SELECT decisions, linker FROM linkings").fetchone()
            made = self._database.execute("SELECT count(*) FROM decisions").fetchone()[0]
            moved = self._database.execute(
                "SELECT EXISTS (SELECT id FROM current_mentions EXCEPT SELECT mention FROM event_mentions) "
                "OR EXISTS (SELECT mention FROM event_mentions EXCEPT SELECT id FROM current_mentions)"
            ).fetchone()[0]
        return not moved and state == (made, linker)

    def set_events(
        self,
        clusters: Iterable[Sequence[str]],
        pairs: Iterable[LinkedPair],
        *,
        linker: str,
        voices: Mapping[str, str] | None = None,
        relations: Iterable[Relation] = (),
    ) -> None:
        """Make clusters of mentions the events of the record; ids stay, an event that goes into another forwards to it.

        Args:
            clusters: ids of mentions; every current mention is in one.
            pairs: why mentions are in one.
            linker: name of the program and codebook that put them together.
            voices: for the id of a document that of the first with the same words; those not named have none.
            relations: what clusters that are not one are to each other, each named by one of its mentions.
        """
        with transaction(self._database, self.name):
            write_events(self._database, clusters, pairs)
            write_relations(self._database, relations)
            self._database.execute("DELETE FROM copies")
            self._database.executemany(
                "INSERT INTO copies (document, first) VALUES (?, ?)",
                [(document, first) for document, first in (voices or {}).items() if document != first],
            )
            self._database.execute(
                "INSERT OR REPLACE INTO linkings (id, decisions, linker) "
                "VALUES (1, (SELECT count(*) FROM decisions), ?)",
                (linker,),
            )

    def events(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of the mentions of each event, by its id, sorted."""
        found: dict[str, list[str]] = {}
        with clear_errors(self.name):
            rows = self._database.execute("SELECT event, mention FROM event_mentions ORDER BY event, mention")
            for event, mention in rows:
                found.setdefault(event, []).append(mention)
        return {event: tuple(mentions) for event, mentions in found.items()}

    def event(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Return the id that an event has today, and its mentions; a merged event's old id leads to it.

        Raises:
            RecordError: no event, or more than one, has an id that begins with `name`.
        """
        with clear_errors(self.name):
            return find_event(self._database, name)

    def event_of(self, mention: str) -> str | None:
        """Return the id of a mention's event, or None where it was not put together yet."""
        with clear_errors(self.name):
            row = self._database.execute("SELECT event FROM event_mentions WHERE mention = ?", (mention,)).fetchone()
        return None if row is None else str(row[0])

    def events_of(self, mentions: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the events that some mentions are in, with all the mentions of each, at the cost of those alone."""
        found: dict[str, tuple[str, ...]] = {}
        for event in sorted({event for mention in mentions if (event := self.event_of(mention)) is not None}):
            with clear_errors(self.name):
                rows = self._database.execute(
                    "SELECT mention FROM event_mentions WHERE event = ? ORDER BY mention", (event,)
                ).fetchall()
            found[event] = tuple(row[0] for row in rows)
        return found

    def reasons(self, mentions: Iterable[str]) -> tuple[LinkedPair, ...]:
        """Return why mentions of an event are one, a pair each."""
        with clear_errors(self.name):
            return read_pairs(self._database, mentions)

    def relations(self, event: str) -> tuple[Relation, ...]:
        """Return what an event is to others, and others to it, sorted; holder and member are ids of events.

        Raises:
            RecordError: no event, or more than one, has an id that begins with `event`.
        """
        with clear_errors(self.name):
            return read_relations(self._database, find_event(self._database, event)[0])

    def relations_of_kind(self, kind: str) -> tuple[Relation, ...]:
        """Return all relations of a kind between events, sorted by holder and member."""
        with clear_errors(self.name):
            return read_kind(self._database, kind)

    def copies(self) -> dict[str, str]:
        """Return for the id of each document that is a copy the id of the first with the same words."""
        with clear_errors(self.name):
            return dict(self._database.execute("SELECT document, first FROM copies ORDER BY document"))
