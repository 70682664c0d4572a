"""Whether a text is about contention (codebook, section 1: "in scope")."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tocsin.codebook.scope import CONTENTION, ScopeWords
from tocsin.extract.tokens import Tokens
from tocsin.extract.triggers import Trigger

#: Types whose strong triggers speak for contention; those of politics and of courts stand in other news as often.
TELLING = frozenset(
    (
        "demonstration",
        "riot",
        "hunger_strike",
        "other_protest",
        "strike",
        "work_to_rule",
        "lockout",
        "force",
        "restriction",
    )
)
#: A word of another field outweighs a word of contention, and two types that happen in one text weigh as much as a
#: word. Chosen on 540 coded training documents and 154 real ones without happenings: 432 of 441 texts with
#: happenings and 15 of 154 real ones without pass.
OUTSIDE_WEIGHT = 1.5
TYPE_WEIGHT = 0.5
LEAST = 2.0
#: From this score on a text is worth a closer look by the tagger: with neither a strong trigger nor a word of
#: contention, with one of them, with both; in the shortest texts, which are soon read, any word of the lists is as
#: good as both. All 31 development documents with happenings pass and 440 of 441 training ones; of real texts without
#: happenings 69 of 100 do not.
WORTH_A_LOOK = (1.0, 0.0, -1.0)
#: One strong trigger is all that a text of a sentence or two (an entry of a feed, a news brief) can have: there it is
#: enough where no word of another field stands beside it.
SHORT = 3
LEAST_SHORT = 1.5


@dataclass(frozen=True, slots=True)
class Scope:
    """What a text is about.

    Attributes:
        score: contention words and telling triggers, less the words of other fields.
        least: the score from which on it is in scope.
        least_look: the score from which on the tagger should look at it.
        contention: the distinct words of contention found, sorted.
        outside: the distinct words of other fields, sorted.
    """

    score: float
    least: float
    least_look: float
    contention: tuple[str, ...]
    outside: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the text is in scope."""
        return self.score >= self.least

    @property
    def may_hold(self) -> bool:
        """Whether the text is worth a closer look by the tagger."""
        return self.score >= self.least_look


def read_scope_of_text(
    title: Tokens | None,
    sentences: Iterable[Tokens],
    triggers: Iterable[Sequence[Trigger]],
    words: ScopeWords,
) -> Scope:
    """Return what a text is about, from the words of its title and sentences and the triggers of each sentence."""
    found: set[str] = set()
    for tokens in (title, *sentences) if title else sentences:
        found |= _known(tokens.forms, words)
    contention = sorted(word for word in found if words.fields[word] == CONTENTION)
    outside = sorted(found.difference(contention))
    by_sentence = [tuple(one) for one in triggers]
    telling = sum(any(t.strong and t.type in TELLING for t in one) for one in by_sentence)
    types = len({t.type for one in by_sentence for t in one})
    score = len(contention) + telling - OUTSIDE_WEIGHT * len(outside) + TYPE_WEIGHT * types
    if len(by_sentence) <= SHORT:
        least, kinds = LEAST_SHORT, 2 * bool(types or contention)
    else:
        least, kinds = LEAST, any(t.strong for one in by_sentence for t in one) + bool(contention)
    return Scope(score, least, WORTH_A_LOOK[kinds], tuple(contention), tuple(outside))


def _known(forms: Sequence[str], words: ScopeWords) -> set[str]:
    found = words.fields.keys() & forms
    if words.starts.isdisjoint(forms):
        return found
    for at in [at for at, form in enumerate(forms) if form in words.starts]:
        rows = (" ".join(forms[at:end]) for end in range(at + 2, min(at + words.longest, len(forms)) + 1))
        found.update(row for row in rows if row in words.fields)
    return found
