"""One value, its quote, and who said it."""

from dataclasses import dataclass, field

from tocsin.datamodel.portable import Portable
from tocsin.datamodel.span import Span

Number = int | float


@dataclass(frozen=True, slots=True)
class Speaker(Portable):
    """Who is quoted for a value.

    Attributes:
        span: the words that name the speaker.
        kind: one of the codebook's speaker kinds ("police", "union", ...).
    """

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Claim(Portable):
    """One value that a document gives, and who says so.

    Attributes:
        attribute: what the value counts ("participants", "affected", ...).
        low: lower end of the interval that the words support, or None where open.
        high: upper end, or None where open.
        approx: whether the words are vague.
        unit: ISO 4217 code of money, the unit as given of lost output; None for people and places.
        span: the words of the number with what it counts.
        said_by: speakers, outermost first; empty where the document itself says it.
        hedge: the words that weaken it, or None.
        id: what the record calls it, whatever becomes of its value or of the claims beside it; empty where it is in no
            record. Two claims that say the same are equal under any id.
    """

    attribute: str
    low: Number | None
    high: Number | None
    approx: bool
    unit: str | None
    span: Span
    said_by: tuple[Speaker, ...] = ()
    hedge: Span | None = None
    id: str = field(default="", compare=False)
