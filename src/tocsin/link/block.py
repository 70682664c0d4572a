"""Which documents are worth comparing: those that share a key of kind, time and place, or of kind and name.

Every key can be looked up, so that a new document is compared with the few that share one and not with all. A key that
too many documents have tells nothing by itself and is parted into finer ones, so that whether two documents meet hangs
on what they are and on how many share a key, never on the order in which they came.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.codebook.link import LinkRules
from tocsin.link.traits import BY_CONTEXT, NO_DAY, UNDATED, Traits
from tocsin.link.words import number_of

Keys = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_Mixed = npt.NDArray[np.uint64]

#: Days in a bucket of time. A happening is told with a day of difference at most, so a bucket of eight days and its
#: neighbours' edges hold all its tellings and those of the week.
BUCKET = 8
#: Buckets that a long happening is entered under; one that took more than three months is found by names.
BUCKETS = 12
#: Names of a document, the most frequent first, under which its mentions are entered.
STORY_NAMES = 16
#: Days in which two reports of one story that share a name are looked at whatever their days and places.
STORY_DAYS = 64
#: Documents under one key that are all compared with each other: 80,000 comparisons, 0.3 s. A key with more is parted,
#: first by days, then by words; one that has more still is no reason to compare.
LARGEST = 400
#: Days in a part of a crowded key; each document is entered under two sets of parts, half of one apart, so that no two
#: neighbouring days are always parted.
PART = 2
#: How often a key is parted.
LEVELS = 2
#: Days between the days of two happenings from which they are not compared.
APART = 2
#: Pairs of mentions looked at together, so that memory does not grow with the record.
CHUNK = 1 << 20

_MIX = np.uint64(0x9E3779B97F4A7C15)
#: Keys have 47 bits, which SQLite keeps in six bytes; that two of a hundred million fall together costs a comparison.
_BITS = np.uint64((1 << 47) - 1)


@dataclass(frozen=True, slots=True)
class Entries:
    """Keys of mentions: which key, and the row of the mention that has it; one entry for each of both."""

    keys: Keys
    rows: Ints

    def of(self, chosen: npt.NDArray[np.bool_]) -> "Entries":
        """Return some of them."""
        return Entries(self.keys[chosen], self.rows[chosen])


@dataclass(frozen=True, slots=True)
class MeetingKeys:
    """Keys of documents: each key once for each document that has it, and whether it is crowded."""

    keys: Keys
    documents: Ints
    crowded: Flags


def families_of(rules: LinkRules) -> dict[int, tuple[int, ...]]:
    """Return for the number of each type the numbers of its families."""
    return {number_of(name): tuple(number_of(family) for family in sorted(of)) for name, of in rules.families.items()}


def entries_of(traits: Traits, families: Mapping[int, tuple[int, ...]]) -> Entries:
    """Return the keys of mentions.

    Args:
        traits: one row a mention.
        families: from `families_of`.
    """
    keys: list[_Mixed] = []
    rows: list[Ints] = []
    for families_of_type, members in _by_family(traits, families):
        part = traits[members]
        for family in families_of_type:
            for key, at in _keys(part):
                keys.append(_mixed(key, np.uint64(family)))
                rows.append(members[at])
    return _entries(keys, rows)


def parted(entries: Entries, traits: Traits, level: int) -> tuple[Entries, Ints]:
    """Return the finer keys that crowded ones are parted into, and for each which of the entries it is a part of.

    Args:
        entries: crowded keys, with rows of `traits`.
        traits: one row a mention.
        level: how finely: 1 by days, 2 by words.
    """
    keys, part = entries.keys.astype(np.uint64), traits[entries.rows]
    if level == 2:
        return _entries([_mixed(_mixed(keys, np.uint64(13)), _lowest_word(part))], [entries.rows]), np.arange(len(keys))
    dated = part["dated"] > 0
    told = ~dated & (part["published"] != NO_DAY)
    begin = np.where(dated, part["first"].astype(np.int64), part["published"].astype(np.int64) - BUCKET)
    end = np.where(dated, part["last"], part["published"]).astype(np.int64)
    found: list[_Mixed] = []
    source: list[Ints] = [np.zeros(0, np.int64)]
    for shift in range(PART):
        for step in range(BUCKETS):
            bucket = (begin + shift) // PART + step
            at = np.flatnonzero((dated | told) & (bucket <= (end + shift) // PART))
            if not len(at):
                break
            found.append(_mixed(_mixed(keys[at], np.uint64(11 + shift)), bucket[at].view(np.uint64)))
            source.append(at)
    of = np.concatenate(source)
    return _entries(found, [entries.rows[at] for at in source[1:]]), of


def meeting_keys(
    traits: Traits,
    document: Ints,
    families: Mapping[int, tuple[int, ...]],
    crowd: Callable[[Keys], Keys] | None = None,
) -> MeetingKeys:
    """Return all keys of documents, crowded ones with the finer ones they are parted into.

    Args:
        traits: one row a mention.
        document: for each mention the number of its document.
        families: from `families_of`.
        crowd: tells which of some keys, each named once for each document here that has it, are crowded; as a rule
            those that more than `LARGEST` documents here have.
    """
    crowd = crowd or _crowd
    entries = entries_of(traits, families)
    found: list[tuple[Keys, Ints, Flags]] = []
    for level in range(LEVELS + 1):
        keys, documents = _once(entries.keys, document[entries.rows])
        crowded = crowd(keys)
        found.append((keys, documents, np.isin(keys, crowded)))
        if level == LEVELS or not len(crowded):
            break
        entries, _ = parted(entries.of(np.isin(entries.keys, crowded)), traits, level + 1)
    keys, documents, flags = (np.concatenate([one[n] for one in found]) for n in range(3))
    return MeetingKeys(keys.astype(np.int64), documents.astype(np.int64), flags.astype(bool))


def _crowd(keys: Keys) -> Keys:
    different, times = np.unique(keys, return_counts=True)
    found: Keys = different[times > LARGEST]
    return found


def meetings(found: MeetingKeys) -> tuple[Ints, Ints]:
    """Return the pairs of documents that share a key that is not crowded, the lower one first, every pair once."""
    keys, documents = found.keys[~found.crowded], found.documents[~found.crowded]
    if not len(keys):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    size = int(documents.max()) + 1
    order = np.lexsort((documents, keys))
    keys, documents = keys[order], documents[order]
    begins = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    sizes = np.diff(np.r_[begins, len(keys)])
    end_of = np.repeat(begins + sizes, sizes)
    at = np.arange(len(keys))
    pairs: list[Ints] = []
    held = 0
    for step in range(1, LARGEST):
        at = at[at + step < end_of[at]]
        if not len(at):
            break
        pairs.append(documents[at] * size + documents[at + step])
        held += len(at)
        if held > 16 * CHUNK:
            pairs = [np.unique(np.concatenate(pairs))]
            held = 0
    packed = np.unique(np.concatenate(pairs)) if pairs else np.zeros(0, np.int64)
    return packed // size, packed % size


def candidate_pairs(
    traits: Traits, document: Ints, met: tuple[Ints, Ints], families: Mapping[int, tuple[int, ...]]
) -> tuple[Ints, Ints]:
    """Return the pairs of mentions of two documents that meet, of one family, whose days do not exclude each other.

    Args:
        traits: one row a mention, those of a document next to each other.
        document: for each mention the number of its document.
        met: pairs of numbers of documents, the lower one first.
        families: from `families_of`.

    Returns:
        The lower and the higher row of each pair, every pair once, in order.
    """
    size = len(traits)
    count = np.bincount(document, minlength=int(max((m.max(initial=-1) for m in met), default=-1)) + 1)
    start = np.cumsum(count) - count
    kinds, kind = np.unique(traits["type"], return_inverse=True)
    held = [set(families.get(int(name), (int(name),))) for name in kinds]
    alike = np.array([[bool(one & other) for other in held] for one in held], dtype=bool).reshape(len(held), len(held))
    first, last = (np.ascontiguousarray(traits[name]).astype(np.int64) for name in ("first", "last"))
    undated = traits["dated"] == 0
    first[undated], last[undated] = NO_DAY, -NO_DAY - 1
    ones, others = met
    combos = count[ones] * count[others]
    stops = np.searchsorted(np.cumsum(combos), np.arange(CHUNK, int(combos.sum()) + CHUNK, CHUNK), side="left") + 1
    found: list[Ints] = []
    begin = 0
    for stop in np.unique(np.minimum(stops, len(ones))).tolist():
        one, other, times = ones[begin:stop], others[begin:stop], combos[begin:stop]
        begin = stop
        within = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
        width = np.repeat(count[other], times)
        left = np.repeat(start[one], times) + within // np.maximum(width, 1)
        right = np.repeat(start[other], times) + within % np.maximum(width, 1)
        # A day more than two days away from the other's excludes it; what has no day is excluded by none.
        apart = np.maximum(first[left], first[right]) - np.minimum(last[left], last[right])
        good = alike[kind[left], kind[right]] & (apart < APART)
        found.append(np.minimum(left, right)[good] * size + np.maximum(left, right)[good])
    packed = np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)
    return packed // max(size, 1), packed % max(size, 1)


def _once(keys: Keys, documents: Ints) -> tuple[Keys, Ints]:
    """Return each key once for each document."""
    order = np.lexsort((documents, keys))
    keys, documents = keys[order], documents[order]
    fresh = np.r_[True, (keys[1:] != keys[:-1]) | (documents[1:] != documents[:-1])][: len(keys)]
    return keys[fresh], documents[fresh]


def _entries(keys: list[_Mixed], rows: list[Ints]) -> Entries:
    if not keys:
        return Entries(np.zeros(0, np.int64), np.zeros(0, np.int64))
    return Entries((np.concatenate(keys) & _BITS).astype(np.int64), np.concatenate(rows))


def _lowest_word(part: Traits) -> _Mixed:
    """Return the word of each mention that a hash puts first: likely the same for two that share most words."""
    words = part["words"].astype(np.uint64)
    mixed = np.where(words == 0, ~np.uint64(0), _mixed(words, np.uint64(17)))
    lowest: _Mixed = mixed.min(axis=1)
    return lowest


def _by_family(traits: Traits, families: Mapping[int, tuple[int, ...]]) -> list[tuple[tuple[int, ...], Ints]]:
    return [
        (families.get(int(kind), (int(kind),)), np.flatnonzero(traits["type"] == kind))
        for kind in np.unique(traits["type"])
    ]


def _keys(part: Traits) -> list[tuple[_Mixed, Ints]]:
    found: list[tuple[_Mixed, Ints]] = []

    def add(tag: int, members: npt.NDArray[np.bool_], *values: npt.NDArray[np.generic]) -> None:
        at = np.flatnonzero(members)
        key = np.full(len(at), tag, dtype=np.uint64)
        for value in values:
            key = _mixed(key, value[at].astype(np.int64).view(np.uint64))
        found.append((key, at))

    dated = part["dated"] > 0
    first, last = part["first"].astype(np.int64) - 1, part["last"].astype(np.int64) + 1
    for slot in range(part["place"].shape[1]):
        placed = part["place"][:, slot] != 0
        town = placed & (part["broad"][:, slot] < 2) & dated
        for step in range(BUCKETS):
            bucket = first // BUCKET + step
            add(1, town & (bucket <= last // BUCKET), part["place"][:, slot], bucket)
        inside = placed & dated & (part["region"][:, slot] != 0)
        add(2, inside, part["region"][:, slot], part["first"])
        add(3, placed & dated, part["country"][:, slot], part["first"])
    for slot in range(STORY_NAMES):
        name = part["story"][:, slot]
        add(4, (name != 0) & dated, name, part["first"].astype(np.int64) // STORY_DAYS)
        told = (name != 0) & (part["published"] != NO_DAY)
        # Two sets of buckets, half a bucket apart, so that no two neighbouring days are always in different ones.
        add(5, told, name, part["published"].astype(np.int64) // STORY_DAYS)
        add(6, told, name, (part["published"].astype(np.int64) + STORY_DAYS // 2) // STORY_DAYS)
    # What is told without a day or a place of its own is looked for in its country: near the day it was told on, or
    # soon after what it happened within.
    told = (part["dated"] == UNDATED) & (part["published"] != NO_DAY)
    begin = np.where(told, part["published"].astype(np.int64) - BUCKET, first)
    end = np.where(told, part["published"], np.where(part["dated"] == BY_CONTEXT, part["first"] + BUCKET, last))
    for step in range(BUCKETS):
        bucket = begin // BUCKET + step
        add(8, (part["home"] != 0) & (dated | told) & (bucket <= end // BUCKET), part["home"], bucket)
    for slot in range(4):
        person = part["persons"][:, slot]
        add(7, person != 0, person, part["type"])
    return found


def _mixed(key: _Mixed, value: _Mixed | np.uint64) -> _Mixed:
    """Return keys with one more value mixed in (as in splitmix64)."""
    mixed = (key ^ value) * _MIX
    mixed ^= mixed >> np.uint64(29)
    return mixed * np.uint64(0xBF58476D1CE4E5B9) ^ (mixed >> np.uint64(32))
