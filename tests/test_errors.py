"""Every error is of one root and names its subject and what to do."""

import inspect

import pytest

from tocsin import errors
from tocsin.errors import TocsinError

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, TocsinError)]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_names_its_subject_its_problem_and_what_to_do(kind: type[TocsinError]) -> None:
    error = kind("a.toml", "is not TOML", "mend it")
    assert str(error) == "a.toml: is not TOML; mend it"
    assert (error.subject, error.problem, error.advice) == ("a.toml", "is not TOML", "mend it")
    assert str(kind("a.toml", "is not TOML")) == "a.toml: is not TOML"


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn = {line.split("─ ")[1].split()[0] for line in (errors.__doc__ or "").splitlines() if "─ " in line}
    assert drawn == {kind.__name__ for kind in KINDS} - {"TocsinError"}
