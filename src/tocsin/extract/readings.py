"""What the steps read in a text before anything is put together."""

from dataclasses import dataclass

from tocsin.codebook import Codebook
from tocsin.datamodel import Attribution, DateReading, Document, NumberReading, PlaceReading, Span
from tocsin.extract.dates import read_dates
from tocsin.extract.numbers import read_numbers
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.places import read_places
from tocsin.extract.speakers import read_attributions
from tocsin.extract.triggers import Token


@dataclass(frozen=True, slots=True)
class Readings:
    """Sentences with their words, and the numbers, dates, places and attributions of a text, each in its order."""

    sentences: tuple[Span, ...]
    tokens: tuple[tuple[Token, ...], ...]
    numbers: tuple[NumberReading, ...]
    dates: tuple[DateReading, ...]
    places: tuple[PlaceReading, ...]
    attributions: tuple[Attribution, ...]

    def counts(self) -> tuple[NumberReading, ...]:
        """Return the numbers that are no part of a date."""
        dates = [d.span for d in self.dates if d.kind not in ("duration", "set")]
        return tuple(n for n in self.numbers if not any(d.overlaps(n.span) for d in dates))


def read_document(
    document: Document,
    sentences: tuple[Span, ...],
    tokens: tuple[tuple[Token, ...], ...],
    codebook: Codebook,
    lexicon: PlaceLexicon,
) -> Readings:
    """Return what the resolvers read in a document whose sentences and words are known."""
    return Readings(
        sentences,
        tokens,
        read_numbers(document.text, codebook.numbers),
        read_dates(document.text, codebook.dates, published=document.published),
        read_places(document.text, lexicon),
        read_attributions(document.text, sentences, codebook.speakers),
    )
