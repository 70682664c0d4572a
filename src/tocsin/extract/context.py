"""Within or because of which other mention one happened."""

from collections.abc import Sequence
from dataclasses import replace

from tocsin.datamodel import Mention

#: What answers what: a response happens because of the protest, strike or dispute told nearest before it; what
#: follows a response (a charge after an arrest) happens because of that.
_PROTESTS = ("demonstration", "strike", "riot", "hunger_strike", "other_protest", "work_to_rule", "lockout")
_BECAUSE_OF = {
    "detention": _PROTESTS,
    "force": _PROTESTS,
    "riot": ("demonstration", "strike"),
    "killing": ("force", "riot", "attack", *_PROTESTS),
    "charge": ("detention", *_PROTESTS),
    "sentence": ("charge", "detention", *_PROTESTS),
    "release": ("detention", "sentence", "charge"),
    "disappearance": ("detention", *_PROTESTS),
    "dismissal": ("strike", "work_to_rule", *_PROTESTS),
    "lockout": ("strike", "work_to_rule"),
    "restriction": _PROTESTS,
    "threat": _PROTESTS,
    "attack": _PROTESTS,
    "concession": _PROTESTS,
    "talks": _PROTESTS,
    "aid": ("strike", "lockout"),
    "hunger_strike": ("detention", "sentence", "dismissal"),
    "raid": ("detention", *_PROTESTS),
}


def link_contexts(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions with `context` set: the nearest one before, else after, of a type that they answer.

    Mentions of one sentence come first, since a text that tells both in one breath ("30 were detained at the march")
    means the one by the other.
    """
    sentences = [frozenset(e.sentence.start for e in mention.evidence) for mention in mentions]
    found = (_context(at, mentions, sentences) for at in range(len(mentions)))
    return tuple(replace(one, context=of) if of else one for one, of in zip(mentions, found, strict=True))


def _context(at: int, mentions: Sequence[Mention], sentences: Sequence[frozenset[int]]) -> str | None:
    types = _BECAUSE_OF.get(mentions[at].type, ())
    others = [i for i, other in enumerate(mentions) if other.type in types and i != at]

    def distance(other: int) -> tuple[bool, int]:
        steps = other - at
        return sentences[at].isdisjoint(sentences[other]), -2 * steps if steps < 0 else 3 * steps

    return mentions[min(others, key=distance)].id if others else None
