"""Ids of documents, mentions and claims within a record: hashes of all that they say.

Adding the same thing twice finds it there; a value that changes is another thing with another id, so that a decision
never comes to stand for something its reviewer did not see.
"""

from datetime import date

from tocsin.datamodel.claim import Claim
from tocsin.datamodel.document import Document
from tocsin.datamodel.ids import content_id, text_hash
from tocsin.datamodel.mention import Mention
from tocsin.datamodel.span import Span

Part = str | int | float | None


def document_key(document: Document) -> str:
    """Return the id of one version of a document."""
    return content_id(
        "doc",
        document.id,
        text_hash(document.text),
        document.title,
        document.publisher,
        _iso(document.published),
        document.author,
        document.language,
        document.url,
        document.licence,
    )


def mention_key(document: str, mention: Mention) -> str:
    """Return the id of a mention; what it is called within its document, and its context, are no part of it.

    Args:
        document: from `document_key`.
        mention: its content.
    """
    parts: list[Part] = [document, mention.type, mention.form, mention.modality, mention.scope]
    when = mention.date
    parts += [_iso(when.start), _iso(when.end), when.precision, when.basis]
    for place in mention.places:
        parts += ["place", *_words(place.span), place.name, place.country, place.admin1, place.geonameid]
    for actor in mention.actors:
        parts += ["actor", actor.role, *_words(actor.span)]
    for claim in mention.claims:
        parts += ["claim", *_claim_parts(claim)]
    for demand in mention.demands:
        parts += ["demand", *_words(demand)]
    parts += ["means", *mention.means]
    for evidence in mention.evidence:
        parts += ["evidence", *_words(evidence.sentence), *_words(evidence.trigger)]
    return content_id("m", *parts)


def claim_id(mention: str, position: int, claim: Claim) -> str:
    """Return what a claim is called: as in its record, or by what it says where it is in none."""
    return claim.id or claim_key(mention, position, claim)


def claim_key(mention: str, position: int, claim: Claim) -> str:
    """Return the id of a claim.

    Args:
        mention: from `mention_key`.
        position: of the claim among those of its mention, from 0.
        claim: its content.
    """
    return content_id("c", mention, position, *_claim_parts(claim))


def _claim_parts(claim: Claim) -> list[Part]:
    parts: list[Part] = [claim.attribute, claim.low, claim.high, claim.approx, claim.unit, *_words(claim.span)]
    for speaker in claim.said_by:
        parts += ["said_by", speaker.kind, *_words(speaker.span)]
    return [*parts, "hedge", *_words(claim.hedge)]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _words(span: Span | None) -> tuple[Part, ...]:
    return (None,) if span is None else (span.start, span.end, span.quote)
