"""Happenings by rules alone: triggers by word lists, values by distance."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tocsin.codebook import Codebook
from tocsin.codebook.numbers import NumberWords
from tocsin.datamodel import Actor, Claim, DateRange, Document, Place, PlaceReading, Span
from tocsin.extract.actors import read_actors
from tocsin.extract.claims import Assigned, read_claims
from tocsin.extract.context import with_contexts
from tocsin.extract.drafts import Draft, distinct
from tocsin.extract.forms import read_form
from tocsin.extract.happening_days import happening_days
from tocsin.extract.happening_places import happening_places, running_places
from tocsin.extract.happenings import Telling, group_tellings
from tocsin.extract.means import read_means
from tocsin.extract.modality import clause_of, read_modality, read_scope
from tocsin.extract.numbers import currency_in
from tocsin.extract.persons import one_person
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.readings import Readings
from tocsin.extract.scenes import ON_THE_SPOT, day_told_before, place_told_before, takes_place_over
from tocsin.extract.triggers import Trigger

#: What stands between the names of a row ("A, B and C").
_AND = re.compile(r",? and |, ")
#: Readings that make a sentence tell of something that can be counted, or placed.
_COUNTS = frozenset(("count", "money", "duration", "term", "ordinal", "weight", "volume"))
_PLACES = frozenset(("settlement", "region", "country", "unresolved"))
#: Acts against people: a number of them "since" a day is a total over the time (codebook, 1).
_TOTALLED = frozenset(
    ("detention", "charge", "sentence", "release", "force", "killing", "disappearance", "dismissal", "exile", "raid")
)
_PEOPLE = ("participants", "affected", "injured", "killed")


def draft_by_rules(
    document: Document,
    readings: Readings,
    triggers: Sequence[Sequence[Trigger]],
    codebook: Codebook,
    lexicon: PlaceLexicon,
) -> tuple[Draft, ...]:
    """Return the happenings of a document that is in scope.

    Args:
        document: the text and its day of publication.
        readings: what was read in it.
        triggers: what may name a happening, by sentence.
        codebook: the words of every step.
        lexicon: the words for places.
    """
    tellings = _tellings(readings, triggers)
    claims = _claims(document.text, readings, tellings, codebook)
    drafts: list[Draft] = []
    for group in group_tellings(tellings, document.text):
        drafts.append(_draft(document, group, readings, claims, codebook, lexicon, drafts))
    return with_contexts(drafts)


def people_told(
    text: str, kind: str, actors: Sequence[Actor], claims: Sequence[Claim], codebook: Codebook
) -> tuple[Claim, ...]:
    """Return the claim that named or single persons make where no number of people is told (codebook, section 4).

    One for "a student" or a name, two for "A and B"; none where a number is claimed already.
    """
    attribute = codebook.claims.people.get(kind)
    if attribute is None or any(c.attribute in (attribute, "injured") for c in claims):
        return ()
    if attribute == "participants" and kind != "hunger_strike":
        return ()
    role = "target" if attribute == "affected" else "participant"
    persons = [a.span for a in actors if a.role == role and one_person(a.span.quote, codebook.actors)]
    row = persons[:1]
    for person in persons[1:]:
        if _AND.fullmatch(text[row[-1].end : person.start]):
            row.append(person)
    if not row:
        return ()
    return (Claim(attribute, len(row), len(row), False, None, Span.of(text, row[0].start, row[-1].end)),)


def _tellings(readings: Readings, triggers: Sequence[Sequence[Trigger]]) -> tuple[Telling, ...]:
    """Return at most one telling a sentence and type.

    A weak trigger needs a date or a number in its sentence, a strong one a place at least: the codebook asks for a
    happening's date, place, number or name, and sentences without tell generalities (on the coded training
    documents 19 % of weak triggers without date and number are coded, 52 % of those with).
    """
    tellings = []
    for index, (sentence, found) in enumerate(zip(readings.sentences, triggers, strict=True)):
        if not found:
            continue
        dated = any(d.kind != "duration" for d in readings.dates_in[index])
        counted = any(n.kind in _COUNTS for n in readings.numbers_in[index])
        placed = any(p.kind in _PLACES for p in readings.places_in[index])
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
        for assigned in read_claims(
            text,
            readings.tokens[index],
            [t.trigger for t in tellings if t.index == index],
            readings.counts_in[index],
            codebook.claims,
            currency=lambda number: currency_in(number, home, codebook.numbers),
        ):
            found[index, assigned.trigger.type].append(assigned)
    return {key: tuple(value) for key, value in found.items()}


def _draft(
    document: Document,
    group: Sequence[Telling],
    readings: Readings,
    claims: Mapping[tuple[int, str], tuple[Assigned, ...]],
    codebook: Codebook,
    lexicon: PlaceLexicon,
    told: Sequence[Draft],
) -> Draft:
    text, first = document.text, group[0]
    kind = first.trigger.type
    words = readings.tokens[first.index]
    actors = distinct(
        actor
        for t in group
        for actor in read_actors(text, t.sentence, t.trigger.span, kind, codebook.actors, marks=readings.words[t.index])
    )
    found = [a.claim for t in group for a in claims.get((t.index, kind), ())]
    found += people_told(text, kind, actors, found, codebook)
    counted = any(claim.attribute in _PEOPLE for claim in found)
    clause = clause_of(words, first.trigger.span)
    scope = read_scope(clause, codebook.modality, counted=counted)
    since = any(d.kind == "since" for d in readings.dates_in[first.index])
    if scope == "single" and counted and kind in _TOTALLED and since:
        scope = "total"
    draft = Draft(
        tuple(group),
        modality=read_modality(clause, kind, codebook.modality),
        scope=scope,
        form=read_form(words, first.trigger.span, kind, codebook.forms),
        date=DateRange(),
        places=places_told(text, group, readings.places, readings, lexicon),
        actors=actors,
        claims=tuple(found),
        means=distinct(m for t in group for m in read_means(text, t.sentence, kind, codebook.means)),
    )
    days = days_told(document, draft, readings, codebook.numbers)
    if kind in ON_THE_SPOT and scope != "total" and not (days.start or days.end):
        days = day_told_before(document, draft, readings)
    places = draft.places
    if not places and takes_place_over(text, draft, told, lexicon):
        places = place_told_before(text, draft, readings)
    draft.date, draft.places = days, places
    return draft


def days_told(document: Document, draft: Draft, readings: Readings, numbers: NumberWords) -> DateRange:
    """Return the days that a happening's own sentences tell.

    A total without an end ends on the day of publication (codebook, section 3).
    """
    for telling in draft.tellings:
        days = happening_days(
            document.text,
            readings.dates,
            sentence=telling.sentence,
            trigger=telling.trigger.span,
            published=document.published,
            before=None,
            numbers=numbers,
            modality_hint=draft.modality if draft.scope == "single" else draft.scope,
        )
        if draft.scope == "total" and days.start and days.end is None:
            return replace(days, end=document.published)
        if days.start or days.end:
            return days
    return DateRange()


def places_told(
    text: str,
    tellings: Sequence[Telling],
    places: Sequence[PlaceReading],
    readings: Readings,
    lexicon: PlaceLexicon,
) -> tuple[Place, ...]:
    """Return the places that a happening's own sentences tell, of those read in them.

    A venue is a place of its own only where the text names no settlement (codebook, section 3); where it names one
    the venue says that the happening was there.
    """
    for telling in tellings:
        found = happening_places(
            text, tuple(places), sentence=telling.sentence, trigger=telling.trigger.span, lexicon=lexicon
        )
        if not found:
            continue
        venues = [r.span for r in places if r.rule == "venue"]
        named = tuple(place for place in found if place.span not in venues)
        if named:
            return named
        home = running_places(readings.places)
        return home if any(r.kind == "settlement" for r in readings.places) else found
    return ()
