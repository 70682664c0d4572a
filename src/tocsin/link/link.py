"""Mentions to events, in five steps.

1. copies    documents that say the same in the same words are one voice        (copies.py)
2. block     pairs of mentions that share kind, time and place, or a name       (block.py)
3. compare   each pair's weights, added up, and what its documents tell besides (compare.py, between.py)
4. cluster   pairs to events, so that what cannot be one happening never is     (cluster.py)
5. relate    what covers, holds or follows what                                 (relate.py)

The same documents give the same events in whatever order they come: mentions are numbered by what they are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.codebook.link import LinkRules
from tocsin.datamodel import CodedDocument
from tocsin.datamodel.gazetteer import PlaceIndex
from tocsin.datamodel.relation import Relation
from tocsin.errors import CodedError
from tocsin.link.between import Told, add_between, explain_between
from tocsin.link.block import candidate_pairs, keys_of
from tocsin.link.cluster import cluster_mentions
from tocsin.link.compare import Step, cannot_be, compare_pairs, explain_pairs
from tocsin.link.copies import find_voices
from tocsin.link.relate import relate_events
from tocsin.link.traits import Traits, as_traits, traits_of
from tocsin.link.words import number_of

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Mentions of an event up to which all its pairs are kept as reasons; of 400 they would be 80,000.
ALL_PAIRS = 8
#: A pair that cannot be, whatever speaks for it.
_NEVER = -1e6


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """Pairs of mentions that were compared, by their rows, the lower first, and what each weighs in log2."""

    left: Ints
    right: Ints
    base: Floats
    weight: Floats


@dataclass(frozen=True)
class LinkResult:
    """Which mentions are one event, and why.

    Attributes:
        clusters: the ids of the mentions of each event, sorted; every mention is in one, alone or with others.
        voices: for the id of each document that of the first (by id) with the same words.
        pairs: for the ids of two mentions of one event, sorted, what speaks for it and against it; the sum of weights
            is log2 of the odds. Pairs that were never compared, because others join them, are not there; of an event of
            more than `ALL_PAIRS` mentions there is only the best pair of each.
        relations: between clusters that are not one, each named by its first mention.
    """

    clusters: tuple[tuple[str, ...], ...]
    voices: Mapping[str, str]
    pairs: Mapping[tuple[str, str], tuple[Step, ...]]
    relations: tuple[Relation, ...]


def link_mentions(
    coded: Sequence[CodedDocument],
    rules: LinkRules,
    places: PlaceIndex,
    *,
    same: Iterable[tuple[str, str]] = (),
    different: Iterable[tuple[str, str]] = (),
) -> LinkResult:
    """Return which mentions are one event.

    Args:
        coded: documents with their mentions, in any order. Ids of mentions must differ over all documents
            (`name_mentions` sees to that).
        rules: families of types and weights.
        places: where a place lies that is told without coordinates.
        same: ids of two mentions that a person has put together.
        different: ids of two mentions that a person has kept apart.

    Raises:
        CodedError: two mentions have one id.
    """
    documents = sorted(coded, key=lambda one: (one.document.id, one.document.text))
    mentions = [mention for one in documents for mention in one.mentions]
    twice = [name for name, times in Counter(mention.id for mention in mentions).items() if times > 1]
    if twice:
        raise CodedError(f"mention {twice[0]!r}", "is in the documents twice", "give every mention an id of its own")
    found = find_voices([one.document.text for one in documents])
    voices = {one.document.id: documents[voice].document.id for one, voice in zip(documents, found, strict=True)}
    traits = as_traits([row for one in documents for row in traits_of(one, rules, places)])
    row_of = {mention.id: row for row, mention in enumerate(mentions)}
    told = Told(
        np.repeat(np.arange(len(documents)), [len(one.mentions) for one in documents]),
        np.array([row_of.get(m.context or "", -1) for m in mentions], dtype=np.int64),
        traits["type"],
    )
    pairs = score_pairs(traits, told, rules)
    together = [(row_of[a], row_of[b]) for a, b in same if a in row_of and b in row_of]
    never = [(row_of[a], row_of[b]) for a, b in different if a in row_of and b in row_of]
    clusters = group_pairs(len(mentions), pairs, told.document, rules, same=together, different=never)
    kept = _telling_pairs(pairs, clusters)
    left, right = pairs.left[kept], pairs.right[kept]
    steps = explain_pairs(traits, left, right, rules)
    may = np.flatnonzero(pairs.base > _NEVER)
    at = np.searchsorted(may, kept).tolist()
    reasons = explain_between(pairs.left[may], pairs.right[may], pairs.base[may], told, rules, at)
    explained = {}
    for a, b, compared, besides in zip(left.tolist(), right.tolist(), steps, reasons, strict=True):
        one, other = sorted((mentions[a].id, mentions[b].id))
        explained[one, other] = compared + besides
    named = tuple(sorted(tuple(sorted(mentions[row].id for row in cluster)) for cluster in clusters))
    return LinkResult(named, voices, explained, relate_events(named, documents, traits, rules))


def score_pairs(traits: Traits, told: Told, rules: LinkRules) -> ScoredPairs:
    """Return the pairs of mentions worth comparing with their weights.

    Args:
        traits: one row a mention.
        told: of each mention.
        rules: families of types and weights.
    """
    families = {
        number_of(name): tuple(number_of(family) for family in sorted(of)) for name, of in rules.families.items()
    }
    keys, rows = keys_of(traits, families)
    left, right = candidate_pairs(traits, keys, rows, told.document)
    may = ~cannot_be(traits, left, right, rules)
    base = np.full(len(left), _NEVER)
    base[may] = compare_pairs(traits, left[may], right[may], rules)
    weight = base.copy()
    # What cannot be is no rival of what may be, and no pair to go by.
    weight[may] = add_between(left[may], right[may], base[may], told, rules)
    return ScoredPairs(left, right, base, weight)


def group_pairs(
    size: int,
    pairs: ScoredPairs,
    document: Ints,
    rules: LinkRules,
    *,
    same: Sequence[tuple[int, int]] = (),
    different: Sequence[tuple[int, int]] = (),
) -> list[tuple[int, ...]]:
    """Return the clusters of `size` mentions as sorted rows.

    Only what hangs together by pairs that speak for one happening is looked at together, so that a mention costs what
    its neighbours cost.
    """
    speaks = pairs.weight > rules.threshold
    one, two = pairs.left[speaks], pairs.right[speaks]
    for a, b in same:
        one, two = np.r_[one, a], np.r_[two, b]
    home = _components(size, one, two)
    inside = home[pairs.left] == home[pairs.right]
    members: dict[int, list[int]] = {}
    for row in np.flatnonzero(np.bincount(home, minlength=size)[home] > 1).tolist():
        members.setdefault(int(home[row]), []).append(row)
    weights: dict[int, dict[tuple[int, int], float]] = {head: {} for head in members}
    left, right, weight = (column[inside].tolist() for column in (pairs.left, pairs.right, pairs.weight))
    heads = home[pairs.left[inside]].tolist()
    for head, a, b, value in zip(heads, left, right, weight, strict=True):
        weights[head][(a, b)] = value
    always, never = _by_head(same, home), _by_head(different, home)
    clusters: list[tuple[int, ...]] = []
    for head, rows in members.items():
        some = weights[head]
        if len(some) == len(rows) * (len(rows) - 1) // 2 and head not in never and min(some.values()) > rules.threshold:
            clusters.append(tuple(rows))  # every two speak for one happening: so do all means of them
            continue
        number = {row: n for n, row in enumerate(rows)}

        def local(some: Iterable[tuple[int, int]], number: dict[int, int] = number) -> list[tuple[int, int]]:
            return [(number[a], number[b]) for a, b in some if a in number and b in number]

        grouped = cluster_mentions(
            len(rows),
            {(number[a], number[b]): value for (a, b), value in some.items()},
            apart=document[rows].tolist(),
            never=local(never.get(head, ())),
            always=local(always.get(head, ())),
            threshold=rules.threshold,
        )
        clusters += [tuple(rows[n] for n in cluster) for cluster in grouped]
    clusters += [(int(row),) for row in np.flatnonzero(np.bincount(home, minlength=size)[home] == 1)]
    return sorted(clusters)


def _telling_pairs(pairs: ScoredPairs, clusters: Sequence[tuple[int, ...]]) -> Ints:
    """Return the numbers of the pairs that are kept as reasons: of a small event all, of a large one for each mention
    the pair that speaks most for it."""
    event, size = np.zeros(1, np.int64), np.zeros(1, np.int64)
    if clusters:
        rows = np.fromiter((row for cluster in clusters for row in cluster), np.int64)
        size = np.array([len(cluster) for cluster in clusters])
        event = np.zeros(len(rows), np.int64)
        event[rows] = np.repeat(np.arange(len(clusters)), size)
    inside = np.flatnonzero((event[pairs.left] == event[pairs.right]) & (pairs.base > _NEVER))
    few = size[event[pairs.left[inside]]] <= ALL_PAIRS
    many = inside[~few]
    ends = np.r_[pairs.left[many], pairs.right[many]]
    order = np.lexsort((np.r_[many, many], -pairs.weight[np.r_[many, many]], ends))
    best = order[np.r_[True, np.diff(ends[order]) != 0]] if len(order) else order
    found: Ints = np.unique(np.r_[inside[few], np.r_[many, many][best]])
    return found


def _by_head(some: Sequence[tuple[int, int]], home: Ints) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for a, b in some:
        if home[a] == home[b]:
            found.setdefault(int(home[a]), []).append((a, b))
    return found


def _components(size: int, left: Ints, right: Ints) -> Ints:
    """Return for each row the lowest row that it hangs together with."""
    home = np.arange(size)
    while True:
        lower = np.minimum(home[left], home[right])
        before = home.copy()
        np.minimum.at(home, left, lower)
        np.minimum.at(home, right, lower)
        np.minimum.at(home, before[left], lower)
        np.minimum.at(home, before[right], lower)
        home = home[home]
        if np.array_equal(home, before):
            return home
