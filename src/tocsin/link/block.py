"""Which pairs of mentions are worth comparing: those that share a key of kind, time and place, or of kind and name.

Every key can be looked up, so that a new mention is compared with the few that share one and not with all.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from tocsin.link.traits import BY_CONTEXT, NO_DAY, UNDATED, Traits

Keys = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]

#: Days in a bucket of time. A happening is told with a day of difference at most, so a bucket of eight days and its
#: neighbours' edges hold all its tellings and those of the week.
BUCKET = 8
#: Buckets that a long happening is entered under; one that took more than three months is found by names.
BUCKETS = 12
#: Names of a document, the most frequent first, under which its mentions are entered.
STORY_NAMES = 16
#: Days in which two reports of one story that share a name are looked at whatever their days and places.
STORY_DAYS = 64
#: Mentions under one key that are all compared with each other; of more, each is compared with as many that are next
#: to it in time. A key with 400 mentions costs 80,000 comparisons, 0.3 s.
LARGEST = 400
#: Days between the days of two happenings from which they are not compared.
APART = 2

_MIX = np.uint64(0x9E3779B97F4A7C15)


def keys_of(traits: Traits, families: Mapping[int, tuple[int, ...]]) -> tuple[Keys, Ints]:
    """Return the keys of mentions, and for each key the row of its mention.

    Args:
        traits: one row a mention.
        families: for the number of each type the numbers of its families.
    """
    keys: list[Keys] = []
    rows: list[Ints] = []
    for families_of_type, members in _by_family(traits, families):
        part = traits[members]
        for family in families_of_type:
            for key, at in _keys(part):
                keys.append(_mixed(key, np.uint64(family)))
                rows.append(members[at])
    if not keys:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    return np.concatenate(keys), np.concatenate(rows)


def candidate_pairs(traits: Traits, keys: Keys, rows: Ints, document: Ints) -> tuple[Ints, Ints]:
    """Return the pairs of mentions of two documents that share a key and whose days do not exclude each other.

    Args:
        traits: one row a mention.
        keys, rows: from `keys_of`.
        document: for each mention the number of its document.

    Returns:
        The lower and the higher row of each pair, every pair once, in order.
    """
    if not len(keys):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    size = len(traits)
    order = np.lexsort((rows, traits["first"][rows], keys))
    keys, rows = keys[order], rows[order]
    found: list[Ints] = []
    first, last = (np.ascontiguousarray(traits[name]) for name in ("first", "last"))
    first[traits["dated"] == 0], last[traits["dated"] == 0] = NO_DAY, -NO_DAY - 1
    begins = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    ends = np.r_[begins[1:], len(keys)]
    end_of = np.repeat(ends, ends - begins)
    at = np.arange(len(keys))
    for step in range(1, LARGEST):
        at = at[at + step < end_of[at]]
        if not len(at):
            break
        one, two = rows[at], rows[at + step]
        # A day more than two days away from the other's excludes it; what has no day is excluded by none.
        apart = np.maximum(first[one], first[two]).astype(np.int64) - np.minimum(last[one], last[two])
        good = (document[one] != document[two]) & (apart < APART)
        one, two = one[good], two[good]
        found.append(np.minimum(one, two) * size + np.maximum(one, two))
        if len(found) >= 64:
            found = [np.unique(np.concatenate(found))]
    packed = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
    return packed // size, packed % size


def _by_family(traits: Traits, families: Mapping[int, tuple[int, ...]]) -> list[tuple[tuple[int, ...], Ints]]:
    return [
        (families.get(int(kind), (int(kind),)), np.flatnonzero(traits["type"] == kind))
        for kind in np.unique(traits["type"])
    ]


def _keys(part: Traits) -> list[tuple[Keys, Ints]]:
    found: list[tuple[Keys, Ints]] = []

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


def _mixed(key: Keys, value: npt.NDArray[np.uint64] | np.uint64) -> Keys:
    """Return keys with one more value mixed in (as in splitmix64)."""
    with np.errstate(over="ignore"):
        mixed = (key ^ value) * _MIX
        mixed ^= mixed >> np.uint64(29)
        return mixed * np.uint64(0xBF58476D1CE4E5B9) ^ (mixed >> np.uint64(32))
