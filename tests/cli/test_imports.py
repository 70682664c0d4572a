"""`tocsin import` as its user meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = "from tocsin.cli import main; main()"
SAMPLES = Path(__file__).resolve().parents[1] / "imports" / "samples"


def _tocsin(*words: str | Path, code: int = 0) -> tuple[str, str]:
    done = subprocess.run([sys.executable, "-c", SCRIPT, *map(str, words)], capture_output=True, check=False)
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "r.tocsin"


def test_an_import_undone_and_done_again(record: Path) -> None:
    words = ("import", SAMPLES / "acled.csv", "--as", "acled", "--record", record, "--reviewer", "Ann", "--json")
    out, err = _tocsin(*words, code=3)
    told = json.loads(out)
    assert (told["documents"], told["left_out"], told["mentions"]) == ({"new": 3}, 2, 5)
    assert "line 5: event_date '31 September 2020': is no day" in err
    assert "1 row left out: tells no happening that the mapping knows (sub_event_type 'Armed clash')" in err
    assert json.loads(_tocsin(*words)[0])["decision"] is None
    _tocsin("decide", "undo", told["decision"], "--reviewer", "Ben", "--record", record)
    out, _ = _tocsin("import", SAMPLES / "acled.csv", "--as", "acled", "--record", record)
    assert out.startswith("the import is back as it was\nto undo all of it: tocsin decide undo d-")


def test_the_template_is_printed_and_columns_that_are_not_there_are_named(record: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(_tocsin("import", "--template")[0], encoding="utf-8")
    table = tmp_path / "ours.csv"
    table.write_text("id,start,type\n1,2020-09-14,strike\n", encoding="utf-8")
    out, err = _tocsin("import", table, "--as", "csv", "--mapping", own, "--record", record)
    assert out.startswith("rows: 1 new; 1 mentions, 0 claims")
    assert "does not have the columns arrested, country" in err


@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        (("import", "a.csv"), 2, "does not know the data set ''"),
        (("import", "--as", "acled"), 2, "names no file"),
        (("import", "nowhere.csv", "--as", "acled"), 1, "nowhere.csv: cannot be opened"),
        (("import", "a.jsonl", "--as", "coded", "--mapping", "m.toml"), 2, "takes no mapping"),
        (("import", SAMPLES / "ccc.csv", "--as", "acled"), 1, "has no column event_date, event_id_cnty"),
    ],
)
def test_what_cannot_be_imported_is_one_line(record: Path, words: tuple[str, ...], code: int, problem: str) -> None:
    _, err = _tocsin(*words, "--record", record, code=code)
    assert problem in err
    assert len(err.splitlines()) == 1
