"""Chooses, among the places of a sentence, where the happening told in it was."""

import re
from collections import Counter

from tocsin.datamodel import Place, PlaceCandidate, PlaceReading, Span
from tocsin.extract.place_lexicon import PlaceLexicon

# The preposition that governs a name, past articles and kinds of places ("in the northern city of").
_GOVERNED = re.compile(
    r"(?s:.*)(?:^|[\s(,;“\"–—-])(in|at|near|outside|across|around|throughout|through|into|inside|within|on|over|towards?|to|from|of|for|by|against|between)"
    r"\s+(?:the\s+|a\s+)?(?:[\w'’-]+\s+){0,3}?(?:(?:city|town|village|port|capital|state|province|region|district|suburb"
    r"|department|county|island|city-state|neighbou?rhood)\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
# Prepositions, from those that say where a happening was to those that say something else.
_PLACE = {
    **dict.fromkeys(("in", "at", "near", "outside", "across", "throughout"), 3.0),
    **dict.fromkeys(("around", "inside", "within", "through", "on"), 2.0),
    **dict.fromkeys(("over", "into", "toward", "towards"), 1.0),
    **dict.fromkeys(("to", "between"), 0.0),
}
_NO_PLACE = {"from", "by", "against", "for"}
_OF_A_PLACE = re.compile(
    r"\b(?:streets?|cent(?:er|re)|heart|outskirts|suburbs?|capital|city|town|village|port|district|parts?|areas?|square|north|south"
    r"|east|west|provinces?|regions?|state|university|port|residents|workers|people)\s+of\s+(?:the\s+)?(?:[\w'’-]+\s+){0,2}$",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[;:]|,\s+(?:while|where|but|and|as|which|who|after|when|although|though)\b|\s(?:while|whereas|but)\s"
)
_LIST = re.compile(r",?\s+(?:and|or|as well as)\s+(?:(?:in|at|near)\s+)?(?:the\s+)?|,\s+(?:(?:in|at|near)\s+)?")
_AND = re.compile(r"\b(?:and|or)\b")
_CONTAINED = re.compile(
    r",\s+(?:in\s+)?(?:the\s+)?(?:[\w-]+\s+){0,4}|\s*\(|\s+in\s+(?:the\s+)?(?:[\w-]+\s+){0,3}|,\s+(?:the\s+)?[\w-]+\s+of\s+(?:the\s+)?"
)
#: What is called after a town elsewhere ("the Gare de Lyon in Paris").
_NAMED_AFTER = re.compile(
    r"\b(?:Gare|Place|Plaza|Praça|Piazza|Rue|Avenida|Calle|Estación|Palacio|Palais|Porte|Puerta)"
    r" (?:d[eiao]|du|des|del|della|do)(?: la| las)? $"
)
#: "in Nigeria's commercial capital": the place itself is told otherwise.
_POSSESSIVE = 0.9
_NOT_THERE = re.compile(
    r"(?:[–-](?:based|born|made|led|backed|run|owned|[A-Z])|\s+(?:road|highway|route|motorway|government|embassy|consulate)\b|\s(?:Square|Park|House|Library|Hall|Street|Avenue|Road|Hotel|Palace|Bridge|Barracks|Airways|Airlines)\b)"
)
_HEADING = re.compile(r"(?:,\s+[A-Z][\w .'’-]{1,30})?\s?(?::|\s[–—-])\s")
_BEFORE_HEADING = re.compile(r"[\W\d]{0,12}(?:[A-Z][a-z]+[\W\d]{1,8})?")
_OF_ITS_PEOPLE = re.compile(r"\w+(?:s|men|women|people)\s+of\s+(?:the\s+)?$")
_CAPITAL = re.compile(
    r"\b(?:in|of|through|across|around|outside)\s+(the\s+(?:country['’]s\s+)?capital)(?!\s+(?:of|city\s+of|[A-Z])\b)(?:['’]s)?",
    re.IGNORECASE,
)
_FINE = ("settlement", "unresolved")
# What a place without a preposition is worth ("the Gomel court", "dockers of Malmö"): little, but it is often right.
_UNGOVERNED = 0.3
# Below this a place of the sentence is rather that of something else told in it.
_ENOUGH = 0.0


def happening_places(
    text: str,
    readings: tuple[PlaceReading, ...],
    *,
    sentence: Span,
    trigger: Span,
    lexicon: PlaceLexicon,
) -> tuple[Place, ...]:
    """Return where the happening that a trigger names was, as its sentence tells it; empty where it does not.

    1. The places of the sentence that a preposition of place governs, or that head it ("MINSK, Sept 14 -", "Minsk:");
       those in the trigger's clause before others, settlements before regions and countries, the nearest first.
    2. "The capital" is that of the country most named in the text.
    3. Places listed side by side ("in Minsk, Brest and Grodno") go together; what only contains one is left out.

    A mention whose sentences name none takes over the running place where `carries_over` says so.

    Args:
        text: the stored text.
        readings: its places, from `read_places`.
        sentence: the sentence of the trigger.
        trigger: the words that name the happening.
        lexicon: for the capitals of countries.
    """
    inside = [
        r for r in readings
        if sentence.start <= r.span.start and r.span.end <= sentence.end and r.kind not in ("demonym", "metonym")
    ]  # fmt: skip
    scored = [
        (score, i) for i, r in enumerate(inside)
        if not _only_contains(text, inside, i) and (score := _fitness(text, r, sentence, trigger)) is not None
    ]  # fmt: skip
    best = max(scored, key=lambda pair: (pair[0], -pair[1])) if scored else (-9.0, 0)
    capital = _the_capital(text, readings, sentence, lexicon)
    if capital is not None and (best[0] < 2 or inside[best[1]].kind == "country"):
        return (capital,)
    if best[0] < _ENOUGH:
        return ()
    return _listed(text, best[1], inside)


def without_quotes(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return places as another mention takes them over."""
    return tuple(Place(None, p.name, p.country, p.admin1, p.lat, p.lon, p.geonameid) for p in places)


def carries_over(lexicon: PlaceLexicon, *, type_name: str, scope: str, modality: str, beside_placed: bool) -> bool:
    """Whether a mention whose own sentences name no place takes over the running one.

    In coded training documents, of the mentions without a place in their evidence, demonstrations, riots, force and
    attacks took one over in 68 to 80 %, killings, detentions and raids in 40 to 50 % (more beside a placed mention),
    all others in 20 %, totals in 11 %.

    Args:
        lexicon: for its lists of types.
        type_name, scope, modality: of the mention.
        beside_placed: whether the mention before it stands in the same paragraph and has a place.
    """
    if scope != "single" or modality in ("planned", "hypothetical"):
        return False
    if type_name in lexicon.words["carrying_types"]:
        return True
    return beside_placed and type_name in lexicon.words["carrying_types_nearby"]


def running_places(readings: tuple[PlaceReading, ...]) -> tuple[Place, ...]:
    """Return the place that a document is about: its dateline, else the first settlement it names, else its country.

    Taken over by mentions that name no place, it is right more often than the place of the mention before or the
    settlement named most (on coded training documents, F1 of all places 0.56 against 0.53 and 0.55).
    """
    for wanted in ("dateline", "settlement", "country"):
        for reading in readings:
            if wanted in (reading.rule, reading.kind) and reading.best is not None:
                return without_quotes((_place(reading.span, reading.best),))
    return ()


def _only_contains(text: str, inside: list[PlaceReading], at: int) -> bool:
    """Whether a place only says where the one before it lies ("At Hyderabad, in Sind")."""
    if at == 0 or inside[at].kind not in ("region", "country"):
        return False
    before = inside[at - 1]
    return before.kind in (*_FINE, "region") and before.kind != inside[at].kind and bool(
        _CONTAINED.fullmatch(text, before.span.end, inside[at].span.start)
    )  # fmt: skip


def _the_capital(text: str, readings: tuple[PlaceReading, ...], sentence: Span, lexicon: PlaceLexicon) -> Place | None:
    # Most sentences name none, which a search for the word alone tells ten times as fast.
    named = "capital" in sentence.quote.lower()
    match = _CAPITAL.search(text, sentence.start, sentence.end) if named else None
    if match is None:
        return None
    countries = Counter(r.best.country for r in readings if r.best is not None and r.best.country)
    if not countries:
        return None
    entry = lexicon.index.capital(countries.most_common(1)[0][0])
    if entry is None:
        return None
    span = Span.of(text, match.start(1), match.end(1))
    return Place(span, lexicon.usual_name(entry), entry.country, None, entry.lat, entry.lon, entry.id)


def _fitness(text: str, reading: PlaceReading, sentence: Span, trigger: Span) -> float | None:
    """Return how well a place fits as that of the trigger; None where it is no place of a happening."""
    if reading.best is None and reading.container is None:
        return None
    left = text[max(sentence.start, reading.span.start - 60) : reading.span.start]
    if _NAMED_AFTER.search(left):
        return None
    governed = _GOVERNED.match(left)
    word = governed[1].lower() if governed else ""
    if word in _NO_PLACE or (reading.best is not None and _NOT_THERE.match(text, reading.span.end)):
        return None
    if reading.rule == "dateline":
        weight = 1.5
    elif word in _PLACE:
        weight = _PLACE[word]
    elif _heads(text, reading, sentence) or (word == "of" and _OF_A_PLACE.search(left)):
        weight = 2.0
    elif word == "of" and not _OF_ITS_PEOPLE.search(left):
        return None
    else:
        weight = _UNGOVERNED
    if reading.rule == "venue":
        weight -= 0.9
    elif reading.kind == "region":
        weight -= 0.7
    elif reading.kind == "country":
        weight -= 1.0
    if text[reading.span.end : reading.span.end + 2] in ("'s", "’s"):
        weight -= _POSSESSIVE
    near, far = (reading.span, trigger) if reading.span.start <= trigger.start else (trigger, reading.span)
    between = text[near.end : far.start] if near.end <= far.start else ""
    weight -= 1.2 * min(2, sum(1 for _ in _BOUNDARY.finditer(between)))
    return weight - min(1.0, len(between) / 200) - (0.2 if reading.span.end <= trigger.start else 0.0)


def _heads(text: str, reading: PlaceReading, sentence: Span) -> bool:
    """Whether a place heads its sentence ("Minsk:", "15.50 Lubin:", "24 June, Bulawayo:")."""
    opening = _BEFORE_HEADING.fullmatch(text, sentence.start, reading.span.start)
    return opening is not None and _HEADING.match(text, reading.span.end) is not None


def _listed(text: str, at: int, inside: list[PlaceReading]) -> tuple[Place, ...]:
    """Return the chosen place with those listed beside it; containers are left out."""
    chosen = inside[at]
    kinds = ("country",) if chosen.kind == "country" else (*_FINE, "region")
    row = [chosen]
    for step in (1, -1):
        last, i = chosen, at + step
        while 0 <= i < len(inside):
            other = inside[i]
            near, far = sorted((last.span, other.span))
            gap = text[near.end : far.start]
            if (
                step == 1
                and other.kind in ("region", "country")
                and _only_contains(text, inside, i)
                and not _AND.search(gap)
            ):
                follows = i + 1 < len(inside) and _LIST.fullmatch(text, other.span.end, inside[i + 1].span.start)
                if not follows or other.kind == "country" or not _LIST.fullmatch(gap):
                    last, i = other, i + 1
                    continue
            if other.kind not in kinds or not _LIST.fullmatch(gap) or other.rule == "dateline":
                break
            row.append(other)
            last, i = other, i + step
    row.sort(key=lambda reading: reading.span)
    return tuple(_of_reading(reading) for reading in row)


def _of_reading(reading: PlaceReading) -> Place:
    if reading.best is not None:
        return _place(reading.span, reading.best)
    container = reading.container
    name = reading.span.quote.title() if reading.span.quote.isupper() else reading.span.quote
    return Place(reading.span, name, container.country if container else "", container.admin1 if container else None)


def _place(span: Span, best: PlaceCandidate) -> Place:
    admin1 = best.admin1 if best.feature != "country" else None
    return Place(span, best.name, best.country, admin1, best.lat, best.lon, best.geonameid or None)
