"""A text cut into words, numbers and marks."""

import re
from itertools import accumulate

#: Every token keeps the one white space after it, so that lengths add up to offsets; a token of white space alone
#: (a paragraph's end) separates. Latin letters make words; other scripts hold no number words and stay single marks.
TOKEN = re.compile(r"[a-zß-ɏ]+ ?|[0-9]+(?:[.,][0-9]+)*[ \u00a0\u2009\u202f]?|[^\sa-zß-ɏ0-9] ?|\s")
#: Empty tokens on either side, so that looking around a number never leaves the list.
PAD = 12
#: Marks that join words and numbers.
DASHES = frozenset("-–—‑")


class Tokens:
    """A part of a text in lower case, cut into words, numbers and marks.

    Attributes:
        text: the part as it stands.
        words: the tokens without white space, with `PAD` empty ones at either end.
        raw: the same with their white space.
        starts: where each begins in `text`.
    """

    __slots__ = ("raw", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        lower = text.lower()
        if len(lower) != len(text):
            # One capital grows when lowered; without its dot the offsets hold.
            lower = text.replace("İ", "I").lower()
        pad = [" "] * PAD
        found = TOKEN.findall(lower)
        self.text = text
        self.raw = pad + found + pad
        self.words = [""] * PAD + list(map(str.strip, found)) + [""] * PAD
        self.starts = [0] * PAD + list(accumulate(map(len, found), initial=0)) + [len(text)] * PAD

    def glued(self, at: int) -> bool:
        """Whether the token after `at` follows without white space."""
        return len(self.raw[at]) == len(self.words[at])

    def capital(self, at: int) -> bool:
        """Whether the token begins with a capital letter."""
        return self.text[self.starts[at] : self.starts[at] + 1].isupper()

    def matches(self, at: int, parts: tuple[str, ...]) -> bool:
        """Whether the tokens from `at` on are `parts`."""
        words = self.words
        if words[at] != parts[0]:
            return False
        # Most phrases that begin alike part at the second word.
        return len(parts) == 1 or (words[at + 1] == parts[1] and words[at : at + len(parts)] == [*parts])
