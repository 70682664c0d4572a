"""The record as reports of the Mass Mobilization in Autocracies Database: one row a mention of a gathering."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from tocsin.codebook.exports import Country, ExportMapping, load_countries, load_export
from tocsin.datamodel.happening import Happening, Telling
from tocsin.export.ledger import Ledger, left_out_telling
from tocsin.export.losses import Loss
from tocsin.export.mapped import Lookups, Mapped, MappedRow
from tocsin.export.seen import (
    BETWEEN,
    day_words,
    demands_of,
    first_place,
    middle_of,
    quoted,
    source_of,
    why_not,
)


def mmad_rows(happenings: Iterable[Happening], lookups: Lookups) -> Iterator[MappedRow | Loss]:
    """Yield a row for each mention of a gathering on a known day, with its losses after it, and a loss for each other.

    Args:
        happenings: in the order of the rows.
        lookups: the user's codebook, and what places are.
    """
    mapping, countries = load_export("mmad", lookups.folder), load_countries(lookups.folder)
    for one in happenings:
        for telling in one.tellings:
            why = why_not(telling.mention, mapping, dated=("day",))
            if why:
                yield left_out_telling(telling, why)
            else:
                yield from _row(one, telling, mapping, countries)


def ascii_name(name: str) -> str:
    """Return a name without marks on its letters, and without letters that ASCII has not."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")


def _row(
    one: Happening, telling: Telling, mapping: ExportMapping, countries: Mapping[str, Country]
) -> Iterator[MappedRow | Loss]:
    mention = telling.mention
    ledger = Ledger(
        one,
        mention.id,
        telling=telling,
        columns={"date": "event_date", "place": "location", "participants": "avg_numparticipants", "title": "source",
                 "means": "part_violence", "modality": "event_date", "url": "source", "author": "source"},
        text=("actors", "issue", "numparticipants"),
    )  # fmt: skip
    place = first_place(mention)
    country = countries.get(place.country) if place else None
    told = [one for one in ledger.claims if one.claim.attribute == "participants"]
    middles = [middle for t in told if (middle := middle_of(t.claim.low, t.claim.high)) is not None]
    crowd = quoted([telling], "participant", "organiser")
    start = mention.date.start
    assert start is not None  # mentions without a day have no row
    if mention.date.end != start:
        ledger.hold("date", "end")
        ledger.lose("event_date", f"days: {day_words(mention)}", "the first day")
    violence = mapping.types[mention.type]["violence"]
    if violence:
        ledger.lose("part_violence", violence, "left empty")
    cells = dict.fromkeys(mapping.columns, mapping.missing or None)
    cells |= {
        "id": mention.id,
        "cowcode": country.cow if country else None,
        "location": place.geonameid if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "asciiname": ascii_name(place.name) if place else None,
        "event_date": start.isoformat(),
        "actors": BETWEEN.join(crowd) or None,
        "issue": BETWEEN.join(demands_of([telling])) or None,
        "numparticipants": BETWEEN.join(dict.fromkeys(t.claim.span.quote for t in told)) or None,
        "avg_numparticipants": sum(middles) // len(middles) if middles else None,
        "source": source_of(telling),
    }
    if place is not None:
        ledger.hold("place", f"{place.country} {place.name}")
        ledger.hold("geonameid", str(place.geonameid))
        if ascii_name(place.name) != place.name:
            ledger.lose("asciiname", f"place: {place.name}", "its name in ASCII")
    for role in ("participant", "organiser"):
        for quote in quoted([telling], role):
            ledger.hold("actor", f"{role}: {quote}")
    for kind in ("demand", "publisher"):
        ledger.hold(kind)
    counted = [t for t in told if middle_of(t.claim.low, t.claim.high) is not None]
    alike = len({(t.claim.low, t.claim.high) for t in told}) == 1 and told[0].claim.low == told[0].claim.high
    ledger.stated("avg_numparticipants", counted, exact=alike)
    ledger.lose("id", f"event: {one.event.id}", "reports of one event share place, day and side only")
    yield cells
    yield from ledger.close(cells)


MMAD = Mapped("mmad", "MMAD, one row a report of a gathering", "csv", mmad_rows)
