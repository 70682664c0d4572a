"""What a few documents change in a record that was linked before: the same as if all were linked anew, at their cost.

1. what came, went or changed: its digests, its copies, its keys                (voices.py, keys.py)
2. the pairs that speak for one happening, of it and of what shares a key with it
3. the parts that these pairs, and what was there, hang together in; no event reaches beyond one
4. each such part is put together anew                                          (link.py)
5. relations of the events in them                                              (relate.py)
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tocsin.codebook.link import LinkRules
from tocsin.link.block import families_of, meetings
from tocsin.link.digest import Digest, Shelf, pack, shelve_kept, unpack
from tocsin.link.kept import Kept
from tocsin.link.keys import Families, effective_keys, keys_within, update_keys
from tocsin.link.link import Clusters, Pairs, put_together, score_pairs
from tocsin.link.reasons import Reasons
from tocsin.link.relate import (
    Gathered,
    Related,
    chain,
    entries_of,
    gather,
    held,
    wanted_singles,
    wanted_wholes,
    within,
)
from tocsin.link.voices import update_voices

Names = tuple[str, str]


@dataclass(frozen=True)
class Update:
    """What linking a few documents changes.

    Attributes:
        clusters: the ids of the mentions of each event that was put together anew, sorted.
        gone: ids of mentions that are told no more.
        reasons: why mentions of those events are one.
        related: relations that those events have to any other, and those of the chains of `chains`.
        chains: persons and employers whose relations are all in `related`.
        voices: numbers of the documents whose copies may have changed.
    """

    clusters: tuple[tuple[str, ...], ...]
    gone: frozenset[str]
    reasons: Reasons
    related: tuple[Related, ...]
    chains: tuple[int, ...]
    voices: frozenset[int]


def update_links(
    kept: Kept,
    fresh: Mapping[int, Digest],
    gone: Collection[int],
    rules: LinkRules,
    *,
    same: Sequence[Names] = (),
    different: Sequence[Names] = (),
) -> Update:
    """Link a few documents into a record.

    Args:
        kept: what linking kept of the record; is brought up to date.
        fresh: documents that came or changed, by number.
        gone: numbers of documents that count no more.
        rules: families of types and weights, as those that the record was linked by.
        same, different: all pairs of mentions that stand decided as one happening, or as two; both mentions of a pair
            about which that changed are in fresh or gone documents.
    """
    families = families_of(rules)
    old = {one.number: unpack(one) for one in kept.documents({*fresh, *gone})}
    before = {aside.id for one in old.values() for aside in one.asides}
    now = {aside.id for one in fresh.values() for aside in one.asides}
    kept.put(pack(number, digest) for number, digest in fresh.items())
    voices = update_voices(kept, [n for n in gone if n in old], [n for n in fresh if n not in old])
    turned = update_keys(kept, old, fresh, families)
    moved = {**fresh, **{one.number: unpack(one) for one in kept.documents(turned)}}
    spoken = _spoken(kept, moved, rules, families)
    touched = before | {aside.id for one in moved.values() for aside in one.asides}
    touched |= {name for pair in spoken for name in pair}
    parts = _closed(kept, touched, same)
    labels = _labels(parts, [*spoken, *same], touched.union(*parts) - (before - now))
    left = frozenset(before - now)
    kept.drop([n for n in gone if n in old], left)

    shelf = _shelf(kept, kept.documents_of(labels.keys()))
    clusters = put_together(shelf, _met(kept, shelf, labels, families), rules, same=same, different=different)
    chosen = [rows for rows in clusters.rows if shelf.asides[rows[0]].id in labels]
    kept.set_parts(labels.keys() - left, _parts(shelf, clusters, labels))
    names = tuple(sorted(tuple(sorted(shelf.asides[row].id for row in rows)) for rows in chosen))
    inside = {pair: levels for pair, levels in clusters.pairs.levels.items() if pair[0] in labels}
    events = [gather(rows, shelf) for rows in chosen]
    related, chains = _relate(kept, events, labels.keys() | left)
    return Update(names, left, Reasons(clusters.pairs.scale, inside), related, chains, frozenset(voices))


def _shelf(kept: Kept, numbers: Collection[int]) -> Shelf:
    return shelve_kept(kept.documents(numbers))


def _spoken(kept: Kept, moved: Mapping[int, Digest], rules: LinkRules, families: Families) -> list[Names]:
    """Return the pairs of mentions that speak for one happening, of some documents and all that these meet."""
    partners = {n: kept.holders(keys) - {n} for n, keys in effective_keys(kept, moved, families).items()}
    rows = kept.documents({*moved, *(n for some in partners.values() for n in some)})
    place = {one.number: at for at, one in enumerate(rows)}
    shelf = shelve_kept(rows)
    met = {(min(place[a], place[b]), max(place[a], place[b])) for a, some in partners.items() for b in some}
    pairs = score_pairs(shelf.traits, shelf.told, _as_pairs(met), rules)
    speaks = pairs.weight > rules.threshold
    asides = shelf.asides
    both = zip(pairs.left[speaks].tolist(), pairs.right[speaks].tolist(), strict=True)
    return [(asides[a].id, asides[b].id) for a, b in both]


def _closed(kept: Kept, touched: set[str], same: Sequence[Names]) -> list[set[str]]:
    """Return the parts that some mentions were in, and those of what they are decided to be one with; the mentions
    themselves are added to by the latter."""
    while True:
        parts = kept.parts(touched)
        held_now = touched.union(*parts)
        more = {name for pair in same if held_now & set(pair) for name in pair} - held_now
        if not more:
            return parts
        touched |= more


def _labels(parts: Iterable[Iterable[str]], pairs: Iterable[Names], names: Collection[str]) -> dict[str, str]:
    """Return for each of some names one that it shares with all that it may hang together with."""
    home = {name: name for name in names}

    def find(name: str) -> str:
        while home[name] != name:
            home[name] = home[home[name]]
            name = home[name]
        return name

    def tie(one: str, other: str) -> None:
        if one in home and other in home:
            a, b = sorted((find(one), find(other)))
            home[b] = a

    for part in parts:
        for one, other in pairwise(name for name in part if name in home):
            tie(one, other)
    for one, other in pairs:
        tie(one, other)
    return {name: find(name) for name in names}


def _met(kept: Kept, shelf: Shelf, labels: Mapping[str, str], families: Families) -> Pairs:
    """Return the pairs of documents on a shelf that meet and tell mentions that may hang together."""
    under: defaultdict[str, set[int]] = defaultdict(set)
    for aside, document in zip(shelf.asides, shelf.told.document.tolist(), strict=True):
        if aside.id in labels:
            under[labels[aside.id]].add(document)
    wanted = {(a, b) for some in under.values() for a in some for b in some if a < b}
    size = len(shelf.names) + 1
    one, two = meetings(keys_within(kept, shelf, families))
    first, second = _as_pairs(wanted)
    packed = np.intersect1d(one * size + two, first * size + second)
    return packed // size, packed % size


def _as_pairs(pairs: Collection[tuple[int, int]]) -> Pairs:
    table = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _parts(shelf: Shelf, clusters: Clusters, labels: Mapping[str, str]) -> list[list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row, part in enumerate(clusters.parts.tolist()):
        if shelf.asides[row].id in labels:
            found[part].append(shelf.asides[row].id)
    return [names for names in found.values() if len(names) > 1]


class _Around:
    """Events put together anew and, as far as they are asked for, those around them."""

    def __init__(self, kept: Kept, events: Iterable[Gathered]) -> None:
        self._kept = kept
        self._events = {aside.id: one for one in events for aside in one.asides}

    def load(self, mentions: Iterable[str]) -> None:
        """Fetch the events that some mentions are in."""
        names = {name for name in mentions if name} - self._events.keys()
        missing = self._kept.events(names)
        shelf = _shelf(self._kept, self._kept.documents_of({name for one in missing for name in one}))
        row_of = {aside.id: row for row, aside in enumerate(shelf.asides)}
        for mentions_of_one in missing:
            rows = [row_of[name] for name in mentions_of_one if name in row_of]
            if rows:
                one = gather(rows, shelf)
                self._events |= {aside.id: one for aside in one.asides}

    def all(self, mentions: Iterable[str]) -> list[Gathered]:
        """Return the events that some mentions are in, each once."""
        names = list(mentions)
        self.load(names)
        found = {self._events[name].id: self._events[name] for name in names if name in self._events}
        return list(found.values())

    def known(self) -> Mapping[str, Gathered]:
        """Return the events fetched so far, by the ids of their mentions."""
        return self._events


def _relate(
    kept: Kept, events: Sequence[Gathered], touched: Collection[str]
) -> tuple[tuple[Related, ...], tuple[int, ...]]:
    """Return all relations of events put together anew, and those of the chains that they are or were in.

    Args:
        kept: is brought up to date.
        events: put together anew.
        touched: ids of their mentions, and of those that are told no more.
    """
    old = kept.entries_of(touched)
    new = [entry for one in events for entry in entries_of(one)]
    kept.change_entries(old, new)
    around = _Around(kept, events)
    found: dict[tuple[str, str, str, int], Related] = {}

    def note(some: Iterable[Related]) -> None:
        for one in some:
            found[one.relation.kind, one.relation.holder, one.relation.member, one.key] = one

    for whole in events:
        for key, first, last in wanted_singles(whole):
            note(held(whole, around.all(entry.event for entry in kept.entries(key, first, last))))
    for single in events:
        for key, first, last in wanted_wholes(single):
            for whole in around.all(entry.event for entry in kept.entries(key, 0, last) if entry.last >= first):
                note(held(whole, [single]))
    note(_within(kept, events, around))
    # A chain is one key of persons or employers: without a day.
    keys = sorted({entry.key for entry in (*old, *new) if entry.first == 0})
    for key in keys:
        note(chain(key, around.all(entry.event for entry in kept.entries(key, 0, 0))))
    return tuple(found[name] for name in sorted(found)), tuple(keys)


def _within(kept: Kept, events: Sequence[Gathered], around: _Around) -> Iterator[Related]:
    """Yield what events put together anew happened within, and what happened within them."""
    ours = {aside.id for one in events for aside in one.asides}
    shelf = _shelf(kept, kept.documents_of(ours))
    context = shelf.told.context.tolist()
    inner = {shelf.asides[row].id for row, at in enumerate(context) if at >= 0 and shelf.asides[at].id in ours}
    members = around.all(sorted(ours | inner))
    around.load(name for one in members for name in one.contexts)
    for one in members:
        for related in within(one, around.known()):
            if related.relation.holder in ours or related.relation.member in ours:
                yield related
