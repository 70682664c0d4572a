"""What became of one source that was to be read."""

from dataclasses import dataclass

from tocsin.datamodel.document import Document

READ = "read"
REFUSED = "refused"
FAILED = "failed"
STATUSES = (READ, REFUSED, FAILED)


@dataclass(frozen=True, slots=True)
class ReadVerdict:
    """What became of one source: a file, a line of a JSON Lines file, an entry of a feed, a record of an archive.

    Attributes:
        source: the path as it was given, with what is meant inside it (`dump.jsonl, line 3`); `-` is standard input.
        status: "read"; "refused" where the program does not try (too large, no text format); "failed"
            where it tried and no text came out.
        reason: why, one line, ending with what to do; for "read" a note on what was assumed (an encoding that was
            guessed), or empty.
        documents: what was read; empty unless the status is "read".
    """

    source: str
    status: str
    reason: str
    documents: tuple[Document, ...] = ()
