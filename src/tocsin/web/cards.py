"""Mentions to cards: every field with its value in words, its quote, and where that stands in the text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tocsin.codebook.types import Vocabulary
from tocsin.datamodel import Actor, Claim, Evidence, Mention, Place, Span, Speaker
from tocsin.datamodel.state import ACTOR, CLAIM, DEMAND, EVIDENCE, PLACE, MentionState, Part
from tocsin.report.words import claim_words, counted_words, name_words, range_words

#: Categories beyond these share the colour of none.
COLOURS = 5

#: How words are marked in the text: a layer of desk.css.
SENTENCE, TRIGGER, NUMBER, SPEAKER, HEDGE = "sentence", "trigger", "number", "speaker", "hedge"
Mark = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the text and the layer in which they are marked."""

    words: str
    layer: str


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a card.

    Attributes:
        subject: id of the mention or of its part that the field belongs to.
        name: what is set: a field of the mention, or a kind of part.
        label: what the reviewer reads before the value.
        value: in words.
        quotes: the words of the text that it stands on.
        by: who says so, or how it is known.
        marks: start and end in code points, and layer, of each quote.
        changed: whether a decision made it so.
    """

    subject: str
    name: str
    label: str
    value: str
    quotes: tuple[Quote, ...] = ()
    by: str = ""
    marks: tuple[Mark, ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One mention.

    Attributes:
        id: of the mention.
        kind: its type and form in words.
        colour: number of its category.
        state: "accepted", "rejected" or "open".
        tags: modality and scope where they are not the usual ones.
        line: days, places and numbers in one line.
        fields: in the order in which they are gone through.
        sentences: marks of its evidence.
        means: names of the codebook.
        version: as the reviewer sees it.
        added: whether a person added it.
    """

    id: str
    kind: str
    colour: int
    state: str
    tags: tuple[str, ...]
    line: str
    fields: tuple[Field, ...]
    sentences: tuple[Mark, ...]
    means: tuple[str, ...]
    version: int
    added: bool


_STATES = {"accept": "accepted", "reject": "rejected", None: "open"}
_ORDER = {PLACE: 0, CLAIM: 1, ACTOR: 2, DEMAND: 3}


def card_of(state: MentionState, vocabulary: Vocabulary) -> Card:
    """Return the card of a mention."""
    mention = state.mention
    parts = sorted((part for part in state.parts if part.kind != EVIDENCE), key=lambda part: _ORDER[part.kind])
    sentences = [part.value for part in state.parts if isinstance(part.value, Evidence)]
    usual = (("modalities", mention.modality, "occurred"), ("scopes", mention.scope, "single"))
    return Card(
        id=mention.id,
        kind=kind_words(mention),
        colour=colour_of(mention.type, vocabulary),
        state=_STATES[state.judgement],
        tags=tuple(name_words(table, name) for table, name, expected in usual if name != expected),
        line=" · ".join(
            filter(None, (range_words(mention.date, mention.modality), where_words(mention), _sizes(mention)))
        ),
        fields=(*_own_fields(state), *(field for part in parts for field in fields_of(part, mention))),
        sentences=tuple(
            mark for one in sentences for mark in (*_marks(one.sentence, SENTENCE), *_marks(one.trigger, TRIGGER))
        ),
        means=mention.means,
        version=state.version,
        added=state.proposed is None,
    )


def kind_words(mention: Mention) -> str:
    """Return the type of a mention in words, with its form where it has one: "Strike (walkout)"."""
    kind = name_words("types", mention.type)
    named = mention.form and mention.form != "other"
    return f"{kind} ({name_words('types', mention.form or '')})" if named else kind


def colour_of(type_name: str, vocabulary: Vocabulary) -> int:
    """Return the number of the category of a type, COLOURS where it has none."""
    if type_name not in vocabulary.types:
        return COLOURS
    categories = list(dict.fromkeys(one.category for one in vocabulary.types.values()))
    return min(categories.index(vocabulary.types[type_name].category), COLOURS)


def where_words(mention: Mention) -> str:
    """Return the names of the places of a mention."""
    return ", ".join(dict.fromkeys(place.name for place in mention.places))


def said_words(speakers: tuple[Speaker, ...]) -> str:
    """Return who says so, innermost first: "a lawyer, as told by the police"."""
    return ", as told by ".join(_speaker(one) for one in reversed(speakers))


def fields_of(part: Part, mention: Mention) -> Iterator[Field]:
    """Yield the lines of a part of a mention: a number has one more, for who says it."""
    changed = part.decision is not None
    value = part.value
    match value:
        case Claim():
            label = _capital(name_words("attributes", value.attribute)) or "Money"
            counted = f"{claim_words(value)} {counted_words(value, mention.type)}".strip()
            weak = f"weakened by “{value.hedge.quote}”" if value.hedge else ""
            marks = (*_marks(value.span, NUMBER), *_marks(value.hedge, HEDGE))
            yield Field(part.id, CLAIM, label, counted, (Quote(value.span.quote, NUMBER),), weak, marks, changed)
            speakers = tuple(Quote(one.span.quote, SPEAKER) for one in value.said_by)
            marks = tuple(mark for one in value.said_by for mark in _marks(one.span, SPEAKER))
            said = ", as told by ".join(name_words("kinds", one.kind) for one in reversed(value.said_by))
            yield Field(part.id, "said_by", "said by", "" if speakers else "the document", speakers, said, marks)
        case Place():
            region = ", ".join(filter(None, (value.admin1, value.country)))
            quotes = (Quote(value.span.quote, PLACE),) if value.span else ()
            by = region if value.span else f"{region}; taken over from another mention"
            yield Field(part.id, PLACE, "Place", value.name, quotes, by, tuple(_marks(value.span, PLACE)), changed)
        case Actor():
            label = _capital(name_words("roles", value.role))
            quotes = (Quote(value.span.quote, ACTOR),)
            yield Field(part.id, ACTOR, label, "", quotes, "", tuple(_marks(value.span, ACTOR)), changed)
        case Span():
            quotes = (Quote(value.quote, DEMAND),)
            yield Field(part.id, DEMAND, "Demand", "", quotes, "", tuple(_marks(value, DEMAND)), changed)
        case Evidence():
            marks = (*_marks(value.sentence, SENTENCE), *_marks(value.trigger, TRIGGER))
            quotes = (Quote(value.sentence.quote, SENTENCE),)
            yield Field(part.id, EVIDENCE, "Sentence", "", quotes, "", marks, changed)


def _own_fields(state: MentionState) -> Iterator[Field]:
    mention = state.mention
    changed: Mapping[str, str] = state.changed

    def own(name: str, label: str, value: str, by: str = "") -> Field:
        return Field(mention.id, name, label, value, by=by, changed=name in changed)

    yield own("type", "Type", kind_words(mention))
    yield own("modality", "Told as", name_words("modalities", mention.modality))
    yield own("scope", "Scope", name_words("scopes", mention.scope))
    basis = name_words("bases", mention.date.basis)
    yield own("date", "Days", range_words(mention.date, mention.modality), basis)
    if mention.means:
        yield own("means", "Means", ", ".join(name_words("types", one) for one in mention.means))


def _marks(span: Span | None, layer: str) -> Iterator[Mark]:
    if span is not None and span.placed:
        yield span.start, span.end, layer


def _sizes(mention: Mention) -> str:
    return ", ".join(f"{claim_words(one)} {counted_words(one, mention.type)}".strip() for one in mention.claims)


def _speaker(speaker: Speaker) -> str:
    quote, kind = speaker.span.quote, name_words("kinds", speaker.kind)
    # "their union (union)" says nothing twice.
    return quote if kind.lower() in quote.lower() else f"{quote} ({kind})"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
