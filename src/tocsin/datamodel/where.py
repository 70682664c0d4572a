"""Which events are meant: one small grammar for every command and page that takes a choice of them.

    type=strike,lockout country=BY from=2020-08-01 to=2020-08-31 participants>=1000 publisher!="Evening Line"

A term is a word, a sign and its values; all terms must hold, and one of the values of each. Values with spaces or
commas stand in double quotes. `!=` is the opposite of `=`. What is not known fits `!=` and the value `unknown` alone.

| word | holds of an event whose |
|---|---|
| `type`, `category`, `modality`, `scope` | type (or its category), modality, scope is one of the values |
| `country`, `region`, `place` | places have one in that country (two letters), first-level region, of that name |
| `day`, `from`, `to` | days share one with that day, with it and later, with it and earlier |
| `publisher` | documents have one of that publisher, reprints too |
| `speaker` | claims have one said by a speaker of that kind |
| `status` | mentions: one was `accepted`; all are `rejected`; else it is `open` |
| an attribute, such as `participants` | best figure fits the number, by `=`, `!=`, `>`, `>=`, `<`, `<=` |
"""

import operator
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tocsin.datamodel.claim import Claim, Number
from tocsin.datamodel.event import Event
from tocsin.datamodel.happening import Happening, Telling
from tocsin.datamodel.mention import DateRange, Place
from tocsin.errors import UsageError

UNKNOWN = "unknown"
ACCEPTED, REJECTED, OPEN = STATUSES = ("accepted", "rejected", "open")
#: Words whose values are days.
DAYS = ("day", "from", "to")
#: Words whose values are names as they come, whatever their case.
NAMES = ("country", "region", "place", "publisher")

_TERM = re.compile(
    r"""\s*(?P<word>[A-Za-z_]+)\s*(?P<sign>!=|>=|<=|=|>|<)\s*(?P<values>(?:"[^"]*"|[^\s",]+)(?:,(?:"[^"]*"|[^\s",]+))*)(?=\s|$)"""
)
_VALUE = re.compile(r'"([^"]*)"|([^",]+)')
_SIGNS: Mapping[str, Callable[[Number, Number], bool]] = {
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


@dataclass(frozen=True, slots=True)
class WhereWords:
    """The closed lists that values are checked against, by word; and the attributes that are words themselves.

    Attributes:
        closed: values by word: "type", "modality", "scope", "speaker".
        categories: the types of each category.
        attributes: names of what is counted.
    """

    closed: Mapping[str, Collection[str]]
    categories: Mapping[str, tuple[str, ...]]
    attributes: Collection[str]

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that a term may begin with."""
        return (*self.closed, "category", *NAMES, *DAYS, "status", *self.attributes)


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: `word` of an event, by `sign`, is one of `values`."""

    word: str
    sign: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        """As it is written."""
        said = (f'"{value}"' if re.search(r"[\s,]", value) or not value else value for value in self.values)
        return f"{self.word}{self.sign}{','.join(said)}"


@dataclass(frozen=True, slots=True)
class Where:
    """A choice of events; without terms it is all of them."""

    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        """As it is written, in one line."""
        return " ".join(map(str, self.terms))

    def __bool__(self) -> bool:
        """Whether it leaves anything out at all."""
        return bool(self.terms)


@dataclass(frozen=True, slots=True)
class Facts:
    """What terms are about, of an event or of one mention."""

    type: str
    modality: str
    scope: str
    date: DateRange
    places: tuple[Place, ...]
    publishers: frozenset[str]
    speakers: frozenset[str]
    status: str
    numbers: tuple[tuple[str, Number | None], ...]


def parse_where(written: Iterable[str], words: WhereWords) -> Where:
    """Return the choice that some lines of terms make together.

    Raises:
        UsageError: what is written is no term, or a word, sign or value is not known.
    """
    return Where(tuple(_checked(term, words) for line in written for term in _terms(line)))


def facts_of(happening: Happening) -> Facts:
    """Return what terms are about, of an event."""
    event, tellings = happening.event, happening.tellings
    claims = [claim for telling in tellings for claim in telling.mention.claims]
    return Facts(
        event.type,
        event.modality,
        event.scope,
        event.date,
        event.places,
        frozenset(telling.document.publisher for telling in tellings),
        _kinds(claims),
        status_of(telling.decision for telling in tellings),
        tuple((figure.attribute, figure.best) for figure in event.figures),
    )


def facts_told(telling: Telling) -> Facts:
    """Return what terms are about, of one mention as if it were an event by itself; numbers are the claims' middles."""
    mention = telling.mention
    return Facts(
        mention.type,
        mention.modality,
        mention.scope,
        mention.date,
        mention.places,
        frozenset((telling.document.publisher,)),
        _kinds(mention.claims),
        status_of([telling.decision]),
        tuple((claim.attribute, _middle(claim.low, claim.high)) for claim in mention.claims),
    )


def status_of(decisions: Iterable[str | None]) -> str:
    """Return what was decided about mentions taken together, given "accept", "reject" or None of each."""
    made = set(decisions)
    return ACCEPTED if "accept" in made else REJECTED if made == {"reject"} else OPEN


def holds(where: Where, facts: Facts) -> bool:
    """Whether every term holds."""
    return all(_holds(term, facts) for term in where.terms)


def may_hold(where: Where, event: Event) -> bool:
    """Whether every term holds that an event answers by itself, without the documents and decisions behind it."""
    facts = Facts(
        event.type,
        event.modality,
        event.scope,
        event.date,
        event.places,
        frozenset(),
        frozenset(),
        OPEN,
        tuple((figure.attribute, figure.best) for figure in event.figures),
    )
    return all(_holds(term, facts) for term in where.terms if term.word not in ("publisher", "speaker", "status"))


def _terms(line: str) -> Iterator[Term]:
    at = 0
    while line[at:].strip():
        found = _TERM.match(line, at)
        if found is None:
            raise UsageError(
                f"where {line[at:].strip()!r}",
                "is no term",
                "write word=value, such as type=strike or participants>=100",
            )
        values = tuple(quoted if bare is None else bare for quoted, bare in _values(found["values"]))
        yield Term(found["word"].lower(), found["sign"], values)
        at = found.end()


def _values(written: str) -> Iterator[tuple[str, str | None]]:
    for found in _VALUE.finditer(written):
        yield found[1] or "", found[2]


def _checked(term: Term, words: WhereWords) -> Term:
    """Return a term with its values as the record has them, or raise UsageError."""
    word = term.word
    if word not in words.words:
        raise UsageError(f"where {term}", f"{word!r} is no word for events", "known are " + ", ".join(words.words))
    if word in words.attributes:
        _check_numbers(term)
        return term
    signs = ("=",) if word in ("from", "to") else ("=", "!=")
    if term.sign not in signs:
        raise UsageError(f"where {term}", f"{word} does not take {term.sign}", f"it takes {' and '.join(signs)}")
    if word == "category":
        _check_closed(term, words.categories)
        return Term("type", term.sign, tuple(name for value in term.values for name in words.categories[value]))
    if word in words.closed or word == "status":
        # Who says so is the one of these that may not be known: the document says it itself.
        known = STATUSES if word == "status" else (*words.closed[word], *([UNKNOWN] if word == "speaker" else []))
        _check_closed(term, known)
    if word in DAYS:
        _check_days(term)
    return term


def _check_closed(term: Term, known: Collection[str]) -> None:
    for value in term.values:
        if value not in known:
            raise UsageError(f"where {term}", f"{value!r} is not known", "known are " + ", ".join(known))


def _check_days(term: Term) -> None:
    for value in term.values:
        if value == UNKNOWN and term.word == "day":
            continue
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise UsageError(f"where {term}", f"{value!r} is no day", "write it as 2020-08-31") from error


def _check_numbers(term: Term) -> None:
    for value in term.values:
        if value == UNKNOWN and term.sign in ("=", "!="):
            continue
        try:
            number = float(value)
        except ValueError as error:
            raise UsageError(f"where {term}", f"{value!r} is no number", "write it in digits") from error
        if number != number:
            raise UsageError(f"where {term}", f"{value!r} is no number", "write it in digits")


def _holds(term: Term, facts: Facts) -> bool:
    if term.sign == "!=":
        return not _holds(Term(term.word, "=", term.values), facts)
    if term.word in DAYS:
        return any(_on(term.word, value, facts) for value in term.values)
    held = _named(term.word, facts)
    if held is not None:
        known = {name.casefold() for name in held if name}
        return any(value.casefold() in known or (value == UNKNOWN and not known) for value in term.values)
    numbers = [number for attribute, number in facts.numbers if attribute == term.word and number is not None]
    fits = _SIGNS[term.sign]
    return any(
        not numbers if value == UNKNOWN else any(fits(number, float(value)) for number in numbers)
        for value in term.values
    )


def _named(word: str, facts: Facts) -> Collection[str] | None:
    """Return the names that an event has under a word, or None where the word is an attribute."""
    match word:
        case "type" | "modality" | "scope" | "status":
            return (str(getattr(facts, word)),)
        case "country":
            return {place.country for place in facts.places}
        case "region":
            return {place.admin1 or "" for place in facts.places}
        case "place":
            return {place.name for place in facts.places}
        case "publisher":
            return facts.publishers
        case "speaker":
            return facts.speakers
    return None


def _on(word: str, value: str, facts: Facts) -> bool:
    first = facts.date.start or facts.date.end
    if value == UNKNOWN:
        return first is None
    if first is None:
        return False
    last = facts.date.end or (date.max if facts.modality == "ongoing" else first)
    day = date.fromisoformat(value)
    return (word == "to" or last >= day) and (word == "from" or first <= day)


def _kinds(claims: Iterable[Claim]) -> frozenset[str]:
    return frozenset(speaker.kind for claim in claims for speaker in claim.said_by)


def _middle(low: Number | None, high: Number | None) -> Number | None:
    if low is None or high is None:
        return low if high is None else high
    return low / 2 + high / 2
