"""The record as PLOVER: one line of JSON a mention, linked by its event."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.codebook.exports import Country, ExportMapping, load_countries, load_export
from tocsin.datamodel import Actor
from tocsin.datamodel.happening import Happening, Telling
from tocsin.export.ledger import Ledger, left_out_telling
from tocsin.export.losses import Loss
from tocsin.export.mapped import Lookups, Mapped, MappedRow
from tocsin.export.seen import (
    BETWEEN,
    HAPPENED,
    Told,
    claim_words,
    codes_of,
    day_words,
    first_place,
    interval_words,
    why_not,
)


@dataclass(frozen=True, slots=True)
class Entity:
    """One actor as PLOVER codes it: country or kind of body, sector, words, and the side it is on."""

    code: str | None
    country: str | None
    sector: str
    text: str
    side: str


@dataclass(frozen=True, slots=True)
class Coded:
    """A mention as PLOVER codes it; an empty mode and a scale of None where there is none."""

    event: str
    mode: str
    quad: str
    scale: str | None
    contexts: tuple[str, ...]
    entities: tuple[Entity, ...]


def plover_rows(happenings: Iterable[Happening], lookups: Lookups) -> Iterator[MappedRow | Loss]:
    """Yield a record for each mention, with its losses after it, and a loss for each of a type that PLOVER has not.

    What is planned, denied or hypothetical is told so in the context.

    Args:
        happenings: in the order of the records.
        lookups: the user's codebook, and what places are.
    """
    mapping, countries = load_export("plover", lookups.folder), load_countries(lookups.folder)
    for one in happenings:
        for telling in one.tellings:
            why = why_not(telling.mention, mapping, scopes=("single", "series", "total"), happened=False)
            if why:
                yield left_out_telling(telling, why)
            else:
                yield from _record(one, telling, mapping, countries)


def code_mention(telling: Telling, mapping: ExportMapping, countries: Mapping[str, Country]) -> Coded:
    """Return a mention as PLOVER codes it.

    Args:
        telling: of a type that the mapping has.
        mapping: to PLOVER.
        countries: by ISO code; actors without a body of their own are of the country of the place.
    """
    mention = telling.mention
    words = " ".join(evidence.sentence.quote for evidence in mention.evidence)
    event, mode = mapping.types[mention.type]["event"], mapping.types[mention.type]["mode"]
    told = next(codes_of(mapping, mention.type, words), None) if mention.type in mapping.words else None
    if told is not None and told in mapping.tables["quad_code"]:
        event = told
    elif told is not None:
        mode = told
    elif event == "ASSAULT" and not mode:
        mode = next((code for means, code in mapping.tables["means"].items() if means in mention.means), "")
    elif mention.form:
        mode = mapping.code("forms", mention.form) or mode
    context = mapping.code("modalities", mention.modality)
    scale = mapping.code("scale", f"{event} {mode}".strip()) or mapping.code("scale", event)
    return Coded(
        event,
        mode,
        mapping.tables["quad_code"][event],
        scale,
        (context,) if context else (),
        tuple(_entity(actor, telling, mapping, countries) for actor in mention.actors),
    )


def _entity(actor: Actor, telling: Telling, mapping: ExportMapping, countries: Mapping[str, Country]) -> Entity:
    text = " ".join(actor.span.quote.split())
    place = first_place(telling.mention)
    body = next(codes_of(mapping, "nonstate", text), None)
    country = None if body or place is None else place.country
    known = countries.get(country) if country else None
    sides = mapping.types[telling.mention.type].get("sides", "sides_response")
    return Entity(
        body or (known.iso3 if known else None),
        country,
        next(codes_of(mapping, "sector", text), mapping.tables["sector_of_role"][actor.role]),
        text,
        mapping.tables[sides][actor.role],
    )


def _record(
    one: Happening, telling: Telling, mapping: ExportMapping, countries: Mapping[str, Country]
) -> Iterator[MappedRow | Loss]:
    mention, document = telling.mention, telling.document
    ledger = Ledger(
        one,
        mention.id,
        telling=telling,
        columns={"date": "date", "place": "event_loc", "form": "mode", "means": "mode", "scope": "context",
                 "modality": "context", "demand": "comment", "relation": "link"},
        text=("comment", "text"),
    )  # fmt: skip
    coded = code_mention(telling, mapping, countries)
    sentences = [evidence.sentence for evidence in mention.evidence]
    quotes = [" ".join(sentence.quote.split()) for sentence in sentences]
    placed = [sentence for sentence in sentences if sentence.placed]
    cells: dict[str, Any] = dict.fromkeys(mapping.columns)
    cells |= {
        "id": mention.id,
        "has_event": True,
        "actor": [_object(entity) for entity in coded.entities if entity.side == "actor"],
        "recipient": [_object(entity) for entity in coded.entities if entity.side == "recipient"],
        "event": [coded.event],
        "event_loc": _place(telling, countries, ledger),
        "event_text": [evidence.trigger.quote for evidence in mention.evidence],
        "quad_code": int(coded.quad),
        "event_scale": None if coded.scale is None else float(coded.scale),
        "mode": coded.mode or None,
        "context": list(coded.contexts) or None,
        "link": one.event.id,
        "text": " ".join(quotes) or None,
        "text_info": {
            "sequence": 1,
            "start": min((s.start for s in placed), default=None),
            "end": max((s.end for s in placed), default=None),
            "text_story": quotes,
        },
        "cite_info": _citation(telling),
        "comment": BETWEEN.join(claim_words(told) for told in ledger.claims) or None,
    }
    cells |= _when(telling, ledger) | _numbers(telling, mapping, ledger)
    if not cells["actor"]:
        ledger.lose("actor", "no actor told", "an empty list, though the manual asks for one")
    if mapping.code("modalities", mention.modality):
        ledger.hold("modality")
    if mention.form and mapping.code("forms", mention.form):
        ledger.hold("form")
    # The comment tells each claim with its words, its speakers and what hedges it.
    ledger.stated("comment", ledger.claims, exact=True)
    ledger.speakers_held()
    for kind in ("actor", "sentence", "publisher", "title", "url", "author"):
        ledger.hold(kind)
    if document.author:
        ledger.lose("cite_info", f'author of {document.id}: "{document.author}"', "left out")
    yield cells
    yield from ledger.close(cells)


def _object(entity: Entity) -> dict[str, Any]:
    return {
        "code": entity.code,
        "sector": entity.sector,
        "entity_text": entity.text,
        "identifier_id": None,
        "identifier_text": None,
        "religion": None,
        "ethnicity": None,
        "office": None,
        "gender": None,
        "age": None,
    }


def _citation(telling: Telling) -> dict[str, Any]:
    document = telling.document
    return {
        "corpus": document.publisher or None,
        "citation": document.id,
        "url": document.url,
        "title": document.title or None,
        "language": document.language,
        "publication": document.publisher or None,
        "license": document.licence,
    }


def _when(telling: Telling, ledger: Ledger) -> dict[str, Any]:
    when = telling.mention.date
    if when.start is None:
        return {}
    if when.precision not in ("day", "none"):
        ledger.hold("date", "precision")
        ledger.lose("date", f"days: {day_words(telling.mention)}", "first and last of the days it may have been")
    ledger.hold("date", "end")
    return {"date": when.start.isoformat(), "enddate": when.end.isoformat() if when.end else None}


def _place(telling: Telling, countries: Mapping[str, Country], ledger: Ledger) -> dict[str, Any] | None:
    place = first_place(telling.mention)
    if place is None:
        return None
    ledger.hold("place", f"{place.country} {place.name}")
    ledger.hold("geonameid", str(place.geonameid))
    country = countries.get(place.country)
    return {
        "geonameid": place.geonameid,
        "name": place.name,
        "latitude": place.lat,
        "longitude": place.lon,
        "country code": place.country,
        "cc3": country.iso3 if country else None,
        "admin1": place.admin1,
    }


def _numbers(telling: Telling, mapping: ExportMapping, ledger: Ledger) -> dict[str, Any]:
    """Return how many were killed, hurt and arrested: a number, or the interval in words, as the manual allows."""
    fields = {"injured": "injured", "killed": "dead"}
    counts = mapping.types[telling.mention.type].get("counts")
    if counts and telling.mention.modality in HAPPENED:
        fields["affected"] = counts
    told: dict[str, list[Told]] = {}
    for one in ledger.claims:
        if one.claim.attribute in fields:
            told.setdefault(fields[one.claim.attribute], []).append(one)
    return {field: _number(claims) for field, claims in told.items()}


def _number(told: Sequence[Told]) -> int | float | str:
    values = dict.fromkeys((one.claim.low, one.claim.high) for one in told)
    low, high = next(iter(values))
    if len(values) == 1 and low is not None and low == high:
        return low
    return BETWEEN.join(interval_words(*ends) for ends in values)


PLOVER = Mapped("plover", "PLOVER, one line of JSON a mention", "jsonl", plover_rows)
