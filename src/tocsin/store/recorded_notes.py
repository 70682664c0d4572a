"""The notes of a record: what is to be known about how its documents were coded."""

from collections.abc import Iterator

from tocsin.datamodel import Note
from tocsin.datamodel.extraction import FOUND_BY
from tocsin.store.guard import clear_errors
from tocsin.store.notes import read_all_notes, read_notes_of
from tocsin.store.opened import Opened


class RecordedNotes(Opened):
    """Notes, written with their codings."""

    def notes(self) -> Iterator[tuple[str, Note]]:
        """Yield the notes of all codings in force, each with the id of its document, in the order of the documents."""
        with clear_errors(self.name):
            found = tuple(read_all_notes(self._database))
        yield from found

    def notes_of(self, mention: str) -> tuple[Note, ...]:
        """Return the notes on a mention by its id: who found it, what was left out, what is read otherwise."""
        with clear_errors(self.name):
            return read_notes_of(self._database, mention)

    def found_by(self) -> dict[str, str]:
        """Return which of two extractors found a mention, by its id: one of `datamodel.extraction.AGREEMENTS`.

        Only mentions that two extractors were asked for are named; those that differ go first to a person.
        """
        return {note.mention: note.given for _, note in self.notes() if note.kind == FOUND_BY and note.mention}
