"""Document to mentions: the steps of extraction, joined.

1. sentences                                                     sentences
2. what names a happening in each, and whether the text is about
   contention at all                                             triggers, scope
3. numbers, dates, places and speakers of the whole text         numbers, dates, places, speakers
4. which sentences tell of the same happening                    happenings
5. for each happening its days, places, actors, claims,
   demands, means, modality and scope                            dates, places, actors, claims, demands, means,
                                                                 modality
6. which happened within or because of which                     context
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tocsin.codebook import Codebook
from tocsin.datamodel import (
    Actor,
    Attribution,
    Claim,
    DateRange,
    DateReading,
    Document,
    Evidence,
    Mention,
    NumberReading,
    Place,
    PlaceReading,
    Span,
)
from tocsin.datamodel.ids import content_id
from tocsin.extract.actors import read_actors
from tocsin.extract.claims import Assigned, read_claims
from tocsin.extract.context import link_contexts
from tocsin.extract.dates import read_dates
from tocsin.extract.demands import read_demands
from tocsin.extract.forms import read_form
from tocsin.extract.happening_days import happening_days
from tocsin.extract.happenings import Telling, group_tellings
from tocsin.extract.means import read_means
from tocsin.extract.modality import read_modality, read_scope
from tocsin.extract.numbers import currency_in, read_numbers
from tocsin.extract.persons import one_person
from tocsin.extract.happening_places import carries_over, happening_places, running_places, without_quotes
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.places import read_places
from tocsin.extract.scope import read_scope_of_text
from tocsin.extract.sentences import split_sentences
from tocsin.extract.speakers import hedge_of, read_attributions, speakers_of
from tocsin.extract.triggers import Token, Trigger, find_triggers, tokenize

T = TypeVar("T")

#: What stands between the names of a row ("A, B and C").
_AND = re.compile(r",? and |, ")

#: Readings that make a sentence tell of something that can be counted, or placed.
_COUNTS = frozenset(("count", "money", "duration", "term", "ordinal", "weight", "volume"))
#: Types that happen where and when the protest or clash does: only these take their day from another sentence. On the
#: coded training documents an undated sentence about one of them has the day told last in 216 of 474 cases (no day in
#: 162), about any other type in 155 of 1,178 (no day in 835).
_ON_THE_SPOT = frozenset(("detention", "force", "killing", "riot", "attack"))
#: Types that make the scene which those happen in.
_SCENES = frozenset(("demonstration", "strike", "riot", "force", "detention", "killing", "attack", "other_protest"))
#: Acts against people: a number of them "since" a day is a total over the time (codebook, 1).
_TOTALLED = frozenset("detention charge sentence release force killing disappearance dismissal exile raid".split())
_PLACES = frozenset(("settlement", "region", "country", "unresolved"))


@dataclass(frozen=True, slots=True)
class Readings:
    """What the steps before read in a text, each in its order."""

    sentences: tuple[Span, ...]
    tokens: tuple[tuple[Token, ...], ...]
    numbers: tuple[NumberReading, ...]
    dates: tuple[DateReading, ...]
    places: tuple[PlaceReading, ...]
    attributions: tuple[Attribution, ...]


def extract_mentions(document: Document, codebook: Codebook, lexicon: PlaceLexicon) -> tuple[Mention, ...]:
    """Return the happenings that a document tells, in the order in which it tells them.

    Args:
        document: the text, its title and day of publication.
        codebook: the words of every step.
        lexicon: the place index with the words for places.
    """
    text = document.text
    sentences = split_sentences(text)
    tokens = tuple(tuple(tokenize(text, sentence)) for sentence in sentences)
    triggers = [find_triggers(text, sentence, codebook.triggers) for sentence in sentences]
    title = tokenize(document.title, Span(0, len(document.title), document.title)) if document.title else []
    if not read_scope_of_text(title, tokens, triggers, codebook.scope).holds:
        return ()
    readings = Readings(
        sentences,
        tokens,
        read_numbers(text, codebook.numbers),
        read_dates(text, codebook.dates, published=document.published),
        read_places(text, lexicon),
        read_attributions(text, sentences, codebook.speakers),
    )
    tellings = _tellings(readings, triggers)
    claims = _claims(text, readings, tellings, codebook)
    mentions: list[Mention] = []
    for group in group_tellings(tellings, text):
        mentions.append(_mention(document, group, readings, claims, codebook, lexicon, mentions))
    return link_contexts(tuple(mentions))


def _tellings(readings: Readings, triggers: Sequence[Sequence[Trigger]]) -> tuple[Telling, ...]:
    """Return at most one telling a sentence and type.

    A weak trigger needs a date or a number in its sentence, a strong one a place at least: the codebook asks for a
    happening's date, place, number or name, and sentences without tell generalities (on the coded training
    documents 19 % of weak triggers without date and number are coded, 52 % of those with).
    """
    tellings = []
    for index, (sentence, found) in enumerate(zip(readings.sentences, triggers, strict=True)):
        dated = any(sentence.covers(d.span) and d.kind != "duration" for d in readings.dates)
        counted = any(sentence.covers(n.span) and n.kind in _COUNTS for n in readings.numbers)
        placed = any(sentence.covers(p.span) and p.kind in _PLACES for p in readings.places)
        for kind in sorted({t.type for t in found}):
            same = [t for t in found if t.type == kind]
            best = min(same, key=lambda t: (not t.strong, t.span.start))
            if dated or counted or len(same) > 1 or (best.strong and placed):
                tellings.append(Telling(index, sentence, best, dated, counted))
    return tuple(tellings)


def _claims(
    text: str, readings: Readings, tellings: Sequence[Telling], codebook: Codebook
) -> Mapping[tuple[int, str], tuple[Assigned, ...]]:
    """Return the claims of every sentence that tells of something, by sentence and type."""
    home = next((p.country for p in running_places(readings.places)), "")
    found: dict[tuple[int, str], list[Assigned]] = defaultdict(list)
    for index in sorted({t.index for t in tellings}):
        sentence = readings.sentences[index]
        triggers = [t.trigger for t in tellings if t.index == index]
        numbers = [
            n
            for n in readings.numbers
            if sentence.covers(n.span)
            and not any(d.span.overlaps(n.span) for d in readings.dates if d.kind not in ("duration", "set"))
        ]
        for assigned in read_claims(
            text,
            readings.tokens[index],
            triggers,
            numbers,
            codebook.claims,
            currency=lambda number: currency_in(number, home, codebook.numbers),
        ):
            found[index, assigned.trigger.type].append(assigned)
    return {key: tuple(value) for key, value in found.items()}


def _mention(
    document: Document,
    group: Sequence[Telling],
    readings: Readings,
    claims: Mapping[tuple[int, str], tuple[Assigned, ...]],
    codebook: Codebook,
    lexicon: PlaceLexicon,
    told: Sequence[Mention],
) -> Mention:
    text, first = document.text, group[0]
    kind = first.trigger.type
    modality = read_modality(readings.tokens[first.index], first.trigger.span, kind, codebook.modality)
    actors = _distinct(
        actor for t in group for actor in read_actors(text, t.sentence, t.trigger.span, kind, codebook.actors)
    )
    found = [a.claim for t in group for a in claims.get((t.index, kind), ())]
    found += _single_persons(text, kind, actors, found, codebook)
    sourced = tuple(_sourced(text, claim, group, readings, codebook) for claim in found)
    counted = any(claim.attribute in ("participants", "affected", "injured", "killed") for claim in sourced)
    scope = read_scope(readings.tokens[first.index], first.trigger.span, codebook.modality, counted=counted)
    if scope == "single" and counted and kind in _TOTALLED and _since(first.sentence, readings):
        scope = "total"
    return Mention(
        id=content_id("m", document.id, kind, first.sentence.start, first.trigger.span.start),
        type=kind,
        form=read_form(readings.tokens[first.index], first.trigger.span, kind, codebook.forms),
        modality=modality,
        scope=scope,
        date=_days(document, group, readings, told, modality, scope),
        places=_places(text, group, readings, told, lexicon, modality, scope),
        actors=actors,
        claims=sourced,
        demands=_distinct(d for t in group for d in read_demands(text, t.sentence, t.trigger.span, codebook.demands)),
        means=_distinct(m for t in group for m in read_means(text, t.sentence, kind, codebook.means)),
        context=None,
        event=None,
        evidence=tuple(Evidence(t.sentence, t.trigger.span) for t in group),
    )


def _since(sentence: Span, readings: Readings) -> bool:
    return any(d.kind == "since" and sentence.covers(d.span) for d in readings.dates)


def _days(
    document: Document, group: Sequence[Telling], readings: Readings, told: Sequence[Mention], modality: str, scope: str
) -> DateRange:
    for telling in group:
        days = happening_days(
            document.text,
            readings.dates,
            sentence=telling.sentence,
            trigger=telling.trigger.span,
            published=document.published,
            before=None,
            modality_hint=modality,
        )
        if (days.start or days.end) and days.basis != "context":
            if scope == "total" and days.end is None and document.published is not None:
                return replace(days, end=document.published)
            return days
    if group[0].trigger.type not in _ON_THE_SPOT or scope == "total":
        return DateRange()
    scene = next((m for m in reversed(told) if m.type in _SCENES and m.date.start and m.date.precision == "day"), None)
    return replace(scene.date, end=scene.date.end or scene.date.start, basis="context") if scene else DateRange()


def _places(
    text: str,
    group: Sequence[Telling],
    readings: Readings,
    told: Sequence[Mention],
    lexicon: PlaceLexicon,
    modality: str,
    scope: str,
) -> tuple[Place, ...]:
    for telling in group:
        places = happening_places(
            text, readings.places, sentence=telling.sentence, trigger=telling.trigger.span, lexicon=lexicon
        )
        if places:
            return places
    first = group[0]
    placed = next((m for m in reversed(told) if m.places), None)
    beside = placed is not None and "\n" not in text[placed.evidence[0].sentence.end : first.sentence.start]
    if not carries_over(lexicon, type_name=first.trigger.type, scope=scope, modality=modality, beside_placed=beside):
        return ()
    if placed is None:
        return running_places(readings.places)
    return without_quotes(placed.places)


def _single_persons(
    text: str, kind: str, actors: Sequence[Actor], claims: Sequence[Claim], codebook: Codebook
) -> tuple[Claim, ...]:
    """Return a claim of one for a person named or "a student", of two for "A and B", where no number of people is told (codebook, 4)."""
    attribute = codebook.claims.people.get(kind)
    if attribute is None or any(c.attribute in (attribute, "injured") for c in claims):
        return ()
    if attribute == "participants" and kind != "hunger_strike":
        return ()
    role = "target" if attribute == "affected" else "participant"
    persons = [a.span for a in actors if a.role == role and one_person(a.span.quote, codebook.actors)]
    if not persons:
        return ()
    row = persons[:1]
    for person in persons[1:]:
        if _AND.fullmatch(text[row[-1].end : person.start]):
            row.append(person)
    return (Claim(attribute, len(row), len(row), False, None, Span.of(text, row[0].start, row[-1].end)),)


def _sourced(text: str, claim: Claim, group: Sequence[Telling], readings: Readings, codebook: Codebook) -> Claim:
    sentence = next(t.sentence for t in group if t.sentence.covers(claim.span))
    said_by = tuple(s for s in speakers_of(claim.span, readings.attributions) if sentence.covers(s.span))
    return replace(claim, said_by=said_by, hedge=hedge_of(text, sentence, claim.span, codebook.speakers))


def _distinct(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
