"""The tables of the record as pages: documents, mentions and claims; the rows are those that `tocsin export` writes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from tocsin.export import Row, Table
from tocsin.exporting.happenings import Chosen, choice_of
from tocsin.exporting.tables import RecordTables
from tocsin.report.words import name_words
from tocsin.store.record import Record
from tocsin.web.asked import TheDesk as D
from tocsin.web.desk import Desk, NotFoundError
from tocsin.web.render import render

router = APIRouter()

#: Rows on a page.
PAGE = 50

#: The columns that a page shows; exports have all. The first one leads to where the row is seen.
SHOWN: Mapping[str, tuple[str, ...]] = {
    "documents": ("title", "publisher", "published", "document", "mentions"),
    "mentions": ("type", "date_start", "date_end", "places", "modality", "scope", "publisher", "decision", "evidence"),
    "claims": ("attribute", "low", "high", "approx", "unit", "quote", "said_by", "type", "publisher", "published"),
}
_LOOKS = {"integer": "n", "number": "n", "date": "day"}

Lines = Annotated[str, Query(max_length=2000)]
Start = Annotated[int, Query(ge=0, le=10**7)]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: in words, and how it stands in its column: "n" for a number, "day", or nothing."""

    words: str
    look: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A page of a table.

    Attributes:
        name, what: of the table.
        columns: name, meaning and look of those shown.
        rows: address of each row, and its cells.
        start: how many rows come before.
        more: whether any come after.
        where: the choice of events whose rows are shown, as it is written.
    """

    name: str
    what: str
    columns: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    start: int
    more: bool
    where: str


def chosen_by(desk: Desk, where: str, *, policy: str = "median", convention: str = "codebook") -> Chosen:
    """Return what an export would be asked for.

    Raises:
        UsageError: what is written is no choice.
    """
    return Chosen(desk.settings, choice_of([where] if where.strip() else [], desk.settings), policy, convention)


def rows_of(record: Record, desk: Desk, name: str, where: str, start: int, limit: int) -> tuple[Table, list[Row]]:
    """Return a table and some of its rows, as an export of the same choice has them."""
    made = RecordTables(record, chosen_by(desk, where))
    rows: Iterator[Row] = chain.from_iterable(made.batches(name))
    return made.table(name), list(islice(rows, start, start + limit))


def table_view(record: Record, desk: Desk, name: str, where: str, start: int) -> TableView:
    """Return a page of a table.

    Raises:
        UsageError: what is written is no choice.
    """
    table, rows = rows_of(record, desk, name, where, start, PAGE + 1)
    places = [table.place(column) for column in SHOWN[name]]
    columns = [table.columns[place] for place in places]
    return TableView(
        name,
        table.what,
        tuple((column.name, column.what, _LOOKS.get(column.kind, "")) for column in columns),
        tuple(
            (
                _address(table, row),
                tuple(
                    Cell(_words(column.name, row[place]), _LOOKS.get(column.kind, ""))
                    for column, place in zip(columns, places, strict=True)
                ),
            )
            for row in rows[:PAGE]
        ),
        start,
        len(rows) > PAGE,
        where,
    )


def _page(name: str) -> None:
    """Give a table its two addresses: what people read, and what programs do."""

    def as_json(desk: D, where: Lines = "", start: Start = 0) -> dict[str, Any]:
        with desk.open() as record:
            table, rows = rows_of(record, desk, name, where, start, PAGE)
        return {"table": name, "rows": [dict(zip(table.names, row, strict=True)) for row in rows]}

    def as_page(request: Request, desk: D, where: Lines = "", start: Start = 0) -> HTMLResponse:
        with desk.open() as record:
            view = table_view(record, desk, name, where, start)
        return render(request, "table.html", view=view, page=PAGE)

    as_json.__name__, as_page.__name__ = f"{name}_json", f"{name}_page"
    router.get(f"/{name}.json")(as_json)
    router.get(f"/{name}", response_class=HTMLResponse)(as_page)


for _name in SHOWN:
    _page(_name)


@router.get("/named", response_class=RedirectResponse)
def named(desk: D, document: Annotated[str, Query(min_length=1, max_length=2000)]) -> RedirectResponse:
    """Lead to a document by what the collection calls it."""
    with desk.open() as record:
        if not record.versions(document):
            raise NotFoundError(f"document {document!r}", "is not in the record", "look for it in the table")
        key = record.document_key(document)
    return RedirectResponse(f"/documents/{quote(key, safe='')}", status_code=303)


def _address(table: Table, row: Row) -> str:
    name = quote(table.row_id(row), safe="")
    return f"/named?document={name}" if table.name == "documents" else f"/about/{name}"


def _words(column: str, value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "vague" if value else ""
        case int() | float():
            return f"{value:,}"
        case str() if column in ("type", "modality", "scope", "attribute"):
            table = {"type": "types", "modality": "modalities", "scope": "scopes", "attribute": "attributes"}[column]
            return name_words(table, value) or value
        case _:
            return str(value)
