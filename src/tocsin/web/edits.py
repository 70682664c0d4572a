"""Every change that can be made on the page of a document; each is one act, on the disk when it is answered."""

from collections.abc import Collection
from typing import Any

from fastapi import APIRouter, Request

from tocsin.codebook.loader import load_codebook
from tocsin.datamodel.parts import dumps, part_json
from tocsin.datamodel.state import DEMAND
from tocsin.store.decisions import ADD
from tocsin.store.record import Record
from tocsin.web.asked import Add, AddMention, Change, Drop, Everywhere, Judge, MergeMentions, Name, Set, SplitMention
from tocsin.web.asked import TheDesk as D
from tocsin.web.asked import TheReviewer as R
from tocsin.web.cards import card_of
from tocsin.web.desk import Desk
from tocsin.web.documents import DocumentView, document_view, mention_in, part_in, state_for
from tocsin.web.queue import next_address
from tocsin.web.render import render_part

router = APIRouter()


@router.post("/documents/{name}/judge")
def judge(request: Request, name: Name, body: Judge, desk: D, reviewer: R) -> dict[str, Any]:
    """Accept or reject mentions."""
    with desk.open() as record:
        steps = [(body.kind, mention, None) for mention in body.mentions]
        record.act(steps, reviewer=reviewer, reason=body.reason, seen=body.seen or None)
        return _some(request, record, desk, name, reviewer, body.mentions, f"{body.kind}ed")


@router.post("/documents/{name}/set")
def set_fields(request: Request, name: Name, body: Set, desk: D, reviewer: R) -> dict[str, Any]:
    """Set fields of a mention, or of a part of it."""
    with desk.open() as record:
        record.set(body.subject, body.values, reviewer=reviewer, reason=body.reason, seen=body.seen or None)
        return _some(request, record, desk, name, reviewer, [body.mention], "changed")


@router.post("/documents/{name}/add")
def add_parts(request: Request, name: Name, body: Add, desk: D, reviewer: R) -> dict[str, Any]:
    """Add parts to a mention, all in one act."""
    steps = [(ADD, body.mention, dumps({body.kind: value})) for value in body.values]
    with desk.open() as record:
        record.act(steps, reviewer=reviewer, reason=body.reason, seen=body.seen or None)
        times = f" {len(steps)} times" if len(steps) > 1 else ""
        return _some(request, record, desk, name, reviewer, [body.mention], f"added{times}")


@router.post("/documents/{name}/everywhere")
def add_everywhere(request: Request, name: Name, body: Everywhere, desk: D, reviewer: R) -> dict[str, Any]:
    """Add a part of a mention again wherever else its words stand, all in one act."""
    with desk.open() as record:
        part = part_in(mention_in(state_for(record, name, reviewer), body.mention), body.subject)
        whole = part_json(part.value)
        spans = [one.model_dump() for one in body.spans]
        values = spans if part.kind == DEMAND else [{**whole, "span": span} for span in spans]
        steps = [(ADD, body.mention, dumps({part.kind: value})) for value in values]
        record.act(steps, kind="everywhere", reviewer=reviewer, reason=body.reason, seen=body.seen or None)
        return _some(request, record, desk, name, reviewer, [body.mention], f"added {len(steps)} times")


@router.post("/documents/{name}/add-mention")
def add_mention(request: Request, name: Name, body: AddMention, desk: D, reviewer: R) -> dict[str, Any]:
    """Add a mention to the document."""
    with desk.open() as record:
        made = record.add_mention(name, body.value, reviewer=reviewer, reason=body.reason, seen=body.seen or None)
        return _all(request, record, desk, name, reviewer, "mention added", made)


@router.post("/documents/{name}/drop")
def drop(request: Request, name: Name, body: Drop, desk: D, reviewer: R) -> dict[str, Any]:
    """Take a mention, or a part of it, out."""
    with desk.open() as record:
        record.drop(body.subject, reviewer=reviewer, reason=body.reason, seen=body.seen or None)
        if body.subject == body.mention:
            return _all(request, record, desk, name, reviewer, "mention dropped")
        return _some(request, record, desk, name, reviewer, [body.mention], "dropped")


@router.post("/documents/{name}/split")
def split(request: Request, name: Name, body: SplitMention, desk: D, reviewer: R) -> dict[str, Any]:
    """Move parts of a mention to a mention of their own."""
    with desk.open() as record:
        made = record.split_mention(
            body.mention, body.parts, values=body.values, reviewer=reviewer, reason=body.reason, seen=body.seen or None
        )
        return _all(request, record, desk, name, reviewer, "split", made)


@router.post("/documents/{name}/merge")
def merge(request: Request, name: Name, body: MergeMentions, desk: D, reviewer: R) -> dict[str, Any]:
    """Make two mentions of the document one."""
    with desk.open() as record:
        record.merge_mentions(body.keep, body.other, reviewer=reviewer, reason=body.reason, seen=body.seen or None)
        return _all(request, record, desk, name, reviewer, "merged", body.keep)


@router.post("/documents/{name}/finish")
def finish(name: Name, body: Change, desk: D, reviewer: R) -> dict[str, Any]:
    """Say that the document is done as it stands, and go on to the next of the queue."""
    with desk.open() as record:
        record.finish(name, reviewer=reviewer, reason=body.reason, seen=body.seen or None)
        return {"said": "document done", "next": next_address(record, desk, reviewer)}


def _some(
    request: Request, record: Record, desk: Desk, name: str, reviewer: str, mentions: Collection[str], said: str
) -> dict[str, Any]:
    """Answer with the cards of some mentions."""
    vocabulary = load_codebook(desk.settings.codebook).vocabulary
    states = state_for(record, name, reviewer).mentions
    cards = [card_of(one, vocabulary) for one in states if one.mention.id in mentions]
    named = f"{said}: {cards[0].kind}" if len(cards) == 1 else f"{said}: {len(cards)} mentions"
    return {"said": named.capitalize(), "cards": render_part(request, "some_cards.html", cards=cards), "chosen": ""}


def _all(
    request: Request, record: Record, desk: Desk, name: str, reviewer: str, said: str, chosen: str = ""
) -> dict[str, Any]:
    """Answer with all cards of the document."""
    view = _view(record, desk, name, reviewer)
    return {
        "said": said.capitalize(),
        "cards": render_part(request, "cards_section.html", view=view),
        "chosen": chosen,
    }


def _view(record: Record, desk: Desk, name: str, reviewer: str) -> DocumentView:
    return document_view(state_for(record, name, reviewer), load_codebook(desk.settings.codebook).vocabulary)
