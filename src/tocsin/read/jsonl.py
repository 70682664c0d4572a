"""JSON Lines and JSON: documents (`{"id", "text", "title", "publisher", "published"}`) or coded documents.

Of a coded document its `document` is taken. Texts are kept code point for code point, line ends too: whoever wrote
the JSON may count in them.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from tocsin.datamodel.document import Document
from tocsin.read.encoding import decode
from tocsin.read.fields import FieldError, document_fields
from tocsin.read.parts import Part, failed, found, refused

LINES = (".jsonl", ".ndjson")
WHOLE = (".json",)
_ADVICE = 'one JSON object a line is wanted, with "text" and, best, "id", "title", "publisher", "published"'


def bid(name: str, head: bytes) -> int:
    """Say how surely a file is JSON Lines."""
    if name.endswith(LINES):
        return 2
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return 1 + (not name.endswith(WHOLE)) if start.startswith(b"{") and b'"text"' in start else 0


def bid_json(name: str, head: bytes) -> int:
    """Say how surely a file is one JSON value."""
    return 2 if name.endswith(WHOLE) else 0


def parse(stream: BinaryIO, *, limit: int) -> Iterator[Part]:
    """Yield the documents of JSON Lines as the lines come in; a broken line is a failure and the next is read.

    Args:
        stream: the file, or standard input.
        limit: bytes of one line at most.
    """
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        where = f"line {number}"
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit)
            yield refused(_too_long(limit), where=where)
        elif number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield failed("is UTF-16; save it as UTF-8", where=where)
            return
        elif line.strip():
            yield _line(line, number)


def parse_json(stream: BinaryIO, *, limit: int) -> Iterator[Part]:
    """Yield the documents of a JSON file: one object, a list of objects, or, in truth, JSON Lines."""
    data = stream.read(limit)
    try:
        value = json.loads(decode(data).text)
    except (ValueError, RecursionError):
        from io import BytesIO

        yield from parse(BytesIO(data), limit=limit)
        return
    if isinstance(value, list):
        yield from (_document(item, where=f"item {number}") for number, item in enumerate(value, 1))
    else:
        yield _document(value, where="")


def _line(line: bytes, number: int) -> Part:
    where = f"line {number}"
    try:
        value = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        return failed("is not UTF-8; save the file as UTF-8", where=where)
    except json.JSONDecodeError as error:
        return failed(f"is not JSON ({error.msg} at character {error.pos + 1}); {_ADVICE}", where=where)
    except (ValueError, RecursionError):
        return failed(f"is JSON of absurd depth or numbers; {_ADVICE}", where=where)
    return _document(value, where=where)


def _document(value: Any, *, where: str) -> Part:
    if isinstance(value, dict) and isinstance(value.get("document"), dict):
        value = value["document"]
    if not isinstance(value, dict):
        return failed(f"is no JSON object; {_ADVICE}", where=where)
    try:
        fields = document_fields(value)
    except FieldError as error:
        return failed(f"{error}; {_ADVICE}", where=where)
    if "text" not in fields.values:
        return failed(f'has no "text"; {_ADVICE}', where=where)
    return found(Document(**{"id": "", **fields.values}), where=where, note=fields.note)


def _too_long(limit: int) -> str:
    return f"is longer than {limit / 1_000_000:g} MB; split the document, or raise the limit with --max-mb"
