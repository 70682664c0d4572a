"""Tocsin from Python: load, code, keep.

nlp = tocsin.load("en")
coded = nlp("About 400 miners walked out on Monday.", published="2020-09-16")
with tocsin.open("belarus.tocsin") as record:
    record.add(["reports/"])
    for mention in record.mentions():
        print(mention.type, mention.date.start)
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from tocsin.datamodel import CodedDocument, Decision, Document, Event, Mention
from tocsin.datamodel.ids import content_id, text_hash
from tocsin.llm.settings import LlmSettings
from tocsin.pipeline import (
    EXTRACTORS,
    Resources,
    RunOptions,
    RunSummary,
    Settings,
    code_document,
    code_documents,
    link_record,
    load_resources,
    reconcile_record,
    run,
    sum_record,
)
from tocsin.reconcile import DEFAULT_POLICY, Sums
from tocsin.store.record import Record, open_record

if TYPE_CHECKING:
    import pyarrow as pa


class Coder:
    """Codes documents; make one with `load`."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    def __call__(
        self,
        text: str,
        *,
        published: date | str | None = None,
        title: str = "",
        publisher: str = "",
        id: str | None = None,
    ) -> CodedDocument:
        """Return a text with its mentions.

        Args:
            text: the text; every quote is an exact span of it.
            published: its day of publication (a string is ISO 8601), without which "yesterday" stays unresolved.
            title: the headline.
            publisher: the outlet.
            id: what to call it; a hash of the text if not given.
        """
        day = date.fromisoformat(published) if isinstance(published, str) else published
        name = id if id is not None else content_id("doc", text_hash(text), publisher, day.isoformat() if day else None)
        return code_document(Document(name, text, title, publisher, day), self._resources)

    def pipe(self, documents: Iterable[Document], *, n_process: int = 1) -> Iterator[CodedDocument]:
        """Yield documents with their mentions, in order, holding only a few in memory.

        Args:
            documents: taken as they are needed.
            n_process: processes to work in; more than one needs the caller's script to be importable (the usual
                `if __name__ == "__main__":`).
        """
        return code_documents(documents, self._resources, processes=n_process)


class OpenRecord:
    """An open record; make one with `open`, close it or use it in a `with` block."""

    def __init__(self, record: Record, settings: Settings) -> None:
        self._record = record
        self._settings = settings

    def __enter__(self) -> "OpenRecord":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._record.close()

    def add(self, paths: Sequence[str | Path], *, processes: int = 1) -> RunSummary:
        """Read, code and keep files and folders, as `tocsin run` does; what was kept before is left alone."""
        return run(paths, self._record, RunOptions(self._settings, processes=processes, link=False))

    def documents(self) -> Iterator[CodedDocument]:
        """Yield the documents with their mentions, in the order in which they came."""
        return self._record.coded()

    def mentions(self) -> Iterator[Mention]:
        """Yield all mentions."""
        for coded in self._record.coded():
            yield from coded.mentions

    def explain(self, mention: str) -> tuple[Document, Mention]:
        """Return a mention by its id, or the beginning of it, with the document that tells it."""
        return self._record.mention(mention)

    def link(self) -> None:
        """Put mentions together into events, as `add` does at its end; decisions made since then take effect."""
        link_record(self._record, self._settings)

    def events(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of the mentions of each event, by the event's id."""
        return self._record.events()

    def figures(self, *, policy: str = DEFAULT_POLICY, convention: str = "codebook") -> tuple[Event, ...]:
        """Return the events with what their claims come to.

        Args:
            policy: "median" of voices, "range", "conservative", "latest", "officials", "organisers" or "weighted".
            convention: what vague numbers come to, such as "ccc".
        """
        return reconcile_record(self._record, self._settings, policy=policy, convention=convention)

    def sums(self, *, by: str = "type", policy: str = DEFAULT_POLICY, convention: str = "codebook") -> Sums:
        """Return what the single happenings come to by "type", "day" or "place", with totals apart."""
        return sum_record(self._record, self._settings, by=by, policy=policy, convention=convention)

    def table(
        self, name: str, *, where: str = "", policy: str = DEFAULT_POLICY, convention: str = "codebook"
    ) -> "pa.Table":
        """Return a table as Arrow has it, which pandas, polars and DuckDB take as it is.

        Args:
            name: "events", "figures", "relations", "mentions", "claims", "places", "quotes", "documents" or
                "decisions".
            where: which events, such as "type=strike from=2020-08-01"; all if not given.
            policy, convention: as for `figures`.
        """
        from tocsin.exporting.happenings import Chosen, choice_of
        from tocsin.exporting.tables import record_table

        chosen = Chosen(self._settings, choice_of([where], self._settings), policy, convention)
        return record_table(self._record, name, chosen)

    def decide(self, kind: str, mention: str, *, reviewer: str, other: str | None = None, reason: str = "") -> Decision:
        """Add a decision: "accept" or "reject" a mention, or "same", "different" or "unsure" about it and another."""
        return self._record.decide(kind, mention, other=other, reviewer=reviewer, reason=reason)

    def merge(self, event: str, other: str, *, reviewer: str, reason: str = "") -> tuple[Decision, ...]:
        """Decide that two events are one; `link` puts them together, `undo` takes it back."""
        return self._record.merge(event, other, reviewer=reviewer, reason=reason)

    def split(self, event: str, mentions: Sequence[str], *, reviewer: str, reason: str = "") -> tuple[Decision, ...]:
        """Decide that some mentions of an event are another happening; `link` parts them, `undo` takes it back."""
        return self._record.split(event, mentions, reviewer=reviewer, reason=reason)

    def undo(self, decision: str, *, reviewer: str, reason: str = "") -> Decision:
        """Undo a decision by its id; both rows stay."""
        return self._record.undo(decision, reviewer=reviewer, reason=reason)


def load(
    language: str = "en",
    *,
    codebook: str | Path | None = None,
    extractor: str = EXTRACTORS[0],
    model: str | Path | None = None,
    llm: LlmSettings | None = None,
) -> Coder:
    """Return what codes documents of a language.

    Args:
        language: only "en" so far.
        codebook: your folder of TOML files, laid over the packaged codebook.
        extractor: "tagger", with the rules behind it, "rules" alone, "llm" or "both".
        model: a folder with a tagger's files; the packaged one by default.
        llm: the language model, for "llm" and "both".
    """
    return Coder(load_resources(Settings(language, _path(codebook), extractor, _path(model), llm)))


def open(
    path: str | Path,
    *,
    codebook: str | Path | None = None,
    extractor: str = EXTRACTORS[0],
    model: str | Path | None = None,
    llm: LlmSettings | None = None,
) -> OpenRecord:
    """Open a record, and make it where there is none.

    Args:
        path: the file.
        codebook, extractor, model, llm: as for `load`; what is added is coded by them.
    """
    settings = Settings(codebook=_path(codebook), extractor=extractor, model=_path(model), llm=llm)
    return OpenRecord(open_record(Path(path)), settings)


def _path(name: str | Path | None) -> Path | None:
    return Path(name) if name else None
