"""Ids of mentions that differ over all documents."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tocsin.datamodel import CodedDocument


def name_mentions(coded: Iterable[CodedDocument]) -> Iterator[CodedDocument]:
    """Yield documents whose mentions, and their contexts, have the id of the document before their own."""
    for one in coded:
        before = f"{one.document.id}/"
        yield replace(
            one,
            mentions=tuple(
                replace(m, id=before + m.id, context=None if m.context is None else before + m.context)
                for m in one.mentions
            ),
        )
