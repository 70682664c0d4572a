"""A record in trouble: killed, full, damaged, busy. What was acknowledged is there; what is wrong is said."""

import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tocsin.datamodel import CodedDocument, Document
from tocsin.errors import RecordError
from tocsin.store.record import open_record

# Adds documents one by one and says the number of each only after the record has acknowledged it.
WRITER = """
import sys
from pathlib import Path
from tocsin.datamodel import CodedDocument, Document
from tocsin.store.record import open_record

with open_record(Path(sys.argv[1])) as record:
    run = record.start_run("tocsin", "rules")
    for n in range(100_000):
        document = Document(str(n), f"Text {n}. " * 200)
        if not record.is_coded(document, "rules"):
            record.add(CodedDocument(document, ()), run=run, coder="rules")
            print(n, flush=True)
"""


def _intact(path: Path) -> None:
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    database.close()


def test_killed_at_any_moment_what_was_acknowledged_is_there_and_the_next_run_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "r"
    chance = random.Random(20200809)
    acknowledged: list[int] = []
    for _ in range(6):
        child = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        acknowledged.append(int(child.stdout.readline()))
        time.sleep(chance.uniform(0, 0.15))
        child.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in child.stdout if line.endswith("\n")]
        child.stdout.close()
        child.wait()
        with open_record(path) as record:
            names = [document.id for document in record.documents()]
            coded = [document.id for document in record.documents() if record.is_coded(document, "rules")]
        assert names == coded == [str(n) for n in range(len(names))]
        assert len(names) - 1 >= max(acknowledged)
    assert acknowledged == sorted(set(acknowledged))
    _intact(path)


@contextmanager
def _largest_file(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_said_and_nothing_recorded_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "r"
    kept = 0
    with open_record(path) as record:
        run = record.start_run("tocsin", "rules")
        with _largest_file(800_000), pytest.raises(RecordError, match=r"disk .*what was recorded before is kept"):
            for n in range(1000):
                record.add(CodedDocument(Document(str(n), f"{n} " * 5000), ()), run=run, coder="rules")
                kept = n + 1
    assert kept > 3
    _intact(path)
    with open_record(path) as record:
        assert [d.id for d in record.documents()] == [str(n) for n in range(kept)]
        record.add(CodedDocument(Document("later", "There is space again."), ()), run=1, coder="rules")
        assert record.sizes().documents == kept + 1


def test_two_runs_at_once_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "r"
    with open_record(path) as one, open_record(path) as two:
        for n in range(20):
            record = (one, two)[n % 2]
            record.add(
                CodedDocument(Document(str(n), f"Text {n}."), ()), run=record.start_run("tocsin", "r"), coder="r"
            )
        assert one.sizes() == two.sizes()
        assert one.sizes().documents == 20


def test_a_record_that_another_run_holds_is_an_error_after_a_while(tmp_path: Path) -> None:
    path = tmp_path / "r"
    open_record(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with (
        open_record(path, busy_seconds=0.1) as record,
        pytest.raises(RecordError, match="in use by another run; wait for it to end"),
    ):
        record.start_run("tocsin", "rules")
    other.execute("ROLLBACK")
    other.close()


def test_many_openers_of_a_new_record_at_once_all_get_it(tmp_path: Path) -> None:
    path = tmp_path / "r"
    opener = "import sys; from pathlib import Path; from tocsin.store.record import open_record\n"
    opener += "with open_record(Path(sys.argv[1])) as r: r.start_run('tocsin', 'rules')"
    children = [subprocess.Popen([sys.executable, "-c", opener, str(path)]) for _ in range(4)]
    assert [child.wait() for child in children] == [0, 0, 0, 0]
    with open_record(path) as record:
        assert record.sizes().runs == 4


def test_what_is_no_record_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Buy bread. " * 500)
    with pytest.raises(RecordError, match=r"notes\.txt: is not a record; name another file"):
        open_record(path)
    assert path.read_text() == "Buy bread. " * 500


def test_a_damaged_record_is_said(tmp_path: Path, make_coded: Any) -> None:
    path = tmp_path / "r"
    with open_record(path) as record:
        run = record.start_run("tocsin", "rules")
        for n in range(50):
            record.add(CodedDocument(Document(str(n), f"Text {n}. " * 500), ()), run=run, coder="rules")
    content = bytearray(path.read_bytes())
    content[4096 * 3 :] = random.Random(1).randbytes(len(content) - 4096 * 3)
    path.write_bytes(content)
    with pytest.raises(RecordError, match="is damaged; put back a copy"), open_record(path) as record:
        list(record.coded())


@pytest.mark.parametrize(
    ("name", "problem"),
    [("no/such/folder/r", "cannot be opened"), (".", "is a folder, not a record")],
)
def test_a_path_that_cannot_be_a_record_is_said(tmp_path: Path, name: str, problem: str) -> None:
    with pytest.raises(RecordError, match=problem):
        open_record(tmp_path / name)


def test_a_record_that_must_exist_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="there is no such record; make one with `tocsin run`"):
        open_record(tmp_path / "r", must_exist=True)
    assert list(tmp_path.iterdir()) == []
