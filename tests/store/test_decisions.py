"""Decisions stay and are undone without loss."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.datamodel import Decision
from tocsin.errors import DecisionError
from tocsin.store.decisions import judgements
from tocsin.store.record import Record


@pytest.fixture
def mentions(record: Record, make_coded: Any) -> list[str]:
    record.add(make_coded(), run=record.start_run("tocsin 1", "rules 1"), coder="rules 1")
    return [m.id for coded in record.coded() for m in coded.mentions]


def test_the_last_judgement_counts(record: Record, mentions: list[str]) -> None:
    record.decide("accept", mentions[0], reviewer="Ann")
    record.decide("reject", mentions[0], reviewer="Ben", reason="a rumour")
    assert record.judgements() == {mentions[0]: "reject"}


def test_an_undone_judgement_gives_way_to_the_one_before(record: Record, mentions: list[str]) -> None:
    record.decide("accept", mentions[0], reviewer="Ann")
    second = record.decide("reject", mentions[0], reviewer="Ben")
    undo = record.undo(second.id, reviewer="Ann", reason="it was confirmed")
    assert record.judgements() == {mentions[0]: "accept"}
    record.undo(undo.id, reviewer="Ben")
    assert record.judgements() == {mentions[0]: "reject"}
    assert len(record.decisions()) == 4


def test_a_decision_knows_who_when_and_why(record: Record, mentions: list[str]) -> None:
    at = datetime(2020, 9, 20, 8, 30, tzinfo=UTC)
    made = record.decide("accept", mentions[0], reviewer="Ann", reason="seen on video", at=at)
    assert record.decisions() == (made,)
    assert (made.reviewer, made.reason, made.at) == ("Ann", "seen on video", at)
    record.decide("accept", mentions[0], reviewer="Ann", reason="seen on video", at=at)
    assert record.decisions() == (made,)


def test_decisions_about_what_is_not_there_are_refused(record: Record, mentions: list[str]) -> None:
    with pytest.raises(DecisionError, match="mention 'm-0': is not in the record"):
        record.decide("accept", "m-0", reviewer="Ann")
    with pytest.raises(DecisionError, match="decision 'd-0': is not in the record"):
        record.undo("d-0", reviewer="Ann")
    with pytest.raises(DecisionError, match="'like': is not known"):
        record.decide("like", mentions[0], reviewer="Ann")
    made = record.decide("accept", mentions[0], reviewer="Ann")
    record.undo(made.id, reviewer="Ann")
    with pytest.raises(DecisionError, match="is undone already"):
        record.undo(made.id, reviewer="Ann")


def test_no_one_can_change_or_delete_a_decision(record: Record, mentions: list[str], record_path: Path) -> None:
    record.decide("accept", mentions[0], reviewer="Ann")
    other = sqlite3.connect(record_path)
    for statement in ("UPDATE decisions SET kind = 'reject'", "DELETE FROM decisions"):
        with pytest.raises(sqlite3.IntegrityError, match="undo them"):
            other.execute(statement)
    other.close()


def test_a_decision_survives_a_new_coding(record: Record, mentions: list[str], make_coded: Any) -> None:
    record.decide("reject", mentions[1], reviewer="Ann")
    record.add(make_coded(), run=record.start_run("tocsin 2", "rules 2"), coder="rules 2")
    assert record.judgements() == {mentions[1]: "reject"}
    assert mentions[1] in [m.id for coded in record.coded() for m in coded.mentions]


@given(st.lists(st.sampled_from(["accept", "reject", "undo"]), max_size=12), st.randoms(use_true_random=False))
def test_undoing_everything_leaves_nothing_judged(kinds: list[str], random: Any) -> None:
    made: list[Decision] = []
    standing: list[str] = []
    at = datetime(2020, 1, 1, tzinfo=UTC)
    for kind in kinds:
        judged = [d.id for d in made if d.kind != "undo" and d.id in standing]
        if kind == "undo" and not judged:
            continue
        subject = random.choice(judged) if kind == "undo" else random.choice("xy")
        made.append(Decision(f"d{len(made)}", kind, subject, None, "Ann", "", at))
        if kind == "undo":
            standing.remove(subject)
        else:
            standing.append(made[-1].id)
    for name in standing:
        made.append(Decision(f"d{len(made)}", "undo", name, None, "Ann", "", at))
    assert judgements(made) == {}
