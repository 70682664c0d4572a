"""Where a happening was, by the sentence that tells it."""

from functools import cache

import pytest

from tocsin.codebook import load_codebook
from tocsin.datamodel import Place, Span
from tocsin.extract.happening_places import carries_over, happening_places, running_places, without_quotes
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.places import place_lexicon, read_places
from tocsin.gazetteer import open_gazetteer


@cache
def lexicon() -> PlaceLexicon:
    return place_lexicon(load_codebook().places, open_gazetteer())


def places(sentence: str, trigger: str, *, about: str = "") -> tuple[Place, ...]:
    text = f"{sentence} {about}".strip()
    return happening_places(
        text,
        read_places(text, lexicon()),
        sentence=Span.of(text, 0, len(sentence)),
        trigger=Span.find(text, trigger),
        lexicon=lexicon(),
    )


@pytest.mark.parametrize(
    ("sentence", "trigger", "expected"),
    [
        ("Hundreds marched in Minsk on Sunday.", "marched", ["Minsk"]),
        ("In Nairobi police fired tear gas.", "fired tear gas", ["Nairobi"]),
        ("MINSK, Sept 14 (Agency) - Hundreds marched on Sunday.", "marched", ["MINSK"]),
        ("DHAKA: Workers marched at Gazipur on Sunday.", "marched", ["Gazipur"]),
        ("Workers in Lyon, Lille and Nantes walked out.", "walked out", ["Lyon", "Lille", "Nantes"]),
        ("Teachers marched in Lahore and in Karachi.", "marched", ["Lahore", "Karachi"]),
        ("At Hyderabad, in Sindh, the press club was raided.", "raided", ["Hyderabad"]),
        ("The strike halted trains across Belgium.", "strike", ["Belgium"]),
        ("Lima: tear gas was fired at teachers.", "tear gas", ["Lima"]),
        ("Students marched in Lima, but in Cusco nobody came.", "marched", ["Lima"]),
        ("Moscow said that the march would be stopped.", "march", []),
        ("Belarusian police detained nine people.", "detained", []),
        ("A man from Warsaw was detained.", "detained", []),
        ("Police detained nine people.", "detained", []),
        ("LAGOS, Oct 20 - Police in Nigeria's commercial capital fired tear gas.", "fired", ["LAGOS"]),
        ("Railway workers are on the tracks at the Gare de Lyon in Paris.", "on the tracks", ["Paris"]),
        ("Drivers blocked the Dhaka highway in Gazipur.", "blocked", ["Gazipur"]),
    ],
)
def test_the_places_of_a_sentence(sentence: str, trigger: str, expected: list[str]) -> None:
    assert [place.span.quote for place in places(sentence, trigger) if place.span] == expected


def test_the_capital_is_that_of_the_country_told_of() -> None:
    (place,) = places(
        "Thousands came out in the capital.", "came out", about="Madagascar has no power. Madagascar waits."
    )
    assert place.span is not None
    assert (place.span.quote, place.name, place.country) == ("the capital", "Antananarivo", "MG")


def test_a_village_that_no_index_knows_keeps_its_words_and_its_country() -> None:
    (place,) = places("Shots were fired in the village of Kostrava in Belarus.", "Shots were fired")
    assert (place.name, place.country, place.lat) == ("Kostrava", "BY", None)


def test_a_place_carries_the_usual_name_and_keeps_the_words() -> None:
    (place,) = places("Mill hands struck in Bombay.", "struck")
    assert place.span is not None
    assert (place.span.quote, place.name, place.country) == ("Bombay", "Mumbai", "IN")


def test_a_document_starts_from_its_dateline_then_its_first_settlement() -> None:
    readings = read_places("Paris was calm.\nMINSK, Sept 14 - Hundreds marched in Brest.", lexicon())
    assert [(place.name, place.span) for place in running_places(readings)] == [("Minsk", None)]
    readings = read_places("In Kenya, people marched in Kisumu and Nairobi.", lexicon())
    assert [place.name for place in running_places(readings)] == ["Kisumu"]
    assert running_places(()) == ()


def test_places_taken_over_have_no_quote() -> None:
    (place,) = without_quotes(places("Hundreds marched in Minsk.", "marched"))
    assert (place.span, place.name) == (None, "Minsk")


def test_marches_take_places_over_and_loans_do_not() -> None:
    def over(type_name: str, *, scope: str = "single", modality: str = "occurred", beside: bool = True) -> bool:
        return carries_over(lexicon(), type_name=type_name, scope=scope, modality=modality, beside_placed=beside)

    assert over("demonstration", beside=False)
    assert over("detention")
    assert not over("detention", beside=False)
    assert not over("aid")
    assert not over("demonstration", scope="total")
    assert not over("demonstration", modality="planned")
