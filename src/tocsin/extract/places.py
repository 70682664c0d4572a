"""Reads the places in a text: where they are named, what they mean, and how that was decided."""

from collections import Counter
from collections.abc import Iterable

from tocsin.codebook.places import PlaceWords
from tocsin.datamodel import PlaceCandidate, PlaceReading, Span
from tocsin.datamodel.gazetteer import Entry, PlaceIndex
from tocsin.extract.place_finding import find_names
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.place_names import Name
from tocsin.extract.place_senses import Sense, decide

# What the publisher's country and a dateline given apart from the text weigh, in names of the text.
_PUBLISHER, _DATELINE = 0.5, 3.0
_UNKNOWN = {"unknown": "unknown name", "venue": "venue"}
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
    senses = decide(names, votes, lexicon.capitals)
    held = {id(name): found[0] for name, found in zip(names, senses, strict=True) if found}
    countries = Counter(sense.entry.country for sense in held.values() if sense.entry.country)
    home = lexicon.index.country(countries.most_common(1)[0][0]) if countries else None
    readings: list[PlaceReading] = []
    made: dict[int, tuple[PlaceCandidate, ...]] = {}  # by the senses, which all occurrences of a name share
    last: PlaceCandidate | None = None
    for name, found in zip(names, senses, strict=True):
        container = None if found else _container(name, held, home, last, lexicon)
        if id(found) not in made:
            made[id(found)] = tuple(_candidate(sense, lexicon) for sense in found)
        reading = _reading(text, name, made[id(found)], found, lexicon, container)
        if reading.best is not None and (home is None or reading.best.country == home.country):
            last = reading.best
        readings.append(reading)
    return tuple(readings)


def place_lexicon(words: PlaceWords, index: PlaceIndex) -> PlaceLexicon:
    """Return the place index and the codebook's words, made ready for reading; build it once for many texts."""
    return PlaceLexicon(words, index)


def places_on_the_map(readings: Iterable[PlaceReading]) -> tuple[PlaceReading, ...]:
    """Return the readings that `tocsin resolve places` answers with: those that mean a place on earth."""
    return tuple(reading for reading in readings if reading.best is not None)


def _reading(
    text: str,
    name: Name,
    candidates: tuple[PlaceCandidate, ...],
    senses: tuple[Sense, ...],
    lexicon: PlaceLexicon,
    container: PlaceCandidate | None,
) -> PlaceReading:
    span = Span.of(text, name.start, name.end)
    if not senses:
        return PlaceReading(span, "unresolved", None, container, (), _UNKNOWN.get(name.kind, "no sense fits"))
    entry = senses[0].entry
    if name.kind == "people":
        kind, rule = "demonym", "name of a people"
    elif _for_government(text, name, entry, lexicon):
        kind, rule = "metonym", "capital that acts"
    else:
        kind = _KINDS.get(entry.feature, "region")
        rule = (
            "container"
            if name.container
            else "dateline"
            if name.dateline
            else "context"
            if len(senses) > 1
            else "only sense"
        )
    return PlaceReading(span, kind, candidates[0], None, candidates[1:6], rule)


def _for_government(text: str, name: Name, entry: Entry, lexicon: PlaceLexicon) -> bool:
    if name.governed or name.dateline or not lexicon.is_capital(entry):
        return False
    after = text[name.end : name.end + 30].split(maxsplit=1)
    return (
        bool(after)
        and text[name.end : name.end + 1] == " "
        and after[0].strip(".,;") in lexicon.words["government_verbs"]
    )


def _container(
    name: Name, held: dict[int, Sense], home: Entry | None, last: PlaceCandidate | None, lexicon: PlaceLexicon
) -> PlaceCandidate | None:
    """Return what holds an unresolved name: the place named behind it, else the last one before it in the country
    that the text names most, else that country."""
    if name.container is not None and name.container.entries:
        return _candidate(held.get(id(name.container)) or Sense(name.container.entries[0], 0.0, ()), lexicon)
    return last or (_candidate(Sense(home, 0.0, ()), lexicon) if home is not None else None)


def _candidate(sense: Sense, lexicon: PlaceLexicon) -> PlaceCandidate:
    entry = sense.entry
    return PlaceCandidate(
        geonameid=entry.id,
        name=lexicon.usual_name(entry),
        country=entry.country,
        admin1=lexicon.region_name(entry.admin1) if entry.admin1 else None,
        lat=entry.lat,
        lon=entry.lon,
        feature=entry.feature,
        population=entry.population,
        score=sense.score,
        reasons=sense.reasons,
    )
