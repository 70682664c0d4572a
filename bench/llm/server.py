"""An HTTP server on loopback that speaks the OpenAI chat interface and says what it is told to say, well or badly."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """One answer.

    Attributes:
        content: what the model says.
        finish, refusal: why it stopped, and its words for not answering.
        status, headers, raw: of an answer that is no message: an error, a redirect, broken bytes.
        delay: seconds before the first byte.
        drip: seconds between the pieces of a stream.
        cut: of a stream, how many pieces are sent before the connection breaks; None for all.
        usage: whether tokens are told.
    """

    content: str = ""
    finish: str = "stop"
    refusal: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    delay: float = 0.0
    drip: float = 0.0
    cut: int | None = None
    usage: bool = True


@dataclass
class Played:
    """What the server was asked: the parsed bodies, and the headers of each."""

    url: str
    bodies: list[Body] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@contextmanager
def playing(say: Callable[[Body], Said]) -> Iterator[Played]:
    """Serve on a free port of loopback; `say` makes the answer to each question."""
    played = Played("")
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing on the terminal."""

        def do_GET(self) -> None:
            """Note what should never come."""
            with lock:
                played.paths.append(f"GET {self.path}")
            self.send_error(404)

        def do_POST(self) -> None:
            """Answer one question."""
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            with lock:
                played.bodies.append(body)
                played.headers.append({key.lower(): value for key, value in self.headers.items()})
                played.paths.append(f"POST {self.path}")
            said = say(body)
            time.sleep(said.delay)
            try:
                self._answer(said, stream=bool(body.get("stream")))
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _answer(self, said: Said, *, stream: bool) -> None:
            if said.raw is not None or said.status != 200:
                self._send(said.status, said.headers, said.raw or b"{}")
            elif stream:
                self._stream(said)
            else:
                self._send(200, {"content-type": "application/json"}, json.dumps(_message(said)).encode())

        def _send(self, status: int, headers: Mapping[str, str], data: bytes) -> None:
            self.send_response(status)
            for name, value in {"content-length": str(len(data)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def _stream(self, said: Said) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("connection", "close")
            self.end_headers()
            self.close_connection = True
            events = list(_events(said))
            for event in events[: said.cut]:
                self.wfile.write(b"data: " + event + b"\n\n")
                self.wfile.flush()
                time.sleep(said.drip)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    played.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield played
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def asked_text(body: Body) -> str:
    """Return the text that a question is about."""
    content = str(body["messages"][-1]["content"])
    return content.split("\n\n", 1)[1].rsplit("\n</document ", 1)[0]


def _message(said: Said) -> dict[str, Any]:
    message = {"role": "assistant", "content": said.content, "refusal": said.refusal or None}
    answer: dict[str, Any] = {"choices": [{"index": 0, "message": message, "finish_reason": said.finish}]}
    return answer | ({"usage": _usage(said)} if said.usage else {})


def _events(said: Said) -> Iterator[bytes]:
    pieces: Sequence[str] = [said.content[at : at + 400] for at in range(0, len(said.content), 400)]
    for piece in pieces:
        yield _event({"content": piece})
    if said.refusal:
        yield _event({"refusal": said.refusal})
    yield json.dumps({"choices": [{"index": 0, "delta": {}, "finish_reason": said.finish}]}).encode()
    if said.usage:
        yield json.dumps({"choices": [], "usage": _usage(said)}).encode()
    yield b"[DONE]"


def _event(delta: Mapping[str, str]) -> bytes:
    return json.dumps({"choices": [{"index": 0, "delta": dict(delta), "finish_reason": None}]}).encode()


def _usage(said: Said) -> dict[str, int]:
    return {"prompt_tokens": 5000, "completion_tokens": max(1, len(said.content) // 4)}
