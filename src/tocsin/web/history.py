"""The history: every act, undone and redone without end."""

from typing import Any

from fastapi import APIRouter

from tocsin.web.asked import Change
from tocsin.web.asked import TheDesk as D
from tocsin.web.asked import TheReviewer as R

router = APIRouter()


@router.post("/history/back")
def back(body: Change, desk: D, reviewer: R) -> dict[str, Any]:
    """Undo the last act of the reviewer."""
    with desk.open() as record:
        act = record.back(reviewer=reviewer, reason=body.reason)
        return {"said": act and f"Undone: {act.kind}", "where": ""}


@router.post("/history/forward")
def forward(body: Change, desk: D, reviewer: R) -> dict[str, Any]:
    """Redo what the reviewer undid last."""
    with desk.open() as record:
        act = record.forward(reviewer=reviewer, reason=body.reason)
        return {"said": act and f"Redone: {act.kind}", "where": ""}
