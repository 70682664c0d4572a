"""Which documents are copies: reprints and lightly edited wire reports are one voice, whoever prints them.

MinHash over runs of three words, then the two texts' runs themselves. Of a text in which every fifth word was changed
half the runs of three stay, so its runs overlap with the first one's to a third; two reports of one happening share
names and phrases, but less than a tenth of their runs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from tocsin.link.words import WORD

Ints = npt.NDArray[np.int64]
_Mixed = npt.NDArray[np.uint64]

#: Words in a run.
RUN = 3
#: Share of the runs of two texts that both have (Jaccard) from which one is a copy of the other.
COPY = 0.25
#: Runs below which a text is too short to tell a copy from a coincidence.
SHORTEST = 20
#: Bands of the signature and hashes in each: a copy with a third of its runs in common (see above) is met in a band
#: with a chance of 1 - (1 - 0.34**2)**48 = 0.997, two texts with a hundredth of them with 0.5 %.
BANDS, ROWS = 48, 2
#: Texts in one band up to which each meets each; of more, each meets the first and the next: 400 reprints of one text
#: share all bands, and so do texts that begin with what everyone writes, which cost two comparisons a band each.
CROWD = 50
#: Texts whose runs are at hand, 4 KB each.
AT_HAND = 20_000

_MIX = np.uint64(0x9E3779B97F4A7C15)
_BITS = np.uint64((1 << 47) - 1)


@dataclass(frozen=True, slots=True)
class Signature:
    """By what a text meets its copies.

    Attributes:
        mark: a number that follows from the text alone, by which the texts of a band are in order.
        bands: one number a band, none where the text is too short.
    """

    mark: int
    bands: Ints


def signature_of(text: str) -> Signature:
    """Return by what a text meets its copies."""
    runs = _runs(text)
    mark = crc32(text.encode("utf-8", "replace"))
    if not len(runs):
        return Signature(mark, np.zeros(0, np.int64))
    times, plus = _dice()
    with np.errstate(over="ignore"):
        folded = runs ^ (runs >> np.uint64(31))
        lowest = ((folded[:, None] * times + plus) >> np.uint64(16)).min(axis=0)
        bands = (lowest[0::2] * _MIX + lowest[1::2]) * _MIX + np.arange(BANDS, dtype=np.uint64)
    return Signature(mark, ((bands ^ (bands >> np.uint64(29))) & _BITS).astype(np.int64))


def find_voices(texts: Sequence[str]) -> tuple[int, ...]:
    """Return for each text the number of the first text that says the same, its own where it is the first.

    Copies of copies are one voice. Which text comes first changes the numbers, not who shares one.

    Args:
        texts: of documents.
    """
    return voices_of([signature_of(text) for text in texts], texts.__getitem__)


def voices_of(signatures: Sequence[Signature], text_of: Callable[[int], str]) -> tuple[int, ...]:
    """Return for each text the number of the first that says the same, as `find_voices` does.

    Args:
        signatures: of the texts.
        text_of: returns a text by its number; only the few that meet are asked for.
    """
    at = np.repeat(np.arange(len(signatures)), [len(one.bands) for one in signatures])
    band = np.concatenate([np.zeros(0, np.int64), *(one.bands for one in signatures)])
    mark = np.array([one.mark for one in signatures], dtype=np.int64)
    order = np.lexsort((at, mark[at], band))
    at, band = at[order], band[order]
    begins = np.flatnonzero(np.r_[True, band[1:] != band[:-1]][: len(band)])
    ends = np.r_[begins[1:], len(band)].astype(np.int64)
    shared = ends - begins > 1
    seen: set[tuple[int, int]] = set()
    for begin, end in zip(begins[shared].tolist(), ends[shared].tolist(), strict=True):
        seen.update(meetings(at[begin:end].tolist()))
    home = join(seen, overlap_of(text_of))
    return tuple(home.get(n, n) for n in range(len(signatures)))


def meetings(band: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of the texts of a band that are compared, the lower number first.

    Args:
        band: numbers of texts, in the order of their marks.
    """
    if len(band) <= CROWD:
        found: Iterable[tuple[int, int]] = ((a, b) for n, a in enumerate(band) for b in band[n + 1 :])
    else:
        found = (*((band[0], b) for b in band[1:]), *pairwise(band))
    yield from ((a, b) if a < b else (b, a) for a, b in found)


def join(pairs: Iterable[tuple[int, int]], overlap: Callable[[int, int], float]) -> dict[int, int]:
    """Return for each text of a pair the lowest number of the texts that say the same.

    Args:
        pairs: texts that meet.
        overlap: what two texts share; two that are one voice by others already are not asked for.
    """
    home: dict[int, int] = {}

    def find(n: int) -> int:
        while home.setdefault(n, n) != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    for a, b in sorted(pairs):
        one, two = sorted((find(a), find(b)))
        if one != two and overlap(a, b) >= COPY:
            home[two] = one
    return {n: find(n) for n in list(home)}


def overlap_of(text_of: Callable[[int], str]) -> Callable[[int, int], float]:
    """Return what tells the share of runs that two texts, by their numbers, both have."""

    @lru_cache(maxsize=AT_HAND)
    def runs(n: int) -> _Mixed:
        return _runs(text_of(n))

    return lambda a, b: _overlap(runs(a), runs(b))


@cache
def _dice() -> tuple[_Mixed, _Mixed]:
    dice = np.random.default_rng(61)  # any seed will do, as long as it is always the same
    times = dice.integers(1, 1 << 32, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
    return times, dice.integers(0, 1 << 32, BANDS * ROWS, dtype=np.uint64)


def _runs(text: str) -> _Mixed:
    words = [crc32(word.encode("utf-8", "replace")) for word in WORD.findall(text.lower())]
    if len(words) < SHORTEST + RUN - 1:
        return np.zeros(0, np.uint64)
    numbers = np.array(words, dtype=np.uint64)
    parts = [numbers[n : len(numbers) - RUN + 1 + n] for n in range(RUN)]
    with np.errstate(over="ignore"):
        mixed = parts[0]
        for part in parts[1:]:
            mixed = mixed * _MIX + part
    return np.unique(mixed)


def _overlap(a: _Mixed, b: _Mixed) -> float:
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / (len(a) + len(b) - shared)
