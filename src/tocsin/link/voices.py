"""Which copies a few new documents make, and which a few that went leave behind, without a look at all the others."""

from collections.abc import Collection, Iterable

from tocsin.link.copies import COPY, Signature, join, meetings, overlap_of, signature_of
from tocsin.link.kept import Kept


def update_voices(kept: Kept, lost: Collection[int], new: Collection[int]) -> set[int]:
    """Bring the voices of a record in line with documents that came and went; return those they concern.

    Args:
        kept: with the digests of the documents as they were, and their texts.
        lost: numbers of documents that count no more.
        new: numbers of documents that count from now on.

    Returns:
        Numbers of all documents whose voice may have changed, lost ones among them.
    """
    signatures = {n: signature_of(kept.text(n)) for n in (*lost, *new)}
    bands = {int(band) for one in signatures.values() for band in one.bands}
    before = _pairs(kept, bands)
    kept.change_bands(_rows(signatures, lost), _rows(signatures, new))
    after = _pairs(kept, bands)
    overlap = overlap_of(kept.text)
    joined = {pair for pair in after - before if overlap(*pair) >= COPY}
    parted = {n for pair in before - after for n in pair if n not in signatures}
    groups = kept.voices({*lost, *parted, *(n for pair in joined for n in pair)})
    voice_of = {n: first for first, members in groups.items() for n in members}
    broken = {voice_of[n] for n in lost if n in voice_of}
    broken |= {voice_of[a] for a, b in before - after if a in voice_of and voice_of[a] == voice_of.get(b)}
    for first, members in groups.items():
        left = members - set(lost)
        if first in broken:
            joined |= {pair for pair in _among(kept, left) if overlap(*pair) >= COPY}
        else:
            joined |= {(min(first, n), max(first, n)) for n in left if n != first}
    concerned = {n for members in groups.values() for n in members} | set(new)
    home = join(joined, lambda a, b: 1.0)
    together: dict[int, list[int]] = {}
    for one in kept.documents(concerned - set(lost)):
        together.setdefault(home.get(one.number, one.number), []).append(one.number)
    kept.set_voices({n: members[0] for members in together.values() for n in members})
    return concerned | set(lost)


def _rows(signatures: dict[int, Signature], chosen: Iterable[int]) -> list[tuple[int, int, int]]:
    return [(int(band), signatures[n].mark, n) for n in chosen for band in signatures[n].bands]


def _pairs(kept: Kept, bands: Iterable[int]) -> set[tuple[int, int]]:
    return {pair for band in bands for pair in meetings(kept.band(band))}


def _among(kept: Kept, members: Collection[int]) -> set[tuple[int, int]]:
    """Return the pairs of some documents that meet in any band."""
    bands = {int(band) for n in members for band in signature_of(kept.text(n)).bands}
    return {pair for pair in _pairs(kept, bands) if pair[0] in members and pair[1] in members}
