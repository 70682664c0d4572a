"""Decisions: rows that stay; the judged state is a function of the rows."""

from collections.abc import Iterable

from tocsin.datamodel import Decision
from tocsin.errors import DecisionError

ACCEPT = "accept"
REJECT = "reject"
UNDO = "undo"
#: About all that one file of a team's own coding brought in.
IMPORT = "import"
#: About two mentions: they are one happening, or two, or a person cannot tell and leaves it to the program.
SAME = "same"
DIFFERENT = "different"
UNSURE = "unsure"
OF_TWO = (SAME, DIFFERENT, UNSURE)
#: About a mention or a part of it, with the new value as JSON: fields set, a part or a mention added or taken out.
SET = "set"
ADD = "add"
DROP = "drop"
#: About a document: done as it stands; coded by some reviewers, each apart; coded as one of them did.
FINISH = "finish"
BLIND = "blind"
ADOPT = "adopt"
OF_DOCUMENT = (FINISH, BLIND, ADOPT)
KINDS = (ACCEPT, REJECT, SET, ADD, DROP, *OF_TWO, *OF_DOCUMENT, IMPORT, UNDO)
#: A reviewer moves in their history: to the act that is the subject, or before the first where it is empty.
HEAD = "head"
#: Kinds with an object, and whether it may be missing.
_WITH_OBJECT = {**dict.fromkeys((*OF_TWO, SET, ADD, BLIND, ADOPT, FINISH), False), DROP: True}
#: The reviewer of what the program decides; a person's decision about the same stands against it, whichever was later.
PROGRAM = "tocsin"


def check_words(kind: str, subject: str, other: str | None, reviewer: str, reason: str) -> None:
    """Raise DecisionError where a decision is malformed, whatever the record holds.

    Args:
        kind: one of `KINDS`.
        subject, other: what it is about: a second mention for the kinds of `OF_TWO`, the new value for others.
        reviewer: who decides; not blank.
        reason: why, in words; may be empty.
    """
    about = f"decision {kind!r}"
    if kind not in KINDS:
        raise DecisionError(about, "is not known", "known are " + ", ".join(KINDS))
    thing = "second mention" if kind in OF_TWO or kind not in _WITH_OBJECT else "value"
    if other is None and not _WITH_OBJECT.get(kind, True):
        raise DecisionError(about, f"needs a {thing}", "see docs/reviewing.md")
    if other is not None and kind not in _WITH_OBJECT:
        raise DecisionError(about, f"takes no {thing}", f"only {', '.join(OF_TWO)} are about two")
    if not reviewer.strip():
        raise DecisionError(about, "names no reviewer", "say who decides")
    try:
        "".join((subject, other or "", reviewer, reason)).encode()
    except UnicodeEncodeError as error:
        raise DecisionError(about, "holds half a character (a lone surrogate)", "mend its words") from error


def judgements(decisions: Iterable[Decision]) -> dict[str, str]:
    """Return "accept" or "reject" for every mention judged, the last judgement that was not undone.

    Args:
        decisions: in the order in which they were made. An undo may itself be undone.
    """
    return {one.subject: one.kind for one in _last(decisions, (ACCEPT, REJECT)).values()}


def pair_decisions(decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """Return the decision that stands about each pair of mentions, sorted by their ids.

    Args:
        decisions: in the order in which they were made.
    """
    return {(one, other): made for (one, other), made in sorted(_last(decisions, OF_TWO).items())}


def _last(decisions: Iterable[Decision], kinds: tuple[str, ...]) -> dict[tuple[str, str], Decision]:
    """Return the last decision of some kinds about each subject (and object) that was not undone, a person's first."""
    made = list(decisions)
    undone = undone_by(made)
    last: dict[tuple[str, str], Decision] = {}
    for one in made:
        if one.kind not in kinds or one.id in undone:
            continue
        low, high = sorted((one.subject, one.object or ""))
        before = last.get((low, high))
        if before is None or one.reviewer != PROGRAM or before.reviewer == PROGRAM:
            last[low, high] = one
    return last


def undone_by(decisions: Iterable[Decision]) -> frozenset[str]:
    """Return the ids of the decisions that are undone."""
    undone: set[str] = set()
    for decision in reversed(list(decisions)):
        if decision.kind == UNDO and decision.id not in undone:
            undone.add(decision.subject)
    return frozenset(undone)


def check_pairs(decisions: Iterable[Decision]) -> None:
    """Raise DecisionError where two mentions would be one happening by some decisions and two by another.

    Args:
        decisions: those that stand, in the order in which they were made.
    """
    home: dict[str, str] = {}

    def find(name: str) -> str:
        while home.setdefault(name, name) != name:
            home[name] = home[home[name]]
            name = home[name]
        return name

    standing = pair_decisions(decisions)
    for (one, two), made in standing.items():
        if made.kind == SAME:
            home[find(two)] = find(one)
    for (one, two), made in standing.items():
        if made.kind == DIFFERENT and find(one) == find(two):
            raise DecisionError(
                f"mentions {one!r} and {two!r}",
                "would be one happening by some decisions and two by another",
                "undo the older decision first; `tocsin decide list` shows its id",
            )
