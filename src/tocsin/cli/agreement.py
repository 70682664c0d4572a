"""`tocsin agreement`: how far several coders of the same documents agree."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.console import JsonOption, put, put_table

if TYPE_CHECKING:
    from tocsin.evaluate.coders import Agreement


def agreement(
    codings: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="CODING...", exists=True, help="Coded documents, a folder or file a coder: two or more."
        ),
    ] = None,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="FILE", help="A record whose reviewers code documents apart.")
    ] = None,
    draws: Annotated[int, typer.Option("--draws", min=0, help="Draws of the documents for each interval.")] = 2000,
    as_json: JsonOption = False,
) -> None:
    """Measure Krippendorff's alpha of several coders, with 95 % intervals: on happenings, their fields and claims."""
    from tocsin.agreement import codings_apart
    from tocsin.datamodel.coded import read
    from tocsin.errors import UsageError
    from tocsin.evaluate.coders import agreement as measure
    from tocsin.store.record import open_record

    if (record is None) == (not codings) or (codings and len(codings) < 2):
        raise UsageError("tocsin agreement", "takes two codings or more, or a record", "see `tocsin agreement --help`")
    if record is not None:
        with open_record(record, must_exist=True) as opened:
            coders = dict(codings_apart(opened))
        if len(coders) < 2:
            raise UsageError(str(record), "has no documents that two reviewers coded apart", "see docs/reviewing.md")
    else:
        coders = {f"{n} {path}": tuple(read(path, strict=False)) for n, path in enumerate(codings or ())}
    found = measure(coders, draws=draws)
    if as_json:
        put(json.dumps([_object(one) for one in found], indent=1) + "\n")
        return
    put_table([_row(one) for one in found], heads=("", "alpha", "95 %", "units", "how"))


def _object(one: "Agreement") -> dict[str, object]:
    alpha = one.alpha
    return {
        "measure": one.name,
        "metric": one.metric,
        "alpha": alpha.value,
        "low": alpha.low,
        "high": alpha.high,
        "observed": alpha.observed,
        "expected": alpha.expected,
        "units": alpha.units,
    }


def _row(one: "Agreement") -> tuple[str, ...]:
    alpha = one.alpha
    value = "-" if alpha.value is None else f"{alpha.value:.3f}"
    between = "-" if alpha.low is None else f"{alpha.low:.3f} to {alpha.high:.3f}"
    return (one.name, value, between, f"{alpha.units:,}", one.metric)
