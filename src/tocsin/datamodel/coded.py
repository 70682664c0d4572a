"""Coded documents: a document with its mentions, as JSON (the format of the codebook).

`read` and `write` are each other's inverse up to the order of keys.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from tocsin.datamodel.claim import Claim, Speaker
from tocsin.datamodel.document import Document
from tocsin.datamodel.extraction import Note
from tocsin.datamodel.mention import Actor, DateRange, Evidence, Mention, Place
from tocsin.datamodel.portable import Portable
from tocsin.datamodel.span import Span
from tocsin.errors import CodedError, TocsinError

Json: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CodedDocument(Portable):
    """A document with its mentions.

    Attributes:
        document: the text and where it comes from.
        mentions: the happenings it tells.
        collection: whether the document belongs to a collection, whose mentions carry an `event` key.
        notes: what is to be known about how it was coded.
    """

    document: Document
    mentions: tuple[Mention, ...]
    collection: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def ungrounded(self) -> int:
        """How many quotes do not stand in the text."""
        return sum(not span.placed and bool(span.quote) for m in self.mentions for span in spans(m))


def spans(mention: Mention) -> Iterator[Span]:
    """Yield every quote of a mention."""
    for evidence in mention.evidence:
        yield evidence.sentence
        yield evidence.trigger
    yield from (place.span for place in mention.places if place.span is not None)
    yield from (actor.span for actor in mention.actors)
    yield from mention.demands
    for claim in mention.claims:
        yield claim.span
        yield from (speaker.span for speaker in claim.said_by)
        if claim.hedge is not None:
            yield claim.hedge


def parse(data: Json, *, strict: bool = True) -> CodedDocument:
    """Return the coded document that a parsed JSON object holds.

    Quotes become spans: evidence is looked up in the text, every other quote in its mention's evidence first.

    Args:
        data: `{"document": {...}, "events": [...]}`.
        strict: raise where a quote does not stand in the text; otherwise keep it as an unplaced span.

    Raises:
        CodedError: a key is missing, a value malformed, or (strict) a quote does not stand in the text.
    """
    try:
        document = parse_document(data["document"])
        mentions = tuple(_mention(event, document, strict) for event in data["events"])
        notes = tuple(Note(**note) for note in data.get("notes", ()))
        return CodedDocument(document, mentions, any("event" in event for event in data["events"]), notes)
    except TocsinError as error:
        raise CodedError(_name(data), str(error)) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CodedError(_name(data), f"is not a coded document ({error!r})", "see docs/coded-documents.md") from error


def parse_document(data: Json) -> Document:
    """Return the document that a parsed JSON object holds; only `text` and `id` must be there."""
    published = data.get("published")
    return Document(
        id=str(data["id"]),
        text=data["text"],
        title=data.get("title") or "",
        publisher=data.get("publisher") or "",
        published=date.fromisoformat(published) if published else None,
        author=data.get("author"),
        language=data.get("language"),
        url=data.get("url"),
        licence=data.get("licence"),
    )


def to_json(coded: CodedDocument) -> dict[str, Any]:
    """Return a coded document as a JSON object with the keys in the order of the codebook."""
    events = [_mention_json(mention, coded.collection) for mention in coded.mentions]
    data: dict[str, Any] = {"document": document_json(coded.document), "events": events}
    if coded.notes:
        data["notes"] = [asdict(note) for note in coded.notes]
    return data


def document_json(document: Document) -> dict[str, Any]:
    """Return a document as a JSON object; fields that are not known and not part of the core are left out."""
    data: dict[str, Any] = {
        "id": document.id,
        "publisher": document.publisher,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "url": document.url,
        "licence": document.licence,
        "author": document.author,
        "language": document.language,
        "text": document.text,
    }
    return {k: v for k, v in data.items() if v is not None or k in ("published", "url")}


def read(path: Path, *, strict: bool = True) -> Iterator[CodedDocument]:
    """Yield the coded documents of a JSON file, a JSON Lines file, or a folder of either, in the order of names.

    Raises:
        CodedError: a file is not JSON, or holds what is no coded document.
    """
    files = sorted(path.rglob("*.json*")) if path.is_dir() else [path]
    for file in files:
        yield from (parse(data, strict=strict) for data in read_objects(file))


def read_objects(file: Path) -> Iterator[Json]:
    """Yield the objects of a JSON file (one, or a list) or a JSON Lines file.

    Raises:
        CodedError: the file is neither.
    """
    text = file.read_text(encoding="utf-8")
    try:
        data = json.loads(text)
    except json.JSONDecodeError:
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except json.JSONDecodeError as error:
                    raise CodedError(f"{file}, line {number}", f"is not JSON ({error})") from error
        return
    yield from data if isinstance(data, list) else [data]


def write(coded: Iterable[CodedDocument]) -> Iterator[str]:
    """Yield one line of JSON, with its line feed, a coded document."""
    for one in coded:
        yield json.dumps(to_json(one), ensure_ascii=False) + "\n"


def _name(data: Any) -> str:
    try:
        return f"document {data['document']['id']}"
    except (KeyError, TypeError):
        return "coded document"


def _mention(event: Json, document: Document, strict: bool) -> Mention:
    sentences = [_place_quote(item["text"], document.text, (), strict) for item in event["evidence"]]

    def span(quote: str) -> Span:
        return _place_quote(quote, document.text, sentences, strict)

    evidence = tuple(
        Evidence(sentence, _place_quote(item["trigger"], document.text, [sentence], strict))
        for sentence, item in zip(sentences, event["evidence"], strict=True)
    )
    when = event["date"]
    return Mention(
        id=event["id"],
        type=event["type"],
        form=event["form"],
        modality=event["modality"],
        scope=event["scope"],
        date=DateRange(_day(when["start"]), _day(when["end"]), when["precision"], when["basis"]),
        places=tuple(
            Place(
                span=None if place["quote"] is None else span(place["quote"]),
                name=place["name"],
                country=place["country"],
                admin1=place["admin1"],
                lat=place.get("lat"),
                lon=place.get("lon"),
                geonameid=place.get("geonameid"),
            )
            for place in event["places"]
        ),
        actors=tuple(Actor(actor["role"], span(actor["quote"])) for actor in event["actors"]),
        claims=tuple(
            Claim(
                attribute=claim["attribute"],
                low=claim["low"],
                high=claim["high"],
                approx=claim["approx"],
                unit=claim["unit"],
                span=span(claim["quote"]),
                said_by=tuple(Speaker(span(speaker["quote"]), speaker["kind"]) for speaker in claim["said_by"]),
                hedge=span(claim["hedge"]) if claim["hedge"] else None,
            )
            for claim in event["claims"]
        ),
        demands=tuple(span(quote) for quote in event["demands"]),
        means=tuple(event["means"]),
        context=event["context"],
        event=event.get("event"),
        evidence=evidence,
    )


def _place_quote(quote: str, text: str, within: Iterable[Span], strict: bool) -> Span:
    for sentence in within:
        at = text.find(quote, sentence.start, sentence.end) if quote and sentence.placed else -1
        if at >= 0:
            return Span(at, at + len(quote), quote)
    at = text.find(quote) if quote else -1
    if at >= 0:
        return Span(at, at + len(quote), quote)
    if strict and quote:
        raise CodedError(f"quote {quote[:60]!r}", "does not stand in the text")
    return Span.unplaced(quote)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _mention_json(mention: Mention, collection: bool) -> dict[str, Any]:
    when = mention.date
    data: dict[str, Any] = {
        "id": mention.id,
        "type": mention.type,
        "form": mention.form,
        "modality": mention.modality,
        "scope": mention.scope,
        "date": {
            "start": when.start.isoformat() if when.start else None,
            "end": when.end.isoformat() if when.end else None,
            "precision": when.precision,
            "basis": when.basis,
        },
        "places": [_place_json(place) for place in mention.places],
        "actors": [{"role": actor.role, "quote": actor.span.quote} for actor in mention.actors],
        "claims": [
            {
                "attribute": claim.attribute,
                "low": claim.low,
                "high": claim.high,
                "approx": claim.approx,
                "unit": claim.unit,
                "quote": claim.span.quote,
                "said_by": [{"quote": speaker.span.quote, "kind": speaker.kind} for speaker in claim.said_by],
                "hedge": claim.hedge.quote if claim.hedge else None,
            }
            for claim in mention.claims
        ],
        "demands": [span.quote for span in mention.demands],
        "means": list(mention.means),
        "context": mention.context,
    }
    if collection:
        data["event"] = mention.event
    data["evidence"] = [{"text": e.sentence.quote, "trigger": e.trigger.quote} for e in mention.evidence]
    return data


def _place_json(place: Place) -> dict[str, Any]:
    data: dict[str, Any] = {
        "quote": place.span.quote if place.span else None,
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
    }
    extra = {"lat": place.lat, "lon": place.lon, "geonameid": place.geonameid}
    return data | {k: v for k, v in extra.items() if v is not None}
