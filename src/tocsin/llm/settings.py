"""Which language model is asked, where, how, and for how much."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tocsin.errors import UsageError

#: The one place where a key is looked for; it is sent to the endpoint and written nowhere.
KEY = "TOCSIN_LLM_KEY"
#: What is asked of every model unless the user sets it otherwise; null leaves a parameter out.
PARAMETERS: Mapping[str, Any] = {"temperature": 0, "max_tokens": 8192, "stream": True}
#: Of the parameters, those that change how an answer comes and not what it says.
TRANSPORT = frozenset(("stream", "stream_options"))


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """Everything about a language model but the key.

    Attributes:
        endpoint: address of the interface up to the version (`http://127.0.0.1:8080/v1`).
        model: its name there.
        send_to: the host, typed out by the user, where it is not this machine.
        parameters: names and JSON values that are sent along, over `PARAMETERS`.
        price: of a million tokens said and of a million answered, in any one currency; None where not known.
        max_tokens, max_cost: what may be spent in this run; None for no limit.
        at_once: documents asked about at the same time.
        timeout: seconds that one answer may take.
        retries: how often a question is asked again that got no answer.
        backoff: seconds before the first time, doubled each time.
        answers: file in which answers are kept; None keeps none.
        join: what becomes of the mentions of two extractors (`both`): "union", "intersection" or "llm-first".
    """

    endpoint: str
    model: str
    send_to: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    price: tuple[float, float] | None = None
    max_tokens: int | None = None
    max_cost: float | None = None
    at_once: int = 4
    timeout: float = 300.0
    retries: int = 4
    backoff: float = 1.0
    answers: Path | None = None
    join: str = "union"

    @property
    def host(self) -> str:
        """The host of the endpoint, in lower case."""
        from urllib.parse import urlsplit

        return urlsplit(self.endpoint).hostname or ""

    def body(self) -> dict[str, Any]:
        """Return the parameters of a question."""
        own = {name: json.loads(value) for name, value in self.parameters}
        return {name: value for name, value in ({**PARAMETERS, **own}).items() if value is not None}


def answers_beside(record: Path) -> Path:
    """Return where the answers that a record was made from are kept."""
    return record.with_name(record.name + "-answers")


def check_settings(settings: LlmSettings) -> None:
    """Say what is wrong with settings before anything is sent.

    Raises:
        UsageError: the endpoint is no address, is another machine than this one and not typed out, or would get the
            text unencrypted over a public network; there is no model; money is limited and no price is given; a
            parameter is no JSON.
    """
    from urllib.parse import urlsplit

    parts = urlsplit(settings.endpoint)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise UsageError(f"endpoint {settings.endpoint!r}", "is no address", "give one like http://127.0.0.1:8080/v1")
    if parts.username is not None or parts.password is not None:
        raise UsageError("endpoint", "holds a name or a key", f"put the key into the environment as {KEY}")
    if not settings.model:
        raise UsageError("language model", "has no name", "give it with --llm")
    if settings.max_cost is not None and settings.price is None:
        raise UsageError("budget in money", "needs a price", "give it with --price IN/OUT, per million tokens")
    for name, value in settings.parameters:
        try:
            json.loads(value)
        except ValueError as error:
            raise UsageError(f"parameter {name}", f"is no JSON ({value[:40]!r})", 'write words as "words"') from error
    if is_loopback(settings.host):
        return
    if (settings.send_to or "").lower() != settings.host:
        raise UsageError(
            f"endpoint {settings.host}",
            "is not this machine, and the text of every document would be sent there",
            f"if that is meant, type the host out: --send-to {settings.host}",
        )
    if parts.scheme != "https" and not _is_private(settings.host):
        raise UsageError(f"endpoint {settings.host}", "would get the text unencrypted", "use https")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine: a loopback address, or a name of which every address is one."""
    import ipaddress  # these take as long to load as all the rest of this stage
    import socket

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        pass
    if host != "localhost" and not host.endswith(".localhost"):
        return False
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(str(address).split("%")[0]).is_loopback for address in found)


def _is_private(host: str) -> bool:
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False
