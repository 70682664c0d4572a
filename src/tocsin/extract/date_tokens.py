"""Text to words of time: each token gets a class, and the classes are one string that rules can search."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from operator import add

from tocsin.codebook.dates import CLASSES, DateWords

#: Classes that the form of a token gives: numbers up to 31, to 99, four digits, others; 14th; 1990s; 3:30 pm;
#: 2020-09-28; 28/09/2020; the full stop of an abbreviation; a sentence's end; all else.
FORMS = (
    *("dd", "yy", "yyyy", "num", "dord", "decade", "clock", "iso", "numeric", "holiday"),
    *("abbr", "comma", "dash", "apos", "slash", "open", "stop", "x"),
)
#: One character a class, none of them with a meaning in a regular expression.
CODES = {name: chr(0x100 + number) for number, name in enumerate((*CLASSES, *FORMS))}

_NUMBER = r"""
      (?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))
    | (?P<numeric>\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d))
    | (?P<clock>\d{1,2}(?:[:.]\d\d)?[ ]?[AaPp]\.?[Mm]\b\.?|\d{1,2}:\d\d(?::\d\d)?|\d{1,2}h\d\d\b)
    | (?P<num>\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)
    | (?P<decade>\d{3,4}['’]?s\b)
    | (?P<dord>\d+(?:st|nd|rd|th|ST|ND|RD|TH)\b)
    | (?P<digits>\d+)
"""
_FORM = re.compile(_NUMBER, re.VERBOSE)
# A text is the sum of its pieces: a word, number or mark with the space behind it, or a blank line.
# Its first alternative is what most pieces are.
_PIECE = re.compile(
    r"[a-zA-Z]++[ ](?=\S)"
    rf"|(?:[^\W\d_]+|{re.sub(r'[?]P<[a-z]+>', '?:', _NUMBER)}|[^\w\s]|_)[^\S\n]*\n?[^\S\n]*|\s+",
    re.VERBOSE,
)
_MARKS = {",": "comma", "-": "dash", "–": "dash", "—": "dash", "‑": "dash", "−": "dash", "'": "apos", "’": "apos"}
_MARKS |= {"‘": "apos", "/": "slash", "(": "open", "!": "stop", "?": "stop", ".": "stop"}
_NUMBERS = frozenset(CODES[name] for name in ("dd", "yyyy", "dord", "ordinal"))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text.

    Attributes:
        text: the whole text.
        starts, ends: offsets of each token in it.
        words: each token in small letters.
        codes: one character a token, its class.
        tells: which way the token says that a date lies, for those already asked.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    codes: str
    tells: dict[int, int] = field(default_factory=dict)


def tokenize(text: str, words: DateWords, start: int, end: int) -> Tokens:
    """Return the tokens of `text` between two offsets, with their classes."""
    pieces = _PIECE.findall(text, start, end)
    bare = list(map(str.rstrip, pieces))
    starts = list(accumulate(map(len, pieces), initial=start))[: len(pieces)]
    ends = list(map(add, starts, map(len, bare)))
    lowers = list(map(str.lower, bare))
    classes, guarded = _codes_of(words)
    codes = list(map(classes.__getitem__, lowers))
    joined = "".join(codes)
    _mark_stops(text, starts, ends, lowers, codes, joined, words)
    for match in guarded.finditer(joined):
        at = match.start()
        if lowers[at] in words.guarded and not _is_time(at, text, starts, ends, lowers, codes, words):
            codes[at] = CODES["x"]
    return Tokens(text, starts, ends, lowers, "".join(codes))


@lru_cache(maxsize=64)
def _codes_of(words: DateWords) -> "tuple[_Classes, re.Pattern[str]]":
    """Return the code of each word of time, and a pattern of the codes that guarded words have."""
    codes = _Classes({word: CODES[name] for word, name in words.classes.items()})
    guarded = sorted({codes[word] for word in words.guarded if word in codes})
    return codes, re.compile("|".join(guarded) or "(?!)")


#: Words whose class is kept: 3 MB, and more than the words that texts have in common.
_KEPT, _LONG = 30_000, 30


class _Classes(dict[str, str]):
    """The class of each token; that of a number or mark is told by its form, and kept for the next time."""

    def __missing__(self, token: str) -> str:
        code = CODES[_form(token)]
        if len(self) < _KEPT and len(token) < _LONG:
            self[token] = code
        return code


def _form(token: str) -> str:
    if not token:
        return "stop"
    if not token[0].isdecimal():
        return _MARKS.get(token, "x")
    found = _FORM.fullmatch(token)
    kind = (found and found.lastgroup) or "x"
    return _digits(token) if kind == "digits" else kind


def _mark_stops(
    text: str,
    starts: list[int],
    ends: list[int],
    lowers: list[str],
    codes: list[str],
    joined: str,
    words: DateWords,
) -> None:
    """Tell the full stops of abbreviations and those within a token from those that end a sentence."""
    stop = CODES["stop"]
    at = joined.find(stop)
    while at >= 0:
        if lowers[at] == ".":
            if at and lowers[at - 1] in words.abbreviations and ends[at - 1] == starts[at]:
                codes[at] = CODES["abbr"]
            elif ends[at] < len(text) and text[ends[at]] not in " \n\t\r\"'”’)]":
                codes[at] = CODES["x"]
        at = joined.find(stop, at + 1)


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
    if before == CODES["ordinal"] and text[starts[at]].islower():
        return False  # the first march
    if before and (before in _NUMBERS or before in (CODES["weekday"], CODES["month"])):
        return not (lowers[at] == "may" and before == CODES["yyyy"])
    if at > 1 and before == CODES["of"] and codes[at - 2] in _NUMBERS:
        return True
    capital = text[starts[at]].isupper()
    led = at > 0 and (lowers[at - 1] in words.lead or (before == CODES["dash"] and lowers[at - 2] in words.lead))
    verb = at + 1 < len(lowers) and lowers[at + 1] in words.verb_after
    opens = at == 0 or before in (CODES["stop"], CODES["open"])
    if codes[at] == CODES["month"]:
        if capital and at and before == CODES["x"] and text[starts[at - 1]].isupper():
            return False  # Theresa May, Mr March
        if capital:
            return (led or not opens) and not (opens and verb)
        return led and not verb and lowers[at - 1] != "to"
    if codes[at] == CODES["season"]:
        return led or before in (CODES["the"], CODES["early"], CODES["late"])
    return capital and (led or following == CODES["part"])
