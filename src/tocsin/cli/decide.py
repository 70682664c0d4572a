"""`tocsin decide`: what a person judges better than the program, and its undoing."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.console import DEFAULT_RECORD, CodebookOption, JsonOption, RecordOption, put

if TYPE_CHECKING:
    from tocsin.datamodel import Decision
    from tocsin.store.record import Record

#: What is judged: how many ids it takes at least, and at most (None: any number).
_TAKES: dict[str, tuple[int, int | None]] = {
    "accept": (1, None),
    "reject": (1, None),
    "same": (2, 2),
    "different": (2, 2),
    "unsure": (2, 2),
    "merge": (2, 2),
    "split": (2, None),
    "undo": (1, None),
    "list": (0, 0),
}


def decide(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="accept or reject MENTION...; same, different or unsure MENTION MENTION; merge EVENT EVENT; "
            "split EVENT MENTION...; undo DECISION... (an undo too, which brings back what it undid); list.",
        ),
    ],
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help="Ids, or the beginnings of them, as `explain` shows.")
    ] = None,
    reviewer: Annotated[str, typer.Option("--reviewer", metavar="NAME", help="Who decides.")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why.")] = "",
    record: RecordOption = DEFAULT_RECORD,
    codebook: CodebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Decide about mentions and events; every decision stays, says who, when and why, and can be undone.

    Where the record was linked, its events follow at once.
    """
    from tocsin.errors import UsageError
    from tocsin.pipeline import Settings, link_record
    from tocsin.store.record import open_record

    named = ids or []
    if kind not in _TAKES:
        raise UsageError(f"decision {kind!r}", "is not known", "known are " + ", ".join(_TAKES))
    least, most = _TAKES[kind]
    if len(named) < least or (most is not None and len(named) > most):
        count = f"{least}" if least == most else f"{least} or more"
        raise UsageError(f"decision {kind!r}", f"takes {count} ids, not {len(named)}", "see `tocsin decide --help`")
    with open_record(record, must_exist=True) as opened:
        if kind == "list":
            made = opened.decisions()
        else:
            made = _decide(opened, kind, named, reviewer, reason)
            if opened.events():
                link_record(opened, Settings(codebook=codebook))
        undone = opened.undone()
    if as_json:
        rows = [
            {
                "id": one.id,
                "kind": one.kind,
                "subject": one.subject,
                "object": one.object,
                "reviewer": one.reviewer,
                "reason": one.reason,
                "at": one.at.isoformat(),
                "undone": one.id in undone,
            }
            for one in made
        ]
        put(json.dumps(rows, ensure_ascii=False) + "\n")
        return
    for one in made:
        put(one_line(one) + (" (undone)" if one.id in undone else "") + "\n")


def one_line(one: "Decision") -> str:
    """Return a decision as one line: when, who, what, why, its id."""
    about = f"{one.subject} and {one.object}" if one.object else one.subject
    why = f" ({one.reason})" if one.reason else ""
    return f"{one.at:%Y-%m-%d %H:%M} {one.reviewer}: {one.kind} {about}{why} [{one.id}]"


def _decide(record: "Record", kind: str, ids: list[str], reviewer: str, reason: str) -> "tuple[Decision, ...]":
    if kind == "merge":
        return record.merge(ids[0], ids[1], reviewer=reviewer, reason=reason)
    if kind == "undo":
        return record.undo_all([record.decision(name).id for name in ids], reviewer=reviewer, reason=reason)
    mentions = [record.mention(name)[1].id for name in (ids[1:] if kind == "split" else ids)]
    if kind == "split":
        return record.split(ids[0], mentions, reviewer=reviewer, reason=reason)
    if kind in ("accept", "reject"):
        return tuple(record.decide(kind, name, reviewer=reviewer, reason=reason) for name in mentions)
    return (record.decide(kind, mentions[0], other=mentions[1], reviewer=reviewer, reason=reason),)
