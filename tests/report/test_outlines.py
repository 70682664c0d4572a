"""The part of the world that a report shows."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.report.outlines import choose_view, cut_outlines

MINSK, GRODNO, BREST, SOCHI = (53.9, 27.6), (53.7, 23.8), (52.1, 23.7), (43.6, 39.7)
PLACES = st.lists(st.tuples(st.floats(-85, 85), st.floats(-180, 180), st.integers(1, 50)), min_size=1, max_size=20)


def names(topology: dict[str, Any]) -> set[str]:
    return {one["properties"]["name"] for one in topology["objects"]["countries"]["geometries"]}


def test_the_view_leaves_out_one_place_far_away_and_holds_the_rest() -> None:
    view = choose_view([(*MINSK, 30), (*GRODNO, 9), (*BREST, 3), (*SOCHI, 1)])
    assert all(view.holds(*place) for place in (MINSK, GRODNO, BREST))
    assert not view.holds(*SOCHI)


def test_places_all_over_the_world_give_the_world() -> None:
    view = choose_view([(53.9, 27.6, 5), (-33.4, -70.6, 5), (35.7, 139.7, 5)])
    assert view.radius is None
    assert {"Belarus", "Chile", "Japan", "New Zealand"} <= names(cut_outlines(view))


@given(PLACES)
def test_the_view_holds_nine_mentions_in_ten(places: list[tuple[float, float, int]]) -> None:
    view = choose_view(places)
    held = sum(count for lat, lon, count in places if view.holds(lat, lon))
    assert held >= 0.9 * sum(count for _, _, count in places)


@pytest.mark.parametrize(
    ("place", "country", "absent"),
    [
        ((53.9, 27.6), "Belarus", "Brazil"),
        ((-18.1, 178.4), "Fiji", "Belarus"),
        ((65.0, -173.0), "Russia", "Brazil"),
        ((-77.8, 166.7), "Antarctica", "Belarus"),
        ((1.3, 103.8), "Malaysia", "Belarus"),
    ],
)
def test_the_outlines_are_those_of_the_countries_around(place: tuple[float, float], country: str, absent: str) -> None:
    outlines = cut_outlines(choose_view([(*place, 1)]))
    assert country in names(outlines)
    assert absent not in names(outlines)
    assert len(json.dumps(outlines)) < 250_000


def test_every_arc_that_a_country_needs_is_there_and_no_other() -> None:
    outlines = cut_outlines(choose_view([(*MINSK, 1), (*BREST, 1)]))
    used: set[int] = set()

    def collect(arcs: Any) -> None:
        if isinstance(arcs, list):
            for arc in arcs:
                collect(arc)
        else:
            used.add(arcs if arcs >= 0 else ~arcs)

    for country in outlines["objects"]["countries"]["geometries"]:
        collect(country["arcs"])
    assert used == set(range(len(outlines["arcs"])))


def test_no_places_give_the_world_and_no_error() -> None:
    assert choose_view([]).radius is None
