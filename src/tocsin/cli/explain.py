"""`tocsin explain`: every claim behind a mention."""

import json
from typing import Annotated

import typer

from tocsin.cli.console import DEFAULT_RECORD, JsonOption, RecordOption, put
from tocsin.datamodel import Claim, DateRange, Document, Mention, Place, Span


def explain(
    mention: Annotated[str, typer.Argument(help="Its id, or the beginning of it; exports and reports show it.")],
    record: RecordOption = DEFAULT_RECORD,
    as_json: JsonOption = False,
) -> None:
    """Show a mention with every claim, quote, speaker and sentence, and what was decided about it."""
    from tocsin.export.objects import mention_object
    from tocsin.store.record import open_record

    with open_record(record, must_exist=True) as opened:
        document, found = opened.mention(mention)
        decision = opened.judgements().get(found.id)
        made = [d for d in opened.decisions() if d.subject == found.id]
        coder = opened.coder_of(found.id)
    if as_json:
        put(json.dumps(mention_object(document, found, decision) | {"coder": coder}, ensure_ascii=False) + "\n")
        return
    put("\n".join(_lines(document, found)) + f"\n\ncoded by: {coder}\n")
    for one in made:
        put(f"{one.at:%Y-%m-%d %H:%M} {one.reviewer}: {one.kind}" + (f" ({one.reason})" if one.reason else "") + "\n")


def _lines(document: Document, mention: Mention) -> list[str]:
    source = ", ".join(filter(None, (document.publisher, document.title and f'"{document.title}"')))
    published = document.published or "day of publication unknown"
    lines = [
        f"{mention.id}: {mention.type}" + (f" ({mention.form})" if mention.form else ""),
        f"told by: {source or 'publisher unknown'}, {published} [{document.id}]",
        f"modality: {mention.modality}; scope: {mention.scope}",
        f"date: {_date(mention.date)}",
    ]
    lines += [f"place: {_place(place)}" for place in mention.places] or ["place: unknown"]
    lines += [f"{actor.role}: {_quoted(actor.span)}" for actor in mention.actors]
    lines += [f"demand: {_quoted(demand)}" for demand in mention.demands]
    lines += [f"means: {', '.join(mention.means)}"] if mention.means else []
    lines += [f"happened within: {mention.context}"] if mention.context else []
    lines += [f"claim: {_claim(claim)}" for claim in mention.claims] or ["claims: none"]
    lines += ["", "sentences:"]
    lines += [
        f'  {e.sentence.start}-{e.sentence.end} ["{e.trigger.quote}"] {e.sentence.quote}' for e in mention.evidence
    ]
    return lines


def _date(when: DateRange) -> str:
    if when.start is None and when.end is None:
        return f"unknown (basis {when.basis})"
    if when.start == when.end:
        return f"{when.start} (precision {when.precision}, basis {when.basis})"
    return f"{when.start or 'open'} to {when.end or 'open'} (precision {when.precision}, basis {when.basis})"


def _place(place: Place) -> str:
    where = ", ".join(filter(None, (place.name, place.admin1, place.country)))
    at = "" if place.lat is None or place.lon is None else f", {place.lat:.3f} {place.lon:.3f}"
    return f"{where}{at}, " + (_quoted(place.span) if place.span else "taken over from another mention")


def _claim(claim: Claim) -> str:
    value = f"{_end(claim.low)} to {_end(claim.high)}" if claim.low != claim.high else _end(claim.low)
    words = [claim.attribute, value, claim.unit or "", "(vague)" if claim.approx else ""]
    speakers = " < ".join(f"{speaker.span.quote} ({speaker.kind})" for speaker in claim.said_by)
    said = f"said by {speakers}" if speakers else "said by the document itself"
    hedge = f', hedged by "{claim.hedge.quote}"' if claim.hedge else ""
    return f"{' '.join(filter(None, words))}, {_quoted(claim.span)}, {said}{hedge}"


def _end(value: float | None) -> str:
    return "open" if value is None else f"{value:,}"


def _quoted(span: Span) -> str:
    return f'"{span.quote}" at {span.start}-{span.end}'
