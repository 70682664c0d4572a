"""Words and noun phrases by rules: where a phrase that ends or begins at a word has its other end.

No tagger: function words, capital letters, punctuation and endings decide. Siblings in this folder use it to find who
speaks and who acts.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tocsin.codebook.grammar import Grammar
from tocsin.datamodel import Span

# Each alternative begins with a different kind of character or is bounded by one, so the pattern is linear. The first
# is what most words are, and spares them the trying of the others.
_WORD = re.compile(
    r"[a-z]++(?![\w.’'&-])"
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|St|Maj|Jr|Sr|No|[A-Z])\.(?=[\s\w])"
    r"|\d+(?:[.,:]\d+)*(?:-?[^\W\d_]+)*"
    r"|[^\W_]+(?:[.’'&-][^\W_]+)*(?:(?<=s)[’'](?= [^\W_]))?"
    r"|[^\w\s]"
)

#: Classes of words that carry a noun phrase: names, plain words, numbers.
NOMINAL = frozenset({"name", "word", "numbers"})
_OPEN_QUOTES = "\"“”„«»″''"


class Word(NamedTuple):
    """One word or mark of a text: where it stands, its lower-case form, and its class.

    The class is a list's name of grammar.toml for function words, else "name" (capitalised), "participle" (-ed,
    -ing), "word" or "mark".
    """

    start: int
    end: int
    low: str
    kind: str


def read_words(text: str, start: int, end: int, grammar: Grammar) -> list[Word]:
    """Return the words and marks of `text` from `start` to `end`."""
    words: list[Word] = []
    kinds = _kinds_of(grammar)
    for match in _WORD.finditer(text, start, end):
        low, kind, may_be_name = kinds[match[0]]
        if may_be_name and words and words[-1].low not in _SENTENCE_START:
            kind = "name"
        # Word(...) by its constructor takes twice as long, and every word of a text passes here.
        words.append(tuple.__new__(Word, (*match.span(), low, kind)))
    return words


class _Kinds(dict[str, tuple[str, str, bool]]):
    """Lower-case form and class of each word as printed, and whether it is a name unless it opens its sentence.

    They are told when a word is first asked for, and kept for the next time.
    """

    def __init__(self, grammar: Grammar) -> None:
        self._classes = grammar.classes

    def __missing__(self, raw: str) -> tuple[str, str, bool]:
        low = raw.lower()
        kind = self._classes.get(low)
        told = (low, kind or _kind_by_form(raw, low), kind in _NAMES_TOO and raw[0].isupper())
        if len(self) < _KEPT and len(raw) < _LONG:
            self[raw] = told
        return told


#: Words whose class is kept, of so many letters at most: 6 MB, and more than the words that texts have in common.
_KEPT, _LONG = 30_000, 30


@lru_cache(maxsize=16)
def _kinds_of(grammar: Grammar) -> _Kinds:
    return _Kinds(grammar)


def _kind_by_form(raw: str, low: str) -> str:
    first = raw[0]
    if first.isdigit():
        return "numbers"
    if not first.isalpha():
        return "mark"
    if first.isupper():
        return "name"
    if low.endswith("ly") and len(low) > 4:
        return "adverbs"
    if low.endswith(("ed", "ing")) and len(low) > 4:
        return "participle"
    return "word"


class SentenceWords:
    """The words and marks of each sentence of a text, read when they are first asked for."""

    def __init__(self, text: str, sentences: Sequence[Span], grammar: Grammar) -> None:
        self._text = text
        self._sentences = sentences
        self._grammar = grammar
        self._read: dict[int, list[Word]] = {}

    def __getitem__(self, index: int) -> list[Word]:
        """Return the words of a sentence by its number."""
        words = self._read.get(index)
        if words is None:
            sentence = self._sentences[index]
            words = self._read[index] = read_words(self._text, sentence.start, sentence.end, self._grammar)
        return words


#: Classes whose words may be names when capitalised within a sentence ("Will", "May" said of people).
_NAMES_TOO = frozenset({"auxiliaries", "verbs", "adverbs", "participle"})
_SENTENCE_START = frozenset({".", "!", "?", ":", '"', "“", "‘", "«", "—", "–", "-", "*"})


def phrase_before(words: Sequence[Word], end: int, low: int = 0) -> tuple[int, int] | None:
    """Return the noun phrase whose last word is just before `end`, as indices, or None.

    Time words, adverbs and auxiliaries between the phrase and `end` are passed over; an apposition between commas
    ("the minister, Ivan Petrov, said") is part of the phrase.

    Args:
        words: of one sentence.
        end: index of the word after the phrase, a verb.
        low: index where the clause begins.
    """
    at = end - 1
    while at >= low and words[at].kind in _BETWEEN:
        at -= 1
    # "on Saturday said": the preposition before a time word belongs to it.
    if at < end - 1 and words[at + 1].kind == "times" and at >= low and words[at].kind in _TIME_LINKS:
        at -= 1
        while at >= low and words[at].kind in _BETWEEN:
            at -= 1
    if at < low:
        return None
    if words[at].low == ",":
        return _before_apposition(words, at, low)
    if words[at].low in ")" or words[at].low in "–—":
        opener = _open_bracket(words, at, low)
        return phrase_before(words, opener, low) if opener is not None else None
    return _plain_before(words, at, low)


_BETWEEN = frozenset({"adverbs", "times", "auxiliaries"})
_TIME_LINKS = frozenset({"prepositions", "linking"})
# An apposition longer than this is a clause of its own more often than not.
_APPOSITION = 24


def _before_apposition(words: Sequence[Word], comma: int, low: int) -> tuple[int, int] | None:
    """Return the phrase that an apposition ending at `comma` belongs to, with the apposition."""
    at = comma - 1
    floor = max(low, comma - _APPOSITION)
    while at >= floor:
        if words[at].low == ",":
            inner = words[at + 1] if at + 1 < comma else None
            found = _plain_before(words, at - 1, low) if at > low else None
            if found and inner and not _only_numbers(words, found):
                relative = inner.kind in ("openers", "participle", "prepositions", "linking")
                return (found[0], at if relative else comma)
        elif words[at].low in ";:()":
            return None
        at -= 1
    return None


def _open_bracket(words: Sequence[Word], close: int, low: int) -> int | None:
    mate = "(" if words[close].low == ")" else words[close].low
    for at in range(close - 1, max(low, close - _APPOSITION) - 1, -1):
        if words[at].low == mate:
            return at
    return None


def _only_numbers(words: Sequence[Word], found: tuple[int, int]) -> bool:
    return all(words[at].kind == "numbers" for at in range(*found))


def _plain_before(words: Sequence[Word], last: int, low: int) -> tuple[int, int] | None:
    """Return the noun phrase whose last word is `last`."""
    word = words[last]
    if word.kind == "pronouns" or word.low in ("who", "which"):
        return (last, last + 1)
    start = last + 1
    at = last
    nominal = False
    while at >= low:
        kind = words[at].kind
        if kind in NOMINAL:
            nominal = True
            start = at
        elif kind == "determiners":
            nominal = True
            start = at
            if at > low and words[at - 1].kind == "determiners":
                at -= 1
                continue
            if not _linked(words, at, low):
                break
            at -= 1  # the linking preposition
        elif kind == "participle":
            before = words[at - 1].kind if at > low else "mark"
            if before not in ("determiners", "numbers", "adverbs") and not (nominal and at == low):
                break
            start = at
        elif kind == "adverbs" and nominal and at > low and words[at - 1].kind in ("determiners", "numbers"):
            start = at
        elif not (nominal and at > low and _goes_on_before(words, at, low)):
            break
        at -= 1
    return (start, last + 1) if nominal and start <= last else None


def _goes_on_before(words: Sequence[Word], at: int, low: int) -> bool:
    """Whether a small word or mark at `at` stands within a noun phrase whose end is known."""
    word, before = words[at], words[at - 1]
    if word.kind == "linking" or word.low in ("-", "/"):
        return before.kind in NOMINAL
    if word.low in ("and", "&"):
        return _joined(words, at, low)
    return word.low == "'" and before.low.endswith("s")


def _linked(words: Sequence[Word], at: int, low: int) -> bool:
    """Whether the word before `at` is a preposition that joins it to a noun."""
    return at - 1 > low and words[at - 1].kind == "linking" and words[at - 2].kind in NOMINAL


def _joined(words: Sequence[Word], at: int, low: int) -> bool:
    """Whether "and" at `at` joins two nouns of one phrase rather than two clauses."""
    left, right = words[at - 1], words[at + 1]
    if left.kind == "name" and right.kind == "name":
        return True
    if left.kind != "word" and left.kind != "name":
        return False
    begin = at - 1
    while begin > low and words[begin - 1].kind in ("word", "name", "numbers", "determiners", "linking", "participle"):
        begin -= 1
    return (begin == low or words[begin - 1].low in ",;:") and at - begin <= 6


def phrase_after(words: Sequence[Word], begin: int, high: int | None = None) -> tuple[int, int] | None:
    """Return the noun phrase whose first word is at `begin`, as indices, or None.

    Args:
        words: of one sentence.
        begin: index of its first word.
        high: index of the first word not to be used; the end of the sentence where None.
    """
    high = len(words) if high is None else high
    at = begin
    end = begin
    nominal = False
    if begin < high and words[begin].kind == "pronouns":
        if not (begin + 1 < high and words[begin + 1].low == "of"):
            return (begin, begin + 1)
        nominal, at, end = True, begin + 1, begin + 1
    while at < high:
        kind = words[at].kind
        following = words[at + 1].kind if at + 1 < high else "mark"
        if kind in NOMINAL:
            nominal = True
            end = at + 1
        elif kind == "determiners":
            if nominal and words[at - 1].kind not in ("linking", "determiners", "conjunctions"):
                break
            if words[at].low in _ALONE or (words[at].low == "her" and following == "mark"):
                nominal, end = True, at + 1
        elif kind == "participle":
            if following not in NOMINAL or (nominal and words[at - 1].kind in ("word", "name")):
                if nominal or following in NOMINAL or at == begin or words[at - 1].kind != "determiners":
                    break
                nominal = True
            end = at + 1
        elif not _goes_on_after(words, at, following, nominal):
            break
        at += 1
    return (begin, end) if nominal and end > begin else None


def _goes_on_after(words: Sequence[Word], at: int, following: str, nominal: bool) -> bool:
    """Whether a small word or mark at `at` stands within a noun phrase whose beginning is known."""
    word = words[at]
    if not nominal:
        return word.kind == "adverbs" and following in ("participle", "word", "numbers")
    if word.kind in ("linking", "conjunctions"):
        return following in _PHRASE_START
    return word.low in ("-", "/") and following in NOMINAL


_PHRASE_START = frozenset({"word", "name", "numbers", "determiners"})
_ALONE = frozenset(
    {"many", "few", "most", "another", "several", "some", "both", "all", "others", "each", "these", "those"}
)


def clause_subject(words: Sequence[Word], begin: int, verb: int) -> tuple[int, int] | None:
    """Return the subject of a clause that begins at `begin` and has a verb before `verb`, or None.

    Opening adverbials ("On Saturday,", "In Minsk") are passed over.
    """
    at = begin
    while at < verb and (words[at].kind in ("conjunctions", "adverbs", "times") or words[at].low in _OPENING_MARKS):
        at += 1
    if at < verb and words[at].kind in ("prepositions", "linking", "openers", "participle"):
        comma = next((k for k in range(at, min(verb, at + 20)) if words[k].low == ","), None)
        if comma is None:
            skipped = phrase_after(words, at + 1, verb)
            at = skipped[1] if skipped else at + 1
            while at < verb and words[at].kind in _BETWEEN:
                at += 1
        else:
            at = comma + 1
    while at < verb and (words[at].kind in ("adverbs", "times") or words[at].low in _OPENING_MARKS):
        at += 1
    return phrase_after(words, at, verb)


_OPENING_MARKS = frozenset(_OPEN_QUOTES) | {"—", "–", "-", "*", ",", ".", ":", "‘", "’"}


def clause_start(words: Sequence[Word], at: int) -> int:
    """Return the index where the clause that holds word `at` begins: after the last semicolon or sentence mark."""
    while at > 0 and words[at - 1].low not in _CLAUSE_MARKS:
        at -= 1
    return at


_CLAUSE_MARKS = frozenset({";", "!", "?"})


def span_of(text: str, words: Sequence[Word], found: tuple[int, int]) -> Span:
    """Return the words from index to index as a span of the text."""
    start, end = words[found[0]].start, words[found[1] - 1].end
    return Span(start, end, text[start:end])


def bare(low: str) -> str:
    """Return a word without its possessive ending."""
    for ending in ("’s", "'s", "’", "'"):
        low = low.removesuffix(ending)
    return low
