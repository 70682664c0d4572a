"""Rows of all tables from happenings, as `tocsin.store.tables` has them from the record."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from tocsin.datamodel import Document
from tocsin.datamodel.happening import Happening, Telling
from tocsin.export.rows import claim_rows, document_row, figure_rows, mention_row, place_rows, quote_rows, relation_row
from tocsin.export.tables import Row

#: The rows of one mention, by table.
OF_TELLING: Mapping[str, Callable[[Telling], Iterable[Row]]] = {
    "mentions": lambda telling: (mention_row(telling),),
    "claims": claim_rows,
    "places": place_rows,
    "quotes": quote_rows,
}


def told_rows(table: str, happenings: Iterable[Happening], copies: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows of a table other than that of events, and of decisions, which happenings do not hold.

    Args:
        table: its name.
        happenings: each is looked at once.
        copies: for the id of a document that is a copy that of the first with the same words.
    """
    if table == "documents":
        yield from _documents(happenings, copies)
        return
    seen: set[Row] = set()
    for happening in happenings:
        if table == "figures":
            yield from figure_rows(happening.event)
        elif table == "relations":
            rows = [row for row in map(relation_row, happening.relations) if row not in seen]
            seen.update(rows)
            yield from rows
        else:
            for telling in happening.tellings:
                yield from OF_TELLING[table](telling)


def _documents(happenings: Iterable[Happening], copies: Mapping[str, str]) -> Iterator[Row]:
    told: dict[str, tuple[Document, int]] = {}
    for happening in happenings:
        for telling in happening.tellings:
            document = telling.document
            told[document.id] = (document, told.get(document.id, (document, 0))[1] + 1)
    for name, (document, mentions) in told.items():
        yield document_row(document, copy_of=copies.get(name), mentions=mentions)
