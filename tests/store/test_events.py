"""Event ids stay, merges forward and come back, decisions never contradict each other."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.errors import DecisionError, RecordError
from tocsin.pipeline import link_record
from tocsin.store.record import Record, open_record

OTHER = "Some 450 miners walked out in Soligorsk on Monday, their union said. Police detained 12 of them."
THIRD = "Around 500 miners walked out in Soligorsk on Monday, a union said. Police detained 13 of them."


@pytest.fixture
def strikes(record: Record, make_coded: Any) -> list[str]:
    """The ids of three mentions of one strike, in three documents."""
    run = record.start_run("tocsin 1", "rules 1")
    for name, text in (("a", None), ("b", OTHER), ("c", THIRD)):
        coded = make_coded(name) if text is None else _retold(make_coded, name, text)
        record.add(coded, run=run, coder="rules 1")
    return [m.id for coded in record.coded() for m in coded.mentions if m.type == "strike"]


def _retold(make_coded: Any, name: str, text: str) -> Any:
    from dataclasses import replace

    from tocsin.datamodel import Span

    coded = make_coded(name)
    first, second = coded.mentions
    document = replace(coded.document, text=text, publisher=f"Radio {name}")

    def moved(mention: Any, words: str) -> Any:
        sentence = Span.find(text, words)
        evidence = replace(
            mention.evidence[0], sentence=sentence, trigger=Span.find(text, mention.evidence[0].trigger.quote)
        )
        places = tuple(replace(p, span=Span.find(text, p.span.quote)) for p in mention.places)
        return replace(mention, evidence=(evidence,), places=places, actors=(), claims=())

    one, two = text.split(". ")
    return replace(coded, document=document, mentions=(moved(first, one + "."), moved(second, two)))


def _events(record: Record, mentions: list[str]) -> list[str | None]:
    return [record.event_of(mention) for mention in mentions]


def test_tellings_of_one_strike_are_one_event_that_gives_its_reasons(record: Record, strikes: list[str]) -> None:
    link_record(record)
    (event,) = set(_events(record, strikes))
    assert event is not None
    assert record.event(event) == (event, tuple(sorted(strikes)))
    assert "days" in [comparison for comparison, _, _ in record.reasons(strikes)[0].steps]


def test_a_reprint_is_kept_as_a_copy_until_the_documents_change(record: Record, make_coded: Any) -> None:
    run = record.start_run("tocsin 1", "rules 1")
    long = " ".join(f"The miners of shaft {n} came up and stayed at the gate until the evening." for n in range(9))
    for name in ("b", "a"):
        record.add(make_coded(name, _long(long), publisher=name), run=run, coder="rules 1")
    link_record(record)
    assert record.copies() == {"b": "a"}
    record.add(make_coded("b", publisher="b"), run=run, coder="rules 1")
    link_record(record)
    assert record.copies() == {}


def _long(words: str) -> str:
    return f"About 400 miners walked out in Soligorsk on Monday, the union said. Police detained 12 of them. {words}"


def test_linking_twice_adds_nothing_and_a_decision_asks_for_it_again(record: Record, strikes: list[str]) -> None:
    link_record(record)
    before = record.events()
    assert record.is_linked("x") is False
    link_record(record)
    assert record.events() == before
    record.decide("different", strikes[0], other=strikes[1], reviewer="Ann")
    link_record(record)
    assert record.events() != before


def test_of_two_linkings_at_a_time_the_later_one_begins_anew(record: Record, strikes: list[str]) -> None:
    with open_record(Path(record.name)) as other:
        whole = other.all_documents()
        link_record(record)
        assert not other.set_events([[name] for name in strikes], linker="test", changed=whole)
        record.decide("different", strikes[0], other=strikes[1], reviewer="Ann")
        few = other.changed_documents()
        link_record(record)
        before = record.events()
        assert not other.update_events(lambda kept: pytest.fail("is not asked"), few)
        link_record(other)
        assert record.events() == before


def test_a_split_and_its_undo_give_back_what_was(record: Record, strikes: list[str]) -> None:
    link_record(record)
    before = record.events()
    (event,) = set(_events(record, strikes))
    made = record.split(str(event), [strikes[2]], reviewer="Ann", reason="another mine")
    link_record(record)
    parted = _events(record, strikes)
    assert parted[0] == parted[1] != parted[2]
    assert event in parted
    for decision in made:
        record.undo(decision.id, reviewer="Ann")
    link_record(record)
    assert record.events() == before
    assert {record.event(str(one))[0] for one in parted} == {event}


def test_a_merge_forwards_the_old_id_and_its_undo_brings_it_back(record: Record, strikes: list[str]) -> None:
    link_record(record)
    detention = next(m.id for coded in record.coded() for m in coded.mentions if m.type == "detention")
    strike, custody = record.event_of(strikes[0]), record.event_of(detention)
    assert strike and custody and strike != custody
    made = record.merge(strike, custody, reviewer="Ann")
    link_record(record)
    assert record.event(strike)[0] == record.event(custody)[0]
    for decision in made:
        record.undo(decision.id, reviewer="Ann")
    link_record(record)
    assert (record.event(strike)[0], record.event(custody)[0]) == (strike, custody)


def test_what_contradicts_itself_is_refused_and_nothing_changes(record: Record, strikes: list[str]) -> None:
    link_record(record)
    (event,) = set(_events(record, strikes))
    record.decide("same", strikes[0], other=strikes[1], reviewer="Ann")
    record.decide("same", strikes[1], other=strikes[2], reviewer="Ann")
    before = record.decisions()
    with pytest.raises(DecisionError, match="one happening by some decisions and two by another"):
        record.decide("different", strikes[0], other=strikes[2], reviewer="Ben")
    with pytest.raises(DecisionError, match="cannot be merged into itself"):
        record.merge(str(event), str(event), reviewer="Ben")
    with pytest.raises(DecisionError, match="against itself"):
        record.decide("same", strikes[0], other=strikes[0], reviewer="Ben")
    with pytest.raises(DecisionError, match="needs a second mention"):
        record.decide("same", strikes[0], reviewer="Ben")
    with pytest.raises(DecisionError, match="not all"):
        record.split(str(event), strikes, reviewer="Ben")
    with pytest.raises(DecisionError, match="is not in the record"):
        record.decide("same", strikes[0], other="m-0", reviewer="Ben")
    with pytest.raises(RecordError, match="names no event"):
        record.event("e-0")
    assert record.decisions() == before


HISTORIES = st.lists(st.lists(st.integers(0, 3), min_size=6, max_size=6), min_size=1, max_size=4)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORIES)
def test_every_id_ever_given_leads_to_an_event(
    tmp_path_factory: Any, make_coded: Any, histories: list[list[int]]
) -> None:
    path: Path = tmp_path_factory.mktemp("events") / "r"
    with open_record(path) as record:
        run = record.start_run("tocsin 1", "rules 1")
        for name in "abc":
            record.add(make_coded(name, publisher=name), run=run, coder="rules 1")
        mentions = [m.id for coded in record.coded() for m in coded.mentions]
        given_out: set[str] = set()
        for labels in histories:
            groups: dict[int, list[str]] = {}
            for mention, label in zip(mentions, labels, strict=True):
                groups.setdefault(label, []).append(mention)
            record.set_events(groups.values(), {}, linker="test")
            assert sorted(map(sorted, record.events().values())) == sorted(map(sorted, groups.values()))
            given_out |= set(record.events())
            for event in given_out:
                assert record.event(event)[0] in record.events()


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations("abcde"), st.sets(st.integers(1, 4)))
def test_what_is_put_together_hangs_on_neither_the_order_nor_the_runs(
    tmp_path_factory: Any, make_coded: Any, order: list[str], stops: set[int]
) -> None:
    texts = {"a": None, "b": OTHER, "c": THIRD, "d": None, "e": OTHER.replace("450", "430")}

    def told(name: str) -> Any:
        text = texts[name]
        return make_coded(name, publisher=name) if text is None else _retold(make_coded, name, text)

    def linked(names: Any, pauses: set[int]) -> list[list[str]]:
        with open_record(tmp_path_factory.mktemp("order") / "r") as record:
            run = record.start_run("tocsin 1", "rules 1")
            for number, name in enumerate(names):
                if number in pauses:
                    link_record(record)
                record.add(told(name), run=run, coder="rules 1")
            link_record(record)
            return sorted(sorted(mentions) for mentions in record.events().values())

    assert linked(order, stops) == linked("abcde", set())
