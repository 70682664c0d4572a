"""What a reader of sources may be told."""

from dataclasses import dataclass
from datetime import date

#: One megabyte, in bytes, as file managers count it.
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What is known beforehand about all sources of a run, and what one of them may cost.

    What is set here beats a sidecar, and a sidecar beats what the format says.

    Attributes:
        publisher, published, author, language, licence: taken for every document, where not None.
        max_mb: megabytes (of 1,000,000 bytes) of one file, or of one document in an archive or a table, above which
            it is refused. News reports have 10 KB; 20 MB is room for an illustrated PDF.
        parser_seconds: processor time for one document; four times as much and ten may pass by the clock.
        parser_memory_mb: megabytes of memory for the process that takes foreign bytes apart.
        workers: such processes at work at one time; with two, one works while the caller codes what the other read.
    """

    publisher: str | None = None
    published: date | None = None
    author: str | None = None
    language: str | None = None
    licence: str | None = None
    max_mb: float = 20
    parser_seconds: int = 30
    parser_memory_mb: int = 1024
    workers: int = 2

    @property
    def max_bytes(self) -> int:
        """The size limit in bytes."""
        return int(self.max_mb * MB)
