"""Exact words and where they stand."""

from dataclasses import dataclass

from tocsin.datamodel.portable import Portable
from tocsin.errors import SpanError


@dataclass(frozen=True, slots=True, order=True, init=False)
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

    # By hand, for there are more spans than anything else: the one that dataclass writes takes half as long again.
    def __init__(self, start: int, end: int, quote: str) -> None:
        if (start < 0 or end - start != len(quote)) and not start == -1 == end:
            raise SpanError(f"span {start}-{end}", f"does not fit its quote {quote[:60]!r}")
        put = object.__setattr__
        put(self, "start", start)
        put(self, "end", end)
        put(self, "quote", quote)

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
