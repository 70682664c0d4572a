"""What the tests of the desk share: a desk on a real port, and requests as a browser or a stranger would send them."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Request
from tests.conftest import CodedFactory

from tocsin.store.record import Record, open_record
from tocsin.web.app import create_app
from tocsin.web.desk import Desk, Door

DESK, PHONE = (1440, 900), (390, 780)


@dataclass(frozen=True)
class Answer:
    """What the desk answered."""

    status: int
    headers: Mapping[str, str]
    body: str

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Served:
    """A desk that is open."""

    desk: Desk
    key: str

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.desk.port}"

    @property
    def own(self) -> dict[str, str]:
        """The headers that the desk's own page sends."""
        return {"Cookie": f"{self.desk.cookie}={self.key}", "Origin": self.base}

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        host: str = "",
    ) -> Answer:
        """Send a request with exactly these headers; `host` takes the place of the desk's own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.desk.port, timeout=20)
        try:
            sent = None if body is None else json.dumps(body).encode()
            if form is not None:
                sent = urlencode(form).encode()
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", host or f"127.0.0.1:{self.desk.port}")
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if sent is not None:
                kind = "application/json" if form is None else "application/x-www-form-urlencoded"
                connection.putheader("Content-Type", kind)
                connection.putheader("Content-Length", str(len(sent)))
            connection.endheaders(sent)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read().decode())
        finally:
            connection.close()

    def get(self, path: str) -> Answer:
        """Ask as the desk's own page does."""
        return self.ask("GET", path, headers=self.own)

    def post(self, path: str, body: object) -> Answer:
        """Change something as the desk's own page does."""
        return self.ask("POST", path, body=body, headers=self.own)


@contextmanager
def serving(path: Path, *, reviewer: str = "Ana") -> Iterator[Served]:
    """Serve the desk of a record, as `tocsin review` does, in a thread."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        door = Door()
        desk = Desk(path, listening.getsockname()[1], door)
        config = uvicorn.Config(create_app(desk), log_level="warning", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        key = door.enter(door.invite(reviewer))
        assert key is not None
        try:
            yield Served(desk, key)
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def filled(record_path: Path, make_coded: CodedFactory) -> Path:
    """A record with two documents of two mentions each."""
    with open_record(record_path) as opened:
        fill(opened, make_coded("a"), make_coded("b", publisher="Northgate Wire"))
    return record_path


def fill(record: Record, *documents: Any) -> None:
    """Put coded documents into a record."""
    run = record.start_run("test", "test")
    for one in documents:
        record.add(one, run=run, coder="test")
    record.end_run(run)


@pytest.fixture
def desk(filled: Path) -> Iterator[Served]:
    with serving(filled) as served:
        yield served


@dataclass
class Watched:
    """A page of the desk in a browser, and what it did that it should not have done."""

    page: Page
    base: str
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.expose_function("fired", lambda: self.faults.append("a text ran"))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("console", lambda message: self.faults.append(f"console: {message.text}"))
        self.page.on("dialog", lambda dialog: self.faults.append("dialog"))
        self.page.on("popup", lambda popup: self.faults.append("popup"))
        self.page.on("request", self._asked)

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)
        if not request.url.startswith((self.base + "/", "about:")):
            self.faults.append(f"request: {request.url}")

    def open(self, path: str) -> Page:
        """Open a page and wait until its script has run."""
        self.page.goto(self.base + path)
        self.page.wait_for_load_state("load")
        return self.page


def entered(
    browser: Browser, served: Served, *, size: tuple[int, int] = DESK, dark: bool = False, script: str = ""
) -> tuple[BrowserContext, Watched]:
    """Come in with a token, as from the printed address."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
    )
    if script:
        context.add_init_script(script)
    watched = Watched(context.new_page(), served.base)
    watched.open(f"/enter?token={served.desk.door.invite('Ana')}")
    return context, watched


@pytest.fixture
def watched(browser: Browser, desk: Served) -> Iterator[Watched]:
    """A page at desk width; the test fails where anything ran, was asked of elsewhere or was complained of."""
    context, watched = entered(browser, desk)
    yield watched
    context.close()
    assert watched.faults == []
