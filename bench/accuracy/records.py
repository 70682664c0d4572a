"""Records of protests that people coded from press excerpts: Mass Mobilization, Africa 1990 to 2020.

python -m bench.accuracy.records [--extractor NAME]
"""

import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from bench.accuracy.numbers import SHARED, scorer
from bench.accuracy.rows import Row
from tocsin.datamodel import Document
from tocsin.datamodel.coded import to_json
from tocsin.pipeline import EXTRACTORS, Settings, code_documents, load_resources

RECORDS = SHARED / "bench" / "records" / "mass-mobilization-dev.jsonl"


def measure(extractor: str = EXTRACTORS[0]) -> list[Row]:
    """Return the share of starts, participants and countries among the answers, and the mean F1 of responses."""
    score = scorer()
    gold = score.load(RECORDS)
    figures = score.records(gold, score.by_id(list(answers(gold, extractor))))
    found = [
        ("participants", figures["participants"]["share"], 0.45),
        ("start", figures["start"]["share"], 0.60),
        ("country", figures["country"]["share"], None),
        ("responses, mean F1", figures["responses, mean"]["mean f1"], 0.55),
    ]
    return [Row("records", "records/mass-mobilization-dev", name, value, target) for name, value, target in found]


def answers(gold: list[dict[str, Any]], extractor: str) -> Iterator[dict[str, Any]]:
    """Yield the coded document of each narrative; nothing of the record itself is given to the program."""
    documents = (
        Document(
            line["id"],
            line["text"],
            line["title"] or "",
            line["publisher"] or "",
            date.fromisoformat(line["published"]) if line["published"] else None,
        )
        for line in gold
    )
    for coded in code_documents(documents, load_resources(Settings(extractor=extractor))):
        yield to_json(coded) | {"id": coded.document.id}


if __name__ == "__main__":
    chosen = sys.argv[sys.argv.index("--extractor") + 1] if "--extractor" in sys.argv else EXTRACTORS[0]
    for row in measure(chosen):
        print(f"{row.data:30} {row.measure:24} {row.value:.4f}  target {row.target}")
