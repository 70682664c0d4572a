"""What is told about one event: its mentions, each with its document and whose copy that is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tocsin.datamodel import CodedDocument, Document, Mention

#: After every day that is known, in the order of publication.
_LAST = date.max


@dataclass(frozen=True, slots=True)
class Telling:
    """A mention, the document that tells it, and the id of the first document (by id) with the same words.

    Neither text nor sentences are held: what a record comes to is worked out over all of it at once.
    """

    document: Document
    mention: Mention
    copied: str

    @property
    def order(self) -> tuple[date, str, str]:
        """By day of publication, those without one last."""
        return (*order_of(self.document), self.mention.id)


def tellings_of(one: CodedDocument, copies: Mapping[str, str], judgements: Mapping[str, str]) -> Iterator[Telling]:
    """Yield what a document tells, without the mentions that a person rejected.

    Args:
        one: a document with its mentions.
        copies: for the id of a document that is a copy that of the first with the same words.
        judgements: "accept" or "reject" by id of mention.
    """
    document = replace(one.document, text="")
    for mention in one.mentions:
        if judgements.get(mention.id) != "reject":
            held = replace(mention, evidence=(), actors=(), demands=())
            yield Telling(document, held, copies.get(document.id, document.id))


def order_of(document: Document) -> tuple[date, str]:
    """Return what orders documents as they came: of those of one day, or of none that is known, the first by id."""
    return (document.published or _LAST, document.id)
