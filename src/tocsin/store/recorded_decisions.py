"""The decisions of a record: made, undone, redone, and what stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from tocsin.datamodel import Decision
from tocsin.datamodel.act import Act
from tocsin.errors import DecisionError
from tocsin.store.acts import perform, travel
from tocsin.store.blind import read_counting
from tocsin.store.decisions import ACCEPT, DIFFERENT, HEAD, OF_TWO, REJECT, SAME, UNDO, judgements
from tocsin.store.events import Pair, standing_pairs
from tocsin.store.guard import clear_errors, transaction
from tocsin.store.history import Step, after, before, find_act, head_of, read_acts, read_decisions, read_standing
from tocsin.store.recorded_events import RecordedEvents

#: Versions of mentions and documents as a reviewer saw them, by id.
Seen: TypeAlias = Mapping[str, int]


class RecordedDecisions(RecordedEvents):
    """Decisions and the histories they were made in.

    Every call that decides is one act: undone as one, whatever it decides about.
    """

    def decide(
        self,
        kind: str,
        subject: str,
        *,
        reviewer: str,
        other: str | None = None,
        reason: str = "",
        at: datetime | None = None,
        seen: Seen | None = None,
    ) -> Decision:
        """Add a decision and return it; the same one twice adds nothing.

        Args:
            kind: "accept" or "reject" a mention, say that two mentions are the "same" happening or "different" ones, or
                that you are "unsure" and leave it to the program, or "undo" a decision.
            subject: id of the mention or the decision.
            reviewer: who decides.
            other: id of the second mention, for "same", "different" and "unsure".
            reason: why, in words.
            at: when, UTC; now if not given.
            seen: versions of mentions and documents as the reviewer saw them, by id; of those named.

        Raises:
            DecisionError: the kind is not known, no reviewer is named, or a text holds half a character; the subject is
                not there or undone already; two mentions would be one happening by some decisions and two by another.
            StaleError: another reviewer changed one of `seen` since.
        """
        return self.act([(kind, subject, other)], reviewer=reviewer, reason=reason, at=at, seen=seen)[0]

    def act(
        self,
        steps: Sequence[Step],
        *,
        kind: str = "",
        reviewer: str,
        reason: str = "",
        at: datetime | None = None,
        seen: Seen | None = None,
    ) -> tuple[Decision, ...]:
        """Make several decisions as one act, or none where one of them cannot be made; return them.

        Args:
            steps: kind, subject and object of each; later ones may build on earlier ones.
            kind: what the act is for, as the history shows it; the kind of its first decision if not given.
            reviewer, reason, at, seen: as for `decide`.

        Raises:
            DecisionError, StaleError: as for `decide`.
        """
        name = kind or (steps[0][0] if steps else "")
        with transaction(self._database, self.name):
            return perform(self._database, steps, kind=name, reviewer=reviewer, reason=reason, at=at, seen=seen)

    def undo(self, decision: str, *, reviewer: str, reason: str = "") -> Decision:
        """Take back one decision, of anyone, by its id: a row of its own, which may be undone too; both stay."""
        return self.decide(UNDO, decision, reviewer=reviewer, reason=reason)

    def undo_all(self, decisions: Sequence[str], *, reviewer: str, reason: str = "") -> tuple[Decision, ...]:
        """Take back several decisions as one act, or none where one cannot be."""
        return self.act([(UNDO, name, None) for name in decisions], reviewer=reviewer, reason=reason)

    def back(self, *, reviewer: str, reason: str = "") -> Act | None:
        """Undo the last act of a reviewer that stands; return it, or None where there is none.

        Raises:
            DecisionError: what stood before it contradicts what others decided since.
        """
        with transaction(self._database, self.name):
            here = head_of(self._database, reviewer)
            if here is None:
                return None
            travel(self._database, reviewer, before(self._database, here), reason=reason)
            return read_acts(self._database, act=here)[0]

    def forward(self, *, reviewer: str, reason: str = "") -> Act | None:
        """Redo what a reviewer undid last; return it, or None where nothing is undone.

        Raises:
            DecisionError: it contradicts what others decided since.
        """
        with transaction(self._database, self.name):
            there = after(self._database, reviewer)
            if there is None:
                return None
            travel(self._database, reviewer, there, reason=reason)
            return read_acts(self._database, act=there)[0]

    def go(self, act: str | None, *, reviewer: str, reason: str = "") -> Act | None:
        """Take a reviewer to any act of their history, on whatever branch, so that it is the last that stands.

        Args:
            act: its id, or the beginning of it; None for before the first.
            reviewer: whose history it is.
            reason: why, in words.

        Raises:
            DecisionError: there is no such act, or it contradicts what others decided since.
        """
        with transaction(self._database, self.name):
            target = None if act is None else find_act(self._database, act, reviewer)
            if target != head_of(self._database, reviewer):
                travel(self._database, reviewer, target, reason=reason)
            return None if target is None else read_acts(self._database, act=target)[0]

    def history(self, *, reviewer: str | None = None) -> tuple[Act, ...]:
        """Return the acts of a reviewer, or of everyone, in the order in which they were done, undone ones too."""
        with clear_errors(self.name):
            return read_acts(self._database, reviewer=reviewer)

    def head(self, *, reviewer: str) -> str | None:
        """Return the id of the act at which a reviewer stands, or None before the first."""
        with clear_errors(self.name):
            return head_of(self._database, reviewer)

    def decision(self, name: str) -> Decision:
        """Return a decision by its id, or the beginning of it.

        Raises:
            DecisionError: no decision, or more than one, has an id that begins so.
        """
        found = [one for one in self.decisions() if name and one.id.startswith(name)]
        if len(found) != 1:
            problem = "names more than one decision" if found else "names no decision of the record"
            raise DecisionError(f"decision {name!r}", problem, "`tocsin decide list` shows the ids")
        return found[0]

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions in the order in which they were made, without the moves to and fro in histories."""
        with clear_errors(self.name):
            return tuple(one for one in read_decisions(self._database) if one.kind != HEAD)

    def standing(self) -> tuple[Decision, ...]:
        """Return the decisions that stand, of everyone, in the order in which they were made."""
        with clear_errors(self.name):
            return read_standing(self._database)

    def undone(self) -> frozenset[str]:
        """Return the ids of the decisions that do not stand."""
        return frozenset(one.id for one in self.decisions()) - {one.id for one in self.standing()}

    def judgements(self) -> dict[str, str]:
        """Return "accept" or "reject" by id of mention, for those judged."""
        with clear_errors(self.name):
            return judgements(read_counting(self._database, (ACCEPT, REJECT)))

    def decided_pairs(self) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
        """Return the pairs of mentions that stand decided as one happening, and those as two."""
        with clear_errors(self.name):
            return standing_pairs(read_counting(self._database, OF_TWO))

    def merge(
        self, event: str, other: str, *, reviewer: str, reason: str = "", seen: Seen | None = None
    ) -> tuple[Decision, ...]:
        """Decide that all mentions of two events are one happening; the next linking puts them together.

        Raises:
            DecisionError: they are one event already, or decisions that stand keep them apart.
            RecordError: an event is not there.
        """
        (one, mentions), (two, others) = self.event(event), self.event(other)
        if one == two:
            raise DecisionError(f"event {one!r}", "cannot be merged into itself", "name two events")
        first, *rest = (*mentions, *others)
        _, different = self.decided_pairs()
        if kept := [pair for pair in different if set(pair) <= {first, *rest}]:
            raise DecisionError(
                f"mentions {kept[0][0]!r} and {kept[0][1]!r}", "stand decided as two happenings", "undo that first"
            )
        steps = [(SAME, first, name) for name in rest]
        return self.act(steps, kind="merge", reviewer=reviewer, reason=reason, seen=seen)

    def split(
        self, event: str, mentions: Sequence[str], *, reviewer: str, reason: str = "", seen: Seen | None = None
    ) -> tuple[Decision, ...]:
        """Decide that some mentions of an event are another happening than the rest of it.

        Raises:
            DecisionError: a mention is not in the event, all or none are named, or decisions that stand hold them
                together.
            RecordError: the event is not there.
        """
        name, held = self.event(event)
        strangers = sorted(set(mentions) - set(held))
        if strangers or not mentions or set(mentions) == set(held):
            problem = f"does not hold {strangers[0]!r}" if strangers else "keeps no mention, or loses none"
            raise DecisionError(f"event {name!r}", problem, "name some of its mentions, not all")
        rest = [mention for mention in held if mention not in mentions]
        parted = [(one, two) for one in sorted(set(mentions)) for two in rest]
        same, _ = self.decided_pairs()
        if kept := sorted({(min(pair), max(pair)) for pair in parted} & set(same)):
            raise DecisionError(
                f"mentions {kept[0][0]!r} and {kept[0][1]!r}", "stand decided as one happening", "undo that first"
            )
        steps = [(DIFFERENT, one, two) for one, two in parted]
        return self.act(steps, kind="split", reviewer=reviewer, reason=reason, seen=seen)
