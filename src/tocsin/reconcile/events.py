"""Mentions to events: what each is, and its figures."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from tocsin.codebook.loader import Codebook
from tocsin.datamodel import CodedDocument, DateRange, Document, Event, Figure, Mention, Place
from tocsin.reconcile.policies import DEFAULT_POLICY, make_figure
from tocsin.reconcile.publishers import Standing
from tocsin.reconcile.tellings import Telling, order_of, tellings_of
from tocsin.reconcile.voices import Spell, hear_voices

#: What an event is, the first that any mention says.
MODALITIES = ("occurred", "ongoing", "denied", "planned", "hypothetical")
#: From the finest to the coarsest.
_PRECISIONS = ("day", "week", "month", "year", "none")

T = TypeVar("T", bound=Hashable)


def reconcile_events(
    coded: Iterable[CodedDocument],
    events: Mapping[str, Sequence[str]],
    codebook: Codebook,
    *,
    policy: str = DEFAULT_POLICY,
    copies: Mapping[str, str] | None = None,
    judgements: Mapping[str, str] | None = None,
    spell: Spell = str.lower,
) -> tuple[Event, ...]:
    """Return the events with their figures, sorted by id.

    Args:
        coded: documents with their mentions, each with an id of its own over all documents. Those without mentions are
            looked at too: one may be what others are copies of.
        events: ids of mentions by event; a mention of none is an event by itself, under its own id.
        codebook: whom policies go by and which speakers are one voice.
        policy: short name of the policy of figures.
        copies: for the id of a document that is a copy that of the first with the same words.
        judgements: "accept" or "reject" by id of mention; what is rejected counts nowhere.
        spell: gives the spellings of one name one form.
    """
    event_of = {mention: event for event, mentions in events.items() for mention in mentions}
    same = copies or {}
    told: defaultdict[str, list[Telling]] = defaultdict(list)
    firsts: dict[str, Document] = {}
    for one in coded:
        document = replace(one.document, text="")
        group = same.get(document.id, document.id)
        firsts[group] = min(firsts.get(group, document), document, key=order_of)
        for telling in tellings_of(one, same, judgements or {}):
            told[event_of.get(telling.mention.id, telling.mention.id)].append(telling)
    found = [_event(name, told[name], firsts, codebook, spell) for name in sorted(told)]
    return apply_policy(found, codebook, policy)


def apply_policy(events: Sequence[Event], codebook: Codebook, policy: str) -> tuple[Event, ...]:
    """Return events with their figures made anew from what was heard, under another policy."""
    standing = Standing()
    if policy == "weighted":
        for event in events:
            standing.add(event.figures)
    return tuple(_under(event, codebook, policy, standing) for event in events)


def _under(event: Event, codebook: Codebook, policy: str, standing: Standing) -> Event:
    own = Standing()
    if policy == "weighted":
        own.add(event.figures)
    return replace(
        event,
        figures=tuple(
            make_figure(
                f.attribute, f.unit, f.heard, policy, codebook.figures, lambda voice: standing.weight(voice, own)
            )
            for f in event.figures
        ),
    )


def _event(
    name: str, tellings: Sequence[Telling], firsts: Mapping[str, Document], codebook: Codebook, spell: Spell
) -> Event:
    tellings = sorted(tellings, key=lambda one: one.order)
    told = {one.mention.modality for one in tellings}
    modality = next((one for one in MODALITIES if one in told), "hypothetical")
    telling = [one for one in tellings if one.mention.modality == modality]
    kind, scope = _most(telling, lambda m: m.type), _most(telling, lambda m: m.scope)
    voices = hear_voices(tellings, firsts, codebook, modality=modality, spell=spell)
    return Event(
        id=name,
        type=kind or "",
        scope=scope or "single",
        modality=modality,
        date=_date([one for one in telling if one.mention.type == kind]),
        places=_places(telling),
        mentions=tuple(sorted(one.mention.id for one in tellings)),
        publishers=tuple(sorted({firsts[one.copied].publisher for one in tellings} - {""})),
        told=max((day for one in telling if (day := firsts[one.copied].published)), default=None),
        figures=tuple(
            Figure(attribute, unit, None, None, None, 0, "", heard) for (attribute, unit), heard in voices.items()
        ),
    )


def _most(tellings: Iterable[Telling], value: Callable[[Mention], T | None]) -> T | None:
    """Return what most tell; copies count once, and of several told as often the first in order wins."""
    said = {(one.copied, found) for one in tellings if (found := value(one.mention)) is not None}
    counts = Counter(found for _, found in said)
    return min(counts, key=lambda found: (-counts[found], repr(found)), default=None)


def _date(tellings: Sequence[Telling]) -> DateRange:
    """Return the days that most tell, of those told most precisely."""
    finest = min((_PRECISIONS.index(one.mention.date.precision) for one in tellings), default=len(_PRECISIONS) - 1)
    fine = [one for one in tellings if _PRECISIONS.index(one.mention.date.precision) == finest]

    def days(mention: Mention) -> tuple[str, str]:
        return (_iso(mention.date.start), _iso(mention.date.end))

    most = _most(fine, days)
    chosen = [one.mention.date for one in fine if days(one.mention) == most]
    return min(chosen, key=lambda when: when.basis, default=DateRange())


def _iso(day: date | None) -> str:
    return day.isoformat() if day else "open"


def _places(tellings: Sequence[Telling]) -> tuple[Place, ...]:
    """Return the places that most tell, without the words of one document."""

    def named(mention: Mention) -> tuple[tuple[str, str], ...] | None:
        return tuple(sorted({(place.country, place.name) for place in mention.places})) or None

    most = _most(tellings, named) or ()
    known: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for one in tellings:
        for place in one.mention.places:
            known[(place.country, place.name)].append(replace(place, span=None))
    return tuple(min(known[key], key=_vagueness) for key in most)


def _vagueness(place: Place) -> tuple[bool, bool, str]:
    return (place.geonameid is None, place.lat is None, repr(place))
