"""How long a page of events takes, chosen and counted by facets: a million claims.

python -m bench.speed.facets [CLAIMS]

The record is the one of `bench.speed.export`: 167,000 events of three mentions each. Pages are asked for as a reviewer
would: none to three terms at once, any order, while decisions come in between.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import quantiles

from bench.accuracy.rows import Row
from bench.speed.export import CLAIMS, KINDS, PLACES, TYPES, make_record
from tocsin.datamodel.where import Term, Where
from tocsin.facets import refresh_facets
from tocsin.store.facet_index import FacetView
from tocsin.store.record import Record, open_record

PAGES, DECISIONS = 400, 20
#: Milliseconds, 95 of 100 pages.
TARGET = 200.0


def measure(claims: int = CLAIMS) -> list[Row]:
    """Return how long pages take, and what is needed before them."""
    return list(_measured(claims))


def _measured(claims: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.tocsin"
        make_record(path, claims)
        with open_record(path) as record:
            begun = time.perf_counter()
            refresh_facets(record)
            made = time.perf_counter() - begun
            view, loaded = FacetView(), time.perf_counter()
            view.update(*record.changed_rows())
            loaded = time.perf_counter() - loaded
            data = f"{len(view.chosen(Where())):,} events, {claims:,} claims"
            pages, decided = _times(record, view, Random(5))
    yield Row("facets", data, "all rows made, seconds", made, None)
    yield Row("facets", data, "rows taken into memory, seconds", loaded, None)
    yield Row("facets", data, "page, p95 in ms, at most", quantiles(pages, n=20)[-1], TARGET)
    yield Row("facets", data, "page, longest in ms", max(pages), None)
    yield Row("facets", data, "page after a decision, p95 in ms, at most", quantiles(decided, n=20)[-1], TARGET)


def _times(record: Record, view: FacetView, dice: Random) -> tuple[list[float], list[float]]:
    """Return milliseconds for pages, and for pages right after a decision with what it changes."""
    pages: list[float] = []
    decided: list[float] = []
    events = sorted(record.events().items())
    for number in range(PAGES):
        after = number % (PAGES // DECISIONS) == 0
        if after:
            record.decide("accept", dice.choice(events)[1][0], reviewer="bench")
        where = Where(tuple(_term(dice) for _ in range(dice.randint(0, 3))))
        offset, order = dice.choice((0, 0, 50, 5000)), dice.choice(("day", "-day", "participants"))
        begun = time.perf_counter()
        if after:
            refresh_facets(record)
            view.update(*record.changed_rows(view.last))
        view.page(where, offset=offset, order=order)
        (decided if after else pages).append((time.perf_counter() - begun) * 1000)
    return pages, decided


def _term(dice: Random) -> Term:
    year = dice.randint(2015, 2024)
    return dice.choice(
        (
            Term("type", "=", (dice.choice(TYPES),)),
            Term("place", "=", (dice.choice(PLACES)[0],)),
            Term("publisher", "!=", (f"Paper {dice.randrange(60)}",)),
            Term("speaker", "=", (dice.choice(KINDS),)),
            Term("status", "=", ("open",)),
            Term("from", "=", (f"{year}-03-01",)),
            Term("participants", ">=", ("1000",)),
        )
    )


if __name__ == "__main__":
    for row in measure(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS):
        print(f"{row.data:36} {row.measure:42} {row.value:10.2f}  target {row.target}", flush=True)
