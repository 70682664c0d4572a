"""Reads the places in a text: where they are named, what they mean, and how that was decided."""

from collections import Counter
from collections.abc import Iterable

from tocsin.codebook.places import PlaceWords
from tocsin.datamodel import PlaceCandidate, PlaceReading, Span
from tocsin.datamodel.gazetteer import Entry, PlaceIndex
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.place_names import Name, find_names
from tocsin.extract.place_senses import Sense, decide

# What the publisher's country and a dateline given apart from the text weigh, in names of the text.
_PUBLISHER, _DATELINE = 0.5, 1.5
_KINDS = {"settlement": "settlement", "country": "country"}


def read_places(
    text: str,
    lexicon: PlaceLexicon,
    *,
    publisher_country: str | None = None,
    dateline: str | None = None,
    start: int = 0,
    end: int | None = None,
) -> tuple[PlaceReading, ...]:
    """Return the places named in a text, in order.

    1. Names are found: capitalised words that the index or the codebook knows, and that what stands around them does
       not show to be people, organisations or streets.
    2. Each is given the sense that its size, its container ("Paris, Texas") and the other names of the text favour;
       one name has one sense in a text.
    3. A name that the text places in a region where the index knows none stays unresolved, with its container.

    Args:
        text: the stored text.
        lexicon: the place index with the codebook's words, from `place_lexicon`.
        publisher_country: ISO 3166 code of the publisher's country.
        dateline: place of writing, where it is known apart from the text.
        start, end: the stretch to read, in code points; the whole text by default.
    """
    names = find_names(text, lexicon, start, len(text) if end is None else end)
    votes: dict[str, float] = {}
    if publisher_country:
        votes[publisher_country] = _PUBLISHER
    for entry in lexicon.meaning(dateline).entries[:1] if dateline else ():
        votes[entry.country] = votes.get(entry.country, 0.0) + _DATELINE
    readings: list[PlaceReading] = []
    senses = decide(names, votes)
    for name, found in zip(names, senses, strict=True):
        readings.append(_reading(text, name, found, lexicon, _container(name, names, senses, readings, lexicon)))
    return tuple(readings)


def place_lexicon(words: PlaceWords, index: PlaceIndex) -> PlaceLexicon:
    """Return the place index and the codebook's words, made ready for reading; build it once for many texts."""
    return PlaceLexicon(words, index)


def places_on_the_map(readings: Iterable[PlaceReading]) -> tuple[PlaceReading, ...]:
    """Return the readings that `tocsin resolve places` answers with: those that mean a place on earth."""
    return tuple(reading for reading in readings if reading.best is not None)


def _reading(
    text: str, name: Name, senses: tuple[Sense, ...], lexicon: PlaceLexicon, container: PlaceCandidate | None
) -> PlaceReading:
    span = Span.of(text, name.start, name.end)
    candidates = tuple(_candidate(sense, lexicon) for sense in senses)
    if not senses:
        return PlaceReading(span, "unresolved", None, container, (), "unknown name" if container else "no sense fits")
    entry = senses[0].entry
    if name.kind == "people":
        kind, rule = "demonym", "name of a people"
    elif _for_government(text, name, entry, lexicon):
        kind, rule = "metonym", "capital that acts"
    else:
        kind = _KINDS.get(entry.feature, "region")
        rule = "container" if name.container else "dateline" if name.dateline else "context" if len(senses) > 1 else "only sense"
    return PlaceReading(span, kind, candidates[0], None, candidates[1:6], rule)


def _for_government(text: str, name: Name, entry: Entry, lexicon: PlaceLexicon) -> bool:
    if name.governed or name.dateline or not lexicon.is_capital(entry):
        return False
    after = text[name.end : name.end + 30].split(maxsplit=1)
    return bool(after) and text[name.end : name.end + 1] == " " and after[0].strip(".,;") in lexicon.words["government_verbs"]


def _container(
    name: Name,
    names: list[Name],
    senses: list[tuple[Sense, ...]],
    before: list[PlaceReading],
    lexicon: PlaceLexicon,
) -> PlaceCandidate | None:
    """Return what holds an unresolved name: the place named behind it, else the one named last before it."""
    if senses[names.index(name)]:
        return None
    if name.container is not None:
        for other, found in zip(names, senses, strict=True):
            if other is name.container and found:
                return _candidate(found[0], lexicon)
        if name.container.entries:
            return _candidate(Sense(name.container.entries[0], 0.0, ()), lexicon)
    countries = Counter(found[0].entry.country for found in senses if found and found[0].entry.country)
    known = [reading.best for reading in reversed(before) if reading.best is not None]
    if countries:
        home = countries.most_common(1)[0][0]
        known = [best for best in known if best.country == home]
        country = lexicon.index.country(home)
        if not known and country is not None:
            return _candidate(Sense(country, 0.0, ()), lexicon)
    return known[0] if known else None


def _candidate(sense: Sense, lexicon: PlaceLexicon) -> PlaceCandidate:
    entry = sense.entry
    region = lexicon.index.region(entry.admin1) if entry.admin1 else None
    return PlaceCandidate(
        geonameid=entry.id,
        name=lexicon.usual_name(entry),
        country=entry.country,
        admin1=lexicon.usual_name(region) if region else None,
        lat=entry.lat,
        lon=entry.lon,
        feature=entry.feature,
        population=entry.population,
        score=sense.score,
        reasons=sense.reasons,
    )
