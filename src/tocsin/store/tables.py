"""Rows of large tables straight from the record's own, without a noun in between.

Tuples come in the order of the columns of `tocsin.export.tables`; a test holds them against rows made from nouns.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from tocsin.datamodel import CodedDocument
from tocsin.store.documents import current_keys, read_document
from tocsin.store.effective import read_effective
from tocsin.store.guard import clear_errors
from tocsin.store.record import Record

Row = tuple[Any, ...]
#: Documents of which rows are read at once: 200 take 5 MB, and more save no time.
DOCUMENTS = 200

_BETWEEN, _FROM = "; ", " < "

#: The codings in force of some documents, in the order of their keys.
_CODINGS = (
    "SELECT w.key AS position, c.id FROM json_each(?) AS w CROSS JOIN current_codings AS c ON c.document = w.value"
)
#: The mentions of some codings in order; `m` is the mention, `d` its document, `e` its event.
_MENTIONS = (
    "FROM json_each(?) AS w CROSS JOIN coding_mentions AS cm ON cm.coding = w.value "
    "CROSS JOIN mentions AS m ON m.id = cm.mention CROSS JOIN documents AS d ON d.id = m.document "
    "LEFT JOIN event_mentions AS e ON e.mention = m.id"
)
_ORDER = "ORDER BY w.key, cm.position"


def count_alone(record: Record) -> int:
    """Return how many current mentions were not put together into events yet, quickly where it is none."""
    with clear_errors(record.name):
        missing = "SELECT id FROM mentions WHERE id NOT IN (SELECT mention FROM event_mentions)"
        if record._database.execute(f"SELECT NOT EXISTS ({missing})").fetchone()[0]:
            return 0
        rows = record._database.execute(
            "SELECT count(*) FROM (SELECT id FROM current_mentions EXCEPT SELECT mention FROM event_mentions)"
        )
        return int(rows.fetchone()[0])


def holds_mentions(record: Record) -> bool:
    """Return whether any document of a record ever told of anything."""
    with clear_errors(record.name):
        return bool(record._database.execute("SELECT EXISTS (SELECT 1 FROM mentions)").fetchone()[0])


def document_ids(record: Record) -> dict[str, str]:
    """Return for each current mention the id of the document that tells it."""
    with clear_errors(record.name):
        rows = record._database.execute(
            "SELECT m.id, d.name FROM current_mentions AS now JOIN mentions AS m ON m.id = now.id "
            "JOIN documents AS d ON d.id = m.document"
        )
        return dict(rows)


def table_rows(record: Record, table: str, judgements: Mapping[str, str]) -> Iterator[list[Row] | CodedDocument]:
    """Yield batches of rows of a table, in the order of documents, then of mentions, then of parts.

    A document that a person decided about comes as it stands now instead of as rows of what was coded in it.

    Args:
        record: open.
        table: "mentions", "claims", "places", "quotes" or "documents".
        judgements: "accept" or "reject" by id of mention; what is rejected tells of no event.
    """
    read, database = _READERS[table], record._database
    with clear_errors(record.name):
        decided = _decided(database)
        keys = tuple(current_keys(database))
    for by_hand, run in groupby(keys, decided.__contains__):
        if by_hand:
            for key in run:
                with clear_errors(record.name):
                    coded = read_effective(database, key, read_document(database, key))
                yield coded
            continue
        same = list(run)
        for at in range(0, len(same), DOCUMENTS):
            with clear_errors(record.name):
                rows = read(database, same[at : at + DOCUMENTS], judgements)
            yield rows


def _decided(database: sqlite3.Connection) -> frozenset[str]:
    """Return the versions of documents about which, or about older ones of which, a decision stands."""
    rows = database.execute(
        "WITH RECURSIVE decided (id) AS (SELECT t.document FROM touches AS t JOIN standing USING (position) "
        "UNION SELECT d.id FROM documents AS d JOIN decided ON d.replaces = decided.id) SELECT id FROM decided"
    )
    return frozenset(row[0] for row in rows)


def _codings(database: sqlite3.Connection, keys: Sequence[str]) -> str:
    rows = database.execute(_CODINGS, (json.dumps(keys),)).fetchall()
    return json.dumps([coding for _, coding in sorted(rows)])


def _claims(database: sqlite3.Connection, keys: Sequence[str], judgements: Mapping[str, str]) -> list[Row]:
    # A million rows pass here: whole columns are worked on, not cells, and SQLite is spared a sort of wide rows.
    found = database.execute(
        "SELECT w.key, cm.position, c.position, c.id, m.id, coalesce(e.event, m.id), d.name, nullif(d.publisher, ''), "
        'd.published, m.type, c.attribute, c.low, c.high, c.approx, c.unit, c.quote, c.start, c."end", '
        f"s.quote, s.kind, c.hedge_quote, c.hedge_start, c.hedge_end {_MENTIONS} "
        "CROSS JOIN claims AS c ON c.mention = m.id LEFT JOIN speakers AS s ON s.claim = c.id AND s.position = 0",
        (_codings(database, keys),),
    ).fetchall()
    if not found:
        return []
    found.sort(key=itemgetter(0, 1, 2))
    columns: list[Any] = list(zip(*found, strict=True))[3:]
    claims, mentions = columns[0], columns[1]
    if judgements:
        columns[2] = [
            None if judgements.get(mention) == "reject" else event
            for mention, event in zip(mentions, columns[2], strict=True)
        ]
    columns[5] = list(map(_days(), columns[5]))
    columns[10] = list(map(bool, columns[10]))
    if nested := _nested(database, claims):
        columns[15] = [nested.get(claim, (said, None))[0] for claim, said in zip(claims, columns[15], strict=True)]
        columns[16] = [nested.get(claim, (None, kind))[1] for claim, kind in zip(claims, columns[16], strict=True)]
    return list(zip(*columns, strict=True))


def _nested(database: sqlite3.Connection, claims: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return the words and kinds of speakers of those claims that have more than one."""
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = database.execute(
        "SELECT s.claim, s.quote, s.kind FROM json_each(?) AS w CROSS JOIN speakers AS s ON s.claim = w.value "
        "WHERE EXISTS (SELECT 1 FROM speakers AS more WHERE more.claim = w.value AND more.position = 1) "
        "ORDER BY s.claim, s.position",
        (json.dumps(claims),),
    )
    for claim, quote, kind in rows:
        said[claim].append((quote, kind))
    return {
        claim: (_FROM.join(quote for quote, _ in held), _FROM.join(kind for _, kind in held))
        for claim, held in said.items()
    }


def _mentions(database: sqlite3.Connection, keys: Sequence[str], judgements: Mapping[str, str]) -> list[Row]:
    codings = _codings(database, keys)
    places = _by_mention(database, codings, "places", "p.name, p.country, p.admin1, p.lat, p.lon, p.geonameid")
    actors = _by_mention(database, codings, "actors", "p.role || ': ' || p.quote")
    demands = _by_mention(database, codings, "demands", "p.quote")
    evidence = _by_mention(database, codings, "evidence", 'p.quote, p.start, p."end", p.trigger_quote')
    day = _days()
    rows = []
    for row in database.execute(
        "SELECT m.id, coalesce(e.event, m.id), d.name, nullif(d.publisher, ''), d.published, m.type, m.form, "
        "m.modality, m.scope, m.date_start, m.date_end, m.date_precision, m.date_basis, m.means, cm.context "
        f"{_MENTIONS} {_ORDER}",
        (codings,),
    ):
        name = row[0]
        decision = judgements.get(name)
        held = places.get(name, ())
        first = next((place for place in held if place[3] is not None), None) or next(iter(held), (None,) * 6)
        rows.append(
            (
                name,
                None if decision == "reject" else row[1],
                *row[2:4],
                day(row[4]),
                *row[5:9],
                day(row[9]),
                day(row[10]),
                *row[11:13],
                *first,
                _BETWEEN.join([place[0] for place in held]) or None,
                _BETWEEN.join([words for (words,) in actors.get(name, ())]) or None,
                _BETWEEN.join([words for (words,) in demands.get(name, ())]) or None,
                _BETWEEN.join(json.loads(row[13])) or None,
                row[14],
                decision,
                *next(iter(evidence.get(name, ())), (None,) * 4),
            )
        )
    return rows


def _places(database: sqlite3.Connection, keys: Sequence[str], judgements: Mapping[str, str]) -> list[Row]:
    columns = 'p.mention, p.position, p.name, p.country, p.admin1, p.lat, p.lon, p.geonameid, p.quote, p.start, p."end"'
    return _parts(database, _codings(database, keys), "places", columns)


def _quotes(database: sqlite3.Connection, keys: Sequence[str], judgements: Mapping[str, str]) -> list[Row]:
    codings = _codings(database, keys)
    found: dict[str, list[Row]] = defaultdict(list)
    words = 'p.quote, p.start, p."end"'
    triggers = "p.trigger_quote, p.trigger_start, p.trigger_end"
    for row in _parts(database, codings, "evidence", f"p.mention, p.position, {words}, {triggers}"):
        mention, position = row[:2]
        found[mention].append((mention, None, "evidence", position, None, *row[2:5]))
        found[mention].append((mention, None, "trigger", position, None, *row[5:]))
    for row in _parts(database, codings, "actors", f"p.mention, NULL, 'actor', p.position, p.role, {words}"):
        found[row[0]].append(row)
    for row in _parts(database, codings, "demands", f"p.mention, NULL, 'demand', p.position, NULL, {words}"):
        found[row[0]].append(row)
    for row in database.execute(
        "SELECT cm.mention, c.id, 'speaker', s.position, s.kind, s.quote, s.start, s.\"end\" FROM json_each(?) AS w "
        "CROSS JOIN coding_mentions AS cm ON cm.coding = w.value CROSS JOIN claims AS c ON c.mention = cm.mention "
        "CROSS JOIN speakers AS s ON s.claim = c.id ORDER BY w.key, cm.position, c.position, s.position",
        (codings,),
    ):
        found[row[0]].append(row)
    order = database.execute(
        f"SELECT cm.mention FROM json_each(?) AS w CROSS JOIN coding_mentions AS cm ON cm.coding = w.value {_ORDER}",  # noqa: S608
        (codings,),
    )
    return [row for (mention,) in order for row in found.get(mention, ())]


def _documents(database: sqlite3.Connection, keys: Sequence[str], judgements: Mapping[str, str]) -> list[Row]:
    counts = dict(
        database.execute(
            "SELECT c.document, count(*) FROM json_each(?) AS w CROSS JOIN codings AS c ON c.id = w.value "
            "CROSS JOIN coding_mentions AS cm ON cm.coding = c.id GROUP BY c.document",
            (_codings(database, keys),),
        )
    )
    day = _days()
    rows = database.execute(
        "SELECT d.name, nullif(d.title, ''), nullif(d.publisher, ''), d.published, d.author, d.language, d.url, "
        "d.licence, k.first, nullif(d.text, ''), d.id FROM json_each(?) AS w CROSS JOIN documents AS d "
        "ON d.id = w.value LEFT JOIN copies AS k ON k.document = d.name ORDER BY w.key",
        (json.dumps(keys),),
    )
    return [(*row[:3], day(row[3]), *row[4:9], counts.get(row[10], 0), row[9]) for row in rows]


_READERS: Mapping[str, Callable[[sqlite3.Connection, Sequence[str], Mapping[str, str]], list[Row]]] = {
    "mentions": _mentions,
    "claims": _claims,
    "places": _places,
    "quotes": _quotes,
    "documents": _documents,
}


def _by_mention(database: sqlite3.Connection, codings: str, table: str, columns: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for name, *values in _parts(database, codings, table, f"p.mention, {columns}"):
        found[name].append(tuple(values))
    return found


def _parts(database: sqlite3.Connection, codings: str, table: str, columns: str) -> list[Row]:
    return database.execute(
        f"SELECT {columns} FROM json_each(?) AS w CROSS JOIN coding_mentions AS cm ON cm.coding = w.value "  # noqa: S608
        f"CROSS JOIN {table} AS p ON p.mention = cm.mention {_ORDER}, p.position",
        (codings,),
    ).fetchall()


def _days() -> Callable[[str | None], date | None]:
    """Return what reads days, each but once: many documents are of one day."""
    known: dict[str | None, date | None] = {None: None}

    def day(value: str | None) -> date | None:
        if value not in known:
            known[value] = date.fromisoformat(value or "")
        return known[value]

    return day
