"""Builders of small real files, and the reader under test."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest

from tocsin.datamodel import Document, ReadVerdict
from tocsin.read import ReadOptions, read_sources


class Reader(Protocol):
    def __call__(self, *paths: Path, **options: Any) -> list[ReadVerdict]: ...


@pytest.fixture
def read() -> Reader:
    """Return a function that reads paths to a list of verdicts."""

    def run(*paths: Path, **options: Any) -> list[ReadVerdict]:
        return list(read_sources(paths, options=ReadOptions(**options)))

    return run


@pytest.fixture
def read_one(tmp_path: Path, read: Reader) -> Callable[..., Document]:
    """Return a function that writes one file and returns the one document that comes of it."""

    def run(name: str, data: str | bytes, **options: Any) -> Document:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        (verdict,) = read(path, **options)
        assert verdict.status == "read", verdict
        (document,) = verdict.documents
        return document

    return run


@pytest.fixture
def judge(tmp_path: Path, read: Reader) -> Callable[..., list[ReadVerdict]]:
    """Return a function that writes one file and returns the verdicts on it, its folder taken off their sources."""

    def run(name: str, data: str | bytes, **options: Any) -> list[ReadVerdict]:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return [
            ReadVerdict(v.source.removeprefix(f"{tmp_path}/"), v.status, v.reason, v.documents)
            for v in read(path, **options)
        ]

    return run


def build_pdf(pages: list[list[str]], *, title: str = "", image: bool = False) -> bytes:
    """Return a PDF of pages with lines in Helvetica; with `image`, each page is a grey picture without text."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    objects.append(
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
        b"stream\n\x80\nendstream"
    )
    for lines in pages:
        shown = b"q 500 0 0 700 50 50 cm /I Do Q" if image else _lines(lines)
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    objects.append(b"<</Title(%s)>>" % title.encode("cp1252"))
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(objects),
            len(data),
        )
    )


def _lines(lines: list[str]) -> bytes:
    drawn = b""
    for line in lines:
        text = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        drawn += b"(%s) Tj 0 -14 Td " % text
    return b"BT /F 11 Tf 50 740 Td %sET" % drawn


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    """Return the builder of PDF files."""
    return build_pdf


def build_warc(*records: tuple[str, bytes], version: bytes = b"WARC/1.0") -> bytes:
    """Return a web archive of HTTP responses, each an address with what the server sent."""
    data = b""
    for url, response in records:
        head = (
            f"WARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-05T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n"
        )
        data += version + b"\r\n" + head.encode() + response + b"\r\n\r\n"
    return data


@pytest.fixture
def warc() -> Callable[..., bytes]:
    """Return the builder of web archives."""
    return build_warc


ARTICLE = """<!DOCTYPE html>
<html lang="en-gb"><head><meta charset="utf-8">
<title>Dockers stop work in Gdynia | Harbour Times</title>
<meta property="og:title" content="Dockers stop work in Gdynia">
<meta property="og:site_name" content="Harbour Times">
<meta property="article:published_time" content="2021-03-04T23:30:00+02:00">
<meta name="author" content="Ewa Lis">
<link rel="canonical" href="https://harbour.example/2021/dockers">
</head><body><nav><a href="/">Home</a><a href="/ports">Ports</a></nav>
<article><h1>Dockers stop work in Gdynia</h1>
<p>Some 400 dockers stopped work in the port of Gdynia on Thursday over unpaid overtime, their union said.</p>
<p>The port authority put the number at 150 and said that ships were being unloaded without delay.</p>
<p>Talks between the two sides are to be held on Friday at the office of the regional labour inspector.</p>
</article><footer><p>All rights reserved.</p></footer></body></html>
"""


@pytest.fixture
def article() -> str:
    """Return a web page with one article."""
    return ARTICLE
