"""`tocsin code`: documents to coded documents, no record."""

from collections.abc import Iterator

from tocsin.cli.console import (
    AuthorOption,
    CodebookOption,
    ExtractorOption,
    LanguageOption,
    LicenceOption,
    MaxMbOption,
    ModelOption,
    PathsArgument,
    ProcessesOption,
    PublishedOption,
    PublisherOption,
    Tally,
    put,
    read_options,
)


def code(
    paths: PathsArgument,
    publisher: PublisherOption = None,
    published: PublishedOption = None,
    author: AuthorOption = None,
    language: LanguageOption = None,
    licence: LicenceOption = None,
    max_mb: MaxMbOption = 20,
    codebook: CodebookOption = None,
    extractor: ExtractorOption = "tagger",
    model: ModelOption = None,
    processes: ProcessesOption = 1,
) -> None:
    """Code documents: JSON Lines on standard output, nothing recorded.

    Lines read from - are objects with "id" and "text" and, where known, "title", "publisher", "published".
    """
    from tocsin.datamodel import Document, coded
    from tocsin.pipeline import CodingFailure, Settings, attempt_documents, load_resources
    from tocsin.read import read_sources

    options = read_options(
        publisher=publisher,
        published=published,
        author=author,
        language=language,
        licence=licence,
        max_mb=max_mb,
        workers=processes,
    )
    tally = Tally()

    def documents() -> Iterator[Document]:
        for verdict in read_sources(paths, options=options):
            tally.note_verdict(verdict)
            yield from verdict.documents

    resources = load_resources(Settings(codebook=codebook, extractor=extractor, model=model))
    for result in attempt_documents(documents(), resources, processes=processes):
        if isinstance(result, CodingFailure):
            tally.note_failure(f"document {result.document.id}: {result.reason}")
        else:
            tally.done += 1
            put("".join(coded.write([result])))
    tally.leave(f"{', '.join(paths)}: holds no document; name files or folders that do")
