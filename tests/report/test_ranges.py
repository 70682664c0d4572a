"""Small multiples: every figure is drawn once, as the range it is, on its days; what is not known is drawn as such."""

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.report.told import event_of, people, told

from tocsin.codebook.types import Vocabulary
from tocsin.datamodel import CodedDocument, DateRange, Event
from tocsin.report.ranges import HEIGHT, WIDTH, Panel, make_panels
from tocsin.report.rows import make_rows

FIRST = date(2020, 8, 1)
WINDOW = (FIRST, date(2020, 9, 30))
NUMBERS = re.compile(r"-?\d+\.?\d*")


def panels_of(vocabulary: Vocabulary, documents: list[CodedDocument], events: list[Event]) -> tuple[Panel, ...]:
    return make_panels(events, make_rows(documents, vocabulary, countries=frozenset()), WINDOW)


def heights(outline: str) -> list[float]:
    """The heights at which a path's vertical strokes end."""
    return [float(y) for y in re.findall(r"V([\d.]+)", outline)]


def test_a_wider_range_is_a_higher_bar_and_a_later_day_stands_farther_right(vocabulary: Vocabulary) -> None:
    documents = [told("a", FIRST), told("b", FIRST + timedelta(days=30))]
    figures = [people(100, 100, 100), people(100, 500, 10_000, voices=3)]
    events = [event_of(one, figure=figure) for one, figure in zip(documents, figures, strict=True)]
    (panel,) = panels_of(vocabulary, documents, events)
    narrow, wide = panel.bars
    assert max(heights(wide.outline)) - min(heights(wide.outline)) > max(heights(narrow.outline)) - min(
        heights(narrow.outline)
    )
    assert float(NUMBERS.findall(wide.outline)[0]) > float(NUMBERS.findall(narrow.outline)[0])
    assert wide.label == "Demonstration, place not given, 31 Aug 2020: 500, 100–10,000, 3 voices"
    assert [(row.best, row.interval, row.voices) for row in panel.table] == [
        ("100", "100", 1),
        ("500", "100–10,000", 3),
    ]


def test_without_a_number_it_is_a_stroke_on_the_ground_and_counted_as_unknown(vocabulary: Vocabulary) -> None:
    documents = [told(name, FIRST) for name in "abc"]
    figures = [people(5, 5, None), people(7, 7, 7), None]
    events = [event_of(one, figure=figure) for one, figure in zip(documents, figures, strict=True)]
    (panel,) = panels_of(vocabulary, documents, events)
    assert (len(panel.bars), len(panel.rugs), panel.unknown) == (2, 1, 1)
    assert "L" in panel.bars[0].outline, "an open end ends in a point"
    assert "L" not in panel.bars[1].outline


def test_totals_plans_and_denials_are_not_drawn(vocabulary: Vocabulary) -> None:
    documents = [told(name, FIRST) for name in "abcd"]
    figure = people(5, 5, 5)
    events = [event_of(documents[0], figure=figure), event_of(documents[1], figure=figure)]
    events.append(event_of(documents[2], figure=figure, modality="planned"))
    events.append(event_of(documents[3], figure=figure, modality="denied"))
    (panel,) = panels_of(vocabulary, documents, events)
    assert len(panel.table) == 2


def test_what_lies_outside_the_days_shown_is_counted_beside(vocabulary: Vocabulary) -> None:
    documents = [told("a", FIRST), told("b", date(1999, 1, 1)), told("c", None)]
    events = [event_of(one, figure=people(5, 5, 5)) for one in documents]
    (panel,) = panels_of(vocabulary, documents, events)
    assert (len(panel.bars), panel.beyond, len(panel.table)) == (1, 2, 3)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**11),
            st.integers(0, 10**11),
            st.integers(0, 10**11),
            st.booleans(),
            st.dates(date(1900, 1, 1), date(2100, 1, 1)),
            st.integers(0, 4000),
        ),
        min_size=2,
        max_size=6,
    )
)
def test_nothing_is_drawn_outside_the_panel(
    vocabulary: Vocabulary, drawn: list[tuple[int, int, int, bool, date, int]]
) -> None:
    documents, events = [], []
    for number, (one, two, three, is_open, day, length) in enumerate(drawn):
        low, best, high = sorted((one, two, three))
        documents.append(told(str(number), day))
        event = event_of(documents[-1], figure=people(low, best, None if is_open else high))
        days = DateRange(day, day + timedelta(days=length), "day", "stated")
        events.append(
            Event(event.id, event.type, "single", "occurred", days, (), event.mentions, (), None, event.figures)
        )
    (panel,) = panels_of(vocabulary, documents, events)
    assert len(panel.bars) + panel.beyond == len(panel.table) == len(drawn)
    for bar in panel.bars:
        numbers = [float(number) for number in NUMBERS.findall(bar.outline)]
        assert all(0 <= number <= max(WIDTH, HEIGHT) for number in numbers)
        assert all(0 <= y <= HEIGHT for y in heights(bar.outline))
