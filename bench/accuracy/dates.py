"""Time expressions against public labels, and the days of happenings against the coded documents.

python -m bench.accuracy.dates [--errors]
"""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from bench.accuracy.numbers import SHARED, scorer
from bench.accuracy.rows import Row
from tocsin.codebook import load_codebook
from tocsin.datamodel import CodedDocument, DateRange, Mention
from tocsin.datamodel.coded import read
from tocsin.extract.dates import answer_dates, read_dates
from tocsin.extract.happening_days import days_told_before, happening_days

RECOGNIZERS = SHARED / "bench" / "dates" / "recognizers.jsonl"
RECORDS = SHARED / "bench" / "records" / "mass-mobilization-dev.jsonl"
TARGETS = {"extent": 0.82, "value": 0.72}


def answers(lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the dates that the program finds in each line."""
    words = load_codebook().dates
    for line in lines:
        found = answer_dates(line["text"], words, published=date.fromisoformat(line["published"]))
        dates = [
            {"start": r.span.start, "end": r.span.end, "from": str(r.range.start), "to": str(r.range.end)}
            for r in found
        ]
        yield {"id": line["id"], "dates": dates}


def days_of(coded: CodedDocument) -> Iterator[tuple[Mention, DateRange]]:
    """Yield each coded mention with the days that the program reads from its evidence.

    The first evidence sentence with a date of its own decides; where none has one, the first.
    """
    document = coded.document
    readings = read_dates(document.text, load_codebook().dates, published=document.published)
    for mention in coded.mentions:
        found = [
            happening_days(
                document.text,
                readings,
                sentence=evidence.sentence,
                trigger=evidence.trigger,
                published=document.published,
                before=days_told_before(
                    document.text, readings, sentence=evidence.sentence, published=document.published
                ),
                numbers=load_codebook().numbers,
                modality_hint=mention.modality if mention.scope == "single" else mention.scope,
            )
            for evidence in mention.evidence
        ]
        yield mention, next((days for days in found if days.basis in ("stated", "relative")), found[0])


def gold_rows(part: str) -> Iterator[Row]:
    """Yield the share of dated mentions whose days are right, whole and by basis."""
    right, seen = Counter[str](), Counter[str]()
    for coded in read(SHARED / "gold" / part):
        for mention, days in days_of(coded):
            if mention.date.start or mention.date.end:
                same = (days.start, days.end) == (mention.date.start, mention.date.end)
                for key in ("dated", mention.date.basis):
                    seen[key] += 1
                    right[key] += same
    for key in ("dated", "stated", "relative", "context"):
        target = 0.85 if (part, key) == ("dev", "dated") else None
        yield Row("dates", f"gold/{part}", f"days right, {key}", right[key] / max(1, seen[key]), target)


def record_row() -> Row:
    """Return how often the first day of a recorded protest is among the days named in its narrative.

    What the whole program can reach on these records, whatever it takes the protest to be, plus the narratives without
    a date.
    """
    words, named, seen = load_codebook().dates, 0, 0
    for line in scorer().load(RECORDS):
        published = date.fromisoformat(line["published"]) if line["published"] else None
        seen += 1
        named += any(
            str(reading.range.start) == line["start"]
            for reading in read_dates(line["text"], words, published=published)
            if reading.kind in ("date", "span", "since")
        )
    return Row("dates", "records/mass-mobilization-dev", "start named in the text", named / max(1, seen), None)


def measure() -> list[Row]:
    """Return extents and values of time expressions, and days of happenings."""
    score = scorer()
    gold = score.load(RECOGNIZERS)
    figures = score.dates(gold, score.by_id(list(answers(gold))))
    rows = [Row("dates", "dates/recognizers", f"{name} F1", figures[name]["f1"], TARGETS[name]) for name in TARGETS]
    return [*rows, *gold_rows("dev"), *gold_rows("train"), record_row()]


def errors(part: str) -> Iterator[str]:
    """Yield the dated mentions whose days are read otherwise."""
    for coded in read(SHARED / "gold" / part):
        for mention, days in days_of(coded):
            if (days.start, days.end) != (mention.date.start, mention.date.end):
                gold = f"{mention.date.start} to {mention.date.end} ({mention.date.basis})"
                told = f"{days.start} to {days.end} ({days.basis})"
                trigger = mention.evidence[0].trigger.quote
                yield f"{coded.document.id} {mention.type} {trigger!r}: {gold}, read {told}"


if __name__ == "__main__":
    for row in measure():
        print(f"{row.data:30} {row.measure:24} {row.value:.4f}  target {row.target}")
    if "--errors" in sys.argv:
        print(*errors("train"), sep="\n")
