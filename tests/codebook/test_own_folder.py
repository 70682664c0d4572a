"""A user's folder of tables, laid over the packaged ones."""

from pathlib import Path

import pytest

from tocsin.codebook import Codebook, load_codebook
from tocsin.errors import CodebookError


def load(folder: Path, **tables: str) -> Codebook:
    for name, content in tables.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return load_codebook(folder)


def test_a_value_replaces_and_a_list_with_a_plus_is_added_to(tmp_path: Path) -> None:
    packaged = load_codebook()
    own = load(
        tmp_path,
        types='[types.strike]\nplover = ["PROTEST"]\n[types.teach_in]\ncategory = "protest"\n',
        means='[words]\n"dogs+" = ["mastiff~"]\n',
    )
    assert own.vocabulary.types["strike"].plover == ("PROTEST",)
    assert own.vocabulary.types["strike"].forms == packaged.vocabulary.types["strike"].forms
    assert set(own.vocabulary.types) == {*packaged.vocabulary.types, "teach_in"}
    assert own.means != packaged.means
    assert own.numbers == packaged.numbers


def test_every_fault_is_told_with_its_file_and_key(tmp_path: Path) -> None:
    with pytest.raises(CodebookError) as raised:
        load(
            tmp_path,
            types="[types.strike]\ncategory = 3\n",
            triggers='[strike]\nstrongest = ["x"]\n[walkabout]\nstrong = ["y"]\n',
            speling="x = 1\n",
            scope="not toml",
        )
    told = str(raised.value)
    assert told.startswith("codebook: 5 faults\n")
    for where in (
        "types.toml [types.strike.category]: must be a string, not 3",
        "triggers.toml [strike.strongest]: is not a key",
        "triggers.toml [walkabout]: is not a type",
        "speling.toml: is no table of the codebook",
        "scope.toml: is not TOML",
    ):
        assert where in told


def test_no_folder_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="is not a folder"):
        load_codebook(tmp_path / "absent")
