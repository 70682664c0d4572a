"""The example reports are found and are what their README says."""

import json
from datetime import date
from pathlib import Path

import pytest

from tocsin.errors import UsageError
from tocsin.examples import example_folder

REPORTS = sorted(path for path in example_folder().iterdir() if not path.name.endswith(".meta.json"))


def test_twelve_reports_in_three_formats() -> None:
    assert len(REPORTS) == 12
    assert {path.suffix for path in REPORTS} == {".txt", ".md", ".html"}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_a_report_carries_its_publisher_and_day_or_has_a_sidecar(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sidecar = path.with_name(path.name + ".meta.json")
    if path.suffix == ".html":
        assert "og:site_name" in text or '"publisher"' in text
        assert not sidecar.exists()
    else:
        data = json.loads(sidecar.read_text(encoding="utf-8"))
        assert data["publisher"]
        assert date.fromisoformat(data["published"]).year == 2020


def test_one_report_is_another_word_for_word() -> None:
    wire = (example_folder() / "04-northgate-wire-0817.txt").read_text(encoding="utf-8")
    reprint = (example_folder() / "05-baltic-courier-0818.html").read_text(encoding="utf-8")
    paragraphs = wire.strip().split("\n\n")[2:]
    assert len(paragraphs) == 5
    assert all(f"<p>{paragraph}</p>" in reprint for paragraph in paragraphs)


def test_an_unknown_set_names_itself() -> None:
    with pytest.raises(UsageError, match="nowhere-1999"):
        example_folder("nowhere-1999")
