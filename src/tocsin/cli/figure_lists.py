"""`tocsin figures lists` and `undercount`: which list saw which event, and how many none saw."""

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from tocsin.cli.console import put, put_table
from tocsin.cli.figure_words import Asked, put_json, where
from tocsin.errors import UsageError

if TYPE_CHECKING:
    from tocsin.reconcile.undercount import Estimate


def put_undercount(asked: Asked) -> None:
    from tocsin.reconcile.undercount import estimate, seen_by

    lists = _named_lists(asked)
    if len(lists) not in (2, 3) or not asked.lists:
        often = Counter(name for event in asked.events for name in event.publishers).most_common(5)
        known = ", ".join(f"{name} ({times})" for name, times in often) or "none"
        raise UsageError(
            "undercount", "needs two or three lists", f"name them with --list NAME=PUBLISHER; publishers here: {known}"
        )
    found = estimate(seen_by(asked.events, lists), tuple(lists))
    if asked.as_json:
        put_json(
            {"lists": {name: sorted(held) for name, held in lists.items()}, "estimates": [asdict(e) for e in found]}
        )
        return
    put(
        f"single happenings that {', '.join(lists)} saw: {found[0].seen:,}\n\n"
        if found
        else "no model has an estimate\n"
    )
    put_table(
        (_estimate_cells(one) for one in found), heads=("model", "events", "95 % interval", "error", "fit", "AIC")
    )
    for warning in dict.fromkeys(line for one in found[:1] for line in one.warnings):
        put(f"\nbeware: {warning}\n")
    put("\nIt holds as far as this does:\n" + "".join(f"- {line}\n" for one in found[:1] for line in one.assumptions))


def _estimate_cells(one: "Estimate") -> tuple[str, ...]:
    fit = "-" if one.deviance is None else f"{one.deviance:.2f} on {one.freedom}"
    aic = "-" if one.aic is None else f"{one.aic:.2f}"
    return (one.model, f"{one.number:,.0f}", f"{one.low:,.0f} to {one.high:,.0f}", f"{one.error:,.1f}", fit, aic)


def put_lists(asked: Asked) -> None:
    from tocsin.export.cells import plain_cell
    from tocsin.reconcile.undercount import seen_by

    lists = _named_lists(asked)
    matrix = seen_by(asked.events, lists)
    events = {event.id: event for event in asked.events}
    if asked.as_json:
        for name, row in matrix.items():
            put(json.dumps({"event": name} | dict(zip(lists, row, strict=True)), ensure_ascii=False) + "\n")
        return
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(plain_cell(head) for head in ("event", "type", "start", "end", "place", *lists))
    for name, row in matrix.items():
        event = events[name]
        start, end = (day.isoformat() if day else None for day in (event.date.start, event.date.end))
        cells: Sequence[str | int | None] = (name, event.type, start, end, where(event), *map(int, row))
        table.writerow([plain_cell(cell) for cell in cells])
    put(out.getvalue())


def _named_lists(asked: Asked) -> dict[str, frozenset[str]]:
    """Return the publishers of each list; each publisher is a list where none is named."""
    known = {name for event in asked.events for name in event.publishers}
    if not asked.lists:
        return {name: frozenset((name,)) for name in sorted(known)}
    lists: dict[str, set[str]] = {}
    for given in asked.lists:
        name, _, publisher = given.partition("=")
        if (publisher or name) not in known:
            raise UsageError(
                f"publisher {publisher or name!r}", "tells no event of the record", "`tocsin figures lists` names all"
            )
        lists.setdefault(name, set()).add(publisher or name)
    return {name: frozenset(held) for name, held in lists.items()}
