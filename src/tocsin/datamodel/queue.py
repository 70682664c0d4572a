"""What waits for a reviewer, and why it comes when it does."""

from dataclasses import dataclass

DOCUMENT, PAIR = "document", "pair"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document with mentions to be judged, or two mentions that may be one happening.

    Attributes:
        kind: "document" or "pair".
        subject: id of the version of the document, or of the first mention.
        other: id of the second mention of a pair, or None.
        document: what the collection calls the document, or that of the first mention.
        uncertainty: how much the program left open, 0 to 1.
        weight: how much hangs on it in the totals, 0 to 1.
        disagreement: how far voices, programs or reviewers differ about it, 0 to 1.
        reasons: the same in words.
        control: whether it was drawn by chance, not by its score.
    """

    kind: str
    subject: str
    other: str | None
    document: str
    uncertainty: float
    weight: float
    disagreement: float
    reasons: tuple[str, ...]
    control: bool = False

    @property
    def score(self) -> float:
        """The sum of the three, by which it comes sooner or later; 0 to 3."""
        return self.uncertainty + self.weight + self.disagreement


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, the next one first.

    Attributes:
        items: the first of them.
        documents, pairs: how many wait in all.
        done: documents that were decided about, all their mentions.
        controls: how many of those were drawn by chance.
    """

    items: tuple[Waiting, ...]
    documents: int
    pairs: int
    done: int
    controls: int
