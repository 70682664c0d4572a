"""What the tests of the report share: the packaged types."""

import pytest

from tocsin.codebook.tables import Faults, read_table
from tocsin.codebook.types import Vocabulary, parse_types


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The packaged types."""
    return parse_types(read_table("types", None, Faults()))
