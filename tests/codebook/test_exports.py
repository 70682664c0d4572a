"""Mappings to others' codebooks: what fits is read, every fault is told with its key."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tocsin.codebook import load_codebook
from tocsin.codebook.exports import Band, ExportMapping, load_export, parse_export
from tocsin.codebook.tables import Faults, Table
from tocsin.errors import CodebookError

GOOD = """
columns = ["id", "kind"]
missing = "."
marks = {columns = "P"}
lists = {kind = ["March", "Strike"]}
[types]
demonstration = {kind = "March"}
[left_out]
aid = "no march"
[tables.means]
baton = "Strike"
[words.demands]
pay = ["raise~", "collective agreement"]
[bands.size]
small = [1, 99]
large = [100]
"""


def parsed(text: str) -> tuple[ExportMapping, list[str]]:
    faults = Faults()
    raw: dict[str, Any] = tomllib.loads(text)
    return parse_export(Table(raw, "own.toml", faults), load_codebook().vocabulary), faults.lines


def test_what_fits_is_read() -> None:
    mapping, faults = parsed(GOOD)
    assert not faults
    assert (mapping.columns, mapping.missing, mapping.marks) == (("id", "kind"), ".", {"columns": "P"})
    assert mapping.types == {"demonstration": {"kind": "March"}}
    assert mapping.left_out == {"aid": "no march"}
    assert mapping.code("means", "baton") == "Strike"
    assert mapping.code("means", "dogs") is None
    assert {"raise", "raises", "raised", "collective agreement"} <= mapping.words["demands"]["pay"]
    assert mapping.bands["size"] == (Band("small", 1, 99), Band("large", 100, None))


@pytest.mark.parametrize(
    ("number", "code"), [(None, None), (0, None), (1, "small"), (99, "small"), (100, "large"), (10**6, "large")]
)
def test_a_number_has_the_class_that_covers_it(number: int | None, code: str | None) -> None:
    assert parsed(GOOD)[0].band("size", number) == code


@pytest.mark.parametrize(
    ("instead", "by", "fault"),
    [
        ('["id", "kind"]', '["id", "id"]', "own.toml [columns]: 'id' is there twice"),
        ('columns = "P"', 'columns = "Q"', "own.toml [marks.columns]: 'Q' is none of P, S, R"),
        ("demonstration =", "marching =", "own.toml [types.marching]: is not a key known here"),
        ('kind = "March"', 'kind = "Walk"', "own.toml [types.demonstration.kind]: 'Walk' is none of March, Strike"),
        ('aid = "no march"', 'demonstration = "no"', "own.toml [left_out.demonstration]: is not a key known here"),
        ("baton =", "stick =", "own.toml [tables.means.stick]: is not a key known here"),
        ('["raise~", "collective agreement"]', '"raise"', "own.toml [words.demands.pay]: must be a list of strings"),
        ("large = [100]", "large = [1, 2, 3]", "own.toml [bands.size.large]: must be one number or two"),
        ('missing = "."', 'misses = "."', "own.toml [misses]: is not a key known here"),
    ],
)
def test_a_fault_is_told_with_its_key(instead: str, by: str, fault: str) -> None:
    _, faults = parsed(GOOD.replace(instead, by, 1))
    assert any(line.startswith(fault) for line in faults), faults


def test_a_team_lays_its_own_codes_over_the_packaged_ones(tmp_path: Path) -> None:
    (tmp_path / "export_mm.toml").write_text('[tables.responses]\nrestriction = "ignore"\n', encoding="utf-8")
    own = load_export("mm", tmp_path)
    assert own.code("responses", "restriction") == "ignore"
    assert own.columns == load_export("mm").columns


def test_a_faulty_table_of_a_team_is_an_error_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "export_gdelt_mentions.toml").write_text("[types.riot]\nfirst = 3\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"export_gdelt_mentions\.toml \[types\.riot\.first\]: must be a string"):
        load_export("gdelt-mentions", tmp_path)


def test_faults_of_such_a_table_are_told_with_those_of_the_codebook(tmp_path: Path) -> None:
    (tmp_path / "export_acled.toml").write_text('[tables.precisions]\nhour = "0"\n', encoding="utf-8")
    (tmp_path / "export_countries.toml").write_text('[BY]\nnumber = "112"\n', encoding="utf-8")
    with pytest.raises(CodebookError) as raised:
        load_codebook(tmp_path)
    assert "export_acled.toml [tables.precisions.hour]: is not a key known here" in str(raised.value)
    assert "export_countries.toml [BY.number]: must be a number" in str(raised.value)
