"""The evaluation gate: it closes below a floor, on other gold, and sinks only with a reason."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from bench.gate.__main__ import main
from bench.gate.cases import load_cases
from bench.gate.floors import (
    MARGIN,
    Floors,
    SetFloors,
    anew,
    check,
    floor_of,
    lowered,
    raised,
    read_floors,
    write_floors,
)
from bench.gate.gold import gold_sets
from bench.gate.measures import compare

from tocsin.errors import CodedError, UsageError
from tocsin.pipeline import Settings, load_resources

DAY = date(2024, 5, 16)
FLOORS = Floors({"dev": SetFloors("abc", {"mention": 0.5, "claim": 0.4})})
CASES = """
[[case]]
text = "Some 900 people marched in Gomel on Monday, the organisers said."
[[case.mention]]
type = "demonstration"
told = "marched"
days = "2024-05-13"
places = ["Gomel, BY"]
claims = [{ attribute = "participants", low = 900, high = 900, by = ["the organisers"] }]

[[case]]
text = "An air strike killed 12 soldiers near the front line."
"""
RULES = Settings(extractor="rules")


def _problems(values: Mapping[str, float], floors: Floors = FLOORS, sha256: str = "abc") -> dict[str, str]:
    return {finding.measure: finding.problem for finding in check("dev", sha256, values, floors) if finding.problem}


def test_at_or_above_its_floor_a_measure_passes() -> None:
    assert _problems({"mention": 0.5, "claim": 0.9}) == {}


def test_below_its_floor_it_fails() -> None:
    assert _problems({"mention": 0.499, "claim": 0.4}) == {"mention": "is below its floor"}


def test_a_measure_that_is_no_longer_measured_fails() -> None:
    assert list(_problems({"mention": 0.6})) == ["claim"]


def test_a_measure_without_a_floor_fails() -> None:
    assert list(_problems({"mention": 0.6, "claim": 0.6, "place": 0.9})) == ["place"]


def test_floors_hold_for_their_gold_alone() -> None:
    assert "is not the gold" in _problems({"mention": 1.0, "claim": 1.0}, sha256="def")[""]
    assert "has no floors" in _problems({"mention": 1.0}, Floors())[""]


def test_a_floor_lies_a_little_below_what_was_measured() -> None:
    assert floor_of("mention", 0.5) == pytest.approx(0.5 - MARGIN)
    assert floor_of("mention", 0.001) == 0
    assert floor_of("grounded", 1.0) == 1.0


def test_raising_lowers_nothing() -> None:
    new = raised(FLOORS, "dev", "abc", {"mention": 0.8, "claim": 0.1, "place": 0.3})
    assert new.sets["dev"].floors == {"mention": 0.79, "claim": 0.4, "place": 0.29}
    assert new.changes == ()


def test_the_first_floors_of_a_set_are_raised_from_nothing() -> None:
    assert raised(Floors(), "dev", "abc", {"mention": 0.8}).sets == {"dev": SetFloors("abc", {"mention": 0.79})}


def test_floors_of_other_gold_are_not_raised() -> None:
    with pytest.raises(UsageError, match="--anew dev"):
        raised(FLOORS, "dev", "def", {"mention": 0.8})


def test_lowering_keeps_the_reason() -> None:
    new = lowered(FLOORS, "dev", "mention", 0.45, because="the gold names fewer", on=DAY)
    assert new.sets["dev"].floors == {"mention": 0.44, "claim": 0.4}
    (change,) = new.changes
    assert (change.what, change.before, change.after, change.because) == (
        "dev/mention", 0.5, 0.44, "the gold names fewer",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "measure", "value", "because"),
    [
        ("dev", "mention", 0.45, " "),
        ("dev", "mention", 0.9, "no need"),
        ("dev", "place", 0.1, "no floor"),
        ("test", "mention", 0.1, "no set"),
    ],
)
def test_lowering_without_need_or_reason_is_refused(name: str, measure: str, value: float, because: str) -> None:
    with pytest.raises(UsageError):
        lowered(FLOORS, name, measure, value, because=because, on=DAY)


def test_other_gold_is_measured_anew_with_a_reason() -> None:
    new = anew(FLOORS, "dev", "def", {"mention": 0.3}, because="twenty documents more", on=DAY)
    assert new.sets["dev"] == SetFloors("def", {"mention": 0.29})
    assert [(change.what, change.because) for change in new.changes] == [("dev", "twenty documents more")]
    with pytest.raises(UsageError):
        anew(FLOORS, "dev", "def", {"mention": 0.3}, because="", on=DAY)
    with pytest.raises(UsageError):
        anew(FLOORS, "dev", "abc", {"mention": 0.3}, because="the same gold", on=DAY)


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    floors = Floors({"dev-real": SetFloors("abc", {"mention": 0.5, "empty documents left empty": 0.75})})
    floors = lowered(floors, "dev-real", "mention", 0.2, because='a "quote", \\ and a\nline', on=DAY)
    floors = anew(floors, "cases", "def", {"claim": 0.5}, because="new cases", on=DAY)
    write_floors(floors, tmp_path / "floors.toml")
    assert read_floors(tmp_path / "floors.toml") == floors
    assert read_floors(tmp_path / "absent.toml") == Floors()


def test_gold_against_itself_reaches_everything() -> None:
    resources = load_resources(RULES)
    gold = [case.coded for case in load_cases()]
    assert set(compare(gold, gold, resources).values()) == {1.0}


def test_what_the_gold_does_not_hold_is_not_measured() -> None:
    resources = load_resources(RULES)
    gold = [case.coded for case in load_cases()]
    assert "actor" not in compare(gold, gold, resources)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cases.toml").write_text(CASES, encoding="utf-8")
    return tmp_path


def _gate(folder: Path, *arguments: str) -> int:
    return main(
        arguments,
        shared=folder / "shared",
        cases=folder / "cases.toml",
        floors_file=folder / "floors.toml",
        settings=RULES,
    )


def test_without_the_shared_gold_the_own_cases_are_measured_and_that_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _gate(folder) == 1
    told = capsys.readouterr().out
    assert "WARNING" in told
    assert "own 2 cases ALONE" in told
    assert "has no floors" in told


def test_the_gate_opens_at_its_floors_and_closes_below_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _gate(folder, "--raise") == 0
    assert _gate(folder) == 0
    assert "gate open" in capsys.readouterr().out
    floors = folder / "floors.toml"
    floors.write_text(floors.read_text(encoding="utf-8").replace("mention = 0.99", "mention = 1.5"), encoding="utf-8")
    assert _gate(folder) == 1
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in told if "FAILS" in line] == [["cases", "mention"]]
    assert _gate(folder, "--lower", "cases/mention") == 2
    assert _gate(folder, "--lower", "cases/mention", "--because", "it was never reached") == 0
    assert "it was never reached" in floors.read_text(encoding="utf-8")


def test_changed_gold_closes_the_gate_until_it_is_measured_anew(folder: Path) -> None:
    assert _gate(folder, "--raise") == 0
    cases = folder / "cases.toml"
    cases.write_text(CASES.replace("high = 900", "high = 950"), encoding="utf-8")
    assert _gate(folder) == 1
    assert _gate(folder, "--raise") == 2
    assert _gate(folder, "--anew", "cases", "--because", "the case was wrong") == 0
    assert _gate(folder) == 0


def test_a_mark_or_a_comment_is_no_change_of_the_gold(folder: Path) -> None:
    before = gold_sets(folder / "shared", folder / "cases.toml")[0].sha256
    marked = "# a comment\n" + CASES.replace('text = "An', 'known_miss = true\ntext = "An')
    (folder / "cases.toml").write_text(marked, encoding="utf-8")
    assert gold_sets(folder / "shared", folder / "cases.toml")[0].sha256 == before


def test_the_shared_gold_is_measured_where_it_is(folder: Path) -> None:
    coded = {"document": {"id": "x", "text": "Nothing happened.", "publisher": "", "title": "", "published": None}}
    for path in ("gold/dev/dev-or-1.json", "gold/dev/dev-wn-1.json", "seed/gold.json"):
        file = folder / "shared" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({**coded, "events": []}), encoding="utf-8")
    sets = gold_sets(folder / "shared", folder / "cases.toml")
    assert [(gold.name, len(gold.documents)) for gold in sets] == [
        ("seed", 1), ("dev", 2), ("dev-real", 1), ("cases", 2),
    ]  # fmt: skip
    assert len({gold.sha256 for gold in sets}) == 4


@pytest.mark.parametrize(
    "case",
    [
        'text = "They marched."\nmention = [{ type = "demonstration", told = "struck" }]',
        'text = "They marched."\nmention = [{ type = "demonstration", told = "marched", plcaes = [] }]',
        'text = "They marched."\nknown_mis = true',
        'text = "They marched."\nmention = [{ told = "marched" }]',
        'text = "They marched."\nmention = [{ type = "demonstration", told = "marched", days = "Monday" }]',
    ],
)
def test_a_case_with_a_fault_is_named(tmp_path: Path, case: str) -> None:
    (tmp_path / "cases.toml").write_text(f'[[case]]\ntext = "Fine."\n[[case]]\n{case}\n', encoding="utf-8")
    with pytest.raises(CodedError, match=r"case-002 \('They marched"):
        load_cases(tmp_path / "cases.toml")
