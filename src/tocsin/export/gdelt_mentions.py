"""The record as GDELT 2.0 Mentions: one row a mention, with character offsets."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from urllib.parse import urlsplit

from tocsin.codebook.exports import ExportMapping, load_export
from tocsin.datamodel import Span
from tocsin.datamodel.happening import Happening, Telling
from tocsin.export.ledger import Ledger, left_out_telling
from tocsin.export.losses import Loss
from tocsin.export.mapped import Lookups, Mapped, MappedRow
from tocsin.export.seen import BETWEEN, why_not

#: Loaders take GLOBALEVENTID for a signed integer of 64 bits; 60 of the hash keep it positive.
_HEX_DIGITS = 15
#: What GDELT writes where words are not found in a text.
_NOWHERE = -1


def gdelt_mentions_rows(happenings: Iterable[Happening], lookups: Lookups) -> Iterator[MappedRow | Loss]:
    """Yield a row for each mention of what took place, with its losses after it, and a loss for each other one.

    Args:
        happenings: in the order of the rows.
        lookups: the user's codebook, and what places are.
    """
    mapping = load_export("gdelt-mentions", lookups.folder)
    for one in happenings:
        first = min((t.document.published for t in one.tellings if t.document.published), default=None)
        for telling in one.tellings:
            why = why_not(telling.mention, mapping, scopes=("single", "series", "total"))
            if why:
                yield left_out_telling(telling, why)
            else:
                yield from _row(one, telling, mapping, f"{first:%Y%m%d}000000" if first else None)


def event_number(event: str) -> int:
    """Return the number of an event by its id: the same on every machine, and positive in 64 bits."""
    return int(sha256(event.encode()).hexdigest()[:_HEX_DIGITS], 16)


def _row(one: Happening, telling: Telling, mapping: ExportMapping, first: str | None) -> Iterator[MappedRow | Loss]:
    mention, document = telling.mention, telling.document
    ledger = Ledger(
        one,
        mention.id,
        telling=telling,
        columns={"date": "EventTimeDate", "sentence": "ActionCharOffset", "actor": "Actor1CharOffset"},
        text=("MentionIdentifier", "MentionSourceName"),
    )
    roles = mapping.types[mention.type]
    published = f"{document.published:%Y%m%d}000000" if document.published else None
    site = urlsplit(document.url).hostname if document.url else None
    citation = BETWEEN.join(part for part in (document.publisher, document.title, document.id) if part)
    action = next((e.trigger for e in mention.evidence if e.trigger.placed), None)
    length = len(document.text)
    cells = dict.fromkeys(mapping.columns, mapping.missing or None)
    cells |= {
        "GLOBALEVENTID": event_number(one.event.id),
        "EventTimeDate": first,
        "MentionTimeDate": published,
        "MentionType": mapping.code("mention_type", "web" if document.url else "citation"),
        "MentionSourceName": site or document.publisher or document.id,
        "MentionIdentifier": document.url or citation,
        "Actor1CharOffset": _offset(_actor(telling, roles["first"], ledger)),
        "Actor2CharOffset": _offset(_actor(telling, roles["second"], ledger)),
        "ActionCharOffset": _offset(action),
        "InRawText": 1 if action is not None else 0,
        "MentionDocLen": length or None,
        "Extras": f"event={one.event.id};mention={mention.id};document={document.id};type={mention.type}",
    }
    if mention.date.start is not None:
        ledger.lose("EventTimeDate", f"first day of what happened: {mention.date.start}", "the first day it was told")
    ledger.hold("publisher" if not site else "url")
    ledger.hold("url")
    if not document.url:
        ledger.hold("title")
    yield cells
    yield from ledger.close(cells)


def _actor(telling: Telling, roles: str, ledger: Ledger) -> Span | None:
    """Return the words of the first actor of the first role that is told; their place is held, their words are not."""
    for role in roles.split():
        for actor in telling.mention.actors:
            if actor.role == role:
                words = " ".join(actor.span.quote.split())
                if actor.span.placed:
                    ledger.hold("actor", f"{role}: {words}")
                return actor.span
    return None


def _offset(span: Span | None) -> int:
    return span.start if span is not None and span.placed else _NOWHERE


GDELT_MENTIONS = Mapped(
    "gdelt-mentions", "GDELT 2.0 Mentions, one row a mention with character offsets", "tsv", gdelt_mentions_rows
)
