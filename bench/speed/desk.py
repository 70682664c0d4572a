"""The review desk in a real browser: from key to paint on a long document that is full of spans.

python -m bench.speed.desk
"""

import os
import shutil
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.accuracy.rows import Row
from tocsin.datamodel import Actor, Claim, CodedDocument, DateRange, Document, Evidence, Mention, Place, Span, Speaker

#: Code points and spans of the document; seven spans a mention.
LENGTH, SPANS = 200_000, 3_000
#: Milliseconds: what a hand does not notice, and what an eye waits for.
KEY_TO_PAINT, FIRST_PAINT = 100, 1000
#: Keys that are pressed, in turn: through mentions and fields, judged, undone.
KEYS = ("j", "n", "n", "a", "j", "4", "x", "k", "a", " ", "Backspace", "r")
ROUNDS = 12
SENTENCE = "About {} miners walked out in Salihorsk on Monday to demand higher pay, the union said. "
FILLER = "Nothing else of the kind was told that day, and the town went about its business as it always had. "

#: Notes how long the browser took from each key to the next paint (Event Timing; below 16 ms it says nothing).
WATCH = """() => {
  window.taken = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (one.name === "keydown") window.taken.push(one.duration);
  }).observe({ type: "event", durationThreshold: 16 });
}"""


def measure() -> list[Row]:
    """Return how long a key takes to be seen, and the page to be there."""
    data = f"{LENGTH:,} characters, {SPANS:,} spans"
    with tempfile.TemporaryDirectory() as folder:
        paths = _record(Path(folder) / "desk.tocsin")
        with _page(paths[0]) as (page, base):
            opened = [_open(page, f"{base}/documents/{paths[1]}") for _ in range(5)]
            page.evaluate(WATCH)
            saved = []
            for _ in range(ROUNDS):
                for key in KEYS:
                    begun = time.perf_counter()
                    page.keyboard.press(key)
                    if key in ("a", "x"):
                        page.locator('#desk[data-waiting="0"]').wait_for()
                        saved.append((time.perf_counter() - begun) * 1000)
                    page.wait_for_timeout(40)
            taken = list(page.evaluate("window.taken"))
    # Keys that were shown within 16 ms are not told of.
    taken += [16.0] * max(0, ROUNDS * len(KEYS) - len(taken))
    return [
        Row("desk", data, "ms to first paint of the text, at most", statistics.median(opened), FIRST_PAINT),
        Row("desk", data, "ms from key to paint, 95 of 100, at most", _share(taken, 0.95), KEY_TO_PAINT),
        Row("desk", data, "ms from key to saved, 95 of 100", _share(saved, 0.95), None),
    ]


def _share(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _open(page: Page, address: str) -> float:
    """Open the document; return the milliseconds until its text was painted."""
    page.goto("about:blank")
    page.goto(address)
    page.locator("#desk[data-ready]").wait_for()
    return float(
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))")
    )


@contextmanager
def _page(path: Path) -> Iterator[tuple[Page, str]]:
    """Serve a record and come in with a browser."""
    import uvicorn

    from tocsin.web.app import create_app
    from tocsin.web.desk import Desk, Door

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with socket.socket() as listening, sync_playwright() as playwright:
        listening.bind(("127.0.0.1", 0))
        desk = Desk(path, listening.getsockname()[1], Door())
        server = uvicorn.Server(uvicorn.Config(create_app(desk), log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        base = f"http://127.0.0.1:{desk.port}"
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{base}/enter?token={desk.door.invite('bench')}")
        yield page, base
        browser.close()
        server.should_exit = True
        thread.join()


def _record(path: Path) -> tuple[Path, str]:
    from tocsin.store.record import open_record

    with open_record(path) as record:
        run = record.start_run("bench", "bench")
        record.add(_document(), run=run, coder="bench")
        record.end_run(run)
        return path, record.document_key("long")


def _document() -> CodedDocument:
    count = -(-SPANS // 7)
    wide = LENGTH // count
    parts = []
    for number in range(count):
        told = SENTENCE.format(1000 + number)
        parts.append((told + FILLER * 10)[: wide - 2] + "\n\n")
    text = "".join(parts)
    mentions = tuple(_mention(text, number * wide, number) for number in range(count))
    return CodedDocument(Document("long", text, "A long report", "Free Radio", date(2020, 9, 15)), mentions)


def _mention(text: str, start: int, number: int) -> Mention:
    def span(words: str) -> Span:
        return Span.find(text, words, start)

    sentence = span(SENTENCE.format(1000 + number).strip())
    speakers = (Speaker(span("the union"), "union"),)
    words, size = span(f"About {1000 + number} miners"), 1000 + number
    claim = Claim("participants", size, size, True, None, words, speakers)
    day = DateRange(date(2020, 9, 14), date(2020, 9, 14), "day", "relative")
    place, actor = (
        Place(span("Salihorsk"), "Salihorsk", "BY", "Minsk", 52.8, 27.5),
        Actor("participant", span("miners")),
    )
    told = (Evidence(sentence, span("walked out")),)
    name, demands = f"m{number}", (span("higher pay"),)
    return Mention(
        name, "strike", None, "occurred", "single", day, (place,), (actor,), (claim,), demands, (), None, None, told
    )


if __name__ == "__main__":
    for row in measure():
        print(f"{row.data:36} {row.measure:44} {row.value:8.1f}  {row.target or ''}")
