"""A reporting word with its source and content, and what reading one needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.extract.phrases import Word, phrase_after

Range = tuple[int, int]

QUOTES = frozenset({'"', "“", "”", "„", "«", "»", "″", "‘"})
CLOSING = frozenset({'"', "”", "»", "″", "’", "'"})
ENDS = frozenset({".", ",", ";", ":", "!", "?", ")", "—", "–", "-"}) | QUOTES


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting word of a sentence, in indices of its words.

    Attributes:
        source: who reports.
        cue: the reporting words.
        contents: what is reported, one range or two around the cue.
        manner: what the source does with it.
        shape: "before" (source, cue, content), "after" (content, then cue), "around", "passive" or "short" (a number
            without a verb of its own, after another report).
        outer, inner: further speakers outside and within the source ("citing the police").
    """

    source: Range
    cue: Range
    contents: tuple[Range, ...]
    manner: str
    shape: str
    outer: tuple[Range, ...] = ()
    inner: tuple[Range, ...] = ()

    @property
    def start(self) -> int:
        """Index where its own words begin."""
        return min(self.source[0], self.cue[0])

    @property
    def end(self) -> int:
        """Index after its own words."""
        return max(self.source[1], self.cue[1])


def low_at(sentence: Sequence[Word], at: int) -> str:
    """Return the word at an index in lower case, empty outside the sentence."""
    return sentence[at].low if 0 <= at < len(sentence) else ""


def kind_at(sentence: Sequence[Word], at: int) -> str:
    """Return the class of the word at an index, "mark" outside the sentence."""
    return sentence[at].kind if 0 <= at < len(sentence) else "mark"


def clause_end(sentence: Sequence[Word], at: int) -> int:
    """Return the index after the clause that word `at` stands in: a semicolon outside quotes, or the final mark."""
    quoted = False
    for k in range(at, len(sentence)):
        low = sentence[k].low
        if low in QUOTES:
            quoted = not quoted
        elif low == ";" and not quoted:
            return k
    end = len(sentence)
    while end > at + 1 and sentence[end - 1].low in (".", "!", "?"):
        end -= 1
    return end


def solid(contents: Sequence[Range]) -> tuple[Range, ...]:
    """Return the ranges that hold at least one word."""
    return tuple((a, b) for a, b in contents if b > a)


def with_apposition(sentence: Sequence[Word], source: Range) -> Range:
    """Return a phrase with a short apposition after it: "the inspector-general, Ismail Omar,"."""
    if low_at(sentence, source[1]) != ",":
        return source
    more = phrase_after(sentence, source[1] + 1)
    if more is None or low_at(sentence, more[1]) not in (",", ".", ";", "") or more[1] - more[0] > _APPOSITION:
        return source
    head, first = sentence[source[1] - 1], sentence[more[0]]
    named = first.kind == "name" and head.kind == "word"
    described = head.kind == "name" and first.kind in ("determiners", "word") and first.low not in _MANY
    counted = any(word.kind == "numbers" for word in sentence[more[0] : more[1]])
    return (source[0], more[1]) if (named or described) and not counted else source


#: Longer, the words after the comma are seldom a name or office.
_APPOSITION = 8
_MANY = frozenset({"some", "several", "all", "many", "most"})
