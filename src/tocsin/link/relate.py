"""How events hang together that are not one: what covers what, what happened within what, disputes, custody.

Nothing here puts mentions together; each relation says in words what it follows from. An event is entered under the
keys by which those that it may be related to find it, so that a new event is looked up by few.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import pairwise

from tocsin.datamodel.kept import KeptEntry
from tocsin.datamodel.relation import COVERS, CUSTODY, DISPUTE, SERIES, WITHIN, Relation
from tocsin.link.digest import STAGES, STOPPAGES, Aside, Shelf
from tocsin.link.traits import BY_CONTEXT, NO_DAY, PLACES, UNDATED

#: Days between two stoppages from which they are two disputes, and between two stages from which they are two cases.
DISPUTE_DAYS, CUSTODY_DAYS = 365, 5 * 365
_WHOLES = ("total", "series")


@dataclass(frozen=True, slots=True)
class Related:
    """A relation between events, each named by its first mention, and the key of the chain it follows from, or 0."""

    key: int
    relation: Relation


@dataclass(frozen=True)
class Gathered:
    """What relations go by: the mentions of an event in order, its type and scope, days as ordinals, where it was.

    Attributes:
        asides: of its mentions.
        contexts: the ids of the mentions that its mentions happened within, or "".
        type, scope: those of most mentions.
        first, last: its days, None where not told.
        published: the day of the first report.
        places: of the first mention with any: place, region, country, how broad.
    """

    asides: tuple[Aside, ...]
    contexts: tuple[str, ...]
    type: str
    scope: str
    first: int | None
    last: int | None
    published: int
    places: tuple[tuple[int, int, int, int], ...]

    @property
    def id(self) -> str:
        return self.asides[0].id

    @property
    def day(self) -> int:
        """The first day, or where none is told the day of the first report."""
        return self.published if self.first is None else self.first

    @property
    def real(self) -> bool:
        """Whether any mention tells it as done or going on."""
        return any(aside.real for aside in self.asides)

    def told(self) -> str:
        """Return type and days in words."""
        if self.first is None:
            return f"{self.type}, day not told"
        first = date.fromordinal(self.first)
        return f"{self.type}, {first}" + (
            "" if self.last in (None, self.first) else f" to {date.fromordinal(self.last)}"
        )

    def persons(self) -> dict[str, str]:
        """Return how the names of the persons it happened to sound, and how they are first written."""
        found: dict[str, str] = {}
        for aside in self.asides:
            for sounds, written in aside.persons:
                found.setdefault(sounds, written)
        return found

    def employers(self) -> list[str]:
        """Return how the names of its employers sound, sorted."""
        return sorted({name for aside in self.asides for name in aside.employers})

    def demands(self) -> frozenset[str]:
        """Return the words of its demands."""
        return frozenset(word for aside in self.asides for word in aside.demands)


def gather(rows: Sequence[int], shelf: Shelf) -> Gathered:
    """Return an event of the mentions in these rows."""
    rows = sorted(rows, key=lambda row: shelf.asides[row].id)
    told = tuple(shelf.asides[row] for row in rows)
    traits, context = shelf.traits, shelf.told.context
    dated = [row for row in rows if traits["dated"][row] not in (UNDATED, BY_CONTEXT)]
    placed = next((row for row in rows if traits["place"][row][0]), None)
    columns = ("place", "region", "country", "broad")
    return Gathered(
        asides=told,
        contexts=tuple(shelf.asides[context[row]].id if context[row] >= 0 else "" for row in rows),
        type=_most(aside.type for aside in told),
        scope=_most(aside.scope for aside in told),
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


def relate_events(events: Sequence[Gathered]) -> tuple[Related, ...]:
    """Return the relations between events, sorted."""
    by_id = {one.id: one for one in events}
    under: defaultdict[int, list[KeptEntry]] = defaultdict(list)
    for one in events:
        for entry in entries_of(one):
            under[entry.key].append(entry)
    for some in under.values():
        some.sort(key=lambda entry: (entry.first, entry.event))

    def between(key: int, first: int, last: int) -> list[Gathered]:
        some = under.get(key, [])
        begin = bisect_left(some, first, key=lambda entry: entry.first)
        end = bisect_right(some, last, key=lambda entry: entry.first)
        return [by_id[entry.event] for entry in some[begin:end]]

    event_of = {aside.id: one for one in events for aside in one.asides}
    found: list[Related] = []
    for one in events:
        found += within(one, event_of)
        for key, first, last in wanted_singles(one):
            found += held(one, between(key, first, last))
    for key in chain_keys(events):
        found += chain(key, [by_id[entry.event] for entry in under[key]])
    return tuple(sorted(found, key=lambda one: (one.relation.kind, one.relation.holder, one.relation.member, one.key)))


def entries_of(one: Gathered) -> Iterator[KeptEntry]:
    """Yield where an event is found by those that it may be related to."""
    if one.first is not None and one.real:
        last = one.last or one.first
        if one.scope == "single" and one.places:
            yield KeptEntry(_key("single", one.type, one.places[0][2]), one.first, last, one.id)
        elif one.scope in _WHOLES:
            for country in _countries(one):
                yield KeptEntry(_key("whole", one.type, country), one.first, last, one.id)
    for key in _chains(one):
        yield KeptEntry(key, 0, 0, one.id)


def wanted_singles(whole: Gathered) -> Iterator[tuple[int, int, int]]:
    """Yield the keys, first and last days under which a total or series finds what it may hold."""
    if whole.scope in _WHOLES and whole.first is not None and whole.real:
        for country in _countries(whole):
            yield _key("single", whole.type, country), whole.first, whole.last or whole.first


def wanted_wholes(single: Gathered) -> Iterator[tuple[int, int, int]]:
    """Yield the key, first and last day under which a single happening finds the totals and series that may hold it."""
    if single.scope == "single" and single.first is not None and single.places and single.real:
        yield _key("whole", single.type, single.places[0][2]), single.first, single.last or single.first


def chain_keys(events: Iterable[Gathered]) -> list[int]:
    """Return the keys of all persons and employers that events are followed by, sorted."""
    return sorted({key for one in events for key in _chains(one)})


def held(whole: Gathered, singles: Iterable[Gathered]) -> Iterator[Related]:
    """Yield for a total or series the single happenings of its type in its days and places."""
    last = whole.last or whole.first or 0
    weekdays = {n for aside in whole.asides for n in aside.weekdays} if whole.scope == "series" else set()
    kind = COVERS if whole.scope == "total" else SERIES
    for one in singles:
        if one.day < (whole.first or 0) or (one.last or one.day) > last or not _inside(one, whole):
            continue
        if not weekdays or date.fromordinal(one.day).weekday() in weekdays:
            reason = f"{one.told()}, lies in the days and places of {whole.told()}"
            yield Related(0, Relation(kind, whole.id, one.id, reason))


def within(one: Gathered, event_of: Mapping[str, Gathered]) -> Iterator[Related]:
    """Yield for an event those that its mentions place it within, with how many say so."""
    told: Counter[str] = Counter()
    holders: dict[str, Gathered] = {}
    for context in one.contexts:
        around = event_of.get(context)
        if around is not None and around.id != one.id:
            told[around.id] += 1
            holders[around.id] = around
    for holder in sorted(told):
        count = f"{told[holder]} of {len(one.asides)} mentions"
        reason = f"{count} of {one.told()}, tell it within {holders[holder].told()}"
        yield Related(0, Relation(WITHIN, holder, one.id, reason))


def chain(key: int, events: Sequence[Gathered]) -> Iterator[Related]:
    """Yield the relations between events that one person or one employer has in common.

    Args:
        key: from `chain_keys`.
        events: all that are entered under it.
    """
    stages = [one for one in events if one.type in STAGES]
    yield from _custody(key, stages)
    yield from _disputes(key, [one for one in events if one.type in STOPPAGES])


def _custody(key: int, events: Sequence[Gathered]) -> Iterator[Related]:
    """Yield the stages of a person's custody, each with the one before it."""
    some = sorted(events, key=lambda one: (one.day, STAGES.index(one.type), one.id))
    for before, one in pairwise(some):
        later = STAGES.index(one.type) > STAGES.index(before.type)
        if later and one.day - before.day <= CUSTODY_DAYS:
            name = next(written for sounds, written in one.persons().items() if _person_key(sounds) == key)
            reason = f"{name}: {before.told()}; then {one.told()}"
            yield Related(key, Relation(CUSTODY, before.id, one.id, reason))


def _disputes(key: int, events: Sequence[Gathered]) -> Iterator[Related]:
    """Yield for each stoppage the first one against the same employer over the same demand."""
    first_of: dict[str, Gathered] = {}
    for before, one in pairwise(sorted(events, key=lambda one: (one.day, one.id))):
        shared = before.demands() & one.demands()
        if shared and one.day - before.day <= DISPUTE_DAYS:
            first = first_of.setdefault(one.id, first_of.get(before.id, before))
            name = next(name for name in one.employers() if _employer_key(one, name) == key)
            why = f'employer "{name}", demands share "{", ".join(sorted(shared))}"'
            reason = f"one dispute with {first.told()}: {why}"
            yield Related(key, Relation(DISPUTE, first.id, one.id, reason))


def _chains(one: Gathered) -> Iterator[int]:
    if one.scope == "single" and one.type in STAGES and one.real:
        yield from map(_person_key, one.persons())
    if one.scope == "single" and one.type in STOPPAGES and one.demands():
        yield from (_employer_key(one, name) for name in one.employers())


def _person_key(sounds: str) -> int:
    return _key("person", sounds)


def _employer_key(one: Gathered, name: str) -> int:
    return _key("employer", one.places[0][2] if one.places else 0, name)


def _countries(one: Gathered) -> list[int]:
    return sorted({place[2] for place in one.places})


def _key(*parts: str | int) -> int:
    """Return a number of 47 bits that stands for its parts."""
    text = "\n".join(map(str, parts)).encode("utf-8", "replace")
    return int.from_bytes(blake2b(text, digest_size=6).digest(), "big") >> 1


def _most(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def _inside(inner: Gathered, outer: Gathered) -> bool:
    """Whether all places of one event are places of the other or lie within them, as far as both are told."""
    return bool(inner.places) and all(
        any(
            (broad == 2 and country == where[2]) or (broad == 1 and region and region == where[1]) or place == where[0]
            for place, region, country, broad in outer.places
        )
        for where in inner.places
    )
