"""What the tagger reads off a document, and how the model's figures become it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tocsin.datamodel import Span
from tocsin.extract.windows import Window

Array = NDArray[np.float32]

# What is kept at all; the caller decides at which score something counts. Below these floors nothing was ever right
# more than one time in ten on the development set.
TRIGGER_FLOOR = 0.25
VALUE_FLOOR = 0.3
LINK_FLOOR = 0.1


@dataclass(frozen=True, slots=True)
class HeadLabels:
    """Columns of the model's scores that belong together: `softmax` where exactly one label holds."""

    name: str
    labels: tuple[str, ...]
    softmax: bool
    columns: slice


@dataclass(frozen=True, slots=True)
class LinkRule:
    """How link vectors become scores.

    Attributes:
        relations: names, in the order of the vectors.
        size: numbers in a vector.
        bias: [relation].
        by_sentence: [relation, distance in sentences], middle = same sentence.
        by_token: [relation, bucket of the distance in tokens], middle = overlapping.
        steps: lower bounds of the buckets of token distance.
    """

    relations: tuple[str, ...]
    size: int
    bias: Array
    by_sentence: Array
    by_token: Array
    steps: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """A sentence: the probability, per type, that it is evidence of an in-scope mention."""

    span: Span
    types: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TaggedTrigger:
    """Words that name a happening.

    Attributes:
        span: the words.
        sentence: index of their sentence.
        type: the likeliest one.
        score: its probability, mean over the words.
        types, modality, scope, form, means: probability per label; those of `means` are independent of each other.
        basis: of its days, probability per label of the codebook.
        where: whether its place is "named" in its sentences, "taken over" or "none", with probabilities.
    """

    span: Span
    sentence: int
    type: str
    score: float
    types: Mapping[str, float]
    modality: Mapping[str, float]
    scope: Mapping[str, float]
    form: Mapping[str, float]
    means: Mapping[str, float]
    basis: Mapping[str, float]
    where: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TaggedValue:
    """Words of a value.

    Attributes:
        span: the words.
        sentence: index of their sentence.
        kind: "claim", "place", "actor", "speaker", "demand" or "hedge".
        label: a claim's attribute, an actor's role, a speaker's kind; else the kind.
        score: its probability, mean over the words.
    """

    span: Span
    sentence: int
    kind: str
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class TaggedLink:
    """A value that belongs to a trigger.

    Attributes:
        relation: "place", "claim", "demand", an actor's role, or "speaker", where `source` is a claim.
        source: index of the trigger (for "speaker" of the claim among the values).
        value: index of the value.
        score: probability.
    """

    relation: str
    source: int
    value: int
    score: float


@dataclass(frozen=True, slots=True)
class TaggedPair:
    """Two triggers: "same" (of one mention) or "context" (`second` is what `first` happened within)."""

    relation: str
    first: int
    second: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The model's figures for a document's tokens, in the order of the text; see `TaggedDocument.link`."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    sentences: NDArray[np.int64]
    probabilities: Array
    vectors: Array
    rule: LinkRule

    def tokens(self, span: Span) -> tuple[int, int] | None:
        """Return the tokens [first, last + 1) that a span touches, or None."""
        first = int(np.searchsorted(self.ends, span.start, side="right"))
        last = int(np.searchsorted(self.starts, span.end, side="left"))
        return (first, last) if first < last else None

    def scores(self, queries: Sequence[tuple[int, int]], candidates: Sequence[tuple[int, int]]) -> Array:
        """Return the probability of every relation: [relation, query, candidate]."""
        rule = self.rule
        parts = self.vectors.reshape(len(self.vectors), 2, len(rule.relations), rule.size)
        q, k = _means(parts[:, 0], queries), _means(parts[:, 1], candidates)
        raw = np.einsum("qrd,crd->rqc", q, k) / np.sqrt(np.float32(rule.size))
        a, b = np.array(queries), np.array(candidates)
        reach = rule.by_sentence.shape[1] // 2
        apart = self.sentences[b[:, 0]][None, :] - self.sentences[a[:, 0]][:, None]
        after = np.maximum(b[None, :, 0] - a[:, None, 1] + 1, 0)
        before = np.maximum(a[:, None, 0] - b[None, :, 1] + 1, 0)
        bucket = np.searchsorted(rule.steps, after, side="right") - np.searchsorted(rule.steps, before, side="right")
        raw = raw + rule.by_sentence[:, np.clip(apart, -reach, reach) + reach]
        raw = raw + rule.by_token[:, bucket + len(rule.steps)] + rule.bias[:, None, None]
        return _sigmoid(raw)


@dataclass(frozen=True, slots=True)
class TaggedDocument:
    """What the model reads off a document; all spans are of its text.

    Attributes:
        in_scope: probability that the document tells of any happening that is coded.
        sentences, triggers, values: in the order of the text.
        links: between triggers (or claims) and values, from LINK_FLOOR on.
        pairs: between triggers, from LINK_FLOOR on.
        reading: the figures behind it, or None where there was nothing to read.
    """

    in_scope: float
    sentences: tuple[TaggedSentence, ...]
    triggers: tuple[TaggedTrigger, ...] = ()
    values: tuple[TaggedValue, ...] = ()
    links: tuple[TaggedLink, ...] = ()
    pairs: tuple[TaggedPair, ...] = ()
    reading: Reading | None = field(default=None, repr=False, compare=False)

    def link(self, relation: str, source: Span, value: Span) -> float:
        """Return the probability that `value` stands in `relation` to `source`, for spans found by any means.

        Args:
            relation: as in `TaggedLink` or `TaggedPair`.
            source: a trigger (a claim, for "speaker").
            value: the words of the value.
        """
        return self.links_of(relation, [source], [value])[0][0]

    def links_of(self, relation: str, sources: Sequence[Span], values: Sequence[Span]) -> list[list[float]]:
        """Return the probabilities of a relation between spans: a row a source; 0.0 for spans outside all sentences."""
        found = [[0.0] * len(values) for _ in sources]
        if self.reading is None:
            return found
        rows = [(i, at) for i, span in enumerate(sources) if (at := self.reading.tokens(span))]
        columns = [(i, at) for i, span in enumerate(values) if (at := self.reading.tokens(span))]
        if rows and columns:
            scores = self.reading.scores([at for _, at in rows], [at for _, at in columns])
            part = scores[self.reading.rule.relations.index(relation)]
            for r, (i, _) in enumerate(rows):
                for c, (j, _) in enumerate(columns):
                    found[i][j] = float(part[r, c])
        return found


def decode(
    text: str,
    sentences: Sequence[Span],
    windows: Sequence[Window],
    outputs: Sequence[tuple[Array, Array]],
    heads: Mapping[str, HeadLabels],
    rule: LinkRule,
) -> TaggedDocument:
    """Return what the model's outputs say.

    Args:
        text: of the document.
        sentences: the spans that were cut into windows.
        windows: in order.
        outputs: for each window its scores [token, column] and link vectors [token, number].
        heads: which columns are what.
        rule: how link vectors become scores.
    """
    if not windows:
        return TaggedDocument(0.0, tuple(TaggedSentence(s, {}) for s in sentences))
    probabilities = [_probabilities(scores, heads) for scores, _ in outputs]
    in_scope = max(float(p[0, heads["document"].columns][0]) for p in probabilities)
    of_sentence = np.zeros((len(sentences), len(heads["sentence"].labels)), np.float32)
    keep = []
    for window, p in zip(windows, probabilities, strict=True):
        starts = np.array(window.starts)
        keep.append(np.flatnonzero((starts >= 0) & (np.arange(len(starts)) >= window.own)))
        for mark in window.marks:
            if mark >= window.own:
                row = of_sentence[window.sentences[mark]]
                np.maximum(row, p[mark, heads["sentence"].columns], out=row)
    reading = Reading(
        np.concatenate([np.array(w.starts)[k] for w, k in zip(windows, keep, strict=True)]),
        np.concatenate([np.array(w.ends)[k] for w, k in zip(windows, keep, strict=True)]),
        np.concatenate([np.array(w.sentences)[k] for w, k in zip(windows, keep, strict=True)]),
        np.concatenate([p[k] for p, k in zip(probabilities, keep, strict=True)]),
        np.concatenate([links[k] for (_, links), k in zip(outputs, keep, strict=True)]),
        rule,
    )
    tagged = tuple(
        TaggedSentence(span, _named(heads["sentence"].labels, row))
        for span, row in zip(sentences, of_sentence, strict=True)
    )
    if not len(reading.starts):
        return TaggedDocument(in_scope, tagged)
    triggers, at_trigger = _triggers(text, reading, heads)
    values, at_value = _values(text, reading, heads)
    return TaggedDocument(
        in_scope,
        tagged,
        triggers,
        values,
        tuple(_links(reading, values, at_trigger, at_value)),
        tuple(_pairs(reading, at_trigger)),
        reading,
    )


def _means(rows: Array, spans: Sequence[tuple[int, int]]) -> Array:
    """Return the mean row of each span."""
    a, b = np.array(spans).T
    bounds = np.minimum(np.stack([a, b], 1).ravel(), len(rows))
    padded = np.concatenate([rows, np.zeros_like(rows[:1])])
    sums = np.add.reduceat(padded, bounds, axis=0)[::2]
    return np.asarray(sums / (b - a).reshape(-1, *[1] * (rows.ndim - 1)), np.float32)


def _probabilities(scores: Array, heads: Mapping[str, HeadLabels]) -> Array:
    found = np.empty_like(scores)
    for head in heads.values():
        part = scores[:, head.columns]
        if head.softmax:
            power = np.exp(part - part.max(1, keepdims=True))
            found[:, head.columns] = power / power.sum(1, keepdims=True)
        else:
            found[:, head.columns] = _sigmoid(part)
    return found


def _sigmoid(x: Array) -> Array:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -30.0, 30.0))), np.float32)


def _named(labels: Sequence[str], row: Array) -> dict[str, float]:
    return {label: float(p) for label, p in zip(labels, row, strict=True)}


def _triggers(
    text: str, reading: Reading, heads: Mapping[str, HeadLabels]
) -> tuple[tuple[TaggedTrigger, ...], list[tuple[int, int]]]:
    head = heads["trigger"]
    part = reading.probabilities[:, head.columns]
    best = part[:, 1:].argmax(1)
    found = []
    places = list(_runs(1.0 - part[:, 0] >= TRIGGER_FLOOR, reading.sentences, best))
    if not places:
        return (), []
    for (start, end), mean in zip(places, _means(reading.probabilities, places), strict=True):
        kinds = mean[head.columns][1:]
        found.append(
            TaggedTrigger(
                _words(text, reading, start, end),
                int(reading.sentences[start]),
                head.labels[1 + int(kinds.argmax())],
                float(kinds.max()),
                _named(head.labels[1:], kinds),
                **{
                    name: _named(heads[name].labels, mean[heads[name].columns])
                    for name in ("modality", "scope", "form", "means", "basis", "where")
                },
            )
        )
    return tuple(found), places


def _values(
    text: str, reading: Reading, heads: Mapping[str, HeadLabels]
) -> tuple[tuple[TaggedValue, ...], list[tuple[int, int]]]:
    found = []
    for name in ("claim", "place", "actor", "speaker", "demand", "hedge"):
        head = heads[name]
        part = reading.probabilities[:, head.columns]
        spans: list[tuple[int, int, int | None]]
        if head.softmax:
            spans = [(a, b, None) for a, b in _runs(1.0 - part[:, 0] >= VALUE_FLOOR, reading.sentences)]
        else:
            spans = [
                (a, b, label)
                for label in range(len(head.labels))
                for a, b in _runs(part[:, label] >= VALUE_FLOOR, reading.sentences)
            ]
        for start, end, known in spans:
            mean = part[start:end].mean(0)
            label = 1 + int(mean[1:].argmax()) if known is None else known
            score = float(1.0 - mean[0] if known is None else mean[label])
            span = _words(text, reading, start, end)
            value = TaggedValue(span, int(reading.sentences[start]), name, head.labels[label], score)
            found.append((start, end, value))
    found.sort(key=lambda item: item[:2])
    return tuple(value for _, _, value in found), [(a, b) for a, b, _ in found]


def _runs(
    on: NDArray[np.bool_], sentences: NDArray[np.int64], kind: NDArray[np.int64] | None = None
) -> Iterator[tuple[int, int]]:
    """Yield the longest runs of tokens that are on, within a sentence and of one kind."""
    where = np.flatnonzero(on)
    if not len(where):
        return
    breaks = (np.diff(where) != 1) | (sentences[where[1:]] != sentences[where[:-1]])
    if kind is not None:
        breaks |= kind[where[1:]] != kind[where[:-1]]
    bounds = [0, *(np.flatnonzero(breaks) + 1).tolist(), len(where)]
    for a, b in pairwise(bounds):
        yield int(where[a]), int(where[b - 1]) + 1


def _words(text: str, reading: Reading, start: int, end: int) -> Span:
    """Return the whole words that tokens are of."""
    a, b = int(reading.starts[start]), int(reading.ends[end - 1])
    while a > 0 and text[a].isalnum() and text[a - 1].isalnum():
        a -= 1
    while b < len(text) and text[b - 1].isalnum() and text[b].isalnum():
        b += 1
    return Span(a, b, text[a:b])


def _links(
    reading: Reading, values: Sequence[TaggedValue], triggers: list[tuple[int, int]], places: list[tuple[int, int]]
) -> Iterator[TaggedLink]:
    names = {name: i for i, name in enumerate(reading.rule.relations)}
    if triggers and places:
        scores = reading.scores(triggers, places)
        for v, value in enumerate(values):
            relation = value.label if value.kind == "actor" else value.kind
            if relation not in ("hedge", "speaker"):
                for t, score in enumerate(scores[names[relation], :, v].tolist()):
                    if score >= LINK_FLOOR:
                        yield TaggedLink(relation, t, v, score)
    claims = [v for v, value in enumerate(values) if value.kind == "claim"]
    speakers = [v for v, value in enumerate(values) if value.kind == "speaker"]
    if claims and speakers:
        said = reading.scores([places[v] for v in claims], [places[v] for v in speakers])[names["speaker"]]
        for c, row in zip(claims, said.tolist(), strict=True):
            for s, score in zip(speakers, row, strict=True):
                if score >= LINK_FLOOR:
                    yield TaggedLink("speaker", c, s, score)


def _pairs(reading: Reading, triggers: list[tuple[int, int]]) -> Iterator[TaggedPair]:
    if len(triggers) < 2:
        return
    scores = reading.scores(triggers, triggers)
    for relation in ("same", "context"):
        part = scores[reading.rule.relations.index(relation)]
        for a in range(len(triggers)):
            for b in range(len(triggers)):
                if a != b and part[a, b] >= LINK_FLOOR:
                    yield TaggedPair(relation, a, b, float(part[a, b]))
