"""Words of a text with what parts them, for the reading of places."""

import re
import string
from collections import deque
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

# Words and abbreviations with full stops inside ("U.S.", "W.Va."); each alternative is linear.
_TOKEN = re.compile(r"(?:[A-Z]\.(?=[A-Z])){1,4}[A-Z][a-z]{0,3}\.?|[^\W_]+(?:['’‘ʼ](?!(?:s|re|ve|ll|d|m|t)\b)[^\W_]+)*")
_new_token = tuple.__new__  # a quarter of the time of calling Token, which matters for words by the million
_CLOSE = frozenset((" ", "\u00a0", "-"))
_APOSTROPHES = frozenset("'’‘ʼ")
_SMALL_LETTERS = frozenset(string.ascii_lowercase)
_BEFORE, _AFTER = 5, 2
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


def tokens_of(text: str, start: int, end: int, abbreviations: AbstractSet[str], *, every: bool = False) -> list[Token]:
    """Return the words of a stretch of text that stand near a capitalised one.

    Words in lower case farther than `_BEFORE` in front of a capitalised word, or `_AFTER` behind it, decide nothing
    and are left out; that takes a third off the time.

    Args:
        text: the stored text.
        start, end: the stretch, in code points.
        abbreviations: lower-case words whose full stop ends no sentence.
        every: return the others too.
    """
    found: list[Token] = []
    waiting: deque[re.Match[str]] = deque(maxlen=_BEFORE)
    wanted, last, before = 0, start, ""
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        if not every and word[0] in _SMALL_LETTERS and word[1:2] not in _APOSTROPHES:
            if not wanted:
                waiting.append(match)
                continue
            wanted -= 1
            run: Iterable[re.Match[str]] = (match,)
        else:
            wanted = _AFTER
            run = (*waiting, match) if waiting else (match,)
            waiting.clear()
        for one in run:
            at, stop = one.span()
            word = one[0]
            gap = text[last:at]
            close = opens = False
            if gap in _CLOSE:
                close = True
            elif gap in _APOSTROPHES:
                close = word in ("s", "S")
            elif gap == ". " and (before in abbreviations or len(before) == 1):
                close = True
            else:
                opens = not _STOP.isdisjoint(gap[-4:])
            before = word.lower()
            # "d'Ivoire" counts as capitalised.
            capital = word[0] != before[0] or (word[1:2] in _APOSTROPHES and word[2:3] != before[2:3])
            found.append(_new_token(Token, (at, stop, word, before, capital, close, opens)))
            last = stop
    if found:
        found[0] = found[0]._replace(close=False, opens=True)
    return found
