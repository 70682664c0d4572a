"""Sentences on what police did: killing, detention and force in Indian news of March 2002.

The labels of the set say that police did it; killings by others are not labelled. So a killing counts only where its
`authority` is of the police or the army, or where it happened within force, which only they use (codebook, 2).

python -m bench.accuracy.sentences [--extractor NAME]
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from bench.accuracy.numbers import SHARED, scorer
from bench.accuracy.rows import Row
from tocsin.datamodel import CodedDocument, Document, Mention
from tocsin.pipeline import EXTRACTORS, Settings, code_documents, load_resources

POLICE = SHARED / "bench" / "sentences" / "india-police-dev.jsonl"
TARGETS = {"killing": 0.60, "detention": 0.74, "force": 0.60}
_FORCES = re.compile(
    r"police|\bcops?\b|constable|officer|troops|\barmy\b|jawan|soldier|action force|\braf\b|\bsrp\b", re.I
)


def measure(extractor: str = EXTRACTORS[0]) -> list[Row]:
    """Return the F1 of each label, by sentence."""
    score = scorer()
    gold = score.load(POLICE)
    figures = score.sentences(gold, score.by_id(list(answers(gold, extractor))))
    return [
        Row("sentences", "sentences/india-police-dev", f"{name} F1", figures[name]["f1"], target)
        for name, target in TARGETS.items()
    ]


def answers(gold: list[dict[str, Any]], extractor: str) -> Iterator[dict[str, Any]]:
    """Yield each sentence with the labels of the mentions that it is evidence of."""
    articles: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in gold:
        articles[line["document"]].append(line)
    documents = (Document(name, " ".join(line["text"] for line in lines)) for name, lines in articles.items())
    coded = code_documents(documents, load_resources(Settings(extractor=extractor)))
    for lines, one in zip(articles.values(), coded, strict=True):
        yield from _labelled(lines, one)


def _labelled(lines: list[dict[str, Any]], coded: CodedDocument) -> Iterator[dict[str, Any]]:
    start, types = 0, {mention.id: mention.type for mention in coded.mentions}
    for line in lines:
        end = start + len(line["text"])
        labels = {
            mention.type
            for mention in coded.mentions
            if mention.type in TARGETS
            and any(start <= evidence.trigger.start < end for evidence in mention.evidence)
            and mention.modality in ("occurred", "ongoing")
            and (mention.type != "killing" or _by_forces(mention, types))
        }
        yield {"id": line["id"], "labels": sorted(labels)}
        start = end + 1


def _by_forces(mention: Mention, types: dict[str, str]) -> bool:
    if mention.context is not None and types[mention.context] == "force":
        return True
    return any(actor.role == "authority" and _FORCES.search(actor.span.quote) for actor in mention.actors)


if __name__ == "__main__":
    chosen = sys.argv[sys.argv.index("--extractor") + 1] if "--extractor" in sys.argv else EXTRACTORS[0]
    for row in measure(chosen):
        print(f"{row.data:30} {row.measure:24} {row.value:.4f}  target {row.target}")
