"""`tocsin export --private` as its user meets it."""

import csv
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.export.private.planted import planted_document, planted_names

from tocsin.store.record import open_record

SCRIPT = "from tocsin.cli import main; main()"
NAME = planted_names()[0]


def _tocsin(*words: str | Path, code: int = 0) -> str:
    done = subprocess.run([sys.executable, "-c", SCRIPT, *map(str, words)], capture_output=True, check=False)
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stderr.decode()


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("planted") / "r.tocsin"
    with open_record(path) as record:
        run = record.start_run("tocsin", "test")
        record.add(planted_document(NAME, 0), run=run, coder="test")
    return path


def _told(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_a_file_that_is_named_public_is_protected(planted: Path, tmp_path: Path) -> None:
    err = _tocsin("export", "--as", "csv", "--record", planted, "-o", tmp_path / "belarus-public.zip")
    told = _told(tmp_path / "belarus-public.zip")
    assert NAME.surname not in told and "Name-" in told
    report = tmp_path / "belarus-public.zip.private.csv"
    assert f"{report}: what was held back" in err
    with report.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert ("title", "1") in {(row["kind"], row["count"]) for row in rows}
    assert NAME.surname not in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(("words", "held"), [((), False), (("--private",), True), (("--no-private",), False)])
def test_others_only_where_it_is_said(planted: Path, tmp_path: Path, words: tuple[str, ...], held: bool) -> None:
    name = "public.zip" if "--no-private" in words else "republic.zip"
    _tocsin("export", "--as", "csv", "--record", planted, "-o", tmp_path / name, *words)
    assert (NAME.surname in _told(tmp_path / name)) != held
    assert (tmp_path / f"{name}.private.csv").exists() == held


def test_a_name_that_is_said_to_be_public_stays(planted: Path, tmp_path: Path) -> None:
    out = tmp_path / "public.zip"
    _tocsin("export", "--as", "csv", "--record", planted, "-o", out, "--public", NAME.full)
    assert f"Police detained {NAME.full}" in _told(out)


def test_the_words_of_a_choice_are_not_told(planted: Path, tmp_path: Path) -> None:
    out = tmp_path / "public.zip"
    _tocsin("export", "--as", "csv", "--record", planted, "-o", out, "--where", f'publisher="{NAME.full}"')
    assert NAME.surname not in _told(out)


@pytest.mark.parametrize(
    ("words", "problem"),
    [(("--public", "x"), "does nothing without --private"), (("--private", "--since", "a.zip"), "ids of a private")],
)
def test_what_does_not_go_together(planted: Path, tmp_path: Path, words: tuple[str, ...], problem: str) -> None:
    err = _tocsin("export", "--as", "csv", "--record", planted, "-o", tmp_path / "a.zip", *words, code=2)
    assert problem in err
    assert not (tmp_path / "a.zip").exists()
