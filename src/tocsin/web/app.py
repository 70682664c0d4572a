"""The routes of the desk, joined; the gate stands before all of them."""

from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from tocsin.errors import TocsinError
from tocsin.web import documents, door, edits, event_table, events, exports, history, keys_page, opinions, queue, tables
from tocsin.web.desk import Desk
from tocsin.web.render import render
from tocsin.web.security import Gate
from tocsin.web.words import status_of

_ROUTERS = (
    door.router,
    queue.router,
    documents.router,
    edits.router,
    event_table.router,
    events.router,
    history.router,
    keys_page.router,
    tables.router,
    exports.router,
    opinions.router,
)


def create_app(desk: Desk) -> FastAPI:
    """Return the desk as an application.

    Args:
        desk: the record, and who is let in.
    """
    app = FastAPI(title="tocsin review", docs_url=None, redoc_url=None)
    app.state.desk = desk
    app.add_middleware(Gate, desk=desk)
    app.add_exception_handler(TocsinError, _told)
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(RequestValidationError, _told)
    app.mount("/static", _Assets(directory=str(files("tocsin.web") / "assets")), name="static")
    app.mount("/map", _Assets(directory=str(files("tocsin.report") / "assets" / "vendor")), name="map")
    for router in _ROUTERS:
        app.include_router(router)

    return app


class _Assets(StaticFiles):
    """The desk's own files: nothing private, so the browser may keep them as long as they are unchanged."""

    def file_response(self, *args: object, **options: object) -> Response:
        answer = super().file_response(*args, **options)  # type: ignore[arg-type]
        answer.headers["Cache-Control"] = "no-cache"
        return answer


async def _told(request: Request, error: Exception) -> Response:
    """Say what went wrong: a page, a line for a part of a page, or JSON."""
    status, subject, problem, advice = _parts(error)
    if request.url.path.endswith(".json") or "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"subject": subject, "problem": problem, "advice": advice}, status)
    if "hx-request" in request.headers or request.method not in ("GET", "HEAD"):
        words = f"{subject}: {problem}" + (f"; {advice}" if advice else "")
        return PlainTextResponse(words, status)
    return render(request, "error.html", status=status, subject=subject, problem=problem, advice=advice)


def _parts(error: Exception) -> tuple[int, str, str, str]:
    if isinstance(error, TocsinError):
        return status_of(error), error.subject, error.problem, error.advice
    if isinstance(error, RequestValidationError):
        faults = [f"{'.'.join(str(part) for part in one['loc'][1:]) or 'it'}: {one['msg']}" for one in error.errors()]
        return 422, "what was sent", "does not fit", "; ".join(faults)
    if isinstance(error, HTTPException):
        return error.status_code, "this address", str(error.detail).lower(), "go back to the queue"
    raise error
