"""The text pane: what the page selects is what the record holds, to the code point, in any script."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.web.conftest import Watched, entered, fill, serving
from tests.web.texts import document_of, mixed_text

from tocsin.datamodel import Span
from tocsin.store.record import open_record

SELECTIONS = 20_000
TEXT = mixed_text(24_000)
NO_HIGHLIGHTS = "delete window.Highlight; Object.defineProperty(CSS, 'highlights', {value: undefined});"

#: Sets each selection by hand on the page's text nodes, counting code points by itself, and asks the page what it is.
SELECT = """
async ([first, count]) => {
  const { pane } = await import("/static/script/document.js");
  const root = document.getElementById("text");
  const nodes = [], starts = [];
  let at = 0;
  for (const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT); walk.nextNode(); ) {
    nodes.push(walk.currentNode);
    starts.push(at);
    at += walk.currentNode.data.length;
  }
  const units = [];
  let unit = 0;
  for (const letter of root.textContent) { units.push(unit); unit += letter.length; }
  units.push(unit);
  const place = (point) => {
    let n = starts.length - 1;
    while (starts[n] > units[point]) n--;
    return [nodes[n], units[point] - starts[n]];
  };
  let state = first;
  const random = (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const found = [];
  for (let i = 0; i < count; i++) {
    const start = random(units.length - 1);
    const end = Math.min(units.length - 1, start + 1 + (i % 10 ? random(40) : random(3000)));
    const [from, to] = [place(start), place(end)];
    if (i % 2) getSelection().setBaseAndExtent(...from, ...to);
    else getSelection().setBaseAndExtent(...to, ...from);
    const chosen = pane.chosen();
    found.push([start, end, chosen.start, chosen.end, chosen.quote]);
  }
  return found;
}
"""


@contextmanager
def opened(browser: Browser, path: Path, text: str, *, script: str = "", mentions: int = 40) -> Iterator[Watched]:
    with open_record(path) as record:
        fill(record, document_of(text, mentions=mentions))
        key = record.document_key("mixed")
    with serving(path) as served:
        context, watched = entered(browser, served, script=script)
        watched.open(f"/documents/{key}")
        watched.page.wait_for_selector("#desk[data-ready]")
        yield watched
        context.close()
        assert watched.faults == []


def text_shown(page: Page) -> Any:
    return page.evaluate("document.getElementById('text').textContent")


@pytest.mark.parametrize("script", ["", NO_HIGHLIGHTS], ids=["highlights", "marks"])
def test_every_selection_is_what_the_record_holds(browser: Browser, record_path: Path, script: str) -> None:
    with opened(browser, record_path, TEXT, script=script) as watched:
        assert text_shown(watched.page) == TEXT
        assert bool(watched.page.locator("#text mark").count()) == bool(script)
        count = 0
        for first in range(1, SELECTIONS // 2000 // 2 + 1):
            for start, end, *found, quote in watched.page.evaluate(SELECT, [first, 2000]):
                assert found == [start, end]
                assert Span.of(TEXT, start, end, quote).quote == quote
                count += 1
        assert count == SELECTIONS // 2


def test_half_a_character_counts_as_all_of_it(browser: Browser, record_path: Path) -> None:
    text = "a😀b " + mixed_text(300)
    with opened(browser, record_path, text, mentions=1) as watched:
        found = watched.page.evaluate(
            """async () => {
              const { pane } = await import("/static/script/document.js");
              const node = document.querySelector("#text .block").firstChild;
              return [[1, 2], [2, 3], [2, 4]].map(([start, end]) => {
                getSelection().setBaseAndExtent(node, start, node, end);
                return pane.chosen();
              });
            }"""
        )
        assert [(one["start"], one["end"], one["quote"]) for one in found] == [
            (1, 2, "😀"),
            (1, 2, "😀"),
            (1, 3, "😀b"),
        ]


@pytest.mark.parametrize("script", ["", NO_HIGHLIGHTS], ids=["highlights", "marks"])
def test_marks_stand_on_the_words_of_the_record(browser: Browser, record_path: Path, script: str) -> None:
    with opened(browser, record_path, TEXT, script=script, mentions=7) as watched:
        page = watched.page
        shown = page.evaluate(
            """() => {
              const found = {};
              if (CSS.highlights) for (const [name, one] of CSS.highlights) {
                found[name] = [...one].map((mark) => {
                  const range = document.createRange();
                  range.setStart(mark.startContainer, mark.startOffset);
                  range.setEnd(mark.endContainer, mark.endOffset);
                  return range.toString();
                });
              }
              else for (const mark of document.querySelectorAll("#text mark"))
                for (const name of mark.classList) (found[name] ??= []).push(mark.textContent);
              return found;
            }"""
        )
        coded = document_of(TEXT, mentions=7).mentions
        joined = (lambda words: "".join(words)) if script else (lambda words: words)
        assert joined(shown["all-place"]) == joined([one.places[0].span.quote for one in coded if one.places[0].span])
        assert joined(shown["all-number"]) == joined([one.claims[0].span.quote for one in coded])
        assert "".join(shown["now-sentence"]) == coded[0].evidence[0].sentence.quote


def test_words_are_chosen_by_arrow_keys_in_the_direction_of_their_script(browser: Browser, record_path: Path) -> None:
    text = "one two three four\n" + "עברית שבתו בחיפה היום\n" + mixed_text(200)
    with opened(browser, record_path, text, mentions=1) as watched:
        page = watched.page

        def chosen() -> str:
            return str(page.evaluate("getSelection().toString()"))

        page.evaluate("import('/static/script/document.js').then(({pane}) => pane.choose(0, 3))")
        page.locator("#pane").focus()
        page.keyboard.press("ArrowRight")
        assert chosen() == "two"
        page.keyboard.press("Shift+ArrowRight")
        assert chosen() == "two three"
        page.keyboard.press("Alt+ArrowLeft")
        assert chosen() == "one two three"
        page.keyboard.press("Shift+ArrowLeft")
        assert chosen() == "one two"
        page.evaluate("import('/static/script/document.js').then(({pane}) => pane.choose(19, 24))")
        page.keyboard.press("ArrowLeft")
        assert chosen() == "שבתו"
        page.keyboard.press("Shift+ArrowLeft")
        assert chosen() == "שבתו בחיפה"
