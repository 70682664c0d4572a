"""Words of a text with what parts them, for the reading of places."""

import re
from collections.abc import Set as AbstractSet
from typing import NamedTuple

# Words and abbreviations with full stops inside ("U.S.", "W.Va."); each alternative is linear.
_TOKEN = re.compile(r"(?:[A-Z]\.(?=[A-Z])){1,4}[A-Z][a-z]{0,3}\.?|[^\W_]+(?:['’‘ʼ](?!(?:s|re|ve|ll|d|m|t)\b)[^\W_]+)*")
_new_token = tuple.__new__  # a quarter of the time of calling Token, which matters for words by the million
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
    found: list[Token] = []
    last, lower = start, ""
    for match in _TOKEN.finditer(text, start, end):
        at, stop = match.span()
        word = match[0]
        gap = text[last:at]
        close = opens = False
        if gap in _CLOSE:
            close = True
        elif gap in _APOSTROPHES:
            close = word in ("s", "S")
        elif gap == ". " and (lower in abbreviations or len(lower) == 1):
            close = True
        else:
            opens = not _STOP.isdisjoint(gap)
        lower = word.lower()
        # "d'Ivoire" counts as capitalised.
        capital = word[0] != lower[0] or (
            word[0] in "dl" and stop - at > 2 and word[1] in _APOSTROPHES and word[2] != lower[2]
        )
        found.append(_new_token(Token, (at, stop, word, lower, capital, close, opens)))
        last = stop
    if found:
        found[0] = found[0]._replace(close=False, opens=True)
    return found
