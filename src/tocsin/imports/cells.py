"""A row as a text, and where each cell stands in it."""

from collections.abc import Collection

from tocsin.codebook.imports import MANY, fold_cell
from tocsin.datamodel import Span
from tocsin.datamodel.row import Row


class Cells:
    """A row written as `column: value` lines, with the place of each cell; blank cells are not written.

    Args:
        row: as it stands in its file.
        missing: cells that mean that nothing is known, folded; they are written and tell nothing.
    """

    def __init__(self, row: Row, missing: Collection[str]) -> None:
        lines: list[str] = []
        self._places: dict[str, tuple[int, int]] = {}
        self._starts: list[int] = []
        at = 0
        for column, cell in row.cells:
            if not cell:
                continue
            line = f"{column}: {cell}"
            if fold_cell(cell) not in missing:
                self._places[column] = (at + len(line) - len(cell), at + len(line))
            lines.append(line)
            self._starts.append(at)
            at += len(line) + 1
        self.text = "\n".join(lines)

    def span(self, column: str) -> Span | None:
        """Return a cell with its place, or None where nothing is known."""
        place = self._places.get(column)
        return None if place is None else Span.of(self.text, *place)

    def folded(self, column: str) -> str:
        """Return a cell as cells are compared; empty where nothing is known."""
        span = self.span(column)
        return "" if span is None else fold_cell(span.quote)

    def parts(self, column: str, split: str) -> list[Span]:
        """Return what a cell holds: all of it, or what stands between the marks `split`."""
        span = self.span(column)
        return [] if span is None else [span] if not split else self._parts(span, split)

    def between(self, span: Span, after: str, until: str) -> Span | None:
        """Return the words of a cell after one mark and before another; None where the first is not there."""
        at = span.quote.find(after)
        if at < 0:
            return None
        start = at + len(after)
        end = span.quote.find(until, start) if until else -1
        return self._trimmed(span.start + start, span.start + end if end >= 0 else span.end)

    def line(self, span: Span) -> Span:
        """Return the line, or lines, in which some words stand, with the names of the columns."""
        start = max((at for at in self._starts if at <= span.start), default=0)
        end = min((at - 1 for at in self._starts if at > span.end), default=len(self.text))
        return Span.of(self.text, start, end)

    def from_to(self, one: Span, other: Span) -> Span:
        """Return the words from one span to another, whichever stands first."""
        return Span.of(self.text, min(one.start, other.start), max(one.end, other.end))

    def _parts(self, span: Span, split: str) -> list[Span]:
        found, at = [], span.start
        for part in span.quote.split(split):
            found.append(self._trimmed(at, at + len(part)))
            at += len(part) + len(split)
        return [part for part in found if part is not None]

    def _trimmed(self, start: int, end: int) -> Span | None:
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        return Span.of(self.text, start, start + len(words.strip())) if words.strip() else None


def numbered(columns: Collection[str]) -> list[tuple[str, str]]:
    """Return columns with the number that stands for `MANY` in each; empty where nothing does."""
    found = []
    for column in columns:
        numbers = map(str, range(1, 10)) if MANY in column else ("",)
        found += [(column.replace(MANY, number), number) for number in numbers]
    return found


def has_words(cell: str, key: str) -> bool:
    """Whether a folded key stands in a folded cell as whole words."""
    at = cell.find(key)
    while at >= 0:
        end = at + len(key)
        if not (at and cell[at - 1].isalnum()) and not (end < len(cell) and cell[end].isalnum()):
            return True
        at = cell.find(key, at + 1)
    return False
