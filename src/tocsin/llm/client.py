"""A small client for the OpenAI chat interface: one question, one answer, nothing else leaves the machine.

No redirect is followed, no proxy or setting of the environment is taken, no cookie is kept. The key goes to the
endpoint in one header and is cut out of every message that the endpoint sends back.
"""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any

from tocsin.errors import EndpointError
from tocsin.llm.budget import Usage, tokens_in
from tocsin.llm.settings import KEY, LlmSettings

if TYPE_CHECKING:
    import httpx

#: Bytes of an answer above which it is not read on: forty times the longest that 8,192 tokens can come to.
MOST_BYTES = 4_000_000
#: Seconds that an endpoint may ask to wait before the next try.
LONGEST_WAIT = 60.0
#: Answers of the endpoint after which the same question may be asked again.
_AGAIN = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))
#: Answers that every question would get.
_NEVER = {401: "refuses the key", 403: "refuses access", 404: "does not know the address or the model"}
#: Questions in a row that came to nothing after which the rest is not asked.
MOST_FAILURES = 5

#: Verdicts on an answer that cannot be used; the document is coded without the model then.
REFUSED, EMPTY, TRUNCATED, MALFORMED, OVERSIZED, FAILED = (
    "refused",
    "empty",
    "truncated",
    "malformed",
    "oversized",
    "failed",
)


class UnusableError(Exception):
    """An answer that cannot be used.

    Args:
        verdict: one of the verdicts of this module.
        reason: why, one line.
    """

    def __init__(self, verdict: str, reason: str) -> None:
        self.verdict = verdict
        self.reason = reason
        super().__init__(f"{verdict}: {reason}")


class _TryAgainError(Exception):
    """The question may be asked again, after a while."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said.

    Attributes:
        content: its words.
        finish: why it stopped ("stop", "length", "content_filter", ...).
        refusal: its words for not answering, or empty.
        usage: tokens, as the endpoint counts them; an estimate where it does not say.
    """

    content: str
    finish: str
    refusal: str
    usage: Usage


class ChatClient:
    """Asks one endpoint; may be used from several threads.

    Args:
        settings: checked by `check_settings`.
        key: sent as a bearer token; None sends none.
    """

    def __init__(self, settings: LlmSettings, *, key: str | None) -> None:
        import httpx  # 0.15 s to load, for those only who ask a model

        if key is not None and not (key.isascii() and key.isprintable()):
            raise EndpointError(KEY, "holds what no key holds", "set it anew, without line breaks")
        self._settings = settings
        self._key = key
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._reached = False
        headers = {"Accept-Encoding": "identity", "User-Agent": "tocsin"}
        headers |= {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(
            headers=headers,
            timeout=httpx.Timeout(settings.timeout, connect=min(settings.timeout, 20.0)),
            limits=httpx.Limits(max_connections=settings.at_once),
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> "ChatClient":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def ask(self, body: Mapping[str, Any]) -> Reply:
        """Return the answer to one question, asked again after a while where there was none.

        Args:
            body: of the request, as JSON.

        Raises:
            UnusableError: there is no answer, or none that can be used.
            EndpointError: the endpoint is out of reach, refuses all, or a row of questions came to nothing.
        """
        reason = ""
        for turn in range(self._settings.retries + 1):
            try:
                reply = self._once(body)
            except _TryAgainError as error:
                reason = str(error)
                if turn < self._settings.retries:
                    wait = error.wait if error.wait is not None else self._settings.backoff * 2**turn
                    time.sleep(min(wait, LONGEST_WAIT))
            except UnusableError as error:
                self._note(failed=error.verdict == FAILED, reason=error.reason)
                raise
            else:
                self._note(failed=False, reason="")
                return reply
        self._note(failed=True, reason=reason)
        asked = "once" if not self._settings.retries else f"{self._settings.retries + 1} times"
        raise UnusableError(FAILED, f"{reason}, asked {asked}")

    def _note(self, *, failed: bool, reason: str) -> None:
        """Count failures in a row; give up where there are too many, or where nothing was ever reached."""
        with self._lock:
            self._in_a_row = self._in_a_row + 1 if failed else 0
            self._reached = self._reached or not failed
            given_up = self._in_a_row >= MOST_FAILURES
        if given_up:
            problem = f"answered nothing that can be used {MOST_FAILURES} times in a row ({reason})"
            raise EndpointError(
                self._settings.endpoint, problem, "look after it and run again: what it answered is kept"
            )

    def _once(self, body: Mapping[str, Any]) -> Reply:
        import httpx

        until = time.monotonic() + self._settings.timeout
        url = self._settings.endpoint.rstrip("/") + "/chat/completions"
        try:
            with self._http.stream("POST", url, json=dict(body)) as response:
                if response.status_code != 200:
                    raise self._refused(response.status_code, response.headers, b"".join(_limited(response, until)))
                if response.headers.get("content-encoding", "identity") != "identity":
                    raise UnusableError(FAILED, "the answer is packed, which was not asked for")
                if "text/event-stream" in response.headers.get("content-type", ""):
                    return self._usage_told(body, _streamed(_lines(_limited(response, until))))
                return self._usage_told(body, _whole(b"".join(_limited(response, until))))
        except httpx.ConnectError as error:
            if not self._reached:
                problem = f"cannot be reached ({self._clean(str(error))})"
                raise EndpointError(self._settings.endpoint, problem, "start the server, or name another") from error
            raise _TryAgainError("the endpoint cannot be reached") from error
        except httpx.TimeoutException as error:
            raise _TryAgainError(f"no answer within {self._settings.timeout:g} s") from error
        except httpx.HTTPError as error:
            raise _TryAgainError(f"the connection broke ({type(error).__name__})") from error
        except httpx.InvalidURL as error:
            raise EndpointError(self._settings.endpoint, "is no address", str(error)) from error

    def _refused(self, status: int, headers: Mapping[str, str], body: bytes) -> Exception:
        said = self._clean(_error_told(body))
        if status in _NEVER:
            return EndpointError(self._settings.endpoint, f"{_NEVER[status]} ({status} {said})", f"see --llm and {KEY}")
        if 300 <= status < 400:
            return EndpointError(self._settings.endpoint, f"sends elsewhere ({status}), which is not followed", "")
        if "content_filter" in said or "content_policy" in said:
            return UnusableError(REFUSED, f"a filter of the endpoint: {said}")
        if status in _AGAIN:
            return _TryAgainError(f"{status} {said}", _wait_told(headers))
        return UnusableError(FAILED, f"{status} {said}")

    def _clean(self, said: str) -> str:
        """Return what the endpoint says as one short line without the key."""
        line = " ".join("".join(c if c.isprintable() else " " for c in said).split())
        return (line.replace(self._key, "[key]") if self._key else line)[:200]

    def _usage_told(self, body: Mapping[str, Any], reply: Reply) -> Reply:
        if reply.usage.tokens:
            return reply
        sent = tokens_in(json.dumps(body["messages"], ensure_ascii=False))
        return Reply(reply.content, reply.finish, reply.refusal, Usage(sent, tokens_in(reply.content)))


def _limited(response: "httpx.Response", until: float) -> Iterator[bytes]:
    """Yield what comes, as long as it is neither too much nor too late."""
    size = 0
    for chunk in response.iter_raw():
        size += len(chunk)
        if size > MOST_BYTES:
            raise UnusableError(OVERSIZED, f"the answer has more than {MOST_BYTES:,} bytes")
        if time.monotonic() > until:
            raise _TryAgainError("the answer comes too slowly")
        yield chunk


def _lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
    yield rest


def _streamed(lines: Iterator[bytes]) -> Reply:
    """Return the reply that a stream of events adds up to."""
    content, refusal, finish, usage, ended = [], [], "", Usage(), False
    for line in lines:
        data = line.strip().removeprefix(b"data:").strip()
        if not line.startswith(b"data:") or not data:
            continue
        if data == b"[DONE]":
            ended = True
            break
        event = _object(data)
        if "error" in event:
            raise _TryAgainError("the endpoint broke off with an error")
        usage = _usage(event) if event.get("usage") else usage
        choice = _first_choice(event)
        delta = choice.get("delta")
        if isinstance(delta, dict):
            content.append(_text(delta.get("content")))
            refusal.append(_text(delta.get("refusal")))
        finish = _text(choice.get("finish_reason")) or finish
    if not ended and not finish:
        raise _TryAgainError("the answer broke off")
    return Reply("".join(content), finish, "".join(refusal), usage)


def _whole(data: bytes) -> Reply:
    event = _object(data)
    choice = _first_choice(event)
    message = choice.get("message")
    told = message if isinstance(message, dict) else {}
    return Reply(
        _text(told.get("content")), _text(choice.get("finish_reason")), _text(told.get("refusal")), _usage(event)
    )


def _object(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _TryAgainError("what comes is no JSON") from error
    if not isinstance(found, dict):
        raise _TryAgainError("what comes is no answer of a chat interface")
    return found


def _first_choice(event: Mapping[str, Any]) -> Mapping[str, Any]:
    choices = event.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else {}
    return first if isinstance(first, dict) else {}


def _usage(event: Mapping[str, Any]) -> Usage:
    told = event.get("usage")
    counts = [told.get(key) for key in ("prompt_tokens", "completion_tokens")] if isinstance(told, dict) else []
    if len(counts) == 2 and all(isinstance(c, int) and not isinstance(c, bool) and 0 <= c < 10**9 for c in counts):
        return Usage(int(counts[0] or 0), int(counts[1] or 0))
    return Usage()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _error_told(body: bytes) -> str:
    try:
        error = json.loads(body).get("error")
    except (ValueError, RecursionError, AttributeError):
        return body[:200].decode("utf-8", "replace")
    if isinstance(error, dict):
        return " ".join(_text(error.get(key)) for key in ("code", "type", "message"))
    return _text(error)


def _wait_told(headers: Mapping[str, str]) -> float | None:
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None
