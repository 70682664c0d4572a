"""The whole way: the same on one process or two, safe to repeat, one bad document stops nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tocsin.datamodel import CodedDocument, Document
from tocsin.datamodel.coded import write
from tocsin.datamodel.verdict import ReadVerdict
from tocsin.errors import TocsinError
from tocsin.examples import example_folder
from tocsin.parallel import AHEAD, CHUNK, map_in_order
from tocsin.pipeline import (
    RunOptions,
    Settings,
    attempt_documents,
    code_documents,
    load_resources,
    reconcile_event,
    reconcile_record,
    run,
)
from tocsin.read import ReadOptions, read_sources
from tocsin.store.record import Record, open_record


def _examples() -> list[Document]:
    return [d for verdict in read_sources([example_folder()]) for d in verdict.documents]


def test_one_process_and_two_give_the_same_bytes_in_the_same_order() -> None:
    documents = _examples()
    one, two = (list(write(code_documents(documents, load_resources(), processes=n))) for n in (1, 2))
    assert len(one) == 12
    assert one == two


def test_documents_are_taken_only_as_they_are_needed() -> None:
    taken = 0

    def many() -> Iterator[Document]:
        nonlocal taken
        for n in range(1000):
            taken += 1
            yield Document(str(n), "Nothing happened.")

    results = attempt_documents(many(), load_resources(), processes=2)
    next(results)
    assert taken <= 2 * AHEAD * CHUNK
    results.close()  # type: ignore[attr-defined]


def _die(numbers: tuple[int, ...]) -> tuple[int, ...]:
    if 20 in numbers:
        raise SystemExit(1)
    return numbers


def test_a_process_that_dies_is_said() -> None:
    with pytest.raises((TocsinError, SystemExit)):
        list(map_in_order(_die, range(40), processes=2))


def test_a_run_repeated_changes_nothing_and_a_run_cut_short_goes_on(tmp_path: Path) -> None:
    class CutShortError(Exception):
        pass

    def cut(summary: object) -> None:
        if getattr(summary, "done", 0) == 5:
            raise CutShortError

    with open_record(tmp_path / "whole") as whole:
        run([example_folder()], whole)
        before = whole.sizes()
        summary = run([example_folder()], whole)
        assert (summary.documents.total(), summary.unchanged) == (0, 12)
        assert (whole.sizes().documents, whole.sizes().mentions) == (before.documents, before.mentions)
        expected = list(whole.coded())
    with open_record(tmp_path / "cut") as record:
        with pytest.raises(CutShortError):
            run([example_folder()], record, progress=cut)
        assert record.sizes().documents == 5
        summary = run([example_folder()], record, RunOptions(processes=2))
        assert (summary.documents["new"], summary.unchanged) == (7, 5)
        assert list(record.coded()) == expected


def test_one_bad_source_stops_nothing_and_its_reason_is_kept(tmp_path: Path, record: Record) -> None:
    (tmp_path / "a.txt").write_text("Miners walked out in Soligorsk on 14 September 2020.")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.jsonl").write_text('{"id": "x", "text": "Bakers marched."}\nnot json\n{"id": "y", "text": "b"}\n')
    told: list[ReadVerdict] = []
    summary = run([tmp_path / name for name in ("a.txt", "b.txt", "c.jsonl")], record, report=told.append)
    assert (summary.documents["new"], summary.problems) == (3, 2)
    assert [verdict.source.split("/")[-1] for verdict in told] == ["b.txt", "c.jsonl, line 2"]
    assert [(v.source, v.reason) for v in record.failures()] == [(v.source, v.reason) for v in told]


def test_a_character_that_cannot_be_kept_fails_its_document_alone(tmp_path: Path, record: Record) -> None:
    (tmp_path / "c.jsonl").write_text('{"id": "x", "text": "Half \\ud83d here."}\n{"id": "y", "text": "Whole."}\n')
    summary = run([tmp_path / "c.jsonl"], record)
    assert summary.done + summary.problems == 2
    assert "y" in [document.id for document in record.documents()]


def test_what_is_known_beforehand_reaches_the_record(tmp_path: Path, record: Record) -> None:
    (tmp_path / "a.txt").write_text("Miners walked out yesterday in Soligorsk.")
    run(
        [tmp_path / "a.txt"],
        record,
        RunOptions(reading=ReadOptions(publisher="Free Radio", published=date(2020, 9, 1))),
    )
    (document,) = record.documents()
    assert (document.publisher, document.published) == ("Free Radio", date(2020, 9, 1))


def test_coded_documents_are_grounded() -> None:
    for coded in code_documents(_examples(), load_resources()):
        assert isinstance(coded, CodedDocument)
        assert coded.ungrounded == 0


def test_a_run_that_links_says_what_its_claims_come_to_and_figures_are_those_of_the_whole_record(
    tmp_path: Path,
) -> None:
    words = "Police detained {} protesters at a rally in Minsk on Sunday, the interior ministry said."
    (tmp_path / "a.txt").write_text(words.format("about 30"))
    (tmp_path / "b.txt").write_text(words.format("hundreds of").replace("the interior ministry", "the Viasna centre"))
    options = RunOptions(Settings(extractor="rules"), ReadOptions(published=date(2020, 9, 15)), link=True)
    with open_record(tmp_path / "r") as record:
        first = run([tmp_path / "a.txt"], record, options)
        assert (first.events > 0, first.differing) == (True, 0)
        second = run([tmp_path / "b.txt"], record, options)
        assert second.differing > 0
        whole = reconcile_record(record, options.settings)
        for event in whole:
            assert reconcile_event(record, event.id, options.settings) == event
        (custody,) = (event for event in whole if event.type == "detention")
        assert [(f.low, f.high, f.voices) for f in custody.figures] == [(30, 999, 2)]
        (other,) = (e for e in reconcile_record(record, options.settings, convention="ccc") if e.id == custody.id)
        assert [(f.low, f.high) for f in other.figures] == [(30, 200)]
        assert run([tmp_path / "b.txt"], record, options).events == 0
