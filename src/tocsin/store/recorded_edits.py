"""Edits of a record: what a person changes in a mention, part by part, and documents as that leaves them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tocsin.datamodel import Decision
from tocsin.datamodel.identity import mention_key
from tocsin.datamodel.parts import dumps, mention_json, mention_of, part_json
from tocsin.datamodel.state import CLAIM, EVIDENCE, DocumentState, MentionState
from tocsin.errors import DecisionError, RecordError
from tocsin.store.acts import owner_of
from tocsin.store.blind import read_blind
from tocsin.store.decisions import ADD, ADOPT, BLIND, DROP, FINISH, SET
from tocsin.store.documents import read_document
from tocsin.store.effective import current_version, left_behind, read_state
from tocsin.store.guard import clear_errors
from tocsin.store.history import Step
from tocsin.store.recorded_decisions import RecordedDecisions, Seen

Values = Mapping[str, Any]


class RecordedEdits(RecordedDecisions):
    """Edits, each of them decisions: the mention keeps its id, its parts keep theirs, and all can be undone."""

    def document_key(self, document: str) -> str:
        """Return the id of the version that counts of a document, by its name or the id of any version.

        Raises:
            RecordError: there is no such document.
        """
        with clear_errors(self.name):
            row = self._database.execute(
                "SELECT id FROM documents WHERE id = :name OR name = :name ORDER BY id = :name DESC, position DESC",
                {"name": document},
            ).fetchone()
            if row is None:
                raise RecordError(f"document {document!r}", "is not in the record", "check the id")
            return current_version(self._database, str(row[0]))

    def state(self, document: str, *, hand: str | None = None) -> DocumentState:
        """Return a document with its mentions as decisions left them, each part with its id.

        Args:
            document: its name or the id of one of its versions.
            hand: a reviewer who codes it blind, to see it as that one does; None for what counts for the record.

        Raises:
            RecordError: there is no such document.
        """
        key = self.document_key(document)
        with clear_errors(self.name):
            return read_state(self._database, key, read_document(self._database, key), hand=hand)

    def state_of(self, mention: str, *, hand: str | None = None) -> tuple[DocumentState, MentionState]:
        """Return a mention as decisions left it, with its document.

        Raises:
            RecordError: it is not in the record, or not told any more.
        """
        with clear_errors(self.name):
            row = self._database.execute("SELECT document FROM mentions WHERE id = ?", (mention,)).fetchone()
        if row is not None:
            document = self.state(row[0], hand=hand)
            for one in (*document.mentions, *document.dropped):
                if one.mention.id == mention:
                    return document, one
        raise RecordError(f"mention {mention!r}", "is not told by any document of the record", "look again")

    def mention_of(self, subject: str) -> str:
        """Return the id of the mention that a decision's subject, a mention or a part of one, belongs to.

        Raises:
            DecisionError: it is a claim that is not in the record.
        """
        with clear_errors(self.name):
            return owner_of(self._database, subject)

    def left_behind(self) -> tuple[tuple[str, str], ...]:
        """Return (mention, version of its document) of what was decided about in a text that was edited since.

        Its quotes do not stand in the new text, so that it is not told any more.
        """
        with clear_errors(self.name):
            return left_behind(self._database)

    def set(
        self, subject: str, values: Values, *, reviewer: str, reason: str = "", seen: Seen | None = None
    ) -> Decision:
        """Set fields of a mention or of one of its parts.

        Args:
            subject: id of the mention or the part.
            values: new value by field, as in docs/reviewing.md; every quote is checked against the text.
            reviewer, reason, seen: as for `decide`.

        Raises:
            DecisionError: there is no such field or part, a value is malformed, or a quote is not the words there.
            StaleError: another reviewer changed the mention since.
        """
        return self.act([(SET, subject, _packed(values))], reviewer=reviewer, reason=reason, seen=seen)[0]

    def add_part(
        self, mention: str, kind: str, value: Values, *, reviewer: str, reason: str = "", seen: Seen | None = None
    ) -> Decision:
        """Add a claim, place, actor, demand or sentence to a mention; arguments and errors as for `set`."""
        return self.act([(ADD, mention, _packed({kind: value}))], reviewer=reviewer, reason=reason, seen=seen)[0]

    def add_mention(
        self, document: str, value: Values, *, reviewer: str, reason: str = "", seen: Seen | None = None
    ) -> str:
        """Add a mention to a document; return its id.

        Args:
            document: its name or the id of its version.
            value: type, sentences and the rest of it, as in docs/reviewing.md.
            reviewer, reason, seen: as for `decide`.

        Raises:
            DecisionError: it is malformed, a quote is not the words there, or the document has this mention already.
        """
        state = self.state(document, hand=reviewer)
        step, name = _new_mention(state, value)
        self.act([step], reviewer=reviewer, reason=reason, seen=seen)
        return name

    def drop(
        self, subject: str, *, reviewer: str, into: str | None = None, reason: str = "", seen: Seen | None = None
    ) -> Decision:
        """Take a mention out of its document, or a part out of its mention.

        Args:
            subject: id of the mention or part.
            reviewer, reason, seen: as for `decide`.
            into: id of the mention of the same document that stands for it, where it is one told twice.
        """
        return self.act([(DROP, subject, into)], reviewer=reviewer, reason=reason, seen=seen)[0]

    def split_mention(
        self,
        mention: str,
        parts: Sequence[str],
        *,
        reviewer: str,
        values: Values | None = None,
        reason: str = "",
        seen: Seen | None = None,
    ) -> str:
        """Part a mention in two, as one act; return the id of the new one.

        Args:
            mention: what is parted.
            parts: ids of what goes to the new one. Sentences that hold any of it are in both; where none is named or
                holds it, the new one has all sentences.
            reviewer, reason, seen: as for `decide`.
            values: fields of the new one that differ from the old one's.

        Raises:
            DecisionError: a part is not there, or the new mention says just what the old one does.
        """
        document, state = self.state_of(mention, hand=reviewer)
        held = {part.id: part for part in state.parts}
        if missing := [name for name in parts if name not in held]:
            raise DecisionError(f"part {missing[0]!r}", f"is not in mention {mention!r}", "look again")
        going = [held[name] for name in parts]
        sentences = [part for part in state.parts if part.kind == EVIDENCE]
        shared = [one for one in sentences if one in going or any(_stands_in(part.value, one.value) for part in going)]
        fresh = replaced_lists(state, [part for part in going if part.kind != EVIDENCE], shared or sentences)
        step, name = _new_mention(document, {**fresh, **(values or {})})
        leaving: list[Step] = [(DROP, part.id, None) for part in going if part.kind != EVIDENCE]
        left = [one for one in sentences if one not in going]
        leaving += [(DROP, part.id, None) for part in going if part.kind == EVIDENCE and left]
        self.act([step, *leaving], kind="split mention", reviewer=reviewer, reason=reason, seen=seen)
        return name

    def merge_mentions(
        self, keep: str, other: str, *, reviewer: str, reason: str = "", seen: Seen | None = None
    ) -> tuple[Decision, ...]:
        """Make two mentions of one document one, as one act: what the other says and the first does not goes over.

        Raises:
            DecisionError: they are one, or of two documents.
        """
        document, kept = self.state_of(keep, hand=reviewer)
        second, gone = self.state_of(other, hand=reviewer)
        if keep == other or document.key != second.key:
            raise DecisionError(f"mention {other!r}", "is no other mention of the same document", "name two of one")
        there = [(part.kind, part.value) for part in kept.parts]
        steps: list[Step] = [
            (ADD, keep, dumps({part.kind: part_json(part.value)}))
            for part in gone.parts
            if (part.kind, part.value) not in there
        ]
        steps.append((DROP, other, keep))
        return self.act(steps, kind="merge mentions", reviewer=reviewer, reason=reason, seen=seen)

    def finish(self, document: str, *, reviewer: str, reason: str = "", seen: Seen | None = None) -> Decision:
        """Say that a document is done as it stands: no later run adds anything to it."""
        key = self.document_key(document)
        with clear_errors(self.name):
            row = self._database.execute("SELECT id FROM current_codings WHERE document = ?", (key,)).fetchone()
        coding = "0" if row is None else str(row[0])
        return self.act([(FINISH, key, coding)], reviewer=reviewer, reason=reason, seen=seen)[0]

    def blind(self, document: str, hands: Iterable[str], *, reviewer: str, reason: str = "") -> Decision:
        """Have some reviewers code a document, each apart; with none it is coded together again.

        What they decide counts for the record only where `adopt` says so; each sees the program's proposals and their
        own decisions alone.
        """
        names = dumps(sorted(set(hands)))
        return self.act([(BLIND, self.document_key(document), names)], reviewer=reviewer, reason=reason)[0]

    def blind_documents(self) -> tuple[str, ...]:
        """Return the ids of the versions of documents that reviewers code apart, sorted."""
        with clear_errors(self.name):
            return tuple(sorted(key for key, one in read_blind(self._database).items() if one.hands))

    def adopt(self, document: str, hand: str, *, reviewer: str, reason: str = "") -> Decision:
        """Let one of the codings that reviewers made apart count for the record; more can be decided on top of it.

        Raises:
            DecisionError: the reviewer did not code the document blind.
        """
        state = self.state(document)
        if hand not in state.hands:
            raise DecisionError(f"reviewer {hand!r}", f"does not code document {document!r} apart", "name who does")
        return self.act([(ADOPT, state.key, hand)], reviewer=reviewer, reason=reason)[0]


def replaced_lists(state: MentionState, parts: Sequence[Any], sentences: Sequence[Any]) -> dict[str, Any]:
    """Return a mention as JSON with other parts in the place of its own."""
    kinds = {"places": "place", "actors": "actor", "claims": CLAIM, "demands": "demand"}
    data = mention_json(state.mention)
    for key, kind in kinds.items():
        data[key] = [part_json(part.value) for part in parts if part.kind == kind]
    data["evidence"] = [part_json(part.value) for part in sentences]
    return data


def _new_mention(document: DocumentState, value: Values) -> tuple[Step, str]:
    mention = mention_of(value, document.document.text)
    name = mention_key(document.key, mention)
    return (ADD, document.key, dumps({"mention": json.loads(_packed(value)), "id": name})), name


def _stands_in(value: Any, evidence: Any) -> bool:
    span = getattr(value, "span", value)
    return bool(evidence.sentence.covers(span)) if hasattr(span, "start") else False


def _packed(value: Any) -> str:
    try:
        return dumps(value)
    except (TypeError, ValueError) as error:
        raise DecisionError("the value", f"is no JSON ({error})", "see docs/reviewing.md") from error
