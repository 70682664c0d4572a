"""`tocsin figures labour`: strikes and lockouts in ILO terms."""

from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from tocsin.cli.console import put, put_table
from tocsin.cli.figure_words import Asked, counted, ends, interval, number, put_json, sum_object, when, where

if TYPE_CHECKING:
    from tocsin.reconcile.labour import LabourFigure, LabourSums


def put_labour(asked: Asked) -> None:
    from tocsin.reconcile.labour import ASSUMPTIONS, labour_figures, sum_labour

    found = labour_figures(asked.events, asked.codebook.figures)
    sums = sum_labour(found, asked.codebook.figures, disputes=asked.disputes)
    if asked.as_json:
        put_json(
            {
                "policy": asked.policy,
                "convention": asked.convention,
                "actions": [_labour_object(one) for one in found],
                "sums": [
                    {field.name: getattr(one, field.name) for field in fields(one)}
                    | {"workers": sum_object(one.workers), "lost": [sum_object(lost) for lost in one.lost]}
                    for one in sums
                ],
                "assumptions": list(ASSUMPTIONS),
            }
        )
        return
    put_table(
        [
            (
                one.event.id,
                when(one.event),
                where(one.event),
                one.event.type,
                number(one.workers.best) if one.workers else "-",
                interval(one.workers.low, one.workers.high) if one.workers else "-",
                "-" if one.days == (None, None) else interval(*one.days),
                "-" if one.not_worked == (None, None) else interval(*one.not_worked),
                "; ".join(f"{number(f.best)} {f.unit or f.attribute}" for f in one.lost) or "-",
            )
            for one in found
        ],
        heads=("event", "days", "place", "type", "workers", "range", "working days", "days not worked", "lost"),
    )
    for one in sums:
        put("\n" + "\n".join(_labour_lines(one)) + "\n")
    put("\nDays not worked hold as far as this does:\n" + "".join(f"- {line}\n" for line in ASSUMPTIONS))


def _labour_lines(one: "LabourSums") -> Iterator[str]:
    workers = one.workers
    involved = f"{ends(workers.low, workers.high)}, best {number(workers.best)}" if workers.counted else "not known"
    cases = f", cases of dispute: {one.disputes:,}" if one.disputes < workers.events else ""
    yield f"{one.kind}: {workers.events:,}{cases}"
    yield f"  workers involved: {involved} ({workers.counted:,} of {workers.events:,} known)"
    if one.kind == "stoppages":
        known = f"({one.known:,} of {workers.events:,} known)"
        yield f"  days not worked: {ends(one.low, one.high) if one.known else 'not known'} {known}"
    for lost in one.lost:
        yield f"  lost: {counted(lost.attribute, lost.unit)} {ends(lost.low, lost.high)} ({lost.counted:,} known)"


def _labour_object(one: "LabourFigure") -> dict[str, Any]:
    from tocsin.export.objects import event_object, figure_object

    event = event_object(one.event)
    del event["figures"]
    held = {"workers": one.workers, "workforce": one.workforce, "sites": one.sites}
    return (
        event
        | {name: figure_object(figure) if figure else None for name, figure in held.items()}
        | {
            "working_days": {"low": one.days[0], "high": one.days[1]},
            "days_not_worked": {"low": one.not_worked[0], "high": one.not_worked[1]},
            "lost": [figure_object(figure) for figure in one.lost],
        }
    )
