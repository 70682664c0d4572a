"""Which of the predicted things answers which of the gold ones, one to one."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from tocsin.datamodel import Mention
from tocsin.evaluate.agreement import same_claim, same_date, same_place, shared_evidence

T = TypeVar("T")


def pair(golds: Sequence[T], predicted: Sequence[T], same: Callable[[T, T], bool]) -> list[tuple[T, T]]:
    """Return the pairs of two lists that are the same, each used once, first come first served."""
    free = list(range(len(predicted)))
    pairs = []
    for gold in golds:
        hit = next((n for n in free if same(gold, predicted[n])), None)
        if hit is not None:
            free.remove(hit)
            pairs.append((gold, predicted[hit]))
    return pairs


def pair_mentions(
    golds: Sequence[Mention], predicted: Sequence[Mention], label: Callable[[Mention], str | None]
) -> list[tuple[int, int]]:
    """Return the places (in `golds`, in `predicted`) of mentions that are one happening.

    They have the same label and share evidence; of several candidates the one that agrees in most is taken first.
    """
    options = sorted(
        (-agreement, i, j)
        for i, gold in enumerate(golds)
        for j, other in enumerate(predicted)
        if label(gold) == label(other) and (agreement := _agreement(gold, other))
    )
    pairs: list[tuple[int, int]] = []
    for _, i, j in options:
        if all(i != k and j != m for k, m in pairs):
            pairs.append((i, j))
    return pairs


def _agreement(gold: Mention, predicted: Mention) -> float:
    """Return 0 where no evidence is shared, else its share and a point for what agrees (two for each claim)."""
    share = shared_evidence(gold, predicted)
    if not share:
        return 0.0
    points = same_date(gold, predicted) + bool(pair(gold.places, predicted.places, same_place))
    points += 2 * len(pair(gold.claims, predicted.claims, same_claim))
    points += (gold.modality == predicted.modality) + (gold.scope == predicted.scope)
    return share + points
