"""Plain text and Markdown.

The whole file is the text; of Markdown, front matter is taken off. The first lines give title, byline and day.
"""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from tocsin.datamodel.document import Document
from tocsin.read.bylines import read_head
from tocsin.read.encoding import decode, looks_binary, one_line, plain_lines
from tocsin.read.fields import FieldError, document_fields
from tocsin.read.parts import Part, failed, found

SUFFIXES = (".txt", ".text")
MARKDOWN = (".md", ".markdown")
_FENCES = {"---": "---", "+++": "+++"}
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w-]{0,30}):[ \t]*(?P<value>.*)")


def bid(name: str, head: bytes) -> int:
    """Say how surely a file is text: by its suffix 2, by its bytes 1, not at all 0."""
    if looks_binary(head):
        return 0
    return 2 if name.endswith(SUFFIXES) else 1


def bid_markdown(name: str, head: bytes) -> int:
    """Say how surely a file is Markdown: by its suffix alone."""
    return 2 if name.endswith(MARKDOWN) and not looks_binary(head) else 0


def parse(stream: BinaryIO, *, limit: int) -> Iterator[Part]:
    """Yield the one document of a text file.

    Args:
        stream: the file.
        limit: bytes read at most.
    """
    yield text_document(stream.read(limit))


def text_document(data: bytes, *, declared: str | None = None, where: str = "") -> Part:
    """Return the document of a text file's bytes; `declared` is the encoding that a server named, or None."""
    decoded = decode(data, declared=declared)
    return found(describe(Document(id="", text=plain_lines(decoded.text))), where=where, note=decoded.note)


def parse_markdown(stream: BinaryIO, *, limit: int) -> Iterator[Part]:
    """Yield the one document of a Markdown file, its front matter (`---` or `+++`) taken as its fields."""
    decoded = decode(stream.read(limit))
    try:
        matter, text = _front_matter(plain_lines(decoded.text))
        fields = document_fields(matter)
    except FieldError as error:
        yield failed(f"front matter: {error}")
        return
    document = Document(**{"id": "", **fields.values, "text": text})
    yield found(describe(document), note="; ".join(filter(None, (decoded.note, fields.note))))


def describe(document: Document) -> Document:
    """Return a document with what the first lines of its text say, where nothing is known yet."""
    head = read_head(document.text)
    return Document(
        id=document.id,
        text=document.text,
        title=document.title or one_line(head.title),
        publisher=document.publisher or one_line(head.agency),
        published=document.published or head.published,
        author=document.author or (one_line(head.author) or None),
        language=document.language,
        url=document.url,
        licence=document.licence,
    )


def _front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """Return the front matter of a Markdown text and what follows it."""
    first, _, after = text.removeprefix("\ufeff").partition("\n")
    fence = _FENCES.get(first.rstrip())
    if fence is None:
        return {}, text
    # Front matter is short: one that runs on for 10,000 characters is a rule at the top of a text.
    end = re.search(rf"^{re.escape(fence)}[ \t]*$\n?", after[:10_000], re.M)
    if end is None:
        return {}, text
    return _pairs(after[: end.start()], toml=fence == "+++"), after[end.end() :].lstrip("\n")


def _pairs(block: str, *, toml: bool) -> Mapping[str, object]:
    if toml:
        import tomllib

        try:
            return tomllib.loads(block)
        except tomllib.TOMLDecodeError as error:
            raise FieldError(f"is not TOML ({error})") from error
    # Of YAML, only `key: value` lines: lists and nested tables name nothing that a document has.
    pairs = (_PAIR.fullmatch(line.rstrip()) for line in block.split("\n"))
    return {pair["key"].lower(): pair["value"].strip("\"'") for pair in pairs if pair and pair["value"]}
