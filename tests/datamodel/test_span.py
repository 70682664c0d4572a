"""Exact words and where they stand: no quote, no span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.datamodel import Span
from tocsin.errors import SpanError

TEXT = "Żołnierze hielten 30 Menschen fest — в Минске 🙂."


@st.composite
def placed(draw: st.DrawFn) -> tuple[str, Span]:
    """A text and a span of it."""
    text = draw(st.text(min_size=1, max_size=60))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return text, Span.of(text, start, end)


@given(placed())
def test_a_span_gives_its_words_back(made: tuple[str, Span]) -> None:
    text, span = made
    assert text[span.start : span.end] == span.quote
    assert span.placed
    assert Span.of(text, span.start, span.end, span.quote) == span


@given(placed())
def test_the_first_place_of_words_is_found(made: tuple[str, Span]) -> None:
    text, span = made
    found = Span.find(text, span.quote)
    assert found.quote == span.quote
    assert found.start <= span.start
    assert Span.find(text, span.quote, span.start) == span


@given(placed(), st.text(min_size=1, max_size=5))
def test_other_words_are_refused(made: tuple[str, Span], other: str) -> None:
    text, span = made
    if other != span.quote:
        with pytest.raises(SpanError):
            Span.of(text, span.start, span.end, other)
    if other not in text:
        with pytest.raises(SpanError):
            Span.find(text, other)


@given(st.text(max_size=30), st.integers(-5, 40), st.integers(-5, 40))
def test_no_span_stands_outside_its_text_or_holds_nothing(text: str, start: int, end: int) -> None:
    if 0 <= start < end <= len(text):
        assert Span.of(text, start, end).quote
    else:
        with pytest.raises(SpanError):
            Span.of(text, start, end)


@given(placed(), st.data())
def test_covering_and_overlapping(made: tuple[str, Span], data: st.DataObject) -> None:
    text, span = made
    start = data.draw(st.integers(0, len(text) - 1))
    other = Span.of(text, start, data.draw(st.integers(start + 1, len(text))))
    shared = set(range(span.start, span.end)) & set(range(other.start, other.end))
    assert span.overlaps(other) == other.overlaps(span) == bool(shared)
    assert span.covers(other) == (len(shared) == other.end - other.start)


def test_code_points_are_counted_not_bytes() -> None:
    span = Span.find(TEXT, "🙂")
    assert (span.start, span.end) == (TEXT.index("🙂"), TEXT.index("🙂") + 1)


@pytest.mark.parametrize(("start", "end", "quote"), [(0, 3, "ab"), (-2, 0, "ab"), (5, 4, ""), (-1, 1, "ab")])
def test_a_place_that_does_not_fit_its_words_is_refused(start: int, end: int, quote: str) -> None:
    with pytest.raises(SpanError):
        Span(start, end, quote)


def test_words_without_a_place_are_nowhere() -> None:
    words = Span.unplaced("about 400")
    assert not words.placed
    assert not words.covers(words)
    assert not words.overlaps(Span(0, 9, "about 400"))


def test_the_error_says_what_stands_there() -> None:
    with pytest.raises(SpanError, match=r"30 Menschen.*40 Menschen"):
        Span.of(TEXT, TEXT.index("30"), TEXT.index("30") + 11, "40 Menschen")
