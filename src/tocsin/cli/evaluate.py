"""`tocsin evaluate`: coded documents against coded documents."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.console import CodebookOption, JsonOption, put

if TYPE_CHECKING:
    from tocsin.evaluate import Report, Rivals, Share, Tally


def evaluate(
    gold: Annotated[Path, typer.Argument(exists=True, help="What is right: a folder, a JSON or JSON Lines file.")],
    predicted: Annotated[Path, typer.Argument(exists=True, help="What is measured, the same.")],
    by_type: Annotated[bool, typer.Option("--by-type", help="A row a type too.")] = False,
    errors: Annotated[int, typer.Option("--errors", metavar="N", min=0, help="The first N errors of each kind.")] = 0,
    other: Annotated[
        Path | None,
        typer.Option("--other", exists=True, metavar="FILE", help="Another coding: which of the two is right where."),
    ] = None,
    as_json: JsonOption = False,
    codebook: CodebookOption = None,
) -> None:
    """Measure coded documents against gold ones, paired by the document's id."""
    from tocsin.codebook import load_codebook
    from tocsin.datamodel.coded import read
    from tocsin.evaluate import compare_rivals, score_documents

    if other is not None:
        rivals = compare_rivals(*(read(path, strict=False) for path in (gold, predicted, other)))
        put(json.dumps(_rivals_json(rivals), ensure_ascii=False) + "\n" if as_json else _rivals_text(rivals, errors))
        return
    types = load_codebook(codebook).vocabulary.types
    categories = {name: entry.category for name, entry in types.items()}
    report = score_documents(read(gold, strict=False), read(predicted, strict=False), categories)
    put(json.dumps(_as_json(report), indent=1) + "\n" if as_json else _as_text(report, by_type))
    if errors and not as_json:
        put(_errors(report, errors))


def _rivals_json(rivals: "Rivals") -> dict[str, Any]:
    return {
        "counts": {field: dict(counts) for field, counts in rivals.counts.items()},
        "differences": [asdict(one) for one in rivals.differences],
    }


def _rivals_text(rivals: "Rivals", most: int) -> str:
    from tocsin.evaluate.rivals import ANSWERS

    lines = [f"{'who is right':20}" + "".join(f"{answer:>14}" for answer in ANSWERS)]
    for field, counts in rivals.counts.items():
        lines.append(f"{field:20}" + "".join(f"{counts[answer]:>14,}" for answer in ANSWERS))
    seen: Counter[str] = Counter()
    for one in rivals.differences:
        seen[one.field] += 1
        if seen[one.field] <= most:
            said = " | ".join(words or "-" for words in (one.first, one.second, one.gold))
            lines.append(f"{one.field}: {one.document}: {one.right}: {said}")
    return "\n".join(lines) + "\n"


def _as_json(report: "Report") -> dict[str, Any]:
    data: dict[str, Any] = {"documents": report.documents, "answered": report.answered}
    data |= {name: _tally(tally) for name, tally in report.tallies.items()}
    data |= {name: _share(share) for name, share in report.shares.items()}
    return data | {"types": {name: _tally(tally) for name, tally in report.types.items()}}


def _tally(tally: "Tally") -> dict[str, float]:
    return {
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
        "f1": round(tally.f1, 4),
        "right": tally.right,
        "predicted": tally.predicted,
        "gold": tally.gold,
    }


def _share(share: "Share") -> dict[str, float]:
    return {"share": round(share.share, 4), "right": share.right, "of": share.of}


def _as_text(report: "Report", by_type: bool) -> str:
    lines = [f"{report.documents} documents, {report.answered} answered"]
    lines += [_tally_row(name, tally) for name, tally in report.tallies.items()]
    lines += [f"{name:28} {_share(s)['share']:.3f}  ({s.right} of {s.of})" for name, s in report.shares.items()]
    if by_type:
        lines += [_tally_row(name, tally) for name, tally in report.types.items()]
    return "\n".join(lines) + "\n"


def _tally_row(name: str, tally: "Tally") -> str:
    row = _tally(tally)
    return (
        f"{name:28} P {row['precision']:.3f}  R {row['recall']:.3f}  F1 {row['f1']:.3f}  "
        f"({tally.right} right, {tally.predicted} predicted, {tally.gold} gold)"
    )


def _errors(report: "Report", most: int) -> str:
    seen: Counter[str] = Counter()
    lines = []
    for error in report.errors:
        seen[error.kind] += 1
        if seen[error.kind] <= most:
            subject = f"{error.kind}: {error.document} {error.mention}"
            lines.append(f"{subject}: gold {error.gold or '-'} | got {error.predicted or '-'}\n")
    return "".join(lines)
