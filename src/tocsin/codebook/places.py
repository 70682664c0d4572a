"""Words about places: what the place index does not know, and what guards against false ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.codebook.tables import Table


@dataclass(frozen=True, slots=True)
class CountryWords:
    """What a country is called besides its name in the index.

    Attributes:
        name: the usual English name where the index has another, or empty.
        names: further names.
        people: adjectives and names of its people.
        capitals: capitals, and seats of government, whose names may stand for the government.
        centre: latitude and longitude, or empty where the outline's centre serves.
    """

    name: str
    names: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    centre: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RegionWords:
    """What a first-level region is called; `after` counts only behind a place and a comma ("Dallas, TX")."""

    name: str
    names: tuple[str, ...]
    after: tuple[str, ...]
    people: tuple[str, ...]
    centre: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """An area that is neither a country nor a first-level region; `country` is empty where it lies in several."""

    name: str
    names: tuple[str, ...]
    country: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class CityNames:
    """Further names of a city; `use` makes `name` the one given in answers."""

    name: str
    index_name: str
    country: str
    use: bool
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """All words about places; the last ones are sets of words that decide whether a name is a place at all."""

    countries: Mapping[str, CountryWords]
    regions: Mapping[str, RegionWords]
    areas: tuple[Area, ...]
    cities: tuple[CityNames, ...]
    words: Mapping[str, frozenset[str]]


#: The lists of place_words.toml; each is explained there.
WORD_LISTS = (
    "common",
    "phrases",
    "given_names",
    "surnames",
    "titles_before",
    "person_verbs",
    "person_nouns",
    "organisation_words",
    "organisation_starts",
    "organisations_before",
    "public_bodies",
    "venue_words",
    "water_words",
    "street_words",
    "parts_before",
    "parts_after",
    "place_prepositions",
    "strong_prepositions",
    "government_verbs",
    "settlement_nouns",
    "region_nouns",
    "connectors",
    "abbreviations",
    "at_a_place",
    "carrying_types",
    "carrying_types_nearby",
    "plain_names",
)


def parse_places(names: Table, guards: Table) -> PlaceWords:
    """Return the words of places.toml and place_words.toml; what is wrong is noted as faults."""
    names.known("countries", "regions", "areas", "cities")
    guards.known(*WORD_LISTS)
    countries = {}
    for code, row in names.table("countries").tables().items():
        row.known("name", "names", "people", "capitals", "centre")
        countries[code] = CountryWords(
            row.text("name", ""), row.texts("names"), row.texts("people"), row.texts("capitals"), row.numbers("centre")
        )
    regions = {}
    for code, row in names.table("regions").tables().items():
        row.known("name", "names", "after", "people", "centre")
        regions[code] = RegionWords(
            row.text("name", ""), row.texts("names"), row.texts("after"), row.texts("people"), row.numbers("centre")
        )
    areas = []
    for name, row in names.table("areas").tables().items():
        row.known("names", "country", "lat", "lon")
        areas.append(Area(name, row.texts("names"), row.text("country", ""), row.number("lat"), row.number("lon")))
    cities = []
    for name, row in names.table("cities").tables().items():
        row.known("is", "country", "use", "also")
        cities.append(CityNames(name, row.text("is"), row.text("country"), row.flag("use"), row.texts("also")))
    words = {key: frozenset(word for line in guards.texts(key) for word in line.split()) for key in WORD_LISTS}
    return PlaceWords(countries, regions, tuple(areas), tuple(cities), words)
