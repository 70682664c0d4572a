"""The form of a demonstration or strike."""

import pytest

from tocsin.codebook import load_codebook
from tocsin.datamodel import Span
from tocsin.extract.forms import read_form
from tocsin.extract.tokens import tokenize

WORDS = load_codebook().forms


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "form"),
    [
        ("Thousands marched on Sunday.", "marched", "demonstration", "march"),
        ("A rally was held.", "rally", "demonstration", "rally"),
        ("They held a silent vigil.", "vigil", "demonstration", "vigil"),
        ("Students began a sit-in.", "sit-in", "demonstration", "sit_in"),
        ("They formed a human chain.", "human chain", "demonstration", "human_chain"),
        ("A general strike began.", "general strike", "strike", "general"),
        ("Miners walked out.", "walked out", "strike", "walkout"),
        ("A wildcat strike began.", "strike", "strike", "wildcat"),
        ("A strike began.", "strike", "strike", None),
        ("Thousands protested.", "protested", "demonstration", None),
        ("Thousands marched on Sunday.", "marched", "detention", None),
        # three words before the trigger still name it, a fourth does not
        ("A vigil, not loud, was the protest.", "protest", "demonstration", None),
    ],
)
def test_form(text: str, trigger: str, kind: str, form: str | None) -> None:
    assert read_form(tokenize(Span(0, len(text), text)), Span.find(text, trigger), kind, WORDS) == form


def test_the_words_of_the_trigger_tell_before_those_beside_it() -> None:
    text = "After the rally they marched."
    assert read_form(tokenize(Span(0, len(text), text)), Span.find(text, "marched"), "demonstration", WORDS) == "march"
