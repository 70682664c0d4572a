"""The record in the columns of the Labor Action Tracker: one row a strike or a protest at work."""

from collections.abc import Iterable, Iterator, Mapping

from tocsin.codebook.exports import Country, ExportMapping, load_countries, load_export
from tocsin.datamodel import Event
from tocsin.datamodel.happening import Happening
from tocsin.datamodel.lasting import lasted
from tocsin.export.ledger import Ledger, left_out
from tocsin.export.losses import Loss
from tocsin.export.mapped import Lookups, Mapped, MappedRow, Precise
from tocsin.export.seen import (
    BETWEEN,
    best_of,
    demands_of,
    documents_of,
    first_place,
    forms_of,
    interval_words,
    notes_of,
    place_kind,
    quoted,
    source_of,
    why_not,
)


def lat_rows(happenings: Iterable[Happening], lookups: Lookups) -> Iterator[MappedRow | Loss]:
    """Yield a row for each strike and each protest in which an employer is told, and a loss for each other event.

    Args:
        happenings: in the order of the rows.
        lookups: the user's codebook, and what places are.
    """
    mapping, countries = load_export("lat", lookups.folder), load_countries(lookups.folder)
    for one in happenings:
        why = why_not(one.event, mapping)
        needed = mapping.types[one.event.type].get("needs") if why is None else None
        if needed and not quoted(one.tellings, needed):
            why = f"no {needed} is told, so that it is no protest at work"
        if why:
            yield left_out(one, why)
        else:
            yield from _row(one, mapping, countries, lookups.precise)


def _row(
    one: Happening, mapping: ExportMapping, countries: Mapping[str, Country], precise: Precise
) -> Iterator[MappedRow | Loss]:
    event = one.event
    ledger = Ledger(
        one,
        event.id,
        columns={
            "date": "Start Date", "place": "City", "modality": "End Date", "form": "Authorized", "actor": "Notes",
            "participants": "Approximate Number of Participants", "workforce": "Bargaining Unit Size",
            "sites": "Number of Locations", "duration": "Duration Amount", "publisher": "Source", "title": "Notes",
        },
        text=("Notes", "Employer", "Labor Organization", "Worker Demands", "Source"),
    )  # fmt: skip
    employers, unions = quoted(one.tellings, "employer"), quoted(one.tellings, "organiser")
    documents = documents_of(one.tellings)
    cells = dict.fromkeys(mapping.columns, mapping.missing or None)
    cells |= _when(event, ledger) | _where(event, countries, precise, ledger) | _numbers(event, ledger)
    cells |= {
        "ID": event.id,
        "Employer": BETWEEN.join(employers) or None,
        "Labor Organization": BETWEEN.join(unions) or None,
        "Strike or Protest": mapping.types[event.type]["action"],
        "Authorized": next((c for form in forms_of(one.tellings) if (c := mapping.code("forms", form))), None),
        "Worker Demands": BETWEEN.join(demands_of(one.tellings)) or None,
        "Source": BETWEEN.join(t.document.url or source_of(t) for t in documents) or None,
        "Notes": notes_of(one.tellings) or None,
    }
    for quote in employers:
        ledger.hold("actor", f"employer: {quote}")
    for quote in unions:
        ledger.hold("actor", f"organiser: {quote}")
    for form in forms_of(one.tellings):
        if mapping.code("forms", form):
            ledger.hold("form", form)
    for kind in ("demand", "sentence", "publisher", "url"):
        ledger.hold(kind)
    yield cells
    yield from ledger.close(cells)


def _when(event: Event, ledger: Ledger) -> dict[str, object]:
    """Return first and last day, and the length where it is told."""
    when = event.date
    low, high = lasted(event)
    length: dict[str, object] = {} if low is None else {"Duration Amount": low, "Duration Unit": "Days"}
    duration = event.figure("duration")
    ledger.figure("Duration Amount", duration, low)
    if duration is None and low is not None and low != high:
        ledger.lose("Duration Amount", f"length: {interval_words(low, high)} days", "the lower end")
    if when.precision != "day" or when.start is None:
        return length
    ledger.hold("date", "end")
    over = when.end is not None and event.modality != "ongoing"
    return length | {"Start Date": when.start.isoformat(), "End Date": str(when.end) if over else None}


def _where(event: Event, countries: Mapping[str, Country], precise: Precise, ledger: Ledger) -> dict[str, object]:
    place = first_place(event)
    if place is None:
        ledger.lose("City", "no place known", "left empty")
        return {}
    for other in event.places:
        ledger.hold("place", f"{other.country} {other.name}")
    if place.country != "US":
        what = f"country and region of {place.name}: {place.country}, {place.admin1 or 'no region known'}"
        ledger.lose("State", what, "left empty; the file knows states of the United States only")
    cities = [other.name for other in event.places if place_kind(other, countries, precise) == "settlement"]
    for other in event.places:
        if other.name not in (*cities, other.admin1):
            ledger.lose("City", f"place: {other.name}, no city", "left empty")
    return {
        "City": BETWEEN.join(cities) or None,
        "State": place.admin1 if place.country == "US" else None,
        "Latitude": place.lat,
        "Longitude": place.lon,
    }


def _numbers(event: Event, ledger: Ledger) -> dict[str, object]:
    cells: dict[str, object] = {}
    for column, attribute in (
        ("Approximate Number of Participants", "participants"),
        ("Bargaining Unit Size", "workforce"),
        ("Number of Locations", "sites"),
    ):
        figure = event.figure(attribute)
        cells[column] = best_of(figure)
        ledger.figure(column, figure, best_of(figure))
    return cells


LAT = Mapped("lat", "Labor Action Tracker, one row a strike or protest at work", "csv", lat_rows)
