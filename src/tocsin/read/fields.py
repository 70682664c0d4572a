"""The fields of a document as others write them: JSON objects, table rows, front matter, sidecars."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tocsin.read.bylines import parse_day
from tocsin.read.encoding import one_line, storable

NAMES = ("id", "text", "title", "publisher", "published", "author", "language", "url", "licence")
# What other programs call the same field. "source" is left out: it is as often a person as an outlet.
_ALSO = {
    "date": "published",
    "publication_date": "published",
    "date_published": "published",
    "outlet": "publisher",
    "site": "publisher",
    "headline": "title",
    "byline": "author",
    "lang": "language",
    "link": "url",
    "license": "licence",
    "body": "text",
}


class FieldError(ValueError):
    """A field holds what it cannot hold; the message names it."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields by their name in a Document, and a note on those that could not be understood."""

    values: Mapping[str, Any]
    note: str = ""


def document_fields(data: Mapping[str, Any]) -> Fields:
    """Return the fields of a document found in a mapping of foreign make; empty ones and unknown keys are left out.

    Raises:
        FieldError: a value is neither a string nor a number nor a day, or the text is no string.
    """
    values: dict[str, Any] = {}
    note = ""
    for key in (*NAMES, *_ALSO):
        name, value = _ALSO.get(key, key), data.get(key)
        if value is None or value == "" or name in values:
            continue
        if isinstance(value, bool) or not isinstance(value, (str, int, float, date)):
            raise FieldError(f'"{key}" is no string (it is {type(value).__name__})')
        if name == "text":
            if not isinstance(value, str):
                raise FieldError('"text" is no string')
            values[name] = storable(value)
        elif name == "published":
            day = _day(value)
            if day is None:
                note = f'"{key}" {one_line(str(value), longest=40)!r} is no day; write it as 2020-09-28'
            else:
                values[name] = day
        elif one_line(str(value)):
            values[name] = one_line(str(value), longest=4000 if name == "url" else 500)
    return Fields(values, note)


def _day(value: str | float | date) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return parse_day(value) if isinstance(value, str) else None
