"""How the rows of others' data sets are read: one mapping a data set, kept as data."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from tocsin.codebook.tables import Faults, Table, laid_over
from tocsin.codebook.types import Vocabulary
from tocsin.errors import CodebookError

#: Data sets whose rows are read by a mapping; "csv" is the user's own, with the packaged one as a template.
DATASETS = ("acled", "ccc", "mm", "maverick", "csv")
#: A column whose name ends so stands for several: `source_#` for source_1 to source_9.
MANY = "#"
#: What a cell of 0 means: that there were none, or that none are known (the field's usual 0).
ZEROS = ("none", "unknown")


@dataclass(frozen=True, slots=True)
class DateRule:
    """Where the days stand.

    Attributes:
        start, end: columns whose cells, joined by spaces, are a day; without `end` it is a happening of one day.
        formats: as in `datetime.strptime`; one without a day gives the month, one without a month the year.
        within: whether it was at some time between the two days, and did not last from the one to the other.
        precision: column of the precision, or empty.
        precisions: "day", "week", "month" or "year" by its cell.
    """

    start: tuple[str, ...]
    end: tuple[str, ...]
    formats: tuple[str, ...]
    within: bool
    precision: str
    precisions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """Where the place stands.

    Attributes:
        columns: of its name; the first that is known is taken.
        split: what parts several places of one cell, or empty.
        country: column of the country's name or code, or empty.
        code: the country's code where all rows have the same, or empty.
        countries: codes by names that the place index does not have.
        whole: cells that mean all of the country.
        admin1, lat, lon: columns, or empty.
    """

    columns: tuple[str, ...]
    split: str
    country: str
    code: str
    countries: Mapping[str, str]
    whole: frozenset[str]
    admin1: str
    lat: str
    lon: str


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """Where a number stands.

    Attributes:
        attribute: what it is a number of.
        words: column of the number in words or digits, or empty.
        after, until: the number stands in that cell after the one and before the other; empty: it is all of it.
        low, high: columns of the ends of the interval, or empty.
        convention: by which the data set reads its own words: where that gives its low and high, the words are taken.
        instead: column of the words to take where neither gives a number, or empty.
        zero: one of `ZEROS`.
        unit: as of a claim, or empty.
        said_by, kind: column of who is quoted for it, and which kind of speaker that is; both may be empty.
    """

    attribute: str
    words: str
    after: str
    until: str
    low: str
    high: str
    convention: str
    instead: str
    zero: str
    unit: str
    said_by: str
    kind: str


@dataclass(frozen=True, slots=True)
class ActorRule:
    """Who takes part.

    Attributes:
        columns: of names; with `MANY`, `by` is that of the same number.
        split: what parts several names of one cell, or empty.
        by: column that tells the role, or empty.
        roles: roles by its cell, in order; an empty one makes it no actor by this rule.
        within: whether a key may stand anywhere in that cell, as words.
        otherwise: the role where no key does, or empty for no actor.
    """

    columns: tuple[str, ...]
    split: str
    by: str
    roles: Mapping[str, str]
    within: bool
    otherwise: str


@dataclass(frozen=True, slots=True)
class MentionRule:
    """One happening that a row may tell.

    Attributes:
        name: what `context` calls it; of several rules of one name the first that fits is taken.
        columns: one of them names the happening.
        types: type, or type and form, by its cell.
        split: what parts several names of one cell, or empty.
        within: whether a key may stand anywhere in the cell, as words.
        otherwise: the type where a cell is known and no key fits, or empty.
        where: cells that some columns must have, one of those listed each.
        needs: attribute of which there must be a claim of one or more, or empty.
        context: name of the happening within which it happened, or empty.
        modality, scope, means: of the mention.
        claims, actors: of the mention; of several rules for one attribute the first that gives a number is taken.
        demands: columns of demands; `demands_split` parts several of one cell.
    """

    name: str
    columns: tuple[str, ...]
    types: Mapping[str, tuple[str, str | None]]
    split: str
    within: bool
    otherwise: tuple[str, str | None] | None
    where: Mapping[str, frozenset[str]]
    needs: str
    context: str
    modality: str
    scope: str
    means: tuple[str, ...]
    claims: tuple[ClaimRule, ...]
    actors: tuple[ActorRule, ...]
    demands: tuple[str, ...]
    demands_split: str


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """How the rows of one data set are read.

    Attributes:
        name: one of `DATASETS`.
        hash: 12 hexadecimal digits of the mapping's content.
        publisher: the data set, as which its rows are documents.
        language: of the rows, or None.
        id: column that names a row, or empty: a row is then named after its content.
        published: column of the day of publication, or empty.
        event: column of the key that rows of one event share, or empty.
        story: columns that tell the happening in sentences.
        missing: cells that mean that nothing is known, folded.
        date, place, mentions: what a row tells.
    """

    name: str
    hash: str
    publisher: str
    language: str | None
    id: str
    published: str
    event: str
    story: tuple[str, ...]
    missing: frozenset[str]
    date: DateRule
    place: PlaceRule
    mentions: tuple[MentionRule, ...]

    @property
    def coder(self) -> str:
        """Name under which the codings are stored."""
        return f"import {self.name} {self.hash}"


def fold_cell(cell: str) -> str:
    """Return a cell as cells are compared: small letters, single spaces."""
    return " ".join(cell.lower().split())


def template() -> str:
    """Return the packaged mapping of plain tables, with its comments, to be changed by the user."""
    return _packaged("csv")


def load_import(name: str, vocabulary: Vocabulary, own: Path | None = None) -> ImportMapping:
    """Return the mapping of a data set.

    Args:
        name: one of `DATASETS`.
        vocabulary: closed lists of the codebook.
        own: the user's file. For "csv" it is the mapping; for another data set it is laid over the packaged one.

    Raises:
        CodebookError: with every fault of the mapping.
    """
    faults = Faults()
    raw: dict[str, Any] = tomllib.loads(_packaged(name))
    if own is not None:
        try:
            written = tomllib.loads(own.read_text(encoding="utf-8"))
            raw = written if name == "csv" else laid_over(raw, written)
        except OSError as error:
            raise CodebookError(str(own), f"cannot be opened ({error.strerror})", "check its name") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CodebookError(str(own), f"is not TOML ({error})", "`tocsin import --template` prints one") from error
    mapping = parse_import(Table(raw, str(own) if own else f"import_{name}.toml", faults), vocabulary, name)
    faults.raise_any()
    return mapping


def parse_import(table: Table, vocabulary: Vocabulary, name: str) -> ImportMapping:
    """Return a mapping; what is wrong is noted as faults."""
    table.known("publisher", "language", "id", "published", "event", "story", "missing", "date", "place", "mentions")
    mentions = tuple(_mention(entry, vocabulary) for entry in _items(table, "mentions"))
    if not mentions:
        table.faults.add(f"{table.where} [mentions]", "must be there: what happening a row tells")
    for number, rule in enumerate(mentions):
        if rule.context and rule.context not in {before.name for before in mentions[:number]}:
            table.faults.add(f"{table.where} [mentions]", f"context {rule.context!r} is the name of none before it")
    return ImportMapping(
        name=name,
        hash=hashlib.sha256(repr(sorted(_flat(table.raw))).encode()).hexdigest()[:12],
        publisher=table.text("publisher"),
        language=table.text("language", "") or None,
        id=table.text("id", ""),
        published=table.text("published", ""),
        event=table.text("event", ""),
        story=table.texts("story"),
        missing=frozenset(map(fold_cell, ("", *table.texts("missing")))),
        date=_date(table.table("date"), vocabulary),
        place=_place(table.table("place")),
        mentions=mentions,
    )


def _date(table: Table, vocabulary: Vocabulary) -> DateRule:
    table.known("start", "end", "formats", "within", "precision", "precisions")
    precisions = table.table("precisions")
    return DateRule(
        start=table.texts("start"),
        end=table.texts("end"),
        formats=table.texts("formats"),
        within=table.flag("within"),
        precision=table.text("precision", ""),
        precisions={fold_cell(key): precisions.one_of(key, vocabulary.precisions) for key in precisions.raw},
    )


def _place(table: Table) -> PlaceRule:
    table.known("columns", "split", "country", "code", "countries", "whole", "admin1", "lat", "lon")
    countries = table.table("countries")
    return PlaceRule(
        columns=table.texts("columns"),
        split=table.text("split", ""),
        country=table.text("country", ""),
        code=table.text("code", ""),
        countries={fold_cell(key): countries.text(key) for key in countries.raw},
        whole=frozenset(map(fold_cell, table.texts("whole"))),
        admin1=table.text("admin1", ""),
        lat=table.text("lat", ""),
        lon=table.text("lon", ""),
    )


def _mention(table: Table, vocabulary: Vocabulary) -> MentionRule:
    table.known(
        "name", "columns", "types", "split", "within", "otherwise", "where", "needs", "context", "modality", "scope",
        "means", "claims", "actors", "demands", "demands_split",
    )  # fmt: skip
    types, where = table.table("types"), table.table("where")
    defaults = Table({"modality": "occurred", "scope": "single"} | dict(table.raw), table.where, table.faults)
    otherwise = table.text("otherwise", "")
    return MentionRule(
        name=table.text("name"),
        columns=table.texts("columns"),
        types={fold_cell(key): _type(types, key, types.text(key), vocabulary) for key in types.raw},
        split=table.text("split", ""),
        within=table.flag("within"),
        otherwise=_type(table, "otherwise", otherwise, vocabulary) if otherwise else None,
        where={column: frozenset(map(fold_cell, where.texts(column))) for column in where.raw},
        needs=table.one_of("needs", vocabulary.attributes) if "needs" in table.raw else "",
        context=table.text("context", ""),
        modality=defaults.one_of("modality", vocabulary.modalities),
        scope=defaults.one_of("scope", vocabulary.scopes),
        means=table.all_of("means", vocabulary.means),
        claims=tuple(_claim(entry, vocabulary) for entry in _items(table, "claims")),
        actors=tuple(_actor(entry, vocabulary) for entry in _items(table, "actors")),
        demands=table.texts("demands"),
        demands_split=table.text("demands_split", ""),
    )


def _type(table: Table, key: str, value: str, vocabulary: Vocabulary) -> tuple[str, str | None]:
    name, _, form = value.partition(" ")
    known = vocabulary.types.get(name)
    if known is None or (form and form not in known.forms):
        table.faults.add(f"{table.where}.{key}]", f"{value!r} is no type, or no type and form, of the codebook")
    return name, form or None


def _claim(table: Table, vocabulary: Vocabulary) -> ClaimRule:
    texts = ("words", "after", "until", "low", "high", "convention", "instead", "unit", "said_by")
    table.known("attribute", "zero", "kind", *texts)
    zero = Table({"zero": "unknown"} | dict(table.raw), table.where, table.faults).one_of("zero", ZEROS)
    given = {key: table.text(key, "") for key in texts}
    if not (given["words"] or given["low"] or given["high"]):
        table.faults.add(f"{table.where}]", "names no column of a number: words, low or high")
    return ClaimRule(
        attribute=table.one_of("attribute", vocabulary.attributes),
        zero=zero,
        kind=table.one_of("kind", vocabulary.speaker_kinds) if given["said_by"] else "",
        **given,
    )


def _actor(table: Table, vocabulary: Vocabulary) -> ActorRule:
    table.known("columns", "split", "by", "roles", "within", "otherwise")
    roles = table.table("roles")
    return ActorRule(
        columns=table.texts("columns"),
        split=table.text("split", ""),
        by=table.text("by", ""),
        roles={fold_cell(key): roles.one_of(key, vocabulary.roles) for key in roles.raw},
        within=table.flag("within"),
        otherwise=table.one_of("otherwise", vocabulary.roles) if "otherwise" in table.raw else "",
    )


def _items(table: Table, key: str) -> list[Table]:
    items = table.raw.get(key, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        table.faults.add(f"{table.where} [{key}]", f"must be a list of tables, written [[{key}]]")
        return []
    inner = f"{table.where}.{key}" if "[" in table.where else f"{table.where} [{key}"
    return [Table(item, f"{inner}.{number}", table.faults) for number, item in enumerate(items, 1)]


def _flat(value: object, at: str = "") -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        return [pair for key, item in value.items() for pair in _flat(item, f"{at}/{key}")]
    if isinstance(value, list | tuple):
        return [pair for number, item in enumerate(value) for pair in _flat(item, f"{at}/{number}")]
    return [(at, repr(value))]


def _packaged(name: str) -> str:
    return (resources.files("tocsin.codebook") / "data" / f"import_{name}.toml").read_text(encoding="utf-8")
