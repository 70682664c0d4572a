"""Words that tell whether a happening occurred, and whether it is one, a series or a total."""

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.codebook.inflection import spread
from tocsin.codebook.tables import Table
from tocsin.codebook.types import Vocabulary

#: Word sequences by their first word, so that a text is looked through once.
Sequences = Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Cues:
    """Word sequences that speak for one answer when they stand before or after a trigger in its clause."""

    before: Sequences
    after: Sequences


@dataclass(frozen=True, slots=True)
class ModalityWords:
    """The cues of modality.toml.

    Attributes:
        planned, denied, hypothetical, ongoing: cues of a modality.
        total, series: cues of a scope.
        no_denials: sequences that look like a denial and are none.
        states: types that go on for a time, of which the present tense means that they still do.
    """

    planned: Cues
    denied: Cues
    hypothetical: Cues
    ongoing: Cues
    total: Cues
    series: Cues
    no_denials: Sequences
    states: frozenset[str]


def parse_modality(table: Table, vocabulary: Vocabulary) -> ModalityWords:
    """Return the cues of modality.toml; what is wrong is noted as faults."""
    names = ("planned", "denied", "hypothetical", "ongoing", "total", "series")
    table.known(*names)
    cues = {}
    for name in names:
        entry = table.table(name)
        entry.known("before", "after", "except", "states")
        cues[name] = Cues(_sequences(entry.texts("before")), _sequences(entry.texts("after")))
    return ModalityWords(
        **cues,
        no_denials=_sequences(table.table("denied").texts("except")),
        states=frozenset(table.table("ongoing").all_of("states", vocabulary.types)),
    )


def _sequences(phrases: tuple[str, ...]) -> Sequences:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        for words in spread(phrase):
            by_first.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(set(found), key=lambda w: (-len(w), w))) for first, found in by_first.items()}
