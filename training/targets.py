"""Windows with their targets as arrays."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from tocsin.datamodel import Span
from tocsin.extract.windows import MASK, Window, WindowSize, cut
from training.examples import Example
from training.labels import OF_TRIGGER, RELATIONS, ROLES, columns, heads


@dataclass
class Target:
    """One window with what the model should say.

    Attributes:
        ids: the tokens, some of them masked in training.
        marks: positions of the sentence markers.
        columns: wanted value per token and column (softmax heads: one of their columns is 1).
        triggers, candidates: token ranges [start, end) of the spans between which links are scored; the first
            candidates are the triggers themselves.
        spans: for each trigger the wanted columns of the heads that are read off it.
        queries: the triggers, then the claims, which ask for their speakers.
        wanted: [relation, query, candidate], 1, 0, or -1 where not to be counted.
        sentence: for each token the index of its sentence.
    """

    ids: NDArray[np.int64]
    marks: NDArray[np.int64]
    columns: NDArray[np.float32]
    triggers: list[tuple[int, int]]
    candidates: list[tuple[int, int]]
    spans: NDArray[np.float32]
    wanted: NDArray[np.float32]
    sentence: NDArray[np.int64]
    queries: list[tuple[int, int]]
    only: frozenset[str]
    weight: float
    in_scope: bool


def windows(tokenizer: Tokenizer, example: Example, size: WindowSize, random: Random | None) -> Iterator[Window]:
    """Yield the windows of an example; with `random`, from a random first sentence on and with the title now and then
    left out, so that the model does not learn where in a window things stand."""
    title, sentences = example.title, list(example.sentences)
    if random is not None:
        if random.random() < 0.15:
            title = ""
        if random.random() < 0.4 and len(sentences) > 6:
            middle = random.randrange(2, len(sentences) - 2)
            yield from cut(tokenizer, example.text, sentences[:middle], title, size=size)
            for window in cut(tokenizer, example.text, sentences[middle:], title, size=size):
                yield shifted(window, middle)
            return
    yield from cut(tokenizer, example.text, sentences, title, size=size)


def shifted(window: Window, by: int) -> Window:
    """Return a window of a list of sentences that starts later."""
    index = tuple(s + by if s >= 0 else s for s in window.sentences)
    return Window(window.ids, window.starts, window.ends, index, window.marks, window.own)


def target(example: Example, window: Window, random: Random | None, mask: float) -> Target:
    """Return a window of an example with its targets.

    Args:
        random: to mask tokens and draw candidates that belong to nothing; None for neither.
        mask: share of the tokens of the text that are masked.
    """
    at = columns()
    wanted = np.zeros((len(window.ids), sum(len(h.labels) for h in heads())), np.float32)
    for head in heads():
        if head.softmax:
            wanted[:, at[head.name].start] = 1.0
    starts, ends = np.array(window.starts), np.array(window.ends)
    index = np.array(window.sentences)

    def tokens(span: Span) -> tuple[int, int] | None:
        inside = np.flatnonzero((starts < span.end) & (ends > span.start) & (starts >= 0))
        return (int(inside[0]), int(inside[-1]) + 1) if len(inside) else None

    names = {h.name: {label: i for i, label in enumerate(h.labels)} for h in heads()}

    def put(head: str, label: str, where: tuple[int, int], softmax: bool) -> None:
        rows, part = slice(*where), at[head]
        if softmax:
            wanted[rows, part] = 0.0
        wanted[rows, part.start + names[head][label]] = 1.0

    softmax = {h.name: h.softmax for h in heads()}
    triggers, trigger_ids, extra = [], [], []
    for number, trigger in enumerate(example.triggers):
        where = tokens(trigger.span)
        if where is None:
            continue
        put("trigger", trigger.type, where, True)
        for mark in window.marks:
            if index[mark] == index[where[0]]:
                put("sentence", trigger.type, (mark, mark + 1), False)
        row = np.zeros(wanted.shape[1], np.float32)
        for head in OF_TRIGGER:
            if head == "means":
                continue
            row[at[head].start + names[head][getattr(trigger, head)]] = 1.0
        for means in trigger.means:
            row[at["means"].start + names["means"][means]] = 1.0
        triggers.append(where)
        trigger_ids.append(number)
        extra.append(row)
    candidates, value_ids = list(triggers), {}
    for number, value in enumerate(example.values):
        where = tokens(value.span)
        if where is None:
            continue
        if value.head:
            put(value.head, value.label, where, softmax[value.head])
        value_ids[number] = len(candidates)
        candidates.append(where)
    if random is not None:
        candidates += _strays(window, random)
    claim_ids = [number for number in value_ids if example.values[number].head == "claim"]
    links = _links(example, trigger_ids, claim_ids, value_ids, len(candidates))
    ids = np.array(window.ids, np.int64)
    if random is not None and mask:
        masked = np.array([random.random() < mask for _ in ids]) & (starts >= 0)
        ids[masked] = MASK
    return Target(
        ids=ids,
        marks=np.array(window.marks, np.int64),
        columns=wanted,
        triggers=triggers,
        candidates=candidates,
        spans=np.array(extra, np.float32).reshape(len(extra), wanted.shape[1]),
        wanted=links,
        sentence=index,
        queries=triggers + [candidates[value_ids[number]] for number in claim_ids],
        only=example.only,
        weight=example.weight,
        in_scope=example.in_scope,
    )


def _strays(window: Window, random: Random) -> list[tuple[int, int]]:
    """Some spans of one to three tokens from anywhere, which should be linked to nothing."""
    tokens = [i for i, start in enumerate(window.starts) if start >= 0]
    found = []
    for _ in range(min(8, len(tokens))):
        start = random.choice(tokens)
        found.append((start, min(start + random.randint(1, 3), len(window.ids) - 1)))
    return found


def _links(
    example: Example, trigger_ids: list[int], claim_ids: list[int], value_ids: dict[int, int], count: int
) -> NDArray[np.float32]:
    """Wanted links: queries are the triggers, then the claims; claims ask for their speakers, triggers for the rest."""
    wanted = np.full((len(RELATIONS), len(trigger_ids) + len(claim_ids), count), -1.0, np.float32)
    names = {name: i for i, name in enumerate(RELATIONS)}
    asked = len(trigger_ids)
    row = {number: i for i, number in enumerate(trigger_ids)}
    claim_row = {number: asked + i for i, number in enumerate(claim_ids)}
    for relation in ("same", "context"):
        wanted[names[relation], :asked, :asked] = 0.0
        wanted[names[relation], range(asked), range(asked)] = -1.0
    for a, i in row.items():
        for b, j in row.items():
            if i != j and a in example.places and b in example.places:
                wanted[names["there"], i, j] = not example.places[a].isdisjoint(example.places[b])
    for relation in ("place", "claim", "demand", "date", *ROLES):
        wanted[names[relation], :asked, asked:] = 0.0
    wanted[names["speaker"], asked:, asked:] = 0.0
    for relation, a, b in example.pairs:
        if a in row and b in row:
            wanted[names[relation], row[a], row[b]] = 1.0
    for relation, a, v in example.links:
        if a in row and v in value_ids:
            wanted[names[relation], row[a], value_ids[v]] = 1.0
    for claim, speaker in example.speakers:
        if claim in claim_row and speaker in value_ids:
            wanted[names["speaker"], claim_row[claim], value_ids[speaker]] = 1.0
    return wanted
