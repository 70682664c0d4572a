"""Web pages."""

from collections.abc import Callable
from datetime import date

import pytest

from tocsin.datamodel import Document, ReadVerdict
from tocsin.read.html import fragment_text, page

Judge = Callable[..., list[ReadVerdict]]


def test_the_article_and_what_the_page_says_of_it(read_one: Callable[..., Document], article: str) -> None:
    document = read_one("dockers.html", article)
    assert "Some 400 dockers stopped work" in document.text
    assert "said.\n\nThe port authority" in document.text
    assert "All rights reserved" not in document.text and "Ports" not in document.text
    assert document.title == "Dockers stop work in Gdynia"
    assert document.publisher == "Harbour Times"
    assert document.published == date(2021, 3, 4)
    assert document.author == "Ewa Lis"
    assert document.language == "en-GB"
    assert document.url == "https://harbour.example/2021/dockers"


def test_a_sentence_said_twice_is_kept_twice(read_one: Callable[..., Document], article: str) -> None:
    line = "<p>The strike goes on until every hour of overtime has been paid.</p><p>The port disagrees, it said.</p>"
    document = read_one("a.html", article.replace("</article>", line * 3 + "</article>"))
    assert document.text.count("The strike goes on until every hour") == 3


def test_a_day_in_the_story_is_not_the_day_of_publication(read_one: Callable[..., Document], article: str) -> None:
    text = article.replace('<meta property="article:published_time" content="2021-03-04T23:30:00+02:00">', "")
    text = text.replace("on Friday", "on 9 March 2021").replace("/2021/dockers", "/dockers")
    assert read_one("a.html", text).published is None


@pytest.mark.parametrize(
    "line",
    [
        '<p class="byline">By Ewa Lis, 4 March 2021</p>',
        '<span class="post-date">4 March 2021</span>',
        '<time datetime="2021-03-04">Thursday</time>',
    ],
)
def test_the_day_in_the_byline(read_one: Callable[..., Document], article: str, line: str) -> None:
    text = article.replace('<meta property="article:published_time" content="2021-03-04T23:30:00+02:00">', "")
    text = text.replace("/2021/dockers", "/dockers").replace("</h1>", "</h1>" + line)
    assert read_one("a.html", text).published == date(2021, 3, 4)


def test_the_host_stands_in_for_the_publisher(article: str) -> None:
    bare = article.replace('<meta property="og:site_name" content="Harbour Times">', "").replace(" | Harbour Times", "")
    bare = bare.replace("https://harbour.example", "")
    part = page(bare.encode(), url="https://news.example/x")
    assert part.document is not None and part.document.publisher == "news.example"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-8"])
def test_the_encoding_that_a_page_declares(read_one: Callable[..., Document], encoding: str) -> None:
    body = "<p>Рабочие завода начали забастовку в понедельник утром, сообщил профсоюз в своём канале.</p>" * 3
    text = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><body>{body}'
    assert "Рабочие завода" in read_one("a.html", text.encode(encoding)).text


def test_a_page_without_an_article_is_a_failure(judge: Judge) -> None:
    (verdict,) = judge("a.html", "<html><body><script>load()</script></body></html>")
    assert verdict.status == "failed"
    assert "no article" in verdict.reason


def test_xhtml_with_its_declaration(read_one: Callable[..., Document], article: str) -> None:
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + article.replace(
        "<html ", '<html xmlns="http://www.w3.org/1999/xhtml" '
    )
    assert "Some 400 dockers" in read_one("a.xhtml", text).text


@pytest.mark.parametrize("piece", ["<p>x</p>", "<div>", "<b>", "<table><tr><td>", "<a href='"])
def test_a_million_tags_end_in_a_verdict(judge: Judge, piece: str) -> None:
    (verdict,) = judge("a.html", "<html><body>" + piece * 1_000_000)
    assert verdict.status in ("read", "failed")
    assert verdict.reason or verdict.documents


def test_a_fragment_keeps_its_blocks_apart() -> None:
    text = "<p>One <b>two</b>\nthree</p>four<br>five<script>no()</script> six<!-- x --> seven"
    text += "<ul><li>a</li><li>b</li></ul>end"
    assert fragment_text(text) == "One two three\n\nfour\n\nfive six seven\n\na\n\nb\n\nend"
    assert fragment_text("just text &amp; more") == "just text & more"
    assert fragment_text("<div>" * 50_000 + "deep") != "x"
