"""`tocsin run`: everything, into a record."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, Protocol

import typer

from tocsin.cli.console import (
    DEFAULT_RECORD,
    INTERRUPTED,
    AuthorOption,
    CodebookOption,
    ExtractorOption,
    JsonOption,
    LanguageOption,
    LicenceOption,
    MaxMbOption,
    ModelOption,
    PathsArgument,
    ProcessesOption,
    PublishedOption,
    PublisherOption,
    RecordOption,
    Tally,
    complain,
    put,
    put_table,
    read_options,
    stop,
)
from tocsin.cli.llm import (
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

if TYPE_CHECKING:
    from tocsin.pipeline import RunOptions, RunSummary
    from tocsin.store.record import Record

#: Documents between two plain lines of progress, where there is no terminal.
EVERY = 1000


class Show(Protocol):
    """Shows how far a run is."""

    def __call__(self, summary: "RunSummary") -> None: ...


def run(
    paths: PathsArgument,
    record: RecordOption = DEFAULT_RECORD,
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
    again: Annotated[bool, typer.Option("--again", help="Code documents again that were coded before.")] = False,
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
    link: Annotated[
        bool,
        typer.Option("--link/--no-link", help="Put the record's mentions together into events, or leave that out."),
    ] = True,
    as_json: JsonOption = False,
) -> None:
    """Read, code and record documents. Safe to repeat and to interrupt: the next run goes on."""
    from tocsin.llm.settings import answers_beside
    from tocsin.pipeline import RunOptions, Settings
    from tocsin.store.record import open_record

    reading = read_options(
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
        answers=answers or answers_beside(record),
        join=join,
    )
    settings = Settings(codebook=codebook, extractor=extractor, model=model, llm=asked)
    options = RunOptions(settings, reading, processes, again, link)
    if dry_run:
        _forecast(paths, options, record)
    with open_record(record) as opened:
        tally = run_into(opened, paths, options, as_json=as_json)
    tally.leave(f"{', '.join(paths)}: holds no document; name files or folders that do")


def _forecast(paths: list[str], options: "RunOptions", record: Path) -> NoReturn:
    """Say what a run would cost, without making a record where there is none; end the command."""
    from tocsin.pipeline import forecast_run
    from tocsin.store.record import open_record

    tally = Tally()
    with ExitStack() as stack:
        opened = stack.enter_context(open_record(record)) if record.is_file() else None
        tally.done, unchanged, forecast = forecast_run(paths, options, opened, report=tally.note_verdict)
    asked = options.settings.llm
    put("\n".join(forecast_lines(tally.done, forecast, asked.price if asked else None)) + "\n")
    tally.done += unchanged
    tally.leave(f"{', '.join(paths)}: holds no document; name files or folders that do")


def run_into(record: "Record", paths: list[str], options: "RunOptions", *, as_json: bool = False) -> Tally:
    """Run into an open record, show how it goes and what came of it; return what was done, for the exit code."""
    from tocsin import pipeline

    tally = Tally()
    try:
        with _progress() as show:
            summary = pipeline.run(paths, record, options, report=tally.note_verdict, progress=show)
    except KeyboardInterrupt:
        complain("interrupted; what was recorded is kept, run again to go on")
        stop(INTERRUPTED)
    tally.done = summary.done
    if summary.stopped:
        tally.note_failure(summary.stopped)
    if summary.undated:
        complain(
            f"{_count(summary.undated, 'document')} without a day of publication: yesterday, Monday and the like stay "
            "unresolved there (basis none); give the day with --published or a sidecar and run again"
        )
    if as_json:
        put(json.dumps(_as_json(summary, record)) + "\n")
    elif summary.done:
        _put_summary(summary, record)
    return tally


def _as_json(summary: "RunSummary", record: "Record") -> dict[str, Any]:
    sizes = record.sizes()
    return {
        "record": record.name,
        "documents": {
            "new": summary.documents["new"],
            "edited": summary.documents["edited"],
            "coded_again": summary.documents["known"],
            "unchanged": summary.unchanged,
            "failed": summary.problems,
            "without_day": summary.undated,
        },
        "mentions": dict(sorted(summary.mentions.items())),
        "claims": summary.claims,
        "events": summary.events,
        "figures": summary.figures,
        "figures_that_differ": summary.differing,
        "notes": {f"{kind}: {field}": number for (kind, field), number in sorted(summary.notes.items())},
        "stopped": summary.stopped,
        "in_record": {"documents": sizes.documents, "mentions": sizes.mentions, "claims": sizes.claims},
    }


def _put_summary(summary: "RunSummary", record: "Record") -> None:
    documents = summary.documents
    parts = [
        (documents["new"], "new"),
        (documents["edited"], "edited"),
        (documents["known"], "coded again"),
        (summary.unchanged, "unchanged"),
        (summary.problems, "failed"),
    ]
    said = ", ".join(f"{number:,} {word}" for number, word in parts if number)
    put(f"documents: {said or 'none'}\n")
    if summary.mentions:
        put("\n")
        rows = sorted(summary.mentions.items(), key=lambda item: (-item[1], item[0]))
        put_table([(kind, f"{number:,}") for kind, number in rows], heads=("type", "mentions"))
        put("\n")
    if summary.events:
        held = (_count(summary.events, "event"), _count(summary.figures, "figure"))
        put(f"put together: {held[0]} with {held[1]}, {summary.differing:,} of which voices tell differently\n")
    if told := note_lines(summary.notes):
        put("\n".join(told) + "\n")
    sizes = record.sizes()
    kept = (_count(sizes.documents, "document"), _count(sizes.mentions, "mention"), _count(sizes.claims, "claim"))
    put(f"{record.name} holds {kept[0]}, {kept[1]}, {kept[2]}\n")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


@contextmanager
def _progress() -> Iterator[Show]:
    if not sys.stderr.isatty():
        yield _plain
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=20), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda summary: bar.update(task, description=_said(summary))
        bar.refresh()


def _plain(summary: "RunSummary") -> None:
    handled = summary.done + summary.problems
    if handled and handled % EVERY == 0:
        sys.stderr.write(_said(summary) + "\n")


def _said(summary: "RunSummary") -> str:
    handled = _count(summary.done + summary.problems, "document")
    return f"{handled}, {_count(summary.mentions.total(), 'mention')}, {summary.problems:,} failed"
