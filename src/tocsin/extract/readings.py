"""What the steps read in a text before anything is put together."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import TypeVar

from tocsin.codebook import Codebook
from tocsin.datamodel import Attribution, DateReading, Document, NumberReading, PlaceReading, Span
from tocsin.extract.dates import read_dates
from tocsin.extract.numbers import read_numbers
from tocsin.extract.phrases import SentenceWords
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.places import read_places
from tocsin.extract.speakers import read_attributions
from tocsin.extract.tokens import Tokens

Reading = TypeVar("Reading", NumberReading, DateReading, PlaceReading)


@dataclass(frozen=True)
class Readings:
    """Sentences with their words, and the numbers, dates, places and attributions of a text, each in its order.

    `tokens` are the words of each sentence as the word lists see them, `words` as the rules for noun phrases do.

    What lies in which sentence is worked out when it is first asked for.
    """

    sentences: tuple[Span, ...]
    tokens: tuple[Tokens, ...]
    numbers: tuple[NumberReading, ...]
    dates: tuple[DateReading, ...]
    places: tuple[PlaceReading, ...]
    attributions: tuple[Attribution, ...]
    words: SentenceWords

    def counts(self) -> tuple[NumberReading, ...]:
        """Return the numbers that are no part of a date."""
        dates = sorted((d.span.start, d.span.end) for d in self.dates if d.kind not in ("duration", "set"))
        starts = [start for start, _ in dates]
        ends = list(accumulate((end for _, end in dates), max))

        def dated(span: Span) -> bool:
            before = bisect_left(starts, span.end)
            return before > 0 and ends[before - 1] > span.start

        return tuple(n for n in self.numbers if not dated(n.span))

    @cached_property
    def numbers_in(self) -> tuple[tuple[NumberReading, ...], ...]:
        """The numbers of each sentence."""
        return _by_sentence(self.numbers, self.sentences)

    @cached_property
    def counts_in(self) -> tuple[tuple[NumberReading, ...], ...]:
        """The numbers of each sentence that are no part of a date."""
        return _by_sentence(self.counts(), self.sentences)

    @cached_property
    def dates_in(self) -> tuple[tuple[DateReading, ...], ...]:
        """The time expressions of each sentence."""
        return _by_sentence(self.dates, self.sentences)

    @cached_property
    def places_in(self) -> tuple[tuple[PlaceReading, ...], ...]:
        """The places of each sentence."""
        return _by_sentence(self.places, self.sentences)


def read_document(
    document: Document,
    sentences: tuple[Span, ...],
    tokens: tuple[Tokens, ...],
    codebook: Codebook,
    lexicon: PlaceLexicon,
) -> Readings:
    """Return what the resolvers read in a document whose sentences and words are known."""
    starts = [sentence.start for sentence in sentences]
    words = SentenceWords(document.text, sentences, codebook.speakers.grammar)
    return Readings(
        sentences,
        tokens,
        tuple(_in_sentence(number, sentences, starts) for number in read_numbers(document.text, codebook.numbers)),
        read_dates(document.text, codebook.dates, published=document.published),
        read_places(document.text, lexicon),
        read_attributions(document.text, sentences, codebook.speakers, marks_of=words),
        words,
    )


def _by_sentence(readings: Iterable[Reading], sentences: Sequence[Span]) -> tuple[tuple[Reading, ...], ...]:
    """Return the readings that each sentence covers; sentences are in order and share no words."""
    starts = [sentence.start for sentence in sentences]
    found: list[list[Reading]] = [[] for _ in sentences]
    for reading in readings:
        at = bisect_right(starts, reading.span.start) - 1
        if at >= 0 and sentences[at].covers(reading.span):
            found[at].append(reading)
    return tuple(map(tuple, found))


def _in_sentence(number: NumberReading, sentences: Sequence[Span], starts: Sequence[int]) -> NumberReading:
    """Return a number without what it counts where that stands in another sentence."""
    if number.counted is None:
        return number
    at = bisect_right(starts, number.span.start) - 1
    whole = at >= 0 and sentences[at].covers(number.counted)
    return number if whole else replace(number, counted=None)
