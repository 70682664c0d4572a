"""Exact words and where they stand."""

from dataclasses import dataclass

from tocsin.datamodel.portable import Portable
from tocsin.errors import SpanError


@dataclass(frozen=True, slots=True, order=True)
class Span(Portable):
    """Words of a text with their place in it.

    Attributes:
        start: code points before the first one of the quote; -1 where the place is not known.
        end: code points up to and including the last one; -1 where the place is not known.
        quote: the words, code point by code point.

    Build one with `Span.of` or `Span.find`, which check the words against the text. `Span.unplaced` is for words
    that came from elsewhere (a hand-coded row) and stand in no stored text.
    """

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if self.start == -1 == self.end:
            return
        if self.start < 0 or self.end - self.start != len(self.quote):
            raise SpanError(f"span {self.start}-{self.end}", f"does not fit its quote {self.quote[:60]!r}")

    @classmethod
    def of(cls, text: str, start: int, end: int, quote: str | None = None) -> "Span":
        """Return the span of `text` from `start` to `end`; raise SpanError where `quote` is not the words there."""
        found = text[start:end]
        if not 0 <= start < end <= len(text) or (quote is not None and quote != found):
            raise SpanError(f"span {start}-{end}", f"the text has {found[:60]!r} there, not {(quote or '')[:60]!r}")
        return cls(start, end, found)

    @classmethod
    def find(cls, text: str, quote: str, start: int = 0, end: int | None = None) -> "Span":
        """Return the first place of `quote` between `start` and `end` of `text`; raise SpanError if there is none."""
        at = text.find(quote, start, len(text) if end is None else end) if quote else -1
        if at < 0:
            raise SpanError(f"quote {quote[:60]!r}", "does not stand in the text")
        return cls(at, at + len(quote), quote)

    @classmethod
    def unplaced(cls, quote: str) -> "Span":
        """Return words whose place is not known."""
        return cls(-1, -1, quote)

    @property
    def placed(self) -> bool:
        """Whether the place of the words is known."""
        return self.start >= 0

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies within this span."""
        return self.placed and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.placed and other.placed and self.start < other.end and other.start < self.end
