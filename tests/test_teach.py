"""What a team accepted becomes training data, and a model is kept only if it is better.

The trainer here stands in for the real one, whose libraries are no part of the tests: a process of its own that is
called as the real one is and puts a model where it is asked to.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tocsin.datamodel import CodedDocument, Document
from tocsin.datamodel.coded import read
from tocsin.extract.model_files import model_folder
from tocsin.pipeline import code_document, load_resources
from tocsin.store.record import Record, open_record
from tocsin.teach import FEWEST, held_out, settled

SCRIPT = "from tocsin.cli import main; main()"
STAND_IN = """
import argparse, shutil
from pathlib import Path
parser = argparse.ArgumentParser()
for name in ("--data", "--model", "--folder"):
    parser.add_argument(name, type=Path, required=True)
given = parser.parse_args()
home = Path(__file__).parents[1]
if (home / "broken").exists():
    raise SystemExit("out of memory")
shutil.copyfile(given.data, home / "seen.jsonl")
shutil.copytree(home / "result", given.folder)
"""


def _documents(count: int) -> list[CodedDocument]:
    resources = load_resources()
    found = []
    for n in range(count):
        text = (
            f"About {n + 20}0 miners walked out in Soligorsk on Monday, the union said. "
            f"Police detained {n + 3} protesters at a rally in Brest on Sunday, a rights group said."
        )
        found.append(code_document(Document(f"d{n:02}", text, "Miners strike", "Free Radio"), resources))
    return found


def _fill(record: Record, documents: list[CodedDocument], *, finish: bool = True) -> None:
    run = record.start_run("tocsin", "tagger")
    for one in documents:
        record.add(one, run=run, coder="tagger")
        if finish:
            record.finish(one.document.id, reviewer="Ann")


def _teach(*words: object, code: int = 0) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "teach", *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == code, (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    return done.stdout, done.stderr


@pytest.fixture
def trainer(tmp_path: Path) -> Path:
    """A folder laid out like a clone of the source whose trainer puts out the packaged model."""
    home = tmp_path / "clone"
    (home / "training").mkdir(parents=True)
    (home / "training" / "__init__.py").touch()
    (home / "training" / "teach.py").write_text(STAND_IN)
    (home / ".venv-training" / "bin").mkdir(parents=True)
    (home / ".venv-training" / "bin" / "python").symlink_to(sys.executable)
    shutil.copytree(model_folder(), home / "result")
    return home


@pytest.fixture
def worse(tmp_path: Path) -> Path:
    """The packaged model with two labels of its triggers put in each other's place."""
    folder = tmp_path / "worse"
    shutil.copytree(model_folder(), folder)
    labels: dict[str, Any] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    for head in labels["heads"]:
        swap = {"strike": "election", "election": "strike", "detention": "aid", "aid": "detention"}
        head["labels"] = [swap.get(label, label) for label in head["labels"]]
    (folder / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    return folder


def test_a_document_is_settled_when_all_of_it_was_judged_or_a_reviewer_finished_it(record: Record) -> None:
    one, two, three = _documents(3)
    _fill(record, [one, two, three], finish=False)
    assert settled(record) == ()
    names = {coded.document.id: [m.id for m in coded.mentions] for coded in record.coded()}
    for name in names["d00"]:
        record.decide("accept", name, reviewer="Ann")
    first, *rest = names["d01"]
    record.decide("reject", first, reviewer="Ann")
    assert [one.document.id for one in settled(record)] == ["d00"]
    for name in rest:
        record.decide("accept", name, reviewer="Ann")
    record.finish("d02", reviewer="Ann")
    found = {one.document.id: one for one in settled(record)}
    assert set(found) == {"d00", "d01", "d02"}
    assert [m.id for m in found["d01"].mentions] == rest
    assert all(m.context in (None, *rest) for m in found["d01"].mentions)


def test_copies_are_never_parted_and_the_same_documents_are_held_out_each_time() -> None:
    documents = [CodedDocument(Document(f"d{n}", "Text."), ()) for n in range(40)]
    copies = {f"d{n}": "d0" for n in range(1, 6)}
    train_on, apart = held_out(documents, copies)
    assert held_out(documents, copies) == (train_on, apart)
    assert len(train_on) + len(apart) == 40
    assert 10 <= len(apart) <= 15
    together = {f"d{n}" for n in range(6)}
    names = {one.document.id for one in apart}
    assert together <= names or together.isdisjoint(names)


def test_a_better_model_is_kept_with_its_scores(tmp_path: Path, trainer: Path, worse: Path) -> None:
    documents = _documents(FEWEST)
    with open_record(tmp_path / "r.tocsin") as record:
        _fill(record, documents)
    out, _ = _teach("--record", tmp_path / "r.tocsin", "-o", tmp_path / "new", "--trainer", trainer, "--model", worse)
    assert out.startswith("trained on 18 documents, measured on 6 others\n")
    assert "mention   0." in out
    assert "kept in " in out
    told = json.loads((tmp_path / "new" / "teaching.json").read_text(encoding="utf-8"))
    assert told["after"]["mention"] == 1.0 > told["before"]["mention"]
    load_resources.cache_clear()
    seen = {one.document.id: one for one in read(trainer / "seen.jsonl")}
    assert len(seen) == 18
    by_name = {one.document.id: one for one in documents}
    for name, one in seen.items():
        assert [m.evidence for m in one.mentions] == [m.evidence for m in by_name[name].mentions]


def test_a_model_that_is_no_better_is_not_kept(tmp_path: Path, trainer: Path) -> None:
    with open_record(tmp_path / "r.tocsin") as record:
        _fill(record, _documents(FEWEST))
    out, _ = _teach("--record", tmp_path / "r.tocsin", "-o", tmp_path / "new", "--trainer", trainer)
    assert "no better, not kept" in out
    assert not (tmp_path / "new").exists()


def test_documents_can_be_written_without_a_trainer(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.tocsin") as record:
        _fill(record, _documents(FEWEST))
    out, _ = _teach("--record", tmp_path / "r.tocsin", "--data", tmp_path / "data")
    assert out.count(" documents\n") == 2
    names = [one.document.id for file in sorted((tmp_path / "data").iterdir()) for one in read(file)]
    assert len(names) == len(set(names)) == FEWEST


def test_what_is_missing_is_said(tmp_path: Path, trainer: Path) -> None:
    path = tmp_path / "r.tocsin"
    with open_record(path) as record:
        _fill(record, _documents(3))
    _, err = _teach("--record", path, "-o", tmp_path / "new", "--trainer", trainer, code=2)
    assert f"has 3 settled documents, and {FEWEST} are the fewest" in err
    with open_record(path) as record:
        _fill(record, _documents(FEWEST))
    _, err = _teach("--record", path, "-o", tmp_path / "new", "--trainer", tmp_path, code=2)
    assert "it needs torch and is no part of the package; get the source of this version, run `make trainer`" in err
    shutil.rmtree(trainer / ".venv-training")
    _, err = _teach("--record", path, "-o", tmp_path / "new", "--trainer", trainer, code=2)
    assert "torch is not installed there" in err
    _, err = _teach("--record", path, "-o", tmp_path, "--trainer", trainer, code=2)
    assert "is there already" in err
    _, err = _teach("--record", path, code=2)
    assert "needs one place to write to" in err


def test_a_training_that_fails_leaves_nothing(tmp_path: Path, trainer: Path) -> None:
    with open_record(tmp_path / "r.tocsin") as record:
        _fill(record, _documents(FEWEST))
    (trainer / "broken").touch()
    _, err = _teach("--record", tmp_path / "r.tocsin", "-o", tmp_path / "new", "--trainer", trainer, code=1)
    assert "out of memory" in err
    assert "training: ended with code 1 and no model" in err
    assert not (tmp_path / "new").exists()
