"""Mentions to events, in six steps.

1. digest    what linking keeps of each document                                (digest.py, with traits.py)
2. copies    documents that say the same in the same words are one voice        (copies.py)
3. block     documents that share kind, time and place, or a name               (block.py)
4. compare   each pair's weights, added up, and what its documents tell besides (compare.py, between.py)
5. cluster   pairs to events, so that what cannot be one happening never is     (cluster.py)
6. relate    what covers, holds or follows what                                 (relate.py)

The same documents give the same events in whatever order they come: mentions are numbered by what they are. What a few
documents change in a record that was linked before is found by update.py, which goes the same steps.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.codebook.link import LinkRules
from tocsin.datamodel import CodedDocument
from tocsin.datamodel.gazetteer import PlaceIndex
from tocsin.datamodel.ids import text_hash
from tocsin.datamodel.relation import Relation
from tocsin.errors import CodedError
from tocsin.link.between import Told, add_between
from tocsin.link.block import candidate_pairs, families_of, meeting_keys, meetings
from tocsin.link.cluster import cluster_mentions
from tocsin.link.compare import NEVER, weigh_pairs
from tocsin.link.copies import find_voices
from tocsin.link.digest import Shelf, digest_of, shelve
from tocsin.link.reasons import Reasons, events_of_rows, reasons_of, told_most
from tocsin.link.relate import Related, gather, relate_events
from tocsin.link.traits import Traits

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Pairs = tuple[Ints, Ints]

#: Mentions of an event up to which all its pairs are kept as reasons; of 400 they would be 80,000.
ALL_PAIRS = 8


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
    pairs: Reasons
    relations: tuple[Relation, ...]


@dataclass(frozen=True)
class Clusters:
    """Mentions put together: the rows of each event, which rows hang together by pairs at all, and the reasons."""

    rows: list[tuple[int, ...]]
    parts: Ints
    pairs: Reasons


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
    documents = sorted(coded, key=lambda one: (one.document.id, text_hash(one.document.text)))
    found = find_voices([one.document.text for one in documents])
    voices = {one.document.id: documents[voice].document.id for one, voice in zip(documents, found, strict=True)}
    shelf = shelve([digest_of(one, rules, places) for one in documents])
    twice = [name for name, times in Counter(aside.id for aside in shelf.asides).items() if times > 1]
    if twice:
        raise CodedError(f"mention {twice[0]!r}", "is in the documents twice", "give every mention an id of its own")
    met = meetings(meeting_keys(shelf.traits, shelf.told.document, families_of(rules)))
    clusters = put_together(shelf, met, rules, same=list(same), different=list(different))
    related = relate_events([gather(rows, shelf) for rows in clusters.rows])
    return LinkResult(named(clusters, shelf), voices, clusters.pairs, relations_of(related))


def named(clusters: Clusters, shelf: Shelf) -> tuple[tuple[str, ...], ...]:
    """Return the ids of the mentions of each event, sorted."""
    return tuple(sorted(tuple(sorted(shelf.asides[row].id for row in rows)) for rows in clusters.rows))


def relations_of(related: Iterable[Related]) -> tuple[Relation, ...]:
    """Return each relation once, with the first of its reasons, sorted."""
    found: dict[tuple[str, str, str], Relation] = {}
    for one in (each.relation for each in related):
        before = found.setdefault((one.kind, one.holder, one.member), one)
        if one.reason < before.reason:
            found[one.kind, one.holder, one.member] = one
    return tuple(found[key] for key in sorted(found))


def put_together(
    shelf: Shelf,
    met: Pairs,
    rules: LinkRules,
    *,
    same: Sequence[tuple[str, str]] = (),
    different: Sequence[tuple[str, str]] = (),
) -> Clusters:
    """Return the events of the mentions on a shelf, with their reasons.

    Args:
        shelf: the documents.
        met: pairs of documents that are compared, by their place on the shelf, the lower first.
        rules: families of types and weights.
        same, different: ids of two mentions that a person has put together, or kept apart; others are left out.
    """
    size = len(shelf.asides)
    pairs = score_pairs(shelf.traits, shelf.told, met, rules)
    wanted = {name for pair in (*same, *different) for name in pair}
    row_of = {aside.id: row for row, aside in enumerate(shelf.asides) if aside.id in wanted}
    together = [(row_of[a], row_of[b]) for a, b in same if a in row_of and b in row_of]
    never = [(row_of[a], row_of[b]) for a, b in different if a in row_of and b in row_of]
    rows = group_pairs(size, pairs, shelf.told.document, rules, same=together, different=never)
    return Clusters(rows, parts_of(size, pairs, rules, together), _reasons(shelf, pairs, rows, rules))


def score_pairs(traits: Traits, told: Told, met: Pairs, rules: LinkRules) -> ScoredPairs:
    """Return the pairs of mentions worth comparing with their weights.

    Args:
        traits: one row a mention.
        told: of each mention.
        met: pairs of documents that are compared.
        rules: families of types and weights.
    """
    left, right = candidate_pairs(traits, told.document, met, families_of(rules))
    base = weigh_pairs(traits, left, right, rules)
    may = base > NEVER
    weight = base.copy()
    # What cannot be is no rival of what may be, and no pair to go by.
    weight[may] = add_between(left[may], right[may], base[may], told, rules)
    return ScoredPairs(left, right, base, weight)


def parts_of(size: int, pairs: ScoredPairs, rules: LinkRules, same: Sequence[tuple[int, int]] = ()) -> Ints:
    """Return for each of `size` mentions the lowest one that it hangs together with, by pairs that speak for one
    happening or by decisions; no event reaches beyond such a part."""
    speaks = pairs.weight > rules.threshold
    decided = np.array(same, dtype=np.int64).reshape(-1, 2)
    return _components(size, np.r_[pairs.left[speaks], decided[:, 0]], np.r_[pairs.right[speaks], decided[:, 1]])


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
    home = parts_of(size, pairs, rules, same)
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


def _reasons(shelf: Shelf, pairs: ScoredPairs, clusters: Sequence[tuple[int, ...]], rules: LinkRules) -> Reasons:
    may = pairs.base > NEVER
    left, right = pairs.left[may], pairs.right[may]
    kept = told_most(*events_of_rows(clusters, len(shelf.asides)), (left, right, pairs.weight[may]), ALL_PAIRS)
    return reasons_of(shelf, (left, right, pairs.base[may]), kept, rules)


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
