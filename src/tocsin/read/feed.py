"""RSS and Atom feeds with feedparser: one document an entry."""

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from tocsin.datamodel.document import Document
from tocsin.datamodel.ids import content_id
from tocsin.read.bylines import parse_day
from tocsin.read.encoding import one_line, storable
from tocsin.read.html import fragment_text
from tocsin.read.parts import Part, crashed, failed, found

SUFFIXES = (".rss", ".atom", ".xml", ".rdf")
_START = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")


def bid(name: str, head: bytes) -> int:
    """Say how surely a file is a feed: by its first tags 3 (above HTML, which an entry may hold), by its suffix 1."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _START.search(head[:2048]):
        return 3
    return 2 if name.endswith(SUFFIXES) and head.lstrip().startswith(b"<") else 0


def parse(stream: BinaryIO, *, limit: int) -> Iterator[Part]:
    """Yield the documents of a feed.

    Args:
        stream: the file.
        limit: bytes read at most.
    """
    import feedparser

    # A stream, never a string: feedparser would take a string for an address and fetch it. Entries are not
    # sanitised for a browser, since only their text is kept.
    result: Any = feedparser.parse(io.BytesIO(stream.read(limit)), sanitize_html=False, resolve_relative_uris=False)
    if not result.entries:
        why = result.get("bozo_exception") if result.get("bozo") else None
        yield failed(f"is no feed ({one_line(str(why), longest=100)})" if why else "has no entries")
        return
    for number, entry in enumerate(result.entries, 1):
        where = f"entry {number}"
        try:
            yield _entry(entry, result.feed, where=where)
        except MemoryError:
            raise
        except Exception as error:  # one bad entry never ends a feed
            yield crashed(error, where=where)


def _entry(entry: Any, feed: Any, *, where: str) -> Part:
    contents = [content.get("value") or "" for content in entry.get("content") or ()]
    source = max([*contents, entry.get("summary") or ""], key=len)
    link = entry.get("link") or None
    key = entry.get("id") or link
    outlet = (entry.get("source") or {}).get("title") or feed.get("title")
    published = _day(entry.get("published")) or _day(entry.get("created"))
    updated = None if published else _day(entry.get("updated"))
    return found(
        Document(
            # The publisher's own key for the entry, so that an entry edited later is the same document.
            id=content_id("doc", storable(key)) if key else "",
            text=fragment_text(source),
            title=one_line(fragment_text(entry.get("title") or "")),
            publisher=one_line(outlet),
            published=published or updated,
            author=one_line(entry.get("author")) or None,
            language=one_line(feed.get("language"), longest=20) or None,
            url=storable(link)[:4000] if link else None,
            licence=one_line(feed.get("rights")) or None,
        ),
        where=where,
        note="day of publication taken from the day of the last change" if updated else "",
    )


def _day(value: str | None) -> date | None:
    """Return the day as the feed writes it, in its own time zone: the day on the publisher's calendar."""
    from email.utils import parsedate_to_datetime

    if not value:
        return None
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError):
        return parse_day(value)
