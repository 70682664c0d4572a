"""What a parser hands over: one part of a source."""

import re
from dataclasses import dataclass

from tocsin.datamodel.document import Document
from tocsin.datamodel.verdict import FAILED, READ, REFUSED

_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Part:
    """One document found in a source, or one that could not be had.

    Attributes:
        where: which part of the source ("line 3"), or empty for the whole.
        status: "read", "refused" or "failed".
        reason: as in a verdict.
        document: with an empty id where the source gives none; None unless read.
    """

    where: str
    status: str
    reason: str
    document: Document | None = None


def found(document: Document, *, where: str = "", note: str = "") -> Part:
    """Return the part that holds a document; one without a letter or digit has no text and is a failure."""
    if not _LETTER.search(document.text):
        return failed("has no text", where=where)
    return Part(where, READ, note, document)


def failed(reason: str, *, where: str = "") -> Part:
    """Return a part that was tried and gave no document."""
    return Part(where, FAILED, reason)


def refused(reason: str, *, where: str = "") -> Part:
    """Return a part that was not tried."""
    return Part(where, REFUSED, reason)


def crashed(error: BaseException, *, where: str = "") -> Part:
    """Return the part that a parser gave up on with an exception."""
    what = " ".join(f"{type(error).__name__}: {error}".split())[:160]
    return failed(f"could not be taken apart ({what}); open it and save it as text", where=where)
