"""A parsed document made whole: options over the sidecar, the sidecar over the format; then its id."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tocsin.datamodel.document import Document
from tocsin.datamodel.ids import content_id, text_hash
from tocsin.read.encoding import one_line
from tocsin.read.fields import FieldError, Fields, document_fields
from tocsin.read.options import ReadOptions
from tocsin.read.sources import shown, sidecar_of, why_not_open

#: A sidecar has a handful of fields.
_LARGEST = 100_000


def read_sidecar(path: Path) -> Fields:
    """Return the fields that the sidecar of a file sets, JSON or TOML (its text, if any, left out); none without one.

    Raises:
        FieldError: the sidecar cannot be read, is neither, or a field holds what it cannot hold; the message begins
            with its name.
    """
    sidecar = sidecar_of(path)
    if sidecar is None:
        return Fields({})
    try:
        with sidecar.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise FieldError(f"is longer than {_LARGEST:,} bytes")
        fields = document_fields(_parse(data.decode("utf-8-sig"), toml=sidecar.suffix == ".toml"))
    except OSError as error:
        raise FieldError(f"{shown(sidecar)} {why_not_open(error)}") from error
    except (ValueError, RecursionError) as error:
        raise FieldError(f"{shown(sidecar)}: {one_line(str(error), longest=200)}") from error
    return Fields({name: value for name, value in fields.values.items() if name != "text"}, fields.note)


def complete(document: Document, options: ReadOptions, sidecar: Mapping[str, Any]) -> Document:
    """Return a document with what options and sidecar set, and an id.

    The id is the one given, or a hash of the text with publisher and day of publication: one text printed by two
    outlets is two documents, the same file read twice is one.
    """
    said = {
        "publisher": options.publisher,
        "published": options.published,
        "author": options.author,
        "language": options.language,
        "licence": options.licence,
    }
    whole = replace(document, **{**sidecar, **{name: value for name, value in said.items() if value is not None}})
    if whole.id:
        return whole
    day = whole.published.isoformat() if whole.published else None
    return replace(whole, id=content_id("doc", text_hash(whole.text), whole.publisher, day))


def _parse(text: str, *, toml: bool) -> Mapping[str, Any]:
    if toml:
        import tomllib

        return tomllib.loads(text)
    value = json.loads(text)
    if not isinstance(value, dict):
        raise FieldError("is no JSON object")
    return value
