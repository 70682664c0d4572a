"""Words of any script, and what their letters say about them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

#: Letters, digits and marks; Python's \w leaves out marks that stand below and above letters in many scripts.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u065f\u0670\u06d6-\u06ed\u0900-\u109f\u135d-\u135f\u17b4-\u17dd"
)
_CHAR = rf"[\w{_MARKS}]"
_WORD = re.compile(rf"{_CHAR}+(?:['’ʼʹ`´‘.·\u00ad\u200b-\u200d\u2060‐‑-]{_CHAR}+)*")
_POSSESSIVE = re.compile(r"['’ʼ`´]s?$|(?<=[^\W\d_])['’ʼ`´]s$", re.IGNORECASE)
_PART = re.compile(r"[.·‐‑\-'’ʼʹ`´‘\u00ad\u200b-\u200d\u2060_]+")
#: Addresses on the web, of mail and of people on platforms, and telephone numbers: they lead to a person.
CONTACT = re.compile(
    r"(?:https?://|www\.)[^\s<>\"”’)\]]+"
    rf"|{_CHAR}[\w.+-]*@[\w-]+(?:\.[\w-]+)+"
    rf"|[@#]{_CHAR}+"
    r"|\+\d[\d \-()./]{6,}\d"
    r"|(?<![\d,.])\d{2,4}(?:[ -]\d{2,4}){3,}(?![\d,.])"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:html?|pdf|docx?|txt|jpe?g|png|mp4|com|org|net|info|me)\b(?:/[^\s<>\"”’)\]]*)?"
)
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word.

    Attributes:
        start, end: its place in the text.
        text: its letters, without a possessive ending.
        parts: what hyphens, apostrophes and full stops part, folded.
        named: whether its letters say that it may be a name: a capital among them, or another script than Latin, for
            many have no capitals, or do not use them so.
        loud: whether all its letters are capitals, two or more.
    """

    start: int
    end: int
    text: str
    parts: tuple[str, ...]
    named: bool
    loud: bool

    @property
    def key(self) -> str:
        """All of it, folded."""
        return "".join(self.parts)


def fold(word: str) -> str:
    """Return a word in small letters without marks and accents."""
    lowered = unicodedata.normalize("NFKD", word.casefold()).translate(_LETTERS)
    return "".join(char for char in lowered if not unicodedata.combining(char))


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text in order."""
    found = []
    for match in _WORD.finditer(text):
        facts = _facts(match[0])
        if facts is not None:
            bare, parts, named, loud = facts
            found.append(Token(match.start(), match.start() + len(bare), bare, parts, named, loud))
    return found


@lru_cache(maxsize=50_000)
def _facts(whole: str) -> tuple[str, tuple[str, ...], bool, bool] | None:
    """Return a word without its possessive ending, its parts, whether it may be a name, and whether it is loud."""
    bare = _POSSESSIVE.sub("", whole) or whole
    letters = [char for char in bare if char.isalpha()]
    if not letters:
        return None
    parts = tuple(part for part in map(fold, _PART.split(bare)) if part)
    named = any(
        char.isupper() or char.istitle() or not unicodedata.name(char, "").startswith("LATIN") for char in letters
    )
    loud = len(letters) > 1 and all(char.isupper() for char in letters)
    return bare, parts or (fold(bare),), named, loud


def is_initial(token: Token) -> bool:
    """Whether a word is one or more initials ("A", "J.K", "Yu")."""
    pieces = [unicodedata.normalize("NFC", piece) for piece in _PART.split(token.text)]
    return token.named and all(len(piece) <= 1 for piece in pieces) and len(pieces) <= 4
