"""Words that show what a text is about: contention, or a field that uses the same words."""

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.codebook.inflection import spread
from tocsin.codebook.tables import Table


@dataclass(frozen=True, slots=True)
class ScopeWords:
    """The words of scope.toml, inflected.

    Attributes:
        fields: word or words, joined by single spaces, to the field they belong to; "contention" is the one in scope.
        starts: first words of the entries of several words.
        longest: words in the longest entry.
    """

    fields: Mapping[str, str]
    starts: frozenset[str]
    longest: int


#: The field that is in scope.
CONTENTION = "contention"


def parse_scope(table: Table) -> ScopeWords:
    """Return the words of scope.toml; what is wrong is noted as faults."""
    table.known(CONTENTION, "outside")
    outside = table.table("outside")
    entries = [(word, field) for field in outside.raw for word in outside.texts(field)]
    entries += [(word, CONTENTION) for word in table.texts(CONTENTION)]
    fields = {" ".join(words): field for phrase, field in entries for words in spread(phrase)}
    starts = frozenset(words.split()[0] for words in fields if " " in words)
    return ScopeWords(fields, starts, max((len(words.split()) for words in fields), default=1))
