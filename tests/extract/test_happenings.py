"""Which sentences tell of the same happening."""

from tocsin.datamodel import Span
from tocsin.extract.happenings import LONG_REACH, REACH, Telling, group_tellings
from tocsin.extract.triggers import Trigger


def _group(*sentences: tuple[str, str, str] | None, counted: str = "", dated: str = "") -> list[list[str]]:
    """Group (sentence, trigger, type); None is a sentence that tells nothing. Returns the triggers by happening."""
    text = " ".join(one[0] if one else "Nothing." for one in sentences)
    at, tellings = 0, []
    for index, one in enumerate(sentences):
        words = one[0] if one else "Nothing."
        if one:
            trigger = Trigger(Span.find(text, one[1], at), one[2], True, one[1])
            tellings.append(
                Telling(index, Span.find(text, words, at), trigger, one[1] in dated.split(), one[1] in counted.split())
            )
        at += len(words) + 1
    return [[telling.trigger.span.quote for telling in group] for group in group_tellings(tellings, text)]


MARCH = ("Some 900 marched on Monday.", "marched", "demonstration")


def test_another_type_is_another_happening() -> None:
    assert _group(MARCH, ("Police arrested some.", "arrested", "detention")) == [["marched"], ["arrested"]]


def test_a_sentence_without_day_and_number_of_its_own_goes_on() -> None:
    assert _group(MARCH, ("They rallied in the square.", "rallied", "demonstration")) == [["marched", "rallied"]]


def test_a_day_of_its_own_begins_another() -> None:
    later = ("On Tuesday they rallied again.", "rallied", "demonstration")
    assert _group(MARCH, later, dated="rallied") == [["marched"], ["rallied"]]


def test_a_number_of_its_own_begins_another_unless_it_is_named_again() -> None:
    other = ("Then 300 rallied at the port.", "rallied", "demonstration")
    again = ("The police put the crowd of the rally at 300.", "rally", "demonstration")
    assert _group(MARCH, other, counted="rallied") == [["marched"], ["rallied"]]
    assert _group(MARCH, again, counted="rally") == [["marched", "rally"]]


def test_what_lasts_is_remembered_longer() -> None:
    held = ("Police held some.", "held", "detention")
    again = ("They were detained.", "detained", "detention")
    assert _group(held, *[None] * (REACH - 1), again) == [["held", "detained"]]
    assert _group(held, *[None] * REACH, again) == [["held"], ["detained"]]
    later = ("They rallied.", "rallied", "demonstration")
    assert _group(MARCH, *[None] * (LONG_REACH - 1), later) == [["marched", "rallied"]]
    assert _group(MARCH, *[None] * LONG_REACH, later) == [["marched"], ["rallied"]]


def test_no_telling_no_happening() -> None:
    assert group_tellings((), "") == ()
