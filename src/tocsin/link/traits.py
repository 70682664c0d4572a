"""What a mention is compared by: one fixed-size row of numbers a mention, so that a million fit in memory."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from tocsin.codebook.link import LinkRules
from tocsin.codebook.placenames import fold as fold_place
from tocsin.datamodel import CodedDocument, Document, Mention, Place
from tocsin.datamodel.claim import Number
from tocsin.datamodel.gazetteer import PlaceIndex
from tocsin.link.words import content_words, fold, names_of, number_of, numbers_of, proper_words, sound, stem, words_of

#: How many of each are kept. Nine mentions in ten of the training stories have fewer.
PLACES, NAMES, ACTORS, WORDS, NEAR, CLAIMS, STORY = 4, 12, 8, 32, 16, 6, 24
#: A day that is not known.
NO_DAY = -(2**31)

TRAITS = np.dtype(
    [
        ("type", "u4"),
        ("form", "u4"),
        ("modality", "u4"),
        ("scope", "u4"),
        ("first", "i4"),  # first and last possible day, as ordinals
        ("last", "i4"),
        ("dated", "u1"),  # one of the numbers below
        ("published", "i4"),
        ("report", "u4"),  # publisher, title and day of publication
        ("place", "u4", (PLACES,)),
        ("region", "u4", (PLACES,)),
        ("country", "u4", (PLACES,)),
        ("broad", "u1", (PLACES,)),  # 0 settlement or finer, 1 region, 2 country
        ("home", "u4"),  # country of the mention, or that which the document tells of most
        ("borrowed", "u1"),  # the places are those of the happening it was part of
        ("lat", "f4", (PLACES,)),
        ("lon", "f4", (PLACES,)),
        ("names", "u4", (NAMES,)),  # in the sentences
        ("persons", "u4", (NAMES,)),  # who did it or was hit, by name
        ("actors", "u4", (ACTORS,)),
        ("words", "u4", (WORDS,)),
        ("near", "u4", (NEAR,)),  # words around the triggers
        ("own", "u4", (NEAR,)),  # words that no other mention of the document has
        ("who", "u4", (ACTORS,)),  # persons, of the mention or of what it happened within
        ("hit", "u1"),  # 0 not told, 1 one person, 2 more
        ("beside", "u1"),  # told of as done where the document denies another of its type, or the other way round
        ("triggers", "u4", (ACTORS,)),
        ("story", "u4", (STORY,)),  # names anywhere in the document, the most frequent first
        ("attribute", "u4", (CLAIMS,)),
        ("low", "f4", (CLAIMS,)),
        ("high", "f4", (CLAIMS,)),
        ("context", "i2"),  # which mention of the document it happened within, or -1
    ]
)
Traits = npt.NDArray[np.void]

#: How a mention is dated: not at all, some time within its days, from the first to the last, without an end, without a
#: beginning, or only by what it happened within, from whose first day on it may have been.
UNDATED, WITHIN, EXACT, NO_END, NO_START, BY_CONTEXT = range(6)
#: Days before its last for which a happening without a told beginning may have gone on.
REACH = 60

#: Claims that count people or units and may be compared from report to report.
_COUNTED = ("participants", "affected", "killed", "injured", "sites", "workforce", "duration", "amount", "term")
_ROLES = ("participant", "target", "organiser")


def traits_of(coded: CodedDocument, rules: LinkRules, places: PlaceIndex) -> Iterator[tuple[object, ...]]:
    """Yield the traits of a document's mentions, in their order, each a row for `TRAITS`.

    Args:
        coded: a document with its mentions.
        rules: words and spellings.
        places: where a place lies that is told without coordinates.
    """
    by_id = {mention.id: mention for mention in coded.mentions}
    words = {m.id: frozenset(_words(m, rules)) for m in coded.mentions}
    lands = Counter(p.country for m in coded.mentions for p in m.places)
    telling = _Telling(
        coded.document,
        _story(coded.document, rules),
        min(lands, key=lambda c: (-lands[c], c), default=""),
        words,
        Counter(word for mention in coded.mentions for word in words[mention.id]),
        frozenset((m.type, m.modality == "denied") for m in coded.mentions),
    )
    position = {mention.id: n for n, mention in enumerate(coded.mentions)}
    for mention in coded.mentions:
        chain = _chain(mention, by_id)
        yield (*_row(mention, chain, telling, rules, places), position.get(mention.context or "", -1))


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a document tells besides a mention: names, country, words, in how many mentions, types denied or not."""

    document: Document
    story: tuple[Number, ...]
    home: str
    words: Mapping[str, frozenset[str]]
    tellings: Mapping[str, int]
    kinds: frozenset[tuple[str, bool]]


def _chain(mention: Mention, by_id: Mapping[str, Mention]) -> list[Mention]:
    """Return what a mention happened within, and what that happened within, the nearest first."""
    found = [mention]
    while (within := by_id.get(found[-1].context or "")) is not None and within not in found:
        found.append(within)
    return found[1:]


def _words(mention: Mention, rules: LinkRules) -> set[str]:
    return {stem(w) for e in mention.evidence for w in content_words(e.sentence.quote, rules)}


def _near(mention: Mention, rules: LinkRules) -> set[str]:
    """Return the words of the triggers and the eight on either side of each."""
    found: set[str] = set()
    for one in mention.evidence:
        quote, start = one.sentence.quote, one.sentence.start
        before, after = quote[: one.trigger.start - start], quote[one.trigger.end - start :]
        about = [*words_of(before)[-8:], *words_of(one.trigger.quote), *words_of(after)[:8]]
        found |= {stem(f) for f in map(fold, about) if len(f) > 1 and f not in rules.common}
    return found


def _persons(mention: Mention, rules: LinkRules) -> set[str]:
    return {w for a in mention.actors if a.role in _ROLES for w in proper_words(a.span.quote, rules, skip_first=False)}


def as_traits(rows: Sequence[tuple[object, ...]]) -> Traits:
    """Return rows of `traits_of` as one array."""
    return np.array(list(rows), dtype=TRAITS)


def _row(
    mention: Mention,
    chain: Sequence[Mention],
    told_in: "_Telling",
    rules: LinkRules,
    places: PlaceIndex,
) -> tuple[object, ...]:
    document = told_in.document
    told = mention.places or next((m.places for m in chain if m.places), ())
    who = _persons(mention, rules) or next(filter(None, (_persons(m, rules) for m in chain)), set())
    counts = [c for c in mention.claims if c.attribute in ("affected", "killed")]
    hit = 0 if not counts else 1 if any(c.low == 1 and c.high == 1 for c in counts) else 2
    sentences = [e.sentence.quote for e in mention.evidence]
    where = {part for place in told for name in _called(place, places) for part in fold_place(name).split()}
    names = {w for s in sentences for w in proper_words(s, rules, skip_first=True)} - where
    actors = [(a.role, a.span.quote) for a in mention.actors]
    persons = _persons(mention, rules) - where
    described = {
        stem(w) for role, q in actors if role != "authority" for w in content_words(q, rules) if w not in where
    }
    words = told_in.words[mention.id] - where
    triggers = {stem(w) for e in mention.evidence for w in content_words(e.trigger.quote, rules)}
    first, last, dated = _days(mention, chain, document.published)
    kept = [c for c in mention.claims if c.attribute in _COUNTED][:CLAIMS]
    return (
        number_of(mention.type),
        number_of(mention.form) if mention.form else 0,
        number_of(mention.modality),
        number_of(mention.scope),
        first,
        last,
        dated,
        _ordinal(document.published),
        number_of(f"{document.publisher}\n{document.title}\n{document.published}") if document.title else 0,
        *_where(told[:PLACES], places, told_in.home, borrowed=not mention.places),
        _filled(numbers_of((sound(w, rules.sounds) for w in names | persons), NAMES), NAMES),
        _filled(numbers_of((sound(w, rules.sounds) for w in persons), NAMES), NAMES),
        _filled(numbers_of(described, ACTORS), ACTORS),
        _filled(numbers_of(words, WORDS), WORDS),
        _filled(numbers_of(_near(mention, rules) - where, NEAR), NEAR),
        _filled(numbers_of((w for w in words if told_in.tellings[w] == 1), NEAR), NEAR),
        _filled(numbers_of((sound(w, rules.sounds) for w in who - where), ACTORS), ACTORS),
        hit,
        (mention.type, mention.modality != "denied") in told_in.kinds,
        _filled(numbers_of(triggers, ACTORS), ACTORS),
        told_in.story,
        _filled([number_of(c.attribute) for c in kept], CLAIMS),
        _filled([0 if c.low is None else float(c.low) for c in kept], CLAIMS),
        _filled([np.inf if c.high is None else float(c.high) for c in kept], CLAIMS),
    )


def _story(document: Document, rules: LinkRules) -> tuple[Number, ...]:
    counts: dict[str, int] = {}
    for text in (document.title, document.text):
        for word in names_of(text, rules):
            name = sound(word, rules.sounds)
            counts[name] = counts.get(name, 0) + 1
    often = sorted(counts, key=lambda name: (-counts[name], -len(name), name))[:STORY]
    return _filled([number_of(name) for name in often], STORY)


def _days(mention: Mention, chain: Sequence[Mention], published: date | None) -> tuple[int, int, int]:
    when = mention.date
    start, end = _ordinal(when.start), _ordinal(when.end)
    if start == NO_DAY and end == NO_DAY:
        begun = next((_ordinal(m.date.start) for m in chain if m.date.start), NO_DAY)
        if begun != NO_DAY:
            return begun, max(begun, _ordinal(published)), BY_CONTEXT
        return NO_DAY, _ordinal(published) if mention.modality != "planned" else NO_DAY, UNDATED
    if when.precision != "day" and start != NO_DAY and end != NO_DAY:
        return start, end, WITHIN
    if start == NO_DAY:
        return end - REACH, end, NO_START
    if end == NO_DAY:
        return start, max(start, _ordinal(published)), NO_END
    return start, end, EXACT


def _where(told: Sequence[Place], places: PlaceIndex, home: str, *, borrowed: bool) -> list[object]:
    rows = []
    for place in told:
        lat, lon, region, broad = _located(place, places)
        name = number_of(f"{place.country} {fold_place(place.name)}")
        rows.append((name, number_of(region) if region else 0, number_of(place.country), broad, lat, lon))
    rows += [(0, 0, 0, 0, np.nan, np.nan)] * (PLACES - len(rows))
    columns: list[object] = list(zip(*rows, strict=True))
    land = told[0].country if told else home
    return [*columns[:4], number_of(land) if land else 0, borrowed, *columns[4:]]


def _called(place: Place, places: PlaceIndex) -> tuple[str, ...]:
    """Return the names of a place and of its country; as names of people they would tell nothing more."""
    country = places.country(place.country)
    return (place.name,) if country is None else (place.name, country.name)


def _located(place: Place, places: PlaceIndex) -> tuple[float, float, str | None, int]:
    """Return where a place lies: coordinates, code of its region, and how broad it is."""
    country = places.country(place.country)
    if country is not None and fold_place(country.name) == fold_place(place.name):
        return np.nan, np.nan, None, 2
    found = [e for e in places.lookup(place.name) if e.country == place.country]
    region = _region(place, places)
    if region is not None:
        found = [e for e in found if e.admin1 == region]
    if not found:
        return _known(place.lat), _known(place.lon), region, 0
    best = found[0]
    lat, lon = (best.lat, best.lon) if place.lat is None else (place.lat, _known(place.lon))
    return lat, lon, best.admin1, {"settlement": 0, "country": 2}.get(best.feature, 1)


def _region(place: Place, places: PlaceIndex) -> str | None:
    """Return the code of the region that a place is said to lie in."""
    if not place.admin1:
        return None
    named = (e for e in places.lookup(place.admin1) if e.country == place.country and e.admin1)
    found = sorted(named, key=lambda e: e.feature != "region")
    return found[0].admin1 if found else None


def _known(degrees: float | None) -> float:
    return np.nan if degrees is None else degrees


def _ordinal(day: date | None) -> int:
    return NO_DAY if day is None else day.toordinal()


def _filled(values: Sequence[Number], size: int) -> tuple[Number, ...]:
    return (*values, *([0] * (size - len(values))))
