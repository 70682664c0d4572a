"""One grammar chooses events: what is written is what is meant, and what is not known is never taken for something."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.codebook import load_codebook
from tocsin.datamodel import DateRange, Place
from tocsin.datamodel.where import Facts, Term, Where, holds, parse_where, status_of
from tocsin.errors import UsageError

WORDS = load_codebook().vocabulary.where_words
STRIKE = Facts(
    "strike",
    "occurred",
    "single",
    DateRange(date(2020, 8, 17), date(2020, 8, 19), "day", "stated"),
    (Place(None, "Salihorsk", "BY", "Minsk", 52.8, 27.5), Place(None, "Minsk", "BY")),
    frozenset({"Free Miner", ""}),
    frozenset({"union"}),
    "open",
    (("participants", 400), ("amount", 2.5), ("injured", None)),
)
NOTHING = Facts("strike", "occurred", "single", DateRange(), (), frozenset({""}), frozenset(), "open", ())


def _holds(written: str, facts: Facts = STRIKE) -> bool:
    return holds(parse_where([written], WORDS), facts)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "type=strike",
        "type=riot,strike",
        "category=labour",
        "category!=protest",
        "modality=occurred scope=single",
        "country=BY",
        "country=by",
        "country!=PL",
        "region=minsk",
        'place="Salihorsk"',
        "place=Brest,Minsk",
        "day=2020-08-18",
        "from=2020-08-19",
        "to=2020-08-17",
        "from=2020-08-01 to=2020-08-31",
        'publisher="free miner"',
        "speaker=union",
        "status=open",
        "participants>=400",
        "participants = 400",
        "participants<401 participants>399.5",
        "amount=2.5",
        "injured=unknown",
        "injured!=0",
    ],
)
def test_what_holds(written: str) -> None:
    assert _holds(written)


@pytest.mark.parametrize(
    "written",
    [
        "type!=strike",
        "type=riot",
        "category=protest",
        "scope=total",
        "country=PL",
        "place=Salihors",
        "region=unknown",
        "day=2020-08-20",
        "day!=2020-08-18",
        "from=2020-08-20",
        "to=2020-08-16",
        "publisher=Miner",
        "speaker=police",
        "status=accepted,rejected",
        "participants>400",
        "participants=unknown",
        "injured=0",
        "injured<1000",
        "killed>=0",
        "type=strike country=PL",
    ],
)
def test_what_does_not(written: str) -> None:
    assert not _holds(written)


def test_what_is_not_known_fits_unknown_and_not_equal_alone() -> None:
    for word, value in (("country", "BY"), ("place", "Minsk"), ("publisher", "X"), ("day", "2020-08-18")):
        assert _holds(f"{word}=unknown", NOTHING)
        assert not _holds(f"{word}={value}", NOTHING)
        assert _holds(f"{word}!={value}", NOTHING)
        assert not _holds(f"{word}!=unknown", NOTHING)
    assert not _holds("from=1900-01-01", NOTHING)
    assert not _holds("participants>=0", NOTHING)


def test_what_still_goes_on_has_no_last_day_and_what_is_over_had_one() -> None:
    started = DateRange(date(2020, 8, 17), None, "day", "stated")
    going = Facts("strike", "ongoing", "single", started, (), frozenset(), frozenset(), "open", ())
    over = Facts("strike", "occurred", "single", started, (), frozenset(), frozenset(), "open", ())
    assert _holds("from=2020-09-30", going)
    assert not _holds("from=2020-09-30", over)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("colour=red", "no word"),
        ("type=parade", "'parade' is not known"),
        ("type>strike", "does not take >"),
        ("from!=2020-08-01", "does not take !="),
        ("from=August", "is no day"),
        ("participants>=many", "is no number"),
        ("participants>=nan", "is no number"),
        ("participants>unknown", "is no number"),
        ("strikes in Minsk", "is no term"),
        ("type=", "is no term"),
        ("type=strike;country=BY", "is not known"),
    ],
)
def test_what_is_no_term_is_said_so(written: str, said: str) -> None:
    with pytest.raises(UsageError, match="where") as found:
        parse_where([written], WORDS)
    assert said in str(found.value)


values = st.text(st.characters(codec="utf-8", exclude_characters='"'), min_size=1)


@given(
    st.lists(
        st.tuples(st.sampled_from(("place", "publisher")), st.sampled_from(("=", "!=")), st.lists(values, min_size=1))
    )
)
def test_a_choice_reads_back_as_it_is_written(terms: list[tuple[str, str, list[str]]]) -> None:
    where = Where(tuple(Term(word, sign, tuple(said)) for word, sign, said in terms))
    assert parse_where([str(where)], WORDS) == where


@given(st.integers(-40, 40), st.integers(0, 20), st.integers(-40, 40), st.integers(0, 20))
def test_from_and_to_choose_what_shares_a_day(start: int, length: int, begin: int, more: int) -> None:
    zero = date(2020, 8, 1)
    days = [zero + timedelta(start + n) for n in range(length + 1)]
    window = [zero + timedelta(begin + n) for n in range(more + 1)]
    when = DateRange(days[0], days[-1], "day", "stated")
    facts = Facts("strike", "occurred", "single", when, (), frozenset(), frozenset(), "open", ())
    assert _holds(f"from={window[0]} to={window[-1]}", facts) == bool(set(days) & set(window))


def test_one_accepted_mention_makes_an_event_accepted() -> None:
    assert status_of(["accept", None]) == "accepted"
    assert status_of(["reject", "reject"]) == "rejected"
    assert status_of(["reject", None]) == status_of([]) == "open"
