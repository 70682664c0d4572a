"""What a place index knows of one place."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """One place on earth.

    Attributes:
        id: the GeoNames id, or 0 where it has none here.
        name: the index's main name.
        country: ISO 3166 two-letter code, or empty where it lies in several.
        admin1: code of the first-level region ("BY.03"), or None.
        lat, lon: WGS 84 degrees.
        feature: "settlement", "region", "county", "country" or "area".
        population: inhabitants, 0 where not known.
        main: whether it was found by its main name, not by another one.
    """

    id: int
    name: str
    country: str
    admin1: str | None
    lat: float
    lon: float
    feature: str
    population: int
    main: bool = True


class PlaceIndex(Protocol):
    """What the reading of places asks of an index."""

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Return the places of that name, the most populous first."""

    def lookup_key(self, key: str) -> tuple[Entry, ...]:
        """Return the places of a folded name, the most populous first."""

    def country(self, code: str) -> Entry | None:
        """Return a country by its ISO 3166 code."""

    def region(self, code: str) -> Entry | None:
        """Return a first-level region by its code ("US.TX")."""

    def capital(self, code: str) -> Entry | None:
        """Return the capital of a country by the country's code."""
