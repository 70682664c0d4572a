"""Why mentions are one event: for each pair the level that every comparison reached, one byte each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.codebook.link import LinkRules
from tocsin.link import between, compare, comparisons
from tocsin.link.digest import Shelf

Ints = npt.NDArray[np.int64]
#: For each comparison its name, its levels and their weights in log2, in the order of the bytes of a pair.
Scale = tuple[tuple[str, tuple[str, ...], tuple[float, ...]], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison of an explained pair: its name, the level reached and the weight of it in log2."""

    comparison: str
    level: str
    weight: float


@dataclass(frozen=True)
class Reasons(Mapping[tuple[str, str], tuple[Step, ...]]):
    """For the ids of two mentions, sorted, what speaks for their being one happening and against it.

    Attributes:
        scale: what the bytes of a pair stand for.
        levels: by the ids of two mentions, one byte a comparison.
    """

    scale: Scale
    levels: Mapping[tuple[str, str], bytes]

    def __getitem__(self, pair: tuple[str, str]) -> tuple[Step, ...]:
        return steps_of(self.levels[pair], self.scale)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.levels)

    def __len__(self) -> int:
        return len(self.levels)


def scale_of(rules: LinkRules) -> Scale:
    """Return what the bytes of a pair stand for."""
    named = {**comparisons.LEVELS, **between.LEVELS}
    return tuple(
        (name, levels, tuple(rules.weights.get(name, {}).get(level, 0.0) for level in levels))
        for name, levels in named.items()
    )


def steps_of(levels: bytes, scale: Scale) -> tuple[Step, ...]:
    """Return what a pair's bytes stand for, the strongest first."""
    steps = [Step(name, of[n], weights[n]) for n, (name, of, weights) in zip(levels, scale, strict=True)]
    return tuple(sorted(steps, key=lambda step: (-abs(step.weight), step.comparison)))


def reasons_of(
    shelf: Shelf, pairs: tuple[Ints, Ints, npt.NDArray[np.float64]], kept: Ints, rules: LinkRules
) -> Reasons:
    """Return why the mentions of some pairs are one.

    Args:
        shelf: the documents.
        pairs: lower and higher row and score of all pairs that can be, in order, as for `between.add_between`.
        kept: the numbers of those to explain.
        rules: the weights.
    """
    left, right, scores = pairs
    told = between.levels_between(left, right, scores, shelf.told) if len(kept) else {}
    ones, others = left[kept], right[kept]
    table = np.zeros((len(kept), len(comparisons.LEVELS) + len(between.LEVELS)), dtype=np.uint8)
    for begin in range(0, len(kept), compare.CHUNK):
        part = slice(begin, begin + compare.CHUNK)
        found = compare.levels_of(shelf.traits[ones[part]], shelf.traits[others[part]])
        for column, name in enumerate(comparisons.LEVELS):
            table[part, column] = found[name]
    for column, name in enumerate(between.LEVELS, len(comparisons.LEVELS)):
        table[:, column] = told[name][kept] if name in told else 0
    levels: dict[tuple[str, str], bytes] = {}
    for a, b, row in zip(ones.tolist(), others.tolist(), table, strict=True):
        one, other = shelf.asides[a].id, shelf.asides[b].id
        levels[(one, other) if one < other else (other, one)] = row.tobytes()
    return Reasons(scale_of(rules), levels)


def told_most(event: Ints, size: Ints, pairs: tuple[Ints, Ints, npt.NDArray[np.float64]], few: int) -> Ints:
    """Return the numbers of the pairs that are kept as reasons: of a small event all, of a large one for each mention
    the pair that speaks most for it.

    Args:
        event: for each row the number of its event.
        size: of each event.
        pairs: lower and higher row and weight of all pairs that can be.
        few: mentions of a small event, at most.
    """
    left, right, weight = pairs
    inside = np.flatnonzero(event[left] == event[right])
    small = size[event[left[inside]]] <= few
    many = inside[~small]
    twice = np.r_[many, many]
    ends = np.r_[left[many], right[many]]
    order = np.lexsort((twice, -weight[twice], ends))
    best = order[np.r_[True, np.diff(ends[order]) != 0]] if len(order) else order
    found: Ints = np.unique(np.r_[inside[small], twice[best]])
    return found


def events_of_rows(clusters: Sequence[tuple[int, ...]], size: int) -> tuple[Ints, Ints]:
    """Return for each of `size` rows the number of its event, and the sizes of the events."""
    event, count = np.zeros(size, np.int64), np.zeros(max(1, len(clusters)), np.int64)
    if clusters:
        rows = np.fromiter((row for cluster in clusters for row in cluster), np.int64)
        count = np.array([len(cluster) for cluster in clusters])
        event[rows] = np.repeat(np.arange(len(clusters)), count)
    return event, count
