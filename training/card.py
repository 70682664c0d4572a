"""The model card."""

from collections.abc import Mapping, Sequence
from typing import Any

from tocsin.datamodel.coded import CodedDocument
from tocsin.extract.tagged import TaggedDocument
from training.evaluate import by_type

TEXT = """# The English tagger

Reads a news report once and gives, for the rules of the package, sentences by type, triggers, the words of values, and
which value belongs to which trigger.

## Data

| what | licence | used for |
|---|---|---|
| all-MiniLM-L6-v2 (22.7 M parameters), the encoder before training | Apache-2.0 | start |
| 540 documents coded by the project's codebook | original | training |
| 154 Wikinews articles of 2019-2020 without a codable happening | CC BY 2.5 | training |
| `training/data/*.jsonl`: 395 coded documents | original, Apache-2.0 | training |
| 512 sentences of the Causal News Corpus, labelled in `training/data/causal-news-labels.tsv` | CC0 | training |
| 48 coded documents, 22 of them from Wikinews | original; CC BY 2.5 | choosing, never training |

The original documents were written, and all of it coded, with a large language model that followed the codebook;
nobody has coded these documents by hand. They are fiction, or retell what is public with invented detail: no figure in
them is a fact to rely on.

## How it is made

`make model`. What the weights came through, with seeds, settings and the hash of the inputs, stands in `training.json`.
What was tried, with figures: `docs/model-experiments.md`.

## Scores

On the development set, mentions built from triggers in the plainest way (`training/evaluate.py`), before any rule;
"wn" is real documents alone. The least strength of a trigger stands in the first column.

{table}

By type at 0.25:

{types}

## Known failures

- Trained on invented documents for the most part: on real ones it finds less and is less sure.
- Sentences of more than 192 word pieces are read in parts.
- Two happenings of one type told by one word ("were jailed for three and five years") are one trigger.
- Short background ("the disputed election") is often missed; ordinary crime told in the words of repression is at
  times taken for it.
- It reads English only, without case and accents.
"""


def card(facts: Mapping[str, Any], gold: Sequence[CodedDocument], tagged: Sequence[TaggedDocument], score: Any) -> str:
    """Return the model card.

    Args:
        facts: inputs, settings and development scores.
        gold, tagged: the development set and what the export reads in it.
        score: the measuring program.
    """
    rows = facts["development"]
    names = list(next(iter(rows.values())))
    lines = ["| at | " + " | ".join(names) + " |", "|" + "---|" * (len(names) + 1)]
    lines += [f"| {at} | " + " | ".join(f"{value:.3f}" for value in row.values()) + " |" for at, row in rows.items()]
    types = ["| type | precision | recall | F1 | gold |", "|---|---|---|---|---|"]
    for name, row in by_type(score, gold, tagged, trigger=0.25).items():
        types.append(f"| {name} | {row['precision']:.2f} | {row['recall']:.2f} | {row['f1']:.2f} | {row['gold']} |")
    return TEXT.format(table="\n".join(lines), types="\n".join(types))
