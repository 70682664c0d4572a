"""How the program reads words that a reviewer looks at: values to choose from, and the value of words just selected."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from tocsin.datamodel import Claim, DateRange, Document, Mention, NumberReading, Place, PlaceReading, Span, Speaker
from tocsin.datamodel.parts import part_json
from tocsin.datamodel.state import ACTOR, CLAIM, DEMAND, EVIDENCE, PLACE
from tocsin.errors import UsageError
from tocsin.extract.dates import read_dates
from tocsin.extract.numbers import read_numbers
from tocsin.extract.places import read_places
from tocsin.extract.sentences import split_sentences
from tocsin.extract.speakers import read_attributions, speaker_kind
from tocsin.pipeline import Resources
from tocsin.report.words import claim_words, name_words, range_words

SAID_BY, DATE, HEDGE = "said_by", "date", "hedge"
#: What can be read off selected words.
KINDS = (CLAIM, SAID_BY, HEDGE, PLACE, ACTOR, DEMAND, EVIDENCE, DATE)
#: Code points before and behind the sentences of a mention within which values are offered: the paragraph around it.
_AROUND = 400
#: As many as there are digits to choose by.
MOST = 9
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """One value that words of the text come to.

    Attributes:
        shown: the value in words.
        quote: the words of the text.
        span: where they stand, or None where the value stands on no words of its own.
        values: what setting it sets, as JSON values.
    """

    shown: str
    quote: str
    span: tuple[int, int] | None
    values: dict[str, Any]


def offered(document: Document, mention: Mention, name: str, value: Any, resources: Resources) -> tuple[Reading, ...]:
    """Return what the text around a mention offers for one of its fields, in the order of the text.

    Args:
        document: that tells it.
        mention: as it is now.
        name: one of `KINDS`.
        value: what the field holds now: the claim, place or actor, or None for a new one.
        resources: of the rules; no model is needed.
    """
    window = _window(document, mention)
    found: Iterator[Reading]
    match name:
        case "claim":
            found = (_claim(one, mention, value) for one in _numbers(document, window, resources))
        case "said_by":
            found = _speakers(document, window, resources)
        case "place":
            read = [tuple(_place(one)) for one in _places(document, window, resources)]
            found = (one for rank in range(3) for places in read for one in places[rank : rank + 1])
        case "date":
            found = _dates(document, window, resources)
        case "actor":
            roles = resources.codebook.vocabulary.roles
            found = (_actor(value.span, role) for role in roles) if value else iter(())
        case "evidence":
            found = (_sentence(one, mention) for one in _sentences(document, window))
        case _:
            found = iter(())
    # One line for each value: a place named five times is offered once, where it stands first. What the words mean at
    # best comes before what else they might mean.
    unlike: dict[tuple[str, str], Reading] = {}
    for one in found:
        unlike.setdefault((one.shown, one.quote if name in ("said_by", "claim", "evidence") else ""), one)
    return tuple(unlike.values())[:MOST]


def read_words(
    document: Document, mention: Mention | None, name: str, value: Any, start: int, end: int, resources: Resources
) -> Reading:
    """Return what selected words come to.

    Args:
        document, mention, name, value, resources: as for `offered`; no mention for a new one.
        start, end: of the words, in code points.

    Raises:
        SpanError: the words are not there.
        UsageError: nothing is read under that name.
    """
    span = Span.of(document.text, start, end)
    match name:
        case "claim":
            numbers = read_numbers(document.text, resources.codebook.numbers, start=start, end=end)
            return _claim(numbers[0] if numbers else None, mention, value, span)
        case "said_by":
            return _said((Speaker(span, _kind(span, resources)),))
        case "hedge":
            return Reading("", span.quote, (start, end), {"hedge": part_json(span)})
        case "place":
            found = [one for one in _places(document, (start, end), resources) if one.best]
            best = next((reading for one in found for reading in _place(one)), None)
            if best is not None:
                return Reading(best.shown, span.quote, (start, end), best.values | {"span": part_json(span)})
            return Reading(span.quote, span.quote, (start, end), part_json(Place(span, span.quote, "")))
        case "actor":
            return _actor(span, value.role if value else resources.codebook.vocabulary.roles[0])
        case "demand":
            return Reading("", span.quote, (start, end), {"span": part_json(span)})
        case "evidence":
            around = (max(0, start - 2 * _AROUND), min(len(document.text), end + 2 * _AROUND))
            whole = next((one for one in _sentences(document, around) if one.covers(span)), span)
            values = {"sentence": part_json(whole), "trigger": part_json(span)}
            return Reading(whole.quote, span.quote, (start, end), values)
        case "date":
            dates = read_dates(
                document.text, resources.codebook.dates, published=document.published, start=start, end=end
            )
            return _date(dates[0].range if dates else DateRange(), span)
    raise UsageError(f"field {name!r}", "cannot be read off words", "known are " + ", ".join(KINDS))


def _window(document: Document, mention: Mention) -> tuple[int, int]:
    """Return the part of the text around the sentences of a mention."""
    sentences = [one.sentence for one in mention.evidence if one.sentence.placed]
    if not sentences:
        return 0, min(len(document.text), 2 * _AROUND)
    start, end = min(one.start for one in sentences), max(one.end for one in sentences)
    # Sentences far apart: the first of them and what is near.
    end = min(end, start + 10 * _AROUND)
    return max(0, start - _AROUND), min(len(document.text), end + _AROUND)


def _numbers(document: Document, window: tuple[int, int], resources: Resources) -> Iterator[NumberReading]:
    words = resources.codebook.numbers
    for one in read_numbers(document.text, words, start=window[0], end=window[1]):
        if one.kind not in ("age", "year", "time", "identifier", "score"):
            yield one


def _claim(
    number: NumberReading | None, mention: Mention | None, value: Claim | None, span: Span | None = None
) -> Reading:
    low, high, approx = (number.low, number.high, number.approx) if number else (None, None, False)
    quote = span or (number.span if number else Span.unplaced(""))
    if value is None:
        attribute = "amount" if number and number.kind == "money" else _attribute(mention)
        value = Claim(attribute, low, high, approx, None, quote)
    unit = number.unit if number and value.attribute in ("amount", "output_loss") else value.unit
    read = replace(value, low=low, high=high, approx=approx, unit=unit, span=quote)
    values = part_json(read)
    return Reading(claim_words(read), quote.quote, (quote.start, quote.end), values)


def _attribute(mention: Mention | None) -> str:
    """Return what a number of a mention counts most often, as other numbers of it tell."""
    if mention is None:
        return "participants"
    told = [claim.attribute for claim in mention.claims]
    doing = ("demonstration", "riot", "hunger_strike", "other_protest", "strike", "work_to_rule", "lockout")
    return told[0] if told else "participants" if mention.type in doing else "affected"


def _speakers(document: Document, window: tuple[int, int], resources: Resources) -> Iterator[Reading]:
    yield Reading("the document itself", "", None, {"said_by": []})
    sentences = _sentences(document, window)
    for one in read_attributions(document.text, sentences, resources.codebook.speakers):
        for speaker in one.speakers:
            yield _said((speaker,))
        if len(one.speakers) > 1:
            yield _said(one.speakers)


def _said(speakers: tuple[Speaker, ...]) -> Reading:
    first = speakers[-1].span
    shown = ", as told by ".join(name_words("kinds", one.kind) for one in reversed(speakers))
    quote = " < ".join(one.span.quote for one in reversed(speakers))
    values = {"said_by": [{"span": part_json(one.span), "kind": one.kind} for one in speakers]}
    return Reading(shown, quote, (first.start, first.end), values)


def _kind(span: Span, resources: Resources) -> str:
    return speaker_kind(_LETTERS.findall(span.quote.lower()), resources.codebook.speakers) or "other"


def _places(document: Document, window: tuple[int, int], resources: Resources) -> Iterator[PlaceReading]:
    start, end = window
    for one in read_places(document.text[start:end], resources.places):
        yield replace(one, span=Span.of(document.text, one.span.start + start, one.span.end + start))


def _place(reading: PlaceReading) -> Iterator[Reading]:
    others = [one for one in reading.candidates if one != reading.best]
    for one in (*([reading.best] if reading.best else []), *others[:2]):
        if one is not None:
            place = Place(reading.span, one.name, one.country, one.admin1, one.lat, one.lon, one.geonameid)
            shown = ", ".join(filter(None, (one.name, one.admin1, one.country)))
            yield Reading(shown, reading.span.quote, (reading.span.start, reading.span.end), part_json(place))


def _dates(document: Document, window: tuple[int, int], resources: Resources) -> Iterator[Reading]:
    start, end = window
    words = resources.codebook.dates
    for one in read_dates(document.text, words, published=document.published, start=start, end=end):
        if one.range.start or one.range.end:
            yield _date(one.range, one.span)
    yield Reading("day not given", "", None, {"date": _date_json(DateRange())})


def _date(when: DateRange, span: Span) -> Reading:
    return Reading(range_words(when), span.quote, (span.start, span.end), {"date": _date_json(when)})


def _date_json(when: DateRange) -> dict[str, Any]:
    start, end = (day.isoformat() if day else None for day in (when.start, when.end))
    return {"start": start, "end": end, "precision": when.precision, "basis": when.basis}


def _actor(span: Span, role: str) -> Reading:
    values = {"role": role, "span": part_json(span)}
    return Reading(name_words("roles", role), span.quote, (span.start, span.end), values)


def _sentences(document: Document, window: tuple[int, int]) -> tuple[Span, ...]:
    start, end = window
    return tuple(
        Span.of(document.text, one.start + start, one.end + start) for one in split_sentences(document.text[start:end])
    )


def _sentence(sentence: Span, mention: Mention) -> Reading:
    trigger = next((one.trigger for one in mention.evidence if sentence.covers(one.trigger)), sentence)
    values = {"sentence": part_json(sentence), "trigger": part_json(trigger)}
    return Reading("", sentence.quote, (sentence.start, sentence.end), values)
