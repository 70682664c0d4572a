"""Claims read again under another convention of what vague numbers come to."""

from dataclasses import replace

from tocsin.codebook.numbers import NumberWords
from tocsin.datamodel import Claim, CodedDocument
from tocsin.datamodel.claim import Number
from tocsin.extract.numbers import convention_named, read_numbers

#: The convention under which documents are coded.
CODED_UNDER = "codebook"


def read_again(coded: CodedDocument, words: NumberWords, convention: str) -> CodedDocument:
    """Return a document whose claims come to what their quotes mean under a convention; the words stay.

    Args:
        coded: as it was coded, under the codebook's own convention.
        words: number words of the codebook.
        convention: name of a convention.

    Raises:
        UsageError: where there is no such convention.
    """
    convention_named(words, convention)
    if convention == CODED_UNDER:
        return coded
    return replace(
        coded,
        mentions=tuple(
            replace(mention, claims=tuple(claim_under(claim, words, convention) for claim in mention.claims))
            for mention in coded.mentions
        ),
    )


def claim_under(claim: Claim, words: NumberWords, convention: str) -> Claim:
    """Return a claim under a convention.

    A claim whose quote alone does not come to its value (a share of a number told elsewhere, a person's correction)
    keeps the value. Under a convention that gives a word no number ("several" under ccc), the claim has none.
    """
    readings = read_numbers(claim.span.quote, words)
    # "Ms Lee and 14 others" are one more than the number in the quote.
    for more in (0, 1) if claim.span.quote.endswith("others") else (0,):
        for one in readings:
            if (_plus(one.low, more), _plus(one.high, more)) == (claim.low, claim.high):
                again = read_numbers(claim.span.quote, words, convention=convention)
                other = next((new for new in again if new.span.start == one.span.start), None)
                low, high = (None, None) if other is None else (_plus(other.low, more), _plus(other.high, more))
                return replace(claim, low=low, high=high)
    return claim


def _plus(number: Number | None, more: int) -> Number | None:
    return None if number is None else number + more
