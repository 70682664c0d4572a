"""Whether a happening occurred, goes on, is planned, denied or thought of; whether it is one, a series or a total."""

from dataclasses import dataclass

from tocsin.codebook.modality import Cues, ModalityWords, Sequences
from tocsin.datamodel import Span
from tocsin.extract.tokens import Tokens

#: How many words before and after a trigger speak for it. Chosen on the coded training documents among 4 to 14.
BEFORE = 9
AFTER = 7
#: Marks that end a clause.
_ENDS = frozenset(".;:!?—")
_PRESENT = frozenset(("is", "are", "'s", "'re", "am"))
_PERFECT = frozenset(("has", "have", "'ve"))


@dataclass(frozen=True, slots=True)
class Clause:
    """The words around a trigger that can speak for it, nearest last before it and nearest first after it."""

    before: tuple[str, ...]
    trigger: tuple[str, ...]
    after: tuple[str, ...]


def read_modality(clause: Clause, kind: str, words: ModalityWords) -> str:
    """Return the modality of the happening that a trigger names.

    Args:
        clause: the words around that, from `clause_of`.
        kind: its type.
        words: the cues.

    Returns:
        "denied" where a negation rules the trigger, else "hypothetical", "planned", "ongoing" or "occurred": a
        denial outweighs a plan, and a plan outweighs the state it speaks of.
    """
    if _denied(clause, words):
        return "denied"
    if _speaks(clause, words.planned):
        return "planned"
    if _speaks(clause, words.hypothetical):
        return "hypothetical"
    if kind in words.states and _speaks(clause, words.ongoing):
        return "ongoing"
    return "occurred"


def read_scope(clause: Clause, words: ModalityWords, *, counted: bool) -> str:
    """Return the scope of the happening that a trigger names: "single", "series" or "total".

    Args:
        clause: the words around that, from `clause_of`.
        words: the cues.
        counted: whether a number of people belongs to it; only then can it be a total.
    """
    if _speaks(clause, words.series):
        return "series"
    if counted and _speaks(clause, words.total):
        return "total"
    return "single"


def clause_of(tokens: Tokens, trigger: Span) -> Clause:
    """Return the words around a trigger, up to the ends of its clause."""
    forms = tokens.forms
    first, last = tokens.before(trigger.start), tokens.behind(trigger.end)
    before, after = forms[max(0, first - BEFORE) : first], forms[last : last + AFTER]
    if not _ENDS.isdisjoint(before):
        before = before[max(at for at, form in enumerate(before) if form in _ENDS) + 1 :]
    if not _ENDS.isdisjoint(after):
        after = after[: next(at for at, form in enumerate(after) if form in _ENDS)]
    return Clause(tuple(_split(before)), tuple(forms[first:last]), tuple(_split(after)))


def _split(forms: list[str]) -> list[str]:
    # "didn't" speaks as "not" does, "they'll" as "will"; the words of a cue are split the same way.
    if "'" not in "".join(forms):
        return forms
    parts: list[str] = []
    for form in forms:
        if form.endswith("n't"):
            parts += [form[:-3], "n't"]
        elif form[-3:] in ("'ll", "'ve", "'re"):
            parts += [form[:-3], form[-3:]]
        else:
            parts.append(form)
    return parts


def _denied(clause: Clause, words: ModalityWords) -> bool:
    if _holds(clause.after, words.denied.after):
        return True
    if words.denied.before.keys().isdisjoint(clause.before):
        return False
    whole = (*clause.before, *clause.trigger, *clause.after)
    for at in range(len(clause.before)):
        length = _at(clause.before, at, words.denied.before)
        if not length or _at(whole, at, words.no_denials):
            continue
        if "," not in clause.before[at + length :] and "but" not in clause.before[at + length :]:
            return True
    return False


def _speaks(clause: Clause, cues: Cues) -> bool:
    return _holds(clause.before, cues.before) or _holds(clause.after, cues.after)


def _holds(words: tuple[str, ...], sequences: Sequences) -> bool:
    if sequences.keys().isdisjoint(words):
        return False
    return any(word in sequences and _at(words, at, sequences) for at, word in enumerate(words))


def _at(words: tuple[str, ...], at: int, sequences: Sequences) -> int:
    """Return how many words of a sequence stand at `at`, or 0."""
    for sequence in sequences.get(words[at], ()):
        if words[at : at + len(sequence)] == sequence:
            return len(sequence)
    return 0
