"""`tocsin decide`: what a person judges better than the program, and its undoing."""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.console import DEFAULT_RECORD, CodebookOption, JsonOption, RecordOption, put

if TYPE_CHECKING:
    from tocsin.codebook.types import Vocabulary
    from tocsin.datamodel import Decision
    from tocsin.datamodel.act import Act
    from tocsin.store.record import Record

#: What is decided or asked for: how many words it takes at least, and at most (None: any number).
_TAKES: dict[str, tuple[int, int | None]] = {
    "accept": (1, None),
    "reject": (1, None),
    "set": (2, 2),
    "add": (3, 3),
    "drop": (1, 1),
    "finish": (1, None),
    "same": (2, 2),
    "different": (2, 2),
    "unsure": (2, 2),
    "merge": (2, 2),
    "split": (2, None),
    "undo": (0, None),
    "redo": (0, 0),
    "go": (1, 1),
    "list": (0, 0),
    "history": (0, 0),
}
#: What changes nothing.
_SHOWN = ("list", "history")


def decide(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="accept or reject MENTION...; set MENTION|PART JSON; add MENTION claim|place|actor|demand|evidence "
            "JSON; drop MENTION|PART; finish DOCUMENT...; same, different or unsure MENTION MENTION; merge EVENT "
            "EVENT; split EVENT MENTION...; undo (your last act) or undo DECISION... (an undo too, which brings back "
            "what it undid); redo; go ACT; list; history.",
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
    """Decide about mentions, claims and events; every decision stays, says who, when and why, and can be undone.

    Where the record was linked, its events follow at once.
    """
    from tocsin.codebook import load_codebook
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
    acts: Sequence[Act] = ()
    made: Sequence[Decision] = ()
    with open_record(record, must_exist=True) as opened:
        if kind == "list":
            made = opened.decisions()
        elif kind == "history":
            acts = opened.history(reviewer=reviewer or None)
        elif kind in ("redo", "go") or (kind == "undo" and not named):
            acts = _moved(opened, kind, named, reviewer, reason)
        else:
            made = _decide(opened, kind, named, reviewer, reason, load_codebook(codebook).vocabulary)
        if kind not in _SHOWN and opened.events():
            link_record(opened, Settings(codebook=codebook))
        undone = opened.undone()
    if as_json:
        rows = [_object(one, undone) for one in made] or [_act_object(act) for act in acts]
        put(json.dumps(rows, ensure_ascii=False) + "\n")
        return
    for one in made:
        put(one_line(one) + (" (undone)" if one.id in undone else "") + "\n")
    for act in acts:
        put(_act_line(act) + ("" if act.stands else " (undone)") + "\n")


def one_line(one: "Decision") -> str:
    """Return a decision as one line: when, who, what, why, its id."""
    link = " and " if (one.object or "").startswith("m-") else " "
    about = f"{one.subject}{link}{one.object}" if one.object else one.subject
    why = f" ({one.reason})" if one.reason else ""
    return f"{one.at:%Y-%m-%d %H:%M} {one.reviewer}: {one.kind} {about}{why} [{one.id}]"


def _act_line(act: "Act") -> str:
    count = len(act.decisions)
    why = f" ({act.reason})" if act.reason else ""
    what = act.kind if count == 1 else f"{act.kind}, {count} decisions"
    return f"{act.at:%Y-%m-%d %H:%M} {act.reviewer}: {what}{why} [{act.id}]"


def _object(one: "Decision", undone: frozenset[str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "subject": one.subject,
        "object": one.object,
        "reviewer": one.reviewer,
        "reason": one.reason,
        "at": one.at.isoformat(),
        "undone": one.id in undone,
        "act": one.act,
    }


def _act_object(act: "Act") -> dict[str, Any]:
    return {
        "id": act.id,
        "parent": act.parent,
        "kind": act.kind,
        "reviewer": act.reviewer,
        "reason": act.reason,
        "at": act.at.isoformat(),
        "undone": not act.stands,
        "decisions": [one.id for one in act.decisions],
    }


def _moved(record: "Record", kind: str, ids: list[str], reviewer: str, reason: str) -> "Sequence[Act]":
    from tocsin.errors import DecisionError

    if kind == "go":
        moved = record.go(ids[0], reviewer=reviewer, reason=reason)
    else:
        move: Callable[..., Act | None] = record.back if kind == "undo" else record.forward
        moved = move(reviewer=reviewer, reason=reason)
    if moved is None:
        raise DecisionError(
            f"reviewer {reviewer!r}", f"has nothing to {kind}", "`tocsin decide history` shows the acts"
        )
    return (moved,)


def _decide(
    record: "Record", kind: str, ids: list[str], reviewer: str, reason: str, vocabulary: "Vocabulary"
) -> "Sequence[Decision]":
    if kind == "merge":
        return record.merge(ids[0], ids[1], reviewer=reviewer, reason=reason)
    if kind == "undo":
        return record.undo_all([record.decision(name).id for name in ids], reviewer=reviewer, reason=reason)
    if kind == "finish":
        return [record.finish(name, reviewer=reviewer, reason=reason) for name in ids]
    if kind in ("set", "add", "drop"):
        return (_edit(record, kind, ids, reviewer, reason, vocabulary),)
    mentions = [record.mention(name)[1].id for name in (ids[1:] if kind == "split" else ids)]
    if kind == "split":
        return record.split(ids[0], mentions, reviewer=reviewer, reason=reason)
    if kind in ("accept", "reject"):
        return record.act([(kind, name, None) for name in mentions], reviewer=reviewer, reason=reason)
    return (record.decide(kind, mentions[0], other=mentions[1], reviewer=reviewer, reason=reason),)


def _edit(
    record: "Record", kind: str, words: list[str], reviewer: str, reason: str, vocabulary: "Vocabulary"
) -> "Decision":
    from tocsin.codebook.values import check_values

    name = words[0]
    whole = name.startswith("m-") and "/" not in name
    subject = record.mention(name)[1].id if whole else name
    if kind == "drop":
        return record.drop(subject, reviewer=reviewer, reason=reason)
    if kind == "add":
        value = _parsed(words[2])
        check_values(vocabulary, words[1], value)
        return record.add_part(subject, words[1], value, reviewer=reviewer, reason=reason)
    values = _parsed(words[1])
    state = record.state_of(record.mention_of(subject))[1]
    part = next((one.kind for one in state.parts if one.id == subject), "mention")
    check_values(vocabulary, part, values, type=state.mention.type)
    return record.set(subject, values, reviewer=reviewer, reason=reason)


def _parsed(words: str) -> dict[str, Any]:
    from tocsin.errors import UsageError

    try:
        value = json.loads(words)
    except ValueError as error:
        raise UsageError(f"value {words!r}", f"is not JSON ({error})", "see docs/reviewing.md") from error
    if not isinstance(value, dict):
        raise UsageError(f"value {words!r}", "is no JSON object", 'write it as {"field": value}')
    return value
