"""Who printed what when: every document is in one cell, and stretches without any are named."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.report.told import told

from tocsin.codebook.types import Vocabulary
from tocsin.report.coverage import make_coverage
from tocsin.report.rows import make_rows

FIRST = date(2020, 8, 1)


def test_days_without_any_report_are_named(vocabulary: Vocabulary) -> None:
    documents = [
        told("a", FIRST),
        told("b", FIRST),
        told("c", FIRST + timedelta(days=2), publisher="Post"),
        told("d", None, publisher="Nobody"),
    ]
    coverage = make_coverage(make_rows(documents, vocabulary, countries=frozenset()))
    assert coverage is not None
    assert (coverage.columns, coverage.stretch, coverage.empty, coverage.most) == (3, "a day", (1,), 2)
    assert [(line.name, line.cells) for line in coverage.lines] == [("Wire", ((0, 2),)), ("Post", ((2, 1),))]
    assert (coverage.first, coverage.last) == ("1 Aug 2020", "3 Aug 2020")


def test_without_any_day_of_publication_there_is_none(vocabulary: Vocabulary) -> None:
    assert make_coverage(make_rows([told("a", None)], vocabulary, countries=frozenset())) is None


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20_000)), min_size=1, max_size=60))
def test_every_document_is_counted_once(vocabulary: Vocabulary, printed: list[tuple[int, int]]) -> None:
    documents = [
        told(str(n), FIRST + timedelta(days=days), publisher=f"Publisher {who}")
        for n, (who, days) in enumerate(printed)
    ]
    coverage = make_coverage(make_rows(documents, vocabulary, countries=frozenset()))
    assert coverage is not None
    assert sum(count for line in coverage.lines for _, count in line.cells) == len(printed)
    assert sum(line.documents for line in coverage.lines) == len(printed)
    assert all(0 <= column < coverage.columns for line in coverage.lines for column, _ in line.cells)
    assert len(coverage.lines) <= 16
