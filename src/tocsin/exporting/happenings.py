"""Events of a record with all that tells them, and which of them are meant."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tocsin.codebook.loader import load_codebook
from tocsin.datamodel import CodedDocument, Event
from tocsin.datamodel.happening import Happening, Telling
from tocsin.datamodel.mention import Mention
from tocsin.datamodel.relation import RELATIONS, Relation
from tocsin.datamodel.where import Where, facts_of, facts_told, holds, may_hold, parse_where
from tocsin.extract.conventions import CODED_UNDER, read_again
from tocsin.pipeline import Settings, reconcile_record
from tocsin.reconcile import DEFAULT_POLICY
from tocsin.store.record import Record

#: Words of a choice that hang on documents and decisions, which an event does not name.
_BEHIND = ("publisher", "speaker", "status")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which events of a record are meant, and how their figures are made.

    Attributes:
        settings: whose codebook says whom policies go by and what vague numbers come to.
        where: which events; without terms all.
        policy: short or full name of the policy of figures.
        convention: what vague numbers come to.
    """

    settings: Settings = field(default_factory=Settings)
    where: Where = field(default_factory=Where)
    policy: str = DEFAULT_POLICY
    convention: str = CODED_UNDER


def choice_of(written: Iterable[str], settings: Settings) -> Where:
    """Return the choice of events that some lines make, by the words of the codebook.

    Raises:
        UsageError: a line is no choice.
    """
    return parse_where(written, load_codebook(settings.codebook).vocabulary.where_words)


def chosen_events(record: Record, chosen: Chosen) -> tuple[Event, ...]:
    """Return the events that are meant with their figures, by their first day, then by id.

    Raises:
        UsageError: there is no such policy or convention.
    """
    events = reconcile_record(record, chosen.settings, policy=chosen.policy, convention=chosen.convention)
    ordered = sorted(events, key=lambda event: (event.date.start or date.max, event.id))
    if any(term.word in _BEHIND for term in chosen.where.terms):
        likely = (event for event in ordered if may_hold(chosen.where, event))
        told = tell_events(record, likely, chosen)
        return tuple(one.event for one in told if holds(chosen.where, facts_of(one)))
    return tuple(event for event in ordered if may_hold(chosen.where, event))


def chosen_mentions(record: Record, events: Iterable[Event], where: Where) -> frozenset[str]:
    """Return the ids of the mentions that are meant: those of the events, and rejected ones that fit by themselves."""
    meant = {mention for event in events for mention in event.mentions}
    rejected = [mention for mention, decision in record.judgements().items() if decision == "reject"]
    for coded in record.tellings(rejected):
        for mention in coded.mentions:
            if holds(where, facts_told(Telling(coded.document, mention, "reject", None))):
                meant.add(mention.id)
    return frozenset(meant)


def chosen_coded(record: Record, events: Iterable[Event], where: Where) -> Iterator[CodedDocument]:
    """Yield documents with those of their mentions that are meant; where there is a choice, those that have any."""
    if not where:
        yield from record.coded()
        return
    meant = chosen_mentions(record, events, where)
    for coded in record.coded():
        if mentions := tuple(mention for mention in coded.mentions if mention.id in meant):
            yield replace(coded, mentions=mentions)


def tell_events(record: Record, events: Iterable[Event], chosen: Chosen) -> Iterator[Happening]:
    """Yield events with all that tells them, in the order given; only one is held at a time.

    Args:
        record: that has them.
        events: with their figures.
        chosen: by whose convention claims come to numbers.
    """
    linked = {mention for mentions in record.events().values() for mention in mentions}
    relations = relations_by_event(record)
    decisions = record.judgements()
    numbers = load_codebook(chosen.settings.codebook).numbers
    for event in events:
        tellings = [
            Telling(coded.document, mention, decisions.get(mention.id), event.id if mention.id in linked else None)
            for one in record.tellings(event.mentions)
            for coded in (read_again(one, numbers, chosen.convention),)
            for mention in coded.mentions
        ]
        yield Happening(event, tuple(sorted(tellings, key=_order)), tuple(relations.get(event.id, ())))


def relations_by_event(record: Record) -> Mapping[str, list[Relation]]:
    """Return what events are to each other, by the id of either."""
    found: defaultdict[str, list[Relation]] = defaultdict(list)
    for kind in RELATIONS:
        for relation in record.relations_of_kind(kind):
            for event in dict.fromkeys((relation.holder, relation.member)):
                found[event].append(relation)
    return found


def _order(telling: Telling) -> tuple[date, str, int, str]:
    document, mention = telling.document, telling.mention
    return (document.published or date.max, document.id, _place(mention), mention.id)


def _place(mention: Mention) -> int:
    return mention.evidence[0].sentence.start if mention.evidence else 0
