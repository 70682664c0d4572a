"""Place names to the keys by which they are compared."""

import re
import unicodedata
from functools import lru_cache

_PUNCTUATION = str.maketrans(
    {"-": " ", "–": " ", "/": " ", ",": " ", **dict.fromkeys(".'’‘`ʼʻʹ´′\"“”()", "")},
)
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ø": "o",
        "ħ": "h",
        "ı": "i",
        "ŧ": "t",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ə": "a",
    },
)
_WORDS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "and": "&"}
_WORD = re.compile(r"\b(?:saint|sainte|mount|fort|and)\b")


@lru_cache(maxsize=10_000)
def fold(name: str) -> str:
    """Return a place name without case, accents, full stops, apostrophes and hyphens; "Saint" and "St." are one."""
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.lower()).translate(_LETTERS)
        name = "".join(c for c in name if not unicodedata.combining(c))
    key = name.lower().translate(_PUNCTUATION)
    if _WORD.search(key):
        key = _WORD.sub(lambda match: _WORDS[match[0]], key)
    return " ".join(key.split())
