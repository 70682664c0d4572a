"""Long texts in parts: nothing lost, ends told again, mentions of two parts joined."""

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import CodedFactory

from tocsin.datamodel import Note
from tocsin.llm.parts import Part, cut, halves, join, led

TEXTS = st.lists(
    st.sampled_from(["A word. ", "Another sentence, longer! ", "\n\n", "\n", "x" * 90, "“Yes.” "]), max_size=60
)


@given(pieces=TEXTS, longest=st.integers(20, 200), overlap=st.integers(0, 80))
def test_parts_hold_all_of_a_text_in_order_and_none_is_too_long(pieces: list[str], longest: int, overlap: int) -> None:
    text = "".join(pieces)
    parts = cut(text, longest=longest, overlap=overlap)
    assert "".join(text[part.fresh : part.end] for part in parts) == text
    for part in parts:
        assert part.start <= part.fresh < part.end
        assert part.end - part.start <= longest
        assert part.fresh - part.start <= overlap


def test_a_short_text_is_one_part_and_an_empty_one_none() -> None:
    assert cut("A word.") == (Part(0, 7, 0),)
    assert cut("") == ()


def test_cuts_are_made_at_paragraphs_and_the_end_of_one_is_told_again() -> None:
    paragraphs = [f"Paragraph {n} tells something of its own, at some length." for n in range(40)]
    text = "\n\n".join(paragraphs)
    parts = cut(text, longest=600, overlap=120)
    assert len(parts) > 3
    for part in parts:
        assert text[part.start : part.end].startswith("Paragraph")
        assert text[part.start : part.end].rstrip().endswith("length.")
    assert all(one.end > other.start for one, other in itertools.pairwise(parts))


def test_a_part_is_halved_until_it_is_too_short() -> None:
    text = "One sentence after another. " * 100
    one, *others = halves(text, Part(0, len(text), 0))
    assert others
    assert (one.start, others[-1].end) == (0, len(text))
    assert all(part.end - part.start < len(text) * 0.7 for part in (one, *others))
    assert halves(text, Part(0, 1000, 0)) == ()


def test_what_two_parts_tell_of_one_happening_is_joined(make_coded: CodedFactory) -> None:
    strike, detention = make_coded().mentions
    again = replace(strike, id="again", claims=(), demands=(strike.claims[0].span,))
    other = replace(detention, id="other", context="again")
    found, renamed = join([(strike,), (again, other)])
    assert renamed == {"again": strike.id}
    assert [mention.id for mention in found] == [strike.id, "other"]
    assert found[0].claims == strike.claims
    assert found[0].demands == (strike.claims[0].span,)
    assert found[1].context == strike.id
    assert led([Note("dropped", "place", "x", "", "again")], renamed)[0].mention == strike.id


def test_two_happenings_of_one_part_stay_two(make_coded: CodedFactory) -> None:
    strike, _ = make_coded().mentions
    found, renamed = join([(strike, replace(strike, id="second"))])
    assert len(found) == 2
    assert renamed == {}
