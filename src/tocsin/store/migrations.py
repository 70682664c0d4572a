"""From an empty file, or a record of an older version, to the tables of today."""

import sqlite3
from collections.abc import Callable

from tocsin.errors import RecordError
from tocsin.store.desk_schema import ACTS_STAY, HISTORY
from tocsin.store.facets import FACETS
from tocsin.store.history import adopt_old_decisions
from tocsin.store.imports import IMPORTS
from tocsin.store.kept import LINK_NUMBER, LINKS
from tocsin.store.notes import NOTES
from tocsin.store.queue import QUEUE
from tocsin.store.reviewers import REVIEWERS
from tocsin.store.schema import CODINGS, COPIES, DECISIONS, DOCUMENTS, EVENTS, RELATIONS

#: "tcsn" in the header of the file: what tells a record from any other SQLite file.
APPLICATION_ID = 0x7463736E


def _documents(database: sqlite3.Connection) -> None:
    """1: runs, documents and what became of each source."""
    _all(database, DOCUMENTS)


def _codings(database: sqlite3.Connection) -> None:
    """2: codings with mentions and claims."""
    _all(database, CODINGS)


def _decisions(database: sqlite3.Connection) -> None:
    """3: decisions, which stay."""
    _all(database, DECISIONS)


def _events(database: sqlite3.Connection) -> None:
    """4: events, which keep their ids, and why mentions are in them."""
    _all(database, EVENTS)


def _copies(database: sqlite3.Connection) -> None:
    """5: which documents are copies of which, so that figures count them as one voice."""
    _all(database, COPIES)


def _relations(database: sqlite3.Connection) -> None:
    """6: what events are to each other that are not one."""
    _all(database, RELATIONS)


def _imports(database: sqlite3.Connection) -> None:
    """7: imports, each one decision, and what counts as long as it stands."""
    _all(database, IMPORTS)


def _history(database: sqlite3.Connection) -> None:
    """8: acts, which are undone and redone, and which decisions stand because of it."""
    _all(database, HISTORY)
    adopt_old_decisions(database)
    _all(database, ACTS_STAY)


def _links(database: sqlite3.Connection) -> None:
    """9: what linking keeps, so that a new document costs what the few it may have to do with cost."""
    _all(database, LINKS)


def _notes(database: sqlite3.Connection) -> None:
    """10: notes on how documents were coded: what was left out, what is read otherwise, what a model cost."""
    _all(database, NOTES)


def _desk(database: sqlite3.Connection) -> None:
    """11: what waits for reviewers, who they are, and the rows that pages choose events from."""
    _all(database, QUEUE)
    _all(database, REVIEWERS)
    _all(database, FACETS)


def _link_number(database: sqlite3.Connection) -> None:
    """12: which linking was the last, so that two at a time do not undo each other."""
    _all(database, LINK_NUMBER)


#: Number n of this list takes a record from version n - 1 to n. Steps are added at the end and never changed.
MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _documents,
    _codings,
    _decisions,
    _events,
    _copies,
    _relations,
    _imports,
    _history,
    _links,
    _notes,
    _desk,
    _link_number,
)


def version_of(database: sqlite3.Connection) -> int:
    """Return how many migrations the record has seen."""
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def migrate(database: sqlite3.Connection, name: str, *, to: int = len(MIGRATIONS)) -> None:
    """Bring a record to version `to`, in one transaction: all of it or nothing.

    Args:
        database: an open connection outside any transaction.
        name: of the file, for messages.
        to: the version wanted; older ones are for tests.

    Raises:
        RecordError: the file is no record, or one of a newer version.
    """
    if check(database, name, to=to):
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        # Read again under the lock: another run may have migrated in between.
        if not check(database, name, to=to):
            for step in MIGRATIONS[version_of(database) : to]:
                step(database)
            database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            database.execute(f"PRAGMA user_version = {to}")
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def check(database: sqlite3.Connection, name: str, *, to: int = len(MIGRATIONS)) -> bool:
    """Return whether a record is at version `to`; raise RecordError where it is no record, or of a newer version."""
    # Tables first: another opener may make them and the id between the two questions, in one transaction.
    tables = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    application = database.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID and (application or tables):
        raise RecordError(name, "is another program's SQLite file, not a record", "name another file for the record")
    version = version_of(database)
    if version > to:
        raise RecordError(
            name,
            f"was written by a newer version of tocsin (format {version}, this one reads up to {to})",
            "install the newer version; the record is unchanged",
        )
    return version == to


def _all(database: sqlite3.Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        database.execute(statement)
