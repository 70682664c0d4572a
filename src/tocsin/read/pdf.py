"""PDF files with pypdfium2: their text layer, its lines joined to paragraphs.

A file's own day of making is not taken as the day of publication: it is as often the day of a scan.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from tocsin.datamodel.document import Document
from tocsin.read.encoding import one_line, plain_lines
from tocsin.read.parts import Part, failed, found
from tocsin.read.text import describe

SUFFIXES = (".pdf",)
# What programs write for want of a title.
_NO_TITLE = re.compile(r"(?:Microsoft \w+ - .*|untitled.*|.*\.(?:docx?|pdf|indd|qxp|qxd|rtf|odt|pages|tex))", re.I)
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")


def bid(name: str, head: bytes) -> int:
    """Say how surely a file is a PDF: by its mark, which may come late, 3; by its suffix 2."""
    if head.startswith(b"%PDF-"):
        return 3
    return 2 if name.endswith(SUFFIXES) or b"%PDF-" in head[:1024] else 0


def parse(stream: BinaryIO, *, limit: int) -> Iterator[Part]:
    """Yield the one document of a PDF file.

    Args:
        stream: the file.
        limit: bytes read at most, and characters of text kept at most.
    """
    yield pdf_document(stream.read(limit), limit=limit)


def pdf_document(data: bytes, *, limit: int, where: str = "") -> Part:
    """Return the document of a PDF file's bytes."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            return failed("is locked with a password; save a copy without one", where=where)
        return failed(f"is damaged or no PDF ({one_line(str(error), longest=80)})", where=where)
    pages: list[str] = []
    bare = room = 0
    for index in range(len(pdf)):
        page = pdf[index]
        layer = page.get_textpage()
        text = _paragraphs(layer.get_text_bounded())
        layer.close()
        page.close()
        if text:
            pages.append(text)
            room += len(text)
        else:
            bare += 1
        if room > limit:
            return failed(f"has more than {limit / 1_000_000:g} million characters; split it", where=where)
    title = one_line(pdf.get_metadata_value("Title"))
    author = one_line(pdf.get_metadata_value("Author"))
    count = len(pdf)
    pdf.close()
    if not pages:
        return failed("has no text; it is images only; run OCR first", where=where)
    text = "\n\n".join(pages)
    described = describe(Document(id="", text=text, title="" if _NO_TITLE.fullmatch(title) else title))
    if author and not described.author:
        described = describe(Document(id="", text=text, title=described.title, author=author))
    note = f"{bare} of its {count} pages have no text; run OCR on them" if bare else ""
    return found(described, where=where, note=note)


def _paragraphs(text: str) -> str:
    """Return a page's text with the lines of a paragraph joined by spaces, paragraphs set apart by blank lines."""
    # PDFium marks a hyphen at a line's end, where it may be the typesetter's, with U+0002 or U+FFFE.
    text = re.sub("[\x02\ufffe]\\s*\n\\s*", "", plain_lines(text))
    lines = [line.strip() for line in text.replace("\x02", "-").replace("\ufffe", "-").replace("\f", "\n").split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    # The ninth decile is the width of the column whatever headings and last lines are there. A line under three
    # quarters of it was not broken for want of room, so a paragraph ends there if a sentence does.
    width = lengths[(len(lengths) * 9) // 10 - (len(lengths) == 1)]
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if not line:
            paragraphs.append([])
            continue
        paragraphs[-1].append(line)
        if len(line) < 0.6 * width or (len(line) < 0.75 * width and _ENDS.search(line)):
            paragraphs.append([])
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs if paragraph)
