"""The words about places: whole, known to the index, open to a user's own."""

from pathlib import Path

import pytest

from tocsin.codebook import load_codebook
from tocsin.codebook.placenames import fold
from tocsin.errors import CodebookError
from tocsin.gazetteer import open_gazetteer

WORDS = load_codebook().places
INDEX = open_gazetteer()


def test_every_country_of_the_index_has_words_and_none_more() -> None:
    assert set(WORDS.countries) == set(INDEX.country_codes())


def test_every_region_and_city_named_is_in_the_index() -> None:
    assert [code for code in WORDS.regions if INDEX.region(code) is None] == []
    missing = [
        city.name
        for city in WORDS.cities
        if not any(e.country == city.country and e.feature == "settlement" for e in INDEX.lookup(city.index_name))
    ]
    assert missing == []


def test_areas_lie_on_earth_and_in_known_countries() -> None:
    for area in WORDS.areas:
        assert -90 <= area.lat <= 90
        assert -180 <= area.lon <= 180
        assert not area.country or INDEX.country(area.country) is not None


def test_word_lists_are_lower_case() -> None:
    for name, words in WORDS.words.items():
        assert words, name
        assert all(word == word.lower() for word in words), name


def test_a_user_s_folder_adds_names(tmp_path: Path) -> None:
    (tmp_path / "places.toml").write_text(
        '[areas]\n"Zone of Testing" = {country = "BY", lat = 53.0, lon = 27.0}\n'
        '[countries.BY]\n"names+" = ["Testland"]\n',
        encoding="utf-8",
    )
    places = load_codebook(tmp_path).places
    assert "Testland" in places.countries["BY"].names
    assert "Belorussia" in places.countries["BY"].names
    assert "Zone of Testing" in {area.name for area in places.areas}


def test_faults_name_file_and_key(tmp_path: Path) -> None:
    (tmp_path / "places.toml").write_text('[countries.BY]\nnames = "Belarus"\ncolour = "green"\n', encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(tmp_path)
    assert "names" in str(caught.value)
    assert "colour" in str(caught.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. John's", "Saint Johns"),
        ("Łódź", "Lodz"),
        ("N’Djaména", "N'Djamena"),
        ("Port-au-Prince", "Port au Prince"),
        ("Mount Vernon", "Mt. Vernon"),
        ("MINSK", "Minsk"),
        ("Trinidad and Tobago", "Trinidad & Tobago"),
    ],
)
def test_spellings_of_one_name_are_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)
