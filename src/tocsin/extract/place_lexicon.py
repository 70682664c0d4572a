"""The place index and the codebook's words about places, made ready for reading."""

import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property

from tocsin.codebook.placenames import fold
from tocsin.codebook.places import PlaceWords
from tocsin.datamodel.gazetteer import Entry, PlaceIndex

# Names of countries and regions that are words in lower case or initials must be printed with these very letters.
_EXACT_UP_TO = 4
# Names kept with their meaning; a text of any length asks for few different ones. Bounds memory at some 20 MB.
_KEPT = 20_000
# Marks of transliterations that English leaves out.
_TRANSLITERATION = str.maketrans("", "", "’‘ʼʻʹʾʿ`´")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name may mean: the places that bear it, and whether it names a people instead of a place."""

    entries: tuple[Entry, ...]
    people: bool = False


_NOTHING = Meaning(())


class PlaceLexicon:
    """Looks names up in the codebook's lists and in the index together.

    Args:
        words: the codebook's words about places.
        index: the place index.
    """

    def __init__(self, words: PlaceWords, index: PlaceIndex) -> None:
        self.index = index
        self.words = words.words
        self._exact: dict[str, list[Entry]] = {}
        self._folded: dict[str, list[Entry]] = {}
        self._people: dict[str, list[Entry]] = {}
        self._after: dict[str, Entry] = {}
        self._usual: dict[int, str] = {}
        self._moved: dict[int, Entry] = {}
        self._seats: dict[str, set[str]] = {}
        self._kept: dict[str, Meaning] = {}
        self._region_names: dict[str, str | None] = {}
        self._add_countries(words)
        self._add_regions(words)
        for area in words.areas:
            entry = Entry(0, area.name, area.country, None, area.lat, area.lon, "area", 0)
            for name in (area.name, *area.names):
                self._add(name, entry)
        for city in words.cities:
            self._add_city(city.name, city.index_name, city.country, city.use, city.also)

    def meaning(self, name: str) -> Meaning:
        """Return what a printed name may mean; no entries where it is not known."""
        found = self._kept.get(name)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[name] = self._meaning(name)
        return found

    def abbreviation(self, name: str) -> tuple[Entry, ...]:
        """Return what an abbreviation with its full stop means anywhere ("Calif."), or nothing."""
        return tuple(self._exact.get(name, ()))

    def region_after(self, name: str) -> Entry | None:
        """Return the region that an abbreviation means behind a place and a comma ("Dallas, TX")."""
        return self._after.get(name)

    def usual_name(self, entry: Entry) -> str:
        """Return the usual English name of today."""
        known = self._usual.get(entry.id) if entry.id else None
        if known is None and entry.country.lower() in self.words["plain_names"] and not entry.name.isascii():
            letters = unicodedata.normalize("NFKD", entry.name.translate(_TRANSLITERATION))
            return "".join(c for c in letters if not unicodedata.combining(c))
        return known or entry.name

    def region_name(self, code: str) -> str | None:
        """Return the usual English name of a first-level region by its code."""
        if code not in self._region_names:
            region = self.index.region(code)
            self._region_names[code] = self.usual_name(region) if region else None
        return self._region_names[code]

    @cached_property
    def capitals(self) -> frozenset[int]:
        """The GeoNames ids of all capitals."""
        found = (self.index.capital(code) for code in self._seats)
        return frozenset(entry.id for entry in found if entry is not None)

    def is_capital(self, entry: Entry) -> bool:
        """Whether a settlement's name may stand for its country's government."""
        if entry.feature != "settlement":
            return False
        return entry.id in self.capitals or fold(entry.name) in self._seats.get(entry.country, ())

    def _add_countries(self, words: PlaceWords) -> None:
        for code, country in words.countries.items():
            entry = self.index.country(code)
            if entry is None:
                continue
            if country.centre:
                entry = replace(entry, lat=country.centre[0], lon=country.centre[1])
            if country.name:
                self._usual[entry.id] = country.name
            for name in (entry.name, country.name, *country.names):
                self._add(name, entry)
                self._add(name.removeprefix("The ").removeprefix("the "), entry)
            for name in country.people:
                self._people.setdefault(name, []).append(entry)
            self._seats[code] = {fold(name) for name in country.capitals}

    def _add_regions(self, words: PlaceWords) -> None:
        for code, region in words.regions.items():
            entry = self.index.region(code)
            if entry is None:
                continue
            if region.centre:
                entry = replace(entry, lat=region.centre[0], lon=region.centre[1])
                self._moved[entry.id] = entry
            if region.name:
                self._usual[entry.id] = region.name
            for name in (region.name, *region.names):
                self._add(name, entry)
            for name in (*region.names, *region.after):
                self._after[name] = entry
            for name in region.people:
                self._people.setdefault(name, []).append(entry)

    def _add_city(self, name: str, index_name: str, country: str, use: bool, also: tuple[str, ...]) -> None:
        found = [e for e in self.index.lookup(index_name) if e.country == country and e.feature == "settlement"]
        if found:
            entry = replace(found[0], main=True)
            if use:
                self._usual[entry.id] = name
            for one in (name, *also):
                self._add(one, entry)

    def _add(self, name: str, entry: Entry) -> None:
        letters = name.replace(".", "")
        exact = "." in name or (letters.isupper() and len(letters) <= _EXACT_UP_TO)
        where = self._exact.setdefault(name, []) if exact else self._folded.setdefault(fold(name), [])
        if name and entry not in where:
            where.append(entry)

    def _meaning(self, name: str) -> Meaning:
        if name in self._people:
            return Meaning(tuple(self._people[name]), people=True)
        key = fold(name)
        listed = self._exact.get(name) or self._folded.get(key, [])
        if name.isupper() and len(name) > _EXACT_UP_TO and name.title() in self._people:
            return Meaning(tuple(self._people[name.title()]), people=True)
        if name.isupper() and len(name.replace(".", "")) <= 2:
            return Meaning(tuple(listed))
        found = self.index.lookup_key(key)
        if not found and not listed:
            return _NOTHING
        known = {entry.id for entry in listed if entry.id}
        others = [self._moved.get(e.id, e) for e in found if e.id not in known or e.id == 0]
        entries = (*listed, *(e for e in others if e.feature != "country" or not listed))
        if any(e.main and e.feature in ("country", "region") for e in entries):
            # "Mexico" and "Colorado" are other names of cities too; nobody prints them so.
            entries = tuple(e for e in entries if e.main or e.feature != "settlement")
        return Meaning(entries)
