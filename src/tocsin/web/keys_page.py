"""The page of the keys: which does what, and others in their place."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tocsin.web.keys import COMMANDS
from tocsin.web.render import render

router = APIRouter()


@router.get("/keys.json")
def keys_json() -> list[dict[str, Any]]:
    """Return the commands with their usual keys."""
    return [asdict(command) for command in COMMANDS]


@router.get("/keys", response_class=HTMLResponse)
def keys_page(request: Request) -> HTMLResponse:
    """Show the keys."""
    return render(request, "keys.html")
