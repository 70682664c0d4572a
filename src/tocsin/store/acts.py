"""Doing, undoing and redoing: what is checked first, what is written, and what follows from it, in one transaction."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tocsin.datamodel import Decision
from tocsin.datamodel.act import Act
from tocsin.datamodel.identity import mention_key
from tocsin.datamodel.ids import content_id
from tocsin.datamodel.parts import mention_of
from tocsin.datamodel.state import CLAIM, DocumentState
from tocsin.errors import DecisionError, StaleError
from tocsin.store.blind import read_blind, read_counting
from tocsin.store.decisions import (
    ADD,
    ADOPT,
    BLIND,
    DROP,
    IMPORT,
    OF_DOCUMENT,
    OF_TWO,
    SET,
    UNDO,
    check_pairs,
    check_words,
)
from tocsin.store.documents import read_document
from tocsin.store.edits import Draft, added_part, draft_of, lay_on
from tocsin.store.effective import current_version, read_added, read_state, refresh_exceptions
from tocsin.store.history import (
    Step,
    is_standing,
    move,
    positions_of,
    read_acts,
    read_standing,
    settle,
    write_act,
)
from tocsin.store.imports import settle_imports
from tocsin.store.reviewers import check_role
from tocsin.store.rows import write_mention

Touch = tuple[str, str]


@dataclass
class _Look:
    """What a reviewer sees of the documents that an act is about, with its rows so far laid on."""

    database: sqlite3.Connection
    reviewer: str
    documents: dict[str, DocumentState] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)

    def document(self, key: str) -> DocumentState:
        if key not in self.documents:
            document = read_document(self.database, key)
            state = read_state(self.database, key, document, hand=self.reviewer)
            self.documents[key] = state
            for one in (*state.mentions, *state.dropped):
                draft = draft_of(one.mention)
                draft.parts = {part.id: part for part in one.parts}
                draft.dropped = one.dropped
                self.drafts.setdefault(one.mention.id, draft)
        return self.documents[key]

    def home(self, mention: str) -> str:
        """Return the version of a document in which a mention is decided about."""
        if mention not in self.homes:
            row = self.database.execute("SELECT document FROM mentions WHERE id = ?", (mention,)).fetchone()
            if row is None:
                raise DecisionError(f"mention {mention!r}", "is not in the record", "check the id")
            self.homes[mention] = current_version(self.database, row[0])
        return self.homes[mention]

    def draft(self, mention: str) -> Draft:
        self.document(self.home(mention))
        draft = self.drafts.get(mention)
        if draft is None or draft.dropped:
            problem = "was taken out of its document" if draft else "is told no more, its document was coded anew"
            raise DecisionError(f"mention {mention!r}", problem, "look at the document again")
        return draft

    def owner(self, subject: str) -> str:
        """Return the mention that a mention or a part of one belongs to."""
        if subject in self.claims:
            return self.claims[subject]
        return owner_of(self.database, subject)


def owner_of(database: sqlite3.Connection, subject: str) -> str:
    """Return the mention that a mention or a part of one belongs to; DecisionError for a claim that is not there."""
    if subject.startswith("c-"):
        row = database.execute(
            "SELECT mention FROM claims WHERE id = :id UNION ALL SELECT mention FROM added_claims WHERE id = :id",
            {"id": subject},
        ).fetchone()
        if row is None:
            raise DecisionError(f"claim {subject!r}", "is not in the record", "check the id")
        return str(row[0])
    return subject.partition("/")[0]


def perform(
    database: sqlite3.Connection,
    steps: Sequence[Step],
    *,
    kind: str,
    reviewer: str,
    reason: str = "",
    at: datetime | None = None,
    seen: Mapping[str, int] | None = None,
) -> tuple[Decision, ...]:
    """Do some things as one act: all of it or nothing.

    Args:
        database: within a transaction, which the caller rolls back where this raises.
        steps: kind, subject and object of each decision, in order; later ones may build on earlier ones.
        kind: what the act is for.
        reviewer, reason: who and why.
        at: when, UTC; now if not given. What the same reviewer did at that very moment is there already.
        seen: versions of mentions and documents as the reviewer saw them, by id.

    Returns:
        The decision of each step.

    Raises:
        DecisionError: a step cannot be done.
        StaleError: something was changed since the reviewer looked.
    """
    for one, subject, other in steps:
        check_words(one, subject, other, reviewer, reason)
    if not steps:
        raise DecisionError(f"act {kind!r}", "decides nothing", "say what is decided")
    for one, subject, _ in steps:
        check_role(database, reviewer, one, others=_is_of_another(database, subject, reviewer))
    _check_seen(database, reviewer, seen or {})
    wanted = list(dict.fromkeys(steps))
    moment = at or datetime.now(UTC)
    while at is None and any(_is_there(database, _name(step, reviewer, reason, moment)) for step in wanted):
        moment += timedelta(microseconds=1)
    made = [Decision(_name(step, reviewer, reason, moment), *step, reviewer, reason, moment) for step in wanted]
    fresh = [one for one in made if not _is_there(database, one.id)]
    if not fresh:
        return tuple(made)
    look = _Look(database, reviewer)
    touched = {one.id: _check(look, one) for one in fresh}
    act, done = write_act(
        database,
        [(one.kind, one.subject, one.object) for one in fresh],
        kind=kind,
        reviewer=reviewer,
        reason=reason,
        at=moment,
    )
    for name, touches in touched.items():
        database.executemany(
            "INSERT OR IGNORE INTO touches (position, mention, document) "
            "SELECT position, ?, ? FROM decisions WHERE id = ?",
            [(*touch, name) for touch in touches],
        )
    for mention_claim in look.claims.items():
        database.execute("INSERT OR IGNORE INTO added_claims (id, mention) VALUES (?, ?)", mention_claim)
    rows = positions_of(database, act)
    _follow(database, {*rows, *settle(database, rows)})
    written = {one.id: one for one in done}
    return tuple(written.get(one.id, one) for one in made)


def travel(
    database: sqlite3.Connection, reviewer: str, target: str | None, *, reason: str = "", at: datetime | None = None
) -> None:
    """Move a reviewer to an act of their history, or before the first one.

    Raises:
        DecisionError: what stood there contradicts what others decided since.
    """
    check_role(database, reviewer, "redo")
    moment = at or datetime.now(UTC)
    while _is_there(database, content_id("d", "head", target or "", None, reviewer, reason, moment.isoformat())):
        moment += timedelta(microseconds=1)
    _follow(database, move(database, reviewer, target, reason=reason, at=moment))


def act_of(database: sqlite3.Connection, decision: str) -> Act:
    """Return the act that a decision is part of."""
    name = database.execute("SELECT act FROM decisions WHERE id = ?", (decision,)).fetchone()[0]
    return read_acts(database, act=name)[0]


def _name(step: Step, reviewer: str, reason: str, moment: datetime) -> str:
    return content_id("d", *step, reviewer, reason, moment.isoformat())


def _is_there(database: sqlite3.Connection, decision: str) -> bool:
    return database.execute("SELECT 1 FROM decisions WHERE id = ?", (decision,)).fetchone() is not None


def _is_of_another(database: sqlite3.Connection, decision: str, reviewer: str) -> bool:
    row = database.execute("SELECT reviewer FROM decisions WHERE id = ?", (decision,)).fetchone()
    return row is not None and row[0] != reviewer


def _check_seen(database: sqlite3.Connection, reviewer: str, seen: Mapping[str, int]) -> None:
    for subject, version in sorted(seen.items()):
        row = database.execute(
            "SELECT sum(v.version), d.reviewer, d.at, max(v.position) FROM versions AS v "
            "JOIN decisions AS d USING (position) WHERE v.subject IN (?, ?)",
            (subject, f"{subject} {reviewer}"),
        ).fetchone()
        now = int(row[0] or 0)
        if now != version:
            who, when = (row[1], row[2][:16].replace("T", " ")) if row[0] else ("another reviewer", "")
            raise StaleError(
                subject,
                f"was changed by {who} {when}".rstrip() + " since you looked",
                "nothing of yours was written; look at it again and decide",
                reviewer=who,
                version=now,
            )


def _check(look: _Look, one: Decision) -> list[Touch]:
    """Return the mentions and documents that a decision is about; raise DecisionError where it cannot be made."""
    database, subject = look.database, one.subject
    if one.kind == UNDO:
        return _check_undo(database, subject)
    if one.kind == IMPORT:
        if database.execute("SELECT 1 FROM imports WHERE id = ?", (subject,)).fetchone() is None:
            raise DecisionError(f"import {subject!r}", "is not in the record", "check the id")
        return []
    if one.kind in OF_TWO:
        if one.object == subject:
            raise DecisionError(f"mention {subject!r}", "cannot be decided against itself", "name two mentions")
        return [(name, look.home(name)) for name in (subject, one.object or "")]
    if one.kind in OF_DOCUMENT or (one.kind == ADD and subject.startswith("doc-")):
        if database.execute("SELECT 1 FROM documents WHERE id = ?", (subject,)).fetchone() is None:
            raise DecisionError(f"document {subject!r}", "is not in the record", "check the id")
        if one.kind == ADD:
            return [(_check_new(look, one), subject), ("", subject)]
        return [("", subject)]
    name = look.owner(subject)
    home = look.home(name)
    if one.kind in (SET, ADD, DROP):
        draft = look.draft(name)
        document = look.document(home)
        if one.kind == SET:
            _check_context(document, json.loads(one.object or "{}").get("context"), name)
        if one.kind == DROP and one.object is not None and (subject != name or one.object == name):
            raise DecisionError(f"part {subject!r}", "cannot go into another", "only a mention goes into a mention")
        if one.kind == DROP and one.object is not None:
            look.draft(one.object)
        lay_on(draft, one, document.document.text)
        if one.kind == ADD:
            look.claims |= {part: name for part in (added_part(name, CLAIM, one.id),) if part in draft.parts}
    return [(name, home)]


def _check_undo(database: sqlite3.Connection, subject: str) -> list[Touch]:
    row = database.execute("SELECT position FROM decisions WHERE id = ? AND act IS NOT NULL", (subject,)).fetchone()
    if row is None:
        raise DecisionError(f"decision {subject!r}", "is not in the record", "check the id")
    if not is_standing(database, subject):
        raise DecisionError(f"decision {subject!r}", "is undone already", "undo that undo to bring it back")
    return [
        (mention, document)
        for mention, document in database.execute("SELECT mention, document FROM touches WHERE position = ?", row)
    ]


def _check_new(look: _Look, one: Decision) -> str:
    """Write the mention that a decision adds, unless it was there once; return its id."""
    state = look.document(one.subject)
    value = json.loads(one.object or "{}")
    mention = mention_of(value.get("mention"), state.document.text)
    _check_context(state, mention.context, "")
    name = mention_key(one.subject, mention)
    if value.get("id") != name:
        raise DecisionError(f"mention {value.get('id')!r}", f"has another id by what it says, {name}", "leave it out")
    there = look.drafts.get(name)
    if there is not None and not there.dropped:
        raise DecisionError(f"mention {name!r}", "is in the document already", "change that one")
    if there is not None:
        raise DecisionError(f"mention {name!r}", "was taken out of the document", "undo that to bring it back")
    write_mention(look.database, one.subject, state.document, mention)
    look.homes[name] = one.subject
    if (fresh := read_added(one, state.document.text)) is not None:
        look.drafts[name] = draft_of(fresh, added=one.id)
    return name


def _check_context(state: DocumentState, context: object, name: str) -> None:
    if context is not None and (context == name or all(context != one.mention.id for one in state.mentions)):
        raise DecisionError(f"context {context!r}", "is no other mention of the document", "name one of its mentions")


def _follow(database: sqlite3.Connection, changed: Iterable[int]) -> None:
    """Bring all that hangs on decisions that came or went up to date.

    Args:
        database: within a transaction.
        changed: positions of those decisions.
    """
    rows = sorted(changed)
    kinds = {database.execute("SELECT kind FROM decisions WHERE position = ?", (row,)).fetchone()[0] for row in rows}
    if kinds & {*OF_TWO, BLIND, ADOPT}:
        check_pairs(read_counting(database, OF_TWO))
    documents = _bump(database, rows)
    if IMPORT in kinds:
        settle_imports(database, read_standing(database, kinds=(IMPORT,)))
        documents |= {row[0] for row in database.execute("SELECT DISTINCT document FROM touches")}
    refresh_exceptions(database, documents)


def _bump(database: sqlite3.Connection, rows: Iterable[int]) -> set[str]:
    """Count up the versions of what some decisions are about; return the documents."""
    blind = read_blind(database)
    (last,) = database.execute("SELECT max(position) FROM decisions").fetchone()
    documents: set[str] = set()
    subjects: set[str] = set()
    for row in rows:
        for mention, document, reviewer in database.execute(
            "SELECT mention, document, reviewer FROM touches JOIN decisions USING (position) WHERE position = ?", (row,)
        ):
            documents.add(document)
            private = document in blind and blind[document].is_private(reviewer)
            subjects.add((mention or document) + (f" {reviewer}" if private else ""))
    database.executemany(
        "INSERT INTO versions (subject, version, position) VALUES (?, 1, ?) "
        "ON CONFLICT (subject) DO UPDATE SET version = version + 1, position = excluded.position",
        [(subject, last) for subject in sorted(subjects)],
    )
    return documents
