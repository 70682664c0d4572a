"""Words before what participants want."""

from dataclasses import dataclass

from tocsin.codebook.tables import Table


@dataclass(frozen=True, slots=True, eq=False)
class DemandWords:
    """What demands.toml says.

    Attributes:
        wanting: words before a demand anywhere in the sentence.
        near: words before a demand only right after the trigger.
        skipped: words between these and the thing wanted.
        ending: words that end it.
    """

    wanting: tuple[str, ...]
    near: tuple[str, ...]
    skipped: frozenset[str]
    ending: frozenset[str]


def parse_demands(table: Table) -> DemandWords:
    """Return the words of demands.toml; what is wrong is noted as faults."""
    table.known("wanting", "near", "skipped", "ending")
    return DemandWords(
        tuple(sorted(table.texts("wanting"), key=lambda phrase: (-len(phrase), phrase))),
        table.texts("near"),
        frozenset(table.texts("skipped")),
        frozenset(table.texts("ending")),
    )
