"""The report in a real browser: a figure opens its words, by mouse and keyboard; nothing that came with a text runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from bench.demo import expected_documents
from playwright.sync_api import Browser, Locator, Request, expect
from playwright.sync_api import Page as BrowserPage
from tests.report.hostile import PAYLOADS, hostile_documents
from tests.report.told import event_of, people, told

from tocsin.codebook.types import Vocabulary
from tocsin.datamodel import Claim, CodedDocument, Document, Evidence, Span
from tocsin.report import render_report

EXPECTED = list(expected_documents())
DESK, PHONE = (1280, 900), (360, 740)


@dataclass
class Watched:
    """A page, and what it did that it should not have done."""

    page: BrowserPage
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.expose_function("fired", lambda: self.faults.append("a text ran"))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("console", lambda message: self.faults.append(f"console: {message.text}"))
        self.page.on("dialog", lambda dialog: self.faults.append("dialog"))
        self.page.on("popup", lambda popup: self.faults.append("popup"))

    def load(self, path: Path) -> None:
        def check(request: Request) -> None:
            # A picture that the page made of itself has an address that begins with "blob" and leaves it never.
            own = request.url.startswith("blob:null/")
            if request.url.split("#")[0] not in (path.as_uri(), "about:blank") and not own:
                self.faults.append(f"request: {request.url}")

        self.page.on("request", check)
        self.page.goto(path.as_uri())


@contextmanager
def opened(
    browser: Browser, source: str, folder: Path, *, size: tuple[int, int] = DESK, scheme: str = "light"
) -> Iterator[Watched]:
    path = folder / "report.html"
    path.write_text(source, encoding="utf-8")
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if scheme == "dark" else "light"
    )
    watched = Watched(context.new_page())
    watched.load(path)
    yield watched
    context.close()
    assert watched.faults == []


def wait_for_text(locator: Locator) -> str:
    expect(locator).to_be_visible()
    return locator.text_content() or ""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_figure_opens_its_quote_its_speaker_and_its_sentence(
    browser: Browser, vocabulary: Vocabulary, tmp_path: Path, size: tuple[int, int]
) -> None:
    with opened(browser, render_report(EXPECTED, vocabulary), tmp_path, size=size) as watched:
        page = watched.page
        page.locator(".mentions .figure", has_text="633").click()
        pane = page.locator("#pane")
        assert wait_for_text(pane.locator("mark.quote")) == "633 people"
        assert pane.locator("mark.speaker").all_text_contents() == ["the interior ministry"]
        assert "said by the interior ministry" in wait_for_text(pane.locator(".claims"))
        assert "".join(pane.locator("mark.evidence").all_text_contents()).startswith("Independent observers put")
        text = next(one.document.text for one in EXPECTED if one.document.publisher == "Continental Post")
        assert pane.locator(".body").text_content() == text
        expect(pane.locator("mark.quote")).to_be_in_viewport()


def test_the_keyboard_alone_opens_walks_and_closes(browser: Browser, vocabulary: Vocabulary, tmp_path: Path) -> None:
    with opened(browser, render_report(EXPECTED, vocabulary), tmp_path) as watched:
        page = watched.page
        figure = page.locator(".mentions .figure", has_text="633")
        figure.focus()
        page.keyboard.press("Enter")
        assert wait_for_text(page.locator("#pane mark.quote")) == "633 people"
        page.keyboard.press("Escape")
        expect(page.locator("#pane")).not_to_be_visible()
        expect(figure).to_be_focused()
        for chart in ("#timeline", "#map"):
            assert page.locator(f"{chart} .mark[tabindex='0']").count() == 1
            page.locator(f"{chart} .mark[tabindex='0']").focus()
            page.keyboard.press("ArrowRight")
            name = page.evaluate("document.activeElement.getAttribute('aria-label')")
            page.keyboard.press("Enter")
            assert name.startswith(wait_for_text(page.locator("#pane-h")).split(",")[0])
            page.keyboard.press("Escape")


def test_nothing_that_came_with_a_text_runs(browser: Browser, vocabulary: Vocabulary, tmp_path: Path) -> None:
    source = render_report(hostile_documents(), vocabulary, title="".join(PAYLOADS), note="".join(PAYLOADS))
    with opened(browser, source, tmp_path) as watched:
        page = watched.page
        for number in range(len(PAYLOADS)):
            page.locator(f".mentions .figure[data-m='{number}']").first.click()
            expect(page.locator("#pane .body mark.quote").first).to_be_visible()
            page.locator("#close").click()
            page.locator(f".text[data-d='{number}']").click()
            # A null byte and half a surrogate pair are the only code points that cannot reach a page.
            shown = page.locator("#pane .body").text_content()
            texts = [one.document.text.replace("\ud800", "\ufffd") for one in hostile_documents()]
            assert shown in texts
            page.locator("#close").click()
        assert page.title().startswith("<script>fired()</script>")
        assert page.locator("img, iframe, link, base").count() == 0
        for mark in page.locator("#timeline .mark, #map .mark").all():
            mark.hover(force=True)
        page.locator("#find").fill(PAYLOADS[3])
        page.wait_for_timeout(200)


def test_an_inline_script_smuggled_in_would_not_run(browser: Browser, vocabulary: Vocabulary, tmp_path: Path) -> None:
    source = render_report(EXPECTED, vocabulary).replace("</main>", "<script>document.title='ran'</script></main>")
    path = tmp_path / "smuggled.html"
    path.write_text(source, encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    expect(page.locator("#timeline .mark").first).to_be_attached()
    assert page.title() != "ran"
    page.close()


def test_quotes_after_characters_of_two_units_are_marked_exactly(
    browser: Browser, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    text = "😀😀 Riot police 🚓 held 30 people 😀 in Minsk."
    base = EXPECTED[0].mentions[2]
    claim = Claim("affected", 30, 30, False, None, Span.find(text, "30 people"))
    mention = replace(
        base,
        claims=(claim,),
        evidence=(Evidence(Span.find(text, text), Span.find(text, "held")),),
        demands=(),
        actors=(),
    )
    source = render_report([CodedDocument(Document("wide", text), (mention,))], vocabulary)
    with opened(browser, source, tmp_path) as watched:
        watched.page.locator(".mentions .figure").click()
        assert wait_for_text(watched.page.locator("#pane mark.quote")) == "30 people"
        assert watched.page.locator("#pane mark.trigger").text_content() == "held"


def test_a_place_a_category_and_words_narrow_the_list_and_it_says_so(
    browser: Browser, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    with opened(browser, render_report(EXPECTED, vocabulary), tmp_path) as watched:
        page = watched.page
        page.locator("#map .town", has_text="Soligorsk").click()
        expect(page.locator("#shown")).to_have_text("7 of 63 mentions in Soligorsk")
        assert page.locator("[data-row]:visible").count() == 7
        page.locator("[data-filter='1']").click()
        expect(page.locator("#shown")).to_have_text("5 of 63 mentions in Soligorsk")
        assert page.locator("#timeline .mark").count() == 2, "of five, three have no day and are counted in words"
        page.locator("#clear").click()
        expect(page.locator("#shown")).to_have_text("63 mentions")
        page.locator("#find").fill("tear gas on the moon")
        expect(page.locator("#shown")).to_have_text("0 of 63 mentions")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_is_wider_than_the_screen(
    browser: Browser, vocabulary: Vocabulary, tmp_path: Path, size: tuple[int, int]
) -> None:
    with opened(browser, render_report(EXPECTED, vocabulary), tmp_path, size=size) as watched:
        expect(watched.page.locator("#timeline .mark").first).to_be_attached()
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_dark_follows_the_system_and_the_button(browser: Browser, vocabulary: Vocabulary, tmp_path: Path) -> None:
    with opened(browser, render_report(EXPECTED, vocabulary), tmp_path, scheme="dark") as watched:
        page = watched.page
        paper = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(paper) == "rgb(19, 21, 24)"
        page.locator("#theme").click()
        assert page.evaluate(paper) == "rgb(255, 255, 255)"


def test_the_address_of_a_figure_opens_it(browser: Browser, vocabulary: Vocabulary, tmp_path: Path) -> None:
    with opened(browser, render_report(EXPECTED, vocabulary), tmp_path) as watched:
        page = watched.page
        page.locator(".mentions .figure", has_text="633").click()
        expect(page.locator("#pane mark.quote")).to_be_visible()
        address = page.url
        page.goto("about:blank")
        page.goto(address)
        assert wait_for_text(page.locator("#pane mark.quote")) == "633 people"


def test_paper_is_white_whatever_the_screen_and_every_mention_is_on_it(
    browser: Browser, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    with opened(browser, render_report(EXPECTED, vocabulary), tmp_path, scheme="dark") as watched:
        page = watched.page
        page.locator("#theme").click()
        page.locator("#theme").click()
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.locator("[data-row]:visible").count() == 63
        expect(page.locator("#find")).not_to_be_visible()


def test_every_chart_can_be_saved_as_a_drawing_and_as_a_picture(
    browser: Browser, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    documents = [told(name, date(2020, 8, day)) for name, day in (("<b>Minsk</b>", 16), ("Brest", 18))]
    events = [event_of(one, figure=people(10, 50, 100)) for one in documents]
    source = render_report([*documents, *EXPECTED], vocabulary, events=events)
    with opened(browser, source, tmp_path) as watched:
        charts = watched.page.locator("[data-chart]")
        assert charts.count() == 4
        for chart in charts.all():
            for number, opening in enumerate((b"<svg", b"\x89PNG")):
                with watched.page.expect_download() as saved:
                    chart.locator(".save button").nth(number).click()
                assert saved.value.path().read_bytes().startswith(opening)
            assert saved.value.suggested_filename.endswith(".png")


def test_a_bar_of_the_small_multiples_opens_its_words(browser: Browser, vocabulary: Vocabulary, tmp_path: Path) -> None:
    documents = [told(name, date(2020, 8, day)) for name, day in (("Minsk", 16), ("Brest", 18))]
    events = [event_of(one, figure=people(10, 50, 100)) for one in documents]
    with opened(browser, render_report(documents, vocabulary, events=events), tmp_path) as watched:
        watched.page.locator(".range-chart .mark").nth(1).click()
        expect(watched.page.locator("#pane .body")).to_have_text("People marched in Brest.")
        watched.page.locator("#close").click()
        watched.page.locator(".panel summary").click()
        watched.page.locator(".panel .table .text").first.click()
        expect(watched.page.locator("#pane .body")).to_have_text("People marched in Minsk.")


def test_an_event_none_of_whose_mentions_is_wanted_goes_with_them(
    browser: Browser, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    documents = [told("Minsk", date(2020, 8, 16)), told("Minsk again", date(2020, 8, 16))]
    events = [event_of(*documents, figure=people(10, 50, 100))]
    with opened(browser, render_report(documents, vocabulary, events=events), tmp_path) as watched:
        expect(watched.page.locator(".event")).to_be_visible()
        watched.page.locator("#find").fill("Vitebsk")
        expect(watched.page.locator(".event")).to_be_hidden()
