"""Long documents in parts: cut at paragraphs, the end of one told again at the head of the next, the answers joined."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tocsin.datamodel import Mention, Note

#: Code points of a part. An answer is about four times as long as its text (docs/language-models.md), and what most
#: models can say at once, 8,192 tokens, holds the answer to some 5,000 code points.
LONGEST = 4500
#: Code points at the end of a part that the next one begins with, so that what "they" and "there" mean is not lost.
OVERLAP = 600
#: A part is not halved below this: what does not fit an answer then is no matter of length.
SHORTEST = 600
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*|\n")
_SENTENCE = re.compile(r"(?<=[.!?…][\"”’'»)]) +|(?<=[.!?…]) +")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document's text, in code points; `fresh` is where it says what no part before it said."""

    start: int
    end: int
    fresh: int


def cut(text: str, *, longest: int = LONGEST, overlap: int = OVERLAP) -> tuple[Part, ...]:
    """Return the parts of a text, which together hold all of it; one part where the text is short enough.

    A part ends at the end of a paragraph, or, where a paragraph alone is too long, of a sentence, or just anywhere.

    Args:
        text: the whole text.
        longest: code points of a part, of which at least half are fresh.
        overlap: code points that a part repeats at most; whole paragraphs or sentences.
    """
    parts = [Part(0, 0, 0)]
    while parts[-1].end < len(text):
        fresh = parts[-1].end
        start = _begin(text, fresh, min(overlap, longest // 2)) if fresh else 0
        parts.append(Part(start, _stop(text, fresh, start + longest), fresh))
    return tuple(parts[1:])


def halves(text: str, part: Part) -> tuple[Part, ...]:
    """Return a part as two of about the same length, or none where it is too short to be halved."""
    if part.end - part.start < 2 * SHORTEST:
        return ()
    found = cut(text[part.start : part.end], longest=(part.end - part.start) * 2 // 3, overlap=OVERLAP // 2)
    return tuple(Part(p.start + part.start, p.end + part.start, p.fresh + part.start) for p in found)


def join(answers: Sequence[tuple[Mention, ...]]) -> tuple[tuple[Mention, ...], dict[str, str]]:
    """Return the mentions of all parts, those told in two parts once, and the ids that lead to others.

    Two mentions of different parts are one where their types agree and they share a sentence of evidence and its
    trigger. What each says about it is kept; where both give a value, the earlier part's stands.
    """
    found: list[Mention] = []
    renamed: dict[str, str] = {}
    for mentions in answers:
        before = len(found)
        for mention in mentions:
            at = next((i for i in range(before) if _is_same(found[i], mention)), None)
            if at is None:
                found.append(mention)
            else:
                renamed[mention.id] = found[at].id
                found[at] = _merged(found[at], mention)
    led = [replace(m, context=renamed.get(m.context or "", m.context)) for m in found]
    return tuple(replace(m, context=None) if m.context == m.id else m for m in led), renamed


def led(notes: Sequence[Note], renamed: dict[str, str]) -> tuple[Note, ...]:
    """Return notes with the ids that mentions have after parts were joined."""
    return tuple(replace(note, mention=renamed.get(note.mention or "", note.mention)) for note in notes)


def _begin(text: str, at: int, overlap: int) -> int:
    """Return where the repeated end of what was told before begins."""
    for ends in (_PARAGRAPH, _SENTENCE):
        for found in ends.finditer(text, max(0, at - overlap), at):
            if found.end() < at:
                return found.end()
    return at


def _stop(text: str, fresh: int, end: int) -> int:
    if end >= len(text):
        return len(text)
    least = fresh + (end - fresh) // 2
    for ends in (_PARAGRAPH, _SENTENCE):
        stops = [found.end() for found in ends.finditer(text, least, end)]
        if stops:
            return stops[-1]
    return end


def _is_same(one: Mention, other: Mention) -> bool:
    return one.type == other.type and not set(one.evidence).isdisjoint(other.evidence)


def _merged(one: Mention, other: Mention) -> Mention:
    told = {(claim.attribute, claim.span, claim.said_by) for claim in one.claims}
    return replace(
        one,
        date=one.date if one.date.start or one.date.end else other.date,
        places=one.places or other.places,
        actors=tuple(dict.fromkeys((*one.actors, *other.actors))),
        claims=one.claims + tuple(c for c in other.claims if (c.attribute, c.span, c.said_by) not in told),
        demands=tuple(dict.fromkeys((*one.demands, *other.demands))),
        means=tuple(dict.fromkeys((*one.means, *other.means))),
        context=one.context or other.context,
        evidence=tuple(sorted({*one.evidence, *other.evidence}, key=lambda e: (e.sentence, e.trigger))),
    )
