"""A record in memory, for what is shown of another one."""

import sqlite3
from collections.abc import Mapping

from tocsin.store.guard import transaction
from tocsin.store.migrations import migrate
from tocsin.store.record import Record


class ScratchRecord(Record):
    """A record that is gone when it is closed."""

    def set_copies(self, copies: Mapping[str, str]) -> None:
        """Say which documents are copies, each by its id with that of the first."""
        with transaction(self._database, self.name):
            self._database.execute("DELETE FROM copies")
            self._database.executemany("INSERT INTO copies (document, first) VALUES (?, ?)", sorted(copies.items()))


def scratch_record(name: str) -> ScratchRecord:
    """Return an empty record in memory; `name` stands in messages."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.execute("PRAGMA foreign_keys = ON")
    migrate(database, name)
    return ScratchRecord(database, name)
