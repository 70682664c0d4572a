"""A workbook's words are words: nothing in it runs, whatever program opens it."""

import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import etree
from tests.export.tabled import ROWS, TABLE, written
from tests.export.test_cells import FORMULAS

from tocsin.export import workbook
from tocsin.export.cells import plain_words
from tocsin.export.losses import Loss
from tocsin.export.package import write_table
from tocsin.export.tables import Row

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TABLE_NS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT_NS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE_NS = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
#: Text that no spreadsheet can hold as it is, apart from formulas: control characters and line ends.
SEEN = [words for words in FORMULAS if not any(ord(mark) < 32 and mark not in "\t\n" for mark in words)]


def _sheets(path: Path) -> dict[str, list[dict[str, str | float]]]:
    """Return the cells of each sheet by column, as the file has them."""
    with zipfile.ZipFile(path) as book:
        names = [sheet.get("name", "") for sheet in etree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]
        found = {}
        for number, name in enumerate(names, 1):
            tree = etree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(tree.iter(f"{MAIN}f")), "there is a formula"
            found[name] = [
                {cell.get("r", "").rstrip("0123456789"): _value(cell) for cell in row.iter(f"{MAIN}c")}
                for row in tree.iter(f"{MAIN}row")
            ]
    return found


def _value(cell: etree._Element) -> str | float:
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))
    assert cell.get("t") in (None, "n")
    return float(cell.findtext(f"{MAIN}v") or "nan")


def _book(folder: Path, rows: Sequence[Row]) -> tuple[Path, Sequence[Loss]]:
    data, losses = written("xlsx", rows)
    path = folder / "x.xlsx"
    path.write_bytes(data)
    return path, losses


def test_numbers_are_numbers_and_all_else_is_words(tmp_path: Path) -> None:
    path, losses = _book(tmp_path, ROWS)
    head, first, second, third, last = _sheets(path)["things"]
    assert tuple(head.values()) == TABLE.names
    assert list(first.values()) == ["a", ROWS[0][1], 2, 400, "true", "2020-09-14", "2026-11-22T09:30:00.000005Z"]
    assert second == {"A": "b"}
    assert third["D"] == 0.25
    assert last["B"] == "=1+1"
    assert not losses


def test_every_formula_is_in_the_file_word_for_word(tmp_path: Path) -> None:
    rows: list[Row] = [(str(n), words, None, None, None, None, None) for n, words in enumerate(SEEN)]
    path, losses = _book(tmp_path, rows)
    assert [row["B"] for row in _sheets(path)["things"][1:]] == SEEN
    assert not losses


def test_what_a_cell_cannot_hold_is_told(tmp_path: Path) -> None:
    long, large = "x" * 40_000, 12345678901234567890
    path, losses = _book(tmp_path, [("a", long, 1, large, None, None, None), ("b", "x" * 32_767, 1, 1.5, *[None] * 3)])
    first, second = _sheets(path)["things"][1:]
    assert first["B"] == long[:32_767]
    assert first["D"] == str(large)
    assert second["B"] == "x" * 32_767
    assert losses == [
        Loss("a", "words", "40,000 characters", "the first 32,767 of them"),
        Loss("a", "size", f"the number {large}", "the number in words"),
    ]


def test_rows_beyond_a_sheet_go_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 4)
    path, _ = _book(tmp_path, [(str(n), *[None] * 6) for n in range(7)])
    sheets = _sheets(path)
    assert list(sheets) == ["things", "things 2", "things 3"]
    assert [len(rows) for rows in sheets.values()] == [4, 4, 2]
    assert [row["A"] for rows in sheets.values() for row in rows[1:]] == [str(n) for n in range(7)]


def test_the_same_rows_are_the_same_bytes(tmp_path: Path) -> None:
    assert written("xlsx")[0] == written("xlsx")[0]


needs_office = pytest.mark.skipif(
    OFFICE is None, reason="NO LIBREOFFICE: install libreoffice-calc-nogui to recalculate exports in it"
)


@needs_office
@pytest.mark.parametrize("layout", ["xlsx", "csv", "tsv"])
def test_libreoffice_recalculates_it_and_finds_nothing_changed(tmp_path: Path, layout: str) -> None:
    rows: list[Row] = [(str(n), words, n, n / 4, None, None, None) for n, words in enumerate(SEEN)]
    tree = _recalculated(tmp_path, rows, layout, spreadsheet=True)
    cells = list(tree.iter(f"{TABLE_NS}table-cell"))
    assert len(cells) >= 4 * len(rows)
    assert not [cell for cell in cells if cell.get(f"{TABLE_NS}formula")], "a formula was made of words"
    assert not list(tree.iter(f"{TEXT_NS}a")), "a link was made of words"
    found = [_office_row(row) for row in tree.iter(f"{TABLE_NS}table-row")][1 : len(rows) + 1]
    for (number, formula, *_), seen in zip(rows, found, strict=True):
        words = str(formula) if layout == "xlsx" else plain_words(str(formula))
        # The office program knows one kind of line end.
        assert seen[:2] == [str(number), words.replace("\r\n", "\n").replace("\r", "\n")]


@needs_office
def test_libreoffice_would_run_what_is_raw(tmp_path: Path) -> None:
    tree = _recalculated(tmp_path, [("a", "=1+1", None, None, None, None, None)], "csv", spreadsheet=False)
    (cell,) = [cell for cell in tree.iter(f"{TABLE_NS}table-cell") if cell.get(f"{TABLE_NS}formula")]
    assert cell.get(f"{OFFICE_NS}value") == "2"


def _recalculated(folder: Path, rows: Sequence[Row], layout: str, *, spreadsheet: bool) -> etree._ElementTree:
    """Write a table, open it in LibreOffice with formulas evaluated, and return what it then holds."""
    path = folder / f"x.{layout}"
    losses: list[Loss] = []
    with path.open("w+b") as out:
        write_table(TABLE, [rows], out, losses.append, layout=layout, spreadsheet=spreadsheet)
    # UTF-8, separators and quotes as written, special numbers found, formulas evaluated: all that a user can ask of it.
    separator = {"csv": "44", "tsv": "9"}.get(layout)
    filters = (
        [] if separator is None else [f"--infilter=CSV:{separator},34,76,1,,0,false,true,false,false,false,0,true"]
    )
    home = (folder / "home").as_uri()
    words = ["--headless", f"-env:UserInstallation={home}", *filters, "--convert-to", "fods", "--outdir", str(folder)]
    subprocess.run([OFFICE or "", *words, str(path)], check=True, capture_output=True, timeout=300)
    return etree.parse(folder / "x.fods")


def _office_row(row: etree._Element) -> list[str]:
    cells = []
    for cell in row.iter(f"{TABLE_NS}table-cell"):
        text = "\n".join(_office_text(line) for line in cell.findall(f"{TEXT_NS}p"))
        cells += [text] * int(cell.get(f"{TABLE_NS}number-columns-repeated", "1"))
    return cells


def _office_text(line: etree._Element) -> str:
    text = line.text or ""
    for part in line:
        if part.tag == f"{TEXT_NS}s":
            text += " " * int(part.get(f"{TEXT_NS}c", "1"))
        elif part.tag == f"{TEXT_NS}tab":
            text += "\t"
        elif part.tag == f"{TEXT_NS}line-break":
            text += "\n"
        else:
            text += _office_text(part)
        text += part.tail or ""
    return text
