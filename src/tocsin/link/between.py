"""What two documents tell besides a pair of mentions: rivals for the pair, other pairs, what both happened within."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.codebook.link import LinkRules
from tocsin.link.compare import Floats
from tocsin.link.comparisons import Flags, Ints, pick

#: A pair of this weight or more counts as known when its neighbours are weighed; below the other it is no rival.
STRONG, WEAK = 3.0, -6.0

_FOUND = ("one happening beyond doubt", "one happening", "not the same")
LEVELS: Mapping[str, tuple[str, ...]] = {
    "rivals": ("none", "far behind", "behind", "close behind", "ahead"),
    "other pairs": ("nothing else told", "three or more", "two", "one", "none"),
    "context": (*_FOUND, "of other types", "one told", "not told"),
    "within": (*_FOUND, "none"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of each mention besides its traits.

    Attributes:
        document: the number of its document.
        context: the number of the mention that it happened within, or -1.
        kind: the number of its type.
    """

    document: Ints
    context: Ints
    kind: npt.NDArray[np.uint32]


def levels_between(left: Ints, right: Ints, scores: Floats, told: Told) -> dict[str, Ints]:
    """Return for each comparison of `LEVELS` the number of the level that each pair reaches.

    A level follows from the pairs of the two documents alone, so that a new document changes no pair of older ones.

    Args:
        left, right: the mentions of each pair, in order; there must be one.
        scores: of the pairs as `compare_pairs` gives them.
        told: of each mention.
    """
    margin, lonely = _margins(left, right, scores, told.document)
    above, below, contexts = _contexts(left, right, scores, told.context)
    one, two = told.context[left], told.context[right]
    both = (one >= 0) & (two >= 0)
    return {
        "rivals": pick(len(left), lonely, margin >= 6, margin >= 3, margin >= 0),
        "other pairs": _other_pairs(left, right, scores, margin, told.document),
        "context": pick(
            len(left),
            above > STRONG,
            above > 0,
            both & (told.kind[one] == told.kind[two]),
            both,
            (one >= 0) | (two >= 0),
        ),
        "within": pick(len(left), below > STRONG, below > 0, contexts),
    }


def add_between(left: Ints, right: Ints, scores: Floats, told: Told, rules: LinkRules) -> Floats:
    """Return the scores of pairs with the weights of what their documents tell besides."""
    if not len(left):
        return scores
    total = scores.copy()
    for name, levels in levels_between(left, right, scores, told).items():
        total += np.array([rules.weights.get(name, {}).get(level, 0.0) for level in LEVELS[name]])[levels]
    return total


def _margins(left: Ints, right: Ints, scores: Floats, document: Ints) -> tuple[Floats, Flags]:
    """Return how far each pair is ahead of the best other pair of one of its mentions and the other's document."""
    rival = np.full(len(left), -np.inf)
    for mine, theirs in ((left, right), (right, left)):
        group = mine.astype(np.int64) * (int(document.max(initial=0)) + 1) + document[theirs]
        order = np.lexsort((-scores, group))
        begins = np.r_[True, np.diff(group[order]) != 0]
        starts, number = np.flatnonzero(begins), np.cumsum(begins) - 1
        first = scores[order][starts]
        has_second = np.r_[starts[1:], len(order)] - starts > 1
        second = np.where(has_second, scores[order][np.minimum(starts + 1, len(order) - 1)], -np.inf)
        best = np.empty(len(left))
        best[order] = np.where(begins, second[number], first[number])
        rival = np.maximum(rival, best)
    return scores - rival, rival < WEAK


def _other_pairs(left: Ints, right: Ints, scores: Floats, margin: Floats, document: Ints) -> Ints:
    """Return how many other pairs of the two documents are one happening beyond doubt."""
    one, two = document[left], document[right]
    group = np.minimum(one, two) * (int(document.max(initial=0)) + 1) + np.maximum(one, two)
    numbers, where, sizes = np.unique(group, return_inverse=True, return_counts=True)
    sure = (scores >= STRONG) & (margin >= 0)
    count = np.bincount(where, weights=sure, minlength=len(numbers))[where] - sure
    return pick(len(left), sizes[where] == 1, count >= 3, count == 2, count == 1)


def _contexts(left: Ints, right: Ints, scores: Floats, context: Ints) -> tuple[Floats, Floats, Flags]:
    """Return the score of what the two happened within, the best score of two that happened within them, and whether
    there are such two; where there is none, minus infinity."""
    size = len(context) + 1
    one, two = context[left], context[right]
    known = (one >= 0) & (two >= 0)
    pair = left * size + right  # ascending, as the pairs are in order
    wanted = np.where(known, np.minimum(one, two) * size + np.maximum(one, two), -1)
    at = np.minimum(np.searchsorted(pair, wanted), len(pair) - 1)
    hit = known & (pair[at] == wanted)
    above, below = np.where(hit, scores[at], -np.inf), np.full(len(left), -np.inf)
    np.maximum.at(below, at[hit], scores[hit])
    return above, below, below > -np.inf
