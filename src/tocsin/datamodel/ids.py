"""Ids that are content hashes: the same content has the same id on every machine."""

import hashlib
import json


def content_id(prefix: str, *parts: str | int | float | None) -> str:
    """Return `prefix-` and 16 hexadecimal digits of the SHA-256 of the parts.

    64 bits keep the chance of any collision among ten million ids below one in 300,000. The parts are joined as
    JSON, so that ("a", "bc") and ("ab", "c") differ.
    """
    return f"{prefix}-{hashlib.sha256(_PACKED.encode(parts).encode()).hexdigest()[:16]}"


#: json.dumps makes a new one at each call, which takes longer than the rest.
_PACKED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
