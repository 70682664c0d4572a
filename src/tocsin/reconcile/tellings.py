"""What is told about one event: its mentions, each with its document and whose copy that is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.datamodel import CodedDocument, Document, Mention

#: After every day that is known, in the order of publication.
_LAST = date.max


@dataclass(frozen=True, slots=True)
class Telling:
    """A mention, the document that tells it, and the id of the first document with the same words."""

    document: Document
    mention: Mention
    copied: str

    @property
    def order(self) -> tuple[date, str, str]:
        """By day of publication, those without one last."""
        return (self.document.published or _LAST, self.document.id, self.mention.id)


def tellings_of(
    coded: Iterable[CodedDocument], copies: Mapping[str, str], judgements: Mapping[str, str]
) -> Iterator[Telling]:
    """Yield what documents tell, without the mentions that a person rejected.

    Args:
        coded: documents with their mentions.
        copies: for the id of a document that is a copy that of the first with the same words.
        judgements: "accept" or "reject" by id of mention.
    """
    for one in coded:
        for mention in one.mentions:
            if judgements.get(mention.id) != "reject":
                yield Telling(one.document, mention, copies.get(one.document.id, one.document.id))


def originals(tellings: Sequence[Telling]) -> dict[str, Document]:
    """Return for each group of copies the document that came first, by the id they share.

    Of those published on one day, or on no day that is known, it is the first by id.
    """
    first: dict[str, Telling] = {}
    for telling in tellings:
        known = first.get(telling.copied)
        if known is None or telling.order < known.order:
            first[telling.copied] = telling
    return {group: telling.document for group, telling in first.items()}
