"""What importing is handed by whoever joins the stages: numbers and places."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, hypot, radians

from tocsin.datamodel.claim import Number
from tocsin.datamodel.gazetteer import Entry, PlaceIndex
from tocsin.datamodel.readings import NumberReading

#: Kilometres from a row's own coordinates within which a place of that name is taken for the row's: towns of one name
#: are hardly ever nearer to each other, and coders put a city's point where they like.
NEAR_KM = 50
_KM_A_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class ImportTools:
    """How words are read.

    Attributes:
        size: what words and the name of a convention come to as the size of something, or None.
        places: the place index.
    """

    size: Callable[[str, str], NumberReading | None]
    places: PlaceIndex

    def read_size(self, words: str) -> NumberReading | None:
        """Return what words come to under the codebook's convention."""
        return self.size(words, "codebook")

    def comes_to(self, words: str, convention: str, low: Number | None, high: Number | None) -> bool:
        """Whether words come to an interval under a convention."""
        read = self.size(words, convention or "codebook")
        return read is not None and (read.low, read.high) == (low, high)

    def find_country(self, name: str) -> str | None:
        """Return the code of a country by its name or code, or None where it is not known."""
        if len(name) == 2 and self.places.country(name.upper()) is not None:
            return name.upper()
        return next((entry.country for entry in self.places.lookup(name) if entry.feature == "country"), None)

    def find_place(
        self, name: str, country: str, admin1: str | None, lat: float | None, lon: float | None
    ) -> Entry | None:
        """Return a place of a country by its name, or None where it is not known or lies elsewhere.

        Args:
            name: as the row has it.
            country: ISO code.
            admin1: name of the region, or None; of several places of one name the most populous in it is taken.
            lat, lon: where the row says that it lies, or None; then the nearest of that name is taken.
        """
        found = [entry for entry in self.places.lookup(name) if entry.country == country]
        if lat is not None and lon is not None:
            near = [(_kilometres(entry, lat, lon), number) for number, entry in enumerate(found)]
            distance, number = min(near, default=(NEAR_KM + 1.0, 0))
            return found[number] if distance <= NEAR_KM else None
        region = self._region(admin1, country) if admin1 else None
        within = [entry for entry in found if region is not None and entry.admin1 == region]
        return next(iter(within or found), None)

    def _region(self, name: str, country: str) -> str | None:
        """Return the code of a region by its name, or by the last part of its code ("MN")."""
        if self.places.region(f"{country}.{name}") is not None:
            return f"{country}.{name}"
        regions = [e for e in self.places.lookup(name) if e.country == country and e.feature == "region"]
        return regions[0].admin1 if regions else None


def _kilometres(entry: Entry, lat: float, lon: float) -> float:
    """Return how far a place lies from a point, near enough for short ways."""
    east = ((entry.lon - lon + 180) % 360 - 180) * cos(radians(lat))
    return hypot(entry.lat - lat, east) * _KM_A_DEGREE
