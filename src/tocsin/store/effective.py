"""Documents as decisions left them: a function of their codings and of the decisions that stand.

A person's decision about a mention holds it fast. A later run that codes the document anew adds what is new in it, but
neither takes that mention out nor proposes it a second time; where the document was edited, the mention goes to the new
text as long as all its quotes stand there. A document that a reviewer finished keeps the coding it had then.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from tocsin.datamodel import CodedDocument, Decision, Document, Mention
from tocsin.datamodel.identity import claim_key
from tocsin.datamodel.parts import mention_of
from tocsin.datamodel.state import DocumentState, MentionState
from tocsin.errors import DecisionError
from tocsin.store.blind import Blind, read_blind
from tocsin.store.codings import read_coding
from tocsin.store.decisions import ADD, FINISH
from tocsin.store.documents import read_document
from tocsin.store.edits import Draft, draft_of, in_order, lay_on, moved
from tocsin.store.history import read_standing
from tocsin.store.rows import read_mention, read_mentions


def read_effective(database: sqlite3.Connection, key: str, document: Document) -> CodedDocument:
    """Return a version of a document with its mentions as decisions left them, rejected ones among them."""
    if not is_decided(database, key):
        return read_coding(database, key, document)
    coded = read_coding(database, key, document)
    return replace(coded, mentions=tuple(one.mention for one in read_state(database, key, document).mentions))


def read_state(database: sqlite3.Connection, key: str, document: Document, *, hand: str | None = None) -> DocumentState:
    """Return a version of a document with its mentions as decisions left them.

    Args:
        database: the record.
        key: id of that version.
        document: that version.
        hand: a reviewer who codes it blind, to see it as that one does; None for what counts for the record.
    """
    blind = read_blind(database).get(key, Blind())
    carried: dict[str, Draft] = {}
    for older in older_versions(database, key):
        drafts = _held(database, older, _decisions(database, older, None), carried, read_document(database, older).text)
        carried = _moved_all(drafts, _next_text(database, older, key))
    made = _decisions(database, key, hand)
    coding, finished = _coding(database, key, made)
    proposed = [] if coding is None else list(read_mentions(database, coding, document.text))
    held = _held(database, key, made, carried, document.text, {one.id: one for one in proposed})
    told, replaced = _together(proposed, held)
    versions = _versions(database, (key, *(draft.mention.id for draft in told)), hand)
    states = _with_contexts([draft.state(versions[draft.mention.id]) for draft in told], replaced)
    return DocumentState(
        key,
        document,
        tuple(one for one in states if not one.dropped),
        tuple(one for one in states if one.dropped),
        finished,
        blind.hands,
        blind.adopted,
        versions[key],
    )


def current_version(database: sqlite3.Connection, key: str) -> str:
    """Return the id of the version of a document that counts today, by that of any of its versions."""
    newer = newer_versions(database, key)
    return next((one for one in newer[::-1] if _counts(database, one)), key) if newer else key


def refresh_exceptions(database: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Note which mentions of some documents are told though no coding in force has them, and the other way round.

    Args:
        database: within a transaction.
        keys: ids of any of their versions.
    """
    for key in sorted({current_version(database, one) for one in keys}):
        for version in (key, *older_versions(database, key), *newer_versions(database, key)):
            database.execute("DELETE FROM exceptions WHERE document = ?", (version,))
        if not is_decided(database, key) or not _counts(database, key):
            continue
        document = read_document(database, key)
        coded = {one.id for one in read_coding(database, key, document).mentions}
        told = {one.mention.id for one in read_state(database, key, document).mentions}
        rows = [(one, key, int(one in told)) for one in sorted(coded ^ told)]
        database.executemany("INSERT OR REPLACE INTO exceptions (mention, document, shown) VALUES (?, ?, ?)", rows)


def left_behind(database: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Return (id of mention, id of the document's version) of what was decided about in a text that is no more.

    The document was edited, and not all quotes of the mention stand in its new text.
    """
    found = []
    rows = database.execute(
        "SELECT DISTINCT t.mention, t.document FROM touches AS t JOIN standing USING (position) "
        "WHERE t.mention != '' AND t.document IN (SELECT replaces FROM documents) ORDER BY t.mention, t.document"
    ).fetchall()
    for mention, key in rows:
        current = current_version(database, key)
        if current != key:
            state = read_state(database, current, read_document(database, current))
            if all(mention != one.mention.id for one in (*state.mentions, *state.dropped)):
                found.append((mention, key))
    return tuple(found)


def is_decided(database: sqlite3.Connection, key: str) -> bool:
    """Whether any decision that stands is about a version of a document, an older one, or their mentions."""
    return any(
        database.execute(
            "SELECT 1 FROM touches AS t JOIN standing USING (position) WHERE t.document = ? LIMIT 1", (version,)
        ).fetchone()
        for version in (key, *older_versions(database, key))
    )


def older_versions(database: sqlite3.Connection, key: str) -> list[str]:
    """Return the ids of the older versions of a document, oldest first."""
    found: list[str] = []
    while (row := database.execute("SELECT replaces FROM documents WHERE id = ?", (key,)).fetchone()) and row[0]:
        key = str(row[0])
        found.append(key)
    return found[::-1]


def newer_versions(database: sqlite3.Connection, key: str) -> list[str]:
    """Return the ids of the newer versions of a document, oldest first."""
    found: list[str] = []
    while row := database.execute("SELECT id FROM documents WHERE replaces = ?", (key,)).fetchone():
        key = str(row[0])
        found.append(key)
    return found


def _counts(database: sqlite3.Connection, key: str) -> bool:
    """Whether a version of a document is the one that counts, not of an import that was undone."""
    return database.execute("SELECT 1 FROM current_documents WHERE id = ?", (key,)).fetchone() is not None


def _next_text(database: sqlite3.Connection, older: str, last: str) -> str:
    row = database.execute("SELECT text FROM documents WHERE replaces = ?", (older,)).fetchone()
    return str(row[0]) if row else read_document(database, last).text


def _moved_all(drafts: dict[str, Draft], text: str) -> dict[str, Draft]:
    found = {name: moved(draft, text) for name, draft in drafts.items() if draft.held}
    return {name: draft for name, draft in found.items() if draft is not None}


def _decisions(database: sqlite3.Connection, key: str, hand: str | None) -> list[Decision]:
    """Return the standing decisions about a version of a document that count, or that a blind reviewer sees."""
    blind = read_blind(database).get(key, Blind())
    made = read_standing(database, document=key)
    return in_order(one for one in made if blind.shows(one.reviewer, hand))


def _coding(database: sqlite3.Connection, key: str, made: Sequence[Decision]) -> tuple[int | None, bool]:
    """Return the coding a document goes by, and whether a reviewer finished it."""
    last = [one for one in made if one.kind == FINISH]
    if last:
        row = database.execute(
            "SELECT id FROM standing_codings WHERE document = ? AND id = ?", (key, last[-1].object)
        ).fetchone()
        if row is not None:
            return int(row[0]), True
    row = database.execute("SELECT id FROM current_codings WHERE document = ?", (key,)).fetchone()
    return (None if row is None else int(row[0])), bool(last)


def _held(
    database: sqlite3.Connection,
    key: str,
    made: Sequence[Decision],
    carried: dict[str, Draft],
    text: str,
    proposed: dict[str, Mention] | None = None,
) -> dict[str, Draft]:
    """Return every mention that decisions are about, with them laid on.

    Args:
        database: the record.
        key: id of a version of a document.
        made: about it, in order.
        carried: mentions held fast in older versions, moved to its text.
        text: of that version.
        proposed: mentions of the coding it goes by, where they are read already.
    """
    drafts = dict(carried)
    about: dict[str, list[Decision]] = defaultdict(list)
    for one in made:
        if one.kind == ADD and not one.subject.startswith("m-"):
            if (added := read_added(one, text)) is not None and added.id not in drafts:
                drafts[added.id] = draft_of(added, added=one.id)
            continue
        for name in _mentions_of(database, key, one):
            about[name].append(one)
    for name, some in about.items():
        if name not in drafts:
            mention = (proposed or {}).get(name)
            draft = _base(database, key, name, text) if mention is None else draft_of(mention)
            if draft is None:
                continue
            drafts[name] = draft
        for one in some:
            try:
                lay_on(drafts[name], one, text)
            except DecisionError:
                continue  # about a part that another decision took out
    return drafts


def _mentions_of(database: sqlite3.Connection, key: str, decision: Decision) -> list[str]:
    rows = database.execute(
        "SELECT mention FROM touches JOIN decisions USING (position) WHERE id = ? AND document = ? AND mention != ''",
        (decision.id, key),
    )
    return [row[0] for row in rows]


def _base(database: sqlite3.Connection, key: str, name: str, text: str) -> Draft | None:
    """Return a mention as it was coded, or None where it was added by a decision that stands no more.

    One of an older version of the document goes to the text of this one, or is None where that has not all its quotes.
    """
    row = database.execute(
        "SELECT document FROM mentions WHERE id = ? AND EXISTS (SELECT 1 FROM coding_mentions WHERE mention = ?)",
        (name, name),
    ).fetchone()
    if row is None:
        return None
    if row[0] == key:
        return draft_of(read_mention(database, name, text))
    return moved(draft_of(read_mention(database, name, read_document(database, row[0]).text)), text)


def read_added(decision: Decision, text: str) -> Mention | None:
    value = json.loads(decision.object or "{}")
    try:
        mention = mention_of(value["mention"], text, name=value["id"])
    except (DecisionError, KeyError):
        return None
    claims = tuple(replace(one, id=claim_key(mention.id, n, one)) for n, one in enumerate(mention.claims))
    return replace(mention, claims=claims)


def _together(proposed: Sequence[Mention], held: dict[str, Draft]) -> tuple[list[Draft], dict[str, str]]:
    """Return the mentions of a document in order, and which held one stands in the place of which proposal."""
    names = {one.id for one in proposed}
    extra = {name: draft for name, draft in held.items() if name not in names and draft.held}
    replaced = _replaced(proposed, held, extra)
    drafts = [held.get(one.id) or draft_of(one) for one in proposed if one.id not in replaced]
    place = {one.id: n for n, one in enumerate(proposed)}
    order = {draft.mention.id: (float(place[draft.mention.id]), 0) for draft in drafts}
    for proposal, name in replaced.items():
        order.setdefault(name, (float(place[proposal]), 0))
    for name, draft in extra.items():
        if name not in order:
            start = _start(draft)
            later = [place[one.id] for one in proposed if one.evidence and one.evidence[0].sentence.start > start]
            order[name] = (min(later, default=len(proposed)) - 0.5, start)
    drafts += extra.values()
    return sorted(drafts, key=lambda draft: (order[draft.mention.id], draft.mention.id)), replaced


def _replaced(proposed: Sequence[Mention], held: Collection[str], extra: dict[str, Draft]) -> dict[str, str]:
    """Return for each proposal that a held mention answers already that mention, one to one, the closest first."""
    options = []
    for name, draft in extra.items():
        state = draft.state()
        told = [one for one in (draft.proposed, state.mention) if one is not None]
        for proposal in proposed:
            if proposal.id in held:
                continue
            if shared := max(_shared(proposal, one) for one in told):
                options.append((-shared, proposal.id, name))
    found: dict[str, str] = {}
    for _, proposal_id, name in sorted(options):
        if proposal_id not in found and name not in found.values():
            found[proposal_id] = name
    return found


def _shared(one: Mention, other: Mention) -> int:
    """Return how much two mentions of one type tell of the same: 2 for each trigger in common, 1 for each sentence."""
    if one.type != other.type:
        return 0
    return sum(
        2 * a.trigger.overlaps(b.trigger) + a.sentence.overlaps(b.sentence)
        for a in one.evidence
        for b in other.evidence
    )


def _start(draft: Draft) -> int:
    sentences = draft.state().mention.evidence
    return sentences[0].sentence.start if sentences else 0


def _with_contexts(states: Sequence[MentionState], replaced: dict[str, str]) -> list[MentionState]:
    """Return mentions whose contexts are mentions of the document as it is now, or none."""
    by_name = {one.mention.id: one for one in states}

    def found(name: str | None) -> str | None:
        seen: set[str] = set()
        while name is not None and name not in seen:
            seen.add(name)
            name = replaced.get(name, name)
            state = by_name.get(name)
            if state is None or not state.dropped:
                return None if state is None else name
            name = state.into
        return None

    done = []
    for one in states:
        context = found(one.mention.context)
        context = None if context == one.mention.id else context
        done.append(
            one if context == one.mention.context else replace(one, mention=replace(one.mention, context=context))
        )
    return done


def _versions(database: sqlite3.Connection, subjects: Iterable[str], hand: str | None) -> dict[str, int]:
    found = {}
    for subject in subjects:
        names = (subject,) if hand is None else (subject, f"{subject} {hand}")
        marks = ", ".join("?" * len(names))
        statement = f"SELECT coalesce(sum(version), 0) FROM versions WHERE subject IN ({marks})"  # noqa: S608 (marks)
        found[subject] = int(database.execute(statement, names).fetchone()[0])
    return found
