"""A hundred documents from their files to an export, in a real browser, by the keyboard alone."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.conftest import Served, Watched, entered, serving

from tocsin.pipeline import RunOptions, Settings, run
from tocsin.store.record import open_record

DOCUMENTS = 100
TOWNS = ("Minsk", "Brest", "Gomel", "Vitebsk", "Grodno", "Mogilev", "Gdansk", "Rotterdam", "Leeds", "Turin")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
#: Keys that mending one field may take.
MOST_KEYS = 6


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred small reports, read from their files as `tocsin run --link` does."""
    folder = tmp_path_factory.mktemp("reports")
    for number in range(DOCUMENTS):
        town, day, count = TOWNS[number % 10], DAYS[number % 5], 100 + 7 * number
        words = (
            f"About {count} miners walked out in {town} on {day}, the union said. The company put it at {count // 2}."
        )
        (folder / f"{number:03}.txt").write_text(words, encoding="utf-8")
    path = folder / "test.tocsin"
    with open_record(path) as record:
        summary = run([folder], record, RunOptions(Settings(extractor="rules"), link=True))
        assert summary.documents["new"] == DOCUMENTS
    return path


class Keys:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed: Counter[str] = Counter()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.pressed[key] += 1
            self.page.keyboard.press(key)

    def ready(self) -> None:
        self.page.wait_for_selector("#desk[data-ready]")

    def told(self, words: str) -> None:
        expect(self.page.locator("#toast")).to_contain_text(words)


def _another_page(than: str) -> Callable[[str], bool]:
    return lambda url: url.split("#")[0] != than


def _current(page: Page, css: str) -> str:
    return page.locator(f'.card[aria-current="true"] {css}').first.inner_text()


def _to_field(keys: Keys, label: str) -> int:
    """Go to a field of the mention at hand; return how many keys it took."""
    labels = keys.page.locator('.card[aria-current="true"] .field .label').all_inner_texts()
    keys.press(str(labels.index(label) + 1))
    return 1


def _mend_number(keys: Keys) -> int:
    """Take the company's number in the place of the union's, from what the text offers."""
    used = _to_field(keys, "Took part")
    keys.press("e")
    keys.page.wait_for_selector("#mend [data-pick]")
    keys.press("2")
    keys.page.wait_for_selector('.card[aria-current="true"] .changed')
    return used + 2


def _mend_words(keys: Keys) -> int:
    """Select one word more than the program took for those who took part."""
    used = _to_field(keys, "Took part")
    keys.press("e")
    keys.page.wait_for_selector("#mend")
    keys.press("Shift+ArrowRight", "Enter")
    keys.page.wait_for_selector('.card[aria-current="true"] .changed')
    return used + 3


def _mend_modality(keys: Keys) -> int:
    keys.press("o")
    keys.page.wait_for_selector("dialog[open]")
    keys.press("2")
    keys.page.wait_for_selector('.card[aria-current="true"] .changed')
    return 2


def _mend_day(keys: Keys) -> int:
    used = _to_field(keys, "Days")
    keys.press("e")
    keys.page.wait_for_selector("#mend [data-pick]")
    offered = keys.page.locator("#mend [data-pick]").all_inner_texts()
    keys.press(str(next(n for n, words in enumerate(offered, 1) if "day not given" in words)))
    keys.page.wait_for_selector('.card[aria-current="true"] .changed')
    return used + 2


MENDS = {7: _mend_number, 17: _mend_words, 27: _mend_modality, 37: _mend_day}


def test_a_hundred_documents_by_keyboard_alone(browser: Browser, ingested: Path, tmp_path: Path) -> None:
    with open_record(ingested) as record:
        mentions = record.sizes().mentions
        assert len(record.queue(limit=200).items) >= DOCUMENTS
    with serving(ingested) as served:
        context, watched = entered(browser, served)
        page, keys = watched.page, Keys(watched.page)
        keys.press("Enter")  # the first of the queue
        rejected, seen = 0, []
        for number in range(DOCUMENTS):
            keys.ready()
            seen.append(page.url.split("#")[0])
            if mend := MENDS.get(number):
                assert mend(keys) <= MOST_KEYS
            for card in range(page.locator(".card").count()):
                before = sum(keys.pressed.values())
                kind = "x" if number % 10 == 3 and card == 0 else "a"
                keys.press(kind)
                rejected += kind == "x"
                assert sum(keys.pressed.values()) - before == 1
            keys.press("d")
            # The words of a card are named in the address too, so that not every new address is another page.
            page.wait_for_url(_another_page(seen[-1]))
        assert len(set(seen)) == DOCUMENTS
        page.wait_for_url(served.base + "/**")
        with open_record(ingested) as record:
            assert len(record.judgements()) == mentions
            assert record.queue(kind="document").documents == 0
        rows = _export(keys, tmp_path)
        assert watched.faults == []
        context.close()
    with open_record(ingested) as record:
        assert Counter(record.judgements().values()) == {"accept": mentions - rejected, "reject": rejected}
    assert len(rows) == mentions
    assert sum(row["decision"] == "reject" for row in rows) == rejected
    assert sum(row["modality"] == "ongoing" for row in rows) >= 1


def _export(keys: Keys, folder: Path) -> list[dict[str, str]]:
    """Go to the page of exports, choose the mentions and take the file."""
    page = keys.page
    focused = page.locator(":focus")
    while focused.count() == 0 or focused.inner_text() != "Export":
        keys.press("Tab")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("select[name=form]")).to_be_focused()
    keys.press("Tab", "m", "Tab")
    expect(page.locator("select[name=table]")).to_have_value("mentions")
    with page.expect_download() as download:
        keys.press("Enter")
    path = folder / "mentions.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_undo_leads_back_across_documents_and_redo_forth(watched: Watched, desk: Served) -> None:
    page, keys = watched.page, Keys(watched.page)
    with open_record(desk.desk.path) as record:
        first, second = (record.document_key(name) for name in ("a", "b"))
    watched.open(f"/documents/{first}")
    keys.ready()
    keys.press("a")
    page.wait_for_selector(".card.accepted")
    watched.open(f"/documents/{second}")
    keys.ready()
    keys.press("x")
    page.wait_for_selector(".card.rejected")
    keys.press("Backspace")
    keys.told("Undone: rejected")
    expect(page.locator(".card.rejected")).to_have_count(0)
    with page.expect_navigation():
        keys.press("Backspace")
    keys.ready()
    assert first in page.url
    expect(page.locator(".card.accepted")).to_have_count(0)
    keys.press("Backspace")
    keys.told("Nothing to undo")
    keys.press("r")
    keys.told("Redone: accepted")
    page.wait_for_selector(".card.accepted")
    with page.expect_navigation():
        keys.press("r")
    keys.ready()
    assert second in page.url
    expect(page.locator(".card.rejected")).to_have_count(1)


def test_another_reviewer_was_faster_and_nothing_is_lost(watched: Watched, desk: Served) -> None:
    page, keys = watched.page, Keys(watched.page)
    with open_record(desk.desk.path) as record:
        key = record.document_key("a")
        watched.open(f"/documents/{key}")
        keys.ready()
        mention = record.state(key).mentions[0].mention.id
        record.decide("reject", mention, reviewer="Ben", reason="no such thing")
        keys.press("a")
        keys.told("Ben")
        page.wait_for_selector(f"#{mention}.rejected")
        assert record.judgements()[mention] == "reject"
    watched.faults[:] = [one for one in watched.faults if "409" not in one]


def test_fields_are_added_dropped_split_and_merged(watched: Watched, desk: Served) -> None:
    page, keys = watched.page, Keys(watched.page)
    with open_record(desk.desk.path) as record:
        key = record.document_key("a")
    watched.open(f"/documents/{key}")
    keys.ready()
    strike = page.locator(".card").first.get_attribute("id") or ""
    page.evaluate("import('/static/script/document.js').then(({pane}) => pane.choose(6, 16))")
    keys.press("i")
    page.wait_for_selector("dialog[open]")
    keys.press("3")  # an actor
    page.wait_for_selector("#mend")
    keys.press("Enter")
    expect(page.locator('.card[aria-current="true"] .quote.actor')).to_have_count(2)
    assert "400 miners" in _current(page, ".fields")
    _to_field(keys, "Place")
    keys.press("Delete")
    expect(page.locator('.card[aria-current="true"] .quote.place')).to_have_count(0)
    keys.press("s")
    page.wait_for_selector("dialog[open]")
    keys.press("1")
    page.wait_for_selector("dialog[open] .options button:nth-child(20)")
    keys.press("1")
    expect(page.locator(".card")).to_have_count(3)
    keys.press("m")
    page.wait_for_selector("dialog[open]")
    keys.press("1")
    expect(page.locator(".card")).to_have_count(2)
    for _ in range(4):
        keys.press("Backspace")
        keys.told("Undone")
        page.wait_for_timeout(100)
    with open_record(desk.desk.path) as record:
        state = next(one for one in record.state(key).mentions if one.mention.id == strike)
        assert state.proposed == state.mention
