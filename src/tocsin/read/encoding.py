"""Bytes to text that can be stored.

Code points are kept as they are, but for three: line ends become line feeds, and NUL and lone surrogates, which no
UTF-8 store takes, become U+FFFD one for one. Nothing is composed, folded or trimmed, so a quote found in the stored
text is found in the file.
"""

import codecs
import re
from dataclasses import dataclass

#: Bytes that a guess at the encoding looks at. 64 KB hold ten news reports; a guess on more is slower, no better.
SAMPLE = 65_536

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings of the web but for cp1252, which is told by its letters; a guess among all of Python's would often fall on
# one that nobody has used for news.
_GUESSED = [
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "koi8_r",
    "koi8_u",
    "iso8859_2",
    "iso8859_5",
    "cp866",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
]
# Only plain character sets may be declared: "unicode_escape" or "punycode" would be run as little programs.
_DECLARED = re.compile(
    r"(?:windows|cp|ibm|mac|iso|koi8|latin|gb|big5|euc|shift|s?jis|ks|utf|tis|us-ascii|ascii|hz)[\w\-:.]{0,20}", re.I
)
# Letters and signs of Western and Northern European news. Polish and Czech bytes read as cp1252 give others at once
# ("³", "¹", "ì"), so a text of these alone is Western, whatever a statistic of few bytes says, and no other text is.
_WESTERN = "åæøÅÆØàáâãäçèéêëíîïñòóôõöùúûüÿßœÀÁÂÃÄÇÈÉÊËÍÎÏÑÒÓÔÕÖÙÚÛÜŒ‘’‚“”„–—…•«»¿¡€£§©®°ªº·™\xa0"
_NOT_WESTERN = re.compile(rb"[^\x00-\x7f%s]" % re.escape(_WESTERN.encode("cp1252")))
_LATIN = {"ascii", "us-ascii", "iso8859-1", "latin-1"}
_ODD = bytes(set(range(32)) - set(b"\t\n\r\f\b\x1b"))
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the Python name of its encoding and, where that was not plain, a note on what was taken."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of some bytes.

    Tried in this order: a byte order mark, UTF-16 by its pattern of NULs, UTF-8, the encoding declared, a guess.

    Args:
        data: the bytes.
        declared: the encoding that the format or the server names, or None.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return Decoded(
                data.decode(name, "replace"), name, "" if name == "utf-8-sig" else f"taken as {name.upper()}"
            )
    wide = _wide(data[:SAMPLE])
    if wide:
        return Decoded(data.decode(wide, "replace"), wide, f"taken as {wide.upper()} without its mark")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    named = _codec(declared)
    if named:
        try:
            return Decoded(data.decode(named), named)
        except (UnicodeDecodeError, LookupError):
            pass
    return _guess(data)


def storable(text: str) -> str:
    """Return the text with NUL and lone surrogates as U+FFFD, one for one."""
    return _UNSTORABLE.sub("\ufffd", text) if _UNSTORABLE.search(text) else text


def plain_lines(text: str) -> str:
    """Return a storable text whose lines end in line feeds alone."""
    return _LINE_END.sub("\n", storable(text))


def one_line(text: str | None, *, longest: int = 500) -> str:
    """Return a title or name without line breaks, control characters and doubled spaces."""
    kept = "".join(c if c.isprintable() else " " for c in storable(text or "")[: 4 * longest])
    return " ".join(kept.split())[:longest]


def looks_binary(head: bytes) -> bool:
    """Whether the first bytes of a file are no text in any encoding that is read here."""
    if any(head.startswith(bom) for bom, _ in _BOMS) or _wide(head):
        return False
    # Text has tabs, line ends, form feeds and, from terminals, backspace and escape; 2 % of others is a slip of the
    # hand, more is no text. Compressed and compiled files have 10 % and more.
    odd = len(head) - len(head.translate(None, _ODD))
    return odd > 0.02 * len(head)


def _wide(head: bytes) -> str:
    """Return the name of UTF-16 where every other byte of mostly Western text is NUL, or an empty string."""
    size = len(head) // 2
    if size < 8 or b"\0" not in head:
        return ""
    even, odd = head[0 : 2 * size : 2].count(0), head[1 : 2 * size : 2].count(0)
    if odd > 0.4 * size and even < 0.01 * size:
        return "utf-16-le"
    if even > 0.4 * size and odd < 0.01 * size:
        return "utf-16-be"
    return ""


def _codec(declared: str | None) -> str:
    if not declared or not _DECLARED.fullmatch(declared.strip()):
        return ""
    try:
        name = codecs.lookup(declared.strip()).name
    except LookupError:
        return ""
    # The web's "iso-8859-1" means windows-1252 (https://encoding.spec.whatwg.org/#names-and-labels).
    return "cp1252" if name in _LATIN else name


def _guess(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes  # 70 ms that most files never need

    # The first non-ASCII byte may come late in an English text: guess on what is around it.
    first = next(iter(re.finditer(rb"[\x80-\xff]", data)))
    begin = max(0, first.start() - SAMPLE // 2)
    sample = data[begin : begin + SAMPLE]
    best = from_bytes(sample, cp_isolation=_GUESSED).best() if _NOT_WESTERN.search(sample) else None
    for name in (best.encoding if best else "cp1252", "cp1252"):
        try:
            return Decoded(data.decode(name), name, f"is not UTF-8; taken as {name}: check its letters")
        except UnicodeDecodeError:
            continue
    text = data.decode("cp1252", "replace")
    return Decoded(text, "cp1252", "is not UTF-8; taken as cp1252, unreadable bytes replaced: check its letters")
