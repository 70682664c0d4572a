"""What waits comes by its score, controls among it; what is decided leaves at once and for good."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tocsin.datamodel.queue import Waiting
from tocsin.pipeline import link_record
from tocsin.store.queue import CONTROL
from tocsin.store.record import Record, open_record

DOCUMENTS = 40


@pytest.fixture
def full(tmp_path: Path, make_coded: Any) -> Iterator[Record]:
    """Forty documents; the first tells of a million people, the second without a day or place."""
    with open_record(tmp_path / "full") as record:
        run = record.start_run("tocsin", "rules")
        for n in range(DOCUMENTS):
            coded = make_coded(f"d{n}", publisher=f"Radio {n}")
            if n == 0:
                first = coded.mentions[0]
                claims = (replace(first.claims[0], low=1_000_000, high=1_000_000, approx=False),)
                coded = replace(coded, mentions=(replace(first, claims=claims), *coded.mentions[1:]))
            record.add(coded, run=run, coder="rules")
        yield record


def _ranked(record: Record, **options: Any) -> list[Waiting]:
    return [one for one in record.queue(limit=500, kind="document", **options).items if not one.control]


def _judge(record: Record, document: str, reviewer: str = "Ann") -> None:
    steps = [("accept", one.mention.id, None) for one in record.state(document).mentions]
    record.act(steps, reviewer=reviewer)


def test_what_weighs_most_comes_first_and_says_why(full: Record) -> None:
    queue = full.queue(limit=500)
    assert (queue.documents, queue.done) == (DOCUMENTS, 0)
    by_score = sorted(queue.items, key=lambda one: -one.score)
    assert by_score[0].document == "d0"
    assert "up to 1,000,000 people" in by_score[0].reasons
    assert "no day" in by_score[0].reasons
    assert [one.score for one in _ranked(full)] == sorted((one.score for one in _ranked(full)), reverse=True)


def test_a_tenth_is_drawn_by_chance_and_mixed_in_from_the_first(full: Record) -> None:
    items = full.queue(limit=500).items
    controls = [n for n, one in enumerate(items) if one.control]
    drawn = {one.subject for one in items if one.control}
    assert len(drawn) >= 1 and controls[0] == 0
    left = len(drawn)
    for n in range(1, len(items) + 1):
        seen = sum(one.control for one in items[:n])
        assert seen >= min(CONTROL * n, left) - 1e-9
    assert {one.subject for one in full.queue(limit=500).items if one.control} == drawn


def test_reviewing_from_the_top_looks_at_a_tenth_by_chance(full: Record) -> None:
    for _ in range(20):
        item = full.queue(limit=1).items[0]
        _judge(full, item.subject)
        queue = full.queue(limit=1)
        left = any(one.control for one in full.queue(limit=500).items)
        assert queue.controls >= CONTROL * queue.done or not left
    assert full.queue().done == 20


def test_a_decided_document_leaves_at_once_and_for_good(full: Record, make_coded: Any) -> None:
    first = full.queue(limit=1).items[0]
    _judge(full, first.subject)
    assert first.subject not in [one.subject for one in full.queue(limit=500).items]
    coded = make_coded(first.document, publisher=f"Radio {first.document[1:]}")
    again = replace(coded, mentions=tuple(replace(one, claims=()) for one in coded.mentions))
    full.add(again, run=full.start_run("tocsin", "rules 2"), coder="rules 2")
    assert first.document not in [one.document for one in full.queue(limit=500).items]
    full.back(reviewer="Ann")
    assert first.document in [one.document for one in full.queue(limit=500).items]


def test_a_finished_document_leaves_whatever_is_open_in_it(full: Record) -> None:
    full.finish("d3", reviewer="Ann")
    assert "d3" not in [one.document for one in full.queue(limit=500).items]


def test_a_new_version_takes_the_place_of_the_old_one(full: Record, make_coded: Any) -> None:
    assert full.queue().documents == DOCUMENTS
    edited = make_coded("d5", make_coded().document.text + " They were let go.", publisher="Radio 5")
    full.add(edited, run=full.start_run("tocsin", "rules"), coder="rules")
    assert full.queue().documents == DOCUMENTS


def test_voices_that_differ_are_told(record: Record, make_coded: Any) -> None:
    run = record.start_run("tocsin", "rules")
    for n, number in enumerate((100, 400)):
        coded = make_coded(f"d{n}", publisher=f"Radio {n}")
        first = coded.mentions[0]
        claims = (replace(first.claims[0], low=number, high=number),)
        coded = replace(coded, mentions=(replace(first, claims=claims), coded.mentions[1]))
        record.add(coded, run=run, coder="rules")
    assert {one.disagreement for one in record.queue(kind="document").items} == {0}
    mentions = [m.id for coded in record.coded() for m in coded.mentions if m.type == "strike"]
    record.decide("same", mentions[0], other=mentions[1], reviewer="Ann")
    link_record(record)
    items = record.queue(kind="document").items
    assert {one.disagreement for one in items} == {0.75}
    assert all("voices differ on participants, 100 to 400" in one.reasons for one in items)


def test_pairs_wait_until_someone_decides(record: Record, make_coded: Any) -> None:
    run = record.start_run("tocsin", "rules")
    for n in range(3):
        record.add(make_coded(f"d{n}", publisher=f"Radio {n}"), run=run, coder="rules")
    link_record(record)
    queue = record.queue(kind="pair")
    assert queue.pairs == len(queue.items) > 0
    assert all(one.other and "odds" in one.reasons[0] for one in queue.items)
    first = queue.items[0]
    record.decide("unsure", first.subject, other=str(first.other), reviewer="Ann")
    link_record(record)
    after = record.queue(kind="pair")
    assert (first.subject, first.other) not in [(one.subject, one.other) for one in after.items]
    assert after.pairs == queue.pairs - 1
    record.back(reviewer="Ann")
    link_record(record)
    assert record.queue(kind="pair").pairs == queue.pairs


def test_what_is_coded_blind_waits_for_its_hands_then_for_who_compares(full: Record) -> None:
    key = full.document_key("d7")
    full.blind("d7", ["Ann", "Ben"], reviewer="Cid")

    def waits(reviewer: str) -> bool:
        return key in [one.subject for one in full.queue(limit=500, reviewer=reviewer).items]

    def judge(reviewer: str, kind: str) -> None:
        state = full.state("d7", hand=reviewer)
        full.act([(kind, one.mention.id, None) for one in state.mentions], reviewer=reviewer)

    assert (waits("Ann"), waits("Ben"), waits("Cid")) == (True, True, False)
    judge("Ann", "accept")
    assert (waits("Ann"), waits("Ben"), waits("Cid")) == (False, True, False)
    judge("Ben", "reject")
    assert (waits("Ann"), waits("Ben"), waits("Cid")) == (False, False, True)
    assert full.judgements() == {}
    full.adopt("d7", "Ben", reviewer="Cid")
    assert set(full.judgements().values()) == {"reject"}
    assert not waits("Cid")
