"""Decisions: rows that stay; the judged state is a function of the rows."""

from collections.abc import Iterable

from tocsin.datamodel import Decision

ACCEPT = "accept"
REJECT = "reject"
UNDO = "undo"
#: About two mentions: they are one happening, or two.
SAME = "same"
DIFFERENT = "different"
KINDS = (ACCEPT, REJECT, SAME, DIFFERENT, UNDO)


def judgements(decisions: Iterable[Decision]) -> dict[str, str]:
    """Return "accept" or "reject" for every mention judged, the last judgement that was not undone.

    Args:
        decisions: in the order in which they were made. An undo may itself be undone.
    """
    judged: dict[str, str] = {}
    undone: set[str] = set()
    for decision in reversed(list(decisions)):
        if decision.id in undone:
            continue
        if decision.kind == UNDO:
            undone.add(decision.subject)
        elif decision.kind in (ACCEPT, REJECT):
            judged.setdefault(decision.subject, decision.kind)
    return judged


def undone_by(decisions: Iterable[Decision]) -> frozenset[str]:
    """Return the ids of the decisions that are undone."""
    undone: set[str] = set()
    for decision in reversed(list(decisions)):
        if decision.kind == UNDO and decision.id not in undone:
            undone.add(decision.subject)
    return frozenset(undone)
