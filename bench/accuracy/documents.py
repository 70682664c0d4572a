"""Whole documents, from text to claims, against coded ones: the seed, all development documents, the real ones alone.

python -m bench.accuracy.documents [--extractor NAME] [--errors]
"""

import sys
from collections.abc import Iterator

from bench.accuracy.numbers import SHARED
from bench.accuracy.rows import Row
from tocsin.codebook import load_codebook
from tocsin.datamodel import CodedDocument
from tocsin.datamodel.coded import read
from tocsin.evaluate import Report, score_documents
from tocsin.pipeline import EXTRACTORS, Settings, code_documents, load_resources

#: Begins the ids of documents that were published as news; the others were written to be coded.
REAL = "wikinews-"
#: What each set should reach.
TARGETS = {
    "seed": {"mention F1": 0.60, "claim F1": 0.55, "usable F1": 0.38, "date": 0.70, "grounded": 1.0},
    "gold/dev": {
        "mention F1": 0.52,
        "claim F1": 0.40,
        "usable F1": 0.22,
        "date": 0.65,
        "grounded": 1.0,
        "empty documents left empty": 0.75,
    },
    "gold/dev, real documents": {
        "mention F1": 0.40,
        "claim F1": 0.35,
        "usable F1": 0.20,
        "date": 0.65,
        "grounded": 1.0,
        "empty documents left empty": 0.75,
    },
}


def sets() -> Iterator[tuple[str, list[CodedDocument]]]:
    """Yield each set of coded documents with its name."""
    yield "seed", list(read(SHARED / "seed" / "gold.json", strict=False))
    dev = list(read(SHARED / "gold" / "dev", strict=False))
    yield "gold/dev", dev
    yield "gold/dev, real documents", [one for one in dev if one.document.id.startswith(REAL)]


def score(gold: list[CodedDocument], extractor: str = EXTRACTORS[0]) -> Report:
    """Return the measures of the program on the texts of coded documents."""
    types = load_codebook().vocabulary.types
    predicted = code_documents((one.document for one in gold), load_resources(Settings(extractor=extractor)))
    return score_documents(gold, predicted, {name: entry.category for name, entry in types.items()})


def measure(extractor: str = EXTRACTORS[0]) -> list[Row]:
    """Return the F1 of mentions and what hangs on them, and the shares of what is right among the found."""
    rows = []
    for name, gold in sets():
        report = score(gold, extractor)
        figures = {f"{key} F1": tally.f1 for key, tally in report.tallies.items() if tally.gold and key != "link"}
        figures |= {key: share.share for key, share in report.shares.items() if share.of}
        rows += [Row("documents", name, key, value, TARGETS[name].get(key)) for key, value in figures.items()]
    return rows


def errors(extractor: str) -> Iterator[str]:
    """Yield what differs on the development documents."""
    for error in score(list(read(SHARED / "gold" / "dev", strict=False)), extractor).errors:
        yield f"{error.kind} {error.document} {error.mention}: gold {error.gold or '-'}, got {error.predicted or '-'}"


def table(extractor: str) -> str:
    """Return the figures with a column a set, as Markdown; what misses its target has a star."""
    names = list(TARGETS)
    cells: dict[str, dict[str, str]] = {}
    for row in measure(extractor):
        missed = " *" if row.target is not None and row.value < row.target else ""
        cells.setdefault(row.measure, {})[row.data] = f"{row.value:.2f}{missed}"
    lines = [["measure", *names], ["---"] * (len(names) + 1)]
    lines += [[key, *(found.get(name, "") for name in names)] for key, found in cells.items()]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    named = sys.argv[sys.argv.index("--extractor") + 1] if "--extractor" in sys.argv else EXTRACTORS[0]
    print(table(named))
    if "--errors" in sys.argv:
        print(*errors(named), sep="\n")
