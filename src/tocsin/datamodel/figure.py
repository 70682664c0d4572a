"""What the claims of an event come to, and whose they are."""

from dataclasses import dataclass
from datetime import date

from tocsin.datamodel.claim import Number


@dataclass(frozen=True, slots=True)
class Statement:
    """One interval that a voice gives, and where it is told.

    Attributes:
        low, high: the interval; one end may be None where open, never both.
        day: of the first publication that tells it, or None where no day is known.
        quote: the words of the first one.
        publishers: of the documents that tell it, the first one first; "" where not known.
        claims: ids of the claims, in the same order as `publishers`.
    """

    low: Number | None
    high: Number | None
    day: date | None
    quote: str
    publishers: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """Someone who gives a figure of an event, however many print it.

    Attributes:
        name: the speaker's words, or the publisher where a document itself says it; "" where not known.
        kinds: the codebook's speaker kinds it was given; none where a document itself says it.
        statements: in the order in which they were first told.
    """

    name: str
    kinds: tuple[str, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """What the claims of an event come to for one attribute.

    Attributes:
        attribute: what is counted.
        unit: ISO 4217 code of money, the unit of lost output; None for people and places.
        low, best, high: the interval and the value that the policy picks, all within the claims; None where not known.
        voices: how many independent voices the policy went by; 0 where it found none that it takes.
        policy: name of the policy that made it, in full.
        heard: every voice, those too that the policy passes over.
    """

    attribute: str
    unit: str | None
    low: Number | None
    best: Number | None
    high: Number | None
    voices: int
    policy: str
    heard: tuple[Voice, ...] = ()

    @property
    def spread(self) -> Number | None:
        """How far the ends lie apart, or None where one is open."""
        return None if self.low is None or self.high is None else self.high - self.low

    @property
    def differs(self) -> bool:
        """Whether voices give different numbers."""
        said = [{(statement.low, statement.high) for statement in voice.statements} for voice in self.heard]
        return any(one != said[0] for one in said)
