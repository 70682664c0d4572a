"""A package says what its tables hold, as another's code checks it."""

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, validate
from tests.export.tabled import ROWS, TABLE

from tocsin.export.formats import LAYOUTS
from tocsin.export.package import write_package
from tocsin.export.tables import Column, Row, Table

PARTS = Table(
    "parts",
    "parts of things",
    (
        Column("thing", "string", "the thing"),
        Column("number", "integer", "of the part"),
        Column("id", "string", "the thing again", "things"),
        Column("other", "string", "of a table that is not there", "strangers"),
    ),
    ("thing", "number"),
)
OF_PARTS: tuple[Row, ...] = (("a", 1, "a", None), ("a", 2, None, "x"), ("c", 1, "c", "y"))
ABOUT = {"policy": "median of voices"}


def _package(path: Path, layout: str, *, spreadsheet: bool = False, parts: tuple[Row, ...] = OF_PARTS) -> Path:
    with path.open("w+b") as out:
        counts = write_package(
            [(TABLE, [ROWS]), (PARTS, [parts])],
            out,
            lambda loss: None,
            layout=layout,
            spreadsheet=spreadsheet,
            about=ABOUT,
        )
    assert counts == {"things": len(ROWS), "parts": len(parts)}
    return path


def _descriptor(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:
        found: dict[str, Any] = json.loads(archive.read("datapackage.json"))
    return found


@pytest.mark.parametrize("layout", ["csv", "tsv", "jsonl"])
@pytest.mark.parametrize("spreadsheet", [False, True])
def test_frictionless_finds_nothing_wrong(tmp_path: Path, layout: str, spreadsheet: bool) -> None:
    if spreadsheet and layout == "jsonl":
        return
    report = validate(str(_package(tmp_path / "x.zip", layout, spreadsheet=spreadsheet)), type="package")
    assert report.valid, report.flatten(["name", "type", "message"])
    assert report.stats["tasks"] == 2


def test_frictionless_would_find_a_part_of_nothing(tmp_path: Path) -> None:
    path = _package(tmp_path / "x.zip", "csv", parts=(*OF_PARTS, ("z", 1, "z", None)))
    report = validate(str(path), type="package")
    assert [error.type for task in report.tasks for error in task.errors] == ["foreign-key"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_descriptor_is_one_of_version_two(tmp_path: Path, layout: str) -> None:
    path = _package(tmp_path / "x.zip", layout)
    descriptor = _descriptor(path)
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert descriptor["tocsin"] == {"layout": layout, "spreadsheet": False, **ABOUT}
    assert not list(Package.metadata_validate(descriptor))
    things, parts = descriptor["resources"]
    assert things["schema"]["primaryKey"] == ["id"]
    assert [field["type"] for field in things["schema"]["fields"]] == [column.kind for column in TABLE.columns]
    assert parts["schema"]["foreignKeys"] == [{"fields": ["id"], "reference": {"resource": "things", "fields": ["id"]}}]
    with zipfile.ZipFile(path) as archive:
        for resource in descriptor["resources"]:
            data = archive.read(resource["path"])
            assert resource["bytes"] == len(data)
            assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
            assert resource["mediatype"] == LAYOUTS[layout]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_rows_are_the_same_bytes(tmp_path: Path, layout: str) -> None:
    assert _package(tmp_path / "a.zip", layout).read_bytes() == _package(tmp_path / "b.zip", layout).read_bytes()


def test_a_table_in_a_package_is_the_table_alone(tmp_path: Path) -> None:
    with zipfile.ZipFile(_package(tmp_path / "x.zip", "csv")) as archive:
        assert archive.namelist() == ["things.csv", "parts.csv", "datapackage.json"]
        assert not archive.testzip()
        rows = list(csv.reader(io.StringIO(archive.read("parts.csv").decode(), newline="")))
    assert rows == [["thing", "number", "id", "other"], ["a", "1", "a", ""], ["a", "2", "", "x"], ["c", "1", "c", "y"]]
