"""A claim means what its words mean under a convention, and keeps what its words alone do not say."""

import pytest

from tocsin.codebook import load_codebook
from tocsin.datamodel import Claim, CodedDocument, Document, Span
from tocsin.datamodel.claim import Number
from tocsin.errors import UsageError
from tocsin.extract.conventions import claim_under, read_again

Interval = tuple[Number | None, Number | None]


@pytest.mark.parametrize(
    ("quote", "coded", "convention", "expected"),
    [
        ("hundreds of people", (200, 999), "ccc", (200, 200)),
        ("hundreds of people", (200, 999), "mpeds", (150, 150)),
        ("over 400 arrested", (400, None), "ccc", (400, 400)),
        ("over 400 arrested", (400, None), "acled", (400, None)),
        ("300 to 400 miners", (300, 400), "count_love", (300, 300)),
        ("400 miners", (400, 400), "ccc", (400, 400)),
        ("several activists", (3, 9), "ccc", (None, None)),
        ("Maria Petrova and dozens of others", (25, 100), "ccc", (25, 25)),
        ("38 %", (1292, 1292), "ccc", (1292, 1292)),
        ("hundreds of people", (350, 350), "ccc", (350, 350)),
    ],
)
def test_a_claim_under_a_convention(quote: str, coded: Interval, convention: str, expected: Interval) -> None:
    claim = Claim("participants", *coded, False, None, Span.unplaced(quote))
    again = claim_under(claim, load_codebook().numbers, convention)
    assert (again.low, again.high) == expected
    assert again.span == claim.span


def test_an_unknown_convention_is_said() -> None:
    with pytest.raises(UsageError, match="convention 'mine'"):
        read_again(CodedDocument(Document("a", "b"), ()), load_codebook().numbers, "mine")
