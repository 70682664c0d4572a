"""The codebook as the program uses it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tocsin.codebook.tables import Faults, read_table
from tocsin.codebook.types import Vocabulary, parse_types
from tocsin.errors import CodebookError


@dataclass(frozen=True, slots=True)
class Codebook:
    """All coding rules that are data: one field a file of `codebook/data/`."""

    vocabulary: Vocabulary


@cache
def load_codebook(folder: Path | None = None) -> Codebook:
    """Return the packaged codebook, with a user's folder laid over it.

    Args:
        folder: TOML files of the same names as the packaged ones; each may hold only what differs.

    Raises:
        CodebookError: with every fault of every file, not only the first.
    """
    if folder is not None and not folder.is_dir():
        raise CodebookError(str(folder), "is not a folder", "name the folder that holds your TOML files")
    faults = Faults()
    codebook = Codebook(vocabulary=parse_types(read_table("types", folder, faults)))
    faults.raise_any()
    return codebook
