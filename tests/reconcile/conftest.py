"""Small documents with one claim each, made from what a test or a case says about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from tocsin.codebook import load_codebook
from tocsin.codebook.loader import Codebook
from tocsin.datamodel import Claim, CodedDocument, DateRange, Document, Mention, Place, Span, Speaker
from tocsin.datamodel.claim import Number


@dataclass(frozen=True)
class Told:
    """One claim of one document; `copy` names the document whose words it repeats."""

    document: str
    low: Number | None = None
    high: Number | None = None
    publisher: str = ""
    published: date | None = None
    by: str = ""
    kind: str = "other"
    copy: str = ""
    attribute: str = "participants"
    unit: str | None = None
    modality: str = "occurred"
    type: str = "demonstration"
    scope: str = "single"
    start: date | None = None
    end: date | None = None
    precision: str = "day"
    place: str = "Minsk"
    country: str = "BY"


def coded_from(told: Iterable[Told]) -> list[CodedDocument]:
    """A document with one mention for each, its id the document's before "/m" and its number."""
    found: dict[str, CodedDocument] = {}
    for one in told:
        document = Document(one.document, f"Text of {one.document}.", "", one.publisher, one.published)
        before = found.get(one.document, CodedDocument(document, ()))
        claims: tuple[Claim, ...] = ()
        if one.low is not None or one.high is not None:
            speakers = (Speaker(Span.unplaced(one.by), one.kind),) if one.by else ()
            quote = Span.unplaced(f"{one.low} to {one.high}")
            claims = (Claim(one.attribute, one.low, one.high, False, one.unit, quote, speakers),)
        mention = Mention(
            id=f"{one.document}/m{len(before.mentions)}",
            type=one.type,
            form=None,
            modality=one.modality,
            scope=one.scope,
            date=DateRange(one.start, one.end, one.precision if one.start else "none", "stated"),
            places=(Place(None, one.place, one.country),) if one.place else (),
            actors=(),
            claims=claims,
            demands=(),
            means=(),
            context=None,
            event=None,
            evidence=(),
        )
        found[one.document] = CodedDocument(document, (*before.mentions, mention))
    return list(found.values())


def copies_from(told: Iterable[Told]) -> Mapping[str, str]:
    """For each copy the document whose words it repeats."""
    return {one.document: one.copy for one in told if one.copy}


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return load_codebook()
