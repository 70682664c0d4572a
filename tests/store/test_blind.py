"""Reviewers who code apart see nothing of each other, and nothing of it counts until one coding is adopted."""

from typing import Any

import pytest

from tocsin.errors import DecisionError
from tocsin.store.record import Record


@pytest.fixture
def mentions(record: Record, make_coded: Any) -> list[str]:
    record.add(make_coded(), run=record.start_run("tocsin", "rules"), coder="rules")
    record.blind("a", ["Ann", "Ben"], reviewer="Cid")
    return [m.id for coded in record.coded() for m in coded.mentions]


def _modalities(record: Record, hand: str | None = None) -> list[str]:
    return [one.mention.modality for one in record.state("a", hand=hand).mentions]


def test_each_hand_sees_its_own_decisions_alone(record: Record, mentions: list[str]) -> None:
    record.set(mentions[0], {"modality": "planned"}, reviewer="Ann")
    record.drop(mentions[1], reviewer="Ben")
    assert _modalities(record) == ["occurred", "occurred"]
    assert _modalities(record, "Ann") == ["planned", "occurred"]
    assert _modalities(record, "Ben") == ["occurred"]
    assert [m.modality for coded in record.coded() for m in coded.mentions] == ["occurred", "occurred"]
    assert record.sizes().mentions == 2


def test_one_hand_does_not_stand_in_the_way_of_the_other(record: Record, mentions: list[str]) -> None:
    seen = {mentions[0]: record.state("a", hand="Ben").mentions[0].version}
    record.set(mentions[0], {"modality": "planned"}, reviewer="Ann")
    record.set(mentions[0], {"modality": "denied"}, reviewer="Ben", seen=seen)
    assert record.state("a", hand="Ben").mentions[0].version == 1


def test_an_adopted_coding_counts_and_more_is_decided_on_top(record: Record, mentions: list[str]) -> None:
    record.set(mentions[0], {"modality": "planned"}, reviewer="Ann")
    record.set(mentions[0], {"modality": "denied"}, reviewer="Ben")
    record.adopt("a", "Ann", reviewer="Cid")
    assert _modalities(record) == ["planned", "occurred"]
    record.set(mentions[1], {"modality": "ongoing"}, reviewer="Cid")
    assert [m.modality for coded in record.coded() for m in coded.mentions] == ["planned", "ongoing"]
    record.adopt("a", "Ben", reviewer="Cid")
    assert _modalities(record) == ["denied", "ongoing"]
    with pytest.raises(DecisionError, match="does not code"):
        record.adopt("a", "Dot", reviewer="Cid")
    record.go(None, reviewer="Cid")
    assert _modalities(record) == ["denied", "occurred"]


def test_what_hands_decide_apart_may_contradict_each_other(
    record: Record, mentions: list[str], make_coded: Any
) -> None:
    record.add(make_coded("b", publisher="b"), run=record.start_run("tocsin", "rules"), coder="rules")
    one, two = mentions
    three = [m.id for coded in record.coded() for m in coded.mentions][2]
    record.decide("same", one, other=two, reviewer="Ann")
    record.decide("same", two, other=three, reviewer="Ann")
    record.decide("different", one, other=three, reviewer="Ben")
    assert record.decided_pairs() == ((), ())
    record.adopt("a", "Ann", reviewer="Cid")
    with pytest.raises(DecisionError, match="one happening by some decisions and two by another"):
        record.decide("different", one, other=three, reviewer="Cid")


def test_pairs_that_a_hand_decides_do_not_count(record: Record, mentions: list[str]) -> None:
    record.decide("same", *mentions[:1], other=mentions[1], reviewer="Ann")
    record.decide("accept", mentions[0], reviewer="Ann")
    assert (record.decided_pairs(), record.judgements()) == (((), ()), {})
