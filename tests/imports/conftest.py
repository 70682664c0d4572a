"""Rows of sample tables, imported as the program does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tocsin.codebook.imports import load_import
from tocsin.codebook.loader import load_codebook
from tocsin.datamodel import CodedDocument
from tocsin.datamodel.row import Row
from tocsin.datamodel.verdict import ReadVerdict
from tocsin.extract.numbers import read_size
from tocsin.gazetteer import open_gazetteer
from tocsin.imports import ImportTools, import_rows

SAMPLES = Path(__file__).parent / "samples"
ImportRow = Callable[..., CodedDocument | ReadVerdict]


@pytest.fixture(scope="session")
def tools() -> ImportTools:
    numbers = load_codebook().numbers
    return ImportTools(lambda words, under: read_size(words, numbers, convention=under), open_gazetteer())


@pytest.fixture(scope="session")
def import_row(tools: ImportTools) -> ImportRow:
    """One row of cells, by the mapping of a data set."""

    def make(name: str, **cells: str) -> CodedDocument | ReadVerdict:
        mapping = load_import(name, load_codebook().vocabulary)
        (made,) = import_rows("file", [Row("line 2", tuple(cells.items()))], mapping, tools)
        return made

    return make
