"""How a publisher's figures stand to those of others in the record, and what its documents weigh for it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tocsin.datamodel import Figure, Voice
from tocsin.reconcile.policies import bounds


@dataclass
class Standing:
    """How many figures of each publisher stood beside those of others, and how many of them agreed."""

    compared: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)

    def add(self, figures: Iterable[Figure]) -> None:
        """Count the figures of one event.

        A voice stands for the publisher that told it first. It agrees where its numbers overlap what the other voices
        state between them.
        """
        for figure in figures:
            for voice in figure.heard if len(figure.heard) > 1 else ():
                publisher = told_first(voice)
                if publisher:
                    self.compared[publisher] += 1
                    self.agreed[publisher] += _overlaps(voice, [other for other in figure.heard if other is not voice])

    def weight(self, voice: Voice, own: "Standing") -> float:
        """Return the share of a publisher's figures elsewhere that agreed, as if one of two more had (Laplace).

        Args:
            voice: weighs what the publisher that told it first weighs; one half where nothing is known of it.
            own: what the event itself counted, which is left out.
        """
        name = told_first(voice)
        return (self.agreed[name] - own.agreed[name] + 1) / (self.compared[name] - own.compared[name] + 2)


def told_first(voice: Voice) -> str:
    """Return the publisher that told a voice first, "" where not known."""
    return voice.statements[0].publishers[0]


def _overlaps(voice: Voice, others: list[Voice]) -> bool:
    low, high = bounds(voice.statements)
    floor, ceiling = bounds(statement for other in others for statement in other.statements)
    return (low is None or ceiling is None or low <= ceiling) and (high is None or floor is None or high >= floor)
