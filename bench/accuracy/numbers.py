"""Crowd sizes against the Crowd Counting Consortium's own readings of 2017 to 2019.

python -m bench.accuracy.numbers [--errors]
"""

import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.accuracy.rows import Row
from tocsin.codebook import load_codebook
from tocsin.datamodel.readings import NumberReading
from tocsin.extract.numbers import read_numbers, read_size

SHARED = Path(__file__).parents[3] / "shared"
DATA = SHARED / "bench" / "numbers" / "ccc-2017-2019.jsonl"
#: What the figures should reach; one reading a phrase cannot pass 0.93 and 0.97 of the lows.
TARGETS = {"low": 0.88, "both": 0.80, "low weighted": 0.94, "both weighted": 0.88}


def scorer() -> ModuleType:
    """Return the module that scores benchmarks, loaded from where the data lie."""
    spec = importlib.util.spec_from_file_location("score_bench", SHARED / "bench" / "score_bench.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{SHARED}: no score_bench.py there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers(lines: list[dict[str, Any]], convention: str) -> Iterator[dict[str, Any]]:
    """Yield what the program makes of each phrase."""
    words = load_codebook().numbers
    for line in lines:
        reading = read_size(line["text"], words, convention=convention)
        yield {"id": line["id"], "low": reading.low if reading else None, "high": reading.high if reading else None}


def measure() -> list[Row]:
    """Return shares of phrases read as the coders did, plain and by how often each was seen."""
    score = scorer()
    gold = score.load(DATA)
    figures = score.numbers(gold, score.by_id(list(answers(gold, "ccc"))))
    rows = [
        Row("numbers", "numbers/ccc-2017-2019", name, figure["share"], TARGETS[name])
        for name, figure in figures.items()
    ]
    return [*rows, *gold_rows("train"), *gold_rows("dev")]


#: Claims whose value is a number in words; names of single persons are no numbers.
ATTRIBUTES = ("participants", "affected", "injured", "killed", "sites", "workforce", "amount", "duration", "term")

#: What claims are made of; "share" is a part of something told elsewhere, "percent" likewise.
CLAIMED = ("count", "money", "duration", "term", "share", "percent")


def gold_claims(part: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield document, claim and evidence sentence of every claim of `gold/train` or `gold/dev`."""
    for path in sorted((SHARED / "gold" / part).glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        for event in document["events"]:
            for claim in event["claims"]:
                sentence = next((e["text"] for e in event["evidence"] if claim["quote"] in e["text"]), None)
                if sentence and claim["attribute"] in ATTRIBUTES:
                    yield path.stem, claim, sentence


def read_claim(claim: dict[str, Any], sentence: str) -> NumberReading | None:
    """Return the first reading of a count, an amount or a length of time that overlaps the quote in its sentence."""
    start = sentence.index(claim["quote"])
    end = start + len(claim["quote"])
    for reading in read_numbers(sentence, load_codebook().numbers):
        if reading.kind in CLAIMED and reading.span.start < end and start < reading.span.end:
            return reading
    return None


def gold_rows(part: str) -> Iterator[Row]:
    """Yield the share of claims whose number is read with low, high and approx as in the gold."""
    right, seen = Counter[str](), Counter[str]()
    for _, claim, sentence in gold_claims(part):
        reading = read_claim(claim, sentence)
        same = reading and (reading.low, reading.high, reading.approx) == (claim["low"], claim["high"], claim["approx"])
        if reading or (claim["low"], claim["high"]) != (1, 1):
            seen[claim["attribute"]] += 1
            right[claim["attribute"]] += bool(same)
    yield Row("numbers", f"gold/{part}", "low, high and approx", right.total() / max(1, seen.total()), None)
    for attribute in ATTRIBUTES:
        yield Row("numbers", f"gold/{part}", attribute, right[attribute] / max(1, seen[attribute]), None)


def errors() -> Iterator[str]:
    """Yield the phrases whose low differs, most often seen first."""
    gold = sorted(scorer().load(DATA), key=lambda line: -line["count"])
    for line, answer in zip(gold, answers(gold, "ccc"), strict=True):
        if (answer["low"], answer["high"]) != (line["low"], line["high"]):
            mark = "LOW " if answer["low"] != line["low"] else "high"
            gold_ends, read_ends = f"{line['low']}-{line['high']}", f"{answer['low']}-{answer['high']}"
            yield f"{mark} {line['count']:4} {line['text']!r}: {gold_ends}, read {read_ends}"


def gold_errors(part: str) -> Iterator[str]:
    """Yield the claims of the gold that are read otherwise."""
    for document, claim, sentence in gold_claims(part):
        reading = read_claim(claim, sentence)
        if reading is None and (claim["low"], claim["high"]) == (1, 1):
            continue
        if not reading or (reading.low, reading.high, reading.approx) != (claim["low"], claim["high"], claim["approx"]):
            read = "nothing"
            if reading:
                read = f"{reading.span.quote!r} {reading.low}-{reading.high} {reading.kind}, {reading.rule}"
            gold = f"{claim['low']}-{claim['high']}{' approx' if claim['approx'] else ''}"
            yield f"{document} {claim['attribute']} {claim['quote']!r}: {gold}, read {read}"


if __name__ == "__main__":
    for row in measure():
        print(f"{row.data:24} {row.measure:22} {row.value:.4f}  target {row.target}")
    if "--errors" in sys.argv:
        print(*errors(), *gold_errors("train"), sep="\n")
