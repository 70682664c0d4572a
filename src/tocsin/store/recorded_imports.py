"""The imports of a record: what a team coded by hand."""

from collections.abc import Iterable
from dataclasses import replace

from tocsin.datamodel import CodedDocument
from tocsin.datamodel.verdict import FAILED, ReadVerdict
from tocsin.errors import CodedError
from tocsin.store.acts import perform
from tocsin.store.decisions import IMPORT, check_words
from tocsin.store.guard import clear_errors, transaction
from tocsin.store.imports import ImportSource, ImportSummary, add_imported, is_imported, note_import, stands
from tocsin.store.opened import storable
from tocsin.store.recorded_documents import RecordedDocuments, check_characters


class RecordedImports(RecordedDocuments):
    """Imports, each one decision."""

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
                run = self._start_run(program, source.coder, [storable(source.file)])
                note_import(self._database, replace(source, file=storable(source.file)), run)
                for row in rows:
                    self._add_row(source, row, run, summary)
                self._end_run(run)
            summary.decision = perform(
                self._database, [(IMPORT, source.id, None)], kind=IMPORT, reviewer=reviewer, reason=reason
            )[0]
        return summary

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
