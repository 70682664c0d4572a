"""How far the reviewers of a record agree who code documents apart."""

from collections import defaultdict
from dataclasses import replace

from tocsin.datamodel import CodedDocument
from tocsin.datamodel.state import DocumentState
from tocsin.evaluate.coders import Agreement, agreement
from tocsin.store.record import Record


def codings_apart(record: Record) -> dict[str, tuple[CodedDocument, ...]]:
    """Return the documents that are coded blind as each of their reviewers left them, by reviewer.

    A document counts for a reviewer who has judged all its mentions or finished it; rejected mentions are left out.
    """
    found: defaultdict[str, list[CodedDocument]] = defaultdict(list)
    for key in record.blind_documents():
        for hand in record.state(key).hands:
            state = record.state(key, hand=hand)
            if _is_done(state):
                told = tuple(one.mention for one in state.mentions if one.judgement != "reject")
                found[hand].append(CodedDocument(replace(state.document, id=key), told))
    return {hand: tuple(found[hand]) for hand in sorted(found)}


def agreement_apart(record: Record) -> list[Agreement]:
    """Return how far reviewers agree who code documents of a record apart; none where fewer than two did."""
    codings = codings_apart(record)
    return agreement(codings) if len(codings) > 1 else []


def _is_done(state: DocumentState) -> bool:
    return state.finished or (bool(state.mentions) and all(one.judgement for one in state.mentions))
