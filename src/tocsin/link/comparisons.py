"""The comparisons of two mentions: for each the levels it can reach, and which one each pair of mentions reaches."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from tocsin.link.traits import EXACT, NO_DAY, NO_END, NO_START, Traits
from tocsin.link.words import number_of

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def pick(size: int, *conditions: Flags) -> Ints:
    """Return the number of the first condition that holds, from 0; where none does, the number of conditions."""
    chosen = np.full(size, len(conditions), dtype=np.int64)
    for n in range(len(conditions) - 1, -1, -1):
        chosen[conditions[n]] = n
    return chosen


def _shared(a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32]) -> Ints:
    """Return how many numbers other than 0 stand in both rows; in a row each stands once, the zeros at the end."""
    # Column by column, and only those that hold anything: a table of all pairs of columns took four times as long.
    ones, twos = (np.ascontiguousarray(t[:, : int(_size(t).max(initial=0))].T) for t in (a, b))
    shared = np.zeros(len(a), dtype=np.int64)
    for one in ones if len(ones) < len(twos) else twos:
        shared += (one == (twos if len(ones) < len(twos) else ones)).any(axis=0) & (one != 0)
    return shared


def _size(a: npt.NDArray[np.uint32]) -> Ints:
    size: Ints = (a != 0).sum(axis=1)
    return size


#: Types that most reports tell of; two mentions of another type are seldom two happenings of one story.
_OFTEN = [number_of(name) for name in ("demonstration", "detention", "force", "strike", "killing", "talks")]


def _kind(a: Traits, b: Traits) -> Ints:
    same = a["type"] == b["type"]
    both = (a["form"] != 0) & (b["form"] != 0)
    often = np.isin(a["type"], _OFTEN)
    return pick(len(a), same & both & (a["form"] == b["form"]), same & both, same & often, same)


def _days(a: Traits, b: Traits) -> Ints:
    one, two = a["dated"], b["dated"]
    known = (one > 0) & (two > 0)
    late = np.maximum(a["first"].astype(np.int64), b["first"])
    gap = late - np.minimum(a["last"].astype(np.int64), b["last"])
    exact = ((one == EXACT) | (one == NO_END)) & ((two == EXACT) | (two == NO_END))
    loose = (one >= NO_START) | (two >= NO_START)
    span = np.maximum(a["last"].astype(np.int64) - a["first"], b["last"].astype(np.int64) - b["first"])
    starts, ends = a["first"] == b["first"], a["last"] == b["last"]
    apart = np.abs(a["first"].astype(np.int64) - b["first"])
    # An undated happening that is told of as done was before the day it was told on.
    told_before = [
        (told["dated"] == 0) & (other["dated"] > 0) & (told["last"] != NO_DAY) & (other["first"] > told["last"])
        for told, other in ((a, b), (b, a))
    ]
    return pick(
        len(a),
        known & exact & starts & ends & (span == 0),
        known & exact & starts,
        known & exact & (gap <= 0) & (span <= 3),
        known & exact & (gap <= 0) & (apart <= 2),
        known & exact & (gap <= 0),
        known & loose & (apart <= 1),
        known & loose & (gap <= 0) & (apart <= 7),
        known & loose & (gap <= 0),
        known & (gap <= 0) & (span <= 7),
        known & (gap <= 0),
        known & (gap == 1),
        known & (gap <= 3),
        known | told_before[0] | told_before[1],
        (one > 0) | (two > 0),
    )


def _some(condition: Flags) -> Flags:
    found: Flags = np.any(condition, axis=(1, 2))
    return found


def _place(a: Traits, b: Traits) -> Ints:
    known = (a["place"] != 0)[:, :, None] & (b["place"] != 0)[:, None, :]
    name = (a["place"][:, :, None] == b["place"][:, None, :]) & known
    wide = np.maximum(a["broad"][:, :, None], b["broad"][:, None, :])
    fine = np.minimum(a["broad"][:, :, None], b["broad"][:, None, :])
    region = (a["region"][:, :, None] == b["region"][:, None, :]) & known & (a["region"] != 0)[:, :, None]
    country = (a["country"][:, :, None] == b["country"][:, None, :]) & known
    north = (a["lat"][:, :, None] - b["lat"][:, None, :]) * 111.2
    east = (a["lon"][:, :, None] - b["lon"][:, None, :]) * 111.2 * np.cos(np.radians(a["lat"]))[:, :, None]
    km = np.hypot(north, east)
    with np.errstate(invalid="ignore"):
        apart, close, near = km > 1.5, km <= 12, km <= 40
    alike = _shared(a["place"], b["place"])
    all_alike = (alike == _size(a["place"])) & (alike == _size(b["place"]))
    borrowed = (a["borrowed"] > 0) | (b["borrowed"] > 0)
    off_map = np.isnan(a["lat"]).all(axis=1) | np.isnan(b["lat"]).all(axis=1)
    return pick(
        len(a),
        _some(name & (wide == 0) & ~apart) & all_alike & borrowed,
        _some(name & (wide == 0) & ~apart) & all_alike,
        _some(name & (wide == 0)) & all_alike,
        _some(name & (wide == 0)),
        _some(name & (wide == 1)),
        _some(known & (wide == 0) & close),
        _some(region & (fine == 0) & (wide == 1)),
        _some(name & (wide == 2)),
        _some(country & (wide == 2)),
        _some(known & (wide == 0) & near & region),
        _some(known) & borrowed & ~_some(known & ~country),
        _some(region),
        _some(country) & off_map,
        _some(country),
        _some(known),
        (_size(a["place"]) > 0) | (_size(b["place"]) > 0),
    )


def _names(a: Traits, b: Traits) -> Ints:
    shared = _shared(a["names"], b["names"])
    both = (_size(a["names"]) > 0) & (_size(b["names"]) > 0)
    return pick(len(a), shared >= 3, shared == 2, shared == 1, both)


#: Types that happen to persons, who are often named.
_TO_PERSONS = [
    number_of(name)
    for name in ("detention", "charge", "sentence", "release", "killing", "disappearance", "dismissal", "exile")
]


def _persons(a: Traits, b: Traits) -> Ints:
    shared = _shared(a["who"], b["who"])
    ones, twos = _size(a["who"]) > 0, _size(b["who"]) > 0
    # A name on one side that stands in the sentences of the other.
    told = np.maximum(_shared(a["who"], b["names"]), _shared(a["names"], b["who"])) > 0
    hit = np.isin(a["type"], _TO_PERSONS)
    single = hit & (a["hit"] == 1) & (b["hit"] == 1)
    return pick(
        len(a),
        hit & (a["hit"] * b["hit"] == 2),
        single & (shared >= 1),
        hit & (shared >= 1),
        hit & told,
        single & ones & twos,
        single & (ones | twos),
        hit & ones & twos,
        hit & (ones | twos),
        hit,
        shared >= 1,
        told,
        ones & twos,
        ones | twos,
    )


def _actors(a: Traits, b: Traits) -> Ints:
    shared = _shared(a["actors"], b["actors"])
    both = (_size(a["actors"]) > 0) & (_size(b["actors"]) > 0)
    return pick(len(a), shared >= 2, shared == 1, both)


def _words(a: Traits, b: Traits) -> Ints:
    shared = _shared(a["words"], b["words"])
    share = shared / np.sqrt(np.maximum(1, _size(a["words"]) * _size(b["words"])))
    few = np.minimum(_size(a["words"]), _size(b["words"])) < 3
    return pick(len(a), share >= 0.6, few, share >= 0.35, share >= 0.22, share >= 0.12, shared > 0)


def _near(a: Traits, b: Traits) -> Ints:
    shared = _shared(a["near"], b["near"])
    return pick(len(a), shared >= 4, shared == 3, shared == 2, shared == 1)


def _own(a: Traits, b: Traits) -> Ints:
    shared = _shared(a["own"], b["own"])
    few = np.minimum(_size(a["own"]), _size(b["own"])) == 0
    return pick(len(a), shared >= 3, shared == 2, shared == 1, few)


def _triggers(a: Traits, b: Traits) -> Ints:
    both = (_size(a["triggers"]) > 0) & (_size(b["triggers"]) > 0)
    return pick(len(a), _shared(a["triggers"], b["triggers"]) > 0, both)


def _story(a: Traits, b: Traits) -> Ints:
    shared = _shared(a["story"], b["story"])
    few = np.minimum(_size(a["story"]), _size(b["story"])) < 4
    return pick(len(a), few, shared >= 8, shared >= 5, shared >= 3, shared >= 1)


#: What the smaller of two numbers that round to one is of the larger one, at least: 912 and "some 900".
NEARLY = 0.9


def _figures(*attributes: str) -> Callable[[Traits, Traits], Ints]:
    """Return the comparison of the claims of some attributes, as intervals."""
    wanted = [number_of(attribute) for attribute in attributes]

    def compare(a: Traits, b: Traits) -> Ints:
        both = np.isin(a["attribute"], wanted).any(axis=1) & np.isin(b["attribute"], wanted).any(axis=1)
        level = np.full(len(a), len(_FIGURES) - 1, dtype=np.int64)
        level[both] = told(a[both], b[both])
        return level

    def told(a: Traits, b: Traits) -> Ints:
        counted = np.isin(a["attribute"], wanted)
        known = (a["attribute"][:, :, None] == b["attribute"][:, None, :]) & counted[:, :, None]
        low = np.maximum(a["low"][:, :, None], b["low"][:, None, :])
        high = np.minimum(a["high"][:, :, None], b["high"][:, None, :])
        point = (a["low"] == a["high"])[:, :, None] & (b["low"] == b["high"])[:, None, :]
        bound = known & (
            ((a["low"][:, :, None] == b["low"][:, None, :]) & (low >= 10))
            | ((a["high"][:, :, None] == b["high"][:, None, :]) & (high >= 10) & np.isfinite(high))
        )
        equal = known & point & (low == high)
        # Of two numbers as points `low` is the larger one.
        nearly = known & point & (high >= NEARLY * low) & (high >= 20)
        return pick(
            len(a),
            _some(equal & (low >= 10)),
            _some(bound),
            _some(nearly),
            _some(equal & (low >= 2)),
            _some(equal),
            _some(known & (low <= high)),
            _some(known & (low <= 2.5 * high)),
            _some(known),
        )

    return compare


_OCCURRED, _ONGOING, _PLANNED = number_of("occurred"), number_of("ongoing"), number_of("planned")
_DENIED = number_of("denied")
_TOTAL = number_of("total")
#: Scopes that stand for several happenings: a total covers singles and a series holds them, neither is one of them.
WHOLES = [_TOTAL, number_of("series")]


def _modality(a: Traits, b: Traits) -> Ints:
    same = a["modality"] == b["modality"]
    real = [np.isin(t["modality"], (_OCCURRED, _ONGOING)) for t in (a, b)]
    planned = [t["modality"] == _PLANNED for t in (a, b)]
    denied = [t["modality"] == _DENIED for t in (a, b)]
    return pick(
        len(a),
        same & real[0],
        same,
        real[0] & real[1],
        (planned[0] & real[1]) | (real[0] & planned[1]),
        (denied[0] & real[1] & (a["beside"] > 0)) | (real[0] & denied[1] & (b["beside"] > 0)),
        (denied[0] & real[1]) | (real[0] & denied[1]),
    )


def _scope(a: Traits, b: Traits) -> Ints:
    same = a["scope"] == b["scope"]
    return pick(len(a), same & (a["scope"] == _TOTAL), same)


def _lag(a: Traits, b: Traits) -> Ints:
    known = (a["published"] != NO_DAY) & (b["published"] != NO_DAY)
    days = np.abs(a["published"].astype(np.int64) - b["published"])
    return pick(len(a), ~known, days <= 1, days <= 7, days <= 60, days <= 400)


def _report(a: Traits, b: Traits) -> Ints:
    return pick(len(a), (a["report"] == b["report"]) & (a["report"] != 0))


COMPARISONS: Mapping[str, Callable[[Traits, Traits], Ints]] = {
    "kind": _kind,
    "days": _days,
    "place": _place,
    "names": _names,
    "persons": _persons,
    "actors": _actors,
    "words": _words,
    "near": _near,
    "own": _own,
    "triggers": _triggers,
    "story": _story,
    "crowd": _figures("participants"),
    "victims": _figures("affected", "killed", "injured"),
    "measures": _figures("sites", "workforce", "duration", "amount", "term"),
    "modality": _modality,
    "scope": _scope,
    "lag": _lag,
    "report": _report,
}
_FIGURES = (
    "same number", "same bound", "nearly the same number", "same small number", "same one", "intervals meet",
    "same size", "far apart", "not told",
)  # fmt: skip
#: The levels of each comparison in the order in which they are tried; the first that holds is reached.
LEVELS: Mapping[str, tuple[str, ...]] = {
    "kind": ("same form", "other form", "same type", "same type, seldom told", "other type"),
    "days": (
        "same day", "same start", "close spans", "about the same start", "spans meet", "day of what it was part of",
        "soon after what it was part of", "after what it was part of", "within a week", "within a longer time",
        "a day apart", "up to three days apart", "further apart", "one undated", "both undated",
    ),
    "place": (
        "same place, taken over", "same place", "same place, other spot", "one place of several", "same region",
        "close by", "one within the other", "same country named", "one is the country", "near by", "one taken over",
        "elsewhere in the region", "not on the map", "elsewhere in the country", "other country",
        "one unplaced", "both unplaced",
    ),
    "names": ("three or more", "two", "one", "none of those told", "none told"),
    "persons": (
        "one hit and several", "one hit, the same", "same hit", "hit, named in the other's sentences",
        "one hit, another", "one hit, one side named", "others hit", "hit, one side named", "hit, none named",
        "same", "named in the other's sentences", "others named", "one side named", "none named",
    ),
    "actors": ("two words or more", "one word", "other words", "not told"),
    "words": ("most", "too few to tell", "many", "some", "few", "hardly any", "none"),
    "near": ("four or more", "three", "two", "one", "none"),
    "own": ("three or more", "two", "one", "none to share", "none"),
    "triggers": ("shared", "different", "not told"),
    "story": ("too few names", "eight or more", "five or more", "three or more", "one or two", "none"),
    "crowd": _FIGURES,
    "victims": _FIGURES,
    "measures": _FIGURES,
    "modality": (
        "both real", "same", "ongoing and past", "planned and real", "denied beside a real one", "denied and real",
        "different",
    ),
    "scope": ("two totals", "same", "different"),
    "lag": ("not known", "a day", "a week", "two months", "a year", "longer"),
    "report": ("same report", "other report"),
}  # fmt: skip
