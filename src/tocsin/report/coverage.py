"""Who printed what when: a row for each publisher, a column for each stretch of days, and the stretches without any."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from tocsin.report.rows import Rows
from tocsin.report.words import day_words

#: More publishers than this would be a page of their own; the others stand together.
_MOST = 15
#: Columns that fit beside each other on a desk; more days than this are gathered into weeks, then months, then years.
_COLUMNS = 110
_STRETCHES = ((1, "a day"), (7, "a week"), (28, "four weeks"), (91, "a quarter"), (364, "a year"))


@dataclass(frozen=True, slots=True)
class PublisherLine:
    """One publisher: the columns in which documents of it were printed, with how many."""

    name: str
    documents: int
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Documents by publisher and day of publication.

    Attributes:
        columns: how many there are.
        stretch: how long a column is, in words.
        lines: publishers, the one with most documents first.
        empty: columns in which nothing was printed.
        first, last: the days at either end, in words.
        most: documents in the fullest cell.
    """

    columns: int
    stretch: str
    lines: tuple[PublisherLine, ...]
    empty: tuple[int, ...]
    first: str
    last: str
    most: int


def make_coverage(rows: Rows) -> Coverage | None:
    """Return which publisher printed how much when, or None where no day of publication is known."""
    printed = [
        (one.document.publisher or "publisher not known", one.document.published)
        for one in rows.documents
        if one.document.published
    ]
    if not printed:
        return None
    first, last = min(day for _, day in printed), max(day for _, day in printed)
    size, words = next((pair for pair in _STRETCHES if (last - first).days / pair[0] < _COLUMNS), _STRETCHES[-1])
    columns = (last - first).days // size + 1
    totals = Counter(name for name, _ in printed)
    named = [name for name, _ in sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]]
    others = f"{len(totals) - len(named):,} other publishers"
    cells: Counter[tuple[str, int]] = Counter()
    for name, day in printed:
        cells[name if name in named else others, (day - first).days // size] += 1
    lines = [
        PublisherLine(
            name,
            sum(count for (other, _), count in cells.items() if other == name),
            tuple(sorted((column, count) for (other, column), count in cells.items() if other == name)),
        )
        for name in [*named, *([others] if len(totals) > len(named) else [])]
    ]
    full = {column for _, column in cells}
    return Coverage(
        columns,
        words,
        tuple(lines),
        tuple(column for column in range(columns) if column not in full),
        day_words(first),
        day_words(min(last, first + timedelta(days=columns * size - 1))),
        max(cells.values()),
    )
