"""The record in the columns of the UCDP Georeferenced Event Dataset: one row an event in which authorities killed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from tocsin.codebook.exports import Country, ExportMapping, load_countries, load_export
from tocsin.datamodel import DateRange, Event, Figure
from tocsin.datamodel.happening import Happening
from tocsin.datamodel.relation import COVERS
from tocsin.export.ledger import Ledger, left_out
from tocsin.export.losses import Loss
from tocsin.export.mapped import Lookups, Mapped, MappedRow, Precise
from tocsin.export.seen import (
    BETWEEN,
    FROM,
    day_words,
    documents_of,
    first_place,
    held_whole,
    place_kind,
    publishers_of,
    quoted,
    source_of,
    why_not,
)

#: PRIO-GRID: cells of half a degree, 720 of them around the world, counted from the south-west corner.
_CELLS = 720
_CELL = 0.5


def ged_rows(happenings: Iterable[Happening], lookups: Lookups) -> Iterator[MappedRow | Loss]:
    """Yield a row for each killing by an authority, with its losses after it, and a loss for each other event.

    A total has a row (event_clarity 2) only where no killing is known that it covers.

    Args:
        happenings: in the order of the rows.
        lookups: the user's codebook, and what places are.
    """
    mapping, countries = load_export("ged", lookups.folder), load_countries(lookups.folder)
    held = held_whole(happenings)
    rows = {one.event.id for one in held if _why_no_row(one, mapping) is None and one.event.scope == "single"}
    for one in held:
        why = _why_no_row(one, mapping)
        if why is None and one.event.scope == "total":
            covered = {r.member for r in one.relations if r.kind == COVERS and r.holder == one.event.id} & rows
            why = f"a total of {', '.join(sorted(covered))}, which have rows" if covered else None
        if why:
            yield left_out(one, why)
        else:
            yield from _row(one, mapping, countries, lookups.precise)


def deaths_of(event: Event) -> Figure | None:
    """Return the figure of the dead of an event."""
    return event.figure("affected") if event.type == "killing" else event.figure("killed")


def _why_no_row(one: Happening, mapping: ExportMapping) -> str | None:
    event = one.event
    figure = deaths_of(event)
    dead = figure is not None and (figure.best or 0) > 0
    if event.type not in mapping.types and not dead:
        return why_not(event, mapping, scopes=("single", "total"))
    if not event.happened:
        return f"it is {event.modality}"
    if event.scope == "series":
        return "a series is no single event"
    if not quoted(one.tellings, "authority"):
        return "no organised group is told that killed"
    if figure is None or figure.best is None:
        return "how many died is not told"
    if not dead:
        return "nobody died"
    if event.date.start is None:
        return "no day is known"
    return None if event.places else "no place is known, and a row must have a country"


def _row(
    one: Happening, mapping: ExportMapping, countries: Mapping[str, Country], precise: Precise
) -> Iterator[MappedRow | Loss]:
    event = one.event
    ledger = Ledger(
        one,
        event.id,
        columns={
            "date": "date_start", "place": "where_coordinates", "modality": "date_end", "scope": "event_clarity",
            "affected": "best", "killed": "best", "injured": "best", "actor": "side_a", "sentence": "source_article",
            "url": "source_article", "author": "source_article", "means": "type_of_violence",
        },
        text=("source_article", "source_original", "where_description"),
    )  # fmt: skip
    place = first_place(event)
    assert place is not None  # events without a place have no row
    country = countries.get(place.country)
    side = f"Government of {country.ged_name if country else place.country}"
    documents = documents_of(one.tellings)
    figure = deaths_of(event)
    assert figure is not None  # events without deaths have no row
    speakers = [FROM.join(s.span.quote for s in told.claim.said_by) for told in ledger.claims if told.claim.said_by]
    told = [t for t in ledger.claims if t.claim.attribute in ("affected", "killed")]
    cells = dict.fromkeys(mapping.columns, mapping.missing or None)
    cells |= _when(event, ledger) | _where(event, mapping, countries, precise, ledger)
    cells |= {
        "id": event.id,
        "type_of_violence": mapping.types["killing"]["type_of_violence"],
        "conflict_name": f"{side} - Civilians",
        "dyad_name": f"{side} - Civilians",
        "side_a": side,
        "side_b": "Civilians",
        "number_of_sources": len(publishers_of(one.tellings)),
        "source_article": BETWEEN.join(f'"{source_of(t)}, {t.document.title or t.document.id}"' for t in documents),
        "source_office": BETWEEN.join(publishers_of(one.tellings)),
        "source_date": BETWEEN.join(t.document.published.isoformat() for t in documents if t.document.published)
        or None,
        "source_headline": BETWEEN.join(t.document.title for t in documents if t.document.title) or None,
        "source_original": BETWEEN.join(dict.fromkeys(speakers)) or None,
        "event_clarity": 1 if event.scope == "single" else 2,
        "deaths_civilians": figure.best,
        "best": figure.best,
        "high": figure.high,
        "low": figure.low,
        "gwnoa": country.gw if country else None,
    }
    ledger.figure("best", figure, figure.best, ends=True)
    if len({(t.claim.low, t.claim.high) for t in told}) == 1:
        ledger.stated("best", told, exact=True)
    ledger.lose("side_a", f"authority: {', '.join(quoted(one.tellings, 'authority'))}", "the government of the country")
    ledger.lose("side_b", "whether the dead were bystanders, protesters or others", "civilians")
    if event.scope != "single":
        ledger.hold("scope")
    for kind in ("publisher", "title"):
        ledger.hold(kind)
    yield cells
    yield from ledger.close(cells)


def _when(event: Event, ledger: Ledger) -> dict[str, object]:
    start = event.date.start
    assert start is not None  # events without a day have no row
    end = event.date.end or start
    if event.date.end is None:
        ledger.lose("date_end", f"days: {day_words(event)}, its end not known", "the first day")
    ledger.hold("date", "end", "precision")
    return {
        "year": start.year,
        "date_prec": date_precision(event.date),
        "date_start": start.isoformat(),
        "date_end": end.isoformat(),
    }


def date_precision(when: DateRange) -> int:
    """Return how well the day is known: 1 the day, 2 up to six days, 3 a week, 4 a month, 5 longer."""
    assert when.start is not None
    days = ((when.end or when.start) - when.start + timedelta(days=1)).days
    if when.precision == "week":
        return 3
    return 1 if days <= 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5


def _where(
    event: Event, mapping: ExportMapping, countries: Mapping[str, Country], precise: Precise, ledger: Ledger
) -> dict[str, object]:
    place = first_place(event)
    assert place is not None  # events without a place have no row
    for other in event.places:
        ledger.hold("place", f"{other.country} {other.name}")
    if len(event.places) > 1:
        ledger.lose("where_coordinates", f"{len(event.places)} places", "the position of the first")
    country = countries.get(place.country)
    position = (
        {}
        if place.lat is None or place.lon is None
        else {
            "latitude": place.lat,
            "longitude": place.lon,
            "geom_wkt": f"POINT ({place.lon} {place.lat})",
            "priogrid_gid": priogrid_cell(place.lat, place.lon),
        }
    )
    return {
        "where_prec": mapping.code("where_prec", place_kind(place, countries, precise)),
        "where_coordinates": place.name,
        "where_description": BETWEEN.join(other.name for other in event.places),
        "adm_1": place.admin1,
        "country": country.ged_name if country else place.country,
        "country_id": country.gw if country else None,
        "region": country.ged if country else None,
        **position,
    }


def priogrid_cell(lat: float, lon: float) -> int:
    """Return the number of the PRIO-GRID cell of a position in WGS 84 degrees; the poles' edge belongs to the last row.

    A check: the first cell, at the south-west corner, is 1 and the last one 259,200.
    """
    row = min(int((lat + 90) / _CELL), int(180 / _CELL) - 1)
    column = min(int((lon + 180) / _CELL), _CELLS - 1)
    return row * _CELLS + column + 1


GED = Mapped("ged", "UCDP GED, one row a killing by an authority", "csv", ged_rows)
