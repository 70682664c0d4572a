"""Feeds."""

from collections.abc import Callable
from datetime import date

from tocsin.datamodel import Document, ReadVerdict

Judge = Callable[..., list[ReadVerdict]]

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Times</title><language>en-gb</language>
<item><title>Dockers &amp;amp; pilots stop work</title><link>https://harbour.example/1</link>
<guid>https://harbour.example/?p=1</guid><dc:creator>Ewa Lis</dc:creator>
<pubDate>Fri, 05 Mar 2021 00:30:00 +0200</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>Some 400 dockers stopped work.</p><p>The port says <b>150</b>.</p>]]></content:encoded>
</item>
<item><title>Empty</title><link>https://harbour.example/2</link></item>
<item><title>Two</title><description>Pilots joined them on Friday.</description></item>
</channel></rss>
"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Ward news</title>
<entry><id>urn:x:1</id><title>Nurses walk out</title><updated>2021-05-03T10:00:00Z</updated>
<content type="html">&lt;p&gt;300 nurses walked out.&lt;/p&gt;</content></entry></feed>
"""


def test_the_entries_of_a_feed(judge: Judge) -> None:
    first, empty, last = judge("feed.xml", RSS)
    assert first.source == "feed.xml, entry 1"
    (document,) = first.documents
    assert document.text == "Some 400 dockers stopped work.\n\nThe port says 150."
    assert document.title == "Dockers & pilots stop work"
    assert (document.publisher, document.author, document.language) == ("Harbour Times", "Ewa Lis", "en-gb")
    assert document.url == "https://harbour.example/1"
    # 00:30 in Gdynia is the day before in London: the day is the publisher's.
    assert document.published == date(2021, 3, 5)
    assert (empty.status, empty.reason) == ("failed", "has no text")
    assert last.documents[0].published is None


def test_an_entry_edited_later_keeps_its_id(judge: Judge) -> None:
    (before, *_), (after, *_) = judge("a.rss", RSS), judge("b.rss", RSS.replace("400", "600"))
    assert before.documents[0].id == after.documents[0].id
    assert before.documents[0].text != after.documents[0].text


def test_atom_by_its_first_tag(judge: Judge) -> None:
    (verdict,) = judge("download", ATOM)
    assert verdict.documents[0].text == "300 nurses walked out."
    assert verdict.documents[0].published == date(2021, 5, 3)
    assert "last change" in verdict.reason


def test_a_feed_never_sends_for_anything(judge: Judge) -> None:
    entity = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + RSS.split("?>\n", 1)[1].replace(
        "Short.", "&x;"
    )
    assert all("root:" not in d.text for v in judge("a.xml", entity) for d in v.documents)


def test_what_is_no_feed(judge: Judge) -> None:
    (verdict,) = judge("a.rss", "<rss><channel><title>x</title></channel></rss>")
    assert (verdict.status, verdict.reason) == ("failed", "has no entries")


def test_a_bomb_of_entities(judge: Judge, read_one: Callable[..., Document]) -> None:
    names = [f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(10)]
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{"".join(names)}]>' + RSS.split("?>\n", 1)[1].replace("Short.", "&e10;")
    assert {v.status for v in judge("a.xml", bomb)} <= {"read", "failed"}
