"""Coded documents to the rows of the page: what each says in words, and where its words stand in the text."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from tocsin.codebook.types import Vocabulary
from tocsin.datamodel import Claim, CodedDocument, Document, Mention, Place, Span, Speaker
from tocsin.report.words import claim_words, counted_words, day_words, name_words, range_words

# start and end in UTF-16 code units, as scripts count; the quote itself where it stands in no text (start -1).
Mark: TypeAlias = tuple[int, int, str]

# Categories beyond these share the colour of none.
COLOURS = 5


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim, ready to show: `said_by` is innermost first, "X, as told by Y"."""

    shown: str
    counted: str
    said_by: str
    hedge: str
    quote: str
    low: float | None
    high: float | None
    approx: bool
    attribute: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class MentionRow:
    """One mention, ready to show.

    Attributes:
        number: its place among all, and what its address on the page is made of.
        document: number of its document.
        kind: its type in words.
        lane: number of its type among the types that occur.
        colour: number of its category, COLOURS where it has none.
        heading: what it stands under in the list.
        sentence: its first evidence sentence, parted as before, trigger, after.
    """

    number: int
    document: int
    mention: Mention
    kind: str
    form: str
    category: str
    lane: int
    colour: int
    modality: str
    when: str
    heading: str
    places: tuple[int, ...]
    where: str
    claims: tuple[ClaimRow, ...]
    sentence: tuple[str, str, str]
    evidence: tuple[tuple[Mark, Mark], ...]
    facts: tuple[tuple[str, tuple[Mark, ...], str], ...]
    context: int | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document, ready to show."""

    number: int
    document: Document
    day: str
    mentions: int


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place with how many mentions name it; without a point where it has none of its own."""

    number: int
    name: str
    country: str
    lat: float | None
    lon: float | None
    mentions: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One type that occurs."""

    type: str
    kind: str
    colour: int
    category: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything a page shows, each list numbered from 0; mentions are in the order of their days."""

    documents: tuple[DocumentRow, ...]
    mentions: tuple[MentionRow, ...]
    places: tuple[PlaceRow, ...]
    lanes: tuple[Lane, ...]


def make_rows(coded: Iterable[CodedDocument], vocabulary: Vocabulary, *, countries: frozenset[str]) -> Rows:
    """Return the rows of a page.

    Args:
        coded: the documents with their mentions.
        vocabulary: the types with their categories, in the order in which they are shown.
        countries: names of countries: a place of such a name is a country as a whole and gets no point on the map.
    """
    documents = sorted(coded, key=lambda one: (one.document.published or date.max, one.document.id))
    lanes = _lanes({m.type for one in documents for m in one.mentions}, vocabulary)
    lane_numbers = {lane.type: number for number, lane in enumerate(lanes)}
    pairs = sorted(
        ((d, mention) for d, one in enumerate(documents) for mention in one.mentions),
        key=lambda pair: _order(pair[1], lane_numbers),
    )
    places = _places((mention for _, mention in pairs), countries)
    place_numbers = {key: number for number, key in enumerate(places)}
    numbers = {(d, mention.id): n for n, (d, mention) in enumerate(pairs)}
    offsets = [_Offsets(one.document.text) for one in documents]
    mentions = tuple(
        _mention_row(n, d, mention, lanes[lane_numbers[mention.type]], lane_numbers, place_numbers, offsets[d], numbers)
        for n, (d, mention) in enumerate(pairs)
    )
    counts = [0] * len(places)
    for row in mentions:
        for place in row.places:
            counts[place] += 1
    return Rows(
        documents=tuple(_document_row(d, one) for d, one in enumerate(documents)),
        mentions=mentions,
        places=tuple(
            PlaceRow(n, key[0], key[1], point[0], point[1], counts[n]) for n, (key, point) in enumerate(places.items())
        ),
        lanes=lanes,
    )


class _Offsets:
    """Code points to UTF-16 code units: what lies beyond the first plane counts twice."""

    def __init__(self, text: str) -> None:
        wide = not text.isascii() and max(text) > "\uffff"
        self._wide = [at for at, character in enumerate(text) if character > "\uffff"] if wide else []

    def mark(self, span: Span) -> Mark:
        if not span.placed:
            return -1, -1, span.quote
        return self._units(span.start), self._units(span.end), ""

    def _units(self, at: int) -> int:
        return at + bisect_left(self._wide, at)


_Places: TypeAlias = dict[tuple[str, str], tuple[float | None, float | None]]


def _lanes(types: set[str], vocabulary: Vocabulary) -> tuple[Lane, ...]:
    categories = list(dict.fromkeys(one.category for one in vocabulary.types.values()))
    known = [name for name in vocabulary.types if name in types]
    lanes = []
    for name in [*known, *sorted(types - set(known))]:
        category = vocabulary.types[name].category if name in vocabulary.types else ""
        colour = min(categories.index(category), COLOURS) if category else COLOURS
        lanes.append(Lane(name, _capital(name_words("types", name)), colour, name_words("categories", category)))
    return tuple(lanes)


def _order(mention: Mention, lanes: dict[str, int]) -> tuple[date, bool, date, int]:
    when = mention.date
    first = when.start or when.end or date.max
    return first, when.precision != "day", when.end or date.max, lanes[mention.type]


def _places(mentions: Iterable[Mention], countries: frozenset[str]) -> _Places:
    """Return the places named, the most exact coordinates given for each, countries without any."""
    places: _Places = {}
    for mention in mentions:
        for place in mention.places:
            key = (place.name, place.country)
            if places.get(key, (None, None))[0] is None:
                places[key] = (None, None) if place.name in countries else _point(place)
    return places


def _point(place: Place) -> tuple[float | None, float | None]:
    lat, lon = place.lat, place.lon
    if lat is None or lon is None or not (math.isfinite(lat) and math.isfinite(lon)) or abs(lat) > 90 or abs(lon) > 180:
        return None, None
    return lat, lon


def _document_row(number: int, coded: CodedDocument) -> DocumentRow:
    published = coded.document.published
    return DocumentRow(
        number,
        coded.document,
        day_words(published) if published else "day of publication not known",
        len(coded.mentions),
    )


def _mention_row(
    number: int,
    document: int,
    mention: Mention,
    lane: Lane,
    lanes: dict[str, int],
    places: dict[tuple[str, str], int],
    offsets: _Offsets,
    numbers: dict[tuple[int, str], int],
) -> MentionRow:
    named = list(dict.fromkeys((place.name, place.country) for place in mention.places))
    when = range_words(mention.date, mention.modality)
    exact = mention.date.start is not None and mention.date.precision == "day"
    return MentionRow(
        number=number,
        document=document,
        mention=mention,
        kind=lane.kind,
        form=name_words("types", mention.form) if mention.form and mention.form != "other" else "",
        category=lane.category,
        lane=lanes[lane.type],
        colour=lane.colour,
        modality=name_words("modalities", mention.modality),
        when=when,
        heading=day_words(mention.date.start) if exact and mention.date.start else _capital(when),
        places=tuple(places[key] for key in named),
        where=", ".join(name for name, _ in named),
        claims=tuple(_claim_row(claim, mention.type, offsets) for claim in mention.claims),
        sentence=_sentence(mention),
        evidence=tuple((offsets.mark(e.sentence), offsets.mark(e.trigger)) for e in mention.evidence),
        facts=_facts(mention, offsets),
        context=numbers.get((document, mention.context)) if mention.context else None,
    )


def _claim_row(claim: Claim, type_name: str, offsets: _Offsets) -> ClaimRow:
    marks = [claim.span, *(speaker.span for speaker in claim.said_by), *([claim.hedge] if claim.hedge else [])]
    return ClaimRow(
        shown=claim_words(claim),
        counted=counted_words(claim, type_name),
        said_by=_said_by(claim.said_by),
        hedge=claim.hedge.quote if claim.hedge else "",
        quote=claim.span.quote,
        low=claim.low,
        high=claim.high,
        approx=claim.approx,
        attribute=claim.attribute,
        marks=tuple(offsets.mark(span) for span in marks),
    )


def _said_by(speakers: Sequence[Speaker]) -> str:
    return ", as told by ".join(_speaker(one) for one in reversed(speakers))


def _speaker(speaker: Speaker) -> str:
    quote, kind = speaker.span.quote, name_words("kinds", speaker.kind)
    # "their union (union)" says nothing twice.
    return quote if kind.lower() in quote.lower() else f"{quote} ({kind})"


def _sentence(mention: Mention) -> tuple[str, str, str]:
    if not mention.evidence:
        return "", "", ""
    sentence, trigger = mention.evidence[0].sentence, mention.evidence[0].trigger
    if not sentence.covers(trigger):
        return sentence.quote, "", ""
    at, end = trigger.start - sentence.start, trigger.end - sentence.start
    return sentence.quote[:at], trigger.quote, sentence.quote[end:]


def _facts(mention: Mention, offsets: _Offsets) -> tuple[tuple[str, tuple[Mark, ...], str], ...]:
    """Return what else is told: a name, the words in the text, and words that stand nowhere in it."""
    facts: list[tuple[str, tuple[Mark, ...], str]] = []
    for role in dict.fromkeys(actor.role for actor in mention.actors):
        marks = tuple(offsets.mark(actor.span) for actor in mention.actors if actor.role == role)
        facts.append((_capital(name_words("roles", role)), marks, ""))
    if mention.demands:
        facts.append(("Demands", tuple(offsets.mark(span) for span in mention.demands), ""))
    if mention.means:
        facts.append(("Means", (), ", ".join(name_words("types", one) for one in mention.means)))
    return tuple(facts)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
