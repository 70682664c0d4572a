"""Words for the means of force and riot."""

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.codebook.tables import Table
from tocsin.codebook.types import Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class MeansWords:
    """What means.toml says.

    Attributes:
        words: pairs of a means and its words in lower case, `~` at the end for any ending.
        types: the means read for a type of happening.
    """

    words: tuple[tuple[str, tuple[str, ...]], ...]
    types: Mapping[str, frozenset[str]]


def parse_means(table: Table, vocabulary: Vocabulary) -> MeansWords:
    """Return the words of means.toml; what is wrong is noted as faults."""
    table.known("words", "types")
    words, types = table.table("words"), table.table("types")
    words.known(*vocabulary.means)
    types.known(*vocabulary.types)
    return MeansWords(
        tuple((name, words.texts(name)) for name in vocabulary.means if name in words.raw),
        {name: frozenset(types.texts(name)) for name in types.raw},
    )
