"""Typed access to TOML tables: what fits is read, what does not is a fault with its place."""

import pytest

from tocsin.codebook.tables import Faults, Table, read_table
from tocsin.errors import CodebookError


def _table(raw: dict[str, object]) -> tuple[Table, Faults]:
    faults = Faults()
    return Table(raw, "own.toml", faults), faults


def test_what_fits_is_read() -> None:
    table, faults = _table(
        {"name": "x", "words": ["a", "b"], "least": 2, "shares": [0.5, 1], "on": True, "inner": {"name": "y"}}
    )
    assert (table.text("name"), table.texts("words"), table.number("least")) == ("x", ("a", "b"), 2)
    assert (table.numbers("shares"), table.flag("on")) == ((0.5, 1), True)
    assert table.table("inner").text("name") == "y"
    assert list(table.tables()) == ["inner"]
    assert faults.lines == []


def test_what_is_absent_reads_as_empty_where_it_may_be() -> None:
    table, faults = _table({})
    assert (table.texts("words"), table.numbers("shares"), table.flag("on")) == ((), (), False)
    assert (table.text("name", "default"), table.number("least", 3)) == ("default", 3)
    assert table.table("inner").raw == {}
    assert faults.lines == []


@pytest.mark.parametrize(
    ("method", "value", "wanted"),
    [
        ("text", 3, "a string"),
        ("text", None, "a string"),
        ("texts", "a", "a list of strings"),
        ("texts", ["a", 1], "a list of strings"),
        ("number", "3", "a number"),
        ("number", True, "a number"),
        ("numbers", [1, "2"], "a list of numbers"),
        ("numbers", [True], "a list of numbers"),
        ("flag", 1, "true or false"),
        ("table", [], "a table"),
    ],
)
def test_what_does_not_fit_is_a_fault_at_its_key(method: str, value: object, wanted: str) -> None:
    table, faults = _table({} if value is None else {"inner": {"key": value}} if method == "table" else {"key": value})
    if method == "table":
        table.table("inner").table("key")
        assert faults.lines == [f"own.toml [inner.key]: must be {wanted}, not {value!r}"]
    else:
        assert not getattr(table, method)("key")
        assert faults.lines == [f"own.toml [key]: must be {wanted}" + ("" if value is None else f", not {value!r}")]


def test_a_key_that_is_not_known_is_a_fault_that_says_which_are() -> None:
    table, faults = _table({"strong": [], "stong": []})
    table.known("strong", "weak")
    assert faults.lines == ["own.toml [stong]: is not a key known here; known are strong, weak"]


def test_a_word_outside_a_closed_list_is_a_fault() -> None:
    table, faults = _table({"kind": "unoin"})
    table.one_of("kind", ("union", "police"))
    assert faults.lines == ["own.toml [kind]: 'unoin' is none of union, police"]


def test_all_faults_are_raised_at_once() -> None:
    faults = Faults()
    faults.raise_any()
    faults.add("a.toml [x]", "is wrong")
    faults.add("b.toml [y]", "is wrong too")
    with pytest.raises(CodebookError) as raised:
        faults.raise_any()
    assert "2 faults" in str(raised.value)
    assert "a.toml [x]: is wrong" in str(raised.value)
    assert "b.toml [y]: is wrong too" in str(raised.value)


def test_every_packaged_table_is_read_under_its_name() -> None:
    faults = Faults()
    assert read_table("types", None, faults).where == "types.toml"
    assert faults.lines == []
