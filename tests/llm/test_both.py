"""Two extractors joined: what they agree on, where they differ, by each policy."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from bench.llm.server import Said, playing

from tocsin.datamodel import CodedDocument, Document
from tocsin.errors import UsageError
from tocsin.llm.settings import LlmSettings
from tocsin.pipeline import Settings, code_document, load_resources

Make = Callable[..., LlmSettings]
Answer = Callable[..., str]
RAID = "Officers also raided the union's office in Minsk on Sunday."


def _code(document: Document, make_settings: Make, said: str, join: str) -> CodedDocument:
    with playing(lambda body: Said(said)) as played:
        llm = make_settings(played.url, join=join)
        return code_document(document, load_resources(Settings(extractor="both", llm=llm)))


def _found_by(coded: CodedDocument) -> list[tuple[str, str]]:
    kinds = {mention.id: mention.type for mention in coded.mentions}
    return [(kinds[note.mention or ""], note.given) for note in coded.notes if note.kind == "found by"]


def test_a_union_keeps_all_and_ranks_it(document: Document, make_settings: Make, make_answer: Answer) -> None:
    longer = replace(document, text=f"{document.text} {RAID}")
    coded = _code(longer, make_settings, make_answer(modality="planned"), "union")
    found = _found_by(coded)
    assert ("strike", "both, differently") in found
    assert ("raid", "offline alone") in found
    assert len(found) == len(coded.mentions)
    differs = [note for note in coded.notes if note.kind == "differs" and note.field == "modality"]
    assert [(note.given, note.kept) for note in differs] == [("occurred", "planned")]
    assert len({mention.id for mention in coded.mentions}) == len(coded.mentions)


def test_an_intersection_keeps_what_both_find(document: Document, make_settings: Make, make_answer: Answer) -> None:
    longer = replace(document, text=f"{document.text} {RAID}")
    coded = _code(longer, make_settings, make_answer(), "intersection")
    assert {mention.type for mention in coded.mentions} == {"strike", "detention"}
    offline = {c.span.quote for m in code_document(longer, load_resources()).mentions for c in m.claims}
    assert all(
        any(claim.span.quote in quote or quote in claim.span.quote for quote in offline)
        for mention in coded.mentions
        for claim in mention.claims
    )


def test_llm_first_keeps_what_the_model_finds(document: Document, make_settings: Make, make_answer: Answer) -> None:
    longer = replace(document, text=f"{document.text} {RAID}")
    coded = _code(longer, make_settings, make_answer(type="lockout"), "llm-first")
    assert [mention.type for mention in coded.mentions] == ["lockout", "detention"]
    assert ("lockout", "model alone") in _found_by(coded)


@pytest.mark.parametrize("join", ["union", "intersection", "llm-first"])
def test_where_the_model_does_not_answer_the_offline_coding_stands_and_says_so(
    document: Document, make_settings: Make, join: str
) -> None:
    coded = _code(document, make_settings, "I cannot help with that.", join)
    assert coded.mentions == code_document(document, load_resources()).mentions
    assert {who for _, who in _found_by(coded)} == {"offline alone"}
    assert any(note.kind == "fallback" for note in coded.notes)


@pytest.mark.parametrize("join", ["union", "intersection", "llm-first"])
def test_contexts_lead_to_mentions_that_are_there(
    document: Document, make_settings: Make, make_answer: Answer, join: str
) -> None:
    coded = _code(replace(document, text=f"{document.text} {RAID}"), make_settings, make_answer(), join)
    there = {mention.id for mention in coded.mentions}
    assert all(mention.context in there for mention in coded.mentions if mention.context)
    assert {note.mention for note in coded.notes if note.mention} <= there


def test_an_unknown_policy_is_named(document: Document, make_settings: Make) -> None:
    with pytest.raises(UsageError, match="known are union, intersection, llm-first"):
        _code(document, make_settings, "", "coin")
