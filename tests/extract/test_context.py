"""Within or because of which other happening one happened."""

import pytest

from tocsin.datamodel import DateRange, Span
from tocsin.extract.context import with_contexts
from tocsin.extract.drafts import Draft
from tocsin.extract.happenings import Telling
from tocsin.extract.triggers import Trigger


def _draft(kind: str, sentence: int) -> Draft:
    words = Span(100 * sentence, 100 * sentence + 4, "Word")
    telling = Telling(sentence, words, Trigger(words, kind, True, ""), dated=False, counted=False)
    return Draft((telling,), "occurred", "single", None, DateRange(), (), (), (), ())


def _contexts(*told: tuple[str, str, int]) -> dict[str, str | None]:
    names = [name for name, _, _ in told]
    found = with_contexts([_draft(kind, sentence) for _, kind, sentence in told])
    return {name: None if one.context is None else names[one.context] for name, one in zip(names, found, strict=True)}


@pytest.mark.parametrize(
    ("answer", "cause"),
    [("detention", "demonstration"), ("force", "strike"), ("killing", "riot"), ("charge", "detention"),
     ("sentence", "charge"), ("release", "sentence"), ("dismissal", "strike"), ("lockout", "strike")],
)  # fmt: skip
def test_a_response_answers_what_it_answers(answer: str, cause: str) -> None:
    assert _contexts(("a", cause, 0), ("b", answer, 1)) == {"a": None, "b": "a"}


def test_the_nearest_before_is_meant() -> None:
    found = _contexts(("a", "demonstration", 0), ("b", "demonstration", 1), ("c", "detention", 2))
    assert found["c"] == "b"


def test_one_of_the_same_sentence_is_meant_before_a_nearer_one() -> None:
    found = _contexts(("a", "demonstration", 2), ("b", "strike", 1), ("c", "detention", 2))
    assert found["c"] == "a"


def test_one_told_after_it_is_meant_where_none_is_before() -> None:
    assert _contexts(("a", "detention", 0), ("b", "demonstration", 1))["a"] == "b"


def test_nothing_answers_itself_or_a_type_that_it_does_not_answer() -> None:
    assert _contexts(("a", "demonstration", 0), ("b", "election", 1)) == {"a": None, "b": None}
    assert _contexts(("a", "hunger_strike", 0)) == {"a": None}


def test_nothing_is_lost() -> None:
    assert with_contexts([]) == ()
