"""The record in the columns of the Crowd Counting Consortium: one row an event of people who protest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tocsin.codebook.exports import Country, ExportMapping, load_countries, load_export
from tocsin.datamodel.claim import Number
from tocsin.datamodel.happening import Happening, Telling
from tocsin.export.ledger import Ledger, left_out
from tocsin.export.losses import Loss
from tocsin.export.mapped import Lookups, Mapped, MappedRow, Precise
from tocsin.export.seen import (
    BETWEEN,
    best_of,
    codes_told,
    day_words,
    demands_of,
    documents_of,
    first_place,
    folded_into,
    forms_of,
    held_whole,
    means_of,
    notes_of,
    place_kind,
    quoted,
    source_of,
    why_not,
)


def ccc_rows(happenings: Iterable[Happening], lookups: Lookups) -> Iterator[MappedRow | Loss]:
    """Yield a row for each event of people who protest, with its losses after it, and a loss for each other one.

    Arrests, force and deaths within one, on its days, are told in its row.

    Args:
        happenings: in the order of the rows, read under the convention "ccc".
        lookups: the user's codebook, and what places are.
    """
    mapping, countries = load_export("ccc", lookups.folder), load_countries(lookups.folder)
    held = held_whole(happenings)
    home, parts = folded_into(held, mapping, {one.event.id for one in held if not why_not(one.event, mapping)})
    for one in held:
        event = one.event
        if event.id in home:
            yield left_out(one, f"told in the row of {home[event.id]}, which it is part of", "told in another row")
        elif why := why_not(event, mapping):
            yield left_out(one, why)
        else:
            yield from _row(one, parts.get(event.id, ()), mapping, countries, lookups.precise)


def _row(
    one: Happening,
    parts: Sequence[Happening],
    mapping: ExportMapping,
    countries: Mapping[str, Country],
    precise: Precise,
) -> Iterator[MappedRow | Loss]:
    event = one.event
    tellings = (*one.tellings, *(telling for part in parts for telling in part.tellings))
    ledger = Ledger(
        one,
        event.id,
        columns={
            "date": "date", "place": "locality", "modality": "date", "means": "participant_measures",
            "participants": "size_mean", "injured": "injuries_crowd", "killed": "participant_deaths",
            "title": "title", "url": "source_1", "publisher": "source_1", "relation": "macroevent",
        },
        text=("notes", "claims", "organizations", "participants", "actors", "size_text"),
    )  # fmt: skip
    organisers, crowd = quoted(one.tellings, "organiser"), quoted(one.tellings, "participant")
    codes = [code for form in forms_of(one.tellings) if (code := mapping.code("forms", form))]
    cells = dict.fromkeys(mapping.columns, mapping.missing or None)
    cells |= _when(one, ledger) | _where(one, mapping, countries, precise, ledger) | _size(one, mapping, ledger)
    cells |= _answers(one, parts, mapping, ledger) | _sources(tellings, mapping, ledger)
    cells |= {
        "online": mapping.types[event.type].get("online"),
        "type": BETWEEN.join(dict.fromkeys([mapping.types[event.type]["type"], *codes])),
        "actors": BETWEEN.join((*organisers, *crowd)) or None,
        "organizations": BETWEEN.join(organisers) or None,
        "participants": BETWEEN.join(crowd) or None,
        "claims": BETWEEN.join(demands_of(one.tellings)) or None,
        "participant_measures": BETWEEN.join(means_of([one])) or None,
        "notes": f"{notes_of(tellings)} [{event.id}]".strip(),
    }
    for form in forms_of(one.tellings):
        if mapping.code("forms", form):
            ledger.hold("form", form)
    for quote in organisers:
        ledger.hold("actor", f"organiser: {quote}")
    for quote in crowd:
        ledger.hold("actor", f"participant: {quote}")
    for kind in ("demand", "means", "sentence"):
        ledger.hold(kind)
    for part in parts:
        ledger.hold("relation", f"within {part.event.id}")
    yield cells
    yield from ledger.close(cells)


def _when(one: Happening, ledger: Ledger) -> dict[str, object]:
    when = one.event.date
    if when.start is None or when.precision != "day":
        return {}  # what is known of the days is told by the losses that stay
    if when.end is not None and when.end != when.start:
        ledger.hold("date", "end")
        ledger.lose("date", f"days: {day_words(one.event)}", "the first day")
    return {"date": when.start.isoformat()}


def _where(
    one: Happening, mapping: ExportMapping, countries: Mapping[str, Country], precise: Precise, ledger: Ledger
) -> dict[str, object]:
    place = first_place(one.event)
    if place is None:
        ledger.lose("locality", "no place known", "left empty")
        return {}
    state = mapping.code("states", place.admin1 or "") if place.country == "US" else None
    if state is None:
        what = f"country and region of {place.name}: {place.country}, {place.admin1 or 'no region known'}"
        ledger.lose("state", what, "left empty; the file knows states of the United States only")
    ledger.hold("place", f"{place.country} {place.name}")
    kind = place_kind(place, countries, precise)
    locality = place.name if kind == "settlement" else None
    if locality is None and place.name != place.admin1:
        ledger.lose("locality", f"place: {place.name}, a {kind}", "left empty")
    return {
        "locality": locality,
        "state": state,
        "lat": place.lat,
        "lon": place.lon,
        "resolved_locality": locality,
        "resolved_county": place.name if kind == "county" else None,
        "resolved_state": state,
    }


def _size(one: Happening, mapping: ExportMapping, ledger: Ledger) -> dict[str, object]:
    """Return the crowd by the file's own rule: lowest and highest that any voice states, and the middle of the two."""
    figure = one.event.figure("participants")
    said = [s for voice in figure.heard for s in voice.statements] if figure else []
    heard = {claim for statement in said for claim in statement.claims}
    told = [one for one in ledger.claims if one.claim.attribute == "participants"]
    # Words alone tell a size where they hold no number.
    vague = [o.claim.span.quote for o in told if o.claim.approx and not any(c.isdigit() for c in o.claim.span.quote)]
    numbers = [number for statement in said for number in (statement.low, statement.high) if number is not None]
    low, high = (min(numbers), max(numbers)) if numbers else (None, None)
    mean = None if low is None or high is None else (low + high) / 2
    counted = [o for o in told if o.id in heard]
    ledger.stated("size_mean", counted, exact=len({(o.claim.low, o.claim.high) for o in counted}) == 1 and low == high)
    if figure is not None and low != high:
        ledger.lose("size_mean", f"participants: {len(figure.heard)} voices", "lowest and highest that any states")
    return {
        "size_text": BETWEEN.join(dict.fromkeys(vague)) or None,
        "size_low": low,
        "size_high": high,
        "size_mean": int(mean) if mean is not None and mean == int(mean) else mean,
        "size_cat": size_class(mapping, mean),
    }


def size_class(mapping: ExportMapping, size: Number | None) -> int:
    """Return the order of magnitude of a crowd, 0 where it is not known."""
    return int(mapping.band("size_cat", size) or 0)


def _answers(one: Happening, parts: Sequence[Happening], mapping: ExportMapping, ledger: Ledger) -> dict[str, object]:
    """Return what the authorities did and what came of it; nothing told is empty, never 0."""
    figure = one.event.figure("injured")
    injured = best_of(figure)
    if injured is None:
        injured = ledger.total("injuries_crowd", parts, "force", "injured")
    ledger.figure("injuries_crowd", figure, injured)
    dead = one.event.figure("killed")
    police = [part for part in parts if codes_told(mapping, "police", quoted(part.tellings, "target"))]
    others = [part for part in parts if part not in police]
    killed = best_of(dead) if dead is not None else ledger.total("participant_deaths", others, "killing", "affected")
    ledger.figure("participant_deaths", dead, killed)
    arrests = ledger.total("arrests", parts, "detention", "affected")
    made = [part for part in parts if part.event.type == "detention"]
    force = [part for part in parts if part.event.type == "force"]
    measures = dict.fromkeys((*means_of(parts), *(part.event.type for part in parts if part.event.happened)))
    burnt = "arson" in means_of([one])
    return {
        "arrests": arrests,
        "arrests_any": _any(arrests, any(part.event.happened for part in made)),
        "injuries_crowd": injured,
        "injuries_crowd_any": _any(injured, told=False),
        "property_damage": "arson" if burnt else None,
        "property_damage_any": 1 if burnt else None,
        "chemical_agents": 1 if any(mapping.code("chemical", means) for means in means_of(force)) else None,
        "police_measures": BETWEEN.join(measures) or None,
        "participant_deaths": killed,
        "police_deaths": ledger.total("police_deaths", police, "killing", "affected"),
    }


def _any(number: Number | None, told: bool) -> int | None:
    """Return 1 where there were any, 0 where it is told that there were none, None where nothing is told."""
    return int(number > 0) if number is not None else (1 if told else None)


def _sources(tellings: Sequence[Telling], mapping: ExportMapping, ledger: Ledger) -> dict[str, object]:
    places = [column for column in mapping.columns if column.startswith("source_")]
    documents = documents_of(tellings)
    for telling in documents[: len(places)]:
        ledger.hold("url", telling.document.id)
        if telling.document.url is None:
            ledger.hold("publisher", telling.document.publisher)
    # Publisher and day of every document stand in the notes, too.
    ledger.hold("publisher")
    return {
        column: telling.document.url or source_of(telling) for column, telling in zip(places, documents, strict=False)
    }


CCC = Mapped("ccc", "Crowd Counting Consortium, one row an event", "csv", ccc_rows, convention="ccc")
