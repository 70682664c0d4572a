"""Lists of phrases as regular expressions that are quick to search for."""

import re
from collections.abc import Sequence

#: Letters by which phrases are sorted; more gain nothing on the packaged lists.
_DEPTH = 2


def either(phrases: Sequence[str], depth: int = _DEPTH) -> str:
    """Return the pattern of a group that matches any of some patterns, the first one that fits.

    They are sorted by their first letters, so that each place of a text is tried against the few that can begin
    there: re tries the branches of an alternative one after another, which took most of the time of a list of 75.

    Args:
        phrases: regular expressions, each of which begins with plain letters.
        depth: by how many letters they are sorted at most.
    """
    by_letter: dict[str, list[str]] = {}
    for phrase in phrases:
        if depth == 0 or not phrase[:1].isalpha():
            return f"(?:{'|'.join(phrases)})"
        by_letter.setdefault(phrase[0], []).append(phrase[1:])
    branches = (letter + (either(rest, depth - 1) if len(rest) > 1 else rest[0]) for letter, rest in by_letter.items())
    return f"(?:{'|'.join(branches)})"


def any_phrase(phrases: Sequence[str]) -> str:
    """Return the pattern of a group that matches any of some phrases, word for word, the first one that fits."""
    return either([re.escape(phrase) for phrase in phrases])
