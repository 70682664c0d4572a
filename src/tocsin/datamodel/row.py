"""One row of a table that someone else made."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row, as it stands in its file.

    Attributes:
        where: its place in the file ("line 12").
        cells: columns with their cells, in the order of the file; blank cells are empty.
    """

    where: str
    cells: tuple[tuple[str, str], ...]
