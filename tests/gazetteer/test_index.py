"""The place index that ships with the package."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.codebook.placenames import fold
from tocsin.errors import GazetteerError
from tocsin.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="module")
def index() -> Gazetteer:
    return open_gazetteer()


@pytest.mark.parametrize(
    ("name", "country", "main"),
    [
        ("Minsk", "BY", "Minsk"),
        ("MINSK", "BY", "Minsk"),
        ("Grodno", "BY", "Hrodna"),
        ("Bombay", "IN", "Mumbai"),
        ("Sao Paulo", "BR", "São Paulo"),
        ("St. Petersburg", "RU", "Saint Petersburg"),
        ("Ndjamena", "TD", "N'Djamena"),
        ("Łódź", "PL", "Łódź"),
        ("Lodz", "PL", "Łódź"),
    ],
)
def test_the_most_populous_bearer_of_a_name_comes_first(index: Gazetteer, name: str, country: str, main: str) -> None:
    first = next(entry for entry in index.lookup(name) if entry.feature == "settlement")
    assert (first.country, first.name) == (country, main)


def test_namesakes_are_all_there_by_size(index: Gazetteer) -> None:
    found = index.lookup("Springfield")
    assert {"US.IL", "US.MA", "US.MO", "US.OH"} <= {entry.admin1 for entry in found}
    assert [entry.population for entry in found] == sorted((entry.population for entry in found), reverse=True)


def test_a_county_lies_in_its_state(index: Gazetteer) -> None:
    texas = [entry for entry in index.lookup("Lamar County") if entry.admin1 == "US.TX"]
    assert [entry.feature for entry in texas] == ["county"]
    assert texas[0].lat == pytest.approx(33.7, abs=0.3)
    assert texas[0].lon == pytest.approx(-95.6, abs=0.3)


def test_countries_have_names_places_and_capitals(index: Gazetteer) -> None:
    assert len(index.country_codes()) == 250
    belarus, capital = index.country("BY"), index.capital("BY")
    assert belarus is not None and (belarus.name, belarus.feature) == ("Belarus", "country")
    assert capital is not None and capital.name == "Minsk"
    assert index.country("XX") is None
    assert index.capital("AQ") is None


def test_regions_are_found_by_code(index: Gazetteer) -> None:
    region = index.region("US.TX")
    assert region is not None and region.name == "Texas"
    assert index.region("US.XX") is None
    assert len(index.region_codes()) > 3000


def test_an_unknown_name_has_no_places(index: Gazetteer) -> None:
    assert index.lookup("Xqzwvub") == ()
    assert index.lookup("") == ()
    assert index.lookup("...") == ()


@given(st.text(max_size=60))
def test_any_name_can_be_asked_for(name: str) -> None:
    for entry in open_gazetteer().lookup(name):
        assert -90 <= entry.lat <= 90
        assert -180 <= entry.lon <= 180


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(("content", "problem"), [(b"", "opened"), (b"no index" * 40, "version")])
def test_a_file_that_is_no_index_is_named_in_the_error(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "places.bin"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match=problem) as caught:
        open_gazetteer(path)
    assert str(path) in str(caught.value)


def test_an_index_cut_short_is_refused(tmp_path: Path) -> None:
    import tocsin.gazetteer

    whole = (Path(tocsin.gazetteer.__file__).parent / "places.bin").read_bytes()
    path = tmp_path / "places.bin"
    path.write_bytes(whole[:-5])
    with pytest.raises(GazetteerError, match="cut short"):
        open_gazetteer(path)


def test_the_index_is_small() -> None:
    import tocsin.gazetteer

    assert (Path(tocsin.gazetteer.__file__).parent / "places.bin").stat().st_size < 20_000_000
