"""What README.md and docs/ say is so: commands, options, links, files, tables."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from tocsin.cli.app import app
from tocsin.codebook import load_codebook
from tocsin.errors import CodebookError

ROOT = Path(__file__).resolve().parents[2]
FILES = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "NOTICE", "examples/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
)
CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"(?:^|[`|;$>] *)tocsin(?: (?:\"[^\"\n]*\"|[^\n`|;>\"])*)?", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?://|mailto:)(?P<target>[^)#\s]*)(?:#(?P<anchor>[^)\s]+))?\)")
HOMES = "src|tests|docs|bench|training|tools|examples|gazetteer_build"
PATH = re.compile(rf"(?<![\w/.-])(?:{HOMES})/[\w./-]*[\w/]")
TABLE = re.compile(r"(?<![\w/.-])([\w-]+\.toml)\b")
MODULE = re.compile(r"python -m ([a-z_.]+)")
MAKE = re.compile(r"\bmake ((?:[a-z]+ ?)+)")
BLOCK = re.compile(r"^<!-- (?:output|figures)[^\n]*-->\n(.*?)^(<!-- [^\n]*)", re.DOTALL | re.MULTILINE)
#: Files that the text tells a reader to make.
TO_BE_MADE = {
    "src/tocsin/codebook/data/slogans.toml",
    "src/tocsin/codebook/slogans.py",
    "src/tocsin/extract/slogans.py",
}
#: TOML files that are no tables of the codebook.
OTHER_TOML = {"ours.toml", "pyproject.toml", "words.toml", "floors.toml", "slogans.toml", "trigers.toml"}


def _name(file: Path) -> str:
    return str(file.relative_to(ROOT))


@cache
def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _commands() -> Iterator[tuple[str, str]]:
    for file in FILES:
        for code in CODE.findall(_text(file).replace("\\|", "/")):  # a stroke within a table's cell
            # Output of a command is not shown as one: in a block with prompts only those lines are commands.
            shown = "\n".join(line for line in code.splitlines() if line.startswith("$ ")) if "\n$ " in code else code
            for found in COMMAND.finditer(shown.strip("`")):
                yield _name(file), found[0].lstrip("`|;$> ").strip()


COMMANDS = sorted(set(_commands()))


def _words(command: str) -> list[str]:
    return [word.strip("`") for word in shlex.split(command, comments=True)[1:]]


@pytest.mark.parametrize(("file", "command"), COMMANDS)
def test_a_command_that_is_shown_is_known_with_its_options(file: str, command: str) -> None:
    known: dict[str, Any] = vars(typer.main.get_command(app))["commands"]
    words = _words(command)
    if not words or words[0] in ("--help", "COMMAND"):
        return
    assert words[0] in known, f"{file}: there is no command {words[0]!r}"
    options = {flag for parameter in known[words[0]].params for flag in parameter.opts} | {"--help"}
    for word in words[1:]:
        if word.startswith("-") and word != "-":
            assert word.split("=")[0] in options, f"{file}: tocsin {words[0]} has no option {word}"


def test_commands_are_found_at_all() -> None:
    shown = {_words(command)[0] for _, command in COMMANDS if _words(command)}
    assert {"demo", "run", "code", "resolve", "explain", "export", "evaluate", "info", "report"} <= shown


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_every_link_leads_somewhere(file: Path) -> None:
    for link in LINK.finditer(_text(file)):
        target = (file.parent / link["target"]).resolve() if link["target"] else file
        assert target.exists(), f"{_name(file)}: {link[0]} leads nowhere"
        if link["anchor"]:
            assert link["anchor"] in _anchors(target), f"{_name(file)}: {link[0]}: there is no such heading"


def _anchors(file: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", _text(file), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_every_file_that_is_named_exists(file: Path) -> None:
    for path in PATH.findall(_text(file)):
        if path not in TO_BE_MADE:
            assert (ROOT / path).exists(), f"{_name(file)} names {path}"


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_every_table_that_is_named_exists(file: Path) -> None:
    tables = {path.name for path in (ROOT / "src/tocsin/codebook/data").glob("*.toml")}
    cases = {path.name for path in (ROOT / "tests/cases").glob("*.toml")}
    for name in TABLE.findall(_text(file)):
        assert name in tables | cases | OTHER_TOML, f"{_name(file)} names {name}"


def test_every_table_of_the_codebook_is_told() -> None:
    told = _text(ROOT / "docs/codebook.md")
    for path in (ROOT / "src/tocsin/codebook/data").glob("*.toml"):
        assert f"`{path.name}`" in told


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_every_module_and_target_that_is_run_exists(file: Path) -> None:
    text = _text(file)
    for module in MODULE.findall(text):
        if module.startswith(("bench", "training")):
            path = ROOT / module.replace(".", "/")
            assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), f"python -m {module}"
    targets = set(re.findall(r"^([a-z]+):", _text(ROOT / "Makefile"), re.MULTILINE))
    for code in CODE.findall(text):
        for line in code.strip("`").splitlines():
            if found := MAKE.match(line.removeprefix("$ ")):
                assert set(found[1].split()) <= targets, f"{_name(file)}: make {found[1]}"


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_blocks_of_output_are_closed(file: Path) -> None:
    for content, end in BLOCK.findall(_text(file)):
        assert end == "<!-- end -->"
        assert content.strip(), "run make figures"


def test_a_codebook_that_is_shown_is_one(tmp_path: Path) -> None:
    shown = re.findall(r"^```toml\n# mine/(\w+\.toml)[^\n]*\n(.*?)^```$", _text(ROOT / "docs/codebook.md"), re.S | re.M)
    assert len(shown) >= 5
    for name, content in shown:
        tomllib.loads(content)
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write(content)
    try:
        codebook = load_codebook(tmp_path)
    except CodebookError as error:
        pytest.fail(str(error))
    assert codebook.vocabulary.types["teach_in"].category == "protest"
    assert codebook.claims.people["teach_in"] == "participants"
    assert "house" in codebook.numbers.conventions


def test_every_library_is_told_with_its_licence() -> None:
    told = _text(ROOT / "docs/libraries.md")
    project = tomllib.loads(_text(ROOT / "pyproject.toml"))
    groups = project["dependency-groups"]
    for line in (*project["project"]["dependencies"], *groups["dev"], *groups["gazetteer"], *groups["training"]):
        name = re.split(r"[<>=\[ ]", line)[0]
        rows = [
            row for row in told.splitlines() if row.startswith("|") and re.search(rf"\b{name}\b", row.split("|")[1])
        ]
        assert rows, f"{name} is not in docs/libraries.md"
        assert len(rows[0].split("|")[2].strip()) > 2
