"""The record in the columns of ACLED: one row an event."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from tocsin.codebook.exports import Country, ExportMapping, load_countries, load_export
from tocsin.datamodel import Claim, Event
from tocsin.datamodel.happening import Happening
from tocsin.export.ledger import Ledger, left_out
from tocsin.export.losses import Loss
from tocsin.export.mapped import Lookups, Mapped, MappedRow, Precise
from tocsin.export.seen import (
    BETWEEN,
    codes_told,
    day_words,
    first_place,
    folded_into,
    held_whole,
    interval_words,
    means_of,
    notes_of,
    place_kind,
    publishers_of,
    quoted,
    whole,
    why_not,
)

#: Types in whose row the answer of the authorities is told.
_GATHERED = ("demonstration", "riot")


def acled_rows(happenings: Iterable[Happening], lookups: Lookups) -> Iterator[MappedRow | Loss]:
    """Yield a row for each event that ACLED would have, with its losses after it, and a loss for each that it has not.

    Arrests, force and deaths within a demonstration or riot, on its days, are told in its row.

    Args:
        happenings: in the order of the rows.
        lookups: the user's codebook, and what places are.
    """
    mapping, countries = load_export("acled", lookups.folder), load_countries(lookups.folder)
    held = held_whole(happenings)
    rows = {one.event.id for one in held if one.event.type in _GATHERED and not _why_no_row(one.event, mapping)}
    home, parts = folded_into(held, mapping, rows)
    for one in held:
        event = one.event
        if event.id in home:
            yield left_out(one, f"told in the row of {home[event.id]}, which it is part of", "told in another row")
        elif why := _why_no_row(event, mapping):
            yield left_out(one, why)
        else:
            yield from _row(one, parts.get(event.id, ()), mapping, countries, lookups.precise)


def _why_no_row(event: Event, mapping: ExportMapping) -> str | None:
    why = why_not(event, mapping, dated=tuple(mapping.tables["precisions"]))
    return why or (None if event.places else "no place is known, and a row must have a country")


def _row(
    one: Happening,
    parts: Sequence[Happening],
    mapping: ExportMapping,
    countries: Mapping[str, Country],
    precise: Precise,
) -> Iterator[MappedRow | Loss]:
    event = one.event
    tellings = (*one.tellings, *(telling for part in parts for telling in part.tellings))
    columns = {"date": "event_date", "place": "location", "actor": "actor1", "sentence": "notes", "publisher": "source"}
    ledger = Ledger(
        one,
        event.id,
        columns={
            **columns,
            "participants": "tags",
            "killed": "fatalities",
            "affected": "notes",
            "modality": "event_date",
        },
        text=("notes", "assoc_actor_1", "assoc_actor_2"),
    )
    cells = dict.fromkeys(mapping.columns, mapping.missing or None)
    cells |= (
        _when(event, mapping, ledger)
        | _where(event, mapping, countries, precise, ledger)
        | _who(one, parts, mapping, countries, ledger)
    )
    cells |= {
        "event_id_cnty": event.id,
        "source": BETWEEN.join(publishers_of(tellings)) or None,
        "notes": notes_of(tellings) or None,
        "fatalities": _fatalities(event, parts, ledger),
        "tags": _tags(event, ledger),
    }
    ledger.hold("publisher")
    ledger.hold("sentence")
    for part in parts:
        ledger.hold("relation", f"within {part.event.id}")
    yield cells
    yield from ledger.close(cells)


def _when(event: Event, mapping: ExportMapping, ledger: Ledger) -> dict[str, object]:
    when = event.date
    start = when.start
    assert start is not None  # events without a day have no row
    day = start
    if when.precision in ("week", "month") and when.end is not None:
        day = start + timedelta(days=(when.end - start).days // 2)
        ledger.hold("date", "precision")
        ledger.lose("event_date", f"days: {day_words(event)}", "the day in the middle, with its time_precision")
    elif when.end is not None and when.end != start:
        ledger.hold("date", "end")
        ledger.lose("event_date", f"days: {day_words(event)}", "one row, of the first day")
    return {
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": mapping.code("precisions", when.precision),
    }


def _where(
    event: Event, mapping: ExportMapping, countries: Mapping[str, Country], precise: Precise, ledger: Ledger
) -> dict[str, object]:
    place = first_place(event)
    assert place is not None  # events without a place have no row
    ledger.hold("place", f"{place.country} {place.name}")
    country = countries.get(place.country)
    return {
        "iso": country.number if country else None,
        "region": country.acled if country else None,
        "country": country.name if country else place.country,
        "admin1": place.admin1,
        "location": place.name,
        "latitude": place.lat,
        "longitude": place.lon,
        "geo_precision": mapping.code("geo_precision", place_kind(place, countries, precise)),
    }


def _who(
    one: Happening,
    parts: Sequence[Happening],
    mapping: ExportMapping,
    countries: Mapping[str, Country],
    ledger: Ledger,
) -> dict[str, object]:
    """Return the types and actors, which hang together: force turns a peaceful protest into another one."""
    event = one.event
    place = first_place(event)
    assert place is not None  # events without a place have no row
    known = countries.get(place.country)
    country = known.name if known else place.country
    codes = mapping.types[event.type]
    kind, sub = codes["event_type"], codes["sub_event_type"]
    authorities = quoted((*one.tellings, *(t for part in parts for t in part.tellings)), "authority")
    authority = next(iter(codes_told(mapping, "authority", authorities)), "government")
    targets = (*quoted(one.tellings, "target"), *(e.trigger.quote for t in one.tellings for e in t.mention.evidence))
    other = "protesters" if codes_told(mapping, "protesters", targets) else "civilians"
    first, second = "", ""
    match codes["from"]:
        case "crowd":
            first = f"crowd_{event.type}"
            # Whoever killed, only deaths by the authorities are their force.
            acts = [
                p for p in parts if p.event.happened and (p.event.type != "killing" or quoted(p.tellings, "authority"))
            ]
            answers = [a for p in acts for a in (p.event.type, *means_of([p]))]
            subs = [s for answer in answers if (s := mapping.code("responses", answer))]
            if subs:
                second = authority
                if event.type == "demonstration":
                    sub = max(subs, key=lambda s: s == "Excessive force against protesters")
        case "armed":
            first, second = (authority if authorities else "armed"), other
        case "authority":
            first, second = authority, (other if codes["to"] == "civilians" else "")
            if not authorities:
                ledger.lose("actor1", "no authority is told", "the government, as the type says")
        case _:
            first = authority if authorities else ""
    nobody = mapping.code("nobody_hit", event.type)
    if nobody and not any(event.figure(attribute) for attribute in ("affected", "injured", "killed")):
        kind, sub, second = mapping.tables["disorder_type"][nobody], nobody, ""
    # Force and deaths among protesters are a protest, whoever tells of the protest itself.
    if event.type in ("force", "killing") and other == "protesters" and authorities:
        kind, sub, first, second = "Protests", "Excessive force against protesters", "protesters", authority
    names, inter = mapping.tables["actors"], mapping.tables["inter"]
    crowd = quoted(one.tellings, "participant", "organiser")
    groups = [code.format(country=country) for code in codes_told(mapping, "groups", crowd)]
    targeted = codes_told(mapping, "groups", quoted(one.tellings, "target"))
    hit = [code.format(country=country) for code in targeted]
    order = list(inter.values())
    pair = sorted((inter[side] for side in (first, second) if side), key=order.index)
    excessive = sub == "Excessive force against protesters"
    return {
        "disorder_type": mapping.code("disorder_type", sub),
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": names[first].format(country=country) if first else None,
        "assoc_actor_1": BETWEEN.join(groups) or None,
        "inter1": inter.get(first),
        "actor2": names[second].format(country=country) if second else None,
        "assoc_actor_2": BETWEEN.join(hit) or None,
        "inter2": inter.get(second),
        "interaction": f"{pair[0]} only" if len(pair) == 1 else "-".join(pair) or None,
        "civilian_targeting": "Civilian targeting"
        if excessive or (kind == "Violence against civilians" and second)
        else None,
    }


def _fatalities(event: Event, parts: Sequence[Happening], ledger: Ledger) -> int | None:
    """Return how many were killed; None where nothing is told of it."""
    own = event.figure("affected" if event.type == "killing" else "killed")
    total = whole(ledger.total("fatalities", parts, "killing", "affected"))
    if total is not None:
        ledger.figure("fatalities", own, total)
        return total
    value = whole(own.best) if own is not None else None
    ledger.figure("fatalities", own, value)
    return value


def _tags(event: Event, ledger: Ledger) -> str | None:
    if event.type not in _GATHERED:
        return None
    told = [one for one in ledger.claims if one.claim.attribute == "participants"]
    figure = event.figure("participants")
    heard = {claim for voice in figure.heard for s in voice.statements for claim in s.claims} if figure else set()
    counted = [one for one in told if one.id in heard]
    alike = len({(one.claim.low, one.claim.high, one.claim.approx) for one in counted}) == 1
    if not alike and counted:
        ledger.lose("tags", f"participants: {len(counted)} claims that differ", "one range over all that is told")
    ledger.stated("tags", counted, exact=alike)
    return f"crowd size={crowd_size([one.claim for one in counted])}"


def crowd_size(claims: Sequence[Claim]) -> str:
    """Return a crowd as ACLED's tag writes it: in the words of what is told, or the range of all that differ."""
    if not claims:
        return "no report"
    if len({(claim.low, claim.high) for claim in claims}) > 1:
        stated = [number for claim in claims for number in (claim.low, claim.high) if number is not None]
        least, most = f"{min(stated):,}", f"{max(stated):,}"
        return f"at least {least}" if least == most else f"between {least} and {most}"
    low, high, vague = claims[0].low, claims[0].high, any(claim.approx for claim in claims)
    if low is None or high is None:
        return interval_words(low, high)
    if low == high:
        return f"{'about ' if vague else ''}{low:,}"
    return claims[0].span.quote.lower() if vague else f"between {low:,} and {high:,}"


ACLED = Mapped("acled", "ACLED, one row an event", "csv", acled_rows)
