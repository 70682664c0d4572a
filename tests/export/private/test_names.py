"""Which names are told to be public, and which are held back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.codebook.private import load_private
from tocsin.export.private.names import Known, NameFinder
from tocsin.gazetteer import open_gazetteer

FINDER = NameFinder(load_private(), open_gazetteer())


def _held(text: str, known: Known = Known(), persons: tuple[str, ...] = ()) -> list[str]:  # noqa: B008 - frozen
    spans = [(text.index(words), text.index(words) + len(words)) for words in persons]
    return [text[one.start : one.end] for one in FINDER.find(text, known, persons=spans).private]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Police detained Anna Petrova in Minsk on Sunday, her lawyer said.", ["Anna Petrova"]),
        ("Yesterday Petrova's brother, J. K. O'Neill-Smith, met Jan van der Berg.",
         ["Petrova", "J. K. O'Neill-Smith", "Jan van der Berg"]),
        ("They held al-Sayed and José de la Cruz.", ["al-Sayed", "José de la Cruz"]),
        ("Blessing Okafor, Mark Rose and Grace May were in the Strike Committee.",
         ["Blessing Okafor", "Mark Rose", "Grace May"]),
        ("Hope was released.", ["Hope"]),
        ("Mr. Hope and Dr. Lee were fined.", ["Hope", "Lee"]),
        ("李小龙 and Ольга Петрова were held.", ["李小龙", "Ольга Петрова"]),
        ("They held გიორგი კობალია, अनीता मुखोपाध्याय and петрова.",
         ["გიორგი კობალია", "अनीता मुखोपाध्याय", "петрова"]),
        ("He wrote to anna@example.org, @anna_p and https://example.org/anna.",
         ["anna@example.org", "@anna_p", "https://example.org/anna."[:-1] + "."]),
        ("She lives at 12 Lenin Street, flat 5; call +375 29 123-45-67.",
         ["12 Lenin Street", "flat 5", "+375 29 123-45-67"]),
        ("POLICE HELD ANNA PETROVA AND THE WORKERS CHEERED IN MINSK", ["ANNA PETROVA"]),
        ("They wrote #Freeal-Hamdani and @anna-petrova_1.", ["#Freeal-Hamdani", "@anna-petrova_1"]),
        ("King Okafor and Justice Moyo met General Manager Lena Brandt.",
         ["King Okafor", "Justice Moyo", "Lena Brandt"]),
        ("THEY FREED GUADALUPE ETXEBERRIA IN THE COURT. Others were not there then, and nobody came.",
         ["GUADALUPE ETXEBERRIA"]),
        ("former President Ivan Petrov was held.", ["Ivan Petrov"]),
        ("President Ivan Ivanov of the Dockers' Union spoke.", ["Ivan Ivanov"]),
        ("Student President Maria Kolesnikova spoke.", ["Maria Kolesnikova"]),
        ("The club president Maria Kolesnikova spoke.", ["Maria Kolesnikova"]),
        ("Maria Lukashenko met President Alexander Lukashenko.", ["Maria Lukashenko"]),
    ],
)  # fmt: skip
def test_held_back(text: str, held: list[str]) -> None:
    assert _held(text) == held


@pytest.mark.parametrize(
    "text",
    [
        "President Alexander Lukashenko said so.",
        "The interior minister Yuri Karayev and police spokeswoman Olga Chemodanova spoke.",
        "Prime Minister Karp and Belarusian Foreign Minister Vladimir Makei met in Warsaw.",
        "Workers at the Harbour Steel Works walked out; the Ministry of Labour protested.",
        "Hundreds of Belarusians, Poles and Ukrainians met in Warsaw and New York on Sunday.",
        "On 16 August, in May and on Monday the United Nations counted 1,200 people.",
        "Thousands marched. Meanwhile the Supreme Court of Belarus sat.",
    ],
)
def test_told_to_be_public(text: str) -> None:
    assert _held(text) == []


def test_a_surname_alone_has_the_key_of_the_full_name() -> None:
    found = FINDER.find("Anna Petrova was held. Petrova's friends waited for A. Petrova.").private
    assert len({one.key for one in found}) == 1


def test_a_private_surname_is_held_back_in_small_letters_too() -> None:
    assert _held("the petrova case", Known(private=frozenset(["petrova"]))) == ["petrova"]


def test_a_town_that_is_coded_as_a_person_is_one() -> None:
    assert _held("Later Jordan was fined.", persons=("Jordan",)) == ["Jordan"]


def test_a_public_surname_is_held_back_beside_a_given_name() -> None:
    known = Known(frozenset([("alexander", "karpenko")]), frozenset(["karpenko"]))
    assert _held("Karpenko met Maria Karpenko and Alexander Karpenko.", known) == ["Maria Karpenko"]


def test_of_a_text_without_capitals_only_known_words_stay() -> None:
    text = "police detained anna petrova and three other workers in minsk on sunday, her lawyer said"
    assert _held(text) == ["anna petrova"]


@given(st.text(max_size=200))
def test_ranges_lie_in_the_text_in_order_and_apart(text: str) -> None:
    at = 0
    for one in FINDER.find(text).private:
        assert at <= one.start < one.end <= len(text)
        at = one.end
