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

#: What the actor of a type begins with in whose row the answer of the authorities is told.
_CROWD = "crowd"
EXCESSIVE = "Excessive force against protesters"


def acled_rows(happenings: Iterable[Happening], lookups: Lookups) -> Iterator[MappedRow | Loss]:
    """Yield a row for each event that ACLED would have, with its losses after it, and a loss for each that it has not.

    Arrests, force and deaths within a demonstration or riot, on its days, are told in its row.

    Args:
        happenings: in the order of the rows.
        lookups: the user's codebook, and what places are.
    """
    mapping, countries = load_export("acled", lookups.folder), load_countries(lookups.folder)
    held = held_whole(happenings)
    crowds = {name for name, codes in mapping.types.items() if codes["from"].startswith(_CROWD)}
    rows = {one.event.id for one in held if one.event.type in crowds and not _why_no_row(one.event, mapping)}
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
        "tags": _tags(event, mapping, ledger),
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
    """Return types and actors, which hang together."""
    place = first_place(one.event)
    assert place is not None  # events without a place have no row
    known = countries.get(place.country)
    country = known.name if known else place.country
    kind, sub, first, second = _sides(one, parts, mapping, ledger)
    names, inter = mapping.tables["actors"], mapping.tables["inter"]
    hit = codes_told(mapping, "groups", quoted(one.tellings, "target"))
    groups = codes_told(mapping, "groups", quoted(one.tellings, "participant", "organiser"))
    if first == "protesters":  # those who were hit stand first
        groups, hit = tuple(dict.fromkeys((*groups, *hit))), ()
    order = list(inter.values())
    pair = sorted((inter[side] for side in (first, second) if side), key=order.index)
    targeted = sub in mapping.tables["targeting"] and bool(second)

    def named(codes: Iterable[str]) -> str | None:
        return BETWEEN.join(code.replace("{country}", country) for code in codes) or None

    return {
        "disorder_type": mapping.code("disorder_type", sub),
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": named([names[first]]) if first else None,
        "assoc_actor_1": named(groups),
        "inter1": inter.get(first),
        "actor2": named([names[second]]) if second else None,
        "assoc_actor_2": named(hit),
        "inter2": inter.get(second),
        "interaction": f"{pair[0]} only" if len(pair) == 1 else "-".join(pair) or None,
        "civilian_targeting": mapping.code("targeting", sub) if targeted else None,
    }


def _sides(
    one: Happening, parts: Sequence[Happening], mapping: ExportMapping, ledger: Ledger
) -> tuple[str, str, str, str]:
    """Return event type, sub-event type, who acts and upon whom: force turns a peaceful protest into another one."""
    event = one.event
    codes = mapping.types[event.type]
    kind, sub, first = codes["event_type"], codes["sub_event_type"], codes["from"]
    authorities = quoted((*one.tellings, *(t for part in parts for t in part.tellings)), "authority")
    authority = next(iter(codes_told(mapping, "authority", authorities)), "government")
    targets = (*quoted(one.tellings, "target"), *(e.trigger.quote for t in one.tellings for e in t.mention.evidence))
    other = "protesters" if codes_told(mapping, "protesters", targets) else "civilians"
    if first.startswith(_CROWD):
        # Whoever killed, only deaths by the authorities are their force.
        acts = [p for p in parts if p.event.happened and (p.event.type != "killing" or quoted(p.tellings, "authority"))]
        answers = [mapping.code("responses", answer) for p in acts for answer in (p.event.type, *means_of([p]))]
        worse = [answer for answer in answers if answer]
        if worse and kind == "Protests":
            sub = max(worse, key=lambda answer: answer == EXCESSIVE)
        return kind, sub, first, authority if worse else ""
    if event.type in mapping.tables["among_protesters"] and other == "protesters" and authorities:
        # Force and deaths among protesters are a protest, whoever tells of the protest itself.
        return "Protests", mapping.tables["among_protesters"][event.type], "protesters", authority
    nobody = mapping.code("nobody_hit", event.type)
    hit = any(event.figure(attribute) for attribute in ("affected", "injured", "killed"))
    if nobody and not hit and other == "civilians" and not codes_told(mapping, "groups", targets):
        return mapping.tables["disorder_type"][nobody], nobody, authority if authorities else "armed", ""
    if first == "authority" and not authorities:
        ledger.lose("actor1", "no authority is told", "the government, as the type says")
    acting = authority if authorities or first == "authority" else "armed" if first == "armed" else ""
    return kind, sub, acting, other if codes["to"] == "civilians" else ""


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


def _tags(event: Event, mapping: ExportMapping, ledger: Ledger) -> str | None:
    if not mapping.types[event.type]["from"].startswith(_CROWD):
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
