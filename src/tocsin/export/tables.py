"""The tables of an export: what each holds, a row each, and what its columns mean.

A row is a tuple of values in the order of the columns; None is what is not known. The record's store gives rows in the
same order, so that large tables need no objects in between.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

TEXT, INTEGER, NUMBER, BOOLEAN, DAY, TIME = KINDS = ("string", "integer", "number", "boolean", "date", "datetime")

#: Attributes whose values have a currency or a unit (codebook, section 4).
WITH_UNIT = ("amount", "output_loss")

Value = str | int | float | bool | date | datetime | None
Row = tuple[Value, ...]
#: Rows come in batches, so that no table is ever held whole.
Batch = Sequence[Row]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: in every format.
        kind: one of `KINDS`, named as in a Table Schema.
        what: it holds, in one line.
        refers: the table that its values are keys of, or "".
    """

    name: str
    kind: str
    what: str
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: of the table and its file.
        what: it holds, in one line.
        columns: in order.
        key: the columns that name a row, all of which are known where there is one.
    """

    name: str
    what: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def place(self, column: str) -> int:
        """Return where a column stands in a row, from 0."""
        return self.names.index(column)

    def row_id(self, row: Row) -> str:
        """Return what a row is called in reports about it."""
        return " ".join(str(value) for name in self.key if (value := row[self.place(name)]) is not None)


def _columns(*columns: tuple[str, str, str] | tuple[str, str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*column) for column in columns)


_DAYS = _columns(
    ("date_start", DAY, "first day; empty where not known"),
    ("date_end", DAY, "last day; empty where not known or still going on"),
    ("date_precision", TEXT, "day (it lasted from start to end); week, month, year (at some time within); none"),
)
_PLACE = _columns(
    ("place", TEXT, "usual English name of the first place with coordinates, or of the first place"),
    ("country", TEXT, "of that place, ISO 3166 two letters"),
    ("admin1", TEXT, "first-level region of that place"),
    ("lat", NUMBER, "latitude of that place, WGS 84 degrees"),
    ("lon", NUMBER, "longitude of that place, WGS 84 degrees"),
    ("geonameid", INTEGER, "of that place in GeoNames"),
)
_PLACES = ("places", TEXT, "names of all places, parted by semicolons")


def event_table(attributes: Iterable[str]) -> Table:
    """Return the table of events, with columns for the figure of each attribute of the codebook."""
    figures = [
        column
        for name in attributes
        for column in _columns(
            (f"{name}_low", NUMBER, f"{name}: low end of the figure; empty where open or not told"),
            (f"{name}_best", NUMBER, f"{name}: what the policy picks"),
            (f"{name}_high", NUMBER, f"{name}: high end of the figure; empty where open or not told"),
            (f"{name}_voices", INTEGER, f"{name}: independent voices that the policy goes by"),
            *((f"{name}_unit", TEXT, f"{name}: its currency or unit"),) * (name in WITH_UNIT),
        )
    ]
    return Table(
        "events",
        "happenings, each with what its claims come to",
        (
            *_columns(
                ("event", TEXT, "id; stays the same from export to export"),
                ("type", TEXT, "what happened, by the codebook"),
                ("scope", TEXT, "single, series or total; a total is never to be added to what it covers"),
                ("modality", TEXT, "occurred, ongoing, planned, denied or hypothetical"),
                ("status", TEXT, "accepted where a reviewer accepted a mention of it, else open"),
            ),
            *_DAYS,
            *_PLACE,
            *_columns(
                ("place_precision", TEXT, "what it is: settlement, or county, region, country, area at its middle"),
                _PLACES,
                ("mentions", INTEGER, "how many mentions tell of it, rejected ones left out"),
                ("documents", INTEGER, "how many documents tell of it, reprints too"),
                ("publishers", TEXT, "who tells of it, reprints left out, parted by semicolons"),
                ("told", DAY, "last day of publication of those that tell of it"),
            ),
            *figures,
            *_columns(
                ("policy", TEXT, "rule by which claims become figures"),
                ("convention", TEXT, "what vague numbers come to"),
            ),
        ),
        ("event",),
    )


FIGURES = Table(
    "figures",
    "what the claims of each event come to, a row each attribute and unit",
    _columns(
        ("event", TEXT, "the event", "events"),
        ("attribute", TEXT, "what is counted"),
        ("unit", TEXT, "currency or unit; empty for people and places"),
        ("low", NUMBER, "low end; empty where open"),
        ("best", NUMBER, "what the policy picks; empty where it finds no voice to go by"),
        ("high", NUMBER, "high end; empty where open"),
        ("voices", INTEGER, "independent voices that the policy goes by"),
        ("heard", INTEGER, "independent voices in all"),
        ("policy", TEXT, "rule by which claims become figures"),
    ),
    ("event", "attribute", "unit"),
)

RELATIONS = Table(
    "relations",
    "what events that are not one are to each other",
    _columns(
        ("kind", TEXT, "covers, series, within, dispute or custody"),
        ("holder", TEXT, "the event that covers, was first or came before"),
        ("member", TEXT, "the event that is covered, came later or happened within"),
        ("reason", TEXT, "what it follows from"),
    ),
    ("kind", "holder", "member"),
)

MENTIONS = Table(
    "mentions",
    "happenings as one document tells them",
    (
        *_columns(
            ("mention", TEXT, "id"),
            ("event", TEXT, "the event it tells of; empty where a reviewer rejected it", "events"),
            ("document", TEXT, "the document that tells it", "documents"),
            ("publisher", TEXT, "of the document"),
            ("published", DAY, "day of publication of the document, never taken for the day of the happening"),
            ("type", TEXT, "what happened, by the codebook"),
            ("form", TEXT, "form of the type"),
            ("modality", TEXT, "occurred, ongoing, planned, denied or hypothetical"),
            ("scope", TEXT, "single, series or total"),
        ),
        *_DAYS,
        *_columns(("date_basis", TEXT, "stated, relative, context or none")),
        *_PLACE,
        *_columns(
            _PLACES,
            ("actors", TEXT, "role and words of each, parted by semicolons"),
            ("demands", TEXT, "what participants want, in the document's words, parted by semicolons"),
            ("means", TEXT, "of force or riot, parted by semicolons"),
            ("context", TEXT, "the mention within or because of which it happened"),
            ("decision", TEXT, "accept or reject, where a reviewer judged it"),
            ("evidence", TEXT, "the first sentence that tells of it"),
            ("evidence_start", INTEGER, "code points of the document's text before that sentence"),
            ("evidence_end", INTEGER, "code points up to its end"),
            ("trigger", TEXT, "the words in that sentence that name the happening"),
        ),
    ),
    ("mention",),
)

CLAIMS = Table(
    "claims",
    "values that documents give, each with its quote and who says so",
    _columns(
        ("claim", TEXT, "id"),
        ("mention", TEXT, "the mention it belongs to", "mentions"),
        ("event", TEXT, "the event of that mention; empty where a reviewer rejected it", "events"),
        ("document", TEXT, "the document that gives it", "documents"),
        ("publisher", TEXT, "of the document"),
        ("published", DAY, "day of publication of the document"),
        ("type", TEXT, "of the mention"),
        ("attribute", TEXT, "what the value counts"),
        ("low", NUMBER, "low end of what the words support; empty where open"),
        ("high", NUMBER, "high end of what the words support; empty where open"),
        ("approx", BOOLEAN, "whether the words are vague"),
        ("unit", TEXT, "currency or unit; empty for people and places"),
        ("quote", TEXT, "the words"),
        ("quote_start", INTEGER, "code points of the document's text before them"),
        ("quote_end", INTEGER, "code points up to their end"),
        ("said_by", TEXT, "who says so, outermost first: a < b is a, who has it of b; empty: the document itself"),
        ("said_by_kind", TEXT, "what each of them is"),
        ("hedge", TEXT, "the words that weaken it"),
        ("hedge_start", INTEGER, "code points before them"),
        ("hedge_end", INTEGER, "code points up to their end"),
    ),
    ("claim",),
)

PLACES = Table(
    "places",
    "all places of mentions",
    _columns(
        ("mention", TEXT, "the mention", "mentions"),
        ("position", INTEGER, "among the places of the mention, from 0"),
        ("name", TEXT, "usual English name of today"),
        ("country", TEXT, "ISO 3166 two letters"),
        ("admin1", TEXT, "first-level region"),
        ("lat", NUMBER, "latitude, WGS 84 degrees"),
        ("lon", NUMBER, "longitude, WGS 84 degrees"),
        ("geonameid", INTEGER, "in GeoNames"),
        ("quote", TEXT, "the words; empty where the place is taken over from another mention"),
        ("quote_start", INTEGER, "code points of the document's text before them"),
        ("quote_end", INTEGER, "code points up to their end"),
    ),
    ("mention", "position"),
)

QUOTES = Table(
    "quotes",
    "all other words that mentions and claims stand on, with their place in the text",
    _columns(
        ("mention", TEXT, "the mention", "mentions"),
        ("claim", TEXT, "the claim that they belong to, where they name its speaker", "claims"),
        ("part", TEXT, "evidence, trigger, actor, demand or speaker"),
        ("position", INTEGER, "among those of its part, from 0; speakers outermost first"),
        ("kind", TEXT, "role of an actor, kind of a speaker"),
        ("quote", TEXT, "the words"),
        ("quote_start", INTEGER, "code points of the document's text before them"),
        ("quote_end", INTEGER, "code points up to their end"),
    ),
    ("mention", "claim", "part", "position"),
)

DOCUMENTS = Table(
    "documents",
    "published texts, those too that tell of nothing",
    _columns(
        ("document", TEXT, "id"),
        ("title", TEXT, "headline"),
        ("publisher", TEXT, "outlet"),
        ("published", DAY, "day of publication"),
        ("author", TEXT, "byline"),
        ("language", TEXT, "BCP 47 tag"),
        ("url", TEXT, "where it was published"),
        ("licence", TEXT, "terms of the text"),
        ("copy_of", TEXT, "the first document with the same words, where it is a reprint"),
        ("mentions", INTEGER, "how many happenings it tells of"),
        ("text", TEXT, "the text on which all quotes stand"),
    ),
    ("document",),
)

DECISIONS = Table(
    "decisions",
    "what reviewers judged, in the order in which they did",
    _columns(
        ("decision", TEXT, "id"),
        ("kind", TEXT, "what was judged"),
        ("subject", TEXT, "id of what it is about"),
        ("object", TEXT, "id of the other side, or the new value"),
        ("reviewer", TEXT, "who judged"),
        ("reason", TEXT, "why"),
        ("at", TIME, "when, UTC"),
        ("undone", BOOLEAN, "whether it was taken back"),
    ),
    ("decision",),
)

CHANGES = Table(
    "changes",
    "rows that an earlier export does not have, has otherwise, or has alone",
    _columns(
        ("table", TEXT, "where"),
        ("row", TEXT, "the key of the row"),
        ("change", TEXT, "added, changed or gone"),
        ("columns", TEXT, "what changed, parted by semicolons"),
    ),
    ("table", "row"),
)


def tables_of(attributes: Iterable[str]) -> dict[str, Table]:
    """Return all tables of a record by name, in the order of a package."""
    every = (event_table(attributes), FIGURES, RELATIONS, MENTIONS, CLAIMS, PLACES, QUOTES, DOCUMENTS, DECISIONS)
    return {table.name: table for table in every}
