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
    complain,
    put,
    read_options,
)
from tocsin.cli.llm import (
    DEFAULT_ANSWERS,
    DEFAULT_ENDPOINT,
    AnswersOption,
    AtOnceOption,
    BudgetOption,
    BudgetTokensOption,
    DryRunOption,
    EndpointOption,
    JoinOption,
    LlmOption,
    PriceOption,
    SendToOption,
    SetOption,
    TimeoutOption,
    forecast_lines,
    llm_settings,
    note_lines,
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
    llm: LlmOption = None,
    endpoint: EndpointOption = DEFAULT_ENDPOINT,
    send_to: SendToOption = None,
    price: PriceOption = None,
    budget: BudgetOption = None,
    budget_tokens: BudgetTokensOption = None,
    at_once: AtOnceOption = 4,
    timeout: TimeoutOption = 300,
    parameters: SetOption = None,
    answers: AnswersOption = None,
    join: JoinOption = "union",
    dry_run: DryRunOption = False,
) -> None:
    """Code documents: JSON Lines on standard output, nothing recorded.

    Lines read from - are objects with "id" and "text" and, where known, "title", "publisher", "published".
    """
    from tocsin.datamodel import Document, coded
    from tocsin.datamodel.extraction import count_notes
    from tocsin.errors import BudgetError, EndpointError
    from tocsin.pipeline import CodingFailure, Settings, attempt_documents, forecast_all, load_resources
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
    asked = llm_settings(
        extractor,
        llm=llm,
        endpoint=endpoint,
        send_to=send_to,
        price=price,
        budget=budget,
        budget_tokens=budget_tokens,
        at_once=at_once,
        timeout=timeout,
        parameters=parameters,
        answers=answers or DEFAULT_ANSWERS,
        join=join,
    )
    tally = Tally()

    def documents() -> Iterator[Document]:
        for verdict in read_sources(paths, options=options):
            tally.note_verdict(verdict)
            yield from verdict.documents

    resources = load_resources(Settings(codebook=codebook, extractor=extractor, model=model, llm=asked))
    if dry_run:
        tally.done, forecast = forecast_all(documents(), resources)
        put("\n".join(forecast_lines(tally.done, forecast, asked.price if asked else None)) + "\n")
        tally.leave(f"{', '.join(paths)}: holds no document; name files or folders that do")
    notes: dict[tuple[str, str], float] = {}
    try:
        for result in attempt_documents(documents(), resources, processes=processes):
            if isinstance(result, CodingFailure):
                tally.note_failure(f"document {result.document.id}: {result.reason}")
            else:
                tally.done += 1
                count_notes(notes, result.notes)
                put("".join(coded.write([result])))
    except (BudgetError, EndpointError) as error:
        tally.note_failure(error)
    for line in note_lines(notes):
        complain(line)
    tally.leave(f"{', '.join(paths)}: holds no document; name files or folders that do")
