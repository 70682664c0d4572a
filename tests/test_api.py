"""Tocsin from Python."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import tocsin

TEXT = "About 400 miners walked out in Soligorsk on Monday over unpaid wages, the union said."


def test_the_public_names_are_one_sorted_list_and_all_are_there() -> None:
    assert tocsin.__all__ == sorted(tocsin.__all__)
    assert dir(tocsin) == tocsin.__all__
    for name in tocsin.__all__:
        assert getattr(tocsin, name) is not None
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        tocsin.nothing_of_the_kind  # noqa: B018


def test_importing_tocsin_imports_nothing_heavy() -> None:
    script = "import sys; before = set(sys.modules); import tocsin; print(*(set(sys.modules) - before))"
    names = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert {name for name in names if name.startswith("tocsin")} == {"tocsin", "tocsin.version"}
    assert not {"typer", "rich", "sqlite3", "lxml"} & set(names)


def test_a_text_is_coded_with_its_day() -> None:
    nlp = tocsin.load("en")
    coded = nlp(TEXT, published="2020-09-16", publisher="Free Radio")
    assert coded.document.published == date(2020, 9, 16)
    assert coded == nlp(TEXT, published=date(2020, 9, 16), publisher="Free Radio")
    assert coded.ungrounded == 0


def test_an_unknown_language_is_said() -> None:
    with pytest.raises(tocsin.TocsinError, match="language 'xx': is not known"):
        tocsin.load("xx")


def test_a_record_takes_files_and_gives_mentions(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    with tocsin.open(tmp_path / "r.tocsin") as record:
        assert record.add([tmp_path / "a.txt"]).documents["new"] == 1
        assert record.add([tmp_path / "a.txt"]).unchanged == 1
        (coded,) = record.documents()
        assert coded.document.text.strip() == TEXT
        assert list(record.mentions()) == list(coded.mentions)


def test_a_record_tells_what_its_claims_come_to(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    with tocsin.open(tmp_path / "r.tocsin") as record:
        record.add([tmp_path / "a.txt"])
        figures = [figure for event in record.figures(policy="conservative") for figure in event.figures]
        assert [(figure.attribute, figure.best, figure.policy) for figure in figures] == [
            ("participants", 400, "conservative")
        ]
        (found,) = (one for one in record.sums(by="place").sums if one.attribute == "participants")
        assert (found.best, found.events) == (400, 1)
