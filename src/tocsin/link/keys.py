"""The keys of a few documents that came, went or changed, without a look at all the others."""

from collections.abc import Collection, Mapping

import numpy as np

from tocsin.link import block
from tocsin.link.block import LEVELS, Keys, MeetingKeys, entries_of, meeting_keys, parted
from tocsin.link.digest import Digest, Shelf, unpack
from tocsin.link.kept import Kept

Families = Mapping[int, tuple[int, ...]]


class DocumentKeys:
    """The keys of one document, level by level, as finely as they are asked for."""

    def __init__(self, digest: Digest, families: Families) -> None:
        self._traits = digest.traits
        self._levels = [entries_of(digest.traits, families)]

    def first(self) -> set[int]:
        """Return the keys that are not parted from any other."""
        return set(self._levels[0].keys.tolist())

    def parts(self, keys: Collection[int], level: int) -> set[int]:
        """Return what some keys of the level before are parted into at a level from 1."""
        while len(self._levels) < level:
            self._levels.append(parted(self._levels[-1], self._traits, len(self._levels)))
        entries = self._levels[level - 1]
        chosen = entries.of(np.isin(entries.keys, np.array(list(keys), dtype=np.int64)))
        return set(parted(chosen, self._traits, level).keys.tolist())


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
    was = {n: DocumentKeys(one, families) for n, one in old.items()}
    now = {n: DocumentKeys(one, families) for n, one in new.items()}
    others: dict[int, DocumentKeys] = {}
    dropped = {n: one.first() for n, one in was.items()}
    added = {n: one.first() for n, one in now.items()}
    for level in range(LEVELS + 1):
        keys = {key for some in (*dropped.values(), *added.values()) for key in some}
        before = kept.crowded(keys, block.LARGEST)
        kept.change_keys(
            [(key, n) for n, some in dropped.items() for key in some],
            [(key, n) for n, some in added.items() for key in some],
        )
        after = kept.crowded(keys, block.LARGEST)
        turned = {key: kept.holders([key]) - now.keys() for key in before ^ after}
        fresh = {n for holders in turned.values() for n in holders} - others.keys()
        others |= {one.number: DocumentKeys(unpack(one), families) for one in kept.documents(fresh)}
        if level == LEVELS:
            break
        dropped = {n: (was.get(n) or others[n]).parts(some & before, level + 1) for n, some in dropped.items()}
        added = {n: (now.get(n) or others[n]).parts(some & after, level + 1) for n, some in added.items()}
        for key, holders in turned.items():
            changed = added if key in after else dropped
            for n in holders:
                changed.setdefault(n, set()).update(others[n].parts([key], level + 1))
    return set(others)


def effective_keys(kept: Kept, digest: Digest, families: Families) -> set[int]:
    """Return the keys by which a document meets others."""
    keys = DocumentKeys(digest, families)
    found: set[int] = set()
    some = keys.first()
    for level in range(LEVELS + 1):
        crowded = kept.crowded(some, block.LARGEST)
        found |= some - crowded
        if level == LEVELS or not crowded:
            break
        some = keys.parts(crowded, level + 1)
    return found


def keys_within(kept: Kept, shelf: Shelf, families: Families) -> MeetingKeys:
    """Return the keys of the documents on a shelf, crowded as they are in the whole record."""

    def crowd(keys: Keys) -> Keys:
        different, times = np.unique(keys, return_counts=True)
        return np.array(sorted(kept.crowded(different[times > 1].tolist(), block.LARGEST)), dtype=np.int64)

    return meeting_keys(shelf.traits, shelf.told.document, families, crowd)
