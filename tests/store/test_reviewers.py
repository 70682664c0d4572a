"""A shared record: who may decide what, who signs in."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tocsin.errors import DecisionError
from tocsin.store.record import Record


@pytest.fixture
def mention(record: Record, make_coded: Any) -> str:
    record.add(make_coded(), run=record.start_run("tocsin", "rules"), coder="rules")
    return next(m.id for coded in record.coded() for m in coded.mentions)


@pytest.fixture
def team(record: Record, mention: str) -> Record:
    record.set_reviewer("Olga", "owner", password="correct horse")
    for name, role in (("Vera", "viewer"), ("Carl", "coder"), ("Cleo", "coder"), ("Adam", "adjudicator")):
        record.set_reviewer(name, role, by="Olga", password=f"password of {name}")
    return record


def test_a_record_without_reviewers_is_one_persons(record: Record, mention: str) -> None:
    assert record.reviewers() == ()
    record.decide("accept", mention, reviewer="anyone")


def test_only_those_named_decide_each_as_far_as_their_role_goes(team: Record, mention: str) -> None:
    for who in ("Vera", "Stranger"):
        with pytest.raises(DecisionError, match=r"may not accept as viewer|is none of this record"):
            team.decide("accept", mention, reviewer=who)
    made = team.decide("accept", mention, reviewer="Carl")
    with pytest.raises(DecisionError, match="may not undo as coder; it takes a reviewer who is adjudicator"):
        team.undo(made.id, reviewer="Cleo")
    with pytest.raises(DecisionError, match="may not blind as coder"):
        team.blind("a", ["Carl"], reviewer="Carl")
    team.undo(made.id, reviewer="Adam")
    team.blind("a", ["Carl", "Cleo"], reviewer="Adam")
    own = team.decide("reject", mention, reviewer="Cleo")
    team.undo(own.id, reviewer="Cleo")
    assert team.back(reviewer="Cleo") is not None


def test_a_reviewer_who_was_closed_decides_and_signs_in_no_more(team: Record, mention: str) -> None:
    team.decide("accept", mention, reviewer="Carl")
    team.set_reviewer("Carl", "", by="Olga")
    assert team.sign_in("Carl", "password of Carl") is None
    for act in (lambda: team.decide("reject", mention, reviewer="Carl"), lambda: team.back(reviewer="Carl")):
        with pytest.raises(DecisionError, match="is none of this record"):
            act()
    assert team.judgements() == {mention: "accept"}


def test_only_an_owner_names_reviewers_and_one_is_always_left(team: Record) -> None:
    with pytest.raises(DecisionError, match="may not name reviewers"):
        team.set_reviewer("Carl", "owner", by="Carl")
    with pytest.raises(DecisionError, match="without an owner"):
        team.set_reviewer("Olga", "coder", by="Olga")
    with pytest.raises(DecisionError, match="known are viewer"):
        team.set_reviewer("Carl", "king", by="Olga")
    with pytest.raises(DecisionError, match="cannot be 'coder'"):
        team.set_reviewer("tocsin", "coder", by="Olga")


def test_a_password_lets_in_and_is_not_kept_as_it_is(team: Record, record_path: Path) -> None:
    olga = team.sign_in("Olga", "correct horse")
    assert olga is not None and olga.role == "owner"
    assert team.sign_in("Olga", "wrong horse") is None
    assert team.sign_in("Nobody", "correct horse") is None
    team.set_reviewer("Carl", "adjudicator", by="Olga")
    carl = team.sign_in("Carl", "password of Carl")
    assert carl is not None and carl.role == "adjudicator"
    team.close()
    assert b"correct horse" not in record_path.read_bytes()


def test_who_was_what_stays(team: Record, record_path: Path) -> None:
    other = sqlite3.connect(record_path)
    for statement in ("UPDATE reviewers SET role = 'owner'", "DELETE FROM reviewers"):
        with pytest.raises(sqlite3.IntegrityError):
            other.execute(statement)
    other.close()
