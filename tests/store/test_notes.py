"""Notes on codings: kept with them, found by mention, gone from sight with another coding."""

from dataclasses import replace

from tests.conftest import CodedFactory

from tocsin.datamodel import Note
from tocsin.store.record import Record

NOTES = (
    Note("asked", "model", "small-7b"),
    Note("dropped", "claim affected", "500 marchers", "", "m2"),
    Note("found by", "mention", "both, differently", "", "m1"),
    Note("dropped", "event", "half a character \ud800", "", "of no mention that stands"),
)


def test_notes_are_kept_with_the_ids_that_mentions_have_in_the_record(record: Record, make_coded: CodedFactory) -> None:
    run = record.start_run("tocsin", "llm")
    record.add(replace(make_coded(), notes=NOTES), run=run, coder="llm")
    (coded,) = record.coded()
    first, second = (mention.id for mention in coded.mentions)
    told = [note for name, note in record.notes() if name == "a"]
    assert [note.mention for note in told] == [None, second, first, None]
    assert [note.given for note in told] == ["small-7b", "500 marchers", "both, differently", "half a character ?"]
    assert coded.notes == tuple(told)
    assert record.notes_of(second) == (told[1],)
    assert record.found_by() == {first: "both, differently"}


def test_another_coding_takes_the_place_of_the_notes_too(record: Record, make_coded: CodedFactory) -> None:
    run = record.start_run("tocsin", "llm")
    record.add(replace(make_coded(), notes=NOTES), run=run, coder="llm")
    record.add(make_coded(), run=run, coder="tagger")
    assert list(record.notes()) == []
    assert record.found_by() == {}


def test_the_same_coding_again_adds_no_notes(record: Record, make_coded: CodedFactory) -> None:
    run = record.start_run("tocsin", "llm")
    for _ in range(2):
        record.add(replace(make_coded(), notes=NOTES), run=run, coder="llm")
    assert len(list(record.notes())) == len(NOTES)
