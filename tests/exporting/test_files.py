"""What is asked for is the file that comes out, and beside it stands what it does not hold."""

import csv
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
import pytest
from frictionless import validate
from tests.exporting.conftest import SETTINGS

from tocsin.errors import UsageError
from tocsin.export import FORMATS, LAYOUTS
from tocsin.exporting.files import Exported, ExportOptions, convention_of, export_record
from tocsin.exporting.happenings import Chosen, choice_of
from tocsin.store.record import Record, open_record

EVERY = {"events", "figures", "relations", "mentions", "claims", "places", "quotes", "documents", "decisions"}


def _export(record: Record, output: Path | None, form: str, *tables: str, where: str = "", **more: Any) -> Exported:
    chosen = Chosen(SETTINGS, choice_of([where], SETTINGS), **{k: more.pop(k) for k in ("policy",) if k in more})
    return export_record(record, ExportOptions(form, chosen, tables, **more), output)


def _changes(path: Path) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        return list(csv.DictReader(archive.read("changes.csv").decode().splitlines()))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_zip_has_all_tables_and_a_descriptor(record: Record, tmp_path: Path, layout: str) -> None:
    done = _export(record, tmp_path / "x.zip", layout)
    assert set(done.rows) == EVERY
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        descriptor = json.loads(archive.read("datapackage.json"))
        names = set(archive.namelist()) - {"datapackage.json"}
    assert names == ({"record.xlsx"} if layout == "xlsx" else {f"{name}.{layout}" for name in EVERY})
    assert {resource["name"] for resource in descriptor["resources"]} == EVERY
    assert descriptor["tocsin"]["policy"] == "median of voices"
    if layout in ("csv", "tsv", "jsonl"):
        report = validate(str(tmp_path / "x.zip"), type="package")
        assert report.valid, report.flatten(["name", "type", "message"])


def test_a_plain_file_has_one_table_that_of_events_first(record: Record, tmp_path: Path) -> None:
    assert set(_export(record, tmp_path / "x.csv", "csv").rows) == {"events"}
    assert set(_export(record, tmp_path / "y.csv", "csv", "claims").rows) == {"claims"}
    assert (tmp_path / "x.csv").read_text().startswith("event,type,scope,")
    assert (tmp_path / "y.csv").read_text().startswith("claim,mention,event,")
    assert (tmp_path / "y.csv.losses.csv").read_text() == "row,column,what,done\n"
    assert set(_export(record, tmp_path / "x.xlsx", "xlsx").rows) == EVERY
    assert set(_export(record, tmp_path / "z.zip", "tsv", "events", "figures").rows) == {"events", "figures"}


@pytest.mark.parametrize(
    ("form", "tables", "name", "more", "said"),
    [
        ("csv", ("events", "claims"), "x.csv", {}, "takes one table"),
        ("csv", ("strikes",), "x.csv", {}, "is not known"),
        ("csv", ("changes",), "x.csv", {}, "needs an earlier export"),
        ("klingon", (), "x", {}, "is not known"),
        ("geojson", ("events",), "x", {}, "has no tables"),
        ("acled", ("events",), "x", {}, "has no tables"),
        ("parquet", (), "x.zip", {"spreadsheet": True}, "does nothing"),
        ("csv", (), "x.zip", {"since": Path("nothing.zip")}, "is no zip of a record's tables"),
        ("csv", (), "x.csv", {"since": Path("nothing.zip")}, "takes one table"),
        ("csv", (), "x.zip", {"policy": "guess"}, "is not known"),
        ("xlsx", (), None, {}, "is no text"),
    ],
)
def test_what_cannot_be_is_said_and_leaves_no_file(
    record: Record, tmp_path: Path, form: str, tables: tuple[str, ...], name: str | None, more: Any, said: str
) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UsageError) as found:
        _export(record, name and tmp_path / name, form, *tables, **more)  # type: ignore[arg-type]
    assert said in str(found.value)
    assert sorted(tmp_path.iterdir()) == before


def test_the_same_record_is_the_same_bytes(record: Record, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        _export(record, tmp_path / name, "csv")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_geojson_has_a_feature_an_event_and_no_point_where_none_is_known(record: Record, tmp_path: Path) -> None:
    done = _export(record, tmp_path / "x.geojson", "geojson")
    collection = json.loads((tmp_path / "x.geojson").read_text())
    schema = json.loads((Path(frictionless.__file__).parent / "assets" / "profiles" / "geojson.json").read_text())
    jsonschema.Draft4Validator(schema).validate(collection)
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) == done.rows["events"]
    kinds = {feature["geometry"] and feature["geometry"]["type"] for feature in collection["features"]}
    assert {None, "Point"} <= kinds
    for feature in collection["features"]:
        properties, geometry = feature["properties"], feature["geometry"]
        assert feature["id"] == properties["event"]
        assert all(isinstance(value, str | int | float | bool) for value in properties.values())
        if geometry is None:
            assert "lat" not in properties
        else:
            points = [geometry["coordinates"]] if geometry["type"] == "Point" else geometry["coordinates"]
            assert [properties["lon"], properties["lat"]] in points
            assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points)
    minsk = next(f["properties"] for f in collection["features"] if f["properties"].get("place") == "Minsk")
    assert (minsk["place_precision"], minsk["country"]) == ("settlement", "BY")


@pytest.mark.parametrize("layout", ["csv", "tsv", "jsonl", "parquet"])
def test_changes_are_what_was_decided_since(
    linked_record: Path, judged_record: Path, tmp_path: Path, layout: str
) -> None:
    for name, path in (("one", linked_record), ("two", judged_record)):
        shutil.copy(path, tmp_path / f"{name}.tocsin")
    with open_record(tmp_path / "one.tocsin") as record:
        _export(record, tmp_path / "one.zip", layout)
        same = _export(record, tmp_path / "same.zip", "csv", since=tmp_path / "one.zip")
    assert same.rows["changes"] == 0
    with open_record(tmp_path / "two.tocsin") as record:
        done = _export(record, tmp_path / "two.zip", "csv", since=tmp_path / "one.zip")
        alone = _export(record, tmp_path / "changes.csv", "csv", "changes", since=tmp_path / "one.zip")
        assert alone.rows == {"changes": done.rows["changes"]}
        back = _export(record, tmp_path / "two2.zip", "csv", since=tmp_path / "two.zip")
        (rejected,) = [mention for mention, made in record.judgements().items() if made == "reject"]
    assert back.rows["changes"] == 0
    assert not done.differs
    found = _changes(tmp_path / "two.zip")
    assert {row["row"] for row in found if row["table"] == "decisions"} == {
        row["row"] for row in found if row["table"] == "decisions" and row["change"] == "added"
    }
    (mention,) = [row for row in found if row["table"] == "mentions" and row["row"] == rejected]
    assert (mention["change"], mention["columns"]) == ("changed", "event; decision")
    (claim,) = [row for row in found if row["table"] == "claims" and "high" in row["columns"]]
    assert claim["columns"] in ("low; high", "high")
    assert (tmp_path / "changes.csv").read_text().splitlines()[0] == "table,row,change,columns"


def test_changes_name_what_came_and_what_went(record: Record, tmp_path: Path) -> None:
    _export(record, tmp_path / "strikes.zip", "csv", where="type=strike")
    _export(record, tmp_path / "all.zip", "csv")
    more = _export(record, tmp_path / "more.zip", "csv", since=tmp_path / "strikes.zip")
    assert more.differs == ("where",)
    assert {row["change"] for row in _changes(tmp_path / "more.zip")} == {"added"}
    _export(record, tmp_path / "less.zip", "csv", where="type=strike", since=tmp_path / "all.zip")
    gone = _changes(tmp_path / "less.zip")
    assert {row["change"] for row in gone} == {"gone"}
    assert len(gone) == more.rows["changes"]


def test_changes_cannot_be_told_from_what_was_changed_for_spreadsheets(record: Record, tmp_path: Path) -> None:
    _export(record, tmp_path / "sheet.zip", "csv", spreadsheet=True)
    with pytest.raises(UsageError, match="does not hold the tables as they are"):
        _export(record, tmp_path / "x.zip", "csv", since=tmp_path / "sheet.zip")


def test_a_reason_that_is_a_formula_is_words_for_a_spreadsheet_and_told(record: Record, tmp_path: Path) -> None:
    done = _export(record, tmp_path / "x.csv", "csv", "decisions", spreadsheet=True)
    assert done.losses.total() == 1
    assert done.report == tmp_path / "x.csv.losses.csv"
    (loss,) = list(csv.DictReader((tmp_path / "x.csv.losses.csv").read_text().splitlines()))
    assert loss["column"] == "reason"
    rows = list(csv.DictReader((tmp_path / "x.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert "'=1+1" in {row["reason"] for row in rows}
    raw = _export(record, tmp_path / "y.csv", "csv", "decisions")
    assert not raw.losses


@pytest.mark.parametrize("form", FORMATS)
def test_the_codebooks_of_others_are_written_with_their_columns(record: Record, tmp_path: Path, form: str) -> None:
    done = _export(record, tmp_path / "x", form)
    mapped = FORMATS[form]
    text = (tmp_path / "x").read_text(encoding="utf-8")
    losses = list(csv.DictReader((tmp_path / "x.losses.csv").read_text(encoding="utf-8").splitlines()))
    assert len(losses) <= done.losses.total()
    if mapped.layout == "jsonl":
        lines = [json.loads(line) for line in text.splitlines()]
        assert len(lines) == done.rows["rows"] > 0
        return
    separator = "\t" if mapped.layout == "tsv" else ","
    with (tmp_path / "x").open(newline="", encoding="utf-8") as stream:
        head, *rows = csv.reader(stream, delimiter=separator)
    assert tuple(head) == mapped.columns
    assert len(rows) == done.rows["rows"]
    assert all(len(row) == len(head) for row in rows)


def test_a_format_has_its_own_convention_unless_another_is_named() -> None:
    assert convention_of("csv", None) == "codebook"
    assert convention_of("ccc", None) == (FORMATS["ccc"].convention or "codebook")
    assert convention_of("ccc", "mpeds") == "mpeds"
