"""An answer held to the quote: what stands word for word in the text becomes mentions, the rest is left out and told.

1. The shape: every field of every event is of the codebook, or it is left out.
2. The quotes: evidence stands in the text, a trigger in its evidence, every other quote in evidence of its mention. A
   claim whose speaker or hedge does not stand is left out whole: without them it would say something else.
3. The values: numbers, days and places are read again in their words (values.py).
4. Places without words of their own are those of other mentions, contexts are mentions that stand.
"""

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tocsin.codebook.types import Vocabulary
from tocsin.datamodel import (
    Actor,
    Claim,
    DateRange,
    Document,
    Evidence,
    Extraction,
    Mention,
    Note,
    Place,
    Span,
    Speaker,
)
from tocsin.datamodel.claim import Number
from tocsin.datamodel.extraction import DISAGREEMENT, DROPPED
from tocsin.datamodel.ids import content_id
from tocsin.llm.client import MALFORMED, UnusableError
from tocsin.llm.parts import Part
from tocsin.llm.values import Resolved, Value, days, interval, reread_days, reread_number, reread_place

Json = dict[str, Any]

#: Events of one answer that are looked at; the richest development document has 35.
MOST_EVENTS = 400
#: Code points of a sentence of evidence. Of 10,835 evidence sentences of coded documents the longest has 740.
LONGEST_SENTENCE = 1200
_BLANK = re.compile(r"\n\s*\n")
#: Code points of what is told in a note.
_TOLD = 120


def parse_events(content: str) -> list[Any]:
    """Return the events of an answer; words and fences around the object are passed over.

    Raises:
        UnusableError: there is no object with events in it.
    """
    text = content.strip()
    candidates = [text] if text.startswith("{") else []
    candidates.append(text[text.find('{"') : text.rfind("}") + 1] or text[text.find("{") : text.rfind("}") + 1])
    for candidate in candidates:
        try:
            found = json.loads(candidate, parse_constant=_no_number)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and isinstance(found.get("events"), list):
            return list(found["events"])
    raise UnusableError(MALFORMED, "the answer is no JSON object with a list of events")


def hold_events(
    events: Sequence[Any], document: Document, part: Part, *, vocabulary: Vocabulary, resolved: Resolved
) -> Extraction:
    """Return the mentions of an answer that stand, and notes on what does not and on what the program reads otherwise.

    Args:
        events: as the model gave them, of any shape.
        document: the text that every quote must stand in.
        part: of the text that was asked about; quotes are looked up there first.
        vocabulary: the names that may be used.
        resolved: what the program reads in the document.
    """
    holder = _Holder(document, part, vocabulary, resolved)
    for event in events[:MOST_EVENTS]:
        holder.add(event)
    for event in events[MOST_EVENTS:]:
        holder.drop("event", event)
    return holder.done()


@dataclass
class _Held:
    """A mention in the making: its places without words, and its context, are looked up when all are known."""

    mention: Mention
    unplaced: list[Place]
    context: str | None


@dataclass
class _Holder:
    document: Document
    part: Part
    vocabulary: Vocabulary
    resolved: Resolved
    held: list[_Held] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def drop(self, field: str, given: object, mention: str | None = None) -> None:
        self.notes.append(Note(DROPPED, field, _told(given), "", mention))

    def add(self, event: object) -> None:
        kind = event.get("type") if isinstance(event, dict) else None
        if not isinstance(event, dict) or not isinstance(kind, str) or kind not in self.vocabulary.types:
            self.drop("event", event)
            return
        evidence = self._evidence(event.get("evidence"))
        if not evidence or event.get("modality") not in self.vocabulary.modalities:
            self.drop(kind, _first_text(event))
            return
        first = evidence[0]
        name = content_id("m", self.document.id, "llm", kind, first.sentence.start, first.trigger.start, len(self.held))
        sentences = [e.sentence for e in evidence]
        scope = event.get("scope") if event.get("scope") in self.vocabulary.scopes else "single"
        form, means = event.get("form"), _strings(event.get("means"))
        places, unplaced = self._places(event.get("places"), sentences, name)
        mention = Mention(
            id=name,
            type=kind,
            form=form if form in self.vocabulary.types[kind].forms else None,
            modality=str(event["modality"]),
            scope=str(scope),
            date=self._days(event, sentences, str(scope), name),
            places=tuple(places),
            actors=tuple(dict.fromkeys(self._actors(event.get("actors"), sentences, name))),
            claims=tuple(dict.fromkeys(self._claims(event.get("claims"), sentences, name))),
            demands=tuple(dict.fromkeys(self._demands(event.get("demands"), sentences, name))),
            means=tuple(m for m in dict.fromkeys(means) if m in self.vocabulary.means),
            context=None,
            event=None,
            evidence=evidence,
        )
        context = event.get("context")
        self.held.append(_Held(mention, unplaced, context if isinstance(context, str) else None))
        if isinstance(event.get("id"), str):
            self.ids.setdefault(event["id"], name)

    def done(self) -> Extraction:
        known = [place for one in self.held for place in one.mention.places]
        mentions = []
        for one in self.held:
            places = list(one.mention.places)
            for given in one.unplaced:
                place, _ = reread_place(given, self.resolved, known)
                if place is None:
                    self.drop("place", f"{given.name}, {given.country}", one.mention.id)
                elif place not in places:
                    places.append(place)
            mentions.append(replace(one.mention, places=tuple(places), context=self._context(one)))
        mentions.sort(key=lambda m: (m.evidence[0].sentence.start, m.evidence[0].trigger.start))
        return Extraction(_without_circles(mentions), tuple(self.notes))

    def _context(self, one: _Held) -> str | None:
        found = self.ids.get(one.context or "")
        if one.context is not None and found is None:
            self.drop("context", one.context, one.mention.id)
        return None if found == one.mention.id else found

    def _evidence(self, given: object) -> tuple[Evidence, ...]:
        found = []
        for item in _objects(given):
            text, trigger = item.get("text"), item.get("trigger")
            sentence = self._find(text, [self.part]) or self._find(text, [])
            words = self._find(trigger, [sentence]) if sentence else None
            if sentence is None or not _is_sentence(sentence):
                self.drop("evidence", text)
            elif words is None:
                self.drop("trigger", trigger)
            else:
                found.append(Evidence(sentence, words))
        return tuple(sorted(dict.fromkeys(found), key=lambda e: (e.sentence, e.trigger)))

    def _find(self, quote: object, within: Sequence[Span | Part]) -> Span | None:
        """Return the first place of a quote within stretches of the text, or in all of it where none is given."""
        text = self.document.text
        if not isinstance(quote, str) or not quote.strip():
            return None
        for start, end in [(span.start, span.end) for span in within] or [(0, len(text))]:
            at = text.find(quote, start, end)
            while at >= 0:
                if _is_whole(text, at, at + len(quote)):
                    return Span(at, at + len(quote), quote)
                at = text.find(quote, at + 1, end)
        return None

    def _actors(self, given: object, sentences: Sequence[Span], name: str) -> Iterable[Actor]:
        for item in _objects(given):
            span = self._find(item.get("quote"), sentences)
            if span and item.get("role") in self.vocabulary.roles:
                yield Actor(str(item["role"]), span)
            else:
                self.drop("actor", item.get("quote"), name)

    def _demands(self, given: object, sentences: Sequence[Span], name: str) -> Iterable[Span]:
        for quote in _strings(given):
            span = self._find(quote, sentences)
            if span:
                yield span
            else:
                self.drop("demand", quote, name)

    def _claims(self, given: object, sentences: Sequence[Span], name: str) -> Iterable[Claim]:
        for item in _objects(given):
            attribute, hedge = str(item.get("attribute")), item.get("hedge")
            span = self._find(item.get("quote"), sentences)
            if attribute not in self.vocabulary.attributes:
                self.drop("claim", attribute, name)
                continue
            if span is None:
                self.drop(f"claim {attribute}", item.get("quote"), name)
                continue
            told = _objects(item.get("said_by"))
            speakers = [(self._find(one.get("quote"), sentences), one.get("kind")) for one in told]
            hedged = self._find(hedge, sentences) if hedge else None
            if (hedge and hedged is None) or any(words is None for words, _ in speakers):
                lost = [one.get("quote") for one in told] + ([hedge] if hedge else [])
                self.drop(f"claim {attribute}: who says it, or how", lost, name)
                continue
            kinds = self.vocabulary.speaker_kinds
            said_by = tuple(Speaker(w, str(kind) if kind in kinds else "other") for w, kind in speakers if w)
            value = self._value(attribute, item, span, name)
            if value is not None:
                yield Claim(attribute, value.low, value.high, value.approx, value.unit, span, said_by, hedged)

    def _value(self, attribute: str, item: Json, span: Span, name: str) -> Value | None:
        ends, unit = (item.get("low"), item.get("high")), item.get("unit")
        low, high = map(_number, ends)
        if (low, high) != ends or (low is not None and high is not None and low > high):
            self.drop(f"claim {attribute}", f"{ends[0]} to {ends[1]} ({span.quote})", name)
            return None
        given = Value(low, high, item.get("approx") is True, unit if isinstance(unit, str) else None)
        words = f"{interval(low, high)} ({span.quote})"
        value = reread_number(attribute, given, span, self.resolved)
        if value is None:
            self.drop(f"claim {attribute}", words, name)
        elif value.otherwise:
            kept = f"{interval(value.low, value.high)}, read as {value.otherwise}"
            self.notes.append(Note(DISAGREEMENT, f"claim {attribute}", _told(words), _told(kept), name))
        return value

    def _days(self, event: Json, sentences: Sequence[Span], scope: str, name: str) -> DateRange:
        raw = event.get("date") if isinstance(event.get("date"), dict) else {}
        assert isinstance(raw, dict)
        precision, basis = raw.get("precision"), raw.get("basis")
        given = DateRange(
            _day(raw.get("start")),
            _day(raw.get("end")),
            str(precision) if precision in self.vocabulary.precisions else "day",
            str(basis) if basis in self.vocabulary.bases else "context",
        )
        kept, read = reread_days(given, sentences, self.resolved, scope=scope, modality=str(event["modality"]))
        if read:
            self.notes.append(Note(DISAGREEMENT, "date", days(given), read, name))
        return kept

    def _places(self, given: object, sentences: Sequence[Span], name: str) -> tuple[list[Place], list[Place]]:
        found: list[Place] = []
        unplaced: list[Place] = []
        for item in _objects(given):
            quote, called, country, admin1 = (item.get(key) for key in ("quote", "name", "country", "admin1"))
            span = self._find(quote, sentences) if quote is not None else None
            if not isinstance(called, str) or not called.strip() or not isinstance(country, str) or len(country) != 2:
                self.drop("place", quote or called, name)
                continue
            place = Place(span, called.strip(), country.upper(), admin1 if isinstance(admin1, str) else None)
            if quote is None:
                unplaced.append(place)
                continue
            kept, read = reread_place(place, self.resolved, ()) if span else (None, "")
            if kept is None:
                self.drop("place", f"{called}, {country} ({quote})", name)
                continue
            if read:
                stands = f"{kept.name}, {kept.country}; {read}"
                self.notes.append(Note(DISAGREEMENT, "place", _told(f"{called}, {country} ({quote})"), stands, name))
            found += [kept] if kept not in found else []
        return found, unplaced


def _is_sentence(span: Span) -> bool:
    """Whether words can be one sentence: else all of a text could be evidence of anything in it."""
    return len(span.quote) <= LONGEST_SENTENCE and not _BLANK.search(span.quote)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch of the text begins and ends where words and numbers do."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and before.isalnum() and text[start].isalnum():
        return False
    if after and after.isalnum() and text[end - 1].isalnum():
        return False
    in_number = text[end - 1].isdigit() and after in (".", ",") and text[end + 1 : end + 2].isdigit()
    begun = text[start].isdigit() and before in (".", ",") and text[max(0, start - 2) : start - 1].isdigit()
    return not in_number and not begun


def _without_circles(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return mentions of which none happened within itself by way of others."""
    context = {m.id: m.context for m in mentions}
    for mention in mentions:
        seen, at = {mention.id}, context[mention.id]
        while at is not None:
            if at in seen:
                context[mention.id] = None
                break
            seen.add(at)
            at = context.get(at)
    return tuple(replace(m, context=context[m.id]) for m in mentions)


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _objects(given: object) -> list[Json]:
    return [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []


def _strings(given: object) -> list[str]:
    return [item for item in given if isinstance(item, str)] if isinstance(given, list) else []


def _number(given: object) -> Number | None:
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given) or given < 0:
        return None
    return int(given) if given == int(given) else given


def _day(given: object) -> date | None:
    try:
        return date.fromisoformat(given) if isinstance(given, str) and len(given) == len("2020-01-01") else None
    except ValueError:
        return None


def _first_text(event: Json) -> object:
    return next((item.get("text") for item in _objects(event.get("evidence"))), "no evidence")


def _told(given: object) -> str:
    """Return what was given as one short line."""
    text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False, default=str)
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _TOLD else line[: _TOLD - 1] + "…"
