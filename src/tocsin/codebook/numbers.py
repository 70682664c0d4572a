"""Number words, the words around numbers, and the conventions that give vague words their figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from tocsin.codebook.tables import Table

#: Words of a phrase, its length first in the search: ("more", "than") -> "at_least".
Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

Interval = tuple[int | None, int | None]

BOUNDS = ("open", "point")
RANGES = ("ends", "low", "mean")
#: Marks that join words and numbers.
DASHES = ("-", "–", "—", "‑")
SEVERAL = ("span", "low", "mean")


@dataclass(frozen=True, slots=True)
class Convention:
    """What vague words, bounds and ranges come to.

    Attributes:
        name: "codebook", "ccc", "count_love", "mpeds", "acled" or one of the user's own.
        bounds: "open" leaves the far end of "over 400" open, "point" makes it 400 to 400.
        ranges: "ends" keeps a range, "low" takes its lower end, "mean" its middle.
        several: what several estimates in one phrase come to: "span", "low" or "mean".
        words: vague word, or quantifier and unit ("few hundred"), to its interval; both ends None where the
            convention gives it no number.
    """

    name: str
    bounds: str
    ranges: str
    several: str
    words: Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """All that the program knows about numbers in running text; see numbers.toml for what each list is for.

    Attributes:
        seeds: words that a number may begin with, or be told by, and as what: "amount", "ordinal", "zero", "most",
            "time" (a unit), "person".
        composing: words after a number that may belong to it.
        following: words after a number that may make it something else than a count.
        telling: words before a number that may do so.
        touching_before: words that change a number right behind them (bounds, currencies), each with the words that
            must stand before it, among them "" where none must.
        touching_after: words that change a number right before them (units, bounds, second halves of ranges), each
            with the words that must follow it, among them "" where none must.
    """

    cardinals: Mapping[str, int]
    ordinals: Mapping[str, int]
    multipliers: Mapping[str, int]
    glued_multipliers: Mapping[str, int]
    plurals: Mapping[str, str]
    fractions: Mapping[str, tuple[int, int]]
    quantifiers: frozenset[str]
    need_unit: frozenset[str]
    most: frozenset[str]
    before: Phrases
    after: Phrases
    ranges: Phrases
    topical: frozenset[str]
    topics: frozenset[str]
    spreads: frozenset[str]
    neutral: frozenset[str]
    zero_words: frozenset[str]
    zero_nouns: frozenset[str]
    money_before: Phrases
    money_glued: frozenset[str]
    money_large: frozenset[str]
    money_after: Mapping[str, str]
    money_national: Mapping[str, Mapping[str, str]]
    money_adjectives: Mapping[str, str]
    time_units: Mapping[str, float]
    units: Phrases
    clock: Phrases
    names: Mapping[str, str]
    year_words: frozenset[str]
    months: frozenset[str]
    score_words: frozenset[str]
    prison: frozenset[str]
    collectives: frozenset[str]
    person: frozenset[str]
    people: frozenset[str]
    compounds: frozenset[str]
    stops: frozenset[str]
    conventions: Mapping[str, Convention]
    seeds: Mapping[str, str]
    composing: frozenset[str]
    following: frozenset[str]
    telling: frozenset[str]
    touching_before: Mapping[str, frozenset[str]]
    touching_after: Mapping[str, frozenset[str]]


def parse_numbers(table: Table) -> NumberWords:
    """Return the words of numbers.toml; what is wrong is noted as faults."""
    cardinals, ordinals = _whole(table, "cardinals"), _whole(table, "ordinals")
    multipliers, plurals = _whole(table, "multipliers"), _texts(table.table("plurals"))
    fractions = {}
    for word in table.table("fractions").raw:
        pair = table.table("fractions").numbers(word)
        if len(pair) == 2 and pair[1]:
            fractions[word] = (int(pair[0]), int(pair[1]))
        else:
            table.faults.add(f"{table.where} [fractions.{word}]", "must be a numerator and a denominator")
    vague, zero, money = table.table("vague"), table.table("zero"), table.table("money")
    names, counted, clock = table.table("names"), table.table("counted"), table.table("clock")
    before, after, between = table.table("before"), table.table("after"), table.table("between")
    kinds = ("statute", "route", "identifier", "age")
    quantifiers, person = frozenset(vague.texts("quantifiers")), frozenset(counted.texts("person"))
    zero_words, most = frozenset(zero.texts("words")), frozenset(vague.texts("most"))
    time_units = {unit: table.table("time_units").number(unit) for unit in table.table("time_units").raw}
    money_after = _texts(money.table("after"))
    units = _by_first({kind: table.table("units").texts(kind) for kind in table.table("units").raw})
    clock_words = _by_first({"time": clock.texts("after")})
    months = frozenset(names.texts("months"))
    names_of = {word: kind for kind in kinds for word in names.texts(kind)}
    effects = ("about", "at_least", "at_most")
    bounds_before = _by_last({effect: before.texts(effect) for effect in (*effects, "below")})
    bounds_after = _by_first({effect: after.texts(effect) for effect in (*effects, "exact")})
    ranges, money_before = _by_first({"to": between.texts("to")}), _by_last_of(_texts(money.table("before")))
    neutral = frozenset(before.texts("neutral"))
    composing = frozenset((*cardinals, *multipliers, *plurals, *fractions, *DASHES, "and", "a", "of"))
    following = frozenset(
        (*time_units, *money_after, *table.table("money").table("adjectives").raw, *units, *clock_words, *DASHES)
    ) | {"of", "in", "out", "hong", "new", "south", "sri"}
    return NumberWords(
        cardinals=cardinals,
        ordinals=ordinals,
        multipliers=multipliers,
        glued_multipliers=_whole(table, "glued_multipliers"),
        plurals=plurals,
        fractions=fractions,
        quantifiers=quantifiers,
        need_unit=frozenset(vague.texts("need_unit")),
        most=most,
        before=bounds_before,
        after=bounds_after,
        ranges=ranges,
        topical=frozenset(before.texts("topical")),
        topics=frozenset(before.texts("topics")),
        spreads=frozenset(between.texts("spreads")),
        neutral=neutral,
        zero_words=zero_words,
        zero_nouns=frozenset(zero.texts("nouns")),
        money_before=money_before,
        money_glued=frozenset(money.texts("glued_only")),
        money_large=frozenset(money.texts("large_only")),
        money_after=money_after,
        money_national={name: _texts(entry) for name, entry in money.table("national").tables().items()},
        money_adjectives=_texts(money.table("adjectives")),
        time_units=time_units,
        units=units,
        clock=clock_words,
        names=names_of,
        year_words=frozenset(names.texts("year")),
        months=months,
        score_words=frozenset(names.texts("score")),
        prison=frozenset(names.texts("prison")),
        collectives=frozenset(names.texts("collectives")),
        person=person,
        people=frozenset(counted.texts("people")),
        compounds=frozenset(counted.texts("compounds")),
        stops=frozenset(counted.texts("stops")),
        conventions={name: _convention(name, entry) for name, entry in table.table("conventions").tables().items()},
        seeds={
            **dict.fromkeys(person, "person"),
            **dict.fromkeys(time_units, "time"),
            **dict.fromkeys(ordinals, "ordinal"),
            **dict.fromkeys(most, "most"),
            **dict.fromkeys((*zero_words, "no", "not"), "zero"),
            **dict.fromkeys((*cardinals, *multipliers, *plurals, *quantifiers), "amount"),
            **dict.fromkeys((word for word in fractions if word not in ordinals), "amount"),
        },
        composing=composing,
        following=following,
        telling=frozenset((*months, *names_of, ".", ",", "of", "(")),
        touching_before=_touching((*money_before, *neutral, "but"), (bounds_before,), -2),
        touching_after=_touching((*composing, *following, *time_units), (bounds_after, ranges), 1),
    )


def _touching(alone: Iterable[str], phrases: Iterable[Phrases], second: int) -> dict[str, frozenset[str]]:
    """Return which words must stand beyond each word beside a number for the two to matter, "" where it alone does.

    Args:
        alone: words that matter whatever stands beyond them.
        phrases: phrases by the word beside the number.
        second: where in a phrase the next word stands.
    """
    beyond: dict[str, set[str]] = {word: {""} for word in alone}
    for index in phrases:
        for word, entries in index.items():
            beyond.setdefault(word, set()).update(parts[second] if len(parts) > 1 else "" for parts, _ in entries)
    return {word: frozenset(found) for word, found in beyond.items()}


def _convention(name: str, table: Table) -> Convention:
    table.known("bounds", "ranges", "several", "words")
    words = {}
    for word in table.table("words").raw:
        ends = table.table("words").numbers(word)
        if len(ends) > 2:
            table.faults.add(f"{table.where}.words.{word}]", "must be low and high, one number, or an empty list")
        low, high = (ends[0], ends[-1]) if ends else (None, None)
        words[word] = (None if low is None else int(low), None if high is None or high == inf else int(high))
    return Convention(
        name, table.one_of("bounds", BOUNDS), table.one_of("ranges", RANGES), table.one_of("several", SEVERAL), words
    )


def _whole(table: Table, key: str) -> dict[str, int]:
    entry = table.table(key)
    return {word: int(entry.number(word)) for word in entry.raw}


def _texts(table: Table) -> dict[str, str]:
    return {word: table.text(word) for word in table.raw}


def _by_first(phrases: Mapping[str, tuple[str, ...]]) -> Phrases:
    return _indexed(((phrase, effect) for effect, lines in phrases.items() for phrase in lines), 0)


def _by_last(phrases: Mapping[str, tuple[str, ...]]) -> Phrases:
    return _indexed(((phrase, effect) for effect, lines in phrases.items() for phrase in lines), -1)


def _by_last_of(phrases: Mapping[str, str]) -> Phrases:
    return _indexed(phrases.items(), -1)


def _indexed(phrases: Iterable[tuple[str, str]], key: int) -> Phrases:
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, effect in phrases:
        parts = tuple(phrase.split())
        index.setdefault(parts[key], []).append((parts, effect))
    return {word: tuple(sorted(found, key=lambda item: -len(item[0]))) for word, found in index.items()}
