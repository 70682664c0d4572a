"""The queue: what to look at next, by a rule that is told, with a share drawn by chance; and pairs, side by side."""

from dataclasses import asdict, dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from tocsin.codebook.loader import load_codebook
from tocsin.datamodel.queue import DOCUMENT, PAIR, Waiting
from tocsin.errors import RecordError
from tocsin.pipeline import link_record
from tocsin.store.record import Record
from tocsin.web.asked import JudgePair, Name
from tocsin.web.asked import TheDesk as D
from tocsin.web.asked import TheReviewer as R
from tocsin.web.cards import Card, card_of
from tocsin.web.desk import Desk, NotFoundError
from tocsin.web.render import render
from tocsin.web.weights import Reason, reasons_of

router = APIRouter()

#: Items on the page; the rest moves up.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One thing that waits.

    Attributes:
        address: of its page.
        title: of the document, or what the two mentions of a pair tell of.
        source: who published it.
        kind: "document" or "pair".
        uncertainty, weight, disagreement: 0 to 1.
        why: in words.
        control: whether it was drawn by chance.
    """

    address: str
    title: str
    source: str
    kind: str
    uncertainty: float
    weight: float
    disagreement: float
    why: tuple[str, ...]
    control: bool


@dataclass(frozen=True, slots=True)
class QueueView:
    """What the page of the queue shows; `done` documents were decided about, `controls` of them drawn by chance."""

    rows: tuple[QueueRow, ...]
    documents: int
    pairs: int
    done: int
    controls: int


@dataclass(frozen=True, slots=True)
class PairView:
    """Two mentions that may be one happening: their cards, their sentences and documents, and what speaks for it."""

    one: str
    other: str
    cards: tuple[Card, Card]
    sources: tuple[str, str]
    documents: tuple[str, str]
    sentences: tuple[tuple[str, ...], tuple[str, ...]]
    reasons: tuple[Reason, ...]
    version: tuple[int, int]


def queue_view(record: Record, desk: Desk, reviewer: str, kind: str = "", limit: int = SHOWN) -> QueueView:
    """Return what waits for a reviewer.

    Args:
        record: open.
        desk: whose codebook says how likely a pair is before it is compared.
        reviewer: for whom.
        kind: "document" or "pair"; both if empty.
        limit: how many rows at most.
    """
    prior = load_codebook(desk.settings.codebook).link.prior
    found = record.queue(reviewer=reviewer, limit=limit, prior=prior, kind=kind or None)
    rows = tuple(_row(record, one) for one in found.items)
    return QueueView(rows, found.documents, found.pairs, found.done, found.controls)


def next_address(record: Record, desk: Desk, reviewer: str, kind: str = DOCUMENT) -> str:
    """Return the address of what comes next, of the kind that was looked at if any is left; the queue where none is."""
    for wanted in (kind, ""):
        rows = queue_view(record, desk, reviewer, wanted, 1).rows
        if rows:
            return rows[0].address
    return "/"


def pair_view(record: Record, desk: Desk, one: str, other: str) -> PairView:
    """Return two mentions side by side.

    Raises:
        NotFoundError: one of them is not told.
    """
    vocabulary = load_codebook(desk.settings.codebook).vocabulary
    try:
        told = [record.state_of(name) for name in (one, other)]
    except RecordError as error:
        raise NotFoundError(error.subject, error.problem, "go back to the queue") from error
    (first, left), (second, right) = told
    sources = tuple(
        _source(document.document.publisher, str(document.document.published or "")) for document in (first, second)
    )
    return PairView(
        one,
        other,
        (card_of(left, vocabulary), card_of(right, vocabulary)),
        (sources[0], sources[1]),
        (first.key, second.key),
        (
            tuple(evidence.sentence.quote for evidence in left.mention.evidence),
            tuple(evidence.sentence.quote for evidence in right.mention.evidence),
        ),
        reasons_of((pair for pair in record.reasons((one, other)) if {pair.one, pair.other} == {one, other}), {}),
        (left.version, right.version),
    )


Kind = Annotated[str, Query(pattern=f"^({DOCUMENT}|{PAIR})?$")]


@router.get("/queue.json")
def queue_json(desk: D, reviewer: R, kind: Kind = "") -> dict[str, Any]:
    """Return what waits."""
    with desk.open() as record:
        return asdict(queue_view(record, desk, reviewer, kind))


@router.get("/", response_class=HTMLResponse)
def queue_page(request: Request, desk: D, reviewer: R, kind: Kind = "") -> HTMLResponse:
    """Show what waits, the next one first."""
    with desk.open() as record:
        view = queue_view(record, desk, reviewer, kind)
    return render(request, "queue.html", view=view, kind=kind)


@router.get("/pairs/{one}/{other}.json")
def pair_json(one: Name, other: Name, desk: D) -> dict[str, Any]:
    """Return two mentions side by side."""
    with desk.open() as record:
        return asdict(pair_view(record, desk, one, other))


@router.get("/pairs/{one}/{other}", response_class=HTMLResponse)
def pair_page(request: Request, one: Name, other: Name, desk: D) -> HTMLResponse:
    """Show two mentions side by side."""
    with desk.open() as record:
        view = pair_view(record, desk, one, other)
    return render(request, "pair.html", view=view)


@router.post("/pairs/{one}/{other}/judge")
def judge_pair(one: Name, other: Name, body: JudgePair, desk: D, reviewer: R) -> dict[str, str]:
    """Decide whether two mentions are one happening, and go on to the next pair."""
    with desk.open() as record:
        record.decide(body.kind, one, other=other, reviewer=reviewer, reason=body.reason, seen=body.seen or None)
        link_record(record, desk.settings)
        words = {"same": "One happening", "different": "Two happenings", "unsure": "Left to the program"}
        return {"said": words[body.kind], "next": next_address(record, desk, reviewer, PAIR)}


def _row(record: Record, one: Waiting) -> QueueRow:
    document = record.versions(one.document)[-1]
    if one.kind == PAIR and one.other is not None:
        address = f"/pairs/{quote(one.subject, safe='')}/{quote(one.other, safe='')}"
        title = f"Is it one happening? {document.title or document.id}"
    else:
        address = f"/documents/{quote(one.subject, safe='')}"
        title = document.title or document.id
    return QueueRow(
        address,
        title,
        _source(document.publisher, str(document.published or "")),
        one.kind,
        round(one.uncertainty, 3),
        round(one.weight, 3),
        round(one.disagreement, 3),
        one.reasons,
        one.control,
    )


def _source(publisher: str, day: str) -> str:
    return ", ".join((publisher or "publisher not known", day or "day not known"))
