"""The history: every act of every reviewer, undone and redone without end, on every branch."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from tocsin.datamodel.act import Act
from tocsin.pipeline import link_record
from tocsin.store.decisions import OF_TWO
from tocsin.store.record import Record
from tocsin.web.asked import Change, GoTo, Name
from tocsin.web.asked import TheDesk as D
from tocsin.web.asked import TheReviewer as R
from tocsin.web.desk import Desk, NotFoundError
from tocsin.web.homes import home_of, where_of
from tocsin.web.render import render

router = APIRouter()

#: Acts on one page.
PAGE = 100

#: What acts are called in the past; any other is called what it is.
_DONE: Mapping[str, str] = {
    "accept": "accepted",
    "reject": "rejected",
    "set": "changed",
    "add": "added to",
    "drop": "dropped from",
    "same": "said to be one happening",
    "different": "said to be two happenings",
    "unsure": "left to the program",
    "merge": "events made one",
    "split": "event parted",
    "split mention": "mention parted",
    "merge mentions": "mentions made one",
    "finish": "document done",
    "undo": "taken back",
    "import": "imported",
    "everywhere": "added wherever its words stand",
    "blind": "to be coded apart",
    "adopt": "coding taken over",
}


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act as the history shows it.

    Attributes:
        id: of the act.
        at: when, to the minute, UTC.
        reviewer, reason: who and why.
        words: what was done.
        about: ids of what it was about, the first few.
        more: how many others.
        stands: whether it stands.
        here: whether the reviewer who asks stands at it.
        own: whether it is in the history of the one who asks.
    """

    id: str
    at: str
    reviewer: str
    reason: str
    words: str
    about: tuple[str, ...]
    more: int
    stands: bool
    here: bool
    own: bool


@dataclass(frozen=True, slots=True)
class HistoryView:
    """What the page of the history shows: the newest first; `total` counts all."""

    acts: tuple[ActRow, ...]
    total: int
    start: int
    reviewers: tuple[str, ...]
    only: str


def act_words(act: Act) -> str:
    """Return what was done in an act."""
    return _DONE.get(act.kind, act.kind)


def history_view(record: Record, reviewer: str, only: str, start: int) -> HistoryView:
    """Return a page of the history.

    Args:
        record: open.
        reviewer: who asks.
        only: whose acts; everyone's if empty.
        start: how many of the newest to pass over.
    """
    acts = record.history(reviewer=only or None)
    head = record.head(reviewer=reviewer)
    newest = acts[::-1][start : start + PAGE]
    return HistoryView(
        acts=tuple(_row(act, head, reviewer) for act in newest),
        total=len(acts),
        start=start,
        reviewers=tuple(sorted({act.reviewer for act in acts} | {only} - {""})),
        only=only,
    )


def _row(act: Act, head: str | None, reviewer: str) -> ActRow:
    about = list(dict.fromkeys(one.subject for one in act.decisions))
    return ActRow(
        act.id,
        f"{act.at:%Y-%m-%d %H:%M}",
        act.reviewer,
        act.reason,
        act_words(act),
        tuple(about[:3]),
        max(0, len(about) - 3),
        act.stands,
        act.id == head,
        act.reviewer == reviewer,
    )


Start = Annotated[int, Query(ge=0, le=10**9)]
Only = Annotated[str, Query(max_length=2000)]


@router.get("/history.json")
def history_json(desk: D, reviewer: R, only: Only = "", start: Start = 0) -> dict[str, Any]:
    """Return a page of the history."""
    with desk.open() as record:
        return asdict(history_view(record, reviewer, only, start))


@router.get("/history", response_class=HTMLResponse)
def history_page(request: Request, desk: D, reviewer: R, only: Only = "", start: Start = 0) -> HTMLResponse:
    """Show the history."""
    with desk.open() as record:
        view = history_view(record, reviewer, only, start)
    return render(request, "history.html", view=view, page=PAGE)


@router.get("/about/{subject:path}", response_class=RedirectResponse)
def about(subject: Name, desk: D) -> RedirectResponse:
    """Lead to the page on which something that was decided about is seen."""
    with desk.open() as record:
        address, mention = home_of(record, subject)
    if not address:
        raise NotFoundError(f"{subject!r}", "is on no page", "it may be told no more")
    return RedirectResponse(address + (f"#{mention}" if mention else ""), status_code=303)


@router.post("/history/back")
def back(body: Change, desk: D, reviewer: R) -> dict[str, str]:
    """Undo the last act of the reviewer."""
    with desk.open() as record:
        return _moved(record, desk, record.back(reviewer=reviewer, reason=body.reason), "Undone")


@router.post("/history/forward")
def forward(body: Change, desk: D, reviewer: R) -> dict[str, str]:
    """Redo what the reviewer undid last."""
    with desk.open() as record:
        return _moved(record, desk, record.forward(reviewer=reviewer, reason=body.reason), "Redone")


@router.post("/history/go")
def go(body: GoTo, desk: D, reviewer: R) -> dict[str, str]:
    """Go to an act of the reviewer's history, on whatever branch, so that it is the last that stands."""
    with desk.open() as record:
        act = record.go(body.act or None, reviewer=reviewer, reason=body.reason)
        link_record(record, desk.settings)
        return {"said": f"At: {act_words(act)}" if act else "At the beginning", "where": "/history", "mention": ""}


@router.post("/history/take-back")
def take_back(body: GoTo, desk: D, reviewer: R) -> dict[str, str]:
    """Take back one act, of anyone, whatever was done since."""
    with desk.open() as record:
        found = next((act for act in record.history() if act.id == body.act), None)
        if found is None:
            raise NotFoundError(f"act {body.act!r}", "is not in the record", "reload the page")
        undone = record.undone()
        record.undo_all([one.id for one in found.decisions if one.id not in undone], reviewer=reviewer)
        link_record(record, desk.settings)
        return {"said": f"Taken back: {act_words(found)}", "where": "/history", "mention": ""}


def _moved(record: Record, desk: Desk, act: Act | None, done: str) -> dict[str, str]:
    """Answer where the act that was undone or redone is seen; events follow where it was about them."""
    if act is None:
        return {"said": "", "where": "", "mention": ""}
    if any(one.kind in OF_TWO for one in act.decisions):
        link_record(record, desk.settings)
    where, mention = where_of(record, act.decisions)
    return {
        "said": f"{done}: {act_words(act)}",
        "where": f"{where}#{mention}" if mention else where,
        "mention": mention,
    }
