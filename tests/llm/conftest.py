"""What tests of language models share: settings for a server on loopback, a small answer."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tocsin.datamodel import Document
from tocsin.llm.settings import LlmSettings

TEXT = (
    "About 400 miners walked out in Soligorsk on Monday, the union said. Police detained 12 of them.\n\n"
    "The company said that no more than 90 people had stopped work."
)


def answer(**changed: Any) -> str:
    """The right answer to the small document, with what differs in its first event."""
    first: dict[str, Any] = {
        "id": "e1",
        "type": "strike",
        "form": "walkout",
        "modality": "occurred",
        "scope": "single",
        "date": {"start": "2020-09-14", "end": "2020-09-14", "precision": "day", "basis": "relative"},
        "places": [{"quote": "Soligorsk", "name": "Soligorsk", "country": "BY", "admin1": None}],
        "actors": [{"role": "participant", "quote": "miners"}],
        "claims": [
            _claim("About 400 miners", 400, 400, approx=True, said_by=[{"quote": "the union", "kind": "union"}]),
        ],
        "demands": [],
        "means": [],
        "context": None,
        "evidence": [
            {"text": "About 400 miners walked out in Soligorsk on Monday, the union said.", "trigger": "walked out"}
        ],
    }
    second = {
        **first,
        "id": "e2",
        "type": "detention",
        "form": None,
        "places": [{"quote": None, "name": "Soligorsk", "country": "BY", "admin1": None}],
        "actors": [{"role": "authority", "quote": "Police"}],
        "claims": [{**_claim("12", 12, 12), "attribute": "affected"}],
        "context": "e1",
        "evidence": [{"text": "Police detained 12 of them.", "trigger": "detained"}],
    }
    return json.dumps({"events": [{**first, **changed}, second]})


def _claim(quote: str, low: int | None, high: int | None, *, approx: bool = False, said_by: Any = ()) -> dict[str, Any]:
    return {
        "attribute": "participants",
        "low": low,
        "high": high,
        "approx": approx,
        "unit": None,
        "quote": quote,
        "said_by": list(said_by),
        "hedge": None,
    }


@pytest.fixture
def make_answer() -> Callable[..., str]:
    """The right answer to the small document, with what differs in its first event."""
    return answer


@pytest.fixture
def document() -> Document:
    """A small document of two paragraphs."""
    from datetime import date

    return Document("a", TEXT, "Miners out", "Free Radio", date(2020, 9, 15))


@pytest.fixture
def make_settings() -> Callable[..., LlmSettings]:
    """Settings that do not wait."""

    def make(url: str, **more: Any) -> LlmSettings:
        return LlmSettings(url, "small", **({"backoff": 0.01, "timeout": 5.0} | more))

    return make
