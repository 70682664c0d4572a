"""Text to sentences: where they end, and what holds for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.extract.sentences import LONGEST, split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Police came. People left.", ["Police came.", "People left."]),
        ("The U.S. embassy closed. Mr. Lee left.", ["The U.S. embassy closed.", "Mr. Lee left."]),
        ("About 3.5 million struck on Sept. 13 in Minsk.", ["About 3.5 million struck on Sept. 13 in Minsk."]),
        ("Did they come? They did!", ["Did they come?", "They did!"]),
        ("Miners strike\n\nThe pit is shut.", ["Miners strike", "The pit is shut."]),
        ("A line that is\nwrapped goes on.", ["A line that is\nwrapped goes on."]),
        ("One.\n \t\nTwo.", ["One.", "Two."]),
        ("  Indented.  ", ["Indented."]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [span.quote for span in split_sentences(text)] == sentences


def test_the_same_sentence_twice_is_two_places() -> None:
    first, second = split_sentences("They came. They came.")
    assert (first.start, second.start) == (0, 11)


def test_what_never_stops_is_cut_between_words() -> None:
    text = "12 protesters and " * 1000
    found = split_sentences(text)
    assert max(len(span.quote) for span in found) <= LONGEST
    assert " ".join(span.quote for span in found) == text.strip()


def test_a_word_without_end_is_cut_too() -> None:
    found = split_sentences("x" * (2 * LONGEST + 1))
    assert [len(span.quote) for span in found] == [LONGEST, LONGEST, 1]


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(
            st.sampled_from(["Dr.", "Police", "came", ".", "\n", "\n\n", '"', "?", "Sept. 9", " ", "x" * 700])
        ).map(" ".join),
    )
)
def test_sentences_stand_in_order_and_leave_out_white_space_alone(text: str) -> None:
    found = split_sentences(text)
    at, left_out = 0, ""
    for span in found:
        assert span.start >= at
        assert text[span.start : span.end] == span.quote
        assert span.quote == span.quote.strip() != ""
        left_out += text[at : span.start]
        at = span.end
    assert (left_out + text[at:]).strip() == ""
