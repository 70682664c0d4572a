"""Text to words of time: each token gets a class, and the classes are one string that rules can search."""

import re
from dataclasses import dataclass

from tocsin.codebook.dates import CLASSES, DateWords

#: Classes that the form of a token gives: numbers up to 31, to 99, four digits, others; 14th; 1990s; 3:30 pm;
#: 2020-09-28; 28/09/2020; the full stop of an abbreviation; a sentence's end; all else.
FORMS = (
    *("dd", "yy", "yyyy", "num", "dord", "decade", "clock", "iso", "numeric", "holiday"),
    *("abbr", "comma", "dash", "apos", "slash", "open", "stop", "x"),
)
#: One character a class, none of them with a meaning in a regular expression.
CODES = {name: chr(0x100 + number) for number, name in enumerate((*CLASSES, *FORMS))}

_TOKEN = re.compile(
    r"""
      (?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))
    | (?P<numeric>\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d))
    | (?P<clock>\d{1,2}(?:[:.]\d\d)?[ ]?[AaPp]\.?[Mm]\b\.?|\d{1,2}:\d\d(?::\d\d)?|\d{1,2}h\d\d\b)
    | (?P<num>\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)
    | (?P<decade>\d{3,4}['’]?s\b)
    | (?P<dord>\d+(?:st|nd|rd|th|ST|ND|RD|TH)\b)
    | (?P<digits>\d+)
    | (?P<word>[^\W\d_]+)
    | (?P<stop>\n\s*\n)
    | (?P<mark>[^\w\s])
    """,
    re.VERBOSE,
)
_MARKS = {",": "comma", "-": "dash", "–": "dash", "—": "dash", "‑": "dash", "−": "dash", "'": "apos", "’": "apos"}
_MARKS |= {"‘": "apos", "/": "slash", "(": "open", "!": "stop", "?": "stop", ";": "x"}
_NUMBERS = frozenset(CODES[name] for name in ("dd", "yyyy", "dord", "ordinal"))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text.

    Attributes:
        text: the whole text.
        starts, ends: offsets of each token in it.
        words: each token in small letters.
        codes: one character a token, its class.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    codes: str


def tokenize(text: str, words: DateWords, start: int, end: int) -> Tokens:
    """Return the tokens of `text` between two offsets, with their classes."""
    starts: list[int] = []
    ends: list[int] = []
    lowers: list[str] = []
    codes: list[str] = []
    known = {word: CODES[name] for word, name in words.classes.items()}
    other = CODES["x"]
    for match in _TOKEN.finditer(text, start, end):
        token = match[0]
        kind = match.lastgroup
        starts.append(match.start())
        ends.append(match.end())
        if kind == "word":
            token = token.lower()
            codes.append(known.get(token, other))
        elif kind == "mark":
            codes.append(_mark(token, match.end(), text, starts, ends, lowers, words))
        elif kind == "digits":
            codes.append(CODES[_digits(token)])
        else:
            codes.append(CODES[kind or "x"])
        lowers.append(token)
    for at, word in enumerate(lowers):
        if word in words.guarded and not _is_time(at, text, starts, ends, lowers, codes, words):
            codes[at] = other
    return Tokens(text, starts, ends, lowers, "".join(codes))


def _mark(token: str, after: int, text: str, starts: list[int], ends: list[int], lowers: list[str], w: DateWords) -> str:
    if token == ".":
        if lowers and lowers[-1] in w.abbreviations and ends[-2] == starts[-1]:
            return CODES["abbr"]
        return CODES["stop" if after >= len(text) or text[after] in " \n\t\r\"'”’)]" else "x"]
    return CODES[_MARKS.get(token, "x")]


def _digits(token: str) -> str:
    if len(token) <= 2:
        return "dd" if 1 <= int(token) <= 31 else "yy"
    return "yyyy" if len(token) == 4 and "1000" <= token <= "2999" and token.isascii() else "num"


def _is_time(
    at: int, text: str, starts: list[int], ends: list[int], lowers: list[str], codes: list[str], words: DateWords
) -> bool:
    """Whether a word that is as often something else ("may", "march", "sun") is a word of time here."""
    before = codes[at - 1] if at else ""
    after = at + 1
    if after < len(codes) and codes[after] in (CODES["abbr"], CODES["comma"]):
        after += 1
    following = codes[after] if after < len(codes) else ""
    if following and following in _NUMBERS:
        return True
    if before and (before in _NUMBERS or before in (CODES["weekday"], CODES["month"])):
        return not (lowers[at] == "may" and before == CODES["yyyy"])
    if at > 1 and before == CODES["of"] and codes[at - 2] in _NUMBERS:
        return True
    capital = text[starts[at]].isupper()
    led = at > 0 and (lowers[at - 1] in words.lead or (before == CODES["dash"] and lowers[at - 2] in words.lead))
    verb = at + 1 < len(lowers) and lowers[at + 1] in words.verb_after
    opens = at == 0 or before in (CODES["stop"], CODES["open"])
    if codes[at] == CODES["month"]:
        if capital:
            return (led or not opens) and not (opens and verb)
        return led and not verb and lowers[at - 1] != "to"
    if codes[at] == CODES["season"]:
        return led or before in (CODES["the"], CODES["early"], CODES["late"])
    return capital and (led or following == CODES["part"])
