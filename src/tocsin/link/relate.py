"""How events hang together that are not one: what covers what, what happened within what, disputes, custody.

Nothing here puts mentions together; each relation says in words what it follows from.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tocsin.codebook.link import LinkRules
from tocsin.datamodel import CodedDocument, Mention
from tocsin.datamodel.relation import COVERS, CUSTODY, DISPUTE, SERIES, WITHIN, Relation
from tocsin.link.traits import BY_CONTEXT, NO_DAY, PLACES, UNDATED, Traits
from tocsin.link.words import content_words, proper_words, sound, stem

#: Stages of custody, in order.
STAGES = ("detention", "charge", "sentence", "release")
STOPPAGES = ("strike", "work_to_rule", "lockout")
#: Days between two stoppages from which they are two disputes, and between two stages from which they are two cases.
DISPUTE_DAYS, CUSTODY_DAYS = 365, 5 * 365


@dataclass(frozen=True)
class _Event:
    """What relations go by: the mentions in order, their type and scope, days as ordinals, and where it was."""

    mentions: tuple[Mention, ...]
    type: str
    scope: str
    first: int | None
    last: int | None
    published: int
    places: tuple[tuple[int, int, int, int], ...]  # place, region, country, how broad

    @property
    def id(self) -> str:
        return self.mentions[0].id

    @property
    def day(self) -> int:
        """The first day, or where none is told the day of the first report."""
        return self.published if self.first is None else self.first

    def told(self) -> str:
        """Return type and days in words."""
        if self.first is None:
            return f"{self.type}, day not told"
        first = date.fromordinal(self.first)
        return f"{self.type}, {first}" + (
            "" if self.last in (None, self.first) else f" to {date.fromordinal(self.last)}"
        )


def relate_events(
    clusters: Sequence[Sequence[str]], documents: Sequence[CodedDocument], traits: Traits, rules: LinkRules
) -> tuple[Relation, ...]:
    """Return the relations between clusters of mentions, each named by its first mention, sorted.

    Args:
        clusters: ids of mentions.
        documents: that tell them.
        traits: one row a mention, in the order of `documents`.
        rules: words and spellings.
    """
    mentions = [mention for one in documents for mention in one.mentions]
    row_of = {mention.id: row for row, mention in enumerate(mentions)}
    events = [_event([row_of[name] for name in sorted(cluster)], mentions, traits) for cluster in clusters]
    found = [
        *_held(events, rules),
        *_within(events),
        *_disputes(events, rules),
        *_custody(events, rules),
    ]
    return tuple(sorted(found, key=lambda one: (one.kind, one.holder, one.member)))


def _event(rows: Sequence[int], mentions: Sequence[Mention], traits: Traits) -> _Event:
    told = [mentions[row] for row in rows]
    dated = [row for row in rows if traits["dated"][row] not in (UNDATED, BY_CONTEXT)]
    placed = next((row for row in rows if traits["place"][row][0]), None)
    columns = ("place", "region", "country", "broad")
    return _Event(
        mentions=tuple(told),
        type=_most(m.type for m in told),
        scope=_most(m.scope for m in told),
        first=min((int(traits["first"][row]) for row in dated), default=None),
        last=max((int(traits["last"][row]) for row in dated), default=None),
        published=min((int(day) for row in rows if (day := traits["published"][row]) != NO_DAY), default=1),
        places=()
        if placed is None
        else tuple(
            tuple(int(traits[name][placed][slot]) for name in columns)  # type: ignore[misc]
            for slot in range(PLACES)
            if traits["place"][placed][slot]
        ),
    )


def _most(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def _inside(inner: _Event, outer: _Event) -> bool:
    """Whether all places of one event are places of the other or lie within them, as far as both are told."""
    return bool(inner.places) and all(
        any(
            (broad == 2 and country == where[2]) or (broad == 1 and region and region == where[1]) or place == where[0]
            for place, region, country, broad in outer.places
        )
        for where in inner.places
    )


def _held(events: Sequence[_Event], rules: LinkRules) -> Iterator[Relation]:
    """Yield for totals and series the single happenings of their type in their days and places."""
    singles: defaultdict[tuple[str, int], list[_Event]] = defaultdict(list)
    for one in events:
        if one.scope == "single" and one.first is not None and one.places and _is_real(one):
            singles[one.type, one.places[0][2]].append(one)
    for some in singles.values():
        some.sort(key=lambda one: (one.day, one.id))
    for whole in events:
        if whole.scope not in ("total", "series") or whole.first is None or not _is_real(whole):
            continue
        last = whole.last or whole.first
        weekdays = _weekdays(whole, rules) if whole.scope == "series" else frozenset()
        kind = COVERS if whole.scope == "total" else SERIES
        for country in sorted({place[2] for place in whole.places}):
            some = singles.get((whole.type, country), [])
            begin = bisect_left(some, whole.first, key=lambda one: one.day)
            for one in some[begin : bisect_right(some, last, key=lambda one: one.day)]:
                if (one.last or one.day) > last or not _inside(one, whole):
                    continue
                if not weekdays or date.fromordinal(one.day).weekday() in weekdays:
                    yield Relation(
                        kind, whole.id, one.id, f"{one.told()}, lies in the days and places of {whole.told()}"
                    )


def _is_real(one: _Event) -> bool:
    return any(m.modality in ("occurred", "ongoing") for m in one.mentions)


def _weekdays(series: _Event, rules: LinkRules) -> frozenset[int]:
    """Return the days of the week that the sentences of a series name, Monday as 0."""
    words = {w.rstrip("s") for m in series.mentions for e in m.evidence for w in e.sentence.quote.lower().split()}
    return frozenset(n for n, name in enumerate(rules.weekdays) if name in {w.strip(".,;:\"'()") for w in words})


def _within(events: Sequence[_Event]) -> Iterator[Relation]:
    """Yield for each event that its mentions place within another one that one, with how many say so."""
    event_of = {mention.id: one for one in events for mention in one.mentions}
    for one in events:
        told = Counter(
            around.id
            for m in one.mentions
            if (around := event_of.get(m.context or "")) is not None and around is not one
        )
        for holder in sorted(told):
            count = f"{told[holder]} of {len(one.mentions)} mentions"
            yield Relation(WITHIN, holder, one.id, f"{count} of {one.told()}, tell it within {event_of[holder].told()}")


def _disputes(events: Sequence[_Event], rules: LinkRules) -> Iterator[Relation]:
    """Yield for each stoppage the first one against the same employer over the same demand."""
    by_employer: defaultdict[tuple[int, str], list[_Event]] = defaultdict(list)
    demands: dict[str, frozenset[str]] = {}
    for one in events:
        if one.type not in STOPPAGES or one.scope != "single":
            continue
        asked = {stem(w) for m in one.mentions for d in m.demands for w in content_words(d.quote, rules)}
        names = {
            sound(w, rules.sounds)
            for m in one.mentions
            for a in m.actors
            if a.role == "employer"
            for w in proper_words(a.span.quote, rules, skip_first=False)
        }
        if asked and names:
            demands[one.id] = frozenset(asked)
            country = one.places[0][2] if one.places else 0
            for name in sorted(names):
                by_employer[country, name].append(one)
    head: dict[str, tuple[_Event, str]] = {}
    for (_, name), some in sorted(by_employer.items()):
        some.sort(key=lambda one: (one.day, one.id))
        for before, one in pairwise(some):
            shared = demands[before.id] & demands[one.id]
            if shared and one.day - before.day <= DISPUTE_DAYS:
                first = head.get(before.id, (before, ""))[0]
                if one.id not in head and first is not one:
                    head[one.id] = (first, f'employer "{name}", demands share "{", ".join(sorted(shared))}"')
    for member, (first, why) in sorted(head.items()):
        yield Relation(DISPUTE, first.id, member, f"one dispute with {first.told()}: {why}")


def _custody(events: Sequence[_Event], rules: LinkRules) -> Iterator[Relation]:
    """Yield the stages of each named person's custody, each with the one before it."""
    stages: defaultdict[tuple[str, str], dict[str, tuple[_Event, str]]] = defaultdict(dict)
    for one in events:
        if one.type not in STAGES or one.scope != "single" or not _is_real(one):
            continue
        for actor in (actor for m in one.mentions for actor in m.actors):
            words = list(proper_words(actor.span.quote, rules, skip_first=False))
            # One name alone is many people's. Of two or more the last and the first letter of the first are kept, which
            # spellings of one person share: Maria and Maryia Kalesnikava.
            if actor.role == "target" and 2 <= len(words) <= 4:
                person = sound(words[-1], rules.sounds), words[0][0]
                stages[person].setdefault(one.id, (one, actor.span.quote))
    for _, told in sorted(stages.items()):
        some = sorted(told.values(), key=lambda entry: (entry[0].day, STAGES.index(entry[0].type), entry[0].id))
        for (before, _), (one, name) in pairwise(some):
            later = STAGES.index(one.type) > STAGES.index(before.type)
            if later and one.day - before.day <= CUSTODY_DAYS:
                yield Relation(CUSTODY, before.id, one.id, f"{name}: {before.told()}; then {one.told()}")
