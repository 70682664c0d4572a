"""Whether a text is worth being read whole: a look at its most telling sentences.

Reading a text of 600 words whole takes thirty times as long as finding its triggers. So the words decide first
(`Scope.may_hold`); where they leave doubt, the tagger reads the sentences that speak for contention most; and only
what holds then is read whole.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tocsin.codebook.scope import CONTENTION, ScopeWords
from tocsin.datamodel import Span
from tocsin.extract.scope import TELLING, Scope
from tocsin.extract.tokens import Tokens
from tocsin.extract.triggers import Trigger

if TYPE_CHECKING:
    from tocsin.extract.tagger import Tagger

#: Words and marks of a text that is read whole without a look: there is little to be saved.
SHORT_TEXT = 200
#: Words and marks that are looked at.
LOOKED_AT = 120
#: A text of this score by its words needs no look: one in a hundred real texts without happenings has it, of texts
#: with happenings one in two.
CERTAIN = 8.0
#: Likelihood from which on a text is read; to be chosen again when the model changes (bench/accuracy/first_look.py).
#: The least of a development document with happenings that was looked at is 0.26, and one of 221 training ones lies
#: below; of real texts without happenings that were looked at, one in six has it. With 80 words instead of 120, a
#: development document with six happenings had 0.05.
WORTH_READING = 0.1
#: What speaks for a sentence: a strong trigger of a type that is contention in itself, a strong one, a weak one.
_TELLING_STRONG, _STRONG, _WEAK = 3.0, 2.0, 1.0
#: Words of contention in one sentence beyond these add nothing; a further type of happening adds a little.
_MOST_CONTENTION, _TYPE = 2, 0.1


def is_worth_reading(
    title: str,
    sentences: Sequence[Span],
    tokens: Sequence[Tokens],
    triggers: Sequence[Sequence[Trigger]],
    scope: Scope,
    words: ScopeWords,
    tagger: "Tagger",
) -> bool:
    """Return whether a text should be read whole.

    Args:
        title: of the document; may be empty.
        sentences: of the text.
        tokens, triggers: of each sentence.
        scope: what the words of the whole text say.
        words: that show contention.
        tagger: what looks.
    """
    if not scope.may_hold:
        return False
    if scope.score >= CERTAIN or sum(len(one.forms) for one in tokens) <= SHORT_TEXT:
        return True
    picked = telling_sentences(tokens, triggers, words)
    return bool(picked) and tagger.glance([sentences[at] for at in picked], title) >= WORTH_READING


def telling_sentences(
    tokens: Sequence[Tokens], triggers: Sequence[Sequence[Trigger]], words: ScopeWords, *, most: int = LOOKED_AT
) -> list[int]:
    """Return the numbers of the sentences that speak for contention most, in order.

    Args:
        tokens, triggers: of each sentence.
        words: that show contention.
        most: words and marks of all of them together; the best sentence is one of them however long it is.
    """
    weights = [_weight(*one, words) for one in zip(tokens, triggers, strict=True)]
    picked: list[int] = []
    length = 0
    for at in sorted(range(len(weights)), key=lambda at: (-weights[at], at)):
        if weights[at] == 0.0:
            break
        if not picked or length + len(tokens[at].forms) <= most:
            picked.append(at)
            length += len(tokens[at].forms)
    return sorted(picked)


def _weight(tokens: Tokens, triggers: Sequence[Trigger], words: ScopeWords) -> float:
    best = max((_strength(trigger) for trigger in triggers), default=0.0)
    contention = sum(words.fields[form] == CONTENTION for form in words.fields.keys() & tokens.forms)
    return best + min(contention, _MOST_CONTENTION) + _TYPE * len({trigger.type for trigger in triggers})


def _strength(trigger: Trigger) -> float:
    if not trigger.strong:
        return _WEAK
    return _TELLING_STRONG if trigger.type in TELLING else _STRONG
