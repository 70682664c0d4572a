"""What an export held back: kinds and counts, never the words."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from typing import TextIO

_COLUMNS = ("kind", "where", "count", "note")


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One kind of what was held back, or what is to be looked at.

    Attributes:
        kind: "person or other name", "contact", "title" ...
        where: in which part of the export.
        count: how often.
        note: what stands instead, or what to check.
    """

    kind: str
    where: str
    count: int
    note: str


@dataclass
class Disclosures:
    """Counts, as they come."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def note(self, kind: str, where: str, note: str, times: int = 1) -> None:
        """Count something that was held back, or is to be looked at."""
        if times:
            self.counts[kind, where, note] += times

    def rows(self) -> list[Disclosure]:
        """Return what was counted, sorted."""
        return [Disclosure(kind, where, count, note) for (kind, where, note), count in sorted(self.counts.items())]

    def write(self, out: TextIO) -> None:
        """Write a table of what was counted."""
        table = csv.writer(out)
        table.writerow(_COLUMNS)
        table.writerows((one.kind, one.where, one.count, one.note) for one in self.rows())
