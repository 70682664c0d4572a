"""What the routes of the desk share: which record, whose settings, who is let in."""

import hmac
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tocsin.errors import TocsinError
from tocsin.pipeline import Settings
from tocsin.store.record import Record, open_record
from tocsin.web.facets import Facets

#: Bits of chance in a token: 256, far beyond guessing.
_TOKEN_BYTES = 32


class NotFoundError(TocsinError):
    """What an address names is not there."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One record on one table.

    Attributes:
        path: the record.
        port: on which the desk is served; the only one whose addresses are answered.
        door: who is let in.
        settings: how mentions are put together and figures made.
        facets: the events as they are held in memory.
    """

    path: Path
    port: int
    door: "Door"
    settings: Settings = field(default_factory=Settings)
    facets: Facets = field(default_factory=Facets, compare=False)

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which the desk answers; any other name points here by somebody's doing."""
        return frozenset(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    @property
    def cookie(self) -> str:
        """The name of the cookie: browsers send cookies to every port, so each desk has its own."""
        return f"tocsin_{self.port}"

    @property
    def rules(self) -> Settings:
        """By what words that a reviewer selects are read: the rules alone, which need no model."""
        return replace(self.settings, extractor="rules")

    def open(self) -> Record:
        """Open the record, for one answer; it takes about a millisecond."""
        return open_record(self.path, must_exist=True)


@dataclass(slots=True)
class Door:
    """Who may come in: whoever has a token that was not used yet gets a key of their own.

    Attributes:
        tokens: reviewer by token that was not used yet.
        keys: reviewer by key, as handed out since the desk was opened.
    """

    tokens: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def invite(self, reviewer: str) -> str:
        """Return a token that lets a reviewer in once."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._lock:
            self.tokens[token] = reviewer
        return token

    def enter(self, token: str) -> str | None:
        """Return a key for a token, which is spent by that; None where there is no such token, or no more."""
        with self._lock:
            found = _same(self.tokens, token)
            if found is None:
                return None
            key = secrets.token_urlsafe(_TOKEN_BYTES)
            self.keys[key] = self.tokens.pop(found)
        return key

    def reviewer(self, key: str) -> str | None:
        """Return whose key it is, or None."""
        found = _same(self.keys, key)
        return None if found is None else self.keys[found]


def _same(known: Mapping[str, str], given: str) -> str | None:
    # Each is compared in the same time, however many letters are right.
    return next((one for one in list(known) if hmac.compare_digest(one.encode(), given.encode())), None)
