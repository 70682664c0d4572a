"""The events of a record: which mentions are one happening, and what events are to each other."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tocsin.datamodel import CodedDocument
from tocsin.datamodel.relation import Relation
from tocsin.store.documents import read_document
from tocsin.store.effective import read_effective
from tocsin.store.events import (
    LinkedPair,
    Pair,
    find_event,
    read_kind,
    read_pairs,
    read_relations,
    write_events,
    write_pairs,
    write_relations,
)
from tocsin.store.guard import clear_errors, transaction
from tocsin.store.kept import KeptRows
from tocsin.store.recorded_documents import RecordedDocuments

#: All versions of the documents that changed: number, id, whether linking keeps it.
_VERSIONS = """
    WITH RECURSIVE
    older (id) AS (
        SELECT document FROM stale_documents
        UNION SELECT d.replaces FROM documents AS d JOIN older ON d.id = older.id WHERE d.replaces IS NOT NULL
    ),
    version (id) AS (
        SELECT id FROM older UNION SELECT d.id FROM documents AS d JOIN version ON d.replaces = version.id
    )
    SELECT d.position, d.id, EXISTS (SELECT 1 FROM kept_documents AS k WHERE k.document = d.position)
    FROM version JOIN documents AS d USING (id) ORDER BY d.position
"""


@dataclass(frozen=True, slots=True)
class Changed:
    """Documents to be linked.

    Attributes:
        fresh: number and id of the versions that count.
        gone: numbers of versions that were linked and count no more.
        position: of the last change that is among these.
        number: of the linking that was the last one by then.
    """

    fresh: tuple[tuple[int, str], ...]
    gone: tuple[int, ...]
    position: int
    number: int


@dataclass(frozen=True, slots=True)
class EventChange:
    """What a few documents change in the events of a record.

    Attributes:
        clusters: ids of the mentions of each event that was put together anew.
        gone: ids of mentions that are told no more.
        pairs: why two mentions of those events are in one, a byte for each comparison of the scale.
        relations: what those events are to any others, each with the person or employer it follows from, or 0.
        chains: persons and employers whose relations are all in `relations`.
        voices: numbers of the documents whose copies may have changed.
    """

    clusters: Sequence[Sequence[str]]
    gone: Collection[str]
    pairs: Mapping[Pair, bytes]
    relations: Sequence[tuple[int, Relation]]
    chains: Sequence[int]
    voices: Collection[int]


class RecordedEvents(RecordedDocuments):
    """Events as the last linking left them."""

    def is_linked(self, linker: str) -> bool:
        """Whether `linker` put all mentions together, and nothing was coded or decided since."""
        with clear_errors(self.name):
            stale = self._database.execute("SELECT EXISTS (SELECT 1 FROM stale_documents)").fetchone()[0]
        return not stale and self.is_linked_by(linker)

    def is_linked_by(self, linker: str) -> bool:
        """Whether the last linking was done by `linker`, whatever was coded or decided since."""
        with clear_errors(self.name):
            row = self._database.execute("SELECT linker FROM linkings").fetchone()
        return row is not None and row[0] == linker

    def count_documents(self) -> int:
        """Return how many documents were linked."""
        with clear_errors(self.name):
            return int(self._database.execute("SELECT count(*) FROM kept_documents").fetchone()[0])

    def all_documents(self) -> Changed:
        """Return all documents of the record, to be linked as a whole."""
        with clear_errors(self.name):
            number = self._last_linking()  # first: what comes after it is told by it
            position = self._database.execute("SELECT coalesce(max(position), 0) FROM stale_documents").fetchone()[0]
            rows = self._database.execute("SELECT position, id FROM current_documents ORDER BY name, text_hash")
            return Changed(tuple(rows.fetchall()), (), position, number)

    def changed_documents(self) -> Changed:
        """Return the documents that were coded or decided about since the last linking."""
        with clear_errors(self.name):
            number = self._last_linking()  # first: what comes after it is told by it
            position = self._database.execute("SELECT coalesce(max(position), 0) FROM stale_documents").fetchone()[0]
            rows = self._database.execute(_VERSIONS).fetchall()
            current = {
                row[0]
                for row in self._database.execute(
                    "SELECT id FROM current_documents WHERE id IN (SELECT value FROM json_each(?))",
                    (json.dumps([key for _, key, _ in rows]),),
                )
            }
            fresh = tuple((version, key) for version, key, _ in rows if key in current)
            gone = tuple(version for version, key, kept in rows if kept and key not in current)
            return Changed(fresh, gone, position, number)

    def text(self, number: int) -> str:
        """Return the text of a version of a document by its number."""
        with clear_errors(self.name):
            return KeptRows(self._database).text(number)

    def coded_versions(self, keys: Iterable[str]) -> Iterator[CodedDocument]:
        """Yield versions of documents with their mentions as decisions left them, as `coded` does for all."""
        for key in keys:
            with clear_errors(self.name):
                coded = read_effective(self._database, key, read_document(self._database, key))
            yield coded

    def set_events(
        self,
        clusters: Iterable[Sequence[str]],
        pairs: Mapping[Pair, bytes] = {},
        *,
        linker: str,
        scale: Sequence[Sequence[object]] = (),
        relations: Iterable[Relation | tuple[int, Relation]] = (),
        keep: Callable[[KeptRows], None] = lambda kept: None,
        changed: Changed | None = None,
    ) -> bool:
        """Make clusters of mentions the events of the record; ids stay, an event that goes into another forwards to it.

        Args:
            clusters: ids of mentions; every current mention is in one.
            pairs: why two mentions are in one, a byte for each comparison of the scale.
            linker: name of the program and codebook that put them together.
            scale: name, levels and weights of each comparison.
            relations: what clusters that are not one are to each other, each named by one of its mentions; with the
                person or employer that it follows from, where that is one.
            keep: puts what linking keeps in the place of what it kept.
            changed: from `all_documents`, what was linked; everything if not given.

        Returns:
            Whether they were written: not where another linking came between.
        """
        with transaction(self._database, self.name):
            if changed is not None and changed.number != self._last_linking():
                return False
            number = self._last_linking() + 1
            write_events(self._database, clusters)
            write_pairs(self._database, pairs)
            write_relations(self._database, [one if isinstance(one, tuple) else (0, one) for one in relations])
            kept = KeptRows(self._database)
            kept.clear()
            keep(kept)
            kept.set_copies()
            self._database.execute(
                "INSERT OR REPLACE INTO linkings (id, linker, scale, number) VALUES (1, ?, ?, ?)",
                (linker, json.dumps(scale), number),
            )
            self._forget_changes(None if changed is None else changed.position)
        return True

    def update_events(self, change: Callable[[KeptRows], EventChange], changed: Changed) -> bool:
        """Make what a few documents change in the events of the record.

        Args:
            change: works out what changes, and brings what linking keeps up to date.
            changed: from `changed_documents`, what was linked.

        Returns:
            Whether it was written: not where another linking came between.
        """
        with transaction(self._database, self.name):
            if changed.number != self._last_linking():
                return False
            kept = KeptRows(self._database)
            made = change(kept)
            touched = {*(name for cluster in made.clusters for name in cluster), *made.gone}
            write_events(self._database, made.clusters, touched)
            write_pairs(self._database, made.pairs, touched)
            write_relations(self._database, made.relations, touched, made.chains)
            kept.set_copies(made.voices)
            self._database.execute("UPDATE linkings SET number = number + 1")
            self._forget_changes(changed.position)
        return True

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

    # within

    def _last_linking(self) -> int:
        row = self._database.execute("SELECT number FROM linkings").fetchone()
        return 0 if row is None else int(row[0])

    def _forget_changes(self, position: int | None) -> None:
        self._database.execute("DELETE FROM stale_documents WHERE ?1 IS NULL OR position <= ?1", (position,))
