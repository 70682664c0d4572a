"""Undo and redo: act by act, on every branch, after a restart; what another changed meanwhile is told."""

from pathlib import Path
from typing import Any

import pytest

from tocsin.errors import DecisionError, StaleError
from tocsin.store.record import Record, open_record


@pytest.fixture
def mentions(record: Record, make_coded: Any) -> list[str]:
    run = record.start_run("tocsin 1", "rules 1")
    for name in "ab":
        record.add(make_coded(name, publisher=name), run=run, coder="rules 1")
    return [m.id for coded in record.coded() for m in coded.mentions]


def test_acts_are_undone_and_redone_one_by_one_after_a_restart(
    record: Record, mentions: list[str], record_path: Path
) -> None:
    record.decide("accept", mentions[0], reviewer="Ann")
    record.act([("reject", name, None) for name in mentions[1:]], kind="reject all", reviewer="Ann")
    record.close()
    with open_record(record_path) as again:
        undone = again.back(reviewer="Ann")
        assert undone is not None and (undone.kind, len(undone.decisions), undone.stands) == ("reject all", 3, False)
        assert again.judgements() == {mentions[0]: "accept"}
        assert again.back(reviewer="Ann") is not None
        assert again.back(reviewer="Ann") is None
        assert again.judgements() == {}
    with open_record(record_path) as again:
        assert again.forward(reviewer="Ann") is not None
        assert again.forward(reviewer="Ann") is not None
        assert again.forward(reviewer="Ann") is None
        assert len(again.judgements()) == 4


def test_going_on_after_an_undo_keeps_the_other_branch(record: Record, mentions: list[str]) -> None:
    record.decide("accept", mentions[0], reviewer="Ann")
    record.decide("accept", mentions[1], reviewer="Ann")
    left = record.head(reviewer="Ann")
    record.back(reviewer="Ann")
    record.decide("reject", mentions[2], reviewer="Ann")
    assert record.judgements() == {mentions[0]: "accept", mentions[2]: "reject"}
    record.go(left, reviewer="Ann")
    assert record.judgements() == {mentions[0]: "accept", mentions[1]: "accept"}
    assert [act.stands for act in record.history(reviewer="Ann")] == [True, True, False]
    record.back(reviewer="Ann")
    record.forward(reviewer="Ann")
    assert record.head(reviewer="Ann") == left


def test_each_reviewer_undoes_their_own_acts(record: Record, mentions: list[str]) -> None:
    record.decide("accept", mentions[0], reviewer="Ann")
    record.decide("reject", mentions[0], reviewer="Ben")
    record.back(reviewer="Ann")
    assert record.judgements() == {mentions[0]: "reject"}
    record.back(reviewer="Ben")
    assert record.judgements() == {}
    assert record.back(reviewer="Cid") is None


def test_an_undo_that_would_contradict_what_others_decided_is_refused(record: Record, mentions: list[str]) -> None:
    one, two, three, _ = mentions
    record.decide("same", one, other=two, reviewer="Ann")
    record.back(reviewer="Ann")
    record.decide("same", two, other=three, reviewer="Ben")
    record.decide("different", one, other=three, reviewer="Ben")
    with pytest.raises(DecisionError, match="one happening by some decisions and two by another"):
        record.forward(reviewer="Ann")
    assert record.decided_pairs()[0] == ((min(two, three), max(two, three)),)


def test_the_second_of_two_reviewers_is_told_and_nothing_is_lost(record: Record, mentions: list[str]) -> None:
    seen = {mentions[0]: record.state("a").mentions[0].version}
    record.set(mentions[0], {"modality": "planned"}, reviewer="Ann", seen=seen)
    with pytest.raises(StaleError, match=r"was changed by Ann .* since you looked") as told:
        record.decide("accept", mentions[0], reviewer="Ben", seen=seen)
    assert (told.value.reviewer, told.value.version) == ("Ann", 1)
    assert record.judgements() == {}
    assert record.mention(mentions[0])[1].modality == "planned"
    record.decide("accept", mentions[0], reviewer="Ben", seen={mentions[0]: told.value.version})
    record.back(reviewer="Ann")
    assert record.state("a").mentions[0].version == 3


def test_no_one_can_change_or_delete_an_act(record: Record, mentions: list[str], record_path: Path) -> None:
    import sqlite3

    record.decide("accept", mentions[0], reviewer="Ann")
    other = sqlite3.connect(record_path)
    for statement in ("UPDATE acts SET reviewer = 'Ben'", "DELETE FROM acts"):
        with pytest.raises(sqlite3.IntegrityError, match="undo them"):
            other.execute(statement)
    other.close()


def test_an_act_of_another_reviewer_is_no_place_to_go(record: Record, mentions: list[str]) -> None:
    record.decide("accept", mentions[0], reviewer="Ann")
    with pytest.raises(DecisionError, match="names no act of Ben"):
        record.go(record.head(reviewer="Ann"), reviewer="Ben")
