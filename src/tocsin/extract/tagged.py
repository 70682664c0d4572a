"""What the tagger reads off a document, and how the model's figures become it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.datamodel import Span
from tocsin.extract.tagged_links import Array, LinkRule, LinkVectors, means, sigmoid
from tocsin.extract.windows import Window

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


@dataclass(frozen=True)
class TaggedDocument:
    """What the model reads off a document; all spans are of its text.

    Attributes:
        in_scope: probability that the document tells of any happening that is coded.
        sentences, triggers, values: in the order of the text.
        vectors: from which links are scored, or None where there was nothing to read.
    """

    in_scope: float
    sentences: tuple[TaggedSentence, ...]
    triggers: tuple[TaggedTrigger, ...] = ()
    values: tuple[TaggedValue, ...] = ()
    vectors: LinkVectors | None = field(default=None, repr=False, compare=False)

    @cached_property
    def links(self) -> tuple[TaggedLink, ...]:
        """Between triggers (or claims) and values, from LINK_FLOOR on."""
        return tuple(_links(self))

    @cached_property
    def pairs(self) -> tuple[TaggedPair, ...]:
        """Between triggers, from LINK_FLOOR on."""
        return tuple(_pairs(self))

    def link(self, relation: str, source: Span, value: Span) -> float:
        """Return the probability that `value` stands in `relation` to `source`, for spans found by any means.

        Args:
            relation: as in `TaggedLink` or `TaggedPair`.
            source: a trigger (a claim, for "speaker").
            value: the words of the value.
        """
        return self.links_of(relation, [source], [value])[0][0]

    def links_of(self, relation: str, sources: Sequence[Span], values: Sequence[Span]) -> list[list[float]]:
        """Return the probabilities of a relation between spans: a row a source; 0.0 for spans outside all sentences.

        One call for many spans costs little more than one for two.
        """
        found = [[0.0] * len(values) for _ in sources]
        if self.vectors is None:
            return found
        rows = [(i, at) for i, span in enumerate(sources) if (at := self.vectors.tokens(span))]
        columns = [(i, at) for i, span in enumerate(values) if (at := self.vectors.tokens(span))]
        if rows and columns:
            scores = self.vectors.scores(relation, [at for _, at in rows], [at for _, at in columns])
            for (i, _), row in zip(rows, scores.tolist(), strict=True):
                for (j, _), score in zip(columns, row, strict=True):
                    found[i][j] = score
        return found


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The tokens of a document's own text with the model's raw scores for them, in the order of the text."""

    starts: list[int]
    ends: list[int]
    sentences: NDArray[np.int64]
    scores: Array


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
    document = heads["document"]
    in_scope = max(float(_probabilities(scores[:1], document)[0, 0]) for scores, _ in outputs)
    of_sentence = np.zeros((len(sentences), len(heads["sentence"].labels)), np.float32)
    keep = []
    for window, (scores, _) in zip(windows, outputs, strict=True):
        starts = np.array(window.starts)
        keep.append(np.flatnonzero((starts >= 0) & (np.arange(len(starts)) >= window.own)))
        marks = [mark for mark in window.marks if mark >= window.own]
        for mark, row in zip(marks, _probabilities(scores[marks], heads["sentence"]), strict=True):
            best = of_sentence[window.sentences[mark]]  # a sentence of several parts has several marks
            np.maximum(best, row, out=best)

    def kept(rows: Iterable[Sequence[int] | Array]) -> NDArray[Any]:
        return np.concatenate([np.asarray(row)[k] for row, k in zip(rows, keep, strict=True)])

    tokens = _Tokens(
        kept(w.starts for w in windows).tolist(),
        kept(w.ends for w in windows).tolist(),
        kept(w.sentences for w in windows),
        kept(scores for scores, _ in outputs),
    )
    tagged = tuple(
        TaggedSentence(span, _named(heads["sentence"].labels, row))
        for span, row in zip(sentences, of_sentence, strict=True)
    )
    if not tokens.starts:
        return TaggedDocument(in_scope, tagged)
    return TaggedDocument(
        in_scope,
        tagged,
        _triggers(text, tokens, heads),
        _values(text, tokens, heads),
        LinkVectors(tokens.starts, tokens.ends, tokens.sentences, kept(links for _, links in outputs), rule),
    )


def likelihood(window: Window, scores: Array, heads: Mapping[str, HeadLabels]) -> float:
    """Return how likely a window tells of happenings: what the whole, its likeliest sentence and words say, as a mean.

    The mean is geometric: each of the three must speak for it.

    Args:
        window: holds a sentence at least.
        scores: the model's for it, [token, column].
        heads: which columns are what.
    """
    whole = _probabilities(scores[:1], heads["document"])[0, 0]
    sentence = _probabilities(scores[list(window.marks)], heads["sentence"]).max()
    words = 1.0 - _probabilities(scores, heads["trigger"])[:, 0].min()
    return float((whole * sentence * words) ** (1 / 3))


def _probabilities(scores: Array, head: HeadLabels) -> Array:
    part = scores[:, head.columns]
    if not head.softmax:
        return sigmoid(part)
    power = np.exp(part - part.max(1, keepdims=True))
    return np.asarray(power / power.sum(1, keepdims=True))


def _named(labels: Sequence[str], row: Array) -> dict[str, float]:
    return dict(zip(labels, row.tolist(), strict=True))


def _triggers(text: str, tokens: _Tokens, heads: Mapping[str, HeadLabels]) -> tuple[TaggedTrigger, ...]:
    head = heads["trigger"]
    part = _probabilities(tokens.scores, head)
    on = 1.0 - part[:, 0] >= TRIGGER_FLOOR
    places = list(_runs(on, tokens.sentences, part[:, 1:].argmax(1)))
    if not places:
        return ()
    # The heads that are read off triggers are worked out there alone.
    inside = np.concatenate([np.arange(a, b) for a, b in places])
    bounds = np.cumsum([0, *(b - a for a, b in places)]).tolist()
    of_trigger = {
        name: means(_probabilities(tokens.scores[inside], heads[name]), list(pairwise(bounds)))
        for name in ("trigger", "modality", "scope", "form", "means", "basis", "where")
    }
    found = []
    for at, (start, end) in enumerate(places):
        named = {name: _named(heads[name].labels, rows[at]) for name, rows in of_trigger.items()}
        types = {kind: score for kind, score in named.pop("trigger").items() if kind != head.labels[0]}
        best = max(types, key=lambda kind: types[kind])
        sentence = int(tokens.sentences[start])
        found.append(TaggedTrigger(_words(text, tokens, start, end), sentence, best, types[best], types, **named))
    return tuple(found)


def _values(text: str, tokens: _Tokens, heads: Mapping[str, HeadLabels]) -> tuple[TaggedValue, ...]:
    found = []
    for name in ("claim", "place", "actor", "speaker", "demand", "hedge"):
        head = heads[name]
        part = _probabilities(tokens.scores, head)
        spans: list[tuple[int, int, int | None]]
        if head.softmax:
            spans = [(a, b, None) for a, b in _runs(1.0 - part[:, 0] >= VALUE_FLOOR, tokens.sentences)]
        else:
            spans = [
                (a, b, label)
                for label in range(len(head.labels))
                for a, b in _runs(part[:, label] >= VALUE_FLOOR, tokens.sentences)
            ]
        if not spans:
            continue
        rows = means(part, [(a, b) for a, b, _ in spans]).tolist()
        for (start, end, known), mean in zip(spans, rows, strict=True):
            label = mean.index(max(mean[1:]), 1) if known is None else known
            score = 1.0 - mean[0] if known is None else mean[label]
            span = _words(text, tokens, start, end)
            value = TaggedValue(span, int(tokens.sentences[start]), name, head.labels[label], score)
            found.append((start, end, value))
    found.sort(key=lambda item: item[:2])
    return tuple(value for _, _, value in found)


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


def _words(text: str, tokens: _Tokens, start: int, end: int) -> Span:
    """Return the whole words that tokens are of."""
    a, b = tokens.starts[start], tokens.ends[end - 1]
    while a > 0 and text[a].isalnum() and text[a - 1].isalnum():
        a -= 1
    while b < len(text) and text[b - 1].isalnum() and text[b].isalnum():
        b += 1
    return Span(a, b, text[a:b])


def _links(tagged: TaggedDocument) -> Iterator[TaggedLink]:
    triggers = [trigger.span for trigger in tagged.triggers]
    relations = [value.label if value.kind == "actor" else value.kind for value in tagged.values]
    for relation in sorted(set(relations) - {"hedge", "speaker"}):
        values = [v for v, of_value in enumerate(relations) if of_value == relation]
        yield from _linked(tagged, relation, triggers, range(len(triggers)), values)
    claims = [v for v, value in enumerate(tagged.values) if value.kind == "claim"]
    speakers = [v for v, value in enumerate(tagged.values) if value.kind == "speaker"]
    yield from _linked(tagged, "speaker", [tagged.values[v].span for v in claims], claims, speakers)


def _linked(
    tagged: TaggedDocument, relation: str, sources: Sequence[Span], names: Sequence[int], values: Sequence[int]
) -> Iterator[TaggedLink]:
    scores = tagged.links_of(relation, sources, [tagged.values[v].span for v in values])
    for source, row in zip(names, scores, strict=True):
        for value, score in zip(values, row, strict=True):
            if score >= LINK_FLOOR:
                yield TaggedLink(relation, source, value, score)


def _pairs(tagged: TaggedDocument) -> Iterator[TaggedPair]:
    spans = [trigger.span for trigger in tagged.triggers]
    for relation in ("same", "context"):
        for a, row in enumerate(tagged.links_of(relation, spans, spans)):
            for b, score in enumerate(row):
                if a != b and score >= LINK_FLOOR:
                    yield TaggedPair(relation, a, b, score)
