"""Every page by the rules of WCAG (axe): nothing serious or critical, in light and in dark, at desk and phone width."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.conftest import CodedFactory
from tests.web.conftest import DESK, PHONE, Served, Watched, entered, fill, serving

from tocsin.pipeline import link_record
from tocsin.store.record import open_record

PAGES = (
    "/",
    "/documents",
    "/documents/{document}",
    "/events",
    "/events/{event}",
    "/mentions",
    "/claims",
    "/pairs/{one}/{other}",
    "/history",
    "/opinions",
    "/opinions/{apart}",
    "/keys",
    "/export",
    "/nowhere",
)
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    return {}


@pytest.fixture
def looked_at(record_path: Path, make_coded: CodedFactory, names: dict[str, str]) -> Iterator[Served]:
    with open_record(record_path) as record:
        fill(record, make_coded("a"), make_coded("b", publisher="Northgate Wire"))
        link_record(record)
        one, other = (coded.mentions[0].id for coded in record.coded())
        record.decide("accept", one, reviewer="Ana", reason="as told")
        record.decide("reject", other, reviewer="Ben")
        record.blind("b", ["Ben", "Cleo"], reviewer="Ana")
        for hand in ("Ben", "Cleo"):
            record.finish("b", reviewer=hand)
        names |= {
            "apart": record.document_key("b"),
            "document": record.document_key("a"),
            "event": next(iter(record.events())),
            "one": one,
            "other": other,
        }
    with serving(record_path) as served:
        yield served


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{page.url} {one['id']} ({one['impact']}): {node['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(("size", "dark"), [(DESK, False), (DESK, True), (PHONE, True)], ids=["light", "dark", "phone"])
def test_no_page_shuts_anyone_out(
    browser: Browser, looked_at: Served, names: dict[str, str], size: tuple[int, int], dark: bool
) -> None:
    context, watched = entered(browser, looked_at, size=size, dark=dark)
    found = []
    for path in PAGES:
        page = watched.open(path.format(**names))
        if "/documents/" in page.url:
            page.wait_for_selector("#desk[data-ready]")
            page.keyboard.press("5")
            page.keyboard.press("e")
            page.wait_for_selector("#mend")
            found += faults(page)
            page.keyboard.press("Escape")
            page.keyboard.press("t")
            page.wait_for_selector("dialog[open]")
        found += faults(page)
    context.close()
    assert found == []
    assert [one for one in watched.faults if "404" not in one] == []


def test_a_page_is_as_wide_as_a_phone(browser: Browser, looked_at: Served, names: dict[str, str]) -> None:
    context, watched = entered(browser, looked_at, size=PHONE)
    for path in PAGES:
        page = watched.open(path.format(**names))
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], path
    context.close()


def test_keys_can_be_changed_and_are_shown(watched: Watched) -> None:
    page = watched.open("/keys")
    page.get_by_label("Key for Accept").focus()
    page.keyboard.press("y")
    expect(page.locator("[data-for=accept]")).to_have_value("y")
    page.get_by_label("Key for Reject").focus()
    page.keyboard.press("y")
    expect(page.locator("#toast")).to_contain_text("does something else")
    page.get_by_role("button", name="The usual keys").click()
    expect(page.locator("[data-for=accept]")).to_have_value("a")
