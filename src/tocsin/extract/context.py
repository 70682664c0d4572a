"""Within or because of which other happening one happened."""

from collections.abc import Sequence

from tocsin.extract.drafts import Draft

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


def with_contexts(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Return the drafts with their contexts: the nearest one before, else after, of a type that they answer.

    Happenings of one sentence come first, since a text that tells both in one breath ("30 were detained at the
    march") means the one by the other.
    """
    sentences = [frozenset(t.sentence.start for t in draft.tellings) for draft in drafts]
    types = [draft.type for draft in drafts]
    for at, draft in enumerate(drafts):
        draft.context = _context(at, types, sentences)
    return tuple(drafts)


def _context(at: int, types: Sequence[str], sentences: Sequence[frozenset[int]]) -> int | None:
    answered = _BECAUSE_OF.get(types[at])
    others = [i for i, other in enumerate(types) if other in answered and i != at] if answered else ()

    def distance(other: int) -> tuple[bool, int]:
        steps = other - at
        return sentences[at].isdisjoint(sentences[other]), -2 * steps if steps < 0 else 3 * steps

    return min(others, key=distance) if others else None
