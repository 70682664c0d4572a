"""Pages from templates: what came with a text is escaped always, and never reaches a script."""

import json
from functools import cache
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from tocsin.report.words import day_words, name_words
from tocsin.web.keys import COMMANDS, KEYS_COOKIE, keys_of, shown

#: The cookie that a reviewer's choice of light or dark is kept in.
THEME_COOKIE = "tocsin_theme"
_THEMES = ("light", "dark")

#: Name in the menu, address, first part of the addresses it stands for.
MENU = (
    ("Queue", "/", "queue"),
    ("Documents", "/documents", "documents"),
    ("Events", "/events", "events"),
    ("Mentions", "/mentions", "mentions"),
    ("Claims", "/claims", "claims"),
    ("History", "/history", "history"),
    ("Opinions", "/opinions", "opinions"),
    ("Export", "/export", "export"),
)


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page.

    Args:
        request: whose cookies say which theme and keys.
        template: in pages/.
        status: of the answer.
        values: what the template shows.
    """
    return HTMLResponse(render_part(request, template, **values), status)


def render_part(request: Request, template: str, **values: Any) -> str:
    """Return a template filled in; arguments as for `render`."""
    theme = request.cookies.get(THEME_COOKIE, "")
    return (
        _environment()
        .get_template(template)
        .render(
            theme=theme if theme in _THEMES else "",
            keys=keys_of(request.cookies.get(KEYS_COOKIE, "")),
            reviewer=getattr(request.state, "reviewer", ""),
            section=request.url.path.split("/")[1] or "queue",
            **values,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tocsin.web", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(commands=COMMANDS, menu=MENU, shown=shown, name_words=name_words, day_words=day_words)
    # Into an attribute: the template escapes it there like any text.
    environment.filters["data"] = lambda value: json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    environment.filters["address"] = lambda part: quote(str(part), safe="")
    return environment
