"""Strikes in ILO terms: nothing missing is guessed."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reconcile.conftest import Told, coded_from

from tocsin.codebook import load_codebook
from tocsin.datamodel import Event
from tocsin.datamodel.lasting import working_days
from tocsin.reconcile import reconcile_events
from tocsin.reconcile.labour import labour_figures, sum_labour

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/labour.toml").read_text(encoding="utf-8"))["case"]


def _event(case: dict[str, Any], name: str = "a") -> Event:
    def told(attribute: str, ends: list[Any]) -> Told:
        low, high = (None if end == "-" else end for end in ends)
        return Told(
            name,
            low,
            high,
            published=case.get("published"),
            attribute=attribute,
            modality=case.get("modality", "occurred"),
            type=case.get("type", "strike"),
            start=case["from"],
            end=case.get("to"),
            precision=case.get("precision", "day"),
        )

    ends = [told("participants", case.get("workers", ["-", "-"]))]
    ends += [told("duration", case["duration"])] if "duration" in case else []
    coded = coded_from(ends)
    (event,) = reconcile_events(coded, {name: [m.id for one in coded for m in one.mentions]}, load_codebook())
    return event


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_a_case(case: dict[str, Any]) -> None:
    (found,) = labour_figures([_event(case)], load_codebook().figures)
    assert ["-" if end is None else end for end in found.days] == case["days"]
    assert ["-" if end is None else end for end in found.not_worked] == case["lost"]


def test_a_sum_says_how_many_it_knows_and_stays_open_where_one_is() -> None:
    rules = load_codebook().figures
    events = [_event(case, f"e{number}") for number, case in enumerate(CASES)]
    stoppages, other = sum_labour(labour_figures(events, rules), rules)
    assert (stoppages.workers.events, stoppages.workers.counted, stoppages.known) == (8, 7, 5)
    assert (stoppages.low, stoppages.high, stoppages.open) == (800 + 300 + 1000 + 250 + 12000, None, 2)
    assert (stoppages.disputes, other.disputes) == (8, 1)
    joined = sum_labour(labour_figures(events, rules), rules, disputes={"e1": "e0", "e2": "e0", "e8": "e0"})
    assert [one.disputes for one in joined] == [6, 1]
    assert (other.workers.best, other.known, other.low) == (10, 0, None)


def test_money_and_output_lost_stay_apart() -> None:
    told = [
        Told("a", 5, 5, attribute="amount", unit="USD", type="strike"),
        Told("a", 900, 900, attribute="output_loss", unit="Tonnes", type="strike"),
    ]
    events = reconcile_events(coded_from(told), {"e": ["a/m0", "a/m1"]}, load_codebook())
    rules = load_codebook().figures
    (stoppages, _) = sum_labour(labour_figures(events, rules), rules)
    assert [(one.attribute, one.unit, one.best) for one in stoppages.lost] == [
        ("amount", "USD", 5),
        ("output_loss", "tonnes", 900),
    ]


@settings(deadline=None)
@given(st.dates(date(2020, 1, 1), date(2020, 12, 1)), st.integers(0, 120), st.integers(0, 6))
def test_no_week_of_two_days_rest_leaves_fewer_working_days(first: date, length: int, rest: int) -> None:
    days = [date.fromordinal(first.toordinal() + n) for n in range(length + 1)]
    off = {rest, (rest + 1) % 7}
    if days[0].weekday() in off or days[-1].weekday() in off:
        return  # a stoppage begins and ends on a working day
    low, high = working_days((len(days), len(days)))
    worked = sum(day.weekday() not in off for day in days)
    assert low is not None
    assert low <= worked <= (high or 0)
