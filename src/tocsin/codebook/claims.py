"""What a number counts, as words."""

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.codebook.inflection import spread
from tocsin.codebook.tables import Table
from tocsin.codebook.types import Vocabulary


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """The lists of claims.toml, inflected.

    Attributes:
        people: type to the attribute that a number of people is; types without one take none.
        terms, lasting, money, placed, loss_types: types that take a term of custody, a duration, a sum of money, a
            number of sites, an output loss.
        sites, things, injured, killed, workforce, output, losing, series: words, single spaces between those of one
            entry.
    """

    people: Mapping[str, str]
    terms: frozenset[str]
    lasting: frozenset[str]
    money: frozenset[str]
    placed: frozenset[str]
    loss_types: frozenset[str]
    sites: frozenset[str]
    things: frozenset[str]
    injured: frozenset[str]
    killed: frozenset[str]
    workforce: frozenset[str]
    output: frozenset[str]
    losing: frozenset[str]
    series: frozenset[str]


def parse_claims(table: Table, vocabulary: Vocabulary) -> ClaimWords:
    """Return the lists of claims.toml; what is wrong is noted as faults."""
    types = ("terms", "lasting", "money", "placed", "loss_types")
    words = ("sites", "things", "injured", "killed", "workforce", "output", "losing", "series")
    table.known("people", *types, *words)
    people = table.table("people")
    people.known(*vocabulary.types)
    return ClaimWords(
        {name: people.one_of(name, vocabulary.attributes) for name in people.raw},
        *(frozenset(table.all_of(key, vocabulary.types)) for key in types),
        *(frozenset(" ".join(w) for entry in table.texts(key) for w in spread(entry)) for key in words),
    )
