"""The record in the columns of the Mass Mobilization data: one row a gathering against a government."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tocsin.codebook.exports import Country, ExportMapping, load_countries, load_export
from tocsin.datamodel import Event
from tocsin.datamodel.happening import Happening
from tocsin.export.ledger import Ledger, left_out
from tocsin.export.losses import Loss
from tocsin.export.mapped import Lookups, Mapped, MappedRow
from tocsin.export.seen import (
    BETWEEN,
    best_of,
    codes_of,
    day_words,
    demands_of,
    first_place,
    folded_into,
    held_whole,
    interval_words,
    means_of,
    notes_of,
    publishers_of,
    quoted,
    why_not,
)

#: A gathering of fewer has no row.
LEAST = 50


def mm_rows(happenings: Iterable[Happening], lookups: Lookups) -> Iterator[MappedRow | Loss]:
    """Yield a row for each gathering, with its losses after it, and a loss for each other event.

    The protests of a country and year are numbered in the order of their days. Arrests, force, deaths and concessions
    within a protest, on its days, are answers of the state in its row.

    Args:
        happenings: in the order of the rows.
        lookups: the user's codebook, and what places are.
    """
    mapping, countries = load_export("mm", lookups.folder), load_countries(lookups.folder)
    held = held_whole(happenings)
    rows = [one for one in held if not _why_no_row(one.event, mapping)]
    numbers = _numbered(rows)
    home, parts = folded_into(held, mapping, numbers)
    for one in held:
        event = one.event
        if event.id in home:
            yield left_out(one, f"told in the row of {home[event.id]}, which it is part of", "told in another row")
        elif why := _why_no_row(event, mapping):
            yield left_out(one, why)
        else:
            yield from _row(one, parts.get(event.id, ()), numbers[event.id], mapping, countries)


def _why_no_row(event: Event, mapping: ExportMapping) -> str | None:
    why = why_not(event, mapping)
    if why is None and event.date.start is None:
        return "no year is known"
    figure = event.figure("participants")
    if why is None and figure is not None and figure.high is not None and figure.high < LEAST:
        return f"{interval_words(figure.low, figure.high)} people are fewer than {LEAST}"
    return why


def _numbered(rows: Sequence[Happening]) -> Mapping[str, int]:
    """Return the number of each protest among those of its country and year, by first day and id."""
    counts: Counter[tuple[str, int]] = Counter()
    found = {}
    for one in sorted(rows, key=lambda row: (str(row.event.date.start), row.event.id)):
        place, start = first_place(one.event), one.event.date.start
        key = (place.country if place else "", start.year if start else 0)
        counts[key] += 1
        found[one.event.id] = counts[key]
    return found


def _row(
    one: Happening,
    parts: Sequence[Happening],
    number: int,
    mapping: ExportMapping,
    countries: Mapping[str, Country],
) -> Iterator[MappedRow | Loss]:
    event = one.event
    tellings = (*one.tellings, *(telling for part in parts for telling in part.tellings))
    ledger = Ledger(
        one,
        event.id,
        columns={
            "date": "startday", "place": "location", "participants": "participants_category", "modality": "endday",
            "actor": "protesteridentity", "demand": "protesterdemand1", "means": "protesterviolence",
        },
        text=("notes", "protesteridentity", "sources"),
    )  # fmt: skip
    crowd = quoted(one.tellings, "organiser", "participant")
    for role in ("organiser", "participant"):
        for quote in quoted(one.tellings, role):
            ledger.hold("actor", f"{role}: {quote}")
    for kind in ("publisher", "sentence"):
        ledger.hold(kind)
    for part in parts:
        ledger.hold("relation", f"within {part.event.id}")
    told: dict[str, object] = {
        **_when(event, ledger),
        **_where(event, countries, ledger),
        **_size(event, mapping, ledger),
        **_demands(one, mapping, ledger),
        **_responses(parts, mapping, ledger),
        "id": event.id,
        "protest": 1,
        "protestnumber": number if event.places else None,
        "protesterviolence": mapping.types[event.type]["violence"],
        "protesteridentity": BETWEEN.join(crowd) or None,
        "sources": BETWEEN.join(publishers_of(tellings)) or None,
        "notes": notes_of(tellings) or None,
    }
    cells = {column: mapping.missing if told.get(column) is None else told[column] for column in mapping.columns}
    yield cells
    yield from ledger.close(cells)


def _when(event: Event, ledger: Ledger) -> dict[str, object]:
    when = event.date
    start, end = when.start, when.end
    assert start is not None  # events without a year have no row
    if when.precision == "day":
        ledger.hold("date", "end")
        over = {} if end is None or event.modality == "ongoing" else _day("end", end)
        return {"year": start.year} | _day("start", start) | over
    # Of a week, month or year only what all of its days share is known.
    last = end or start
    month = start.month if (start.year, start.month) == (last.year, last.month) else None
    ledger.hold("date", "precision")
    ledger.lose("startday", f"days: {day_words(event)}", "what all of these days share")
    return {
        "year": start.year,
        "startmonth": month,
        "startyear": start.year,
        "endmonth": month,
        "endyear": last.year,
    }


def _day(end: str, day: date) -> dict[str, object]:
    return {f"{end}day": day.day, f"{end}month": day.month, f"{end}year": day.year}


def _where(event: Event, countries: Mapping[str, Country], ledger: Ledger) -> dict[str, object]:
    place = first_place(event)
    if place is None:
        ledger.lose("location", "no place known", "left empty")
        return {}
    country = countries.get(place.country)
    for other in event.places:
        ledger.hold("place", f"{other.country} {other.name}")
    if place.lat is not None:
        ledger.lose("location", f"position of {place.name}: {place.lat}, {place.lon}", "the name alone")
    return {
        "country": country.name if country else place.country,
        "ccode": country.cow if country else None,
        "region": country.mm if country else None,
        "location": BETWEEN.join(other.name for other in event.places),
    }


def _size(event: Event, mapping: ExportMapping, ledger: Ledger) -> dict[str, object]:
    figure = event.figure("participants")
    best = best_of(figure)
    words = None if figure is None or figure.low is figure.high is None else interval_words(figure.low, figure.high)
    ledger.figure("participants", figure, best, ends=True)
    ends = {mapping.band("participants_category", n) for n in ((figure.low, figure.high) if figure else ())}
    if best is not None and len(ends) > 1:
        ledger.lose("participants_category", f"participants: {words}", "the class of the best number")
    return {"participants": words, "participants_category": mapping.band("participants_category", best)}


def _demands(one: Happening, mapping: ExportMapping, ledger: Ledger) -> dict[str, object]:
    # A demand has one class, the first in the order of the table that its words tell.
    classes = (next(codes_of(mapping, "demands", demand), None) for demand in demands_of(one.tellings))
    codes = [code for code in dict.fromkeys(classes) if code]
    places = [column for column in mapping.columns if column.startswith("protesterdemand")]
    for code in codes[len(places) :]:
        ledger.lose(places[-1], f"demand: {code}", "more than four")
    return dict(zip(places, codes, strict=False))


def _responses(parts: Sequence[Happening], mapping: ExportMapping, ledger: Ledger) -> dict[str, object]:
    told: dict[str, None] = {}
    for part in parts:
        by_state = part.event.type != "killing" or quoted(part.tellings, "authority")
        if part.event.happened and not by_state:
            ledger.lose("stateresponse1", f"killing {part.event.id}: no authority is told", "no response of the state")
        elif part.event.happened:
            acts = (part.event.type, *means_of([part]))
            codes = [code for act in acts if (code := mapping.code("responses", act))]
            told.update(dict.fromkeys(codes))
            if not codes:
                ledger.lose("stateresponse1", f"{part.event.type} of {part.event.id} without means", "left out")
        else:
            ledger.lose("stateresponse1", f"{part.event.type} of {part.event.id}: told that there was none", "left out")
    return dict(zip((c for c in mapping.columns if c.startswith("stateresponse")), told, strict=False))


MM = Mapped("mm", "Mass Mobilization, one row a gathering", "csv", mm_rows)
