"""Words that name a happening."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tocsin.codebook.triggers import GAP, STRENGTHS, Phrase, Slot, TriggerWords
from tocsin.datamodel import Span

# A word keeps its inner hyphens and apostrophes ("sit-in", "union's"), and every other mark is a word of its own, so
# that a phrase never runs over a comma or a full stop that it does not name. The apostrophe after a plural ("the
# miners' strike") is no word: phrases run over it.
_WORD = re.compile(r"\w+(?:[-'’]\w+)*|(?<![sS])['’]|[^\w\s'’]")
#: Marks that a gap may not run over: they end a clause.
_STOPS = frozenset('.;:!?()"“”—')


class Token(NamedTuple):
    """One word or mark of a text: its lower-case form and its place."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that may name a happening.

    Attributes:
        span: the words.
        type: of the happening.
        strong: whether they name contention by themselves.
        source: the codebook's entry that matched, for --explain.
    """

    span: Span
    type: str
    strong: bool
    source: str


def find_triggers(
    text: str, sentence: Span, words: TriggerWords, *, tokens: Sequence[Token] | None = None
) -> tuple[Trigger, ...]:
    """Return what may name a happening in a sentence, in order; at most one a type and place.

    Of overlapping matches of one type the longest stays, of equally long ones the strong one; words that a
    misleading phrase ("air strike") covers do not count for its type, unless they go on ("released on" misleads,
    "released on bail" does not). A weak match within a longer one of another type
    is part of that ("shot" in "shot dead"). Those who take part name a happening only where the sentence names no
    other one: "30 protesters were arrested" tells of an arrest.

    Args:
        text: the whole text.
        sentence: where to look.
        words: the phrases.
        tokens: the words of the sentence from `tokenize`, where they are known already.
    """
    tokens = tokenize(text, sentence) if tokens is None else tokens
    found: list[tuple[int, int, Phrase]] = []
    barred: list[tuple[int, int, str]] = []
    for at, token in enumerate(tokens):
        beginning = words.by_first.get(token.form)
        if beginning is None:
            continue
        following = tokens[at + 1].form if at + 1 < len(tokens) else ""
        for phrase in (*beginning.any_second, *beginning.by_second.get(following, ())):
            match = _match(phrase.slots, tokens, at)
            if match is None:
                continue
            marked, last = match
            if phrase.strength == "not":
                barred.append((token.start, tokens[last].end, phrase.type))
            else:
                found.append((tokens[marked[0]].start, tokens[marked[-1]].end, phrase))
    kept: list[tuple[int, int, Phrase]] = []
    for start, end, phrase in sorted(
        found, key=lambda f: (f[0] - f[1], STRENGTHS.index(f[2].strength), f[0], f[2].source)
    ):
        if any(b[2] == phrase.type and b[0] < end and start < b[1] and not start <= b[0] < b[1] < end for b in barred):
            continue
        if any(k[2].type == phrase.type and k[0] < end and start < k[1] for k in kept):
            continue
        kept.append((start, end, phrase))
    kept = [one for one in kept if one[2].strength == "strong" or not _is_part(one, kept)]
    if any(phrase.strength != "people" for *_, phrase in kept):
        kept = [one for one in kept if one[2].strength != "people"]
    return tuple(
        Trigger(Span(start, end, text[start:end]), phrase.type, phrase.strength == "strong", phrase.source)
        for start, end, phrase in sorted(kept, key=lambda k: (k[0], k[1], k[2].type))
    )


def tokenize(text: str, sentence: Span) -> list[Token]:
    """Return the words and marks of a sentence; curly apostrophes are straightened in the forms."""
    # Token(...) by its constructor takes twice as long, and every word of a text passes here.
    return [
        tuple.__new__(Token, (m[0].lower().replace("’", "'"), *m.span()))
        for m in _WORD.finditer(text, sentence.start, sentence.end)
    ]


def _is_part(one: tuple[int, int, Phrase], kept: Sequence[tuple[int, int, Phrase]]) -> bool:
    start, end, _ = one
    return any(other[0] <= start and end <= other[1] and end - start < other[1] - other[0] for other in kept)


def _match(slots: Sequence[Slot], tokens: Sequence[Token], at: int) -> tuple[list[int], int] | None:
    marked: list[int] = []
    i = at
    for k, slot in enumerate(slots):
        if slot.gap:
            following = slots[k + 1] if k + 1 < len(slots) else None
            i = _over_gap(following, tokens, i)
            if i < 0:
                return None
            continue
        if i >= len(tokens) or (slot.words and tokens[i].form not in slot.words):
            return None
        if slot.trigger:
            marked.append(i)
        i += 1
    return marked, i - 1


def _over_gap(following: Slot | None, tokens: Sequence[Token], i: int) -> int:
    for j in range(i, min(i + GAP + 1, len(tokens))):
        if following is None or tokens[j].form in following.words:
            return j
        if tokens[j].form in _STOPS:
            return -1
    return -1
