"""Which documents are copies: reprints and lightly edited wire reports are one voice, whoever prints them.

MinHash over runs of three words, then the two texts' runs themselves. Of a text in which every fifth word was changed
half the runs of three stay, so its runs overlap with the first one's to a third; two reports of one happening share
names and phrases, but less than a tenth of their runs.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from tocsin.link.words import WORD

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

_PRIME = np.uint64((1 << 61) - 1)


def find_voices(texts: Sequence[str]) -> tuple[int, ...]:
    """Return for each text the number of the first text that says the same, its own where it is the first.

    Copies of copies are one voice. Which text comes first changes the numbers, not who shares one.

    Args:
        texts: of documents.
    """
    runs = [_runs(text) for text in texts]
    home = list(range(len(texts)))

    def find(n: int) -> int:
        while home[n] != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    for a, b in _meetings(runs):
        one, two = sorted((find(a), find(b)))
        if one != two and _overlap(runs[a], runs[b]) >= COPY:
            home[two] = one
    return tuple(find(n) for n in range(len(texts)))


def _runs(text: str) -> npt.NDArray[np.uint64]:
    words = [crc32(word.encode("utf-8", "replace")) for word in WORD.findall(text.lower())]
    if len(words) < SHORTEST + RUN - 1:
        return np.zeros(0, np.uint64)
    numbers = np.array(words, dtype=np.uint64)
    parts = [numbers[n : len(numbers) - RUN + 1 + n] for n in range(RUN)]
    with np.errstate(over="ignore"):
        mixed = parts[0]
        for part in parts[1:]:
            mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + part
    return np.unique(mixed)


def _overlap(a: npt.NDArray[np.uint64], b: npt.NDArray[np.uint64]) -> float:
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / (len(a) + len(b) - shared)


def _meetings(runs: Sequence[npt.NDArray[np.uint64]]) -> Iterable[tuple[int, int]]:
    """Yield the pairs of texts that share a band of their signatures, each once."""
    at = [n for n, run in enumerate(runs) if len(run)]
    if len(at) < 2:
        return
    dice = np.random.default_rng(61)  # any seed will do, as long as it is always the same
    times = dice.integers(1, 1 << 32, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
    plus = dice.integers(0, 1 << 32, BANDS * ROWS, dtype=np.uint64)
    signatures = np.empty((len(at), BANDS * ROWS), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for row, n in enumerate(at):
            folded = runs[n] ^ (runs[n] >> np.uint64(31))
            signatures[row] = ((folded[:, None] * times + plus) >> np.uint64(16)).min(axis=0)
        bands = signatures[:, 0::2] * np.uint64(0x9E3779B97F4A7C15) + signatures[:, 1::2]
    seen: set[tuple[int, int]] = set()
    for band in range(BANDS):
        order = np.argsort(bands[:, band], kind="stable")
        sorted_band = bands[order, band]
        begins = np.flatnonzero(np.r_[True, sorted_band[1:] != sorted_band[:-1]])
        for begin, end in zip(begins, np.r_[begins[1:], len(order)], strict=True):
            group = sorted(at[row] for row in order[begin:end])
            if len(group) > CROWD:
                seen.update((group[0], b) for b in group[1:])
                seen.update(pairwise(group))
            else:
                seen.update((a, b) for k, a in enumerate(group) for b in group[k + 1 :])
    yield from sorted(seen)
