"""Ids that are content hashes: the same content has the same id on every machine."""

import hashlib
import json
from json.encoder import encode_basestring


def content_id(prefix: str, *parts: str | int | float | None) -> str:
    """Return `prefix-` and 16 hexadecimal digits of the SHA-256 of the parts.

    64 bits keep the chance of any collision among ten million ids below one in 300,000. The parts are joined as
    JSON, so that ("a", "bc") and ("ab", "c") differ.
    """
    packed = f"[{','.join(map(_json, parts))}]"
    return f"{prefix}-{hashlib.sha256(packed.encode()).hexdigest()[:16]}"


def _json(part: str | int | float | None) -> str:
    # json.dumps makes a new encoder at each call, which takes longer than all the rest.
    if isinstance(part, str):
        return encode_basestring(part)
    return repr(part) if type(part) is int else json.dumps(part)


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
