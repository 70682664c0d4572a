"""The door of the desk: a token from the printed address, or a reviewer's name and password, for a key."""

from typing import Annotated
from urllib.parse import parse_qsl

from anyio import sleep
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from tocsin.web.asked import TheDesk as D
from tocsin.web.desk import Desk
from tocsin.web.render import render
from tocsin.web.security import DOOR, SIGN_IN

router = APIRouter(include_in_schema=False)

#: Seconds that a wrong password costs, beside the work of checking it.
_PAUSE = 1.0


@router.get(DOOR)
def enter(desk: D, token: Annotated[str, Query()] = "") -> Response:
    """Change a token for a key."""
    key = desk.door.enter(token)
    if key is None:
        words = "This address was used already, or never was one. Start `tocsin review` again for a new one.\n"
        return PlainTextResponse(words, status_code=403)
    return _let_in(desk, key)


@router.get(SIGN_IN)
def sign_in_page(request: Request) -> HTMLResponse:
    """Ask for a name and a password."""
    return render(request, "sign_in.html", wrong=False)


@router.post(SIGN_IN)
async def sign_in(request: Request, desk: D) -> Response:
    """Let a reviewer in who has a password in the record."""
    asked = dict(parse_qsl((await request.body()).decode(errors="replace"), max_num_fields=10))
    reviewer = await run_in_threadpool(_known, desk, asked.get("name", ""), asked.get("password", ""))
    key = None if reviewer is None else desk.door.enter(desk.door.invite(reviewer))
    if key is None:
        await sleep(_PAUSE)
        return render(request, "sign_in.html", status=403, wrong=True)
    return _let_in(desk, key)


def _known(desk: Desk, name: str, password: str) -> str | None:
    with desk.open() as record:
        found = record.sign_in(name, password)
    return None if found is None else found.name


def _let_in(desk: Desk, key: str) -> Response:
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(desk.cookie, key, httponly=True, samesite="strict", path="/")
    return answer
