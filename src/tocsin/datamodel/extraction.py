"""What an extractor makes of a document, and what is to be known about how it did."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from tocsin.datamodel.document import Document
from tocsin.datamodel.mention import Mention
from tocsin.datamodel.portable import Portable

#: A quote or value of an answer that does not hold and was left out.
DROPPED = "dropped"
#: A value that the program reads otherwise in the words of its quote; `kept` is what stands.
DISAGREEMENT = "disagreement"
#: What a language model was asked and answered: its name, the prompt, the parameters, tokens and cost.
ASKED = "asked"
#: Fields of such notes that are numbers and can be added up over documents.
ASKED_SUMS = ("tokens sent", "tokens answered", "tokens paid before", "cost")
#: Why a document was coded by the offline extractor after all.
FALLBACK = "fallback"
#: Which of two extractors found a mention; `given` is one of `AGREEMENTS`.
FOUND_BY = "found by"
#: What the other extractor says of a mention that both found.
DIFFERS = "differs"
NOTES = (DROPPED, DISAGREEMENT, ASKED, FALLBACK, FOUND_BY, DIFFERS)

#: Both found it and agree on all that is compared; both found it and differ; the model alone; the offline one alone.
AGREED, DISPUTED, MODEL_ALONE, OFFLINE_ALONE = "both", "both, differently", "model alone", "offline alone"
AGREEMENTS = (AGREED, DISPUTED, MODEL_ALONE, OFFLINE_ALONE)


@dataclass(frozen=True, slots=True)
class Note(Portable):
    """One thing to be known about how a document was coded.

    Attributes:
        kind: one of `NOTES`.
        field: what it is about ("claim participants", "date", "place", "evidence", "model", "cost", ...).
        given: what was given: the words, the value, the reason.
        kept: what stands in its place; empty where nothing does.
        mention: id of the mention within its document; None where it is about the document, or about a mention that
            was left out.
    """

    kind: str
    field: str
    given: str
    kept: str = ""
    mention: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction(Portable):
    """The mentions of a document, and the notes on how they were found."""

    mentions: tuple[Mention, ...]
    notes: tuple[Note, ...] = ()


class Extractor(Protocol):
    """Makes mentions of a document; all that comes after it is the same, whichever it is."""

    @property
    def name(self) -> str:
        """Under which its codings are stored: a document coded under it needs no second coding."""

    def extract(self, document: Document) -> Extraction:
        """Return what a document tells.

        Raises:
            TocsinError: nothing more can be coded at all (a budget is spent, a server is out of reach).
        """


def count_notes(sums: dict[tuple[str, str], float], notes: Iterable[Note]) -> None:
    """Add notes to sums by kind and field: their number, of tokens and cost the amount, of finders by who it was."""
    for note in notes:
        amount = float(note.given) if note.kind == ASKED and note.field in ASKED_SUMS else 1
        key = (note.kind, note.given if note.kind == FOUND_BY else note.field)
        sums[key] = sums.get(key, 0) + amount
