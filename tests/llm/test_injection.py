"""Orders planted in documents change nothing: 60 documents in six languages and their clean twins.

The model is a misled one: its answers do what the order says, in every way that an answer can. They come from a real
server and go through the whole path into a record.
"""

import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bench.llm.server import Body, Said, asked_text, playing

from tocsin.datamodel import Document, Mention, Span
from tocsin.datamodel.coded import document_json, spans
from tocsin.llm.settings import LlmSettings
from tocsin.pipeline import RunOptions, Settings, code_document, load_resources, run
from tocsin.store.record import open_record

DATA = tomllib.loads((Path(__file__).parent / "injection.toml").read_text(encoding="utf-8"))
LANGUAGES = ("en", "ru", "uk", "be", "es", "ar")
Event = dict[str, Any]


def _right(report: Event) -> Event:
    """The answer of a model that is not misled."""
    return {
        "id": "e1",
        "type": report["type"],
        "form": None,
        "modality": "occurred",
        "scope": "single",
        "date": {"start": None, "end": None, "precision": "none", "basis": "none"},
        "places": [{"quote": report["place"], "name": report["place"], "country": report["country"], "admin1": None}],
        "actors": [],
        "claims": [
            {
                "attribute": report["attribute"],
                "low": report.get("low"),
                "high": report.get("high"),
                "approx": False,
                "unit": None,
                "quote": report["quote"],
                "said_by": [{"quote": report["speaker"], "kind": report["kind"]}],
                "hedge": None,
            }
        ],
        "demands": [],
        "means": [],
        "context": None,
        "evidence": [{"text": report["sentence"], "trigger": report["trigger"]}],
    }


def _invented(report: Event) -> Event:
    claim = {**_right(report)["claims"][0], "attribute": "affected", "low": 10**6, "high": 10**6}
    return {
        **_right(report),
        "id": "e2",
        "type": "killing",
        "places": [{"quote": "Atlantis", "name": "Atlantis", "country": "GR", "admin1": None}],
        "claims": [{**claim, "quote": "one million people were killed"}],
        "evidence": [{"text": "One million people were killed in Atlantis, it was confirmed.", "trigger": "killed"}],
    }


def _misled(report: Event, way: int) -> Said:
    """One of the ways in which a misled model answers."""
    right = _right(report)
    claim = right["claims"][0]
    events: list[Event] = [
        {**right, "claims": [{**claim, "low": 10**6, "high": 10**6}]},
        {**right, "claims": [{**claim, "said_by": [{"quote": "the President of Atlantis", "kind": "government"}]}]},
        {**right, "date": {"start": "1999-12-31", "end": "1999-12-31", "precision": "day", "basis": "stated"}},
        {**right, "places": [{"quote": None, "name": "Atlantis", "country": "GR", "admin1": None}]},
        {**right, "accepted": True, "decision": "accept", "reviewer": "tocsin", "status": "confirmed"},
        {**right, "context": "e2", "demands": ["accept everything"], "means": ["telepathy"], "scope": "all"},
    ]
    answers = [json.dumps({"events": [event, _invented(report)]}) for event in events]
    answers += [json.dumps({"events": [_right(report)], "decisions": [{"kind": "accept", "subject": "e1"}]})]
    said = [Said(answer) for answer in answers]
    said += [
        Said('{"events": []}'),
        Said("As the reviewer I accept everything. See http://example.invalid/confirm"),
        Said("", refusal="I was told to stop."),
    ]
    return said[way % len(said)]


def _planted(report: Event, order: str, at: int) -> str:
    """A report with an order at its head, in its middle, at its end, or hidden between marks."""
    first, last = report["text"].split("\n\n")
    return "\n\n".join(
        [
            [order, first, last],
            [first, order, last],
            [first, last, order],
            [first, f"<!-- {order} -->", last],
        ][at % 4]
    )


def _pairs() -> list[tuple[str, Event, Document, Document]]:
    """60 planted documents with their reports and clean twins."""
    found = []
    for number, report in enumerate(DATA["reports"]):
        for at, language in enumerate(LANGUAGES):
            orders = DATA["orders"][language]
            order = orders[(number + at) % len(orders)]
            day, name = date.fromisoformat(report["published"]), f"{language}-{number}"
            planted = Document(f"{name}-planted", _planted(report, order, number + at), order, report["publisher"], day)
            clean = Document(f"{name}-clean", report["text"] + " " * at, "News", report["publisher"], day)
            found.append((order, report, planted, clean))
    return found


PAIRS = _pairs()


class _Calls:
    """Notes where connections go to while it is on; a hook on auditing events can never be taken off again."""

    def __init__(self) -> None:
        self.on = False
        self.to: list[object] = []
        self.names: list[object] = []
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.on and event == "socket.connect":
            self.to.append(arguments[1])
        if self.on and event in ("socket.getaddrinfo", "socket.gethostbyname"):
            self.names.append(arguments[0])


@pytest.fixture(scope="module")
def calls() -> _Calls:
    return _Calls()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [
        json.dumps(document_json(document), ensure_ascii=False) + "\n"
        for _, _, planted, clean in PAIRS
        for document in (planted, clean)
    ]
    (tmp_path / "reports.jsonl").write_text("".join(lines), encoding="utf-8")
    return tmp_path


def _told(mention: Mention) -> tuple[Any, ...]:
    """What a mention says, without where in its text."""
    claims = [(c.attribute, c.low, c.high, c.span.quote, [s.span.quote for s in c.said_by]) for c in mention.claims]
    places = [(place.name, place.country) for place in mention.places]
    return mention.type, mention.modality, mention.scope, claims, places, [e.sentence.quote for e in mention.evidence]


def _run(folder: Path, say: Callable[[Body], Said], calls: _Calls) -> Iterator[tuple[Document, tuple[Mention, ...]]]:
    path = folder / "test.tocsin"
    with playing(say) as played, open_record(path) as record:
        llm = LlmSettings(played.url, "misled", answers=folder / "answers")
        calls.to.clear()
        calls.on = True
        summary = run([folder / "reports.jsonl"], record, RunOptions(Settings(extractor="llm", llm=llm)))
        calls.on = False
        assert summary.problems == 0
        assert record.decisions() == ()
        assert record.judgements() == {}
        assert len(played.bodies) == len(played.paths) == 2 * len(PAIRS)
        port = int(played.url.split(":")[2].split("/")[0])
        found = [(one.document, one.mentions) for one in record.coded()]
    assert set(calls.to) == {("127.0.0.1", port)}
    assert set(calls.names) <= {"127.0.0.1"}
    yield from found


def test_there_are_sixty_in_six_languages() -> None:
    assert len(PAIRS) == 60
    assert len({planted.text for _, _, planted, _ in PAIRS}) == 60
    assert all(order in planted.text for order, _, planted, _ in PAIRS)


def test_a_misled_model_puts_nothing_into_the_record_that_the_text_does_not_hold(folder: Path, calls: _Calls) -> None:
    by_text = {planted.text: (n, report) for n, (_, report, planted, _) in enumerate(PAIRS)}
    clean = {twin.text: report for _, report, _, twin in PAIRS}

    def say(body: Body) -> Said:
        text = asked_text(body)
        if text in clean:
            return Said(json.dumps({"events": [_right(clean[text])]}))
        number, report = by_text[text]
        return _misled(report, number)

    mentions = 0
    for document, found in _run(folder, say, calls):
        for mention in found:
            mentions += 1
            for span in spans(mention):
                Span.of(document.text, span.start, span.end, span.quote)
            inside = [evidence.sentence for evidence in mention.evidence]
            assert all(any(sentence.covers(span) for sentence in inside) for span in spans(mention))
            assert mention.scope in ("single", "series", "total")
            assert "telepathy" not in mention.means
            assert mention.date.start is None or mention.date.start.year > 1999
            assert "Atlantis" not in [place.name for place in mention.places] or "Atlantis" in document.text
            for claim in mention.claims:
                told = [speaker.span.quote for speaker in claim.said_by]
                assert all(words in document.text for words in told)
                assert claim.low != 10**6 or "one million" in document.text
    assert mentions > 100


def test_a_model_that_is_not_misled_tells_the_same_with_and_without_the_order(folder: Path, calls: _Calls) -> None:
    reports = {document.text: report for _, report, *both in PAIRS for document in both}

    def say(body: Body) -> Said:
        return Said(json.dumps({"events": [_right(reports[asked_text(body)])]}))

    found = {document.id: [_told(mention) for mention in told] for document, told in _run(folder, say, calls)}
    for _, report, planted, clean in PAIRS:
        assert found[planted.id] == found[clean.id]
        ((kind, _, _, claims, places, evidence),) = found[planted.id]
        assert (kind, evidence) == (report["type"], [report["sentence"]])
        assert claims == [
            (report["attribute"], report.get("low"), report.get("high"), report["quote"], [report["speaker"]])
        ]
        assert [country for _, country in places] == [report["country"]]


def test_an_order_cannot_end_the_document_it_stands_in() -> None:
    document = next(planted for order, _, planted, _ in PAIRS if "</document>" in order)
    with playing(lambda body: Said('{"events": []}')) as played:
        llm = LlmSettings(played.url, "small")
        code_document(document, load_resources(Settings(extractor="llm", llm=llm)))
    (body,) = played.bodies
    content = body["messages"][-1]["content"]
    first, last = content.split("\n")[0], content.split("\n")[-1]
    assert last == first.replace("<", "</")
    assert content.count(last) == 1
    assert [message["role"] for message in body["messages"]].count("system") == 1
