"""A mention, and a claim of it, as flat rows for a table."""

from collections.abc import Iterator

from tocsin.datamodel import Claim, Document, Mention
from tocsin.datamodel.identity import claim_key

Value = str | int | float | bool | None
Row = dict[str, Value]

#: Columns of a mention; they are the first of every row.
MENTION_COLUMNS = (
    "document", "publisher", "title", "published", "url",
    "mention", "type", "form", "modality", "scope",
    "date_start", "date_end", "date_precision", "date_basis",
    "place", "country", "admin1", "lat", "lon", "geonameid", "place_quote", "place_start", "place_end", "places",
    "actors", "demands", "means", "context", "decision",
    "evidence", "evidence_start", "evidence_end", "trigger",
)  # fmt: skip

#: Columns of a claim, empty where a mention has none.
CLAIM_COLUMNS = (
    "claim", "attribute", "low", "high", "approx", "unit", "quote", "quote_start", "quote_end",
    "said_by", "said_by_kind", "hedge",
)  # fmt: skip

#: Between several values of one cell.
BETWEEN = "; "
#: Between a speaker and that speaker's own source, outermost first.
FROM = " < "


def mention_row(document: Document, mention: Mention, decision: str | None) -> Row:
    """Return the columns of a mention.

    Args:
        document: that tells it.
        mention: with its id in the record.
        decision: "accept", "reject", or None where no one judged it.
    """
    first = next((place for place in mention.places if place.lat is not None), None) or next(iter(mention.places), None)
    quote = first.span if first else None
    evidence = mention.evidence[0] if mention.evidence else None
    when = mention.date
    return {
        "document": document.id,
        "publisher": document.publisher or None,
        "title": document.title or None,
        "published": document.published.isoformat() if document.published else None,
        "url": document.url,
        "mention": mention.id,
        "type": mention.type,
        "form": mention.form,
        "modality": mention.modality,
        "scope": mention.scope,
        "date_start": when.start.isoformat() if when.start else None,
        "date_end": when.end.isoformat() if when.end else None,
        "date_precision": when.precision,
        "date_basis": when.basis,
        "place": first.name if first else None,
        "country": first.country if first else None,
        "admin1": first.admin1 if first else None,
        "lat": first.lat if first else None,
        "lon": first.lon if first else None,
        "geonameid": first.geonameid if first else None,
        "place_quote": quote.quote if quote else None,
        "place_start": quote.start if quote else None,
        "place_end": quote.end if quote else None,
        "places": BETWEEN.join(place.name for place in mention.places) or None,
        "actors": BETWEEN.join(f"{actor.role}: {actor.span.quote}" for actor in mention.actors) or None,
        "demands": BETWEEN.join(span.quote for span in mention.demands) or None,
        "means": BETWEEN.join(mention.means) or None,
        "context": mention.context,
        "decision": decision,
        "evidence": evidence.sentence.quote if evidence else None,
        "evidence_start": evidence.sentence.start if evidence else None,
        "evidence_end": evidence.sentence.end if evidence else None,
        "trigger": evidence.trigger.quote if evidence else None,
    }


def claim_row(mention: Mention, position: int, claim: Claim) -> Row:
    """Return the columns of a claim, the one at `position` among those of its mention."""
    return {
        "claim": claim_key(mention.id, position, claim),
        "attribute": claim.attribute,
        "low": claim.low,
        "high": claim.high,
        "approx": claim.approx,
        "unit": claim.unit,
        "quote": claim.span.quote,
        "quote_start": claim.span.start,
        "quote_end": claim.span.end,
        "said_by": FROM.join(speaker.span.quote for speaker in claim.said_by) or None,
        "said_by_kind": FROM.join(speaker.kind for speaker in claim.said_by) or None,
        "hedge": claim.hedge.quote if claim.hedge else None,
    }


def table_rows(document: Document, mention: Mention, decision: str | None) -> Iterator[Row]:
    """Yield a row for each claim of a mention, or one where it has none."""
    head = mention_row(document, mention, decision)
    if not mention.claims:
        yield head
    for position, claim in enumerate(mention.claims):
        yield head | claim_row(mention, position, claim)
