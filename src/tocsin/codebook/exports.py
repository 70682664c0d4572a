"""Others' codebooks as data: their columns, their codes for ours, and the countries as they number them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from tocsin.codebook.inflection import spread
from tocsin.codebook.tables import Faults, Table, read_table
from tocsin.codebook.types import Vocabulary, parse_types

#: On what a part of a mapping rests: a primary source, public code that loads the data, or memory.
MARKS = ("P", "S", "R")
#: Names of the tables of a mapping that are keyed by one of our closed lists.
_KEYED = ("kinds", "means", "forms", "roles", "modalities", "precisions", "responses")


@dataclass(frozen=True, slots=True)
class Band:
    """One class of a classified number.

    Attributes:
        code: what the target calls it.
        low, high: the numbers it covers, both ends within; `high` is None where it has no upper end.
    """

    code: str
    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class ExportMapping:
    """How happenings are told in one codebook of others.

    Attributes:
        columns: in the order of the target.
        missing: what the target writes where nothing is known.
        marks: for each part of the mapping on what it rests, one of `MARKS`.
        types: for each of our types that the target has, its codes by name.
        left_out: for each of our types that it has not, why.
        tables: small code lists by name, each from our word to the target's.
        words: lists by name, each from the target's code to the words that tell it, in lower case.
        bands: classes of numbers by name, in the order of the target.
    """

    columns: tuple[str, ...]
    missing: str
    marks: Mapping[str, str]
    types: Mapping[str, Mapping[str, str]]
    left_out: Mapping[str, str]
    tables: Mapping[str, Mapping[str, str]]
    words: Mapping[str, Mapping[str, frozenset[str]]]
    bands: Mapping[str, tuple[Band, ...]]

    def code(self, table: str, key: str) -> str | None:
        """Return the target's code for a word of ours, or None where it has none."""
        return self.tables[table].get(key)

    def band(self, table: str, number: float | None) -> str | None:
        """Return the class of a number, the first that covers it; None where none does or no number is known."""
        if number is None:
            return None
        fits = (b.code for b in self.bands[table] if b.low <= number and (b.high is None or number <= b.high))
        return next(fits, None)


@dataclass(frozen=True, slots=True)
class Country:
    """A country as others' records number and name it; None where they do not.

    Attributes:
        name, also: usual English names.
        iso3: ISO 3166 three letters.
        number: ISO 3166 number.
        cow, gw: codes of the Correlates of War and of Gleditsch and Ward.
        acled, mm, ged: the region that ACLED, Mass Mobilization and UCDP put it in.
        ged_name: its name in UCDP's data.
    """

    name: str
    also: str
    iso3: str
    number: int | None
    cow: int | None
    gw: int | None
    acled: str | None
    mm: str | None
    ged: str | None
    ged_name: str


@cache
def load_export(name: str, folder: Path | None = None) -> ExportMapping:
    """Return the mapping to one codebook of others, with a user's folder laid over it.

    Args:
        name: of the format; its table is `export_` and the name, with `_` for `-`.
        folder: the user's codebook, or None.

    Raises:
        CodebookError: with every fault of the table.
    """
    faults = Faults()
    vocabulary = parse_types(read_table("types", folder, faults))
    mapping = parse_export(read_table(f"export_{name.replace('-', '_')}", folder, faults), vocabulary)
    faults.raise_any()
    return mapping


@cache
def load_countries(folder: Path | None = None) -> Mapping[str, Country]:
    """Return the countries by ISO 3166 two-letter code.

    Raises:
        CodebookError: with every fault of the table.
    """
    faults = Faults()
    countries = {
        code: _country(entry) for code, entry in read_table("export_countries", folder, faults).tables().items()
    }
    faults.raise_any()
    return countries


def check_exports(folder: Path, vocabulary: Vocabulary, faults: Faults) -> None:
    """Note the faults of the tables for others' codebooks in a user's folder; files of other names are none."""
    packaged = resources.files("tocsin.codebook") / "data"
    for own in sorted(folder.glob("export_*.toml")):
        if not (packaged / own.name).is_file():
            continue
        table = read_table(own.stem, folder, faults)
        if own.stem == "export_countries":
            for entry in table.tables().values():
                _country(entry)
        else:
            parse_export(table, vocabulary)


def parse_export(table: Table, vocabulary: Vocabulary) -> ExportMapping:
    """Return the mapping of an export table; what is wrong is noted as faults."""
    table.known("columns", "missing", "marks", "lists", "types", "left_out", "tables", "words", "bands")
    columns = table.texts("columns")
    for column in sorted({column for column in columns if columns.count(column) > 1}):
        table.faults.add(f"{table.where} [columns]", f"{column!r} is there twice")
    marks = table.table("marks")
    lists = {name: table.table("lists").texts(name) for name in table.table("lists").raw}
    types, left_out = table.table("types"), table.table("left_out")
    types.known(*vocabulary.types)
    left_out.known(*(name for name in vocabulary.types if name not in types.raw))
    return ExportMapping(
        columns=columns,
        missing=table.text("missing", ""),
        marks={part: marks.one_of(part, MARKS) for part in marks.raw},
        types={name: _codes(entry, lists) for name, entry in types.tables().items()},
        left_out={name: left_out.text(name) for name in left_out.raw},
        tables={name: _codes(entry, lists, vocabulary) for name, entry in table.table("tables").tables().items()},
        words={name: _words(entry, name, lists) for name, entry in table.table("words").tables().items()},
        bands={name: _bands(entry, name, lists) for name, entry in table.table("bands").tables().items()},
    )


def _codes(
    entry: Table, lists: Mapping[str, tuple[str, ...]], vocabulary: Vocabulary | None = None
) -> Mapping[str, str]:
    """Return codes by key. A value must be of the target's closed list of the same name, where that is given."""
    name = entry.where.rsplit(".", 1)[-1].rstrip("]")
    if vocabulary is not None and name in _KEYED:
        entry.known(*_keys(name, vocabulary))
    allowed = {key: lists.get(key, lists.get(name, ())) for key in entry.raw}
    return {key: entry.one_of(key, allowed[key]) if allowed[key] else entry.text(key) for key in entry.raw}


def _keys(name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    match name:
        case "kinds":
            return vocabulary.speaker_kinds
        case "means":
            return vocabulary.means
        case "forms":
            return tuple(form for one in vocabulary.types.values() for form in one.forms)
        case "roles":
            return vocabulary.roles
        case "modalities":
            return vocabulary.modalities
        case "precisions":
            return vocabulary.precisions
        case _:
            return (*vocabulary.types, *vocabulary.means)


def _words(entry: Table, name: str, lists: Mapping[str, tuple[str, ...]]) -> Mapping[str, frozenset[str]]:
    if name in lists:
        entry.known(*lists[name])
    return {
        code: frozenset(" ".join(form) for word in entry.texts(code) for form in spread(word)) for code in entry.raw
    }


def _bands(entry: Table, name: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[Band, ...]:
    if name in lists:
        entry.known(*lists[name])
    found = []
    for code in entry.raw:
        ends = entry.numbers(code)
        if not 1 <= len(ends) <= 2:
            entry.faults.add(f"{entry.where}.{code}]", "must be one number or two, the lower one first")
        else:
            found.append(Band(code, ends[0], ends[1] if len(ends) == 2 else None))
    return tuple(found)


def _country(entry: Table) -> Country:
    entry.known("name", "also", "iso3", "number", "cow", "gw", "acled", "mm", "ged", "ged_name")
    name = entry.text("name")
    return Country(
        name=name,
        also=entry.text("also", name),
        iso3=entry.text("iso3"),
        number=_whole(entry, "number"),
        cow=_whole(entry, "cow"),
        gw=_whole(entry, "gw"),
        acled=entry.text("acled", "") or None,
        mm=entry.text("mm", "") or None,
        ged=entry.text("ged", "") or None,
        ged_name=entry.text("ged_name", name),
    )


def _whole(entry: Table, key: str) -> int | None:
    return int(entry.number(key)) if key in entry.raw else None
