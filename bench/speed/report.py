"""How long a report takes to write and to open: 2,000 events.

python -m bench.speed.report
"""

import shutil
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

from playwright.sync_api import sync_playwright

from bench.accuracy.rows import Row
from tocsin.codebook import load_codebook
from tocsin.datamodel import CodedDocument, DateRange, Document, Event, Evidence, Figure, Mention, Place, Span
from tocsin.report import render_report

EVENTS, REPORTS_EACH = 2_000, 2
#: Seconds from asking for the file to a drawn page, and milliseconds from a key in the search to the next frame.
OPENED, TYPED = 1.0, 100.0
FIRST, DAYS = date(2020, 8, 1), 365
TYPES = ("demonstration", "strike", "detention", "killing", "sentence", "force", "restriction", "release")


def measure() -> list[Row]:
    """Return seconds to write and open the report, and milliseconds that its search takes."""
    documents, events = _record(Random(0))
    begun = time.perf_counter()
    page = render_report(documents, load_codebook().vocabulary, events=events)
    written = time.perf_counter() - begun
    opened, typed = _in_browser(page)
    data = f"{EVENTS:,} events, {len(page) / 1e6:.1f} MB"
    return [
        Row("report", data, "seconds to write, at most", written, None),
        Row("report", data, "seconds to open, at most", opened, OPENED),
        Row("report", data, "ms from key to frame, at most", typed, TYPED),
    ]


def _record(random: Random) -> tuple[list[CodedDocument], list[Event]]:
    documents, events = [], []
    for number in range(EVENTS):
        day = FIRST + timedelta(days=random.randrange(DAYS))
        kind = random.choice(TYPES)
        town = random.randrange(60)
        place = Place(None, f"Town {town}", "BY", None, 51.5 + town % 8 * 0.6, 24.0 + town // 8 * 1.1, None)
        held = [_document(f"d{number}-{n}", day, kind, place, random) for n in range(REPORTS_EACH)]
        low = int(10 ** random.uniform(0, 5))
        figure = Figure(
            "participants" if kind in ("demonstration", "strike") else "affected",
            None, low, low * 2, None if random.random() < 0.2 else low * random.randint(2, 5), 2, "median of voices",
        )  # fmt: skip
        names = tuple(one.mentions[0].id for one in held)
        days = held[0].mentions[0].date
        events.append(Event(f"e{number}", kind, "single", "occurred", days, (place,), names, (), None, (figure,)))
        documents += held
    return documents, events


def _document(name: str, day: date, kind: str, place: Place, random: Random) -> CodedDocument:
    sentence = f"People came together in {place.name} on the {day.day}th, witnesses said."
    text = " ".join([sentence, *[f"Sentence {n} of the report tells of other things." for n in range(8)]])
    evidence = Evidence(Span.find(text, sentence), Span.find(text, "came together"))
    days = DateRange(day, day, "day", "stated")
    mention = Mention(name, kind, None, "occurred", "single", days, (place,), (), (), (), (), None, None, (evidence,))
    publisher = f"Publisher {random.randrange(30)}"
    return CodedDocument(Document(name, text, publisher=publisher, title=name, published=day), (mention,))


def _in_browser(page: str) -> tuple[float, float]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "report.html"
        file.write_text(page, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        opened = []
        for _ in range(5):
            tab = browser.new_page(viewport={"width": 1280, "height": 900})
            begun = time.perf_counter()
            tab.goto(file.as_uri(), wait_until="load")
            tab.wait_for_selector("#timeline .mark")
            tab.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            opened.append(time.perf_counter() - begun)
            if len(opened) < 5:
                tab.close()
        typed = tab.evaluate(
            """async () => {
              const find = document.getElementById("find");
              find.scrollIntoView();  // who types there sees it, and not the charts
              await new Promise((done) => setTimeout(done, 500));
              const took = [];
              for (const words of ["t", "to", "tow", "town", "town 1", "town 12"]) {
                const begun = performance.now();
                find.value = words;
                find.dispatchEvent(new Event("input"));
                await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                took.push(performance.now() - begun);
              }
              return took.sort((a, b) => a - b)[took.length - 1];
            }"""
        )
        browser.close()
    return sorted(opened)[2], float(typed)


if __name__ == "__main__":
    for row in measure():
        print(f"{row.measure:40} {row.value:9.2f}  {row.data}")
