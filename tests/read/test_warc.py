"""Web archives."""

import gzip
from collections.abc import Callable

from tocsin.datamodel import ReadVerdict

Judge = Callable[..., list[ReadVerdict]]
Warc = Callable[..., bytes]


def http(body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def test_pages_are_read_and_the_rest_left_aside(
    judge: Judge, warc: Warc, article: str, pdf: Callable[..., bytes]
) -> None:
    data = warc(
        ("https://harbour.example/1", http(article.encode())),
        ("https://harbour.example/x.png", http(b"\x89PNG", "image/png")),
        ("https://harbour.example/gone", http(article.encode(), status="404 Not Found")),
        ("https://harbour.example/empty", http(b"<html><body></body></html>")),
        ("https://harbour.example/a.pdf", http(pdf([["Some 400 dockers stopped work in Gdynia."]]), "application/pdf")),
        (
            "https://harbour.example/a.txt",
            http("Café staff struck.".encode("cp1252"), "text/plain; charset=iso-8859-1"),
        ),
    )
    page, empty, paper, text = judge("a.warc", data)
    assert page.source == "a.warc, page https://harbour.example/1"
    assert page.documents[0].url == "https://harbour.example/1"
    assert "Some 400 dockers" in page.documents[0].text
    assert empty.status == "failed"
    assert "400 dockers" in paper.documents[0].text
    assert text.documents[0].text == "Café staff struck."


def test_packed_archives_and_versions_of_a_page(judge: Judge, warc: Warc, article: str) -> None:
    one = gzip.compress(warc(("https://harbour.example/1", http(article.encode()))))
    two = gzip.compress(warc(("https://harbour.example/1", http(article.replace("400", "600").encode()))))
    first, second = judge("a.warc.gz", one + two)
    assert first.documents[0].id == second.documents[0].id
    assert first.documents[0].text != second.documents[0].text
    assert [v.documents for v in judge("noname", one + two)] == [first.documents, second.documents]


def test_a_page_over_the_limit_is_refused(judge: Judge, warc: Warc, article: str) -> None:
    big = http(b"<html>" + b"x" * 20_000)
    data = warc(("https://a.example/", big), ("https://b.example/", http(article.encode())))
    assert [v.status for v in judge("a.warc", data, max_mb=0.01)] == ["refused", "read"]


def test_damage_ends_the_archive_and_keeps_what_came_before(judge: Judge, warc: Warc, article: str) -> None:
    data = gzip.compress(warc(("https://harbour.example/1", http(article.encode()))))
    more = gzip.compress(warc(("https://harbour.example/2", http(article.encode()))))
    verdicts = judge("a.warc.gz", data + more[: len(more) // 2] + b"\xff" * 100)
    assert verdicts[0].status == "read"
    assert verdicts[-1].status == "failed" or len(verdicts) == 2


def test_an_archive_of_nothing(judge: Judge, warc: Warc) -> None:
    (verdict,) = judge("a.warc", warc(("https://a.example/x.png", http(b"\x89PNG", "image/png"))))
    assert (verdict.status, verdict.reason) == ("failed", "holds no page of text; is it a web archive?")
