"""Sums that can be published: totals apart, nothing twice unsaid, unknown is not zero."""

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reconcile.conftest import Told, coded_from

from tocsin.codebook import load_codebook
from tocsin.datamodel import Event
from tocsin.errors import UsageError
from tocsin.gazetteer import open_gazetteer
from tocsin.reconcile import POLICIES, reconcile_events
from tocsin.reconcile.sensitivity import compare_policies
from tocsin.reconcile.sums import Sum, Sums, make_sums

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/sums.toml").read_text(encoding="utf-8"))["case"]
PEOPLE = {"detention": "affected", "demonstration": "participants"}


def _events(told: Sequence[Told], policy: str = "median") -> tuple[Event, ...]:
    coded = coded_from(told)
    alone = {mention.id: [mention.id] for one in coded for mention in one.mentions}
    return reconcile_events(coded, alone, load_codebook(), policy=policy)


def _sums(told: Sequence[Told], by: str = "type", **known: Any) -> Sums:
    return make_sums(_events(told), load_codebook(), open_gazetteer(), by=by, **known)


def _happening(number: int, told: dict[str, Any]) -> Told:
    kind, start = told.get("type", "detention"), told.get("from")
    return Told(
        f"d{number}",
        told.get("low"),
        told.get("high"),
        attribute=PEOPLE[kind],
        type=kind,
        scope=told.get("scope", "single"),
        modality=told.get("modality", "occurred"),
        start=start,
        end=told.get("to", start),
        precision=told.get("precision", "day"),
        place=told["place"],
        country=told.get("country", "BY"),
    )


def _shown(one: Sum) -> list[object]:
    high = "open" if one.open else one.high
    ends: list[object] = ["-" if end is None else end for end in (one.low, one.best, high)]
    return [*ends, one.events, one.counted]


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_a_case(case: dict[str, Any]) -> None:
    sums = _sums([_happening(n, told) for n, told in enumerate(case["happenings"])], case["by"])
    assert {f"{one.key} {one.type} {one.attribute}".strip(): _shown(one) for one in sums.sums} == case["sums"]
    apart = sorted(sums.apart, key=lambda one: one.event.id)
    assert [
        ["-" if end is None else end for end in (one.low, one.best, one.high)]
        + [one.singles.events, one.singles.counted]
        for one in apart
    ] == case["totals"]


def test_what_a_total_covers_may_be_known_better() -> None:
    told = [
        _happening(0, {"scope": "total", "place": "", "low": 10, "high": 10}),
        _happening(1, {"place": "", "low": 4, "high": 4}),
        _happening(2, {"place": "", "low": 3, "high": 3}),
    ]
    (total,) = _sums(told, covers={"d0/m0": ["d1/m0"]}).apart
    assert (total.covers, total.best) == (("d1/m0",), 6)


def test_a_series_holds_its_occurrences_and_is_no_sum_of_them() -> None:
    told = [
        _happening(0, {"scope": "series", "place": "", "low": 10, "high": 10}),
        _happening(1, {"place": "", "low": 4, "high": 4}),
    ]
    (series,) = _sums(told, covers={"d0/m0": ["d1/m0"]}).apart
    assert (series.covers, series.singles.best, series.best) == (("d1/m0",), 4, None)


def test_totals_that_share_days_and_places_name_each_other() -> None:
    days = [(date(2020, 8, 9), date(2020, 9, 1)), (date(2020, 9, 1), date(2020, 9, 20)), (date(2020, 10, 1), None)]
    told = [
        _happening(n, {"scope": "total", "from": first, "to": last, "place": place, "low": 9, "high": 9})
        for n, ((first, last), place) in enumerate(zip(days, ("Minsk", "Belarus", "Belarus"), strict=True))
    ]
    assert [one.overlaps for one in _sums(told).apart] == [("d1/m0",), ("d0/m0",), ()]


def test_a_happening_within_another_may_have_been_counted_twice() -> None:
    day = date(2020, 9, 13)
    told = [
        _happening(0, {"from": day, "place": "Belarus", "low": 700, "high": 700}),
        _happening(1, {"from": day, "place": "Minsk", "low": 400, "high": 400}),
        _happening(2, {"from": day, "place": "Minsk", "low": 30, "high": 30}),
        _happening(3, {"from": date(2020, 9, 14), "place": "Minsk", "low": 5, "high": 5}),
    ]
    sums = _sums(told)
    assert [(one.inner, one.outer) for one in sums.overlaps] == [("d1/m0", "d0/m0"), ("d2/m0", "d0/m0")]
    assert (sums.sums[0].best, sums.sums[0].twice) == (1135, 430)


def test_sums_by_anything_else_are_refused() -> None:
    with pytest.raises(UsageError, match="sums by 'week'"):
        _sums([], "week")


SEPTEMBER = {"from": date(2020, 9, 1), "to": date(2020, 9, 30)}
MINSK_DAY = {"from": date(2020, 9, 13), "place": "Minsk"}


def _floor(*told: dict[str, Any]) -> tuple[object, ...] | None:
    sums = _sums([_happening(number, {"high": one["low"]} | one) for number, one in enumerate(told)])
    (floor,) = sums.floors or (None,)
    return None if floor is None else (floor.low, len(floor.totals), floor.singles)


def test_a_floor_holds_a_total_or_what_it_covers_and_what_no_total_covers() -> None:
    total = {"low": 1000, "scope": "total", "place": "Belarus", **SEPTEMBER}
    inside, outside = {"low": 40, **MINSK_DAY}, {"low": 7, "from": date(2020, 10, 2), "place": "Minsk"}
    assert _floor(inside, outside) is None
    assert _floor(total, inside, outside) == (1007, 1, 1)
    assert _floor({**total, "low": 30}, inside, outside) == (47, 0, 2)


def test_of_totals_that_share_days_and_places_one_counts() -> None:
    total = {"low": 1000, "scope": "total", "place": "Belarus", **SEPTEMBER}
    assert _floor(total, {**total, "low": 1200, "from": date(2020, 9, 5)}) == (1200, 1, 0)
    later = {**total, "low": 300, "from": date(2020, 10, 1), "to": date(2020, 10, 31)}
    assert _floor(total, later) == (1300, 2, 0)


def test_a_total_that_tells_no_days_counts_alone_or_not_at_all() -> None:
    loose = {"low": 900, "scope": "total", "place": "Belarus", "from": None, "to": None, "precision": "none"}
    one = {"low": 40, **MINSK_DAY}
    assert _floor(loose, one) == (900, 1, 0)
    assert _floor({**loose, "low": 30}, one) == (40, 0, 1)


def test_the_events_that_move_a_sum_are_named_with_the_policies() -> None:
    told = [
        Told("a", 10, 10, "A", date(2020, 9, 1), "police", "police"),
        Told("b", 900, 900, "B", date(2020, 9, 2), "organisers", "organiser"),
        Told("c", 50, 60, "C", date(2020, 9, 1)),
    ]
    coded = coded_from(told)
    events = reconcile_events(coded, {"big": ["a/m0", "b/m0"], "small": ["c/m0"]}, load_codebook())
    (found,) = compare_policies(events, load_codebook(), open_gazetteer())
    assert {policy: one.best for policy, one in found.sums.items()} == {
        "range": 510,
        "conservative": 60,
        "median": 65,
        "latest": 955,
        "officials": 10,
        "organisers": 900,
        "weighted": 65,
    }
    assert [mover.event.id for mover in found.movers] == ["big", "small"]
    big = found.movers[0]
    assert (big.low, big.low_policy, big.high, big.high_policy) == (10, "conservative", 900, "latest")
    assert found.movers[1].without == ("officials", "organisers")


NUMBERS = st.none() | st.integers(0, 10**6)
HAPPENINGS = st.lists(
    st.fixed_dictionaries(
        {
            "low": NUMBERS,
            "high": NUMBERS,
            "scope": st.sampled_from(["single", "single", "total"]),
            "type": st.sampled_from(sorted(PEOPLE)),
            "from": st.none() | st.dates(date(2020, 9, 1), date(2020, 9, 9)),
            "place": st.sampled_from(["", "Minsk", "Brest", "Belarus"]),
        }
    ),
    max_size=8,
)


@settings(deadline=None)
@given(HAPPENINGS, st.sampled_from(list(POLICIES)), st.randoms(use_true_random=False))
def test_sums_hold_their_parts_whatever_the_key_and_the_order(
    happenings: list[dict[str, Any]], policy: str, dice: Any
) -> None:
    told = [_happening(n, one) for n, one in enumerate(happenings)]
    events = list(_events(told, policy))
    codebook, index = load_codebook(), open_gazetteer()
    whole = make_sums(events, codebook, index)
    singles = [event for event in events if event.scope == "single"]
    assert sum(one.events for one in whole.sums) == len(singles)
    for by in ("day", "place"):
        parts = make_sums(events, codebook, index, by=by)
        assert parts.apart == whole.apart
        for one in whole.sums:
            same = [part for part in parts.sums if part.type == one.type]
            assert sum(part.counted for part in same) == one.counted
            assert sum(part.best or 0 for part in same) == (one.best or 0)
    for one in whole.sums:
        assert one.unknown >= 0
        assert (one.counted == 0) == (one.best is None)
        if one.best is not None and one.low is not None:
            assert one.low <= one.best
            assert one.high is None or one.best <= one.high
            assert 0 <= one.twice <= one.best
    dice.shuffle(events)
    assert make_sums(events, codebook, index) == whole
