"""What participants want."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.codebook import load_codebook
from tocsin.datamodel import Span
from tocsin.extract.demands import read_demands

WORDS = load_codebook().demands


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        ("Workers marched, demanding higher pay.", "marched", ["higher pay"]),
        ("Students rallied to demand the release of two friends.", "rallied", ["the release of two friends"]),
        ("Nurses struck over unpaid shifts.", "struck", ["unpaid shifts"]),
        ("Drivers walked out for a shorter week, who drive at night.", "walked out", ["a shorter week"]),
        ("They want that the mayor resign.", "want", ["the mayor resign"]),
        ("Hundreds protested against the new tax; police watched.", "protested", ["the new tax"]),
        ("The miners called for safer pits, the union said.", "miners", ["safer pits"]),
        ("Dockers struck for three days.", "struck", []),
        ("Dockers struck over the weekend.", "struck", []),
        ("The demand has not changed.", "demand", []),
        ("Teachers marched through the city.", "marched", []),
    ],
)
def test_demands(text: str, trigger: str, wanted: list[str]) -> None:
    found = read_demands(text, Span.find(text, text), Span.find(text, trigger), WORDS)
    assert [span.quote for span in found] == wanted


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["demanding", "want", "over", "the", "pay", ",", "and", "é", "“"]), min_size=1).map(
        " ".join
    )
)
def test_offsets(text: str) -> None:
    for span in read_demands(text, Span(0, len(text), text), Span(0, 1, text[:1]), WORDS):
        assert text[span.start : span.end] == span.quote
