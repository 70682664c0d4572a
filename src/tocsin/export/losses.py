"""What a target cannot hold, and what was done about it."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of the record that an export does not hold as it is.

    Attributes:
        row: id of the row in the target.
        column: of the target, or "" where a whole row is left out.
        what: what could not be held.
        done: what was written instead.
    """

    row: str
    column: str
    what: str
    done: str


#: How often something was done, by column and what was done.
Counts = Counter[tuple[str, str]]


def write_losses(losses: Iterable[Loss], out: TextIO) -> Counts:
    """Write losses as a CSV table, a header alone where there are none; return how many of each kind there are.

    Args:
        losses: in the order in which they came.
        out: opened with `newline=""`.
    """
    table = csv.writer(out, lineterminator="\n")
    table.writerow(field.name for field in fields(Loss))
    counts: Counts = Counter()
    for loss in losses:
        table.writerow(astuple(loss))
        counts[(loss.column, loss.done)] += 1
    return counts
