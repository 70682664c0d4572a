"""Second opinions: documents coded apart by several reviewers, side by side, and how far they agree."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tocsin.agreement import agreement_apart
from tocsin.codebook.loader import load_codebook
from tocsin.codebook.types import Vocabulary
from tocsin.datamodel.state import DocumentState
from tocsin.errors import DecisionError
from tocsin.evaluate.coders import Agreement
from tocsin.store.record import Record
from tocsin.web.asked import Adopt, Apart, Name
from tocsin.web.asked import TheDesk as D
from tocsin.web.asked import TheReviewer as R
from tocsin.web.cards import Card, card_of
from tocsin.web.desk import Desk
from tocsin.web.documents import state_for
from tocsin.web.render import render

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ApartRow:
    """One document that is coded apart: by whom, who of them is done, and whose coding counts."""

    document: str
    title: str
    hands: tuple[tuple[str, bool], ...]
    adopted: str


@dataclass(frozen=True, slots=True)
class OpinionsView:
    """What the page of second opinions shows."""

    agreement: tuple[Agreement, ...]
    documents: tuple[ApartRow, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """One mention as each reviewer left it: a card each, None where one dropped it; and the labels that differ."""

    cards: tuple[Card | None, ...]
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """One document as each reviewer left it."""

    document: str
    title: str
    hands: tuple[str, ...]
    adopted: str
    opinions: tuple[Opinion, ...]


def opinions_view(record: Record) -> OpinionsView:
    """Return which documents are coded apart, and how far their reviewers agree."""
    rows = []
    for key in record.blind_documents():
        state = record.state(key)
        hands = tuple((hand, _is_done(record.state(key, hand=hand))) for hand in state.hands)
        rows.append(ApartRow(key, state.document.title or state.document.id, hands, state.adopted or ""))
    return OpinionsView(tuple(agreement_apart(record)), tuple(rows))


def side_view(record: Record, desk: Desk, name: str, reviewer: str) -> SideView:
    """Return a document as each of its reviewers left it, side by side.

    Raises:
        NotFoundError: there is no such document.
        DecisionError: the one who asks is still to code it blind.
    """
    state = state_for(record, name, reviewer)
    states = [record.state(state.key, hand=hand) for hand in state.hands]
    if reviewer in state.hands and not _is_done(states[state.hands.index(reviewer)]):
        raise DecisionError(f"document {state.document.id!r}", "is yours to code apart", "code it before you look")
    vocabulary = load_codebook(desk.settings.codebook).vocabulary
    return SideView(
        state.key,
        state.document.title or state.document.id,
        state.hands,
        state.adopted or "",
        tuple(_opinions(states, vocabulary)),
    )


def _opinions(states: Sequence[DocumentState], vocabulary: Vocabulary) -> list[Opinion]:
    held = [{one.mention.id: card_of(one, vocabulary) for one in state.mentions} for state in states]
    names = list(dict.fromkeys(name for cards in held for name in cards))
    found = []
    for name in names:
        cards = tuple(one.get(name) for one in held)
        said = [_said(card) for card in cards if card is not None]
        labels = list(dict.fromkeys(label for one in said for label in one))
        differs = tuple(label for label in labels if any(one.get(label) != said[0].get(label) for one in said[1:]))
        found.append(Opinion(cards, differs))
    return found


def _said(card: Card) -> dict[str, tuple[str, ...]]:
    """Return what a card says under each label, and how it was judged."""
    said: dict[str, tuple[str, ...]] = {"judged": (card.state,)}
    for field in card.fields:
        words = " ".join((field.value, *(quote.words for quote in field.quotes)))
        said[field.label] = (*said.get(field.label, ()), words)
    return said


def _is_done(state: DocumentState) -> bool:
    return state.finished or (bool(state.mentions) and all(one.judgement for one in state.mentions))


@router.get("/opinions.json")
def opinions_json(desk: D) -> dict[str, Any]:
    """Return which documents are coded apart, and how far their reviewers agree."""
    with desk.open() as record:
        return asdict(opinions_view(record))


@router.get("/opinions", response_class=HTMLResponse)
def opinions_page(request: Request, desk: D) -> HTMLResponse:
    """Show which documents are coded apart, and how far their reviewers agree."""
    with desk.open() as record:
        view = opinions_view(record)
    return render(request, "opinions.html", view=view)


@router.get("/opinions/{name}", response_class=HTMLResponse)
def side_page(request: Request, name: Name, desk: D, reviewer: R) -> HTMLResponse:
    """Show a document as each reviewer left it."""
    with desk.open() as record:
        view = side_view(record, desk, name, reviewer)
    return render(request, "opinion.html", view=view)


@router.post("/opinions/{name}/apart")
def code_apart(name: Name, body: Apart, desk: D, reviewer: R) -> dict[str, str]:
    """Have reviewers code a document, each apart; with none it is coded together again."""
    with desk.open() as record:
        record.blind(name, body.hands, reviewer=reviewer, reason=body.reason)
    return {"said": "To be coded apart" if body.hands else "Coded together again", "where": "/opinions"}


@router.post("/opinions/{name}/adopt")
def adopt(name: Name, body: Adopt, desk: D, reviewer: R) -> dict[str, str]:
    """Let the coding of one reviewer count."""
    with desk.open() as record:
        record.adopt(name, body.hand, reviewer=reviewer, reason=body.reason)
    return {"said": f"What {body.hand} coded counts", "where": f"/opinions/{name}"}
