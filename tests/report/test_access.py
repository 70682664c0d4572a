"""Nobody is shut out of a report: nothing serious or critical by axe, at desk and phone width, light and dark."""

from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bench.demo import expected_documents
from playwright.sync_api import Browser
from tests.report.told import event_of, people, told

from tocsin.codebook.types import Vocabulary
from tocsin.datamodel.headline import Headline, PolicySum
from tocsin.report import render_report

SUM = Headline("demonstration", "participants", None, "median", 3, (PolicySum("median", 10, 50, None, 2),), ())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 900), (390, 780)], ids=["desk", "phone"])
def test_nothing_serious(
    browser: Browser, vocabulary: Vocabulary, tmp_path: Path, size: tuple[int, int], scheme: str
) -> None:
    documents = [told(name, date(2020, 8, day)) for name, day in (("Minsk", 16), ("Brest", 18))]
    events = [event_of(one, figure=people(10, 50, None)) for one in documents]
    file = tmp_path / "report.html"
    source = render_report([*documents, *expected_documents()], vocabulary, events=events, headlines=[SUM])
    file.write_text(source, encoding="utf-8")
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,  # the checker is a script of its own, which the page's policy rightly keeps out
    )
    page = context.new_page()
    page.goto(file.as_uri())
    for summary in page.locator("summary").all():
        summary.click()
    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"][:4]]) for one in grave] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    context.close()
