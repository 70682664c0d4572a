"""The formats, and which of them a file has.

To add one: a file beside this one with a bid and a parser, and a line in `FORMATS`.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from tocsin.read import feed, html, jsonl, pdf, table, text, warc
from tocsin.read.parts import Part

#: Bytes of a file that formats bid on.
HEAD = 4096


class Parser(Protocol):
    """Takes a stream apart; `limit` is bytes of one document at most."""

    def __call__(self, stream: BinaryIO, *, limit: int) -> Iterator[Part]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """One format of files.

    Attributes:
        name: as it is called in messages and between processes.
        bid: says from a lower-case file name and the first bytes how surely a file is of the format: 3 its mark is
            there, 2 its suffix, 1 it may be, 0 no.
        parse: takes a file apart.
        foreign: whether that is done in a child process with limits.
        single: whether a file is one document, so that the size limit holds for the file.
    """

    name: str
    bid: Callable[[str, bytes], int]
    parse: Parser
    foreign: bool = True
    single: bool = True


#: The first of equal bids wins.
FORMATS = (
    Format("pdf", pdf.bid, pdf.parse),
    Format("warc", warc.bid, warc.parse, single=False),
    Format("feed", feed.bid, feed.parse),
    Format("html", html.bid, html.parse),
    Format("jsonl", jsonl.bid, jsonl.parse, foreign=False, single=False),
    Format("json", jsonl.bid_json, jsonl.parse_json, foreign=False),
    Format("table", table.bid, table.parse, single=False),
    Format("markdown", text.bid_markdown, text.parse_markdown, foreign=False),
    Format("text", text.bid, text.parse, foreign=False),
)
BY_NAME = {one.name: one for one in FORMATS}

_MARKS = (
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"II*\0", "an image (TIFF)"),
    (b"MM\0*", "an image (TIFF)"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "rich text (RTF)"),
    (b"\x1f\x8b", "packed with gzip"),
    (b"BZh", "packed with bzip2"),
    (b"\xfd7zXZ", "packed with xz"),
    (b"(\xb5/\xfd", "packed with zstd"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet table"),
    (b"\x7fELF", "a program"),
    (b"OggS", "sound or film"),
    (b"ID3", "sound"),
)


def choose(name: str, head: bytes) -> Format | str:
    """Return the format of a file, or the reason in one line why it has none.

    Args:
        name: the file's name.
        head: its first `HEAD` bytes.
    """
    if head.startswith(b"\x1f\x8b"):
        # A web archive is packed record by record; a look at the first 100 characters tells.
        head = _unpacked(head)
    best = max(FORMATS, key=lambda one: one.bid(name.lower(), head))
    sure = best.bid(name.lower(), head)
    mark = next((what for start, what in _MARKS if head.startswith(start)), None)
    if mark and sure < 3:
        advice = "; run OCR first" if "image" in mark else "; unpack it, or save it as text, HTML or PDF"
        return f"is {mark}, no text{advice}"
    return best if sure else "is binary, no text; save it as text, HTML or PDF"


def _unpacked(head: bytes) -> bytes:
    try:
        start = zlib.decompressobj(wbits=31).decompress(head, 100)
    except zlib.error:
        return head
    return start if start.startswith(b"WARC/") else head
