"""When two codings of one thing agree."""

import re
import unicodedata
from functools import lru_cache

from tocsin.datamodel import Actor, Claim, Mention, Place

#: Share of the shorter quote's words that must stand in the other: coders differ in where a name ends.
SAME_WORDS = 0.5

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """Return the words of a text without case, accents and punctuation."""
    letters = unicodedata.normalize("NFKD", text.lower())
    return " ".join(_WORD.findall("".join(c for c in letters if not unicodedata.combining(c))))


def word_overlap(one: str, other: str) -> float:
    """Return the share of the words of the quote with fewer of them that stand in the other, 0 to 1."""
    words, others = set(fold(one).split()), set(fold(other).split())
    if not words or not others:
        return 0.0
    return len(words & others) / min(len(words), len(others))


def shared_evidence(gold: Mention, predicted: Mention) -> float:
    """Return the share of evidence sentences that two mentions have in common, 0 to 1.

    A sentence counts as shared where one coder's holds the other's, since coders split sentences differently.
    """
    ours = [fold(evidence.sentence.quote) for evidence in gold.evidence]
    theirs = [sentence for evidence in predicted.evidence if (sentence := fold(evidence.sentence.quote))]
    hits = sum(any(own in other or other in own for other in theirs) for own in ours if own)
    return hits / max(len(ours), len(predicted.evidence), 1)


def same_date(gold: Mention, predicted: Mention) -> bool:
    """Whether two mentions start and end on the same days."""
    return (gold.date.start, gold.date.end) == (predicted.date.start, predicted.date.end)


def same_place(gold: Place, predicted: Place) -> bool:
    """Whether two places have the same country, and a name or a quote in common."""
    return (gold.country or "") == (predicted.country or "") and bool(_names(gold) & _names(predicted))


def same_actor(gold: Actor, predicted: Actor) -> bool:
    """Whether two actors have the same role and overlapping words."""
    return gold.role == predicted.role and word_overlap(gold.span.quote, predicted.span.quote) >= SAME_WORDS


def same_claim(gold: Claim, predicted: Claim) -> bool:
    """Whether two claims give the same value to the same attribute; for money the unit counts too."""
    if (gold.attribute, gold.low, gold.high) != (predicted.attribute, predicted.low, predicted.high):
        return False
    return gold.attribute != "amount" or gold.unit == predicted.unit


def same_speakers(gold: Claim, predicted: Claim) -> bool:
    """Whether two claims are said by the same speakers in the same order."""
    return len(gold.said_by) == len(predicted.said_by) and all(
        word_overlap(ours.span.quote, theirs.span.quote) >= SAME_WORDS
        for ours, theirs in zip(gold.said_by, predicted.said_by, strict=True)
    )


def _names(place: Place) -> set[str]:
    return {fold(place.name or ""), fold(place.span.quote if place.span else "")} - {""}
