"""The keys of a few documents that came, went or changed, without a look at all the others."""

from collections.abc import Mapping

import numpy as np

from tocsin.link import block
from tocsin.link.block import LEVELS, Keys, MeetingKeys, entries_of, meeting_keys, parted
from tocsin.link.digest import Digest, Shelf, shelve, unpack
from tocsin.link.kept import Kept

Families = Mapping[int, tuple[int, ...]]


class DocumentKeys:
    """The keys of some documents, level by level, as finely as they are asked for."""

    def __init__(self, digests: Mapping[int, Digest], families: Families) -> None:
        shelf = shelve(list(digests.values()))
        self._traits = shelf.traits
        self._owner = np.array([*digests], dtype=np.int64)[shelf.told.document]
        self._levels = [entries_of(shelf.traits, families)]

    def first(self) -> dict[int, set[int]]:
        """Return for documents the keys that are no parts of others."""
        found: dict[int, set[int]] = {}
        entries = self._levels[0]
        for key, number in zip(entries.keys.tolist(), self._owner[entries.rows].tolist(), strict=True):
            found.setdefault(number, set()).add(key)
        return found

    def parts(self, chosen: Mapping[int, set[int]], level: int) -> dict[int, set[int]]:
        """Return for documents what some of their keys of the level before are parted into at a level from 1."""
        while len(self._levels) < level:
            self._levels.append(parted(self._levels[-1], self._traits, len(self._levels))[0])
        entries = self._levels[level - 1]
        wanted = np.array(sorted({key for keys in chosen.values() for key in keys}), dtype=np.int64)
        some = entries.of(np.isin(entries.keys, wanted))
        parts, source = parted(some, self._traits, level)
        found: dict[int, set[int]] = {}
        rows = parts.keys.tolist(), some.keys[source].tolist(), self._owner[parts.rows].tolist()
        for part, key, number in zip(*rows, strict=True):
            if key in chosen.get(number, ()):
                found.setdefault(number, set()).add(part)
        return found


def update_keys(kept: Kept, old: Mapping[int, Digest], new: Mapping[int, Digest], families: Families) -> set[int]:
    """Bring the keys of a record in line with documents that came, went or changed.

    Args:
        kept: with the digests of all other documents.
        old: what documents were, by number; those that are new are not there.
        new: what they are; those that went are not there.
        families: from `block.families_of`.

    Returns:
        Numbers of other documents that may meet others than before, because a key became crowded or is no more.
    """
    was, now = DocumentKeys(old, families), DocumentKeys(new, families)
    turned: set[int] = set()
    dropped, added = was.first(), now.first()
    lost: dict[int, set[int]] = {}
    won: dict[int, set[int]] = {}
    for level in range(LEVELS + 1):
        keys = {key for some in (dropped, lost, added, won) for of in some.values() for key in of}
        before = kept.crowded(keys, block.LARGEST)
        kept.change_keys(_pairs(dropped, lost), _pairs(added, won))
        after = kept.crowded(keys, block.LARGEST)
        holders = {key: kept.holders([key]) - new.keys() for key in before ^ after}
        turned |= {n for of in holders.values() for n in of}
        if level == LEVELS:
            break
        dropped, added = was.parts(_chosen(dropped, before), level + 1), now.parts(_chosen(added, after), level + 1)
        lost, won = _chosen(lost, before), _chosen(won, after)
        for key, of in holders.items():
            for n in of:
                (won if key in after else lost).setdefault(n, set()).add(key)
        concerned = {one.number: unpack(one) for one in kept.documents(lost.keys() | won.keys())}
        others = DocumentKeys(concerned, families)
        lost, won = others.parts(lost, level + 1), others.parts(won, level + 1)
    return turned


def effective_keys(kept: Kept, digests: Mapping[int, Digest], families: Families) -> dict[int, set[int]]:
    """Return for documents the keys by which they meet others."""
    keys = DocumentKeys(digests, families)
    found: dict[int, set[int]] = {n: set() for n in digests}
    some = keys.first()
    for level in range(LEVELS + 1):
        crowded = kept.crowded({key for of in some.values() for key in of}, block.LARGEST)
        for n, of in some.items():
            found[n] |= of - crowded
        if level == LEVELS or not crowded:
            break
        some = keys.parts(_chosen(some, crowded), level + 1)
    return found


def _pairs(*some: Mapping[int, set[int]]) -> list[tuple[int, int]]:
    return [(key, n) for one in some for n, keys in one.items() for key in keys]


def _chosen(some: Mapping[int, set[int]], keys: set[int]) -> dict[int, set[int]]:
    return {n: of & keys for n, of in some.items()}


def keys_within(kept: Kept, shelf: Shelf, families: Families) -> MeetingKeys:
    """Return the keys of the documents on a shelf, crowded as they are in the whole record."""

    def crowd(keys: Keys) -> Keys:
        different, times = np.unique(keys, return_counts=True)
        return np.array(sorted(kept.crowded(different[times > 1].tolist(), block.LARGEST)), dtype=np.int64)

    return meeting_keys(shelf.traits, shelf.told.document, families, crowd)
