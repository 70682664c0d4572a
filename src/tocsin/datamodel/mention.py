"""One happening as one document tells it."""

from dataclasses import dataclass
from datetime import date

from tocsin.datamodel.claim import Claim
from tocsin.datamodel.portable import Portable
from tocsin.datamodel.span import Span


@dataclass(frozen=True, slots=True)
class DateRange(Portable):
    """The days of a happening.

    Attributes:
        start: first day, or None where not known.
        end: last day, inclusive, or None where not known or still going on.
        precision: "day" (it lasted from start to end), "week", "month", "year" (at some time within) or "none".
        basis: "stated", "relative" (to the day of publication or another day), "context" (from another sentence)
            or "none".
    """

    start: date | None = None
    end: date | None = None
    precision: str = "none"
    basis: str = "none"


@dataclass(frozen=True, slots=True)
class Place(Portable):
    """Where a happening was.

    Attributes:
        span: the words that name it, or None where the place is taken over from another mention.
        name: the usual English name of today.
        country: ISO 3166 two-letter code.
        admin1: name of the first-level region, or None.
        lat, lon: WGS 84 degrees, or None.
        geonameid: the GeoNames id, or None.
    """

    span: Span | None
    name: str
    country: str
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None


@dataclass(frozen=True, slots=True)
class Actor(Portable):
    """Who takes part, represses or is hit.

    Attributes:
        role: one of the codebook's roles ("participant", "authority", ...).
        span: the words that name them.
    """

    role: str
    span: Span


@dataclass(frozen=True, slots=True)
class Evidence(Portable):
    """One whole sentence of the document and the words in it that name the happening."""

    sentence: Span
    trigger: Span


@dataclass(frozen=True, slots=True)
class Mention(Portable):
    """One happening as one document tells it (codebook, section 3).

    Attributes:
        id: unique within its document.
        type, form, modality, scope: names of the codebook.
        date: its days.
        places, actors, claims: what is told about it.
        demands: what the participants want, in their words.
        means: of force or riot.
        context: id of the mention within or because of which it happened, or None.
        event: key shared by all mentions of one real happening, or None.
        evidence: the sentences that tell of it, in the order of the text.
    """

    id: str
    type: str
    form: str | None
    modality: str
    scope: str
    date: DateRange
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    claims: tuple[Claim, ...]
    demands: tuple[Span, ...]
    means: tuple[str, ...]
    context: str | None
    event: str | None
    evidence: tuple[Evidence, ...]
