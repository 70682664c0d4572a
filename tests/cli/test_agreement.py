"""Agreement on the command line: of files, and of reviewers who coded apart."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tocsin.datamodel.coded import write
from tocsin.store.record import open_record

SCRIPT = "from tocsin.cli import main; main()"


def _tocsin(*words: str, code: int = 0) -> str:
    done = subprocess.run([sys.executable, "-c", SCRIPT, *words], capture_output=True, check=False, text=True)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr if code else done.stdout


def test_two_files_are_compared(tmp_path: Path, make_coded: Any) -> None:
    paths = [tmp_path / name for name in ("ann.jsonl", "ben.jsonl")]
    for path in paths:
        path.write_text("".join(write([make_coded("a"), make_coded("b")])), encoding="utf-8")
    shown = _tocsin("agreement", *map(str, paths), "--draws", "20")
    assert "happenings" in shown and "1.000" in shown
    rows = json.loads(_tocsin("agreement", *map(str, paths), "--draws", "20", "--json"))
    assert {row["measure"]: row["alpha"] for row in rows}["type"] == 1
    assert "takes two codings or more" in _tocsin("agreement", str(paths[0]), code=2)


def test_reviewers_of_a_record_are_compared(tmp_path: Path, make_coded: Any) -> None:
    path = tmp_path / "r.tocsin"
    with open_record(path) as record:
        run = record.start_run("tocsin", "rules")
        for n in range(3):
            record.add(make_coded(f"d{n}", publisher=f"Radio {n}"), run=run, coder="rules")
            record.blind(f"d{n}", ["Ann", "Ben"], reviewer="Cid")
        assert "no documents that two reviewers coded apart" in _tocsin("agreement", "--record", str(path), code=2)
        for hand in ("Ann", "Ben"):
            for n in range(3):
                mentions = record.state(f"d{n}", hand=hand).mentions
                record.act([("accept", one.mention.id, None) for one in mentions], reviewer=hand)
        record.set(record.state("d0").mentions[0].mention.id, {"modality": "planned"}, reviewer="Ben")
    rows = {row["measure"]: row for row in json.loads(_tocsin("agreement", "--record", str(path), "--json"))}
    assert rows["happenings"]["alpha"] == 1
    assert rows["modality"]["alpha"] < 0.5
    assert rows["modality"]["units"] == 6
