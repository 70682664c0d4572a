"""Numbers in running text: what each comes to, what it is a number of, and what it counts."""

from collections.abc import Iterator

from tocsin.codebook.numbers import Convention, NumberWords
from tocsin.datamodel.readings import NumberReading
from tocsin.errors import UsageError
from tocsin.extract.number_phrases import numbers_in
from tocsin.extract.number_sizes import size_of
from tocsin.extract.number_tokens import Tokens

#: Texts are read in parts of this many characters, cut at white space, so that memory stays flat.
_PART = 20_000
#: How far before its end a part may be cut.
_CUT = 500


def read_numbers(
    text: str, words: NumberWords, *, convention: str = "codebook", start: int = 0, end: int | None = None
) -> tuple[NumberReading, ...]:
    """Return every number of a text, or of a part of it, in the order of the text.

    Args:
        text: the text.
        words: number words of the codebook.
        convention: what vague words come to; switching it changes low and high, never the words.
        start, end: the part to read, in code points; offsets of the result are those of `text`.

    Returns:
        Readings that do not overlap. `kind` is "count" for people and things; durations and terms are in days.

    Raises:
        UsageError: where there is no such convention.
    """
    chosen = convention_named(words, convention)
    readings: list[NumberReading] = []
    for offset, part in _parts(text, start, len(text) if end is None else end):
        tokens = Tokens(part)
        readings.extend(found.reading(tokens, offset) for found in numbers_in(tokens, words, chosen))
    return tuple(readings)


def read_size(phrase: str, words: NumberWords, *, convention: str = "codebook") -> NumberReading | None:
    """Return what a phrase that tells the size of a crowd comes to as a whole.

    Every number in it is taken for people; several estimates are joined as the convention demands, and parts of one
    crowd ("100 teachers and 20 students") are added.

    Args:
        phrase: a few words: "about 100; dozens".
        words: number words of the codebook.
        convention: what vague words, bounds and several estimates come to.

    Returns:
        One reading over all the words used, or None where the phrase gives no number.

    Raises:
        UsageError: where there is no such convention.
    """
    return size_of(phrase, words, convention_named(words, convention))


def currency_in(reading: NumberReading, country: str, words: NumberWords) -> str | None:
    """Return the code of a sum of money told in a country: dollars in Australia are AUD.

    Args:
        reading: a number of kind "money".
        country: ISO 3166 code of the country of the happening.
        words: number words of the codebook.

    Returns:
        The reading's own code where its words name the country's money already, or share their name with no other.
    """
    tokens = Tokens(reading.span.quote).words
    if not words.money_adjectives.keys().isdisjoint(tokens):
        return reading.unit
    marks = {"$": "dollar", "£": "pound", "rs": "rupee", "re": "rupee"}
    for at, token in enumerate(tokens):
        name = marks.get(token, token)
        if token in marks and tokens[at - 1].isalpha() and reading.unit not in ("USD", "GBP", "INR"):
            continue
        for known in (name, name.removesuffix("s")):
            if country in words.money_national.get(known, ()):
                return words.money_national[known][country]
    return reading.unit


def convention_named(words: NumberWords, name: str) -> Convention:
    """Return the convention of that name; raise UsageError where there is none."""
    try:
        return words.conventions[name]
    except KeyError:
        known = ", ".join(words.conventions)
        raise UsageError(f"convention {name!r}", "is not in the codebook", f"choose one of {known}") from None


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    while end - start > _PART:
        stop = start + _PART
        cut = max(text.rfind("\n", stop - _CUT, stop), text.rfind(". ", stop - _CUT, stop)) + 1
        cut = cut or text.rfind(" ", stop - _CUT, stop) + 1 or stop
        yield start, text[start:cut]
        start = cut
    if start < end:
        yield start, text[start:end]
