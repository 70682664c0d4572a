"""Pairs to clusters, so that what cannot be one happening never is, in whatever order the pairs come."""

import heapq
from collections.abc import Iterable, Mapping, Sequence

#: What a pair weighs that was not compared, because no block held both: they differ in day, place or kind.
UNCOMPARED = -4.0


def cluster_mentions(
    size: int,
    pairs: Mapping[tuple[int, int], float],
    *,
    apart: Sequence[int],
    never: Iterable[tuple[int, int]] = (),
    always: Iterable[tuple[int, int]] = (),
    threshold: float = 0.0,
) -> list[tuple[int, ...]]:
    """Return the clusters of mentions, each sorted, in the order of their first mention.

    Clusters grow from single mentions, the two with the highest mean weight first, as long as that mean is above the
    threshold; ties go to the mentions with the lower numbers, so number them by what they are, not by when they came.

    Args:
        size: how many mentions there are; they are numbered from 0.
        pairs: the weights of the pairs compared, the lower number first.
        apart: for each mention a number; two with the same one are never put together (mentions of one document).
        never: pairs that are never put together.
        always: pairs that are, whatever they weigh.
        threshold: the mean weight above which two clusters are one.
    """
    members: dict[int, tuple[int, ...]] = {n: (n,) for n in range(size)}
    owners: dict[int, set[int]] = {n: {apart[n]} for n in range(size)}
    sums: list[dict[int, list[float]]] = [{} for _ in range(size)]
    for (a, b), weight in pairs.items():
        sums[a][b] = sums[b][a] = [weight, 1]
    foes: list[set[int]] = [set() for _ in range(size)]
    for a, b in never:
        foes[a].add(b)
        foes[b].add(a)
    heap: list[tuple[float, int, int]] = []

    def mean(a: int, b: int) -> float:
        total, count = sums[a][b]
        pairs_between = len(members[a]) * len(members[b])
        return (total + UNCOMPARED * (pairs_between - count)) / pairs_between

    def offer(a: int, b: int) -> None:
        value = mean(a, b)
        if value > threshold and b not in foes[a] and not owners[a] & owners[b]:
            heapq.heappush(heap, (-value, min(a, b), max(a, b)))

    def join(a: int, b: int) -> None:
        """Put b into a, whose number is the lower one."""
        members[a] = tuple(sorted(members[a] + members.pop(b)))
        owners[a] |= owners.pop(b)
        for other, (total, count) in sums[b].items():
            del sums[other][b]
            if other != a:
                mine = sums[a].setdefault(other, [0.0, 0])
                sums[other][a] = mine
                mine[0] += total
                mine[1] += count
        for other in foes[b]:
            foes[other].discard(b)
            foes[other].add(a)
        foes[a] |= foes[b] - {a}
        sums[b].clear()
        foes[b].clear()

    home = list(range(size))

    def find(n: int) -> int:
        while home[n] != n:
            n = home[n]
        return n

    for a, b in sorted(always):
        one, two = sorted((find(a), find(b)))
        if one != two:
            join(one, two)
            home[two] = one
    for a, b in {(min(one, two), max(one, two)) for one in members for two in sums[one]}:
        offer(a, b)
    while heap:
        value, a, b = heapq.heappop(heap)
        if a in members and b in members and b in sums[a] and mean(a, b) == -value:
            if b in foes[a] or owners[a] & owners[b]:
                continue
            join(a, b)
            for other in sums[a]:
                offer(a, other)
    return sorted(members.values())
