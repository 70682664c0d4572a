"""The coded documents that the gate measures on, and the hash that ties floors to them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.gate.cases import CASES, load_cases
from tocsin.datamodel import CodedDocument
from tocsin.datamodel.coded import read, write

SHARED = Path(__file__).parents[3] / "shared"


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Coded documents to measure on.

    Attributes:
        name: as in the file of floors.
        documents: the documents.
        sha256: of what they say.
    """

    name: str
    documents: tuple[CodedDocument, ...]
    sha256: str


def gold_sets(shared: Path = SHARED, cases: Path = CASES) -> tuple[GoldSet, ...]:
    """Return the sets that are there: the project's own cases always, the others where `shared` has them.

    "dev-real" is the part of "dev" that is real news.
    """
    dev = sorted((shared / "gold" / "dev").glob("*.json"))
    found = [
        ("seed", sorted((shared / "seed").glob("*.json"))),
        ("dev", dev),
        ("dev-real", [file for file in dev if file.name.startswith("dev-wn-")]),
    ]
    sets = [
        GoldSet(name, tuple(one for file in files for one in read(file)), file_hash(files))
        for name, files in found
        if files
    ]
    own = tuple(case.coded for case in load_cases(cases))
    return (*sets, GoldSet("cases", own, coded_hash(own)))


def coded_hash(documents: Iterable[CodedDocument]) -> str:
    """Return the SHA-256 of coded documents: comments and marks beside them do not count."""
    return hashlib.sha256("".join(write(documents)).encode()).hexdigest()


def file_hash(files: Iterable[Path]) -> str:
    """Return the SHA-256 of the names and bytes of files, in hexadecimal."""
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
