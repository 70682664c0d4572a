"""Words of a text with what parts them, for the reading of places."""

import re
from collections.abc import Set as AbstractSet
from itertools import accumulate, repeat
from operator import add, itemgetter
from typing import NamedTuple

# Words and abbreviations with full stops inside ("U.S.", "W.Va."), each with what follows it; words in small letters
# first, which most are. Each alternative is linear.
_WORD = (
    r"[a-z]++(?![\w'’‘ʼ])|(?:[A-Z]\.(?=[A-Z])){1,4}[A-Z][a-z]{0,3}\.?"
    r"|[^\W_]+(?:['’‘ʼ](?!(?:s|re|ve|ll|d|m|t)\b)[^\W_]+)*"
)
_TOKEN = re.compile(rf"({_WORD})( (?=[a-zA-Z0-9])|[\W_]*)")
_CLOSE = frozenset((" ", "\u00a0", "-"))
_APOSTROPHES = frozenset("'’‘ʼ")
_STOP = frozenset('.!?:;\n\r"“”()[]|•–—')


class Token(NamedTuple):
    """A word with its place in the text; `close` where only one space or hyphen parts it from the one before."""

    start: int
    end: int
    word: str
    lower: str
    capital: bool
    close: bool
    opens: bool


def tokens_of(text: str, start: int, end: int, abbreviations: AbstractSet[str]) -> list[Token]:
    """Return the words of a stretch of text.

    Args:
        text: the stored text.
        start, end: the stretch, in code points.
        abbreviations: lower-case words whose full stop ends no sentence.
    """
    found = _TOKEN.findall(text, start, end)
    if not found:
        return []
    # Columns: what is asked of every word is then one call for all of them.
    words, behind = list(map(itemgetter(0), found)), list(map(itemgetter(1), found))
    sizes = list(map(len, words))
    first = end - sum(sizes) - sum(map(len, behind))
    starts = list(accumulate(map(add, sizes, map(len, behind)), initial=first))
    starts.pop()
    lowers = list(map(str.lower, words))
    capital = [
        word != low and (word[0] != low[0] or (word[1:2] in _APOSTROPHES and word[2:3] != low[2:3]))  # "d'Ivoire"
        for word, low in zip(words, lowers, strict=True)
    ]
    gaps = ["", *behind[:-1]]
    close = list(map(_CLOSE.__contains__, gaps))
    opens = [False] * len(words)
    for at in [at for at, near in enumerate(close) if not near]:
        gap, before = gaps[at], lowers[at - 1]
        if gap in _APOSTROPHES:
            close[at] = words[at] in ("s", "S")
        elif gap == ". " and (before in abbreviations or len(before) == 1):
            close[at] = True
        else:
            opens[at] = not _STOP.isdisjoint(gap[-4:])
    close[0], opens[0] = False, True
    columns = zip(starts, map(add, starts, sizes), words, lowers, capital, close, opens, strict=True)
    # Token(...) by its constructor takes twice as long, and every word of a text passes here.
    return list(map(tuple.__new__, repeat(Token), columns))
