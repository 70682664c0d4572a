"""An import is one decision: what it brought counts as long as that stands, and nothing is lost either way."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.datamodel import CodedDocument, Mention
from tocsin.datamodel.verdict import FAILED, ReadVerdict
from tocsin.errors import DecisionError
from tocsin.store.imports import ImportSource, ImportSummary
from tocsin.store.record import Record, open_record

SOURCE = ImportSource("import acled 1", "acled.csv", "hash")
Make = Callable[..., CodedDocument]


def _import(record: Record, *rows: CodedDocument | ReadVerdict, source: ImportSource = SOURCE) -> ImportSummary:
    return record.add_import(source, rows, program="tocsin", reviewer="Ann")


def _run(record: Record, *rows: CodedDocument, coder: str = "rules") -> None:
    number = record.start_run("tocsin", coder)
    for row in rows:
        record.add(row, run=number, coder=coder)
    record.end_run(number)


def _state(record: Record) -> list[tuple[str, str, tuple[Mention, ...]]]:
    return [(coded.document.id, coded.document.text, coded.mentions) for coded in record.coded()]


def _dump(path: Path) -> list[str]:
    database = sqlite3.connect(path)
    lines = list(database.iterdump())
    database.close()
    return lines


def test_an_import_undone_counts_no_more_and_redone_is_back_without_loss(record: Record, make_coded: Make) -> None:
    _run(record, make_coded("a"))
    before = _state(record)
    made = _import(record, make_coded("b", publisher="ACLED"), make_coded("c", publisher="ACLED2")).decision
    assert made is not None and made.kind == "import"
    after = _state(record)
    assert [name for name, _, _ in after] == ["a", "b", "c"]
    undo = record.undo(made.id, reviewer="Ben")
    assert _state(record) == before
    assert record.sizes().documents == 1
    assert record.sizes().mentions == 2
    record.undo(undo.id, reviewer="Ann")
    assert _state(record) == after


def test_importing_three_times_is_importing_once(record: Record, record_path: Path, make_coded: Make) -> None:
    rows = (make_coded("b"), ReadVerdict("acled.csv, line 3", FAILED, "has no date"))
    first = _import(record, *rows)
    assert (first.documents["new"], first.problems) == (1, 1)
    dump = _dump(record_path)
    for name in ("acled.csv", "the same under another name.csv"):
        assert _import(record, *rows, source=replace(SOURCE, file=name)).decision is None
        assert _dump(record_path) == dump


def test_an_import_that_was_undone_can_be_imported_again(record: Record, make_coded: Make) -> None:
    made = _import(record, make_coded("b")).decision
    assert made is not None
    state = _state(record)
    record.undo(made.id, reviewer="Ann")
    again = _import(record, make_coded("b")).decision
    assert again is not None and again.id != made.id
    assert _state(record) == state
    assert record.sizes().runs == 1


def test_a_row_that_two_imports_hold_stays_until_both_are_undone(record: Record, make_coded: Make) -> None:
    one = _import(record, make_coded("b")).decision
    two = _import(record, make_coded("b"), source=replace(SOURCE, content="other")).decision
    assert one is not None and two is not None
    record.undo(one.id, reviewer="Ann")
    assert [name for name, _, _ in _state(record)] == ["b"]
    record.undo(two.id, reviewer="Ann")
    assert _state(record) == []


def test_a_hand_coding_goes_before_the_programs_and_gives_way_when_undone(record: Record, make_coded: Make) -> None:
    by_program, by_hand = make_coded("a"), make_coded("a")
    by_hand = replace(by_hand, mentions=(replace(by_hand.mentions[0], form="walkout"),))
    _run(record, by_program)
    made = _import(record, by_hand).decision
    assert made is not None
    assert [m.form for _, _, held in _state(record) for m in held] == ["walkout"]
    assert record.is_coded(by_program.document, "rules")
    _run(record, by_program, coder="rules 2")
    assert [m.form for _, _, held in _state(record) for m in held] == ["walkout"]
    record.undo(made.id, reviewer="Ann")
    assert [m.form for _, _, held in _state(record) for m in held] == [None, None]


def test_a_changed_row_is_a_new_version_and_the_old_one_comes_back(record: Record, make_coded: Make) -> None:
    def row(more: str) -> CodedDocument:
        return make_coded("b", make_coded().document.text + more)

    _import(record, row(""))
    second = _import(record, row(" Two."), source=replace(SOURCE, content="2")).decision
    assert second is not None
    undo = record.undo(second.id, reviewer="Ann")
    assert [text for _, text, _ in _state(record)] == [row("").document.text]
    _import(record, row(" Three."), source=replace(SOURCE, content="3"))
    assert [text for _, text, _ in _state(record)] == [row(" Three.").document.text]
    record.undo(undo.id, reviewer="Ann")
    assert [text for _, text, _ in _state(record)] == [row(" Three.").document.text]


def test_a_bad_row_is_a_verdict_and_leaves_nothing_behind(record: Record, make_coded: Make) -> None:
    bad = make_coded("bad")
    lost = replace(bad.mentions[0], context="nowhere")
    summary = _import(record, replace(bad, mentions=(lost,)), make_coded("b", publisher="other"), make_coded("\ud800"))
    assert summary.problems == 2
    assert [name for name, _, _ in _state(record)] == ["b"]
    assert [verdict.status for verdict in record.failures()] == [FAILED, FAILED]


def test_an_import_that_breaks_off_leaves_the_record_as_it_was(
    record: Record, record_path: Path, make_coded: Make
) -> None:
    before = _dump(record_path)

    def rows() -> Any:
        yield make_coded("b")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        record.add_import(SOURCE, rows(), program="tocsin", reviewer="Ann")
    assert _dump(record_path) == before


def test_an_import_names_who_decides(record: Record, make_coded: Make) -> None:
    with pytest.raises(DecisionError, match="names no reviewer"):
        record.add_import(SOURCE, [make_coded()], program="tocsin", reviewer=" ")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from("iu"), st.integers(0, 2)), max_size=10))
def test_what_counts_is_a_function_of_the_decisions_that_stand(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory, make_coded: Make
) -> None:
    # Import n holds the rows n and n + 1, so that neighbours share one.
    with open_record(tmp_path_factory.mktemp("law") / "r") as record:
        standing: dict[int, str] = {}
        for step, n in steps:
            if step == "i":
                rows = [make_coded(f"row {k}", publisher=f"set {k}") for k in (n, n + 1)]
                made = _import(record, *rows, source=replace(SOURCE, content=str(n))).decision
                assert (made is None) == (n in standing)
                if made is not None:
                    standing[n] = made.id
            elif n in standing:
                record.undo(standing.pop(n), reviewer="Ann")
        wanted = {f"row {k}" for n in standing for k in (n, n + 1)}
        assert {name for name, _, _ in _state(record)} == wanted
        assert record.sizes().documents == len(wanted)
