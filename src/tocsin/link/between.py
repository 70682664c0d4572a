"""What two documents tell besides a pair of mentions: rivals for the pair, other pairs, what both happened within."""

from collections.abc import Mapping, Sequence

import numpy as np

from tocsin.codebook.link import LinkRules
from tocsin.link.compare import Flags, Floats, Ints, Step, pick

#: A pair of this weight or more counts as known when its neighbours are weighed; below the other it is no rival.
STRONG, WEAK = 3.0, -6.0

LEVELS: Mapping[str, tuple[str, ...]] = {
    "rivals": ("none", "far behind", "behind", "close behind", "ahead"),
    "other pairs": ("nothing else told", "three or more", "two", "one", "none"),
    "context": ("one happening", "not the same", "not told"),
}


def levels_between(left: Ints, right: Ints, scores: Floats, document: Ints, context: Ints) -> dict[str, Ints]:
    """Return for each comparison of `LEVELS` the number of the level that each pair reaches.

    Args:
        left, right: the mentions of each pair; there must be one.
        scores: of the pairs as `compare_pairs` gives them.
        document: for each mention the number of its document.
        context: for each mention the number of the mention it happened within, or -1.
    """
    margin, lonely = _margins(left, right, scores, document)
    return {
        "rivals": pick(len(left), lonely, margin >= 6, margin >= 3, margin >= 0),
        "other pairs": _other_pairs(left, right, scores, margin, document),
        "context": _contexts(left, right, scores, context),
    }


def add_between(left: Ints, right: Ints, scores: Floats, document: Ints, context: Ints, rules: LinkRules) -> Floats:
    """Return the scores of pairs with the weights of what their documents tell besides."""
    if not len(left):
        return scores
    total = scores.copy()
    for name, levels in levels_between(left, right, scores, document, context).items():
        total += np.array([rules.weights.get(name, {}).get(level, 0.0) for level in LEVELS[name]])[levels]
    return total


def explain_between(
    left: Ints,
    right: Ints,
    scores: Floats,
    document: Ints,
    context: Ints,
    rules: LinkRules,
    wanted: Sequence[int],
) -> list[tuple[Step, ...]]:
    """Return for the pairs of these numbers what their documents tell besides, as steps."""
    if not wanted:
        return []
    found = levels_between(left, right, scores, document, context)
    steps = []
    for n in wanted:
        levels = {name: LEVELS[name][int(found[name][n])] for name in LEVELS}
        steps.append(tuple(Step(k, v, rules.weights.get(k, {}).get(v, 0.0)) for k, v in levels.items()))
    return steps


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


def _contexts(left: Ints, right: Ints, scores: Floats, context: Ints) -> Ints:
    """Return whether what the two happened within is itself a pair that speaks for one happening."""
    size = len(context) + 1
    known = (context[left] >= 0) & (context[right] >= 0)
    pair = np.minimum(left, right) * size + np.maximum(left, right)
    order = np.argsort(pair)
    wanted = np.minimum(context[left], context[right]) * size + np.maximum(context[left], context[right])
    at = np.minimum(np.searchsorted(pair[order], wanted), len(pair) - 1)
    value = np.where(pair[order][at] == wanted, scores[order][at], -np.inf)
    return pick(len(left), known & (value > 0), known)
