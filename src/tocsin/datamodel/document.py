"""One published text."""

from dataclasses import dataclass
from datetime import date

from tocsin.datamodel.portable import Portable


@dataclass(frozen=True, slots=True)
class Document(Portable):
    """One published text, as it was stored.

    Attributes:
        id: what the collection calls it; unique within a record.
        text: the stored text; every span counts its code points.
        title: the headline, or empty.
        publisher: the outlet, or empty where not known.
        published: the day of publication, or None where not known. Never taken as the day of a happening.
        author: the byline, or None.
        language: a BCP 47 tag ("en", "pt-BR"), or None.
        url: where it was published, or None.
        licence: the terms of the text, or None.
    """

    id: str
    text: str
    title: str = ""
    publisher: str = ""
    published: date | None = None
    author: str | None = None
    language: str | None = None
    url: str | None = None
    licence: str | None = None
