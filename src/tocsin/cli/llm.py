"""Language models on the command line: the options, what a run would cost, what came of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.datamodel import Note
from tocsin.errors import UsageError

if TYPE_CHECKING:
    from tocsin.llm.extractor import Forecast
    from tocsin.llm.settings import LlmSettings

#: Where answers are kept if there is no record beside which they could be.
DEFAULT_ANSWERS = Path("tocsin-answers")
DEFAULT_ENDPOINT = "http://127.0.0.1:8080/v1"

LlmOption = Annotated[
    str | None, typer.Option("--llm", metavar="NAME", help="The language model, for --extractor llm or both.")
]
EndpointOption = Annotated[
    str, typer.Option("--endpoint", metavar="URL", help="Where it is served, by the OpenAI chat interface.")
]
SendToOption = Annotated[
    str | None,
    typer.Option("--send-to", metavar="HOST", help="The host, typed out, where that is not this machine."),
]
PriceOption = Annotated[
    str | None, typer.Option("--price", metavar="IN/OUT", help="Of a million tokens sent, and answered.")
]
BudgetOption = Annotated[
    float | None, typer.Option("--budget", metavar="MONEY", min=0, help="Stop before more would be spent.")
]
BudgetTokensOption = Annotated[
    int | None, typer.Option("--budget-tokens", metavar="N", min=0, help="Stop before more tokens would be used.")
]
AtOnceOption = Annotated[int, typer.Option("--at-once", min=1, max=64, help="Documents asked about at the same time.")]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", metavar="SECONDS", min=1, help="How long one answer may take.")
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=JSON", help="A parameter sent along, such as temperature=0.2; repeat it."),
]
AnswersOption = Annotated[
    Path | None,
    typer.Option("--answers", metavar="FILE", help="Where answers are kept, so that none is paid twice."),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say what asking would cost, and ask nothing.")]
JoinOption = Annotated[
    str, typer.Option("--join", metavar="POLICY", help="For both: union, intersection or llm-first.")
]


def llm_settings(
    extractor: str,
    *,
    llm: str | None,
    endpoint: str,
    send_to: str | None,
    price: str | None,
    budget: float | None,
    budget_tokens: int | None,
    at_once: int,
    timeout: float,
    parameters: list[str] | None,
    answers: Path,
    join: str,
) -> "LlmSettings | None":
    """Return what the command line says about the language model, or None where none is asked.

    Raises:
        UsageError: a model is named for an extractor that asks none, none for one that does, or a value cannot be read.
    """
    from tocsin.extractors import ASKING
    from tocsin.llm.settings import LlmSettings, check_settings

    if extractor not in ASKING:
        if llm is not None:
            raise UsageError(f"extractor {extractor!r}", "asks no language model", "name --extractor llm or both")
        return None
    settings = LlmSettings(
        endpoint,
        llm or "",
        send_to,
        tuple(_parameter(one) for one in parameters or ()),
        _price(price),
        budget_tokens,
        budget,
        at_once=at_once,
        timeout=timeout,
        answers=answers,
        join=join,
    )
    check_settings(settings)
    return settings


def forecast_lines(documents: int, forecast: "Forecast", price: tuple[float, float] | None) -> list[str]:
    """Return what asking would cost, in words."""
    usage = forecast.usage
    cost = usage.cost(price)
    lines = [
        f"documents to code: {documents:,}",
        f"questions to ask: {forecast.questions:,}; answered before: {forecast.kept:,}",
        f"tokens: about {usage.sent:,} sent, about {usage.answered:,} answered at most",
    ]
    return [*lines, "cost: give --price IN/OUT, per million tokens" if cost is None else f"cost: about {cost:,.2f}"]


def note_lines(notes: Mapping[tuple[str, str], float]) -> list[str]:
    """Return what came of asking, in words: who answered, what was left out, what it cost.

    Args:
        notes: how many there are by kind and field, as `RunSummary.notes`.
    """
    from tocsin.datamodel.extraction import AGREEMENTS, ASKED, DISAGREEMENT, DROPPED, FALLBACK, FOUND_BY

    def of(kind: str) -> dict[str, int]:
        return {field: int(number) for (one, field), number in notes.items() if one == kind}

    asked, fallen = int(notes.get((ASKED, "model"), 0)), of(FALLBACK)
    if not asked:
        return []
    why = ", ".join(f"{number:,} {verdict}" for verdict, number in sorted(fallen.items()))
    lines = [f"language model: {asked - sum(fallen.values()):,} of {asked:,} documents answered"]
    lines += [f"coded offline instead: {sum(fallen.values()):,} ({why})"] if fallen else []
    left, other = sum(of(DROPPED).values()), sum(of(DISAGREEMENT).values())
    lines.append(f"left out, not held by the text: {left:,}; values read otherwise by the program: {other:,}")
    found = of(FOUND_BY)
    if found:
        lines.append("found by " + ", ".join(f"{name}: {found[name]:,}" for name in AGREEMENTS if name in found))
    sent, answered = (int(notes.get((ASKED, f"tokens {way}"), 0)) for way in ("sent", "answered"))
    spent = f"tokens: {sent:,} sent, {answered:,} answered"
    before = int(notes.get((ASKED, "tokens paid before"), 0))
    spent += f"; {before:,} paid before" if before else ""
    cost = notes.get((ASKED, "cost"))
    return [*lines, spent + (f"; cost {cost:,.4f}" if cost is not None else "")]


def note_line(note: Note) -> str:
    """Return a note on a coding as one line."""
    return f"{note.kind}: {note.field}: {note.given}" + (f" | {note.kept}" if note.kept else "")


def _price(given: str | None) -> tuple[float, float] | None:
    if given is None:
        return None
    try:
        one, other = (float(part) for part in given.split("/"))
    except ValueError as error:
        raise UsageError(f"price {given!r}", "is no price", "give two numbers, such as 0.5/1.5") from error
    if not (0 <= one < float("inf") and 0 <= other < float("inf")):
        raise UsageError(f"price {given!r}", "is no price", "give two numbers, such as 0.5/1.5")
    return one, other


def _parameter(given: str) -> tuple[str, str]:
    name, mark, value = given.partition("=")
    if not mark or not name:
        raise UsageError(f"parameter {given!r}", "has no value", "give it as NAME=JSON")
    return name, value
