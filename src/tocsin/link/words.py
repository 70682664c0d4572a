"""Words and names as numbers that can be compared fast: spellings folded, endings cut, names across alphabets."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from zlib import crc32

from tocsin.codebook.link import LinkRules

WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
#: Vowels, and the letters that spellings of one name take and leave between them.
_SOFT = frozenset("aeiouyjh")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return a word in small letters without accents; a possessive goes."""
    plain = unicodedata.normalize("NFKD", word.replace("’", "'").lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain.removesuffix("'s").replace("'", "").replace("ı", "i").replace("ł", "l").replace("ø", "o")


@lru_cache(maxsize=200_000)
def number_of(word: str) -> int:
    """Return a word as a number from 1 to 2**32 - 1, the same on every machine; 0 stays free for "nothing"."""
    return crc32(word.encode("utf-8", "replace")) or 1


@lru_cache(maxsize=200_000)
def stem(folded: str) -> str:
    """Return a folded English word without its common endings."""
    for ending in ("ingly", "edly", "ings", "ing", "ies", "ers", "er", "ed", "es", "s", "ly"):
        if folded.endswith(ending) and len(folded) - len(ending) >= 3:
            return folded[: -len(ending)]
    return folded


@lru_cache(maxsize=200_000)
def sound(folded: str, sounds: tuple[tuple[str, str], ...]) -> str:
    """Return the skeleton of a folded name, alike for its spellings: Bandarenka and Bondarenko are "bndrnk".

    A name whose skeleton has fewer than three letters is its own skeleton: Lee and Li would fall together with Lou.
    """
    name = folded
    for spelling, written in sounds:
        name = name.replace(spelling, written)
    name = name.replace("c", "k") if "c" in name else name
    bones = [name[:1]] + [c for c in name[1:] if c not in _SOFT]
    kept = [c for n, c in enumerate(bones) if n == 0 or c != bones[n - 1]]
    return "".join(kept) if len(kept) >= 3 else folded


@lru_cache(maxsize=1_024)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are written; a sentence is asked for by each of its mentions."""
    return tuple(WORD.findall(text))


def content_words(text: str, rules: LinkRules) -> Iterator[str]:
    """Yield the folded words of a text that may tell which happening it is."""
    common = rules.common
    for folded in map(fold, words_of(text)):
        if len(folded) > 1 and folded not in common:
            yield folded


def proper_words(text: str, rules: LinkRules, *, skip_first: bool) -> Iterator[str]:
    """Yield the folded words of a text that are written as names.

    Args:
        text: a sentence or a phrase.
        rules: words that name no one are left out.
        skip_first: leave out the first word, which has its capital letter from the sentence.
    """
    yield from _proper(words_of(text)[1 if skip_first else 0 :], rules)


def names_of(text: str, rules: LinkRules) -> Iterator[str]:
    """Yield the folded words of a whole document that are written as names, its first word left out."""
    yield from _proper(WORD.findall(text)[1:], rules)


def _proper(words: Iterable[str], rules: LinkRules) -> Iterator[str]:
    for word in words:
        if word[0].isupper() and len(word) > 1:
            folded = fold(word)
            if len(folded) > 1 and folded not in rules.common and folded not in rules.titles:
                yield folded


def numbers_of(words: Iterable[str], limit: int) -> tuple[int, ...]:
    """Return different words as sorted numbers, at most `limit`: longer words, which are rarer, first."""
    kept = set(words)
    if len(kept) > limit:
        kept = set(sorted(kept, key=lambda w: (-len(w), w))[:limit])
    return tuple(sorted({number_of(word) for word in kept}))
