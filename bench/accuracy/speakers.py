"""How well speakers and actors are read: PolNeAR's public labels, and gold documents with gold evidence handed in.

python -m bench.accuracy.speakers
"""

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.accuracy.rows import Row
from tocsin.codebook import Codebook, load_codebook
from tocsin.datamodel import Attribution, CodedDocument, Speaker
from tocsin.datamodel.coded import read
from tocsin.extract.actors import read_actors
from tocsin.extract.sentences import split_sentences
from tocsin.extract.speakers import read_attributions, speakers_of

SHARED = Path(__file__).parents[3] / "shared"
POLNEAR = SHARED / "bench" / "speakers" / "polnear-dev.jsonl.gz"


def measure() -> list[Row]:
    """Return the figures of speakers and actors; raise FileNotFoundError where the labels are missing."""
    codebook = load_codebook()
    gold = list(read(SHARED / "gold" / "dev"))
    return [*_polnear(codebook), *_said_by(gold, codebook), *_actors(gold, codebook)]


def _polnear(codebook: Codebook) -> Iterator[Row]:
    with gzip.open(POLNEAR, "rt", encoding="utf-8") as lines, tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.jsonl"
        answers.write_text("".join(_answer(json.loads(line), codebook) for line in lines), encoding="utf-8")
        command = [sys.executable, str(SHARED / "bench" / "score_bench.py"), "speakers", str(POLNEAR), str(answers)]
        report = json.loads(subprocess.run([*command, "--json"], check=True, capture_output=True, text=True).stdout)
    yield Row("speakers", "speakers/polnear-dev", "source F1", report["source"]["f1"], 0.55)
    yield Row("speakers", "speakers/polnear-dev", "content F1", report["content"]["f1"], None)


def _answer(line: dict[str, str], codebook: Codebook) -> str:
    text = line["text"]
    joined: dict[tuple[int, int, int], list[list[int]]] = {}
    for one in read_attributions(text, split_sentences(text), codebook.speakers):
        for speaker in one.speakers[:1]:
            key = (one.cue.start, speaker.span.start, speaker.span.end)
            joined.setdefault(key, []).append([one.content.start, one.content.end])
    found = [{"source": [[key[1], key[2]]], "content": content} for key, content in joined.items()]
    return json.dumps({"id": line["id"], "attributions": found}) + "\n"


def _said_by(gold: Iterable[CodedDocument], codebook: Codebook) -> Iterator[Row]:
    right = {True: 0, False: 0}
    total = {True: 0, False: 0}
    for coded in gold:
        text = coded.document.text
        attributions: tuple[Attribution, ...] = read_attributions(text, split_sentences(text), codebook.speakers)
        for claim in (claim for mention in coded.mentions for claim in mention.claims):
            told = bool(claim.said_by)
            total[told] += 1
            right[told] += _same(claim.said_by, speakers_of(claim.span, attributions))
    yield Row("speakers", "gold/dev", "said by, all claims", sum(right.values()) / sum(total.values()), None)
    yield Row("speakers", "gold/dev", "said by, claims with a speaker", right[True] / total[True], None)
    yield Row("speakers", "gold/dev", "said by, claims without", right[False] / total[False], None)


def _same(gold: tuple[Speaker, ...], found: tuple[Speaker, ...]) -> bool:
    pairs = zip(gold, found, strict=False)
    return len(gold) == len(found) and all(_overlap(a.span.quote, b.span.quote) >= 0.5 for a, b in pairs)


def _overlap(one: str, other: str) -> float:
    """Return the share of the shorter quote's words that stand in the other."""
    a, b = (set("".join(c if c.isalnum() else " " for c in quote.lower()).split()) for quote in (one, other))
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _actors(gold: Iterable[CodedDocument], codebook: Codebook) -> Iterator[Row]:
    right = predicted = wanted = 0
    for coded in gold:
        for mention in coded.mentions:
            found = {
                (actor.role, actor.span.quote.lower())
                for item in mention.evidence
                if item.sentence.placed and item.trigger.placed
                for actor in read_actors(
                    coded.document.text, item.sentence, item.trigger, mention.type, codebook.actors
                )
            }
            free = sorted(found)
            predicted, wanted = predicted + len(free), wanted + len(mention.actors)
            for actor in mention.actors:
                same = (f for f in free if f[0] == actor.role and _overlap(f[1], actor.span.quote) >= 0.5)
                if hit := next(same, None):
                    free.remove(hit)
                    right += 1
    yield Row("actors", "gold/dev, gold triggers", "precision", right / predicted, None)
    yield Row("actors", "gold/dev, gold triggers", "recall", right / wanted, None)
    yield Row("actors", "gold/dev, gold triggers", "F1", 2 * right / (predicted + wanted), 0.50)


if __name__ == "__main__":
    for row in measure():
        print(f"{row.task:10} {row.data:26} {row.measure:34} {row.value:.3f}")
