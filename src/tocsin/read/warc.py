"""Web archives (.warc, .warc.gz) with fastwarc: one document a page that was fetched with success.

Redirects, errors, pictures and scripts are left aside. The day of the crawl is not taken as the day of publication.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from tocsin.datamodel.ids import content_id
from tocsin.read.encoding import one_line, storable
from tocsin.read.html import page
from tocsin.read.parts import Part, crashed, failed, refused
from tocsin.read.pdf import pdf_document
from tocsin.read.text import text_document

SUFFIXES = (".warc", ".warc.gz", ".wet", ".wet.gz", ".warc.wet.gz")
_HTML = ("text/html", "application/xhtml+xml")


def bid(name: str, head: bytes) -> int:
    """Say how surely a file is a web archive: by its mark 3, packed ones by their suffix 2."""
    if head.startswith(b"WARC/"):
        return 3
    return 2 if name.endswith(SUFFIXES) else 0


def parse(stream: BinaryIO, *, limit: int) -> Iterator[Part]:
    """Yield the documents of a web archive, one record in memory at a time.

    Args:
        stream: the file.
        limit: bytes of one record at most.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    pages = 0
    try:
        for record in ArchiveIterator(stream, record_types=wanted, parse_http=True):
            part = _record(record, limit)
            if part is not None:
                pages += 1
                yield part
    except Exception as error:  # fastwarc raises several kinds; what came before the damage is read
        yield failed(f"is damaged after {pages} pages ({one_line(str(error), longest=100)}); fetch it again")
        return
    if not pages:
        yield failed("holds no page of text; is it a web archive?")


def _record(record: Any, limit: int) -> Part | None:
    """Return what became of a record, or None where it is no page."""
    http = record.http_headers
    if http is not None and http.status_code != 200:
        return None
    kind = (record.http_content_type or record.headers.get("Content-Type") or "").split(";")[0].strip().lower()
    if kind not in (*_HTML, "text/plain", "application/pdf"):
        return None
    url = storable(record.headers.get("WARC-Target-URI") or "").strip("<>")[:4000] or None
    where = f"page {url or record.record_id}"
    data = record.reader.read(limit + 1)
    if len(data) > limit:
        return refused(f"is longer than {limit / 1_000_000:g} MB; raise the limit with --max-mb", where=where)
    try:
        part = _parse(kind, data, charset=record.http_charset, url=url, where=where, limit=limit)
    except MemoryError:
        raise
    except Exception as error:  # one bad page never ends an archive
        return crashed(error, where=where)
    if part.document is None:
        return part
    # The address is the document: the same page fetched later is a new version of it.
    key = content_id("doc", url) if url else ""
    return replace(part, document=replace(part.document, id=key, url=url))


def _parse(kind: str, data: bytes, *, charset: str | None, url: str | None, where: str, limit: int) -> Part:
    if kind in _HTML:
        return page(data, charset=charset, url=url, where=where)
    if kind == "application/pdf":
        return pdf_document(data, limit=limit, where=where)
    return text_document(data, declared=charset, where=where)
