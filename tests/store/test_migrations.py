"""A record comes up to date from a blank file and from every older version, and others' files are left alone."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tocsin.errors import RecordError
from tocsin.store.migrations import MIGRATIONS, migrate, version_of
from tocsin.store.record import open_record


def _schema(path: Path) -> list[tuple[str, ...]]:
    database = sqlite3.connect(path)
    rows = database.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
    database.close()
    return rows


def _at_version(path: Path, version: int) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    migrate(database, str(path), to=version)
    assert version_of(database) == version
    database.execute("INSERT INTO runs (started, program, coder, arguments) VALUES ('2020', 'old', 'rules 0', '')")
    database.execute(
        "INSERT INTO documents (id, name, text, text_hash, title, publisher, run) "
        "VALUES ('doc-1', 'a', 'Old text.', 'h', '', '', 1)"
    )
    database.close()


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_an_older_record_becomes_the_same_as_a_new_one_and_keeps_its_rows(
    tmp_path: Path, version: int, make_coded: Any
) -> None:
    _at_version(tmp_path / "old", version)
    with open_record(tmp_path / "new"), open_record(tmp_path / "old") as old:
        assert [document.text for document in old.documents()] == ["Old text."]
        old.add(make_coded("b"), run=old.start_run("tocsin", "rules"), coder="rules")
    assert _schema(tmp_path / "old") == _schema(tmp_path / "new")


def test_a_record_of_a_newer_version_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "r"
    open_record(path).close()
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    database.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match=r"newer version of tocsin .*; install the newer version"):
        open_record(path)
    assert path.read_bytes() == before


def test_another_programs_file_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "r"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE cookies (name TEXT)")
    database.commit()
    database.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match="another program's SQLite file"):
        open_record(path)
    assert path.read_bytes() == before


def test_a_migration_that_fails_leaves_the_record_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "r"
    _at_version(path, 1)
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("CREATE TABLE decisions (in_the_way TEXT)")
    before = _schema(path)
    with pytest.raises(sqlite3.OperationalError):
        migrate(database, "r")
    assert version_of(database) == 1
    database.close()
    assert _schema(path) == before


def test_decisions_of_an_older_record_stand_and_can_be_undone(tmp_path: Path) -> None:
    path = tmp_path / "old"
    _at_version(path, 7)
    database = sqlite3.connect(path)
    database.executemany(
        "INSERT INTO mentions (id, document, type, modality, scope, date_precision, date_basis, means) "
        "VALUES (?, 'doc-1', 'strike', 'occurred', 'single', 'none', 'none', '[]')",
        [("m-1",), ("m-2",)],
    )
    made = [
        ("d-1", "accept", "m-1", None),
        ("d-2", "reject", "m-1", None),
        ("d-3", "undo", "d-2", None),
        ("d-4", "same", "m-1", "m-2"),
    ]
    database.executemany(
        "INSERT INTO decisions (id, kind, subject, object, reviewer, reason, at) "
        "VALUES (?, ?, ?, ?, 'Ann', '', '2020-09-20T08:30:00+00:00')",
        made,
    )
    database.commit()
    database.close()
    with open_record(path) as record:
        assert record.judgements() == {"m-1": "accept"}
        assert record.decided_pairs() == ((("m-1", "m-2"),), ())
        assert record.undone() == {"d-2"}
        for _ in range(2):
            record.back(reviewer="Ann")
        assert (record.judgements(), record.decided_pairs()) == ({"m-1": "reject"}, ((), ()))
        record.go(None, reviewer="Ann")
        assert record.judgements() == {}
