"""Who is let in, from where, and what a page may do: every changing route refuses whatever is not the desk's own."""

import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.web.conftest import Answer, Served

from tocsin.store.record import open_record
from tocsin.web.app import create_app
from tocsin.web.desk import Desk, Door

WEB = Path(__file__).parents[2] / "src" / "tocsin" / "web"
SCHEMA = create_app(Desk(Path("none"), 1, Door())).openapi()
CHANGING = [
    (method.upper(), re.sub(r"\{[^}]*\}", "x", path))
    for path, methods in SCHEMA["paths"].items()
    for method in methods
    if method not in ("get", "head")
]
READING = [re.sub(r"\{[^}]*\}", "x", path) for path, methods in SCHEMA["paths"].items() if "get" in methods]


def _decided(served: Served) -> int:
    with open_record(served.desk.path) as record:
        return len(record.decisions())


def _strangers(served: Served) -> list[tuple[str, dict[str, Any]]]:
    own = served.own
    cookie = {"Cookie": own["Cookie"]}
    other = served.desk.port + 1
    return [
        ("foreign origin", {"headers": cookie | {"Origin": "http://elsewhere.example"}}),
        ("another port", {"headers": cookie | {"Origin": f"http://127.0.0.1:{other}"}}),
        ("another scheme", {"headers": cookie | {"Origin": served.base.replace("http", "https")}}),
        ("opaque origin", {"headers": cookie | {"Origin": "null"}}),
        ("no origin", {"headers": cookie}),
        ("another page of this computer", {"headers": own | {"Sec-Fetch-Site": "same-site"}}),
        ("another site", {"headers": own | {"Sec-Fetch-Site": "cross-site"}}),
        ("foreign host", {"headers": own, "host": "elsewhere.example"}),
        ("a name that points here", {"headers": own, "host": f"elsewhere.example:{served.desk.port}"}),
        ("host without port", {"headers": own, "host": "127.0.0.1"}),
        ("no key", {"headers": {"Origin": own["Origin"]}}),
        ("a wrong key", {"headers": {"Origin": own["Origin"], "Cookie": f"{served.desk.cookie}=x"}}),
        ("a key in another's cookie", {"headers": {"Origin": own["Origin"], "Cookie": f"tocsin_1={served.key}"}}),
    ]


def test_there_are_changing_routes_to_test() -> None:
    assert len(CHANGING) > 10


@pytest.mark.parametrize(("method", "path"), CHANGING)
def test_a_changing_route_refuses_what_is_not_the_desks_own(desk: Served, method: str, path: str) -> None:
    for what, options in _strangers(desk):
        answer = desk.ask(method, path, body={}, **options)
        assert answer.status in (401, 403, 421), (what, answer)
    assert desk.ask("GET", path, headers=desk.own).status in (404, 405)
    assert desk.ask(method, path, body={}, headers=desk.own).status in (200, 404, 409, 422)
    assert _decided(desk) == 0


@pytest.mark.parametrize("path", [*READING, "/static/desk.css", "/map/vendor.min.js", "/openapi.json", "/nowhere"])
def test_nothing_is_read_without_the_key_or_from_elsewhere(desk: Served, path: str) -> None:
    for what, options in _strangers(desk):
        if what in ("foreign origin", "another port", "another scheme", "opaque origin", "no origin"):
            continue  # browsers send no origin with what is merely read; the cookie decides
        assert desk.ask("GET", path, **options).status in (401, 403, 421), what


def test_an_address_works_once(desk: Served) -> None:
    token = desk.desk.door.invite("Ben")
    first = desk.ask("GET", f"/enter?token={token}")
    assert first.status == 303
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie
    assert desk.ask("GET", f"/enter?token={token}").status == 403
    assert desk.ask("GET", "/enter?token=").status == 403
    assert desk.ask("GET", "/enter").status == 403
    assert desk.ask("GET", "/history.json", headers={"Cookie": cookie.split(";")[0]}).status == 200


@pytest.mark.parametrize("path", ["/history", "/history.json", "/nowhere", "/documents/none", "/static/desk.css"])
def test_every_answer_forbids_what_is_not_the_desks_own(desk: Served, path: str) -> None:
    for headers in (desk.own, {}):
        answer = desk.ask("GET", path, headers=headers)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert not re.search(r"unsafe|\*|data:|https?:", policy)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == ("no-cache" if path.startswith("/static") and headers else "no-store")


def test_a_body_beyond_all_measure_is_refused(desk: Served) -> None:
    answer = desk.ask("POST", "/history/back", headers=desk.own | {"Content-Length": "99999999"})
    assert answer.status == 413


def test_the_desk_listens_on_this_computer_alone(filled: Path) -> None:
    command = [sys.executable, "-c", "from tocsin.cli import main; main()", "review", "--record", str(filled)]
    with subprocess.Popen([*command, "--no-browser"], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            address = process.stdout.readline().strip()
            port = int(address.split(":")[2].split("/")[0])
            until = time.monotonic() + 10
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    assert time.monotonic() < until
            assert address.startswith(f"http://127.0.0.1:{port}/enter?token=")
            others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)}
            for other in others - {"127.0.0.1"}:
                with pytest.raises(OSError, match=r"."):
                    socket.create_connection((str(other), port), timeout=1)
        finally:
            process.terminate()


OWN_SCRIPTS = sorted((WEB / "assets" / "script").glob("*.js"))
TEMPLATES = sorted((WEB / "pages").glob("*.html"))


@pytest.mark.parametrize("path", OWN_SCRIPTS, ids=lambda path: path.name)
def test_scripts_put_text_into_the_page_as_text(path: Path) -> None:
    banned = "innerHTML outerHTML insertAdjacentHTML document.write eval( Function( createContextualFragment setHTML"
    source = path.read_text(encoding="utf-8")
    assert [word for word in banned.split() if word in source] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_escape_everything_and_hold_no_script_or_style(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe|Markup|autoescape|xmlattr|hx-on|hx-vals=.js", source)
    assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=", source)
    assert all(re.search(r"\ssrc=", tag) for tag in re.findall(r"<script[^>]*>", source))
    # An attribute without quotes ends at a space of the text.
    assert not re.search(r"\s[a-z-]+=\{\{", source)


def test_nothing_else_marks_a_text_as_safe() -> None:
    for path in WEB.glob("*.py"):
        assert not re.search(r"\bMarkup\b|\|\s*safe|autoescape=False", path.read_text(encoding="utf-8")), path


def test_a_reviewer_with_a_password_signs_in_from_the_desks_own_page_alone(desk: Served) -> None:
    with open_record(desk.desk.path) as record:
        record.set_reviewer("Olga", "owner", password="a long pass phrase")
        record.set_reviewer("Vera", "viewer", by="Olga", password="another pass phrase")
    own = {"Origin": desk.base}

    def asked(name: str, password: str, headers: dict[str, str]) -> Answer:
        return desk.ask("POST", "/sign-in", form={"name": name, "password": password}, headers=headers)

    assert desk.ask("GET", "/sign-in").status == 200
    assert asked("Vera", "a long pass phrase", own).status == 403
    assert asked("Nobody", "", own).status == 403
    assert asked("Vera", "another pass phrase", {}).status == 403
    assert asked("Vera", "another pass phrase", {"Origin": "http://elsewhere.example"}).status == 403
    answer = asked("Vera", "another pass phrase", own)
    assert answer.status == 303
    vera = {"Cookie": answer.headers["set-cookie"].split(";")[0], **own}
    with open_record(desk.desk.path) as record:
        key = record.document_key("a")
        mention = record.state(key).mentions[0].mention.id
    assert desk.ask("GET", f"/documents/{key}", headers=vera).status == 200
    refused = desk.ask("POST", f"/documents/{key}/judge", body={"mentions": [mention], "kind": "accept"}, headers=vera)
    assert refused.status == 409  # who only looks decides nothing
    assert _decided(desk) == 0
