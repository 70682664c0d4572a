"""How many were missed: as published, and by laws that hold for all counts."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reconcile.conftest import Told, coded_from

from tocsin.codebook import load_codebook
from tocsin.errors import UsageError
from tocsin.reconcile import reconcile_events
from tocsin.reconcile.undercount import chapman, estimate, log_linear, seen_by

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/undercount.toml").read_text(encoding="utf-8"))
Counts = dict[tuple[bool, ...], int]
CELLS = [(p, q, e) for p in (True, False) for q in (True, False) for e in (True, False) if p or q or e]


@pytest.mark.parametrize("case", CASES["two"], ids=[case["what"] for case in CASES["two"]])
def test_two_lists_as_published(case: dict[str, Any]) -> None:
    found = chapman(case["first"], case["second"], case["both"])
    assert int(found.number) == case["number"]
    if "normal" in case:
        ends = [found.number - 1.96 * found.error, found.number + 1.96 * found.error]
        assert ends == pytest.approx(case["normal"], abs=0.1)
    if "interval" in case:
        assert [round(found.low), round(found.high)] == case["interval"]


@pytest.mark.parametrize("case", CASES["three"], ids=[case["what"] for case in CASES["three"]])
def test_three_lists_as_published(case: dict[str, Any]) -> None:
    counts = {tuple(letter in lists for letter in "PQE"): n for lists, n in case["counts"].items()}
    found = {one.model: one for one in log_linear(counts, "PQE")}
    assert len(found) == 8
    assert {one.seen for one in found.values()} == {case["seen"]}
    assert round(found["independent"].number) == case["independent"]
    assert round(found["dependent: P with Q, P with E, Q with E"].number) == case["dependent"]


@settings(deadline=None)
@given(st.fixed_dictionaries({cell: st.integers(1, 300) for cell in CELLS}))
def test_models_of_three_lists_agree_with_what_can_be_worked_out_by_hand(counts: Counts) -> None:
    found = {one.model: one for one in log_linear(counts, "PQE")}
    n = {"".join(x for x, seen in zip("PQE", cell, strict=True) if seen): count for cell, count in counts.items()}
    full = n["PQE"] * n["P"] * n["Q"] * n["E"] / (n["PQ"] * n["PE"] * n["QE"])
    all_pairs = found["dependent: P with Q, P with E, Q with E"]
    assert all_pairs.number - all_pairs.seen == pytest.approx(full, rel=1e-6)
    # The variance of log-linear estimates (International Working Group for Disease Monitoring and Forecasting 1995).
    assert all_pairs.error**2 == pytest.approx(full + full**2 * sum(1 / count for count in counts.values()), rel=1e-6)
    # Where P goes with Q and with E, what P did not see is two independent lists: Petersen's estimate.
    with_p = found["dependent: P with Q, P with E"]
    assert with_p.number - with_p.seen == pytest.approx(n["Q"] * n["E"] / n["QE"], rel=1e-6)
    for one in found.values():
        assert one.seen < one.low < one.number < one.high
        assert one.assumptions


@settings(deadline=None)
@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_two_lists_never_give_less_than_was_seen(both: int, first: int, second: int) -> None:
    found = chapman(both + first, both + second, both)
    assert found.seen == both + first + second
    assert found.seen <= found.low <= found.high
    assert found.seen <= found.number
    assert bool(found.warnings) == (both < 7)


def test_a_list_that_shares_nothing_gives_no_estimate_that_runs_away() -> None:
    counts: Counts = {cell: 0 if cell[0] and (cell[1] or cell[2]) else 9 for cell in CELLS}
    assert all(one.number < 1e6 for one in log_linear(counts))


def test_a_reprint_saw_nothing() -> None:
    told = [Told("a", 5, 5, "Wire"), Told("b", 5, 5, "Copycat", copy="a"), Told("c", 5, 5, "Radio")]
    coded = coded_from(told)
    events = reconcile_events(coded, {"e": ["a/m0", "b/m0", "c/m0"]}, load_codebook(), copies={"b": "a"})
    lists = {"one": ["Wire"], "two": ["Copycat"], "three": ["Radio", "Wire"]}
    assert seen_by(events, lists) == {"e": (True, False, True)}


def test_a_reprint_whose_first_print_tells_another_event_saw_nothing_either() -> None:
    coded = coded_from([Told("a", 5, 5, "Wire"), Told("b", 7, 7, "Copycat", copy="a")])
    events = reconcile_events(coded, {}, load_codebook(), copies={"b": "a"})
    assert seen_by(events, {"one": ["Wire"], "two": ["Copycat"]}) == {"a/m0": (True, False), "b/m0": (True, False)}


def test_too_few_lists_and_an_empty_one_are_said() -> None:
    with pytest.raises(UsageError, match="1 lists"):
        estimate({"e": (True,)}, ["a"])
    with pytest.raises(UsageError, match="list 'b': saw no event"):
        estimate({"e": (True, False)}, ["a", "b"])
