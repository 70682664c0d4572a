"""The words and marks of a sentence."""

from hypothesis import given
from hypothesis import strategies as st

from tocsin.datamodel import Span
from tocsin.extract.tokens import Tokens, tokenize


def _tokens(quote: str, start: int = 0) -> Tokens:
    return tokenize(Span(start, start + len(quote), quote))


def test_a_word_keeps_its_inner_marks_and_loses_the_apostrophe_of_a_plural() -> None:
    assert _tokens("The miners’ sit-in, and the union’s.").forms == (
        ["the", "miners", "sit-in", ",", "and", "the", "union's", "."]
    )
    assert _tokens("'No,' they said.").forms == ["'", "no", ",", "'", "they", "said", "."]


def test_places_are_those_of_the_text() -> None:
    tokens = _tokens("Two  men left.", start=100)
    assert list(zip(tokens.forms, tokens.starts, tokens.ends, strict=True)) == [
        ("two", 100, 103),
        ("men", 105, 108),
        ("left", 109, 113),
        (".", 113, 114),
    ]
    assert [tokens.before(at) for at in (102, 103, 108, 114)] == [0, 1, 2, 4]
    assert [tokens.behind(at) for at in (100, 101, 105, 113, 114)] == [0, 1, 1, 3, 4]


def test_a_sentence_of_white_space_has_none() -> None:
    assert _tokens(" \n").forms == _tokens("").forms == []


@given(st.text(max_size=60) | st.text(alphabet="aS'’ -.é_1\n", max_size=30), st.integers(0, 9))
def test_only_white_space_and_apostrophes_lie_between(quote: str, start: int) -> None:
    tokens = _tokens(quote, start)
    words = [quote[a - start : b - start] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    assert [word.lower().replace("’", "'") for word in words] == tokens.forms
    gaps = zip([start, *tokens.ends], [*tokens.starts, start + len(quote)], strict=True)
    between = "".join(quote[a - start : b - start] for a, b in gaps)
    assert all(mark.isspace() or mark in "'’" for mark in between)
