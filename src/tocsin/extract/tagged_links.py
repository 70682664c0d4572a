"""How strongly the tagger ties the words of one span to those of another."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.datamodel import Span

Array = NDArray[np.float32]


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
class LinkVectors:
    """The tokens of a document that were read, in its order, with the vectors from which links are scored.

    Attributes:
        starts, ends: of each token, code points in the text.
        sentences: for each token the index of its sentence.
        vectors: [token, side and relation and number], as the model gives them.
        rule: how they become scores.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    sentences: NDArray[np.int64]
    vectors: Array
    rule: LinkRule

    def tokens(self, span: Span) -> tuple[int, int] | None:
        """Return the tokens [first, last + 1) that a span touches, or None."""
        first = bisect_right(self.ends, span.start)
        last = bisect_left(self.starts, span.end)
        return (first, last) if first < last else None

    def scores(self, relation: str, queries: Sequence[tuple[int, int]], candidates: Sequence[tuple[int, int]]) -> Array:
        """Return the probability of a relation: [query, candidate]; neither may be empty."""
        rule = self.rule
        at = rule.relations.index(relation)
        parts = self.vectors.reshape(len(self.vectors), 2, len(rule.relations), rule.size)
        raw = np.einsum("qd,cd->qc", means(parts[:, 0, at], queries), means(parts[:, 1, at], candidates))
        raw /= np.sqrt(np.float32(rule.size))
        a, b = np.array(queries), np.array(candidates)
        reach = rule.by_sentence.shape[1] // 2
        apart = self.sentences[b[:, 0]][None, :] - self.sentences[a[:, 0]][:, None]
        after = np.maximum(b[None, :, 0] - a[:, None, 1] + 1, 0)
        before = np.maximum(a[:, None, 0] - b[None, :, 1] + 1, 0)
        bucket = np.searchsorted(rule.steps, after, side="right") - np.searchsorted(rule.steps, before, side="right")
        raw += rule.by_sentence[at][np.minimum(np.maximum(apart, -reach), reach) + reach]
        raw += rule.by_token[at][bucket + len(rule.steps)]
        raw += rule.bias[at]
        return sigmoid(raw)


def means(rows: Array, spans: Sequence[tuple[int, int]]) -> Array:
    """Return the mean row of each span [first, last + 1) of rows; none may be empty."""
    lengths = np.array([b - a for a, b in spans])
    # Only the rows of the spans are touched: the rest of a document is far more.
    picked = rows[[i for a, b in spans for i in range(a, b)]]
    sums = np.add.reduceat(picked, np.cumsum(lengths) - lengths, axis=0)
    return np.asarray(sums / lengths[:, None], np.float32)


def sigmoid(x: Array) -> Array:
    """Return the probabilities that log odds stand for."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.minimum(np.maximum(x, -30.0), 30.0))), np.float32)
