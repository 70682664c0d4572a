"""The small parts of the desk: keys, weights in words, figures on one scale, who may look at codings made apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import Served, serving

from tocsin.datamodel import Figure, Statement, Voice
from tocsin.store.events import LinkedPair
from tocsin.store.record import open_record
from tocsin.web.desk import Door
from tocsin.web.figures import WIDE, figure_row
from tocsin.web.keys import COMMANDS, keys_of
from tocsin.web.weights import reasons_of, weight_words

USUAL = {command.name: command.key for command in COMMANDS}


def test_no_two_commands_share_a_key() -> None:
    assert len(set(USUAL.values())) == len(USUAL)


@given(st.text(max_size=200))
def test_whatever_a_browser_sends_each_command_has_a_key_of_its_own(cookie: str) -> None:
    keys = keys_of(cookie)
    assert keys.keys() == USUAL.keys()
    assert len(set(keys.values())) == len(keys)
    assert not set(keys.values()) & set("0123456789")


def test_a_key_that_was_chosen_takes_the_place_of_the_usual_one() -> None:
    assert keys_of("accept=y")["accept"] == "y"
    assert keys_of("accept=x") == USUAL  # rejects already
    assert keys_of("accept=1&nothing=z&reject=%3Cb%3E") == USUAL


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (0.1, "says next to nothing"),
        (1.0, "2 times likelier in one happening"),
        (-1.0, "2 times likelier in two"),
        (5.32, "40 times likelier in one happening"),
        (30.0, "more than 1,000 times likelier in one happening"),
        (-400.0, "more than 1,000 times likelier in two"),
    ],
)
def test_weights_in_words(weight: float, words: str) -> None:
    assert weight_words(weight) == words


def test_what_says_most_comes_first_and_what_says_little_is_counted() -> None:
    pair = LinkedPair("m-1", "m-2", (("days", "same day", 1.5), ("words", "few", 0.1), ("place", "same place", 2.5)))
    (reason,) = reasons_of([pair], {"m-1": "Free Radio"})
    assert [step.compared for step in reason.steps] == ["place", "days"]
    assert (reason.names, reason.others) == (("Free Radio", "m-2"), 1)


NUMBERS = st.integers(0, 10**9) | st.none()


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=6))
def test_every_voice_stands_on_one_scale(ends: list[tuple[int | None, int | None]]) -> None:
    said = [(low, high) if None in (low, high) or low <= high else (high, low) for low, high in ends]  # type: ignore[operator]
    voices = tuple(
        Voice(f"v{n}", (), (Statement(low, high, None, "words", ("",), ("c",)),)) for n, (low, high) in enumerate(said)
    )
    row = figure_row(Figure("participants", None, None, None, None, 0, "median of voices", voices), "strike")
    assert len(row.voices) == len(voices)
    for shown, (low, high) in zip(row.voices, said, strict=True):
        assert (shown.bar is None) == (low is None and high is None)
        if shown.bar is not None:
            assert 0 <= shown.bar.start <= shown.bar.start + shown.bar.width <= WIDE + 1.5


def test_a_token_lets_in_once_and_a_key_as_often_as_it_is_shown() -> None:
    door = Door()
    token = door.invite("Ana")
    key = door.enter(token)
    assert key is not None
    assert door.enter(token) is None
    assert door.enter("") is None
    assert [door.reviewer(one) for one in (key, key, "", "ключ")] == ["Ana", "Ana", None, None]


def test_who_codes_apart_sees_no_other_coding_before_the_own_is_done(desk: Served) -> None:
    with open_record(desk.desk.path) as record:
        key = record.document_key("a")
        mention = record.state(key).mentions[0].mention.id
        record.blind(key, ["Ben", "Cleo"], reviewer="Ana")
        record.decide("reject", mention, reviewer="Ben")
    with serving(desk.desk.path, reviewer="Cleo") as cleo:
        assert cleo.get(f"/opinions/{key}").status == 409
        states = {card["id"]: card["state"] for card in cleo.get(f"/documents/{key}.json").json()["cards"]}
        assert states[mention] == "open"
        assert cleo.post(f"/documents/{key}/finish", {}).status == 200
        page = cleo.get(f"/opinions/{key}")
        assert page.status == 200
        assert "rejected" in page.body
        assert cleo.post(f"/opinions/{key}/adopt", {"hand": "Ben"}).status == 200
        assert cleo.post(f"/opinions/{key}/adopt", {"hand": "Nobody"}).status == 409
    with open_record(desk.desk.path) as record:
        assert record.judgements()[mention] == "reject"
