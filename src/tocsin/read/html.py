"""Web pages: the article's text with trafilatura, its day with htmldate.

Paragraphs are set apart by blank lines. A sentence that stands twice on a page stands twice in the text, unless the
same paragraph follows itself at once, which trafilatura takes for a slip of the page.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from tocsin.datamodel.document import Document
from tocsin.read.bylines import find_day, read_head
from tocsin.read.encoding import decode, one_line, storable
from tocsin.read.parts import Part, failed, found

SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.I | re.S
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w\-:.]{2,30})", re.I)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", re.I)
# Days before the web and after these programs: a page that says so is not believed. Fixed, so that the same page has
# the same day whenever it is read.
_FIRST_DAY, _LAST_DAY = "1990-01-01", "2100-01-01"
#: Elements that trafilatura is given a chance on; pages of news have 500 to 5,000.
_MOST_ELEMENTS = 200_000


def bid(name: str, head: bytes) -> int:
    """Say how surely a file is a web page: by its first tag 3, by its suffix 2."""
    if _START.match(head.removeprefix(b"\xef\xbb\xbf")):
        return 3
    return 2 if name.endswith(SUFFIXES) else 0


def parse(stream: BinaryIO, *, limit: int) -> Iterator[Part]:
    """Yield the one document of a web page.

    Args:
        stream: the file.
        limit: bytes read at most.
    """
    yield page(stream.read(limit))


def page(data: bytes, *, charset: str | None = None, url: str | None = None, where: str = "") -> Part:
    """Return the document of a web page.

    Args:
        data: the page.
        charset: the encoding that the server named, or None.
        url: where it was fetched from, or None; otherwise the page's own word for it is taken.
        where: which part of the source this is.
    """
    from htmldate import find_date
    from lxml import html as parser
    from trafilatura import bare_extraction

    meta = _CHARSET.search(data[:4096])
    decoded = decode(data, declared=charset or (meta[1].decode("ascii") if meta else None))
    source = _XML_DECLARATION.sub("", storable(decoded.text).replace("\r\n", "\n").replace("\r", "\n"), count=1)
    if not source.strip():
        return failed("is empty", where=where)
    try:
        tree = parser.document_fromstring(source)
    except Exception as error:  # lxml raises several kinds, some only for some inputs
        return failed(f"is no web page ({one_line(str(error), longest=100)})", where=where)
    size = sum(1 for _ in tree.iter())
    if size > _MOST_ELEMENTS:
        return failed(
            f"has {size:,} elements, more than any article ({_MOST_ELEMENTS:,}); save it as text", where=where
        )
    language = _language(tree)
    published = find_date(
        source, original_date=True, extensive_search=False, url=url, min_date=_FIRST_DAY, max_date=_LAST_DAY
    )
    result: Any = bare_extraction(
        source,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": _LAST_DAY},
    )
    lines = (result.text or "").split("\n") if result is not None else []
    text = "\n\n".join(line.strip() for line in lines if line.strip())
    if not text:
        shown = len(" ".join(tree.text_content().split()))
        return failed(f"has no article that could be told from its {shown:,} characters; save it as text", where=where)
    head = read_head(text)
    address = url or _address(result.url)
    return found(
        Document(
            id="",
            text=text,
            title=one_line(result.title),
            publisher=one_line(result.sitename) or (urlsplit(address).hostname or "" if address else ""),
            published=date.fromisoformat(published) if published else head.published or _header_day(tree),
            author=one_line(result.author) or head.author,
            language=language,
            url=address,
            licence=one_line(result.license) or None,
        ),
        where=where,
        note=decoded.note,
    )


def fragment_text(source: str) -> str:
    """Return the text of a piece of HTML (a feed's entry), its blocks set apart by blank lines."""
    from lxml import html as parser

    if not source.strip():
        return ""
    tree = parser.fragment_fromstring(storable(source), create_parent="div")
    pieces: list[str] = []
    _collect(tree, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n\n".join(line for line in lines if line)


_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    )
)
_UNSEEN = frozenset(("script", "style", "template", "noscript", "iframe", "svg", "head"))


def _collect(root: Any, pieces: list[str]) -> None:
    # Start and end events, no recursion: foreign HTML can be nested deeper than Python's stack.
    from lxml import etree

    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            pieces.append("" if hidden else element.tail or "")
            continue
        block = element.tag in _BLOCKS
        if event == "start":
            hidden += element.tag in _UNSEEN
            text = element.text
        else:
            hidden -= element.tag in _UNSEEN
            text = element.tail if element is not root else None
        if block:
            pieces.append("\n")
        # A line break in HTML's source is a space.
        pieces.append("" if hidden or not text else text.replace("\n", " "))


def _language(tree: Any) -> str | None:
    value = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").replace("_", "-").strip()
    if not _LANGUAGE.fullmatch(value):
        return None
    first, *rest = value.split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def _address(value: str | None) -> str | None:
    """Return the page's word for its own address where it is one of the web."""
    return storable(value)[:4000] if value and value.startswith(("http://", "https://")) else None


def _header_day(tree: Any) -> date | None:
    """Return the day in the page's first element of class or id "date", "byline", "dateline", "posted", "published"."""
    for element in tree.iter("p", "div", "span", "li", "small", "address"):
        name = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if re.search(r"(?:^|[\s_-])(?:date|byline|dateline|posted|published|pubdate|meta)(?:$|[\s_-])", name):
            text = " ".join(element.text_content().split())
            day = find_day(text) if len(text) <= 200 else None
            if day:
                return day[0]
    return None
