"""Words that name a happening: phrases by type, strong, weak and misleading."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin.codebook.inflection import inflected
from tocsin.codebook.tables import Table

#: The longest gap that `__` stands for. Four or more words let the two ends come from different clauses.
GAP = 3
STRENGTHS = ("strong", "weak", "people", "not")


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a phrase.

    Attributes:
        words: lower-case words that fit; empty for any word.
        gap: whether up to `GAP` words of any kind fit, or none.
        trigger: whether the word found here belongs to the trigger.
    """

    words: frozenset[str]
    gap: bool
    trigger: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in order that name a happening, or (`type` empty) that mean something else.

    Attributes:
        type: of the happening.
        strength: one of `STRENGTHS`: "strong" names contention by itself, "weak" needs a text that is about
            contention, "people" are those who take part, "not" takes the words away from the type.
        slots: what must follow each other.
        source: the entry as written in the codebook, for --explain.
    """

    type: str
    strength: str
    slots: tuple[Slot, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """The phrases that can begin with a word.

    Attributes:
        by_second: those whose second slot takes only certain words, by that word.
        any_second: the others: of one word, or with a gap or any word behind the first.
    """

    by_second: Mapping[str, tuple[Phrase, ...]]
    any_second: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class TriggerWords:
    """All phrases, by the first word that they can begin with."""

    by_first: Mapping[str, Beginning]


def parse_triggers(table: Table, types: Mapping[str, object]) -> TriggerWords:
    """Return the phrases of triggers.toml; what is wrong is noted as faults."""
    classes = {name: _spread(table.table("classes").texts(name)) for name in table.table("classes").raw}
    by_first: dict[str, list[Phrase]] = {}
    for name, entry in table.tables().items():
        if name == "classes":
            continue
        if name not in types:
            table.faults.add(entry.where, "is not a type of types.toml")
        entry.known(*STRENGTHS)
        for strength in STRENGTHS:
            for source in entry.texts(strength):
                slots = _slots(source, classes, entry)
                if not slots or not slots[0].words:
                    table.faults.add(entry.where, f"{source!r} must begin with a word")
                    continue
                phrase = Phrase(name, strength, slots, source)
                for word in sorted(slots[0].words):
                    by_first.setdefault(word, []).append(phrase)
    return TriggerWords({word: _beginning(phrases) for word, phrases in by_first.items()})


def _beginning(phrases: Sequence[Phrase]) -> Beginning:
    by_second: dict[str, list[Phrase]] = {}
    any_second = []
    for phrase in phrases:
        if len(phrase.slots) > 1 and phrase.slots[1].words:
            for word in sorted(phrase.slots[1].words):
                by_second.setdefault(word, []).append(phrase)
        else:
            any_second.append(phrase)
    return Beginning({word: tuple(found) for word, found in by_second.items()}, tuple(any_second))


def _spread(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(itertools.chain.from_iterable(_forms(word) for word in words))


def _forms(word: str) -> tuple[str, ...]:
    # In a text the apostrophe after a plural is no part of the word.
    return inflected(word[:-1]) if word.endswith("~") else (word.removesuffix("'"),)


def _slots(source: str, classes: Mapping[str, frozenset[str]], entry: Table) -> tuple[Slot, ...]:
    marked = "{" in source
    inside = not marked
    slots = []
    for part in source.split():
        if part.startswith("{"):
            inside, part = True, part[1:]
        closing = part.endswith("}")
        part = part.removesuffix("}")
        if part == "__":
            slots.append(Slot(frozenset(), True, inside))
        elif part == "_":
            slots.append(Slot(frozenset(), False, inside))
        else:
            words: frozenset[str] = frozenset()
            for option in part.split("|"):
                if option.startswith("<"):
                    if option[1:-1] not in classes:
                        entry.faults.add(entry.where, f"{source!r} names the class {option}, which is not there")
                    words |= classes.get(option[1:-1], frozenset())
                else:
                    words |= frozenset(_forms(option))
            slots.append(Slot(words, False, inside))
        if closing:
            inside = False
    return tuple(slots)
