"""The record: one file that keeps what was read, what was claimed in it and what was decided about it."""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from tocsin.datamodel import CodedDocument, Decision, Document, Mention
from tocsin.datamodel.ids import content_id
from tocsin.datamodel.relation import Relation
from tocsin.datamodel.verdict import FAILED, ReadVerdict
from tocsin.errors import CodedError, DecisionError, RecordError
from tocsin.store.codings import add_coding, program_coder, read_coding
from tocsin.store.decisions import DIFFERENT, IMPORT, SAME, UNDO, check_words, judgements, undone_by
from tocsin.store.documents import Stored, add_document, current_keys, find_document, read_document, read_versions
from tocsin.store.events import (
    LinkedPair,
    Pair,
    check_decision,
    find_event,
    read_kind,
    read_pairs,
    read_relations,
    standing_pairs,
    write_events,
    write_relations,
)
from tocsin.store.guard import clear_errors, transaction
from tocsin.store.imports import (
    ImportSource,
    ImportSummary,
    add_imported,
    is_imported,
    note_import,
    settle_imports,
    stands,
)
from tocsin.store.migrations import check, migrate
from tocsin.store.rows import read_mention

#: What a decision is about that is about no mention, and how to see whether it is there.
_SUBJECTS = {
    UNDO: ("decision", "SELECT 1 FROM decisions WHERE id = ?"),
    IMPORT: ("import", "SELECT 1 FROM imports WHERE id = ?"),
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much a record holds: current documents with their mentions and claims, older versions, decisions, runs."""

    documents: int
    older: int
    mentions: int
    claims: int
    decisions: int
    runs: int
    failures: int


class Record:
    """An open record; make one with `open_record`, close it or use it in a `with` block.

    Each method that writes does so in one transaction: when it returns, the rows are on the disk.
    """

    def __init__(self, database: sqlite3.Connection, name: str) -> None:
        self._database = database
        self.name = name

    def __enter__(self) -> "Record":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    # runs

    def start_run(self, program: str, coder: str, arguments: Sequence[str] = ()) -> int:
        """Note that a run begins; return its number.

        Args:
            program: name and version of the program.
            coder: under which name codings are stored.
            arguments: what it was asked to read.
        """
        with transaction(self._database, self.name):
            return self._start_run(program, coder, arguments)

    def end_run(self, run: int) -> None:
        """Note that a run came to its end."""
        with transaction(self._database, self.name):
            self._end_run(run)

    # documents

    def add_verdict(self, run: int, verdict: ReadVerdict) -> None:
        """Keep what became of a source."""
        with transaction(self._database, self.name):
            self._write_verdict(run, verdict)

    def is_coded(self, document: Document, coder: str) -> bool:
        """Whether the document is in the record and the program coded it last as `coder`."""
        with clear_errors(self.name):
            key = find_document(self._database, document)
            return key is not None and program_coder(self._database, key) == coder

    def add(self, coded: CodedDocument, *, run: int, coder: str, verdict: ReadVerdict | None = None) -> Stored:
        """Write a document and its coding, in one transaction.

        The same document twice adds nothing; the same text of the same publisher and day under another id is the same
        document. A document with the id, the address or the file of one that is there, and other content, is a new
        version of it. A version that was there before stays where it is in the order of versions.

        Args:
            coded: every quote is checked against the text.
            run: from `start_run`.
            coder: who coded it; a coding by another one than the last is kept beside it and takes its place.
            verdict: what became of its source, where it was read from one.

        Raises:
            RecordError: the file cannot be written.
            CodedError: the document cannot be kept: a quote or context is not there, or a character is broken.
        """
        document = coded.document
        check_characters(document)
        with transaction(self._database, self.name):
            stored = add_document(self._database, document, run, _only_file(verdict))
            if verdict is not None:
                self._write_verdict(run, verdict)
            version = read_document(self._database, stored.key)
            add_coding(self._database, stored.key, version, coded, run=run, coder=coder)
        return stored

    def documents(self) -> Iterator[Document]:
        """Yield the current version of every document, in the order in which they came."""
        for _, document in self._current():
            yield document

    def coded(self) -> Iterator[CodedDocument]:
        """Yield the current version of every document with the mentions of its coding in force.

        A mention's id is its id in the record, and so is its context's.
        """
        for key, document in self._current():
            with clear_errors(self.name):
                coded = read_coding(self._database, key, document)
            yield coded

    def mention(self, name: str) -> tuple[Document, Mention]:
        """Return a mention by its id, or the beginning of it, with the document that tells it.

        Raises:
            RecordError: no mention, or more than one, has an id that begins so.
        """
        with clear_errors(self.name):
            rows = self._database.execute(
                "SELECT id, document FROM mentions WHERE substr(id, 1, ?) = ? LIMIT 2", (len(name), name)
            ).fetchall()
            if len(rows) != 1 or not name:
                problem = "names more than one mention" if rows else "names no mention of the record"
                raise RecordError(f"mention {name!r}", problem, "`tocsin export --as jsonl` lists the ids")
            document = read_document(self._database, rows[0][1])
            return document, read_mention(self._database, rows[0][0], document.text)

    def tellings(self, mentions: Iterable[str]) -> Iterator[CodedDocument]:
        """Yield mentions by their ids, each alone with its document; ids that are not there are left out."""
        for name in mentions:
            with clear_errors(self.name):
                row = self._database.execute("SELECT document FROM mentions WHERE id = ?", (name,)).fetchone()
                if row is None:
                    continue
                document = read_document(self._database, row[0])
                mention = read_mention(self._database, name, document.text)
            yield CodedDocument(document, (mention,))

    def coder_of(self, mention: str) -> str:
        """Return the name of the program and codebook that made the newest coding with this mention."""
        with clear_errors(self.name):
            row = self._database.execute(
                "SELECT c.coder FROM coding_mentions AS m JOIN codings AS c ON c.id = m.coding "
                "WHERE m.mention = ? ORDER BY c.id DESC LIMIT 1",
                (mention,),
            ).fetchone()
        return str(row[0])

    def versions(self, name: str) -> tuple[Document, ...]:
        """Return all versions of a document by its id, oldest first."""
        with clear_errors(self.name):
            return read_versions(self._database, name)

    def failures(self) -> Iterator[ReadVerdict]:
        """Yield what was refused or failed, in all runs, oldest first."""
        with clear_errors(self.name):
            rows = self._database.execute(
                "SELECT source, status, reason FROM verdicts WHERE status != 'read' ORDER BY id"
            ).fetchall()
        for row in rows:
            yield ReadVerdict(*row)

    def sizes(self) -> Sizes:
        """Return how much the record holds."""
        with clear_errors(self.name):
            row = self._database.execute(
                "SELECT (SELECT count(*) FROM current_documents), "
                "(SELECT count(*) FROM documents WHERE id IN (SELECT replaces FROM documents)), "
                "(SELECT count(*) FROM current_mentions), "
                "(SELECT count(*) FROM claims WHERE mention IN (SELECT id FROM current_mentions)), "
                "(SELECT count(*) FROM decisions), (SELECT count(*) FROM runs), "
                "(SELECT count(*) FROM verdicts WHERE status != 'read')"
            ).fetchone()
        return Sizes(*row)

    # decisions

    def decide(
        self,
        kind: str,
        subject: str,
        *,
        reviewer: str,
        other: str | None = None,
        reason: str = "",
        at: datetime | None = None,
    ) -> Decision:
        """Add a decision and return it; the same one twice adds nothing.

        Args:
            kind: "accept" or "reject" a mention, say that two mentions are the "same" happening or "different" ones, or
                that you are "unsure" and leave it to the program, or "undo" a decision.
            subject: id of the mention or the decision.
            reviewer: who decides.
            other: id of the second mention, for "same", "different" and "unsure".
            reason: why, in words.
            at: when, UTC; now if not given.

        Raises:
            DecisionError: the kind is not known, no reviewer is named, or a text holds half a character; the subject is
                not there or undone already; two mentions would be one happening by some decisions and two by another.
        """
        (decision,) = self._decide_all(kind, [(subject, other)], reviewer=reviewer, reason=reason, at=at)
        return decision

    def undo(self, decision: str, *, reviewer: str, reason: str = "") -> Decision:
        """Undo a decision by its id: a row of its own, the undone one stays; an undo may be undone too."""
        return self.decide(UNDO, decision, reviewer=reviewer, reason=reason)

    def undo_all(self, decisions: Sequence[str], *, reviewer: str, reason: str = "") -> tuple[Decision, ...]:
        """Undo several decisions, or none where one cannot be."""
        return self._decide_all(UNDO, [(name, None) for name in decisions], reviewer=reviewer, reason=reason)

    def decision(self, name: str) -> Decision:
        """Return a decision by its id, or the beginning of it.

        Raises:
            DecisionError: no decision, or more than one, has an id that begins so.
        """
        found = [one for one in self.decisions() if name and one.id.startswith(name)]
        if len(found) != 1:
            problem = "names more than one decision" if found else "names no decision of the record"
            raise DecisionError(f"decision {name!r}", problem, "`tocsin decide list` shows the ids")
        return found[0]

    def undone(self) -> frozenset[str]:
        """Return the ids of the decisions that are undone."""
        return undone_by(self.decisions())

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions in the order in which they were made."""
        with clear_errors(self.name):
            rows = self._database.execute(
                "SELECT id, kind, subject, object, reviewer, reason, at FROM decisions ORDER BY position"
            ).fetchall()
        return tuple(
            Decision(name, kind, subject, object_, reviewer, reason, datetime.fromisoformat(at))
            for name, kind, subject, object_, reviewer, reason, at in rows
        )

    def judgements(self) -> dict[str, str]:
        """Return "accept" or "reject" by id of mention, for those judged."""
        return judgements(self.decisions())

    def merge(self, event: str, other: str, *, reviewer: str, reason: str = "") -> tuple[Decision, ...]:
        """Decide that all mentions of two events are one happening; the next linking puts them together.

        Raises:
            DecisionError: they are one event already, or decisions that stand keep them apart.
            RecordError: an event is not there.
        """
        (one, mentions), (two, others) = self.event(event), self.event(other)
        if one == two:
            raise DecisionError(f"event {one!r}", "cannot be merged into itself", "name two events")
        first, *rest = (*mentions, *others)
        _, different = standing_pairs(self.decisions())
        if kept := [pair for pair in different if set(pair) <= {first, *rest}]:
            raise DecisionError(
                f"mentions {kept[0][0]!r} and {kept[0][1]!r}", "stand decided as two happenings", "undo that first"
            )
        return self._decide_all(SAME, [(first, name) for name in rest], reviewer=reviewer, reason=reason)

    def split(self, event: str, mentions: Sequence[str], *, reviewer: str, reason: str = "") -> tuple[Decision, ...]:
        """Decide that some mentions of an event are another happening than the rest of it.

        Raises:
            DecisionError: a mention is not in the event, all or none are named, or decisions that stand hold them
                together.
            RecordError: the event is not there.
        """
        name, held = self.event(event)
        strangers = sorted(set(mentions) - set(held))
        if strangers or not mentions or set(mentions) == set(held):
            problem = f"does not hold {strangers[0]!r}" if strangers else "keeps no mention, or loses none"
            raise DecisionError(f"event {name!r}", problem, "name some of its mentions, not all")
        rest = [mention for mention in held if mention not in mentions]
        parted = [(one, two) for one in sorted(set(mentions)) for two in rest]
        same, _ = standing_pairs(self.decisions())
        if kept := sorted({(min(pair), max(pair)) for pair in parted} & set(same)):
            raise DecisionError(
                f"mentions {kept[0][0]!r} and {kept[0][1]!r}", "stand decided as one happening", "undo that first"
            )
        return self._decide_all(DIFFERENT, parted, reviewer=reviewer, reason=reason)

    # events

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

    def decided_pairs(self) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
        """Return the pairs of mentions that stand decided as one happening, and those as two."""
        return standing_pairs(self.decisions())

    # imports

    def is_imported(self, source: ImportSource) -> bool:
        """Whether a file was imported by the same mapping before, and the decision stands."""
        with clear_errors(self.name):
            return stands(self._database, source.id)

    def add_import(
        self,
        source: ImportSource,
        rows: Iterable[CodedDocument | ReadVerdict],
        *,
        program: str,
        reviewer: str,
        reason: str = "",
    ) -> ImportSummary:
        """Write what a team coded by hand: all of it, in one transaction, as one decision that can be undone whole.

        What stands already is left alone; what was undone comes back as it was, without a look at the rows.

        Args:
            source: what is imported.
            rows: documents with their codings, and verdicts on rows that could not be taken.
            program: name and version of the program.
            reviewer: who decides that it counts.
            reason: why, in words.

        Raises:
            RecordError: the file cannot be written.
            DecisionError: no reviewer is named.
        """
        check_words(IMPORT, source.id, None, reviewer, reason)
        summary = ImportSummary()
        with transaction(self._database, self.name):
            if stands(self._database, source.id):
                return summary
            if not is_imported(self._database, source.id):
                run = self._start_run(program, source.coder, [_storable(source.file)])
                note_import(self._database, replace(source, file=_storable(source.file)), run)
                for row in rows:
                    self._add_row(source, row, run, summary)
                self._end_run(run)
            summary.decision = self._decide(IMPORT, source.id, None, reviewer, reason, datetime.now(UTC))
        return summary

    # within

    def _start_run(self, program: str, coder: str, arguments: Sequence[str]) -> int:
        row = self._database.execute(
            "INSERT INTO runs (started, program, coder, arguments) VALUES (?, ?, ?, ?) RETURNING id",
            (_now(), program, coder, "\n".join(arguments)),
        ).fetchone()
        return int(row[0])

    def _end_run(self, run: int) -> None:
        self._database.execute("UPDATE runs SET ended = ? WHERE id = ?", (_now(), run))

    def _add_row(
        self, source: ImportSource, row: CodedDocument | ReadVerdict, run: int, summary: ImportSummary
    ) -> None:
        if isinstance(row, CodedDocument):
            try:
                check_characters(row.document)
                add_imported(self._database, source, row, run, summary)
                return
            except CodedError as error:
                row = ReadVerdict(f"{source.file}, document {row.document.id}", FAILED, str(error))
        summary.problems += 1
        self._write_verdict(run, row)

    def _decide_all(
        self,
        kind: str,
        about: Sequence[tuple[str, str | None]],
        *,
        reviewer: str,
        reason: str,
        at: datetime | None = None,
    ) -> tuple[Decision, ...]:
        """Add a decision about each of `about`, or none at all where one of them cannot be."""
        moment = at or datetime.now(UTC)
        made = []
        with transaction(self._database, self.name):
            for subject, other in about:
                check_words(kind, subject, other, reviewer, reason)
                made.append(self._decide(kind, subject, other, reviewer, reason, moment))
        return tuple(made)

    def _decide(
        self, kind: str, subject: str, other: str | None, reviewer: str, reason: str, moment: datetime
    ) -> Decision:
        name = content_id("d", kind, subject, other, reviewer, reason, moment.isoformat())
        decision = Decision(name, kind, subject, other, reviewer, reason, moment)
        self._check_subject(decision)
        check_decision(decision, self.decisions())
        self._database.execute(
            "INSERT OR IGNORE INTO decisions (id, kind, subject, object, reviewer, reason, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (name, kind, subject, other, reviewer, reason, moment.isoformat()),
        )
        if kind in (IMPORT, UNDO):
            settle_imports(self._database, self.decisions())
        return decision

    def _write_verdict(self, run: int, verdict: ReadVerdict) -> None:
        self._database.execute(
            "INSERT INTO verdicts (run, source, status, reason) VALUES (?, ?, ?, ?)",
            (run, _storable(verdict.source), verdict.status, _storable(verdict.reason)),
        )

    def _current(self) -> Iterator[tuple[str, Document]]:
        with clear_errors(self.name):
            keys = tuple(current_keys(self._database))
        for key in keys:
            with clear_errors(self.name):
                document = read_document(self._database, key)
            yield key, document

    def _check_subject(self, decision: Decision) -> None:
        undo = decision.kind == UNDO
        noun, there = _SUBJECTS.get(decision.kind, ("mention", "SELECT 1 FROM mentions WHERE id = ?"))
        for name in filter(None, (decision.subject, decision.object)):
            if self._database.execute(there, (name,)).fetchone() is None:
                raise DecisionError(f"{noun} {name!r}", "is not in the record", "check the id")
        if undo and decision.subject in undone_by(self.decisions()):
            problem, advice = "is undone already", "undo that undo to bring it back"
            raise DecisionError(f"decision {decision.subject!r}", problem, advice)


def check_characters(document: Document) -> None:
    """Raise CodedError where a document holds what no file can: half a character."""
    try:
        json.dumps(astuple(document), default=str, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise CodedError(
            f"document {_storable(document.id)}",
            "holds half a character (a lone surrogate)",
            "mend its text and run again",
        ) from error


def open_record(path: Path, *, must_exist: bool = False, busy_seconds: float = 10.0) -> Record:
    """Open a record, make it where there is none, and bring an older one up to date.

    Args:
        path: the file; beside it SQLite keeps two more (-wal, -shm) while it is open.
        must_exist: raise instead of making a new one.
        busy_seconds: how long to wait for another run that writes.

    Raises:
        RecordError: the file is no record, damaged, of a newer version, in use, or cannot be written.
    """
    name = str(path)
    if path.is_dir():
        raise RecordError(name, "is a folder, not a record", "name a file")
    if must_exist and not path.is_file():
        raise RecordError(name, "there is no such record", "make one with `tocsin run`, or name yours with --record")
    with clear_errors(name):
        database = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        try:
            check(database, name)
            _write_ahead(database, busy_seconds)
            database.execute("PRAGMA synchronous = FULL")
            database.execute("PRAGMA foreign_keys = ON")
            migrate(database, name)
        except BaseException:
            database.close()
            raise
    return Record(database, name)


def _write_ahead(database: sqlite3.Connection, busy_seconds: float) -> None:
    # SQLite does not wait by itself when two openers change the mode at the same moment.
    until = time.monotonic() + busy_seconds
    while database.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            database.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _only_file(verdict: ReadVerdict | None) -> str | None:
    """Return the file that holds one document and nothing else, whole, or None."""
    if verdict is None or len(verdict.documents) != 1:
        return None
    path = Path(verdict.source)
    return _storable(str(path.resolve())) if path.is_file() else None


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
