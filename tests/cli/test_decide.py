"""Decisions on the command line: made, listed, undone, brought back, refused in one line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.store.test_decided_states import small_record

from tocsin.datamodel.relation import Relation
from tocsin.store.record import open_record

SCRIPT = "from tocsin.cli import main; main()"


def _decide(record: Path, *words: str, code: int = 0) -> str:
    return _tocsin("decide", *words, "--record", str(record), code=code)


def _tocsin(*words: str, code: int = 0) -> str:
    done = subprocess.run([sys.executable, "-c", SCRIPT, *words], capture_output=True, check=False, text=True)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr if code else done.stdout


@pytest.fixture
def record(tmp_path: Path) -> tuple[Path, list[str]]:
    path = tmp_path / "r.tocsin"
    with small_record(path) as opened:
        mentions = [m.id for coded in opened.coded() for m in coded.mentions]
        opened.set_events([[name] for name in mentions], {}, linker="test")
    return path, mentions


def test_a_merge_is_made_undone_and_brought_back(record: tuple[Path, list[str]]) -> None:
    path, (one, _, other, *_) = record
    with open_record(path) as opened:
        events = [str(opened.event_of(name)) for name in (one, other)]
    _decide(path, "merge", *events, "--reviewer", "Ann", "--reason", "one walkout")
    (made,) = json.loads(_decide(path, "list", "--json"))
    assert (made["kind"], made["reviewer"], made["reason"], made["undone"]) == ("same", "Ann", "one walkout", False)
    with open_record(path) as opened:
        assert opened.event_of(one) == opened.event_of(other)
    (undo,) = json.loads(_decide(path, "undo", made["id"][:10], "--reviewer", "Ben", "--json"))
    with open_record(path) as opened:
        assert [opened.decided_pairs()[0], opened.undone()] == [(), frozenset({made["id"]})]
    _decide(path, "undo", undo["id"], "--reviewer", "Ann")
    with open_record(path) as opened:
        assert opened.decided_pairs()[0] == ((min(one, other), max(one, other)),)


def test_what_cannot_be_decided_is_one_line_and_changes_nothing(record: tuple[Path, list[str]]) -> None:
    path, (one, other, *_) = record
    assert "names no reviewer" in _decide(path, "same", one, other, code=1)
    assert "against itself" in _decide(path, "same", one, one, "--reviewer", "Ann", code=1)
    assert "names no mention" in _decide(path, "accept", "m-0000", "--reviewer", "Ann", code=1)
    assert "names no decision" in _decide(path, "undo", "d-0000", "--reviewer", "Ann", code=1)
    assert "takes 2 ids" in _decide(path, "merge", one, "--reviewer", "Ann", code=2)
    assert "is not known" in _decide(path, "like", one, "--reviewer", "Ann", code=2)
    assert _decide(path, "list") == ""


def test_explain_shows_what_an_event_belongs_to_from_either_side(record: tuple[Path, list[str]]) -> None:
    path, (strike, detention, *rest) = record
    with open_record(path) as opened:
        relation = Relation("within", strike, detention, "1 of 1 mentions of detention, tell it within strike")
        clusters = [[name] for name in (strike, detention, *rest)]
        opened.set_events(clusters, {}, linker="test", relations=[relation])
        events = [str(opened.event_of(name)) for name in (strike, detention)]
    shown = [_tocsin("explain", event, "--record", str(path)) for event in events]
    assert f"within it happened {events[1]}: 1 of 1 mentions" in shown[0]
    assert f"happened within {events[0]}: 1 of 1 mentions" in shown[1]
    (told,) = json.loads(_tocsin("explain", events[0], "--record", str(path), "--json"))["relations"]
    assert (told["kind"], told["holder"], told["member"]) == ("within", *events)


def test_a_field_is_set_undone_and_redone(record: tuple[Path, list[str]]) -> None:
    path, (one, *_) = record
    (made,) = json.loads(_decide(path, "set", one[:12], '{"modality": "planned"}', "--reviewer", "Ann", "--json"))
    assert (made["kind"], made["subject"], made["undone"]) == ("set", one, False)

    def modality() -> str:
        with open_record(path) as opened:
            return opened.mention(one)[1].modality

    assert modality() == "planned"
    assert "Ann: set" in _decide(path, "undo", "--reviewer", "Ann")
    assert modality() == "occurred"
    assert "has nothing to undo" in _decide(path, "undo", "--reviewer", "Ann", code=1)
    _decide(path, "redo", "--reviewer", "Ann")
    assert modality() == "planned"
    _decide(path, "undo", "--reviewer", "Ann")
    _decide(path, "accept", one, "--reviewer", "Ann")
    first, second = json.loads(_decide(path, "history", "--reviewer", "Ann", "--json"))
    assert (first["undone"], second["undone"]) == (True, False)
    assert "(undone)" in _decide(path, "history")
    _decide(path, "go", first["id"], "--reviewer", "Ann")
    assert modality() == "planned"


def test_parts_are_added_set_and_dropped(record: tuple[Path, list[str]]) -> None:
    path, (one, *_) = record
    claim = '{"attribute": "affected", "low": 1, "high": 2, "span": {"start": 0, "end": 6}}'
    _decide(path, "add", one, "claim", claim, "--reviewer", "Ann")
    with open_record(path) as opened:
        (part,) = [part for part in opened.state_of(one)[1].parts if part.kind == "claim"]
    _decide(path, "set", part.id, '{"low": 2}', "--reviewer", "Ann")
    with open_record(path) as opened:
        assert opened.mention(one)[1].claims[0].low == 2
    _decide(path, "drop", part.id, "--reviewer", "Ann")
    _decide(path, "finish", "a", "--reviewer", "Ann")
    with open_record(path) as opened:
        assert opened.mention(one)[1].claims == ()
        assert opened.state("a").finished


def test_a_value_that_is_none_of_the_codebook_is_refused_by_name(record: tuple[Path, list[str]]) -> None:
    path, (one, *_) = record
    for value, problem, code in (
        ('{"modality": "perhaps"}', "modality 'perhaps': is none of the codebook", 1),
        ('{"colour": "red"}', "is none of a mention", 1),
        ("planned", "is not JSON", 2),
        ("[]", "is no JSON object", 2),
    ):
        assert problem in _decide(path, "set", one, value, "--reviewer", "Ann", code=code)
    assert _decide(path, "list") == ""
