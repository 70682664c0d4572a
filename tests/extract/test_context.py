"""Within or because of which other mention one happened."""

import pytest

from tocsin.datamodel import DateRange, Evidence, Mention, Span
from tocsin.extract.context import link_contexts


def _mention(name: str, kind: str, sentence: int) -> Mention:
    words = Span(100 * sentence, 100 * sentence + 4, "Word")
    return Mention(
        name, kind, None, "occurred", "single", DateRange(), (), (), (), (), (), None, None, (Evidence(words, words),)
    )


def _contexts(*mentions: tuple[str, str, int]) -> dict[str, str | None]:
    return {one.id: one.context for one in link_contexts([_mention(*mention) for mention in mentions])}


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
    assert link_contexts([]) == ()
