"""What claims come to: whom the policies go by, who is one voice, what may be added up."""

from dataclasses import dataclass

from tocsin.codebook.tables import Table
from tocsin.codebook.types import Vocabulary


@dataclass(frozen=True, slots=True)
class FigureRules:
    """The rules of figures.toml.

    Attributes:
        officials, organisers: kinds of speakers that the policies of these names go by.
        bodies: kinds of which an event has one body, so that a common noun names it.
        carriers: words of a speaker that do not tell who it is.
        summed: attributes that may be added over happenings.
        stoppages: types in which work stops.
        others: types in which less work is done.
    """

    officials: frozenset[str]
    organisers: frozenset[str]
    bodies: frozenset[str]
    carriers: frozenset[str]
    summed: tuple[str, ...]
    stoppages: frozenset[str]
    others: frozenset[str]


def parse_figures(table: Table, vocabulary: Vocabulary) -> FigureRules:
    """Return the rules of figures.toml; what is wrong is noted as faults."""
    table.known("policies", "speakers", "sums", "labour")
    policies, speakers, sums, labour = (table.table(name) for name in ("policies", "speakers", "sums", "labour"))
    policies.known("officials", "organisers")
    speakers.known("bodies", "carriers")
    sums.known("attributes")
    labour.known("stoppages", "others")
    return FigureRules(
        officials=frozenset(policies.all_of("officials", vocabulary.speaker_kinds)),
        organisers=frozenset(policies.all_of("organisers", vocabulary.speaker_kinds)),
        bodies=frozenset(speakers.all_of("bodies", vocabulary.speaker_kinds)),
        carriers=frozenset(speakers.texts("carriers")),
        summed=sums.all_of("attributes", vocabulary.attributes),
        stoppages=frozenset(labour.all_of("stoppages", vocabulary.types)),
        others=frozenset(labour.all_of("others", vocabulary.types)),
    )
