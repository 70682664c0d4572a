"""Mentions put together into events: development stories, MAVERICK's Cote d'Ivoire, planted reprints.

python -m bench.accuracy.link
"""

import random
from collections.abc import Iterator, Mapping, Sequence

from bench.accuracy.numbers import SHARED, scorer
from bench.accuracy.rows import Row
from tocsin.codebook import load_codebook
from tocsin.datamodel import CodedDocument, Document
from tocsin.datamodel.coded import read
from tocsin.gazetteer import open_gazetteer
from tocsin.link import link_mentions, name_mentions
from tocsin.link.copies import find_voices
from tocsin.pipeline import code_documents, load_resources

MAVERICK = SHARED / "bench" / "link" / "maverick-cote-divoire.jsonl"
#: Documents among which reprints are planted, and how many reprints.
TEXTS, REPRINTS = 10_000, 1_000


def events_of(coded: Sequence[CodedDocument]) -> dict[tuple[str, str], str]:
    """Return for each document's id and mention's id the first id of its event's mentions."""
    named = list(name_mentions(coded))
    result = link_mentions(named, load_codebook().link, open_gazetteer())
    event = {name: cluster[0] for cluster in result.clusters for name in cluster}
    return {(one.document.id, m.id): event[f"{one.document.id}/{m.id}"] for one in coded for m in one.mentions}


def pair_scores(events: Mapping[tuple[str, str], str], gold: Mapping[tuple[str, str], str]) -> tuple[float, ...]:
    """Return precision, recall and F1 of the pairs of mentions with a gold event that are put into one event."""
    known = sorted(gold)
    right = found = wanted = 0
    for n, a in enumerate(known):
        for b in known[n + 1 :]:
            together = a in events and b in events and events[a] == events[b]
            right += together and gold[a] == gold[b]
            found += together
            wanted += gold[a] == gold[b]
    return right / max(1, found), right / max(1, wanted), 2 * right / max(1, found + wanted)


def story_rows(part: str, target: float | None) -> Iterator[Row]:
    """Yield the figures of a collection's stories, as a person coded them."""
    coded = [one for one in read(SHARED / "gold" / part) if any(m.event for m in one.mentions)]
    gold = {(one.document.id, m.id): m.event for one in coded for m in one.mentions if m.event}
    scores = pair_scores(events_of(coded), gold)
    for name, value, wanted in zip(("precision", "recall", "F1"), scores, (None, None, target), strict=True):
        yield Row("link", f"gold/{part}, gold coding", name, value, wanted)


def own_rows(part: str, target: float) -> Iterator[Row]:
    """Yield the figures of a collection's stories in the program's own coding; found mentions are paired by type and
    sentence with those of the gold, and pairs of which one was not found count as missed."""
    gold = [one for one in read(SHARED / "gold" / part) if any(m.event for m in one.mentions)]
    coded = list(code_documents([one.document for one in gold], load_resources()))
    wanted: dict[tuple[str, str], str] = {}
    for one, mine in zip(gold, coded, strict=True):
        free = list(mine.mentions)
        for mention in one.mentions:
            told = {e.sentence.quote for e in mention.evidence}
            same = [m for m in free if m.type == mention.type and told & {e.sentence.quote for e in m.evidence}]
            if mention.event and same:
                free.remove(same[0])
                wanted[one.document.id, same[0].id] = mention.event
    scores = pair_scores(events_of(coded), wanted)
    for name, value, aim in zip(("precision", "recall", "F1"), scores, (None, None, target), strict=True):
        yield Row("link", f"gold/{part}, own coding", name, value, aim)


def maverick_rows() -> Iterator[Row]:
    """Yield the figures of MAVERICK's rows."""
    coded = list(read(MAVERICK, strict=False))
    score = scorer()
    answers = [{"document": d, "mention": m, "event": e} for (d, m), e in events_of(coded).items()]
    figures = score.link(score.load(MAVERICK.with_suffix(".gold.jsonl")), answers)
    yield Row("link", "link/maverick-cote-divoire", "pairs F1", figures["pairs"]["f1"], 0.62)
    yield Row("link", "link/maverick-cote-divoire", "B-cubed F1", figures["b_cubed"]["f1"], 0.88)


def planted_texts(seed: int = 7) -> tuple[list[str], list[tuple[int, int]]]:
    """Return texts, and reprints of some, with up to a fifth of the words changed.

    The texts are sentences of the training documents with every other word changed, so that two texts share names and
    phrases as two reports do, but no sentence.
    """
    dice = random.Random(seed)
    documents: list[Document] = [one.document for one in read(SHARED / "gold" / "train")]
    sentences = [s for d in documents for s in d.text.split(". ") if len(s.split()) > 8]
    words = [w for s in sentences for w in s.split()]

    def changed(text: str, share: float) -> str:
        return " ".join(dice.choice(words) if dice.random() < share else word for word in text.split())

    first = TEXTS - REPRINTS
    texts = [changed(". ".join(dice.sample(sentences, dice.randint(5, 20))), 0.5) for _ in range(first)]
    pairs = []
    for _ in range(REPRINTS):
        source = dice.randrange(first)
        pairs.append((source, len(texts)))
        texts.append(changed(texts[source], dice.uniform(0, 0.2)))
    return texts, pairs


def reprint_rows() -> Iterator[Row]:
    """Yield how many planted reprints are one voice with what they reprint, and how many texts put together are."""
    texts, pairs = planted_texts()
    source = {copy: text for text, copy in pairs}
    voices = find_voices(texts)
    groups: dict[int, list[int]] = {}
    for text, voice in enumerate(voices):
        groups.setdefault(voice, []).append(text)
    together = [(a, b) for group in groups.values() for n, a in enumerate(group) for b in group[n + 1 :]]
    right = sum(source.get(a, a) == source.get(b, b) for a, b in together)
    yield Row("link", "10,000 texts, 1,000 reprints", "precision", right / max(1, len(together)), 0.99)
    recall = sum(voices[a] == voices[b] for a, b in pairs) / len(pairs)
    yield Row("link", "10,000 texts, 1,000 reprints", "recall", recall, 0.97)


def measure() -> list[Row]:
    """Return all figures of linking."""
    stories = [*story_rows("train", None), *story_rows("dev", 0.92)]
    return [*stories, *own_rows("dev", 0.75), *maverick_rows(), *reprint_rows()]


if __name__ == "__main__":
    for row in measure():
        print(f"{row.data:30} {row.measure:12} {row.value:.4f}  target {row.target}")
