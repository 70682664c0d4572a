"""Mentions to rows and back."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

from tocsin.datamodel import Actor, Claim, DateRange, Document, Evidence, Mention, Place, Span, Speaker
from tocsin.datamodel.claim import Number
from tocsin.datamodel.identity import claim_key, mention_key

#: What SQLite can hold as an integer; a number beyond is kept as a real, to 15 digits.
_LARGEST = 2**63 - 1


def write_mention(database: sqlite3.Connection, key: str, document: Document, mention: Mention) -> str:
    """Write a mention unless it is there; return its id.

    Args:
        database: within a transaction.
        key: id of the document's version.
        document: the text on which every quote is checked.
        mention: every span of it must stand in the text.

    Raises:
        SpanError: a quote is not the words there.
    """
    text = document.text
    name = mention_key(key, mention)
    when = mention.date
    fresh = database.execute(
        "INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            name,
            key,
            mention.type,
            mention.form,
            mention.modality,
            mention.scope,
            when.start and when.start.isoformat(),
            when.end and when.end.isoformat(),
            when.precision,
            when.basis,
            json.dumps(mention.means),
        ),
    ).rowcount
    if not fresh:
        return name
    database.executemany(
        "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(name, n, *_checked(text, e.sentence), *_checked(text, e.trigger)) for n, e in enumerate(mention.evidence)],
    )
    database.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (name, n, *_checked(text, p.span), p.name, p.country, p.admin1, p.lat, p.lon, p.geonameid)
            for n, p in enumerate(mention.places)
        ],
    )
    database.executemany(
        "INSERT INTO actors VALUES (?, ?, ?, ?, ?, ?)",
        [(name, n, a.role, *_checked(text, a.span)) for n, a in enumerate(mention.actors)],
    )
    database.executemany(
        "INSERT INTO demands VALUES (?, ?, ?, ?, ?)",
        [(name, n, *_checked(text, d)) for n, d in enumerate(mention.demands)],
    )
    for position, claim in enumerate(mention.claims):
        _write_claim(database, name, position, claim, text)
    return name


def read_mentions(database: sqlite3.Connection, coding: int, text: str) -> Iterator[Mention]:
    """Yield the mentions of one coding, each with its id in the record, every span checked against the text."""
    rows = database.execute(
        "SELECT m.*, c.context, c.event FROM coding_mentions AS c JOIN mentions AS m ON m.id = c.mention "
        "WHERE c.coding = ? ORDER BY c.position",
        (coding,),
    ).fetchall()
    for row in rows:
        yield _mention(database, row, text)


def read_mention(database: sqlite3.Connection, mention: str, text: str) -> Mention:
    """Return one mention, as the newest coding that has it tells it."""
    row = database.execute(
        "SELECT m.*, c.context, c.event FROM mentions AS m LEFT JOIN coding_mentions AS c ON m.id = c.mention "
        "WHERE m.id = ? ORDER BY c.coding DESC LIMIT 1",
        (mention,),
    ).fetchone()
    return _mention(database, row, text)


def _write_claim(database: sqlite3.Connection, mention: str, position: int, claim: Claim, text: str) -> None:
    name = claim_key(mention, position, claim)
    database.execute(
        "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            name,
            mention,
            position,
            claim.attribute,
            _number(claim.low),
            _number(claim.high),
            claim.approx,
            claim.unit,
            *_checked(text, claim.span),
            *_checked(text, claim.hedge),
        ),
    )
    database.executemany(
        "INSERT INTO speakers VALUES (?, ?, ?, ?, ?, ?)",
        [(name, n, s.kind, *_checked(text, s.span)) for n, s in enumerate(claim.said_by)],
    )


def _checked(text: str, span: Span | None) -> tuple[int, int, str] | tuple[None, None, None]:
    if span is None:
        return None, None, None
    Span.of(text, span.start, span.end, span.quote)
    return span.start, span.end, span.quote


def _number(value: Number | None) -> Number | None:
    return float(value) if value is not None and abs(value) > _LARGEST else value


def _mention(database: sqlite3.Connection, row: tuple[Any, ...], text: str) -> Mention:
    name, _, type_, form, modality, scope, start, end, precision, basis, means, context, event = row

    def rows(statement: str) -> list[tuple[Any, ...]]:
        return database.execute(f"{statement} WHERE mention = ? ORDER BY position", (name,)).fetchall()

    return Mention(
        id=name,
        type=type_,
        form=form,
        modality=modality,
        scope=scope,
        date=DateRange(_day(start), _day(end), precision, basis),
        places=tuple(
            Place(_span(text, r[0:3]), *r[3:])
            for r in rows('SELECT start, "end", quote, name, country, admin1, lat, lon, geonameid FROM places')
        ),
        actors=tuple(Actor(r[0], Span.of(text, *r[1:4])) for r in rows('SELECT role, start, "end", quote FROM actors')),
        claims=tuple(
            _claim(database, r, text)
            for r in rows(
                'SELECT id, attribute, low, high, approx, unit, start, "end", quote, hedge_start, hedge_end, '
                "hedge_quote FROM claims"
            )
        ),
        demands=tuple(Span.of(text, *r) for r in rows('SELECT start, "end", quote FROM demands')),
        means=tuple(json.loads(means)),
        context=context,
        event=event,
        evidence=tuple(
            Evidence(Span.of(text, *r[0:3]), Span.of(text, *r[3:6]))
            for r in rows('SELECT start, "end", quote, trigger_start, trigger_end, trigger_quote FROM evidence')
        ),
    )


def _claim(database: sqlite3.Connection, row: tuple[Any, ...], text: str) -> Claim:
    speakers = database.execute(
        'SELECT start, "end", quote, kind FROM speakers WHERE claim = ? ORDER BY position', (row[0],)
    )
    return Claim(
        attribute=row[1],
        low=row[2],
        high=row[3],
        approx=bool(row[4]),
        unit=row[5],
        span=Span.of(text, *row[6:9]),
        said_by=tuple(Speaker(Span.of(text, *r[0:3]), r[3]) for r in speakers.fetchall()),
        hedge=_span(text, row[9:12]),
        id=row[0],
    )


def _span(text: str, row: tuple[Any, ...]) -> Span | None:
    return None if row[0] is None else Span.of(text, *row)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
