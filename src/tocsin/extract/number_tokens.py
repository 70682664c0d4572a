"""A text cut into words, numbers and marks."""

import re

#: Every token keeps the one white space after it, so that lengths add up to offsets; a token of white space alone
#: (a paragraph's end) separates. Latin letters make words; other scripts hold no number words and stay single marks.
#: Nothing is ever given back ("++"), which saves a tenth of the time.
TOKEN = re.compile(r"[a-zß-ɏ]++ ?+|[0-9]++(?:[.,][0-9]++)*+[ \u00a0\u2009\u202f]?|[^\sa-zß-ɏ0-9] ?+|\s")
#: Empty tokens on either side, so that looking around a number never leaves the list.
PAD = 12
#: Marks that join words and numbers.
DASHES = frozenset("-–—‑")


class Tokens:
    """A part of a text in lower case, cut into words, numbers and marks.

    Attributes:
        text: the part as it stands.
        words: the tokens without white space, with `PAD` empty ones at either end.
        raw: the same with their white space; a space is at the ends.
    """

    __slots__ = ("_asked", "_offset", "raw", "text", "words")

    def __init__(self, text: str) -> None:
        # Line by line, for no token passes the end of one: one dash or quotation mark of print makes the whole string
        # that it stands in slower to lower and to cut, and most lines have none.
        found: list[str] = []
        for line in text.split("\n"):
            found += TOKEN.findall(_lower(line))
            found.append("\n")
        found.pop()
        self.text = text
        pad = [" "] * PAD
        self.raw = pad + found + pad
        self.words = [""] * PAD + list(map(str.strip, found)) + [""] * PAD
        self._asked, self._offset = PAD, 0

    def glued(self, at: int) -> bool:
        """Whether the token after `at` follows without white space."""
        return not self.raw[at][-1].isspace()

    def offset(self, at: int) -> int:
        """Return where in the text the token begins.

        It is counted from the token asked for before, for numbers come in the order of the text: few tokens are part
        of one, and an offset for each of them would take longer than finding them.
        """
        asked = self._asked
        if at >= asked:
            self._offset += len("".join(self.raw[asked:at]))
        else:
            self._offset -= len("".join(self.raw[at:asked]))
        self._asked = at
        return self._offset

    def capital(self, at: int) -> bool:
        """Whether the token begins with a capital letter."""
        start = self.offset(at)
        # Before the text stands nothing.
        return start >= 0 and self.text[start : start + 1].isupper()

    def matches(self, at: int, parts: tuple[str, ...]) -> bool:
        """Whether the tokens from `at` on are `parts`."""
        words = self.words
        if words[at] != parts[0]:
            return False
        # Most phrases that begin alike part at the second word.
        return len(parts) == 1 or (words[at + 1] == parts[1] and words[at : at + len(parts)] == [*parts])


def _lower(line: str) -> str:
    """Return the line in lower case, each letter at its place."""
    lower = line.lower()
    # One capital grows when lowered; without its dot the offsets hold.
    return lower if len(lower) == len(line) else line.replace("İ", "I").lower()
