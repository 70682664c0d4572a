"""What a target cannot hold, and what was done about it."""

import csv
from collections import Counter
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


class LossReport:
    """Losses as a CSV table, written as they come; without any it is a header alone.

    Attributes:
        counts: how many there are of each kind so far.
    """

    def __init__(self, out: TextIO) -> None:
        """Begin the table.

        Args:
            out: opened with `newline=""`.
        """
        self.counts: Counts = Counter()
        self._table = csv.writer(out, lineterminator="\n")
        self._table.writerow(field.name for field in fields(Loss))

    def note(self, loss: Loss) -> None:
        """Write one loss."""
        self._table.writerow(astuple(loss))
        self.counts[(loss.column, loss.done)] += 1
