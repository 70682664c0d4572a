"""The place index: one read-only file, mapped into memory."""

import mmap
import struct
from bisect import bisect_left
from hashlib import blake2b
from importlib import resources
from pathlib import Path

from tocsin.codebook.placenames import fold
from tocsin.datamodel.gazetteer import Entry
from tocsin.errors import GazetteerError

#: The first bytes of an index, with the version of its layout.
MAGIC = b"TOCSINPLACES\x00\x00\x00\x01"
#: Sections in the order of the file, each with the code of its items (as in `struct`); "B" sections are text.
SECTIONS = (
    ("hashes", "I"),  # of every name, sorted; the low half of the name's digest
    ("checks", "H"),  # the next 16 bits of the digest, in the same order
    ("targets", "I"),  # number of the place, times two, plus one where the name is its main one
    ("ids", "I"),
    ("lats", "i"),  # degrees times 100,000
    ("lons", "i"),
    ("populations", "I"),
    ("regions", "H"),  # number of the region code, 0 for none
    ("countries", "B"),  # number of the country code
    ("features", "B"),
    ("name_starts", "I"),
    ("names", "B"),
    ("codes", "B"),  # lines: codes of countries and regions, place numbers of countries, of regions and of capitals
)
FEATURES = ("settlement", "region", "county", "country", "area")
HEADER = struct.Struct(f"<{len(MAGIC)}s{len(SECTIONS)}Q")
DEGREE = 100_000


def digest(key: str) -> tuple[int, int]:
    """Return the two halves of a folded name's digest: 32 bits to search by and 16 to check."""
    raw = blake2b(key.encode("utf-8", "replace"), digest_size=6).digest()
    return int.from_bytes(raw[:4], "little"), int.from_bytes(raw[4:], "little")


def _numbers(view: memoryview, code: str) -> "memoryview[int]":
    match code:
        case "I":
            return view.cast("I")
        case "H":
            return view.cast("H")
        case "i":
            return view.cast("i")
        case _:
            return view.cast("B")


class Gazetteer:
    """Places by name and by code.

    The chance that a name not in the index is taken for one that is: about 900,000 / 2**48.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise GazetteerError(str(path), f"cannot be opened ({error})", "install tocsin again") from error
        if len(self._map) < HEADER.size or self._map[: len(MAGIC)] != MAGIC:
            raise GazetteerError(str(path), "is no place index of this version", "install tocsin again")
        sizes = HEADER.unpack_from(self._map)[1:]
        if HEADER.size + sum(sizes) != len(self._map):
            raise GazetteerError(str(path), "is cut short or damaged", "install tocsin again")
        view, at = memoryview(self._map), HEADER.size
        section = {}
        for (name, code), size in zip(SECTIONS, sizes, strict=True):
            section[name] = _numbers(view[at : at + size], code)
            at += size
        self._hashes, self._checks, self._targets = section["hashes"], section["checks"], section["targets"]
        self._ids, self._lats, self._lons = section["ids"], section["lats"], section["lons"]
        self._populations, self._regions = section["populations"], section["regions"]
        self._countries, self._features = section["countries"], section["features"]
        self._name_starts, self._names = section["name_starts"], section["names"]
        lines = [line.split(",") for line in bytes(section["codes"]).decode("ascii").split("\n")]
        self._country_codes, self._region_codes = lines[0], lines[1]
        self._country_places = dict(zip(lines[0], map(int, lines[2]), strict=True))
        self._region_places = dict(zip(lines[1][1:], map(int, lines[3]), strict=True))
        self._capitals = {code: int(number) for code, number in zip(lines[0], lines[4], strict=True) if number}

    def __len__(self) -> int:
        """Return how many places the index holds."""
        return len(self._ids)

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Return the places that bear a name, by any spelling the index has, the most populous first."""
        return self.lookup_key(fold(name))

    def lookup_key(self, key: str) -> tuple[Entry, ...]:
        """Return the places of a name folded already (`codebook.placenames.fold`), the most populous first."""
        if not key:
            return ()
        hashed, check = digest(key)
        hashes, checks, targets = self._hashes, self._checks, self._targets
        at, found = bisect_left(hashes, hashed), []
        while at < len(hashes) and hashes[at] == hashed:
            if checks[at] == check:
                found.append(self._entry(targets[at] >> 1, bool(targets[at] & 1)))
            at += 1
        found.sort(key=lambda entry: -entry.population)
        return tuple(found)

    def country(self, code: str) -> Entry | None:
        """Return a country by its ISO 3166 two-letter code, or None."""
        number = self._country_places.get(code)
        return None if number is None else self._entry(number, True)

    def region(self, code: str) -> Entry | None:
        """Return a first-level region by its code ("US.TX"), or None."""
        number = self._region_places.get(code)
        return None if number is None else self._entry(number, True)

    def capital(self, code: str) -> Entry | None:
        """Return the capital of a country, or None."""
        number = self._capitals.get(code)
        return None if number is None else self._entry(number, True)

    def country_codes(self) -> tuple[str, ...]:
        """Return the codes of all countries, sorted."""
        return tuple(sorted(self._country_places))

    def region_codes(self) -> tuple[str, ...]:
        """Return the codes of all first-level regions, sorted."""
        return tuple(sorted(self._region_places))

    def _entry(self, number: int, main: bool) -> Entry:
        name = bytes(self._names[self._name_starts[number] : self._name_starts[number + 1]]).decode("utf-8")
        region = self._regions[number]
        return Entry(
            id=self._ids[number],
            name=name,
            country=self._country_codes[self._countries[number]],
            admin1=self._region_codes[region] if region else None,
            lat=self._lats[number] / DEGREE,
            lon=self._lons[number] / DEGREE,
            feature=FEATURES[self._features[number]],
            population=self._populations[number],
            main=main,
        )


def open_gazetteer(path: Path | None = None) -> Gazetteer:
    """Return the packaged place index, or the one at `path`.

    Raises:
        GazetteerError: the file is missing, damaged or of another version.
    """
    return Gazetteer(path or Path(str(resources.files("tocsin.gazetteer") / "places.bin")))
