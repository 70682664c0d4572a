"""What a number counts, and of which happening."""

from datetime import date

import pytest

from tocsin.codebook import load_codebook
from tocsin.datamodel import NumberReading, Span
from tocsin.extract.claims import attribute_labelled, read_claims
from tocsin.extract.dates import read_dates
from tocsin.extract.numbers import currency_in, read_numbers
from tocsin.extract.tokens import tokenize
from tocsin.extract.triggers import find_triggers

CODEBOOK = load_codebook()


def _claims(text: str, country: str = "") -> list[tuple[str, str, float | None, float | None, str | None]]:
    """Type of the happening, attribute, low, high and unit of every claim of a sentence."""
    sentence = Span(0, len(text), text)
    dates = read_dates(text, CODEBOOK.dates, published=date(2024, 5, 16))
    numbers = [
        number
        for number in read_numbers(text, CODEBOOK.numbers)
        if not any(d.span.overlaps(number.span) for d in dates if d.kind not in ("duration", "set"))
    ]

    def currency(number: NumberReading) -> str | None:
        return currency_in(number, country, CODEBOOK.numbers)

    triggers = find_triggers(text, sentence, CODEBOOK.triggers)
    found = read_claims(text, tokenize(sentence), triggers, numbers, CODEBOOK.claims, currency=currency)
    return [
        (one.trigger.type, one.claim.attribute, one.claim.low, one.claim.high, one.claim.unit)
        for one in sorted(found, key=lambda one: one.claim.span)
    ]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Some 900 people marched.", [("demonstration", "participants", 900, 900, None)]),
        ("Police detained 30 people.", [("detention", "affected", 30, 30, None)]),
        ("Over 600 people were arrested.", [("detention", "affected", 600, None, None)]),
        # each number goes to its own verb
        (
            "Some 20,000 people marched and 30 were detained.",
            [("demonstration", "participants", 20000, 20000, None), ("detention", "affected", 30, 30, None)],
        ),
        ("Protests took place in 16 other cities.", [("demonstration", "sites", 16, 16, None)]),
        ("Tear gas was fired and 17 people were injured.", [("force", "injured", 17, 17, None)]),
        ("The strike has lasted 12 days.", [("strike", "duration", 12, 12, None)]),
        ("He was sentenced to four years.", [("sentence", "term", 1460, 1460, None)]),
        ("The editor was fined 2,000 euros.", [("sentence", "amount", 2000, 2000, "EUR")]),
        ("The strike cost 4,000 tonnes of paper.", [("strike", "output_loss", 4000, 4000, "tonnes")]),
        ("Police searched 14 homes.", [("raid", "sites", 14, 14, None)]),
        # people told one by one
        ("Police detained two men and a woman.", [("detention", "affected", 3, 3, None)]),
        ("Police detained Anna Lee and four editors.", [("detention", "affected", 5, 5, None)]),
        ("Police detained 30 people and a car.", [("detention", "affected", 30, 30, None)]),
        ("Reporters put the crowd at 9,000, and police detained 30 people.", [("detention", "affected", 30, 30, None)]),
        # what is no claim
        ("Viktor Lee, a banker for 20 years, was jailed.", []),
        ("Police arrested 120 people, including 34 minors.", [("detention", "affected", 120, 120, None)]),
        ("Miners walked out on 3 May 2024.", []),
        ("The strike began at six.", []),
        ("Nothing was said of the strike.", []),
        ("After two days the strike ended.", []),
    ],
)
def test_claims(text: str, claims: list[tuple[str, str, float | None, float | None, str | None]]) -> None:
    assert _claims(text) == claims


def test_a_bare_sum_takes_the_currency_of_the_country() -> None:
    assert _claims("The editor was fined 300 roubles.", "BY")[0][4] == "BYN"
    assert _claims("The editor was fined 300 roubles.", "RU")[0][4] == "RUB"


def test_a_number_without_a_happening_is_no_claim() -> None:
    text = "Some 900 people live there."
    numbers = read_numbers(text, CODEBOOK.numbers)
    tokens = tokenize(Span(0, len(text), text))
    assert read_claims(text, tokens, (), numbers, CODEBOOK.claims, currency=lambda number: None) == ()


def test_a_claim_is_quoted_with_what_it_counts() -> None:
    text = "Over 600 people were arrested."
    sentence = Span(0, len(text), text)
    triggers = find_triggers(text, sentence, CODEBOOK.triggers)
    numbers = read_numbers(text, CODEBOOK.numbers)
    (one,) = read_claims(text, tokenize(sentence), triggers, numbers, CODEBOOK.claims, currency=lambda n: None)
    assert one.claim.span.quote == "Over 600 people"


@pytest.mark.parametrize(
    ("text", "quote", "label", "kind", "attribute"),
    [
        ("Seven workers got eight months in prison.", "eight months", "affected", "sentence", "term"),
        ("She was held for two days.", "two days", "duration", "detention", "term"),
        ("The strike lasted two days.", "two days", "duration", "strike", "duration"),
        ("The strike lasted two days.", "two days", "participants", "strike", None),
        ("Observers put the crowd in Minsk at 9,000, and 633 were detained.", "9,000", "affected", "detention", None),
        (
            "Observers put the crowd in Minsk at 9,000, and 633 were detained.",
            "633",
            "affected",
            "detention",
            "affected",
        ),
        ("At its height 1,100 of 1,723 employees were out.", "1,723", "participants", "strike", "workforce"),
        ("At its height 1,100 of 1,723 employees were out.", "1,100", "participants", "strike", "participants"),
    ],
)
def test_a_label_gives_way_to_what_the_number_is(
    text: str, quote: str, label: str, kind: str, attribute: str | None
) -> None:
    number = next(n for n in read_numbers(text, CODEBOOK.numbers) if n.span.quote.endswith(quote))
    tokens = tokenize(Span(0, len(text), text))
    assert attribute_labelled(label, number, kind, tokens, CODEBOOK.claims) == attribute
