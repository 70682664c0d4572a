"""Decides which place on earth each name means.

Every name of a text votes for the countries, regions and neighbourhoods of the places that bear it; a sense wins by
its size and by the votes of the other names near it. Names with a container ("Paris, Texas") have only the senses
within it, and lend them to the same name elsewhere in the text.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tocsin.codebook.placenames import fold
from tocsin.datamodel.gazetteer import Entry
from tocsin.extract.place_names import Name

# Weights were chosen on local American news and on Wikinews paragraphs (bench/accuracy places); run that again when
# one changes. A settlement's prior is the logarithm of its people; these are the priors of the others.
_PRIOR = {"country": 8.6, "area": 7.6, "region": 6.2, "county": 3.9}
_CAPITAL = 0.6  # added to a capital's
_OTHER_NAME = 1.0  # taken from a settlement found by a name that is not its main one
_COUNTRY, _REGION, _NEAR = 2.2, 2.4, 2.5
_SHARPNESS = 2.2
_SHOWN, _HOPELESS = 6, 3.0  # senses kept in any case; how far behind the best a sense cannot come back
_NO_VOTE = 0.003  # a share too small to tell anything
_ROUNDS = 3
# A settlement smaller than this is not believed in a country that nothing else in the text points to.
_SHARE = 0.055  # of a region's people that live in a city thought of before it
_CITY = 4.3  # prior from which a city is thought of before the region that has its name
_SMALL, _SMALL_BY_OTHER_NAME, _HARDLY = 30_000, 100_000, 0.15
_VOUCH = 0.1  # what another small place tells of a country
_MOST = 40  # senses weighed for one name, the most populous


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense of a name with its score and the reasons for it."""

    entry: Entry
    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class _Group:
    """All occurrences of one name that must have one sense."""

    entries: list[Entry]
    priors: list[float]
    scores: list[float]
    shares: list[float]
    weight: float
    cells: list[tuple[int, int] | None]


def decide(
    names: list[Name], countries: dict[str, float], capitals: frozenset[int] = frozenset()
) -> list[tuple[Sense, ...]]:
    """Return the senses of each name, best first.

    Args:
        names: the names of one text.
        countries: votes for countries from outside the text (publisher, dateline), by code.
        capitals: GeoNames ids of capitals, which are thought of before others of their size.
    """
    groups: dict[tuple[str, ...], _Group] = {}
    keys = [_key(name) for name in names]
    for name, key in zip(names, keys, strict=True):
        if key not in groups:
            group = _group(name, capitals)
            if group.entries:
                groups[key] = group
        if key in groups and name.container is not None:
            groups[key].weight = 2.0
    _lend_containers(groups)
    if len(groups) == 1 and not countries:
        # No other name votes: the second round and the third would say what the first does.
        _settle(next(iter(groups.values())))
    elif any(len(group.entries) > 1 for group in groups.values()):
        for _ in range(_ROUNDS):
            _vote(list(groups.values()), countries)
    sure = {key for name, key in zip(names, keys, strict=True) if name.dateline}
    said = _votes_for_countries(groups.values())
    # Small places far from all else would else vouch for one another.
    known = _votes_for_countries(group for group in groups.values() if not _small(group))
    ranked = {
        key: _ranked(group)
        for key, group in groups.items()
        if key in sure or not _abroad(group, said, known, countries)
    }
    return [ranked.get(key, ()) for key in keys]


def _votes_for_countries(groups: Iterable[_Group]) -> dict[str, float]:
    votes: dict[str, float] = defaultdict(float)
    for group in groups:
        for entry, share in zip(group.entries, group.shares, strict=True):
            votes[entry.country] += share
    return votes


def _best(group: _Group) -> Entry:
    return group.entries[max(range(len(group.entries)), key=group.scores.__getitem__)]


def _small(group: _Group) -> bool:
    """Whether a name means a place so small that the text must speak of its country to be believed."""
    best = _best(group)
    return best.feature == "settlement" and best.population < (_SMALL if best.main else _SMALL_BY_OTHER_NAME)


def _abroad(group: _Group, said: dict[str, float], known: dict[str, float], countries: dict[str, float]) -> bool:
    """Whether a name only means a small place in a country of which the text says nothing else."""
    if not _small(group):
        return False
    best = _best(group)
    own = sum(share for entry, share in zip(group.entries, group.shares, strict=True) if entry.country == best.country)
    small = said[best.country] - own - known[best.country]
    here = countries.get(best.country, 0.0) + known[best.country] + _VOUCH * small
    elsewhere = sum(said.values()) - said[best.country] - (1.0 - own)
    return here < _HARDLY and elsewhere > 1


def _key(name: Name) -> tuple[str, ...]:
    outer = fold(name.container.text) if name.container is not None else ""
    return (fold(name.text), name.kind, outer, "contains" if name.contains else "regional" if name.regional else "")


def prior(entry: Entry, capitals: frozenset[int] = frozenset()) -> float:
    """Return how likely a place is meant when nothing is known of the text, as a logarithm to base 10."""
    if entry.feature == "region":
        return min(_PRIOR["region"], math.log10(entry.population + 1000))
    if entry.feature != "settlement":
        return _PRIOR[entry.feature]
    if entry.id in capitals:
        return math.log10(entry.population + 150) + _CAPITAL
    return math.log10(entry.population + 150) - (0 if entry.main else _OTHER_NAME)


def _group(name: Name, capitals: frozenset[int]) -> _Group:
    entries = list(name.entries[:_MOST])
    if name.container is not None:
        # Where the container holds no such place, the name is not guessed onto a namesake elsewhere.
        entries = _within(list(name.entries), name.container)
    elif name.contains or name.regional:
        entries = [e for e in entries if e.feature != "settlement"] or entries
    priors = [prior(entry, capitals) for entry in entries]
    if not name.regional:
        _yield_to_cities(entries, priors)
    weight = 0.6 if name.kind == "people" else 1.0
    group = _Group(entries, priors, list(priors), [], weight, [_cell(entry) for entry in entries])
    if entries:
        _share(group)
    return group


def _yield_to_cities(entries: list[Entry], priors: list[float]) -> None:
    """Put a region behind the city of its own name: "Brest" alone is the city."""
    for i, region in enumerate(entries):
        if region.feature == "region":
            cities = [
                p
                for e, p in zip(entries, priors, strict=True)
                if e.feature == "settlement" and e.admin1 == region.admin1 and e.population > _SHARE * region.population
            ]
            if cities and max(cities) > _CITY:
                priors[i] = min(priors[i], max(cities) - 0.4)


def _within(entries: list[Entry], container: Name) -> list[Entry]:
    """Return the senses that lie in a sense of the container: in its region, else near it, else in its country."""
    outers = [e for e in container.entries if e.feature in ("country", "region", "county", "area")]
    for outer in outers:
        if outer.feature == "country":
            found = [e for e in entries if e.country == outer.country and e.feature != "country"]
        elif outer.feature == "region":
            found = [e for e in entries if e.admin1 == outer.admin1 and e.feature != "region"]
        elif outer.feature == "county":
            found = [e for e in entries if e.admin1 == outer.admin1 and distance(e, outer) < 60]
        else:
            found = [e for e in entries if e.country == outer.country and distance(e, outer) < 300 and e != outer]
        if found:
            return found
    countries = {e.country for e in outers}
    return [e for e in entries if e.country in countries and e.feature not in ("country", "region")]


def _lend_containers(groups: dict[tuple[str, ...], _Group]) -> None:
    """Let "Paris, Texas" said once decide the other Parises of the text."""
    for (word, kind, outer, role), group in groups.items():
        bare = groups.get((word, kind, "", role))
        if outer and bare is not None:
            best = group.entries[max(range(len(group.entries)), key=group.scores.__getitem__)]
            for i, entry in enumerate(bare.entries):
                if entry == best:
                    bare.priors[i] += 3.0
            if best not in bare.entries:
                bare.entries.append(best)
                bare.priors.append(prior(best) + 3.0)
                bare.cells.append(_cell(best))
            bare.scores = list(bare.priors)
            _share(bare)


def _share(group: _Group) -> None:
    top = max(group.scores)
    raw = [10 ** (_SHARPNESS * (score - top) / 2.0) for score in group.scores]
    total = sum(raw)
    group.shares = [value / total for value in raw]


def _drop_hopeless(group: _Group) -> None:
    """Keep the senses that can still win, and enough others to show what was considered."""
    if len(group.entries) > _SHOWN:
        order = sorted(range(len(group.entries)), key=group.scores.__getitem__, reverse=True)[: 2 * _SHOWN]
        best = group.scores[order[0]]
        keep = [i for n, i in enumerate(order) if n < _SHOWN or group.scores[i] > best - _HOPELESS]
        group.entries, group.priors = [group.entries[i] for i in keep], [group.priors[i] for i in keep]
        group.scores, group.cells = [group.scores[i] for i in keep], [group.cells[i] for i in keep]


def _cell(entry: Entry) -> tuple[int, int] | None:
    """Return the square of about 111 km in which a settlement or county lies."""
    if entry.feature not in ("settlement", "county"):
        return None
    return (round(entry.lat), round(entry.lon * max(0.2, math.cos(math.radians(entry.lat)))))


@lru_cache(maxsize=4096)
def _around(cell: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """Return a square and the eight around it."""
    return tuple((cell[0] + x, cell[1] + y) for x in (-1, 0, 1) for y in (-1, 0, 1))


def _vote(groups: list[_Group], countries: dict[str, float]) -> None:
    """Let every name vote for countries, regions and squares by the shares of its senses, and score by the others'."""
    by_country: dict[str, float] = defaultdict(float, countries)
    by_region: dict[str, float] = defaultdict(float)
    by_cell: dict[tuple[int, int], float] = defaultdict(float)
    undecided: list[tuple[_Group, dict[str, float], dict[str, float], dict[tuple[int, int], float]]] = []
    for group in groups:
        if len(group.entries) == 1:
            _vote_alone(group, by_country, by_region, by_cell)
            continue
        nations: dict[str, float] = defaultdict(float)
        regions: dict[str, float] = defaultdict(float)
        near: dict[tuple[int, int], float] = defaultdict(float)
        undecided.append((group, nations, regions, near))
        for entry, share, cell in zip(group.entries, group.shares, group.cells, strict=True):
            vote = share * group.weight
            if vote < _NO_VOTE:
                continue
            nations[entry.country] += vote
            if entry.admin1:
                regions[entry.admin1] += vote
            if cell is not None:
                for square in _around(cell):
                    near[square] += vote
        for country, vote in nations.items():
            by_country[country] += vote
        for region, vote in regions.items():
            by_region[region] += vote
        for square, vote in near.items():
            by_cell[square] += vote
    for group, nations, regions, near in undecided:
        for i, (entry, cell) in enumerate(zip(group.entries, group.cells, strict=True)):
            score = group.priors[i]
            votes = by_country.get(entry.country, 0.0) - nations.get(entry.country, 0.0)
            if votes > _NO_VOTE:
                score += _COUNTRY * math.log10(1 + 3 * votes)
            if entry.admin1:
                votes = by_region.get(entry.admin1, 0.0) - regions.get(entry.admin1, 0.0)
                if votes > _NO_VOTE:
                    score += _REGION * math.log10(1 + 3 * votes)
            if cell is not None:
                votes = by_cell.get(cell, 0.0) - near.get(cell, 0.0)
                if votes > _NO_VOTE:
                    score += _NEAR * math.log10(1 + 3 * votes)
            group.scores[i] = score
        _settle(group)


def _settle(group: _Group) -> None:
    """Leave out the senses that cannot win by the scores as they stand, and share the name among the others."""
    if len(group.entries) > 1:
        _drop_hopeless(group)
        _share(group)


def _vote_alone(
    group: _Group,
    by_country: dict[str, float],
    by_region: dict[str, float],
    by_cell: dict[tuple[int, int], float],
) -> None:
    """Let a name with one sense vote: its score needs no comparing with the votes of the others."""
    entry, cell, vote = group.entries[0], group.cells[0], group.shares[0] * group.weight
    by_country[entry.country] += vote
    if entry.admin1:
        by_region[entry.admin1] += vote
    if cell is not None:
        for square in _around(cell):
            by_cell[square] += vote


def _ranked(group: _Group) -> tuple[Sense, ...]:
    order = sorted(range(len(group.entries)), key=lambda i: (-group.scores[i], group.entries[i].id))[:_SHOWN]
    found = []
    for i in order:
        reasons = [f"prior {group.priors[i]:.1f}"]
        if group.scores[i] - group.priors[i] > 0.05:
            reasons.append(f"other names of the text {group.scores[i] - group.priors[i]:+.1f}")
        if not group.entries[i].main:
            reasons.append("by another name")
        found.append(Sense(group.entries[i], round(group.scores[i], 2), tuple(reasons)))
    return tuple(found)


def distance(one: Entry, two: Entry) -> float:
    """Return the distance of two places in kilometres (haversine)."""
    a, b, c, d = map(math.radians, (one.lat, one.lon, two.lat, two.lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12_742 * math.asin(min(1.0, math.sqrt(h)))
