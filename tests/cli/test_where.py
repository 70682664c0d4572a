"""The same words choose the same events in every command: rows on the screen are rows in the file."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

import tocsin
from tocsin.examples import example_folder
from tocsin.pipeline import RunOptions, Settings, run
from tocsin.store.record import open_record

SCRIPT = "from tocsin.cli import main; main()"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("where") / "r.tocsin"
    with open_record(path) as record:
        run([example_folder()], record, RunOptions(Settings(extractor="rules"), link=True))
    return path


def _tocsin(*words: str | Path, code: int = 0) -> str:
    done = subprocess.run([sys.executable, "-c", SCRIPT, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


@pytest.mark.parametrize("where", ["type=demonstration participants>=10000", "speaker=police,government country=BY"])
def test_rows_on_the_screen_are_rows_in_the_file(path: Path, tmp_path: Path, where: str) -> None:
    rows = list(
        csv.DictReader(io.StringIO(_tocsin("export", "--as", "csv", "--record", path, "--where", where, "-o", "-")))
    )
    shown = [
        json.loads(line)
        for line in _tocsin("figures", "events", "--json", "--record", path, "--where", where).splitlines()
    ]
    assert {row["event"] for row in rows} == {event["event"] for event in shown}
    assert rows
    for event in shown:
        (row,) = [row for row in rows if row["event"] == event["event"]]
        for figure in event["figures"]:
            if figure["unit"] is None:
                best = row[f"{figure['attribute']}_best"]
                assert (float(best) if best else None) == figure["best"]
    with tocsin.open(path) as record:
        assert record.table("events", where=where).column("event").to_pylist() == [row["event"] for row in rows]
    _tocsin("report", "--record", path, "--where", where, "-o", tmp_path / "x.html")
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert "Only events where" in page
    with open_record(path) as opened:
        others = {name for name in opened.events() if name not in {row["event"] for row in rows}}
    assert others
    assert not [name for name in others if name in page]


def test_sums_are_of_what_is_chosen(path: Path) -> None:
    every = json.loads(_tocsin("figures", "--json", "--record", path))
    some = json.loads(_tocsin("figures", "--json", "--record", path, "--where", "type=strike"))
    assert {one["type"] for one in some["sums"]} == {"strike"}
    assert [one for one in every["sums"] if one["type"] == "strike"] == some["sums"]


@pytest.mark.parametrize("command", [["figures"], ["report"], ["export", "--as", "csv"]])
def test_a_choice_that_is_none_is_said_in_one_line(path: Path, tmp_path: Path, command: list[str]) -> None:
    out = [] if command == ["figures"] else ["-o", str(tmp_path / "x")]
    said = _tocsin(*command, "--record", path, "--where", "colour=red", *out, code=2)
    assert said.startswith("tocsin: where colour=red: 'colour' is no word for events; known are type, ")
    assert len(said.splitlines()) == 1
    assert not list(tmp_path.iterdir())
