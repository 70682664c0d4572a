"""The record as reports of the MAVERICK data: one row a mention of violence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tocsin.codebook.exports import Country, ExportMapping, load_countries, load_export
from tocsin.datamodel.happening import Happening, Telling
from tocsin.export.ledger import Ledger, left_out_telling
from tocsin.export.losses import Loss
from tocsin.export.mapped import Lookups, Mapped, MappedRow, Precise
from tocsin.export.seen import BETWEEN, Told, day_words, first_place, middle_of, place_kind, quoted, why_not

#: How many actors a row has.
ACTORS = 6


def maverick_rows(happenings: Iterable[Happening], lookups: Lookups) -> Iterator[MappedRow | Loss]:
    """Yield a row for each mention of violence, with its losses after it, and a loss for each other one.

    Args:
        happenings: in the order of the rows.
        lookups: the user's codebook, and what places are.
    """
    mapping, countries = load_export("maverick", lookups.folder), load_countries(lookups.folder)
    for one in happenings:
        for telling in one.tellings:
            why = why_not(telling.mention, mapping)
            if why:
                yield left_out_telling(telling, why)
            else:
                yield from _row(one, telling, mapping, countries, lookups.precise)


def _row(
    one: Happening,
    telling: Telling,
    mapping: ExportMapping,
    countries: Mapping[str, Country],
    precise: Precise,
) -> Iterator[MappedRow | Loss]:
    mention, document = telling.mention, telling.document
    ledger = Ledger(
        one,
        mention.id,
        telling=telling,
        columns={"date": "date_start", "place": "location", "title": "source", "url": "source", "means": "damage",
                 "affected": "event_context", "participants": "event_context", "sentence": "event_context",
                 "modality": "date_end", "relation": "event_context"},
        text=("target", "source", "source_author"),
    )  # fmt: skip
    place = first_place(mention)
    country = countries.get(place.country) if place else None
    cells = dict.fromkeys(mapping.columns, mapping.missing or None)
    cells |= _actors(telling, mapping, ledger) | _when(telling, ledger)
    dead = {"killed"} | ({"affected"} if "counts" in mapping.types[mention.type] else set())
    cells |= _numbers("deaths", [t for t in ledger.claims if t.claim.attribute in dead], ledger)
    cells |= _numbers("injuries", [t for t in ledger.claims if t.claim.attribute == "injured"], ledger)
    cells |= {
        "id": mention.id,
        "event_id": one.event.id,
        "country": (country.name if country else place.country) if place else None,
        "city": place.name if place and place_kind(place, countries, precise) == "settlement" else None,
        "location": BETWEEN.join(other.name for other in mention.places) or None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "target": BETWEEN.join(quoted([telling], "target")) or None,
        "source": document.publisher or document.id,
        "source_author": document.author,
    }
    for other in mention.places:
        ledger.hold("place", f"{other.country} {other.name}")
    for kind in ("publisher", "author"):
        ledger.hold(kind)
    if document.published:
        ledger.lose("source", f"day of publication: {document.published.isoformat()}", "left out")
    yield cells
    yield from ledger.close(cells)


def _actors(telling: Telling, mapping: ExportMapping, ledger: Ledger) -> dict[str, object]:
    """Return the actors with what they are: who does it, to whom it is done."""
    codes = mapping.types[telling.mention.type]
    does, suffers = codes["does"].split(), codes["suffers"].split()
    told = dict.fromkeys((a.role, " ".join(a.span.quote.split())) for a in telling.mention.actors)
    acting = [pair for pair in told if pair[0] in does]
    order = [*acting, *(pair for pair in told if pair not in acting)]
    cells: dict[str, object] = {}
    for number, (role, words) in enumerate(order[:ACTORS], 1):
        cells[f"actor{number}"] = words
        if role in does:
            cells[f"actor{number}_perpetrator"] = 1
        if role in suffers:
            cells[f"actor{number}_victim"] = 1
        if role in does or role in suffers:
            ledger.hold("actor", f"{role}: {words}")
    return cells


def _when(telling: Telling, ledger: Ledger) -> dict[str, object]:
    when = telling.mention.date
    if when.start is None:
        return {}
    ledger.hold("date", "end", "precision")
    if when.precision not in ("day", "none"):
        ledger.lose("date_start", f"days: {day_words(telling.mention)}", "first and last of the days it may have been")
    return {"date_start": when.start.isoformat(), "date_end": when.end.isoformat() if when.end else None}


def _numbers(column: str, told: Sequence[Told], ledger: Ledger) -> dict[str, object]:
    """Return lowest, highest and middle of what a report tells; an open end is empty."""
    if not told:
        return {}
    claims = [one.claim for one in told]
    lows = [claim.low for claim in claims if claim.low is not None]
    highs = [claim.high for claim in claims if claim.high is not None]
    low = min(lows, default=None)
    high = max(highs) if len(highs) == len(claims) else None
    ends = {end for claim in claims for end in (claim.low, claim.high)}
    # The best value of an interval, or of one with an open end, is ours and not the report's.
    ledger.stated(f"{column}_best", told, exact=len(ends) == 1 and not any(claim.approx for claim in claims))
    return {f"{column}_best": middle_of(low, high), f"{column}_low": low, f"{column}_high": high}


MAVERICK = Mapped("maverick", "MAVERICK, one row a report of violence", "csv", maverick_rows)
