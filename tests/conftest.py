"""What tests of several stages share: a small coded document, a record, a browser."""

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tocsin.datamodel import CodedDocument
from tocsin.datamodel.coded import parse
from tocsin.store.record import Record, open_record

TEXT = "About 400 miners walked out in Soligorsk on Monday, the union said. Police detained 12 of them."


def _coded(
    name: str = "a", text: str = TEXT, *, publisher: str = "Free Radio", url: str | None = None
) -> CodedDocument:
    """A small coded document with two mentions, the second within the first."""
    evidence, second = text.split(". ")[0] + ".", text.split(". ")[1]
    empty: dict[str, Any] = {"demands": [], "means": [], "form": None, "scope": "single"}
    return parse(
        {
            "document": {"id": name, "text": text, "publisher": publisher, "published": "2020-09-15", "url": url},
            "events": [
                {
                    "id": "m1",
                    "type": "strike",
                    "modality": "occurred",
                    "date": {"start": "2020-09-14", "end": "2020-09-14", "precision": "day", "basis": "relative"},
                    "places": [
                        {"quote": "Soligorsk", "name": "Salihorsk", "country": "BY", "admin1": "Minsk", "lat": 52.8}
                    ],
                    "actors": [{"role": "participant", "quote": "miners"}],
                    "claims": [
                        {
                            "attribute": "participants",
                            "low": 400,
                            "high": 400,
                            "approx": True,
                            "unit": None,
                            "quote": "About 400 miners",
                            "said_by": [{"quote": "the union", "kind": "union"}],
                            "hedge": None,
                        }
                    ],
                    "context": None,
                    "evidence": [{"text": evidence, "trigger": "walked out"}],
                    **empty,
                },
                {
                    "id": "m2",
                    "type": "detention",
                    "modality": "occurred",
                    "date": {"start": None, "end": None, "precision": "none", "basis": "none"},
                    "places": [],
                    "actors": [{"role": "authority", "quote": "Police"}],
                    "claims": [],
                    "context": "m1",
                    "evidence": [{"text": second, "trigger": "detained"}],
                    **empty,
                },
            ],
        }
    )


class CodedFactory(Protocol):
    """Makes the small coded document, with what differs."""

    def __call__(
        self, name: str = "a", text: str = TEXT, *, publisher: str = "Free Radio", url: str | None = None
    ) -> CodedDocument: ...


@pytest.fixture
def make_coded() -> CodedFactory:
    """Two mentions, the second within the first; the text may differ after the second sentence."""
    return _coded


@pytest.fixture
def record_path(tmp_path: Path) -> Path:
    return tmp_path / "test.tocsin"


@pytest.fixture
def record(record_path: Path) -> Iterator[Record]:
    with open_record(record_path) as opened:
        yield opened


_NO_BROWSER = "NO BROWSER: no page was looked at in one; install Chromium (Debian: apt-get install chromium)"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium: the system's, or the one that playwright has downloaded; a loud skip where there is neither."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    # Chromium refuses its sandbox to root, which is who runs tests in most containers.
    arguments = ["--disable-gpu", "--disable-quic", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=arguments)
        except Error as error:
            warnings.warn(f"{_NO_BROWSER}: {error.message.splitlines()[0]}", stacklevel=2)
            pytest.skip(_NO_BROWSER)
        yield browser
        browser.close()
