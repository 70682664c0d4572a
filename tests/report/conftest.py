"""What the tests of the report share: the packaged types, a browser, and documents made from a few words."""

import os
import shutil
import warnings
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tocsin.codebook.tables import Faults, read_table
from tocsin.codebook.types import Vocabulary, parse_types

_NO_BROWSER = "NO BROWSER: the report was not looked at in one; install Chromium (Debian: apt-get install chromium)"


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The packaged types."""
    return parse_types(read_table("types", None, Faults()))


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
