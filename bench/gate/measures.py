"""The measures that have a floor."""

from collections.abc import Sequence

from bench.gate.gold import GoldSet
from tocsin.datamodel import CodedDocument
from tocsin.evaluate import Report, score_documents
from tocsin.pipeline import Resources, code_documents

#: Measures that have a floor: F1 of the tallies, the share of the shares. "link" has none: single documents are
#: coded here, and nothing is linked.
TALLIES = ("mention", "category", "claim", "usable", "place", "actor")


def measure(gold: GoldSet, resources: Resources) -> dict[str, float]:
    """Return the measures of the program's own coding of a set's documents, 0 to 1."""
    predicted = tuple(code_documents((coded.document for coded in gold.documents), resources))
    return compare(gold.documents, predicted, resources)


def compare(
    gold: Sequence[CodedDocument], predicted: Sequence[CodedDocument], resources: Resources
) -> dict[str, float]:
    """Return the measures of coded documents against gold ones; what the gold does not hold is left out."""
    categories = {name: entry.category for name, entry in resources.codebook.vocabulary.types.items()}
    return _values(score_documents(gold, predicted, categories))


def _values(report: Report) -> dict[str, float]:
    values = {name: report.tallies[name].f1 for name in TALLIES if report.tallies[name].gold}
    return values | {name: share.share for name, share in report.shares.items()}
