"""A capable coder's answers to development documents, played back through the whole path, and the same ones damaged."""

import pytest
from bench.accuracy.llm import ANSWERS, DAMAGE, directly, gold, play, rows, score

from tocsin.datamodel.extraction import DROPPED

pytestmark = pytest.mark.skipif(not ANSWERS.is_file(), reason="NEEDS ../shared/llm, which is not in this checkout")


def test_what_is_held_scores_as_the_answers_do() -> None:
    golds = gold()
    direct, held = rows(score(golds, directly(golds))), rows(score(golds, play(golds).coded))
    assert held["grounded"] == 1.0
    assert abs(held["mention F1"] - direct["mention F1"]) <= 0.01
    assert held["claim F1"] >= direct["claim F1"] - 0.02
    assert held["usable F1"] >= direct["usable F1"] - 0.02
    assert held["speaker"] >= direct["speaker"] - 0.01


def test_every_damaged_quote_is_caught() -> None:
    run = play(gold(), damage=DAMAGE)
    assert run.damaged > 50
    assert run.slipped == 0
    assert sum(one.ungrounded for one in run.coded) == 0
    assert sum(note.kind == DROPPED for one in run.coded for note in one.notes) >= run.damaged
