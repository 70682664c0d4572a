"""Words of time: weekdays, months, numbers, holidays, and the classes of words that date rules speak of."""

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.codebook.tables import Table

#: The kinds of word that the rules of extract/date_rules.py speak of.
CLASSES = (
    *("weekday", "weekdays", "month", "cardinal", "ordinal"),
    *(
        "the",
        "a",
        "of",
        "in",
        "on",
        "at",
        "for",
        "to",
        "till",
        "through",
        "and",
        "or",
        "from",
        "between",
        "since",
        "by",
    ),
    *("before", "after", "ago", "earlier", "later", "than", "more", "this", "that", "same", "last", "next", "previous"),
    *("past", "following", "coming", "early", "mid", "late", "end", "middle", "beginning", "eve"),
    *("today", "tonight", "yesterday", "tomorrow", "overnight", "now", "every", "other", "daily", "part", "parts"),
    *("day", "days", "week", "weeks", "fortnight", "weekend", "weekends", "month_unit", "months_unit", "year_unit"),
    *(
        "years_unit",
        "clock_unit",
        "long_unit",
        "season",
        "half",
        "fiscal",
        "few",
        "about",
        "old",
        "week_start",
        "within",
    ),
)
HOLIDAY_RULES = ("fixed", "easter", "orthodox_easter", "nth")


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day with a name, and how its date is found in a year.

    Attributes:
        key: its name in dates.toml.
        names: how texts call it, in small letters.
        rule: "fixed" (month and day), "easter" and "orthodox_easter" (`day` days after Easter Sunday) or "nth" (the
            nth weekday of the month, counted from its end where negative, and `offset` days on).
        month, day, weekday, nth, offset: what the rule needs, else 0. Weekdays count from Monday, 0.
        countries: ISO codes of the countries where the name means this day; empty: everywhere.
    """

    key: str
    names: tuple[str, ...]
    rule: str
    month: int
    day: int
    weekday: int
    nth: int
    offset: int
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DateWords:
    """The words of time of one language, all in small letters.

    Attributes:
        classes: class of each word ("weekday", "month", "cardinal", "ordinal" or a class of dates.toml).
        values: number of each weekday (Monday 0), month (January 1), cardinal and ordinal.
        abbreviations: words that may end in a full stop.
        guarded: words that are as often something else.
        lead, verb_after: words before and after a guarded one that say which it is.
        future, future_with_to, future_governors, past, no_past: words that tell which way an incomplete date lies.
        counted, counted_before, not_counted: words around a four-digit number that tell a count from a year.
        ordinal_nouns: words that "the 8th" counts.
        clause_openers: words that begin a clause after "on the fifteenth".
        holidays: days with a name.
        month_first: ISO codes of the countries that write the month before the day.
    """

    classes: Mapping[str, str]
    values: Mapping[str, int]
    abbreviations: frozenset[str]
    guarded: frozenset[str]
    lead: frozenset[str]
    verb_after: frozenset[str]
    future: frozenset[str]
    future_with_to: frozenset[str]
    future_governors: frozenset[str]
    past: frozenset[str]
    no_past: frozenset[str]
    counted: frozenset[str]
    counted_before: frozenset[str]
    not_counted: frozenset[str]
    ordinal_nouns: frozenset[str]
    clause_openers: frozenset[str]
    holidays: tuple[Holiday, ...]
    month_first: frozenset[str]


def parse_dates(table: Table) -> DateWords:
    """Return the words of dates.toml; what is wrong is noted as faults."""
    table.known(
        "weekdays", "months", "guarded", "cardinals", "ordinals", "classes", "tense", "counted", "holidays", "order"
    )
    classes: dict[str, str] = {}
    values: dict[str, int] = {}
    abbreviations: set[str] = set()
    for key, name, first in (("weekdays", "weekday", 0), ("months", "month", 1)):
        names = table.table(key)
        for number, full in enumerate(names.raw, first):
            short = names.texts(full)
            abbreviations.update(short)
            for word in (full, *short):
                classes[word], values[word] = name, number
            if key == "weekdays":
                classes[full + "s"], values[full + "s"] = "weekdays", number
    for key, name in (("cardinals", "cardinal"), ("ordinals", "ordinal")):
        numbers = table.table(key)
        for word in numbers.raw:
            classes[word], values[word] = name, int(numbers.number(word))
    lists = table.table("classes")
    lists.known(*CLASSES)
    for name in lists.raw:
        for word in lists.texts(name):
            classes.setdefault(word, name)
    guarded, tense, counted = table.table("guarded"), table.table("tense"), table.table("counted")
    guarded.known("words", "lead", "verb_after")
    tense.known("future", "future_with_to", "future_governors", "past", "no_past")
    counted.known("nouns", "before", "not_counted", "ordinal", "clause_openers")
    return DateWords(
        classes=classes,
        values=values,
        abbreviations=frozenset(abbreviations),
        guarded=frozenset(guarded.texts("words")),
        lead=frozenset(guarded.texts("lead")),
        verb_after=frozenset(guarded.texts("verb_after")),
        future=frozenset(tense.texts("future")),
        future_with_to=frozenset(tense.texts("future_with_to")),
        future_governors=frozenset(tense.texts("future_governors")),
        past=frozenset(tense.texts("past")),
        no_past=frozenset(tense.texts("no_past")),
        counted=frozenset(counted.texts("nouns")),
        counted_before=frozenset(counted.texts("before")),
        not_counted=frozenset(counted.texts("not_counted")),
        ordinal_nouns=frozenset(counted.texts("ordinal")),
        clause_openers=frozenset(counted.texts("clause_openers")),
        holidays=tuple(_holiday(key, entry) for key, entry in table.table("holidays").tables().items()),
        month_first=frozenset(table.table("order").texts("month_first")),
    )


def _holiday(key: str, entry: Table) -> Holiday:
    entry.known("names", "rule", "month", "day", "weekday", "nth", "offset", "countries")
    month, day, weekday, nth, offset = (
        int(entry.number(name, 0)) for name in ("month", "day", "weekday", "nth", "offset")
    )
    rule = entry.one_of("rule", HOLIDAY_RULES)
    return Holiday(key, entry.texts("names"), rule, month, day, weekday, nth, offset, entry.texts("countries"))
