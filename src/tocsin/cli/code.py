"""`tocsin code`: documents to coded documents, no record."""

from collections.abc import Iterator
from typing import Annotated

import typer

from tocsin.cli.console import CodebookOption, ProcessesOption, Tally, put


def code(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files or folders; - for JSON Lines.")],
    codebook: CodebookOption = None,
    processes: ProcessesOption = 1,
) -> None:
    """Code documents: JSON Lines on standard output, nothing recorded.

    Lines read from - are objects with "id" and "text" and, where known, "title", "publisher", "published".
    """
    from tocsin.datamodel import Document, coded
    from tocsin.pipeline import CodingFailure, Settings, attempt_documents, load_resources, read_sources

    resources = load_resources(Settings(codebook=codebook))
    tally = Tally()

    def documents() -> Iterator[Document]:
        for verdict in read_sources(paths):
            tally.note_verdict(verdict)
            yield from verdict.documents

    for result in attempt_documents(documents(), resources, processes=processes):
        if isinstance(result, CodingFailure):
            tally.note_failure(f"document {result.document.id}", result.reason)
        else:
            tally.done += 1
            put("".join(coded.write([result])))
    tally.leave()
