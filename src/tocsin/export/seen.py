"""What a mapping looks at in a happening: its sentences, its first place, its responses, its claims as words."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tocsin.codebook.exports import Country, ExportMapping
from tocsin.datamodel import Claim, Event, Figure, Mention, Place, Span
from tocsin.datamodel.claim import Number
from tocsin.datamodel.happening import Happening, Telling
from tocsin.datamodel.identity import claim_id
from tocsin.datamodel.relation import WITHIN
from tocsin.export.mapped import Precise

#: Between several values of one cell.
BETWEEN = "; "
#: Between a speaker and that speaker's own source, outermost first.
FROM = " < "

#: Modalities of what took place, as far as is told.
HAPPENED = ("occurred", "ongoing")

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Told:
    """One claim with its id and who tells it."""

    id: str
    claim: Claim
    telling: Telling


def held_whole(happenings: Iterable[Happening]) -> list[Happening]:
    """Return happenings that are held at once, since rows tell parts of one another, without the texts behind them."""
    return [
        replace(one, tellings=tuple(replace(t, document=replace(t.document, text="")) for t in one.tellings))
        for one in happenings
    ]


def claims_of(tellings: Iterable[Telling]) -> tuple[Told, ...]:
    """Return all claims of some tellings, in their order."""
    return tuple(
        Told(claim_id(telling.mention.id, position, claim), claim, telling)
        for telling in tellings
        for position, claim in enumerate(telling.mention.claims)
    )


def interval_words(low: Number | None, high: Number | None) -> str:
    """Return an interval in words: "400", "300 to 400", "at least 400", "up to 400", "unknown"."""
    if low is not None and high is not None:
        return f"{low:,}" if low == high else f"{low:,} to {high:,}"
    if low is not None:
        return f"at least {low:,}"
    return "unknown" if high is None else f"up to {high:,}"


def claim_words(told: Told) -> str:
    """Return a claim in words: what it counts, its value, its quote, who says it, and its id."""
    claim = told.claim
    value = interval_words(claim.low, claim.high) + (f" {claim.unit}" if claim.unit else "")
    said = FROM.join(f"{speaker.span.quote} ({speaker.kind})" for speaker in claim.said_by)
    return (
        f'{claim.attribute} {value}{" (vague)" if claim.approx else ""}, "{claim.span.quote}"'
        + (f", said by {said}" if said else "")
        + (f', "{claim.hedge.quote}"' if claim.hedge else "")
        + f" [{told.id}]"
    )


def quotes_of(tellings: Iterable[Telling]) -> tuple[tuple[Telling, tuple[Span, ...]], ...]:
    """Return for each document its sentences that tell it; a sentence printed twice stands with the first."""
    seen: set[str] = set()
    found: dict[str, tuple[Telling, list[Span]]] = {}
    for telling in tellings:
        for evidence in telling.mention.evidence:
            if evidence.sentence.quote not in seen:
                seen.add(evidence.sentence.quote)
                found.setdefault(telling.document.id, (telling, []))[1].append(evidence.sentence)
    return tuple((telling, tuple(sentences)) for telling, sentences in found.values())


def notes_of(tellings: Sequence[Telling]) -> str:
    """Return the sentences that tell a happening, each document's after its publisher and day."""
    return " ".join(
        f"{source_of(telling)}: " + " ".join(f"“{' '.join(sentence.quote.split())}”" for sentence in sentences)
        for telling, sentences in quotes_of(tellings)
    )


def source_of(telling: Telling) -> str:
    """Return publisher and day of a document, the document's id where no publisher is known."""
    document = telling.document
    name = document.publisher or document.id
    return f"{name}, {document.published.isoformat()}" if document.published else name


def documents_of(tellings: Iterable[Telling]) -> tuple[Telling, ...]:
    """Return one telling of each document, in their order."""
    found: dict[str, Telling] = {}
    for telling in tellings:
        found.setdefault(telling.document.id, telling)
    return tuple(found.values())


def publishers_of(tellings: Iterable[Telling]) -> tuple[str, ...]:
    """Return the publishers in the order in which they told it; a document's id where none is known."""
    return tuple(dict.fromkeys(t.document.publisher or t.document.id for t in tellings))


def quoted(tellings: Iterable[Telling], *roles: str) -> tuple[str, ...]:
    """Return the words for the actors of some roles, each once."""
    words = (actor.span.quote for t in tellings for actor in t.mention.actors if actor.role in roles)
    return tuple(dict.fromkeys(" ".join(word.split()) for word in words))


def demands_of(tellings: Iterable[Telling]) -> tuple[str, ...]:
    """Return what participants want, in their words, each once."""
    return tuple(dict.fromkeys(" ".join(d.quote.split()) for t in tellings for d in t.mention.demands))


def means_of(happenings: Iterable[Happening]) -> tuple[str, ...]:
    """Return the means that some happenings tell, each once."""
    return tuple(dict.fromkeys(means for one in happenings for t in one.tellings for means in t.mention.means))


def forms_of(tellings: Iterable[Telling]) -> tuple[str, ...]:
    """Return the forms that a happening is told in, each once."""
    return tuple(dict.fromkeys(t.mention.form for t in tellings if t.mention.form))


def first_place(event: Event | Mention) -> Place | None:
    """Return the place that stands for all: the first one whose position is known, else the first."""
    return next((place for place in event.places if place.lat is not None), next(iter(event.places), None))


def place_kind(place: Place, countries: Mapping[str, Country], precise: Precise) -> str:
    """Return what a place is: "country", "region", "county" or "settlement".

    Args:
        place: of a happening.
        countries: by ISO code.
        precise: says what a place is; where it does not know, a place with the name of its country is the country,
            and one with the name of its region the region.
    """
    kind = precise(place)
    if kind is not None:
        return "region" if kind == "area" else kind
    country = countries.get(place.country)
    if country is not None and place.admin1 is None and place.name in (country.name, country.also):
        return "country"
    return "region" if place.name == place.admin1 else "settlement"


def spelled(words: Iterable[str]) -> str:
    """Return words as one text of lower-case words with single spaces, one before and one after."""
    return f" {' '.join(word.lower() for text in words for word in (*_WORD.findall(text), '|'))} "


def codes_told(mapping: ExportMapping, name: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of a word list whose words some texts hold, each once, in the order of the texts."""
    return tuple(dict.fromkeys(code for text in texts for code in codes_of(mapping, name, text)))


def codes_of(mapping: ExportMapping, name: str, text: str) -> Iterator[str]:
    """Yield the codes of a word list whose words a text holds, in the order of the list."""
    words = spelled([text])
    for code, told in mapping.words[name].items():
        if any(f" {form} " in words for form in told):
            yield code


def why_not(
    event: Event | Mention,
    mapping: ExportMapping,
    *,
    scopes: Collection[str] = ("single",),
    happened: bool = True,
    dated: Collection[str] = (),
) -> str | None:
    """Return why the target has no row for an event, or None where it has one.

    Args:
        event: of the record, or a mention.
        mapping: to the target.
        scopes: that it has rows for.
        happened: whether it has rows only for what took place.
        dated: precisions of days that it takes; none where a row needs no day.
    """
    if happened and event.modality not in HAPPENED:
        return f"it is {event.modality}"
    if event.type not in mapping.types:
        return mapping.left_out.get(event.type, "the type has no counterpart")
    if event.scope not in scopes:
        return f"a {event.scope} is no single event"
    if dated and event.date.start is None:
        return "no day is known"
    if dated and event.date.precision not in dated:
        return f"only the {event.date.precision} is known"
    return None


def during(inner: Event, outer: Event) -> bool:
    """Whether an event fell on the days of another one, as far as is told; one without days did."""
    if inner.date.start is None:
        return True
    if outer.date.start is None:
        return False
    end = outer.date.end or (date.max if outer.modality == "ongoing" else outer.date.start)
    return outer.date.start <= (inner.date.end or inner.date.start) and inner.date.start <= end


def within(happenings: Sequence[Happening]) -> Mapping[str, tuple[Happening, ...]]:
    """Return for the id of each single event what took place within it and on its days, in order of id."""
    by_id = {one.event.id: one for one in happenings}
    found: defaultdict[str, dict[str, Happening]] = defaultdict(dict)
    for one in happenings:
        for relation in one.relations:
            inner = by_id.get(relation.member)
            outer = by_id.get(relation.holder)
            if relation.kind == WITHIN and inner is not None and outer is not None and during(inner.event, outer.event):
                found[relation.holder][relation.member] = inner
    return {holder: tuple(inner for _, inner in sorted(members.items())) for holder, members in found.items()}


def folded_into(
    happenings: Sequence[Happening], mapping: ExportMapping, rows: Collection[str]
) -> tuple[Mapping[str, str], Mapping[str, tuple[Happening, ...]]]:
    """Return what is told in the rows of others, which the target takes for part of them.

    Args:
        happenings: all that are written.
        mapping: its table `folded` names the types that are told so.
        rows: ids of the events that have rows in which others are told.

    Returns:
        For the id of each event that is told in another's row that one's id; for each row what is told in it.
    """
    inner = within(happenings)
    home: dict[str, str] = {}
    parts: defaultdict[str, list[Happening]] = defaultdict(list)
    for holder in sorted(rows):
        for member in inner.get(holder, ()):
            event = member.event
            fits = event.type in mapping.tables["folded"] and event.scope == "single" and event.id not in rows
            none = event.modality == "denied" and best_of(event.figure("affected")) == 0
            if fits and (event.happened or none) and event.id not in home:
                home[event.id] = holder
                parts[holder].append(member)
    return home, {holder: tuple(members) for holder, members in parts.items()}


def best_of(figure: Figure | None) -> Number | None:
    """Return the best number of a figure, None where there is no figure or no number."""
    return None if figure is None else figure.best


def middle_of(low: Number | None, high: Number | None) -> Number | None:
    """Return the number that an interval states: its middle, rounded down between whole ones, or its one known end."""
    if low is None or high is None:
        return high if low is None else low
    return (low + high) // 2 if isinstance(low, int) and isinstance(high, int) else (low + high) / 2


def whole(number: Number | None) -> int | None:
    """Return a number as an integer, rounded down."""
    return None if number is None else int(number)


def day_words(event: Event | Mention) -> str:
    """Return the days of an event, or of a mention, in words, with their precision where it is not the day."""
    when = event.date
    if when.start is None:
        return "no day known" if when.end is None else f"until {when.end.isoformat()}"
    span = when.start.isoformat()
    if when.end is not None and when.end != when.start:
        span += f" to {when.end.isoformat()}"
    return span if when.precision in ("day", "none") else f"within the {when.precision} {span}"
