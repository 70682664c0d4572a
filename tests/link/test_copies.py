"""Reprints are one voice, two reports of one happening are two."""

import random

from tocsin.link.copies import find_voices

WIRE = (
    "Police in the port city detained more than forty dockers on Tuesday after a picket at the container terminal "
    "turned into a march on the town hall, union officials said. The dockers have been out since the middle of May "
    "over a plan to halve the night shift. A spokesman for the harbour company said that talks would go on."
)
OTHER = (
    "More than forty dockers were taken away by police on Tuesday in the port city, their union said, when they left "
    "their picket at the container terminal for the town hall. They stopped work in May against cuts of the night "
    "shift, and the harbour company wants to keep talking to them, according to its spokesman."
)


def _edited(text: str, share: float, dice: random.Random) -> str:
    return " ".join(f"word{dice.randrange(999)}" if dice.random() < share else word for word in text.split())


def test_a_reprint_with_every_tenth_word_changed_is_the_same_voice() -> None:
    dice = random.Random(3)
    texts = [OTHER, WIRE, _edited(WIRE, 0.1, dice), "BREAKING: " + WIRE]
    assert find_voices(texts) == (0, 1, 1, 1)


def test_two_reports_of_one_happening_are_two_voices() -> None:
    assert find_voices([WIRE, OTHER]) == (0, 1)


def test_short_texts_tell_no_copy() -> None:
    assert find_voices(["Miners walked out on Monday.", "Miners walked out on Monday."]) == (0, 1)
    assert find_voices([]) == ()


def test_a_text_that_hundreds_reprint_is_one_voice() -> None:
    dice = random.Random(5)
    texts = [WIRE] + [_edited(WIRE, 0.02, dice) for _ in range(300)] + [OTHER]
    assert find_voices(texts) == (0,) * 301 + (301,)
