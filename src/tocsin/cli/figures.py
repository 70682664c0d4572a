"""`tocsin figures`: what the events of a record come to."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.console import (
    DEFAULT_RECORD,
    CodebookOption,
    ConventionOption,
    JsonOption,
    PolicyOption,
    RecordOption,
    WhereOption,
    complain,
    put,
    put_table,
)
from tocsin.cli.figure_labour import put_labour
from tocsin.cli.figure_lists import put_lists, put_undercount
from tocsin.cli.figure_words import Asked, counted, ends, interval, number, put_json, sum_object, when
from tocsin.cli.figure_words import where as placed
from tocsin.errors import UsageError

if TYPE_CHECKING:
    from tocsin.reconcile.floors import Floor
    from tocsin.reconcile.sums import Apart, Sum, Sums

#: Pairs of events that may have been counted twice, named in text; JSON names all.
NAMED = 20


def figures(
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="sums, events, sensitivity, labour, undercount or lists.")
    ] = "sums",
    record: RecordOption = DEFAULT_RECORD,
    by: Annotated[str, typer.Option("--by", metavar="KEY", help="Sums by type, day or place.")] = "type",
    where: WhereOption = None,
    policy: PolicyOption = "median",
    convention: ConventionOption = "codebook",
    lists: Annotated[
        list[str] | None,
        typer.Option("--list", metavar="NAME=PUBLISHER", help="Puts a publisher on a list of that name; repeat it."),
    ] = None,
    codebook: CodebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell what the claims of a record come to, by a policy that has a name.

    sums: single happenings added up, totals apart, beside what they cover. events: each figure with its range and
    voices. sensitivity: each sum under every policy. labour: workers, days not worked, output lost. lists: which list
    saw which event, as csv. undercount: how many events no list saw.
    """
    views: dict[str, Callable[[Asked], None]] = {
        "sums": _sums,
        "events": _events,
        "sensitivity": _sensitivity,
        "labour": put_labour,
        "undercount": put_undercount,
        "lists": put_lists,
    }
    if what not in views:
        raise UsageError(f"figures {what!r}", "are not known", "known are " + ", ".join(views))
    from tocsin.codebook import load_codebook
    from tocsin.exporting.happenings import Chosen, choice_of, chosen_events
    from tocsin.gazetteer import open_gazetteer
    from tocsin.pipeline import Settings, first_of_dispute, held_events
    from tocsin.reconcile import POLICIES, policy_named
    from tocsin.store.record import open_record

    settings = Settings(codebook=codebook)
    chosen = Chosen(settings, choice_of(where or (), settings), policy, convention)
    with open_record(record, must_exist=True) as opened:
        alone = opened.sizes().mentions - sum(len(mentions) for mentions in opened.events().values())
        events = tuple(sorted(chosen_events(opened, chosen), key=lambda event: event.id))
        covers, disputes = held_events(opened), first_of_dispute(opened)
    if alone > 0:
        complain(
            f"{record}: not put together into events yet: {alone:,} mention{'' if alone == 1 else 's'}, "
            "each counted by itself; `tocsin run` on your documents puts them together"
        )
    full = POLICIES[policy_named(policy)]
    if what in ("sums", "events", "labour") and not as_json:
        put(f"policy: {full}; convention: {convention}{f'; where: {chosen.where}' if chosen.where else ''}\n\n")
    book, index = load_codebook(codebook), open_gazetteer()
    views[what](Asked(events, book, index, covers, disputes, full, convention, by, tuple(lists or ()), as_json))


def _sums(asked: Asked) -> None:
    from tocsin.reconcile import make_sums

    sums = make_sums(asked.events, asked.codebook, asked.index, by=asked.by, covers=asked.covers)
    if asked.as_json:
        put_json(
            {
                "policy": asked.policy,
                "convention": asked.convention,
                "sums": [sum_object(one) for one in sums.sums],
                "apart": [_apart_object(one) for one in sums.apart],
                "at_least": [asdict(one) for one in sums.floors],
                "overlaps": [asdict(one) for one in sums.overlaps],
                "left_out": dict(sums.left_out),
            }
        )
        return
    heads = ("type", "counted", "low", "best", "high", "known", "perhaps twice")
    if sums.sums:
        put("Single happenings; known: how many of them give a number.\n\n")
        put_table(
            (_sum_cells(one, asked.by) for one in sums.sums), heads=((asked.by,) if asked.by != "type" else ()) + heads
        )
    else:
        put("No single happening that took place.\n")
    if sums.apart:
        put("\nTotals and series, in no sum above:\n")
    for one in sums.apart:
        put("\n" + "\n".join(_apart_lines(one)) + "\n")
    if sums.floors:
        put("\nAt least, totals and single happenings taken together, nothing in it twice:\n")
    for floor in sums.floors:
        put(f"  {_floor_line(floor)}\n")
    _put_overlaps(sums)
    if sums.left_out:
        said = ", ".join(f"{times:,} {modality}" for modality, times in sums.left_out.items())
        put(f"\nIn no sum, since nothing says that they took place: {said}.\n")


def _sum_cells(one: "Sum", by: str) -> tuple[str, ...]:
    cells = (
        one.type,
        counted(one.attribute, one.unit),
        number(one.low),
        number(one.best),
        number(one.high, "open" if one.open else "-"),
        f"{one.counted:,} of {one.events:,}",
        number(one.twice) if one.twice else "",
    )
    return cells if by == "type" else (one.key, *cells)


def _apart_object(one: "Apart") -> dict[str, Any]:
    from tocsin.export.objects import event_object, figure_object

    event = event_object(one.event)
    del event["figures"]
    return event | {
        "figure": figure_object(one.figure),
        "covers": list(one.covers),
        "singles": sum_object(one.singles),
        "difference": {"low": one.low, "best": one.best, "high": one.high},
        "overlaps": list(one.overlaps),
    }


def _apart_lines(one: "Apart") -> Iterator[str]:
    figure, singles = one.figure, one.singles
    yield f"{one.event.type}, {one.event.scope}, {when(one.event)}, {placed(one.event)} [{one.event.id}]"
    yield f"  {counted(figure.attribute, figure.unit)}: {interval(figure.low, figure.high)}, best {number(figure.best)}"
    if one.covers:
        without = f"; {singles.unknown:,} of them give no number" if singles.unknown else ""
        came = f"{ends(singles.low, singles.high)}, best {number(singles.best)}" if singles.counted else "no number"
        yield f"  single happenings within it: {singles.events:,}, which come to {came}{without}"
    else:
        yield "  single happenings within it: none known"
    if one.best is not None:
        yield f"  difference: {ends(one.low, one.high)}, best {number(one.best)}"
    if one.overlaps:
        yield f"  shares days and places with {', '.join(one.overlaps)}"


def _floor_line(one: "Floor") -> str:
    totals = f"{len(one.totals):,} total{'' if len(one.totals) == 1 else 's'}" if one.totals else ""
    singles = f"{one.singles:,} single happening{'' if one.singles == 1 else 's'}" if one.singles else ""
    rests = " and ".join(filter(None, (totals, singles))) or "nothing that gives a number"
    return f"{one.type}, {counted(one.attribute, one.unit)}: {number(one.low)}, by {rests}"


def _put_overlaps(sums: "Sums") -> None:
    if not sums.overlaps:
        return
    put("\nPerhaps counted twice, since one lies within the other's days and places:\n")
    for pair in sums.overlaps[:NAMED]:
        put(f"  {pair.inner} within {pair.outer}\n")
    if len(sums.overlaps) > NAMED:
        put(f"  and {len(sums.overlaps) - NAMED:,} more; --json names all\n")


def _events(asked: Asked) -> None:
    from tocsin.export.objects import event_object

    if asked.as_json:
        for event in asked.events:
            put(json.dumps(event_object(event), ensure_ascii=False) + "\n")
        return
    rows = [
        (
            event.id,
            when(event),
            placed(event),
            event.type + ("" if event.scope == "single" else f", {event.scope}"),
            counted(figure.attribute, figure.unit),
            number(figure.low),
            number(figure.best),
            number(figure.high),
            str(figure.voices),
            number(figure.spread),
        )
        for event in sorted(asked.events, key=lambda one: (str(one.date.start), one.id))
        for figure in event.figures
    ]
    heads = ("event", "days", "place", "type", "counted", "low", "best", "high", "voices", "spread")
    put_table(rows, heads=heads)


def _sensitivity(asked: Asked) -> None:
    from tocsin.reconcile import POLICIES
    from tocsin.reconcile.sensitivity import compare_policies

    found = compare_policies(asked.events, asked.codebook, asked.index)
    if asked.as_json:
        put_json(
            [
                {
                    "type": one.type,
                    "attribute": one.attribute,
                    "unit": one.unit,
                    "sums": {policy: sum_object(row) for policy, row in one.sums.items()},
                    "movers": [asdict(mover) | {"event": mover.event.id} for mover in one.movers],
                }
                for one in found
            ]
        )
        return
    put("Sums of single happenings under each policy: best, and how many give a number.\n\n")
    put_table(
        [
            (
                one.type,
                counted(one.attribute, one.unit),
                *(f"{number(one.sums[p].best)} ({one.sums[p].counted})" if p in one.sums else "-" for p in POLICIES),
            )
            for one in found
        ],
        heads=("type", "counted", *POLICIES),
    )
    put("\nThe events that move a sum most:\n")
    for one in found:
        for mover in one.movers:
            without = f"; no number under {', '.join(mover.without)}" if mover.without else ""
            put(
                f"  {one.type} {counted(one.attribute, one.unit)}, {when(mover.event)}, {placed(mover.event)} "
                f"[{mover.event.id}]: {number(mover.low)} ({mover.low_policy}) to "
                f"{number(mover.high)} ({mover.high_policy}){without}\n"
            )
