"""The documents of a record: what was read, and what was coded in it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from tocsin.datamodel import CodedDocument, Document, Mention
from tocsin.datamodel.verdict import ReadVerdict
from tocsin.errors import CodedError, RecordError
from tocsin.store.codings import add_coding, program_coder
from tocsin.store.documents import Stored, add_document, current_keys, find_document, read_document, read_versions
from tocsin.store.effective import current_version, is_decided, read_effective, refresh_exceptions
from tocsin.store.guard import clear_errors, transaction
from tocsin.store.opened import Opened, now, storable
from tocsin.store.rows import read_mention


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


class RecordedDocuments(Opened):
    """Runs and what they read and coded."""

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
            refresh_exceptions(self._database, [stored.key])
        return stored

    def documents(self) -> Iterator[Document]:
        """Yield the current version of every document, in the order in which they came."""
        for _, document in self._current():
            yield document

    def coded(self) -> Iterator[CodedDocument]:
        """Yield the current version of every document with its mentions as decisions left them, rejected ones too.

        A mention's id is its id in the record, and so is its context's.
        """
        for key, document in self._current():
            with clear_errors(self.name):
                coded = read_effective(self._database, key, document)
            yield coded

    def mention(self, name: str) -> tuple[Document, Mention]:
        """Return a mention by its id, or the beginning of it, with the document that tells it, as decisions left it.

        One that its document does not tell any more is as it was coded.

        Raises:
            RecordError: no mention, or more than one, has an id that begins so.
        """
        with clear_errors(self.name):
            rows = self._database.execute(
                "SELECT id, document FROM mentions WHERE substr(id, 1, ?) = ? LIMIT 2", (len(name), name)
            ).fetchall()
            if len(rows) != 1 or not name:
                problem = "names more than one mention" if rows else "names no mention of the record"
                raise RecordError(
                    f"mention {name!r}", problem, "`tocsin export --as csv --table mentions` lists the ids"
                )
            return self._told(*rows[0]) or self._coded(*rows[0])

    def tellings(self, mentions: Iterable[str]) -> Iterator[CodedDocument]:
        """Yield mentions by their ids, each alone with its document; what is not told is left out."""
        for name in mentions:
            with clear_errors(self.name):
                row = self._database.execute("SELECT document FROM mentions WHERE id = ?", (name,)).fetchone()
                if row is None:
                    continue
                told = self._told(name, row[0])
            if told is not None:
                yield CodedDocument(told[0], (told[1],))

    def coder_of(self, mention: str) -> str:
        """Return the program and codebook that made the newest coding with a mention, or "" where a person added it."""
        with clear_errors(self.name):
            row = self._database.execute(
                "SELECT c.coder FROM coding_mentions AS m JOIN codings AS c ON c.id = m.coding "
                "WHERE m.mention = ? ORDER BY c.id DESC LIMIT 1",
                (mention,),
            ).fetchone()
        return "" if row is None else str(row[0])

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

    # within

    def _told(self, name: str, version: str) -> tuple[Document, Mention] | None:
        """Return a mention of a version of a document as it is told today, or None where it is not."""
        key = current_version(self._database, version)
        document = read_document(self._database, key)
        if not is_decided(self._database, key):
            return self._coded(name, version)
        told = read_effective(self._database, key, document)
        return next(((document, one) for one in told.mentions if one.id == name), None)

    def _coded(self, name: str, version: str) -> tuple[Document, Mention]:
        document = read_document(self._database, version)
        return document, read_mention(self._database, name, document.text)

    def _start_run(self, program: str, coder: str, arguments: Sequence[str]) -> int:
        row = self._database.execute(
            "INSERT INTO runs (started, program, coder, arguments) VALUES (?, ?, ?, ?) RETURNING id",
            (now(), program, coder, "\n".join(arguments)),
        ).fetchone()
        return int(row[0])

    def _end_run(self, run: int) -> None:
        self._database.execute("UPDATE runs SET ended = ? WHERE id = ?", (now(), run))

    def _write_verdict(self, run: int, verdict: ReadVerdict) -> None:
        self._database.execute(
            "INSERT INTO verdicts (run, source, status, reason) VALUES (?, ?, ?, ?)",
            (run, storable(verdict.source), verdict.status, storable(verdict.reason)),
        )

    def _current(self) -> Iterator[tuple[str, Document]]:
        with clear_errors(self.name):
            keys = tuple(current_keys(self._database))
        for key in keys:
            with clear_errors(self.name):
                document = read_document(self._database, key)
            yield key, document


def check_characters(document: Document) -> None:
    """Raise CodedError where a document holds what no file can: half a character."""
    try:
        json.dumps(astuple(document), default=str, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise CodedError(
            f"document {storable(document.id)}",
            "holds half a character (a lone surrogate)",
            "mend its text and run again",
        ) from error


def _only_file(verdict: ReadVerdict | None) -> str | None:
    """Return the file that holds one document and nothing else, whole, or None."""
    if verdict is None or len(verdict.documents) != 1:
        return None
    path = Path(verdict.source)
    return storable(str(path.resolve())) if path.is_file() else None
