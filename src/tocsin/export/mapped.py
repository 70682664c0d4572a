"""Others' codebooks that the record can be written in: what each is called and who makes its rows.

A mapping is data in `codebook/`; its module here turns happenings into rows and says of each what it could not hold.
It knows nothing of files, cells or privacy: those come after and before it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tocsin.codebook.exports import load_export
from tocsin.datamodel import Place
from tocsin.datamodel.happening import Happening
from tocsin.export.losses import Loss

#: One row: values by column; None is an empty cell. Lines of JSON may hold lists and objects.
MappedRow = Mapping[str, Any]
#: Says what a place is ("settlement", "county", "region", "country", "area"), None where it is not known.
Precise = Callable[[Place], str | None]


@dataclass(frozen=True, slots=True)
class Lookups:
    """What a mapping leans on.

    Attributes:
        folder: the user's codebook, laid over the packaged tables; None for those alone.
        precise: says what a place is; without it name and region must tell.
    """

    folder: Path | None = None
    precise: Precise = lambda place: None


#: Turns happenings into rows, each with what it cannot hold after it.
MakeRows = Callable[[Iterable[Happening], Lookups], Iterator[MappedRow | Loss]]


@dataclass(frozen=True, slots=True)
class Mapped:
    """One codebook of others.

    Attributes:
        name: as `--as` takes it.
        what: one line for the help.
        layout: "csv", "tsv" or "jsonl".
        rows: makes them.
        convention: what vague numbers come to where the user names no convention; None for the record's own.
    """

    name: str
    what: str
    layout: str
    rows: MakeRows
    convention: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in the order of the file, or the keys of a line of JSON."""
        return load_export(self.name).columns
