"""The page of a document: its text, its mentions as cards, and every change that can be made to them."""

from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from tocsin.codebook.loader import load_codebook
from tocsin.codebook.types import Vocabulary
from tocsin.datamodel.state import DocumentState, MentionState, Part
from tocsin.errors import RecordError
from tocsin.pipeline import load_resources
from tocsin.report.words import day_words
from tocsin.store.record import Record
from tocsin.web.asked import Asked, Name
from tocsin.web.asked import TheDesk as D
from tocsin.web.asked import TheReviewer as R
from tocsin.web.cards import Card, card_of
from tocsin.web.desk import Desk, NotFoundError
from tocsin.web.mending import LABELS, now_of
from tocsin.web.readings import offered, read_words
from tocsin.web.render import render
from tocsin.web.words import choices

router = APIRouter()


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What the page of a document shows.

    Attributes:
        key: id of this version of the document.
        name: what the collection calls it.
        language: a BCP 47 tag, empty where not known.
        published: in words; empty where not known.
        text: as it is stored.
        finished: whether a reviewer said that it is done.
        version: as the reviewer sees it.
        open: how many mentions nobody judged yet.
        cards: its mentions.
    """

    key: str
    name: str
    title: str
    publisher: str
    published: str
    language: str
    url: str
    text: str
    finished: bool
    version: int
    open: int
    cards: tuple[Card, ...]


def document_view(state: DocumentState, vocabulary: Vocabulary) -> DocumentView:
    """Return what the page of a document shows."""
    document = state.document
    return DocumentView(
        key=state.key,
        name=document.id,
        title=document.title or document.id,
        publisher=document.publisher,
        published=day_words(document.published) if document.published else "",
        language=document.language or "",
        url=document.url or "",
        text=document.text,
        finished=state.finished,
        version=state.version,
        open=sum(one.judgement is None for one in state.mentions),
        cards=tuple(card_of(one, vocabulary) for one in state.mentions),
    )


def state_for(record: Record, name: str, reviewer: str) -> DocumentState:
    """Return a document as a reviewer sees it: one who codes it blind sees no one else's decisions.

    Raises:
        NotFoundError: there is no such document.
    """
    try:
        key = record.document_key(name)
    except RecordError as error:
        raise NotFoundError(error.subject, error.problem, "go back to the list of documents") from error
    state = record.state(key)
    return record.state(key, hand=reviewer) if reviewer in state.hands else state


def _state(desk: Desk, name: str, reviewer: str) -> DocumentState:
    with desk.open() as record:
        return state_for(record, name, reviewer)


def _view(desk: Desk, name: str, reviewer: str) -> DocumentView:
    return document_view(_state(desk, name, reviewer), load_codebook(desk.settings.codebook).vocabulary)


@router.get("/documents/{name}.json")
def document_json(name: Name, desk: D, reviewer: R) -> dict[str, Any]:
    """Return a document with its mentions as the page shows them."""
    return asdict(_view(desk, name, reviewer))


@router.get("/documents/{name}", response_class=HTMLResponse)
def document_page(request: Request, name: Name, desk: D, reviewer: R) -> HTMLResponse:
    """Show a document."""
    vocabulary = load_codebook(desk.settings.codebook).vocabulary
    return render(request, "document.html", view=_view(desk, name, reviewer), choices=choices(vocabulary))


@router.get("/documents/{name}/cards", response_class=HTMLResponse)
def cards_part(
    request: Request,
    name: Name,
    desk: D,
    reviewer: R,
    mention: Annotated[list[str] | None, Query(max_length=1000)] = None,
) -> HTMLResponse:
    """Show the cards of a document, or some of them, as a part of its page."""
    view = _view(desk, name, reviewer)
    if mention is None:
        return render(request, "cards_section.html", view=view)
    return render(request, "some_cards.html", cards=[card for card in view.cards if card.id in mention])


@router.get("/documents/{name}/mend", response_class=HTMLResponse)
def mend_part(
    request: Request, name: Name, desk: D, reviewer: R, mention: Asked, field: Asked, subject: Asked = ""
) -> HTMLResponse:
    """Show what a field of a mention can be changed to; without a subject, what can be added under its name."""
    state = _state(desk, name, reviewer)
    told = mention_in(state, mention)
    value = part_in(told, subject).value if subject not in ("", mention) else None
    resources = load_resources(desk.rules)
    return render(
        request,
        "mend.html",
        mention=mention,
        subject=subject,
        field=field,
        label=LABELS.get(field, field),
        now=now_of(told.mention, field, value),
        offered=offered(state.document, told.mention, field, value, resources),
        vocabulary=resources.codebook.vocabulary,
    )


@router.get("/documents/{name}/read")
def read_part(
    name: Name,
    desk: D,
    reviewer: R,
    field: Asked,
    start: Annotated[int, Query(ge=0, le=2**31)],
    end: Annotated[int, Query(ge=0, le=2**31)],
    mention: Asked = "",
    subject: Asked = "",
) -> dict[str, Any]:
    """Return what selected words come to under a field."""
    state = _state(desk, name, reviewer)
    told = mention_in(state, mention) if mention else None
    value = part_in(told, subject).value if told and subject not in ("", mention) else None
    reading = read_words(
        state.document, told.mention if told else None, field, value, start, end, load_resources(desk.rules)
    )
    return asdict(reading)


def mention_in(state: DocumentState, name: str) -> MentionState:
    """Return a mention of a document by its id.

    Raises:
        NotFoundError: it tells no such mention, or no more.
    """
    found = next((one for one in state.mentions if one.mention.id == name), None)
    if found is None:
        raise NotFoundError(f"mention {name!r}", "is not told by this document", "reload the page")
    return found


def part_in(told: MentionState, name: str) -> Part:
    """Return a part of a mention by its id.

    Raises:
        NotFoundError: the mention has no such part, or no more.
    """
    found = next((one for one in told.parts if one.id == name), None)
    if found is None:
        raise NotFoundError(f"field {name!r}", "is not of this mention", "reload the page")
    return found
