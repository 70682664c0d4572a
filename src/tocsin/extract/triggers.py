"""Words that name a happening."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, count

from tocsin.codebook.triggers import GAP, STRENGTHS, Phrase, Slot, TriggerWords
from tocsin.datamodel import Span
from tocsin.extract.tokens import Tokens, tokenize

#: Marks that a gap may not run over: they end a clause.
_STOPS = frozenset('.;:!?()"“”—')


#: Where a phrase stands in the text, and which.
_Match = tuple[int, int, Phrase]


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
    text: str, sentence: Span, words: TriggerWords, *, tokens: Tokens | None = None
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
    tokens = tokenize(sentence) if tokens is None else tokens
    found, barred = _matches(tokens, words)
    if not found:
        return ()
    kept: list[_Match] = []
    for start, end, phrase in sorted(found, key=_rank) if len(found) > 1 else found:
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


def _matches(tokens: Tokens, words: TriggerWords) -> tuple[list[_Match], list[tuple[int, int, str]]]:
    """Return where phrases stand, and where misleading ones do with the type that they bar."""
    found: list[_Match] = []
    barred: list[tuple[int, int, str]] = []
    forms, starts, ends = tokens.forms, tokens.starts, tokens.ends
    by_first = words.by_first
    for at in compress(count(), map(by_first.__contains__, forms)):
        beginning = by_first[forms[at]]
        phrases = beginning.any_second
        if beginning.by_second and at + 1 < len(forms):
            phrases += beginning.by_second.get(forms[at + 1], ())
        for phrase in phrases:
            # Most phrases are of one word.
            match = _match(phrase.slots, forms, at) if len(phrase.slots) > 1 else (at, at, at)
            if match is None:
                continue
            first, last, end = match
            if phrase.strength == "not":
                barred.append((starts[at], ends[end], phrase.type))
            else:
                found.append((starts[first], ends[last], phrase))
    return found, barred


def _rank(match: _Match) -> tuple[int, int, int, str]:
    start, end, phrase = match
    return start - end, STRENGTHS.index(phrase.strength), start, phrase.source


def _is_part(one: _Match, kept: Sequence[_Match]) -> bool:
    start, end, _ = one
    return any(other[0] <= start and end <= other[1] and end - start < other[1] - other[0] for other in kept)


def _match(slots: Sequence[Slot], forms: Sequence[str], at: int) -> tuple[int, int, int] | None:
    """Return the first and last token that name the happening, and the last of the phrase; None where it is not."""
    first = last = -1
    i = at
    for k, slot in enumerate(slots):
        if slot.gap:
            following = slots[k + 1] if k + 1 < len(slots) else None
            i = _over_gap(following, forms, i)
            if i < 0:
                return None
            continue
        if i >= len(forms) or (slot.words and forms[i] not in slot.words):
            return None
        if slot.trigger:
            first, last = (i if first < 0 else first), i
        i += 1
    return first, last, i - 1


def _over_gap(following: Slot | None, forms: Sequence[str], i: int) -> int:
    for j in range(i, min(i + GAP + 1, len(forms))):
        if following is None or forms[j] in following.words:
            return j
        if forms[j] in _STOPS:
            return -1
    return -1
