"""How the program reads a phrase: number, date, place, attribution.

A reading keeps the words, the value, and why: the name of the rule and what it leaned on.
"""

from dataclasses import dataclass

from tocsin.datamodel.claim import Number, Speaker
from tocsin.datamodel.mention import DateRange
from tocsin.datamodel.span import Span


@dataclass(frozen=True, slots=True)
class NumberReading:
    """One number in a text.

    Attributes:
        span: the whole phrase with its bound words ("well over 100,000"), without what it counts.
        low, high, approx: the interval that the words support under the convention in force.
        kind: "count" for people and things; "money", "percent", "share", "age", "year", "time", "distance",
            "duration", "ordinal", "score", "identifier", ... for what is no count of people or things.
        unit: ISO 4217 code of money, the unit's word of a measure or duration; None for counts.
        counted: the words counted ("people", "striking workers"), or None.
        rule: name of the rule that read it, for --explain.
    """

    span: Span
    low: Number | None
    high: Number | None
    approx: bool
    kind: str
    unit: str | None
    counted: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class DateReading:
    """One time expression in a text.

    Attributes:
        span: its words.
        range: its days with precision and basis; both ends None where it cannot be resolved without a day of
            publication.
        kind: "date" for a day, week, weekend, month or year; "span" for a range with two ends; "since" and "until"
            for open ones; "duration", "set" (every Sunday), "other" for what is no date.
        rule: name of the rule that read it, for --explain.
        anchor: what it leaned on ("published 2020-09-28", "the date before it, 2020-09-13"), or empty.
    """

    span: Span
    range: DateRange
    kind: str
    rule: str
    anchor: str


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """One place on earth that a name may mean, with its score and the reasons in words."""

    geonameid: int
    name: str
    country: str
    admin1: str | None
    lat: float
    lon: float
    feature: str
    population: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """One place name in a text.

    Attributes:
        span: its words.
        kind: "settlement", "region", "country", "demonym" (weak evidence of a country), "metonym" (a capital that
            stands for its government) or "unresolved".
        best: what it is taken to mean, or None where unresolved.
        container: the nearest known place that holds an unresolved one, or None.
        candidates: the others considered, best first, at most five.
        rule: name of the rule that decided, for --explain.
    """

    span: Span
    kind: str
    best: PlaceCandidate | None
    container: PlaceCandidate | None
    candidates: tuple[PlaceCandidate, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to assert which words.

    Attributes:
        content: the words asserted.
        cue: the reporting words ("said", "according to").
        speakers: who asserts them, outermost first, each with its kind.
        manner: what they do with them: "statement", "denial", "count", "belief" assert; "intention" and "stance"
            (plans, wishes, praise) do not.
    """

    content: Span
    cue: Span
    speakers: tuple[Speaker, ...]
    manner: str = "statement"
