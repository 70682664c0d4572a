"""What decisions make of one mention: a function of the mention as it was coded and of the decisions that stand.

The program's decisions are laid on first, so that a person's stand against them, whichever were later. A decision about
a part that another one took out has no effect, and has it again when that one is undone.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from tocsin.datamodel import Claim, Decision, Mention, Span
from tocsin.datamodel.ids import content_id
from tocsin.datamodel.parts import LISTS, changed_mention, changed_part, part_of
from tocsin.datamodel.state import CLAIM, EVIDENCE, PART_KINDS, MentionState, Part, PartValue
from tocsin.errors import DecisionError
from tocsin.store.decisions import ACCEPT, ADD, DROP, PROGRAM, REJECT, SET


@dataclass
class Draft:
    """A mention that decisions are laid on, one after the other.

    Attributes:
        mention: its own fields; its lists are those of `parts`.
        proposed: as it was coded, or None where a person added it.
        parts: by id.
        changed, judgement, dropped, into: as in `MentionState`.
        held: whether a person decided about it, so that no later run takes it out.
    """

    mention: Mention
    proposed: Mention | None
    parts: dict[str, Part]
    changed: dict[str, str] = field(default_factory=dict)
    judgement: str | None = None
    dropped: bool = False
    into: str | None = None
    held: bool = False

    def state(self, version: int = 0) -> MentionState:
        """Return the mention as it is now, its sentences in the order of the text."""
        kinds: dict[str, list[Part]] = {kind: [] for kind in PART_KINDS}
        for part in self.parts.values():
            kinds[part.kind].append(part)
        kinds[EVIDENCE].sort(key=lambda part: part.value.sentence.start)  # type: ignore[union-attr]
        lists: dict[str, Any] = {key: tuple(part.value for part in kinds[kind]) for key, kind in LISTS.items()}
        mention = replace(self.mention, **lists)
        parts = tuple(part for kind in PART_KINDS for part in kinds[kind])
        return MentionState(
            mention, self.proposed, parts, dict(self.changed), self.judgement, version, self.dropped, self.into
        )


def draft_of(mention: Mention, *, added: str | None = None) -> Draft:
    """Return a mention as it was coded, ready for decisions.

    Args:
        mention: with its id in the record, and its claims with theirs.
        added: id of the decision that added it, or None where it was coded.
    """
    parts = {}
    for key, kind in LISTS.items():
        for position, value in enumerate(getattr(mention, key)):
            name = value.id if kind == CLAIM else f"{mention.id}/{kind}/{position}"
            parts[name] = Part(name, kind, value, added)
    return Draft(mention, mention if added is None else None, parts, held=added is not None)


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Return decisions in the order in which they are laid on: the program's first."""
    return sorted(decisions, key=lambda one: one.reviewer != PROGRAM)


def lay_on(draft: Draft, decision: Decision, text: str) -> None:
    """Lay a decision on a mention.

    Args:
        draft: is changed.
        decision: about the mention or one of its parts; one about something else changes nothing.
        text: of the document, on which every new quote must stand.

    Raises:
        DecisionError: the part is not there, the value is malformed, or a quote is not the words there.
    """
    name, subject = draft.mention.id, decision.subject
    draft.held |= decision.reviewer != PROGRAM
    if decision.kind in (ACCEPT, REJECT) and subject == name:
        draft.judgement = decision.kind
    elif decision.kind == SET:
        values = _object(decision)
        if subject == name:
            draft.mention = changed_mention(draft.mention, values)
            draft.changed |= dict.fromkeys(values, decision.id)
        else:
            part = _part(draft, subject)
            changed = changed_part(part.kind, part.value, values, text)
            draft.parts[subject] = Part(subject, part.kind, _named(changed, subject), decision.id)
    elif decision.kind == ADD and subject == name:
        ((kind, value),) = _object(decision).items()
        part_name = added_part(name, kind, decision.id)
        draft.parts[part_name] = Part(part_name, kind, _named(part_of(kind, value, text), part_name), decision.id)
    elif decision.kind == DROP and subject == name:
        draft.dropped, draft.into = True, decision.object
    elif decision.kind == DROP:
        part = _part(draft, subject)
        if part.kind == EVIDENCE and sum(one.kind == EVIDENCE for one in draft.parts.values()) == 1:
            raise DecisionError(f"part {subject!r}", "is the only sentence of its mention", "drop the mention")
        del draft.parts[subject]


def added_part(mention: str, kind: str, decision: str) -> str:
    """Return the id of a part that a decision adds to a mention."""
    return content_id("c", mention, decision) if kind == CLAIM else f"{mention}/{kind}/{decision}"


def moved(draft: Draft, new: str) -> Draft | None:
    """Return a mention with its quotes where they stand in an edited text, or None where one of them is gone.

    Each sentence goes to the place with the same words nearest to its old one, and what stands in it goes with it.
    """
    sentences: list[tuple[Span, int]] = []

    def place(span: Span) -> Span | None:
        for sentence, shift in sentences:
            if sentence.covers(span):
                return Span.of(new, span.start + shift, span.end + shift, span.quote)
        at = _nearest(new, span.quote, span.start)
        return None if at is None else Span(at, at + len(span.quote), span.quote)

    for part in draft.parts.values():
        if part.kind == EVIDENCE:
            sentence = part.value.sentence  # type: ignore[union-attr]
            at = _nearest(new, sentence.quote, sentence.start)
            if at is None:
                return None
            sentences.append((sentence, at - sentence.start))
    parts = {}
    for name, part in draft.parts.items():
        value = _replaced(part.value, place)
        if value is None:
            return None
        parts[name] = replace(part, value=value)
    return replace(draft, parts=parts)


def _replaced(value: PartValue, place: Callable[[Span], Span | None]) -> PartValue | None:
    """Return a part with each of its quotes put where `place` says, or None where one has no place."""
    if isinstance(value, Span):
        return place(value)
    changes: dict[str, Any] = {}
    for name in ("span", "hedge", "sentence", "trigger"):
        span = getattr(value, name, None)
        if span is not None and (changes.setdefault(name, place(span))) is None:
            return None
    if isinstance(value, Claim):
        said = []
        for one in value.said_by:
            span = place(one.span)
            if span is None:
                return None
            said.append(replace(one, span=span))
        changes["said_by"] = tuple(said)
    return replace(value, **changes)


def _nearest(text: str, quote: str, start: int) -> int | None:
    found = []
    at = text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return min(found, key=lambda one: (abs(one - start), one)) if found else None


def _object(decision: Decision) -> dict[str, Any]:
    try:
        value = json.loads(decision.object or "")
    except ValueError as error:
        raise DecisionError(f"decision {decision.id!r}", "holds no JSON", "see docs/reviewing.md") from error
    if not isinstance(value, dict) or not value or (decision.kind == ADD and len(value) != 1):
        raise DecisionError(f"decision {decision.id!r}", "holds no value", "see docs/reviewing.md")
    return value


def _part(draft: Draft, name: str) -> Part:
    try:
        return draft.parts[name]
    except KeyError as error:
        raise DecisionError(f"part {name!r}", f"is not in mention {draft.mention.id!r}", "look again") from error


def _named(value: PartValue, name: str) -> PartValue:
    return replace(value, id=name) if isinstance(value, Claim) else value
