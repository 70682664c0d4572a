"""A mention as a JSON object, every quote with its place in the text."""

from typing import Any

from tocsin.datamodel import Document, Event, Figure, Mention, Span
from tocsin.datamodel.identity import claim_id

Object = dict[str, Any]


def mention_object(document: Document, mention: Mention, decision: str | None) -> Object:
    """Return a mention with all it holds; quotes are `{"quote","start","end"}`, offsets in code points.

    Unknown is null, an interval's open end too; zero is 0.
    """
    when = mention.date
    return {
        "mention": mention.id,
        "document": {
            "id": document.id,
            "publisher": document.publisher or None,
            "title": document.title or None,
            "published": document.published.isoformat() if document.published else None,
            "author": document.author,
            "language": document.language,
            "url": document.url,
            "licence": document.licence,
        },
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
        "places": [
            {
                "name": place.name,
                "country": place.country,
                "admin1": place.admin1,
                "lat": place.lat,
                "lon": place.lon,
                "geonameid": place.geonameid,
            }
            | _words(place.span)
            for place in mention.places
        ],
        "actors": [{"role": actor.role} | _words(actor.span) for actor in mention.actors],
        "claims": [
            {
                "claim": claim_id(mention.id, position, claim),
                "attribute": claim.attribute,
                "low": claim.low,
                "high": claim.high,
                "approx": claim.approx,
                "unit": claim.unit,
                "said_by": [{"kind": speaker.kind} | _words(speaker.span) for speaker in claim.said_by],
                "hedge": _words(claim.hedge) if claim.hedge else None,
            }
            | _words(claim.span)
            for position, claim in enumerate(mention.claims)
        ],
        "demands": [_words(span) for span in mention.demands],
        "means": list(mention.means),
        "context": mention.context,
        "decision": decision,
        "evidence": [_words(e.sentence) | {"trigger": _words(e.trigger)} for e in mention.evidence],
    }


def event_object(event: Event) -> Object:
    """Return an event with its figures; unknown is null, an interval's open end too."""
    when = event.date
    return {
        "event": event.id,
        "type": event.type,
        "scope": event.scope,
        "modality": event.modality,
        "date": {
            "start": when.start.isoformat() if when.start else None,
            "end": when.end.isoformat() if when.end else None,
            "precision": when.precision,
        },
        "places": [
            {"name": p.name, "country": p.country, "admin1": p.admin1, "lat": p.lat, "lon": p.lon} for p in event.places
        ],
        "mentions": list(event.mentions),
        "publishers": list(event.publishers),
        "figures": [figure_object(figure) for figure in event.figures],
    }


def figure_object(figure: Figure) -> Object:
    """Return a figure with every voice that was heard, those too that the policy passes over."""
    return {
        "attribute": figure.attribute,
        "unit": figure.unit,
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "spread": figure.spread,
        "voices": figure.voices,
        "policy": figure.policy,
        "heard": [
            {
                "name": voice.name or None,
                "kinds": list(voice.kinds),
                "statements": [
                    {
                        "low": said.low,
                        "high": said.high,
                        "day": said.day.isoformat() if said.day else None,
                        "quote": said.quote,
                        "publishers": [publisher or None for publisher in said.publishers],
                        "claims": list(said.claims),
                    }
                    for said in voice.statements
                ],
            }
            for voice in figure.heard
        ],
    }


def _words(span: Span | None) -> Object:
    if span is None:
        return {"quote": None, "start": None, "end": None}
    return {"quote": span.quote, "start": span.start, "end": span.end}
