"""The client against a real server on loopback that answers well, badly, slowly and not at all."""

import json
import time
from collections.abc import Callable, Iterator

import pytest
from bench.llm.server import Body, Said, playing

from tocsin.errors import EndpointError
from tocsin.llm.client import MOST_BYTES, MOST_FAILURES, ChatClient, Reply, UnusableError
from tocsin.llm.settings import LlmSettings

BODY = {"model": "small", "messages": [{"role": "user", "content": "Hello."}]}
Make = Callable[..., LlmSettings]


def _ask(settings: LlmSettings, body: Body, key: str | None = None) -> Reply:
    with ChatClient(settings, key=key) as client:
        return client.ask(body)


def _in_turn(*said: Said) -> Callable[[Body], Said]:
    rest: Iterator[Said] = iter(said)
    return lambda body: next(rest, said[-1])


@pytest.mark.parametrize("stream", [True, False])
def test_an_answer_comes_whole_or_in_pieces(make_settings: Make, stream: bool) -> None:
    with playing(lambda body: Said("Grüße " * 500)) as played:
        reply = _ask(make_settings(played.url), {**BODY, "stream": stream})
    assert (reply.content, reply.finish, reply.refusal) == ("Grüße " * 500, "stop", "")
    assert (reply.usage.sent, reply.usage.answered) == (5000, 750)
    assert played.paths == ["POST /v1/chat/completions"]


def test_tokens_that_are_not_told_are_estimated(make_settings: Make) -> None:
    with playing(lambda body: Said("word " * 30, usage=False)) as played:
        reply = _ask(make_settings(played.url), BODY)
    assert reply.usage.answered == 50
    assert reply.usage.sent > 0


@pytest.mark.parametrize(
    "first",
    [
        Said(status=429, headers={"retry-after": "0.01"}),
        Said(status=503, raw=b"<html>busy</html>"),
        Said("x" * 4000, cut=3),
        Said(raw=b"{not json", headers={"content-type": "application/json"}),
        Said(raw=b"[1]", headers={"content-type": "application/json"}),
        Said(raw=b'data: {"error": {"message": "overloaded"}}\n\n', headers={"content-type": "text/event-stream"}),
        Said(raw=b'{"choices": [', headers={"content-length": "4000"}),
    ],
    ids=["rate limited", "busy", "stream broken", "no JSON", "no object", "error within", "connection broken"],
)
def test_a_question_without_an_answer_is_asked_again(make_settings: Make, first: Said) -> None:
    with playing(_in_turn(first, Said("fine"))) as played:
        reply = _ask(make_settings(played.url, timeout=2.0), {**BODY, "stream": first.cut is not None})
    assert reply.content == "fine"
    assert len(played.bodies) == 2


def test_what_the_server_asks_to_wait_is_waited(make_settings: Make) -> None:
    with playing(_in_turn(Said(status=429, headers={"retry-after": "0.4"}), Said("fine"))) as played:
        began = time.monotonic()
        _ask(make_settings(played.url), BODY)
    assert 0.4 <= time.monotonic() - began < 3


def test_an_endpoint_that_never_answers_is_given_up_after_a_while(make_settings: Make) -> None:
    with (
        playing(lambda body: Said(status=500)) as played,
        ChatClient(make_settings(played.url, retries=1), key=None) as client,
    ):
        for _ in range(MOST_FAILURES - 1):
            with pytest.raises(UnusableError) as unusable:
                client.ask(BODY)
            assert unusable.value.verdict == "failed"
            assert "asked 2 times" in unusable.value.reason
        with pytest.raises(EndpointError, match="5 times in a row"):
            client.ask(BODY)
    assert len(played.bodies) == 2 * MOST_FAILURES


@pytest.mark.parametrize("stream", [True, False])
def test_a_slow_answer_ends_in_time(make_settings: Make, stream: bool) -> None:
    said = Said("x" * 4000, drip=0.3) if stream else Said("late", delay=3.0)
    with playing(lambda body: said) as played:
        began = time.monotonic()
        with pytest.raises(UnusableError, match="asked once"):
            _ask(make_settings(played.url, timeout=0.8, retries=0), {**BODY, "stream": stream})
        assert time.monotonic() - began < 2.5


@pytest.mark.parametrize("kind", ["application/json", "text/event-stream"])
def test_an_endless_answer_is_not_read_to_its_end(make_settings: Make, kind: str) -> None:
    said = Said(raw=b"x" * (MOST_BYTES + 100_000), headers={"content-type": kind})
    with playing(lambda body: said) as played, pytest.raises(UnusableError, match="oversized"):
        _ask(make_settings(played.url), BODY)
    assert len(played.bodies) == 1


def test_a_packed_answer_is_not_unpacked(make_settings: Make) -> None:
    said = Said(raw=b"\x1f\x8b", headers={"content-encoding": "gzip", "content-type": "application/json"})
    with playing(lambda body: said) as played, pytest.raises(UnusableError, match="packed"):
        _ask(make_settings(played.url), BODY)
    assert played.headers[0]["accept-encoding"] == "identity"


def test_no_redirect_is_followed(make_settings: Make) -> None:
    with playing(lambda body: Said("never")) as other:
        said = Said(status=307, headers={"location": f"{other.url}/chat/completions"})
        with playing(lambda body: said) as played, pytest.raises(EndpointError, match="sends elsewhere"):
            _ask(make_settings(played.url), BODY)
    assert other.paths == []


def test_proxies_of_the_environment_are_not_asked(make_settings: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    with playing(lambda body: Said("never")) as proxy, playing(lambda body: Said("direct")) as played:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        assert _ask(make_settings(played.url), BODY).content == "direct"
    assert proxy.paths == []


@pytest.mark.parametrize(
    ("status", "said"), [(401, "refuses the key"), (403, "refuses access"), (404, "does not know")]
)
def test_what_every_question_would_get_ends_it_at_once(make_settings: Make, status: int, said: str) -> None:
    raw = json.dumps({"error": {"message": "Incorrect API key provided: sk-secret-1", "code": "invalid"}}).encode()
    with playing(lambda body: Said(status=status, raw=raw)) as played, pytest.raises(EndpointError) as error:
        _ask(make_settings(played.url), BODY, key="sk-secret-1")
    assert said in str(error.value)
    assert "sk-secret-1" not in str(error.value)
    assert "[key]" in str(error.value)
    assert played.headers[0]["authorization"] == "Bearer sk-secret-1"
    assert len(played.bodies) == 1


def test_a_filter_that_answers_with_an_error_is_a_refusal(make_settings: Make) -> None:
    raw = json.dumps({"error": {"code": "content_filter", "message": "violence"}}).encode()
    with playing(lambda body: Said(status=400, raw=raw)) as played, pytest.raises(UnusableError) as error:
        _ask(make_settings(played.url), BODY)
    assert error.value.verdict == "refused"


def test_a_server_that_is_not_there_is_named(make_settings: Make) -> None:
    with playing(lambda body: Said("")) as played:
        url = played.url
    with pytest.raises(EndpointError, match="cannot be reached"):
        _ask(make_settings(url), BODY)


def test_no_key_is_sent_where_there_is_none_and_a_broken_one_is_refused(make_settings: Make) -> None:
    with playing(lambda body: Said("fine")) as played:
        _ask(make_settings(played.url), BODY)
        with pytest.raises(EndpointError, match="TOCSIN_LLM_KEY"):
            ChatClient(make_settings(played.url), key="two\nlines")
    assert "authorization" not in played.headers[0]
    assert "cookie" not in played.headers[0]
