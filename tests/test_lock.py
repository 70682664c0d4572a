"""The lock holds what the project asks for, with hashes, and comes from the public registry alone."""

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


def _wanted(lines: list[str]) -> set[str]:
    return {re.sub(r"\s", "", line) for line in lines}


def _locked(entries: list[dict[str, Any]]) -> set[str]:
    def extras(entry: dict[str, Any]) -> str:
        return f"[{','.join(entry['extras'])}]" if "extras" in entry else ""

    return {entry["name"] + extras(entry) + entry.get("specifier", "") for entry in entries}


def test_the_lock_holds_the_libraries_that_the_project_asks_for() -> None:
    project = _load("pyproject.toml")
    metadata = next(p for p in _load("uv.lock")["package"] if p["name"] == "tocsin")["metadata"]
    # `make lock` mends a difference.
    assert _locked(metadata["requires-dist"]) == _wanted(project["project"]["dependencies"])
    for group, lines in project["dependency-groups"].items():
        assert _locked(metadata["requires-dev"][group]) == _wanted(lines)


def test_every_locked_file_has_a_hash_and_a_public_home() -> None:
    for package in _load("uv.lock")["package"]:
        if package["name"] == "tocsin":
            continue
        assert package["source"] == {"registry": "https://pypi.org/simple"}
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        assert files
        for file in files:
            assert file["url"].startswith("https://files.pythonhosted.org/")
            assert file["hash"].startswith("sha256:")


def test_there_are_at_most_twenty_direct_libraries() -> None:
    assert len(_load("pyproject.toml")["project"]["dependencies"]) <= 20
