"""The gate before every route: who asks, from where, and what the page may do.

    1. The Host must be a name of this desk: a page elsewhere that lets its own name point to 127.0.0.1 gets nothing.
    2. A change needs an Origin that is this desk: a form or script of another page gets nothing.
    3. Everything but the door needs the key that the door gave, in a cookie that no other site's request carries.
    4. A body is small.

Every answer carries a policy under which a browser loads and runs nothing but the desk's own files.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tocsin.web.desk import Desk

#: Where a token is changed for a key, and where reviewers with a password get one: the paths that need none.
DOOR, SIGN_IN = "/enter", "/sign-in"
#: Bytes. The largest honest body is a note of a few pages.
LARGEST_BODY = 1 << 20
_READS = ("GET", "HEAD")

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Texts and names are not left behind in the browser's cache.
    "Cache-Control": "no-store",
}


class Gate:
    """Lets through to the desk what may come, and answers the rest itself."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        await self._app(scope, _limited(receive), guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._desk.hosts:
            return _refused(421, "This desk answers under 127.0.0.1 and localhost only.")
        if scope["method"] not in _READS and not _own_origin(headers, hosts[0].lower()):
            return _refused(403, "A change must come from the desk's own page. Reload the page and try again.")
        if headers.get("sec-fetch-site") in ("cross-site", "same-site") and scope["path"] != DOOR:
            return _refused(403, "Another page asked for this. Open the desk in a tab of its own.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return _refused(413, f"More than {LARGEST_BODY:,} bytes are not taken.")
        if scope["path"] in (DOOR, SIGN_IN):
            return None
        key = cookie_parser(headers.get("cookie", "")).get(self._desk.cookie, "")
        reviewer = self._desk.door.reviewer(key)
        if reviewer is None:
            return _refused(
                401,
                "Open the address that `tocsin review` printed; start it again for a new one. "
                f"Reviewers with a password: {SIGN_IN}",
            )
        scope.setdefault("state", {})["reviewer"] = reviewer
        return None


def _own_origin(headers: Headers, host: str) -> bool:
    return headers.getlist("origin") == [f"http://{host}"] and headers.get("sec-fetch-site", "same-origin") in (
        "same-origin",
    )


def _refused(status: int, words: str) -> Response:
    return PlainTextResponse(words + "\n", status_code=status)


def _limited(receive: Receive) -> Receive:
    """Return a `receive` that ends the connection of a body that is larger than it said."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > LARGEST_BODY else message

    return limited
