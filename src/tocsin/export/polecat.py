"""The record in the 40 columns of POLECAT: one row a mention, coded as PLOVER."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tocsin.codebook.exports import Country, ExportMapping, load_countries, load_export
from tocsin.datamodel.happening import Happening, Telling
from tocsin.export.ledger import Ledger, left_out_telling
from tocsin.export.losses import Loss
from tocsin.export.mapped import Lookups, Mapped, MappedRow, Precise
from tocsin.export.plover import Entity, code_mention
from tocsin.export.seen import BETWEEN, day_words, first_place, place_kind, why_not


def polecat_rows(happenings: Iterable[Happening], lookups: Lookups) -> Iterator[MappedRow | Loss]:
    """Yield a row for each mention, with its losses after it, and a loss for each of a type that PLOVER has not.

    Args:
        happenings: in the order of the rows.
        lookups: the user's codebook, and what places are.
    """
    mapping, codes, countries = (
        load_export("polecat", lookups.folder),
        load_export("plover", lookups.folder),
        load_countries(lookups.folder),
    )
    for one in happenings:
        for telling in one.tellings:
            why = why_not(telling.mention, codes, scopes=("single", "series", "total"), happened=False)
            if why:
                yield left_out_telling(telling, why)
            else:
                yield from _row(one, telling, mapping, codes, countries, lookups.precise)


def _row(
    one: Happening,
    telling: Telling,
    mapping: ExportMapping,
    codes: ExportMapping,
    countries: Mapping[str, Country],
    precise: Precise,
) -> Iterator[MappedRow | Loss]:
    mention, document = telling.mention, telling.document
    ledger = Ledger(
        one,
        mention.id,
        telling=telling,
        columns={"date": "Event Date", "place": "Placename", "form": "Event Mode", "means": "Event Mode",
                 "scope": "Contexts", "modality": "Contexts", "title": "Source", "url": "Source", "author": "Source"},
        text=("Actor Name Raw", "Recipient Name Raw"),
    )  # fmt: skip
    coded = code_mention(telling, codes, countries)
    told: dict[str, object] = {
        "Event ID": mention.id,
        "Event Type": coded.event,
        "Event Mode": coded.mode or None,
        "Intensity": coded.scale,
        "Quad Code": mapping.code("quad_names", coded.quad),
        "Contexts": ";".join(coded.contexts) or None,
        **_side("Actor", [e for e in coded.entities if e.side == "actor"], countries, ledger),
        **_side("Recipient", [e for e in coded.entities if e.side == "recipient"], countries, ledger),
        **_where(telling, mapping, countries, precise, ledger),
        "Source": document.publisher or None,
        "Publication Date": document.published.isoformat() if document.published else None,
        "Language": document.language,
    }
    when = mention.date
    if when.start is not None:
        told["Event Date"] = when.start.isoformat()
        if when.precision not in ("day", "none") or when.end != when.start:
            ledger.hold("date", "end", "precision")
            ledger.lose("Event Date", f"days: {day_words(mention)}", "the first day")
    if codes.code("modalities", mention.modality):
        ledger.hold("modality")
    if mention.form and codes.code("forms", mention.form):
        ledger.hold("form")
    for kind in ("publisher", "actor"):
        ledger.hold(kind)
    cells = {column: mapping.missing if told.get(column) is None else told[column] for column in mapping.columns}
    yield cells
    yield from ledger.close(cells)


def _side(side: str, entities: Sequence[Entity], countries: Mapping[str, Country], ledger: Ledger) -> dict[str, object]:
    """Return the columns of actor or recipient; they hold one, with the words and sectors of all."""
    if not entities:
        return {}
    first = entities[0]
    if len(entities) > 1:
        ledger.lose(f"{side} Name", f"{len(entities)} names: {'; '.join(e.text for e in entities)}", "the first one")
    country = countries.get(first.country) if first.country else None
    return {
        f"{side} Name": first.text,
        f"{side} Country": first.code,
        f"{side} COW": country.cow if country else None,
        f"Primary {side} Sector": first.sector,
        f"{side} Sectors": ";".join(dict.fromkeys(entity.sector for entity in entities)),
        f"{side} Name Raw": BETWEEN.join(entity.text for entity in entities),
    }


def _where(
    telling: Telling, mapping: ExportMapping, countries: Mapping[str, Country], precise: Precise, ledger: Ledger
) -> dict[str, object]:
    place = first_place(telling.mention)
    if place is None:
        return {}
    for other in telling.mention.places:
        ledger.hold("place", f"{other.country} {other.name}")
    ledger.hold("geonameid", str(place.geonameid))
    kind = place_kind(place, countries, precise)
    country = countries.get(place.country)
    return {
        "Placename": place.name,
        "City": place.name if kind == "settlement" else None,
        "Province": place.admin1,
        "Country": country.iso3 if country else place.country,
        "Latitude": place.lat,
        "Longitude": place.lon,
        "GeoNames ID": place.geonameid,
        "Raw Placename": place.span.quote if place.span else None,
        "Feature Type": mapping.code("features", kind),
        "Story Locations": ";".join(other.name for other in telling.mention.places),
    }


POLECAT = Mapped("polecat", "POLECAT, one row a mention", "tsv", polecat_rows)
