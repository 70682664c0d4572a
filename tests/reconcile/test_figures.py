"""What claims come to: the cases a person wrote, and the laws that hold for all claims."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reconcile.conftest import Told, coded_from, copies_from

from tocsin.codebook import load_codebook
from tocsin.datamodel import Event, Figure
from tocsin.datamodel.claim import Number
from tocsin.errors import UsageError
from tocsin.reconcile import POLICIES, policy_named, reconcile_events
from tocsin.reconcile.policies import stated

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/figures.toml").read_text(encoding="utf-8"))["case"]
DAY = date(2020, 9, 1)


def _event(told: Sequence[Told], policy: str) -> Event:
    coded = coded_from(told)
    mentions = [mention.id for one in coded for mention in one.mentions]
    (event,) = reconcile_events(coded, {"e": mentions}, load_codebook(), policy=policy, copies=copies_from(told))
    return event


def _figure(told: Sequence[Told], policy: str) -> Figure:
    figure = _event(told, policy).figure("participants")
    assert figure is not None
    return figure


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_a_case(case: dict[str, Any]) -> None:
    told = [
        Told(
            f"d{claim.get('same', number)}",
            claim.get("low"),
            claim.get("high"),
            claim["publisher"],
            claim["day"],
            claim.get("by", ""),
            claim.get("kind", "other"),
            f"d{claim['copy']}" if "copy" in claim else "",
        )
        for number, claim in enumerate(case["claims"], 1)
    ]
    assert len(_figure(told, "median").heard) == case["voices"]
    for policy in POLICIES.keys() & case.keys():
        figure = _figure(told, policy)
        shown = ["-" if end is None else end for end in (figure.low, figure.best, figure.high)]
        assert shown == case[policy], policy
        assert figure.policy == POLICIES[policy]


def test_what_is_planned_or_refuted_is_no_figure_of_what_happened() -> None:
    told = [
        Told("a", 5000, 5000, modality="planned"),
        Told("b", 300, 300, publisher="B"),
        Told("c", 0, 0, modality="denied", by="police", kind="police"),
        Told("d", 900, 900, modality="denied", by="police", kind="police"),
    ]
    figure = _figure(told, "range")
    assert (figure.low, figure.high, figure.voices) == (0, 300, 2)
    assert _figure(told[:1], "range").best == 5000


def test_money_in_two_currencies_is_two_figures() -> None:
    told = [
        Told("a", 5, 5, attribute="amount", unit="USD"),
        Told("b", 7, 7, attribute="amount", unit="EUR"),
    ]
    assert [(f.unit, f.best) for f in _event(told, "median").figures] == [("EUR", 7), ("USD", 5)]


def test_a_publisher_weighs_what_its_figures_elsewhere_are_worth() -> None:
    told, events = [], {}
    for n in range(4):  # Good agrees with everyone elsewhere, Bad with no one
        figures = {"Good": 100, "One": 100, "Two": 100, "Bad": 900}
        told += [Told(f"{n}{name}", size, size, publisher=name) for name, size in figures.items()]
        events[f"e{n}"] = [f"{n}{name}/m0" for name in figures]
    told += [Told("x", 50, 50, publisher="Good"), Told("y", 80, 80, publisher="Bad")]
    events["here"] = ["x/m0", "y/m0"]
    found = {e.id: e for e in reconcile_events(coded_from(told), events, load_codebook(), policy="weighted")}
    figure = found["here"].figure("participants")
    assert figure is not None
    assert figure.best == 50


def test_what_a_publisher_weighs_for_an_event_does_not_hang_on_that_event() -> None:
    ends = {"A": (10, 10), "B": (20, 20), "C": (90, 90), "D": (15, 200)}  # A alone overlaps no other
    told = [Told(name, low, high, publisher=name) for name, (low, high) in ends.items()]
    assert _figure(told, "weighted").best == _figure(told, "median").best == 20


def test_a_rejected_mention_counts_nowhere() -> None:
    coded = coded_from([Told("a", 5, 5), Told("b", 9, 9, publisher="B")])
    events = {"e": ["a/m0", "b/m0"]}
    (event,) = reconcile_events(coded, events, load_codebook(), judgements={"b/m0": "reject"})
    assert event.mentions == ("a/m0",)
    assert [figure.high for figure in event.figures] == [5]
    assert reconcile_events(coded[1:], {"e": ["b/m0"]}, load_codebook(), judgements={"b/m0": "reject"}) == ()


def test_a_mention_of_no_event_is_one_by_itself() -> None:
    found = reconcile_events(coded_from([Told("a", 5, 5), Told("b", 9, 9)]), {"e": ["a/m0"]}, load_codebook())
    assert [event.id for event in found] == ["b/m0", "e"]


def test_an_unknown_rule_is_said() -> None:
    assert policy_named("median of voices") == "median"
    with pytest.raises(UsageError, match="policy 'mean'"):
        policy_named("mean")


# the laws

NUMBERS = st.one_of(st.integers(0, 1000), st.floats(0, 1e308, allow_nan=False), st.integers(0, 10**30))
ENDS = st.tuples(st.none() | NUMBERS, st.none() | NUMBERS).filter(lambda ends: ends != (None, None))
SPEAKERS = st.sampled_from(
    [
        ("", "other"),
        ("police", "police"),
        ("Minsk police", "police"),
        ("the ministry", "government"),
        ("interior ministry spokeswoman Olga Petrova", "government"),
        ("Petrova", "government"),
        ("she", "government"),
        ("a witness", "witness"),
        ("organisers", "organiser"),
        ("Wire", "media"),
    ]
)


@st.composite
def _tellings(draw: st.DrawFn) -> list[Told]:
    told = []
    for number in range(draw(st.integers(1, 7))):
        low, high = draw(ENDS)
        by, kind = draw(SPEAKERS)
        publisher = draw(st.sampled_from(["", "Wire", "Radio", "Post"]))
        day = DAY + timedelta(draw(st.integers(0, 3)))
        modality = draw(st.sampled_from(["occurred", "occurred", "ongoing", "denied", "planned"]))
        told.append(Told(f"d{number}", low, high, publisher, day, by, kind, modality=modality))
    return told


def _ends(told: Sequence[Told]) -> tuple[list[Number], list[Number]]:
    return (
        [min(end for end in (one.low, one.high) if end is not None) for one in told if one.low is not None],
        [max(end for end in (one.low, one.high) if end is not None) for one in told if one.high is not None],
    )


@settings(deadline=None)
@given(_tellings(), st.sampled_from(list(POLICIES)))
def test_every_figure_lies_within_its_claims(told: list[Told], policy: str) -> None:
    lows, highs = _ends(told)
    for figure in _event(told, policy).figures:
        named = [*lows, *highs]
        assert figure.low is None or figure.low >= min(lows)
        assert figure.high is None or figure.high <= max(highs)
        if figure.best is not None:
            assert min(named) <= figure.best <= max(named)
            assert figure.low is None or figure.low <= figure.best
            assert figure.high is None or figure.best <= figure.high
        assert (figure.voices == 0) <= (figure.best is None)
        assert figure.spread is None or figure.spread >= 0


@settings(deadline=None)
@given(_tellings(), st.data(), st.sampled_from(list(POLICIES)))
def test_a_reprint_moves_nothing(told: list[Told], data: st.DataObject, policy: str) -> None:
    number = data.draw(st.integers(0, len(told) - 1))
    original = told[number]
    reprint = replace(
        original,
        document="z",
        copy=original.document,
        publisher=data.draw(st.sampled_from(["", "Wire", "Radio", "Post", "Reprint Press"])),
        published=(original.published or DAY) + timedelta(data.draw(st.integers(0, 5))),
    )
    before, after = _event(told, policy), _event([*told, reprint], policy)
    assert (before.type, before.date, before.places, before.publishers) == (
        after.type,
        after.date,
        after.places,
        after.publishers,
    )
    for one, other in zip(before.figures, after.figures, strict=True):
        assert replace(one, heard=()) == replace(other, heard=())
        assert [voice.name for voice in one.heard] == [voice.name for voice in other.heard]


@settings(deadline=None)
@given(_tellings(), st.randoms(use_true_random=False), st.sampled_from(list(POLICIES)))
def test_the_order_of_documents_changes_nothing(told: list[Told], dice: Any, policy: str) -> None:
    before = _event(told, policy)
    dice.shuffle(told)
    assert _event(told, policy) == before


@settings(deadline=None)
@given(_tellings(), st.sampled_from(["median", "latest", "weighted"]))
def test_a_median_is_what_a_voice_states(told: list[Told], policy: str) -> None:
    for figure in _event(told, policy).figures:
        said = {stated(statement) for voice in figure.heard for statement in voice.statements}
        assert figure.best is None or figure.best in said


@settings(deadline=None)
@given(_tellings())
def test_conservative_is_never_above_another_rule(told: list[Told]) -> None:
    events = {policy: _event(told, policy) for policy in POLICIES}
    for careful in events["conservative"].figures:
        assert careful.best is not None
        for policy in POLICIES:
            best = next(f.best for f in events[policy].figures if f.attribute == careful.attribute)
            assert best is None or careful.best <= best


@settings(deadline=None)
@given(_tellings())
def test_no_claim_is_lost(told: list[Told]) -> None:
    for policy in POLICIES:
        kept = [c for f in _event(told, policy).figures for v in f.heard for s in v.statements for c in s.claims]
        assert len(kept) == len(set(kept))
        happened = any(one.modality in ("occurred", "ongoing") for one in told)
        counted = [one for one in told if one.modality in ("occurred", "ongoing")]
        if happened:
            assert len(kept) >= len(counted)
