"""Places of running text, against cases a person wrote and against laws."""

import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.codebook import load_codebook
from tocsin.datamodel import PlaceReading
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.places import place_lexicon, places_on_the_map, read_places
from tocsin.gazetteer import open_gazetteer

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "places.toml").read_text(encoding="utf-8"))
SENTENCES = [line for part in CASES["sentences"].values() for line in part.strip().splitlines()]


@cache
def lexicon() -> PlaceLexicon:
    return place_lexicon(load_codebook().places, open_gazetteer())


def written(reading: PlaceReading, *, region: bool) -> str:
    """Write a reading as the cases do."""
    place = reading.best or reading.container
    assert place is not None
    kind = "" if reading.kind == "settlement" else f" {{{reading.kind}}}"
    return f"{reading.span.quote} = {place.name} {place.country}{f'/{place.admin1}' if region else ''}{kind}"


@pytest.mark.parametrize("line", SENTENCES)
def test_sentence(line: str) -> None:
    text, expected = line.split(" => ")
    wanted = [] if expected == "nothing" else expected.split(" | ")
    readings = read_places(text, lexicon())
    assert [reading.span.quote for reading in readings] == [one.split(" = ")[0] for one in wanted]
    found = [written(reading, region="/" in one.split(" = ")[1]) for reading, one in zip(readings, wanted, strict=True)]
    assert found == wanted


def test_there_are_as_many_cases_as_promised() -> None:
    assert len(SENTENCES) >= 200


def test_the_publisher_s_country_decides_between_namesakes() -> None:
    text = "Buses stood still in Birmingham."
    assert [r.best.country for r in read_places(text, lexicon()) if r.best] == ["GB"]
    text = "Trains stood still in Valencia."
    assert [r.best.country for r in read_places(text, lexicon(), publisher_country="ES") if r.best] == ["ES"]


def test_a_dateline_given_apart_decides_between_namesakes() -> None:
    for dateline, country in (("Beirut", "LB"), ("Benghazi", "LY")):
        readings = read_places("Tyres burned in Tripoli.", lexicon(), dateline=dateline)
        assert [r.best.country for r in readings if r.best] == [country]


def test_only_the_stretch_asked_for_is_read() -> None:
    text = "They met in Lyon. They met in Paris."
    assert [r.span.quote for r in read_places(text, lexicon(), start=18)] == ["Paris"]
    assert [r.span.quote for r in read_places(text, lexicon(), end=17)] == ["Lyon"]


def test_candidates_keep_their_scores_and_reasons() -> None:
    reading = read_places("Trains stood in Brest.", lexicon())[0]
    assert reading.best is not None
    assert reading.best.reasons
    assert {candidate.country for candidate in (reading.best, *reading.candidates)} >= {"BY", "FR"}
    assert reading.best.score >= max(candidate.score for candidate in reading.candidates)


def test_what_is_not_resolved_is_not_on_the_map() -> None:
    readings = read_places("Police fired in the village of Kostrava in Belarus.", lexicon())
    assert [r.span.quote for r in places_on_the_map(readings)] == ["Belarus"]


NAMES = st.sampled_from(
    ["Paris", "Brest", "St.", "U.S.", "Texas", ",", "in", "of", "MINSK", "-", "’s", "Belarus", "\n"]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(NAMES, max_size=40).map(" ".join)))
def test_any_text_is_read_and_every_quote_stands_in_it(text: str) -> None:
    last = 0
    for reading in read_places(text, lexicon()):
        assert text[reading.span.start : reading.span.end] == reading.span.quote
        assert reading.span.start >= last
        last = reading.span.end
        assert (reading.best is None) == (reading.kind == "unresolved")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Crowds marched in Sriperumbudur, India.", "Sriperumbudur"),
        ("Crowds marched in Prokopyevsk, Russia.", "Prokopyevsk"),
        ("Crowds marched in Zhodino, Belarus.", "Zhodzina"),
        ("Crowds marched in Córdoba, Argentina.", "Córdoba"),
    ],
)
def test_names_are_as_english_writes_them(text: str, name: str) -> None:
    best = read_places(text, lexicon())[0].best
    assert best is not None
    assert best.name == name


def test_small_namesakes_far_away_do_not_vouch_for_each_other() -> None:
    text = "Police in Lagos, Nigeria, held 24 people at Maroko and Panti. Crowds marched in Abuja and Kano."
    countries = {reading.best.country for reading in read_places(text, lexicon()) if reading.best is not None}
    assert countries == {"NG"}
