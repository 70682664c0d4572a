"""How much of what a careful reader finds in the example reports was found: no gate, a measure to look at.

python -m bench.demo                    the expectation as coded documents, JSON Lines
python -m bench.demo CODED.jsonl        a table: expected, found, with its day, with its figures
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from tocsin.datamodel import Claim, CodedDocument, DateRange, Document, Evidence, Mention, Place, Span, Speaker
from tocsin.datamodel import coded as coded_documents
from tocsin.examples import example_folder
from tocsin.extract.sentences import split_sentences

CASES = Path(__file__).parents[1] / "tests" / "cases"
_PARAGRAPH = re.compile(r"<p[^>]*>([^<]*)</p>")

Case = Mapping[str, Any]


def expected_documents(name: str = "belarus-2020") -> Iterator[CodedDocument]:
    """Yield the example reports as a careful reader codes their main happenings.

    Args:
        name: name of the set of examples, and of its file in tests/cases/.

    Raises:
        SpanError: an expected quote does not stand in its report.
    """
    cases = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))
    for case in cases["document"]:
        yield _document(case, case, example_folder(name), cases["coordinates"])
        if "reprint" in case:
            yield _document(case, case["reprint"], example_folder(name), cases["coordinates"])


def found(expected: CodedDocument, coded: CodedDocument) -> tuple[int, int, int]:
    """Return how many expected mentions were found: at all, with their days, with all their figures.

    A mention is found where one of the same type has an evidence sentence that holds an expected one, or is held by it.
    """
    at_all = days = figures = 0
    for mention in expected.mentions:
        same = [other for other in coded.mentions if other.type == mention.type and _shares(mention, other)]
        at_all += bool(same)
        days += any((other.date.start, other.date.end) == (mention.date.start, mention.date.end) for other in same)
        values = {(claim.attribute, claim.low, claim.high) for claim in mention.claims}
        figures += any(values <= {(c.attribute, c.low, c.high) for c in other.claims} for other in same)
    return at_all, days, figures


def _shares(one: Mention, other: Mention) -> bool:
    ours = {e.sentence.quote.strip() for e in one.evidence}
    return any(a in b or b in a for e in other.evidence if (b := e.sentence.quote.strip()) for a in ours)


def _document(case: Case, printing: Case, folder: Path, coordinates: Mapping[str, list[float]]) -> CodedDocument:
    text = (folder / printing["file"]).read_text(encoding="utf-8")
    if printing["file"].endswith(".html"):
        text = "\n\n".join(unescape(paragraph) for paragraph in _PARAGRAPH.findall(text.partition("</article>")[0]))
    document = Document(
        id=printing["file"],
        text=text,
        title=case["title"],
        publisher=printing["publisher"],
        published=printing["published"],
    )
    sentences = split_sentences(text)
    mentions = (_mention(one, f"m{i}", text, sentences, coordinates) for i, one in enumerate(case["mention"], 1))
    return CodedDocument(document, tuple(mentions))


def _mention(
    case: Case, name: str, text: str, sentences: tuple[Span, ...], coordinates: Mapping[str, list[float]]
) -> Mention:
    evidence = []
    for words in (case["words"], *case.get("more", ())):
        here = Span.find(text, words)
        sentence = next(span for span in sentences if span.overlaps(here))
        trigger = case["trigger"] if case["trigger"] in sentence.quote else words
        evidence.append(Evidence(sentence, Span.find(text, trigger, sentence.start, sentence.end)))
    start, end = case.get("start"), case.get("end", case.get("start"))
    return Mention(
        id=name,
        type=case["type"],
        form=case.get("form"),
        modality=case.get("modality", "occurred"),
        scope=case.get("scope", "single"),
        date=DateRange(
            start, None if case.get("modality") == "ongoing" else end, case.get("precision", "day"), case["basis"]
        ),
        places=tuple(_place(place, coordinates) for place in case["places"]),
        actors=(),
        claims=tuple(_claim(figure, text, evidence) for figure in case.get("figures", ())),
        demands=(),
        means=tuple(case.get("means", ())),
        context=None,
        event=None,
        evidence=tuple(evidence),
    )


def _place(words: str, coordinates: Mapping[str, list[float]]) -> Place:
    name, _, country = words.partition(", ")
    lat, lon = coordinates.get(name, (None, None))
    return Place(None, name, country or "BY", lat=lat, lon=lon)


def _claim(case: Case, text: str, evidence: list[Evidence]) -> Claim:
    def stands(quote: str) -> Span:
        for item in evidence:
            if quote in item.sentence.quote:
                return Span.find(text, quote, item.sentence.start, item.sentence.end)
        return Span.find(text, quote)

    return Claim(
        attribute=case["attribute"],
        low=case.get("low"),
        high=case.get("high"),
        approx=case.get("approx", False),
        unit=case.get("unit"),
        span=stands(case["quote"]),
        said_by=(Speaker(stands(case["by"]), case["kind"]),) if "by" in case else (),
    )


def main(arguments: list[str]) -> int:
    """Print the expectation, or how much of it a file of coded documents holds."""
    expected = list(expected_documents())
    if not arguments:
        sys.stdout.writelines(coded_documents.write(expected))
        return 0
    _print_table(expected, coded_documents.read(Path(arguments[0]), strict=False))
    return 0


def _print_table(expected: Iterable[CodedDocument], coded: Iterable[CodedDocument]) -> None:
    by_printing = {(one.document.publisher, one.document.published): one for one in coded}
    rows = []
    print(f"{'document':32}{'expected':>9}{'found':>7}{'day':>5}{'figures':>9}{'coded':>7}")
    for one in expected:
        other = by_printing.get((one.document.publisher, one.document.published))
        counts = (*found(one, other), len(other.mentions)) if other else (0, 0, 0, 0)
        rows.append((len(one.mentions), *counts))
        print(f"{one.document.id:32}{rows[-1][0]:9}{counts[0]:7}{counts[1]:5}{counts[2]:9}{counts[3]:7}")
    total = [sum(column) for column in zip(*rows, strict=True)]
    print(f"{'all':32}{total[0]:9}{total[1]:7}{total[2]:5}{total[3]:9}{total[4]:7}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
