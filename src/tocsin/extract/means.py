"""By which means force was used or a crowd was violent."""

import re
from functools import cache

from tocsin.codebook.means import MeansWords
from tocsin.datamodel import Span
from tocsin.extract.patterns import either


def read_means(text: str, sentence: Span, type: str, words: MeansWords) -> tuple[str, ...]:
    """Return the means that a sentence names for a type of happening, in the codebook's order.

    "other" is kept only where no means with a name of its own is found.

    Args:
        text: the whole text.
        sentence: a sentence that tells of the happening.
        type: of the happening; types without means give none.
        words: words for means.
    """
    allowed = words.types.get(type)
    if not allowed:
        return ()
    pattern, whole, stems = _patterns(words)
    found = set()
    for match in pattern.finditer(text, sentence.start, sentence.end):
        low = match[0].lower()
        found.add(whole.get(low) or next(name for stem, name in stems if low.startswith(stem)))
    found &= allowed
    named = found - {"other"}
    return tuple(name for name, _ in words.words if name in (named or found))


@cache
def _patterns(words: MeansWords) -> tuple[re.Pattern[str], dict[str, str], tuple[tuple[str, str], ...]]:
    """Return one pattern of all words, longest first ("rubber bullets" are no "bullets"), and the means of each."""
    flat = sorted(
        ((word, name) for name, group in words.words for word in group), key=lambda pair: (-len(pair[0]), pair[0])
    )
    bodies = [re.escape(word.removesuffix("~")) + (r"\w{0,12}" if word.endswith("~") else "") for word, _ in flat]
    whole = {word: name for word, name in flat if not word.endswith("~")}
    stems = tuple((word.removesuffix("~"), name) for word, name in flat if word.endswith("~"))
    return re.compile(rf"\b{either(bodies)}\b", re.IGNORECASE), whole, stems
