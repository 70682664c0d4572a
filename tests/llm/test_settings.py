"""Where a text may be sent: this machine, or a host that the user typed out."""

from typing import Any

import pytest

from tocsin.errors import UsageError
from tocsin.llm.settings import LlmSettings, check_settings, is_loopback


@pytest.mark.parametrize(
    ("endpoint", "more"),
    [
        ("http://127.0.0.1:8080/v1", {}),
        ("http://localhost:11434/v1", {}),
        ("http://[::1]:8080/v1", {}),
        ("https://api.example.org/v1", {"send_to": "api.example.org"}),
        ("https://API.example.org/v1", {"send_to": "Api.Example.org"}),
        ("http://192.168.1.20:8080/v1", {"send_to": "192.168.1.20"}),
        ("http://127.0.0.1:8080/v1", {"max_cost": 1.0, "price": (0.5, 1.5)}),
    ],
)
def test_an_endpoint_may_be_asked(endpoint: str, more: dict[str, Any]) -> None:
    check_settings(LlmSettings(endpoint, "small", **more))


@pytest.mark.parametrize(
    ("endpoint", "more", "said"),
    [
        ("https://api.example.org/v1", {}, "type the host out: --send-to api.example.org"),
        ("https://api.example.org/v1", {"send_to": "example.org"}, "is not this machine"),
        ("https://127.0.0.1.example.org/v1", {}, "is not this machine"),
        ("https://localhost.example.org/v1", {}, "is not this machine"),
        ("http://0.0.0.0:8080/v1", {}, "is not this machine"),
        ("http://127.0.0.1@evil.example/v1", {"send_to": "evil.example"}, "holds a name or a key"),
        ("http://api.example.org/v1", {"send_to": "api.example.org"}, "unencrypted"),
        ("ftp://127.0.0.1/v1", {}, "is no address"),
        ("127.0.0.1:8080", {}, "is no address"),
        ("http://127.0.0.1/v1?key=1", {}, "is no address"),
        ("http://127.0.0.1/v1", {"model": ""}, "has no name"),
        ("http://127.0.0.1/v1", {"max_cost": 1.0}, "needs a price"),
        ("http://127.0.0.1/v1", {"parameters": (("stop", "no"),)}, "is no JSON"),
    ],
)
def test_an_endpoint_may_not_be_asked(endpoint: str, more: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as error:
        check_settings(LlmSettings(**({"endpoint": endpoint, "model": "small"} | more)))
    assert said in str(error.value)


def test_loopback_is_this_machine_alone() -> None:
    assert is_loopback("127.8.9.1")
    assert not is_loopback("10.0.0.1")
    assert not is_loopback("nowhere.localhost.example")


def test_parameters_are_laid_over_and_null_leaves_one_out() -> None:
    body = LlmSettings("http://127.0.0.1/v1", "small", parameters=(("temperature", "null"), ("top_p", "0.5"))).body()
    assert "temperature" not in body
    assert body["top_p"] == 0.5
    assert body["stream"] is True
