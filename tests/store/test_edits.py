"""What a person changes in a mention stands against every later run, and every part keeps its id."""

from dataclasses import replace
from typing import Any

import pytest

from tocsin.datamodel import Claim, Span
from tocsin.datamodel.parts import mention_json, part_json
from tocsin.errors import DecisionError, RecordError
from tocsin.store.record import Record


@pytest.fixture
def mentions(record: Record, make_coded: Any) -> list[str]:
    _run(record, make_coded())
    return [m.id for coded in record.coded() for m in coded.mentions]


def _run(record: Record, *coded: Any, coder: str = "rules 1") -> None:
    run = record.start_run("tocsin", coder)
    for one in coded:
        record.add(one, run=run, coder=coder)


def _told(record: Record) -> list[str]:
    return [m.id for coded in record.coded() for m in coded.mentions]


def _words(record: Record, words: str, document: str = "a") -> dict[str, Any]:
    return part_json(Span.find(record.state(document).document.text, words))


def test_fields_of_a_mention_are_set_and_its_id_stays(record: Record, mentions: list[str]) -> None:
    made = record.set(mentions[0], {"modality": "planned", "scope": "series"}, reviewer="Ann", reason="called for")
    _, mention = record.mention(mentions[0])
    assert (mention.id, mention.modality, mention.scope) == (mentions[0], "planned", "series")
    state = record.state("a").mentions[0]
    assert state.changed == {"modality": made.id, "scope": made.id}
    assert state.proposed is not None and state.proposed.modality == "occurred"


def test_a_claim_is_mended_part_by_part_and_keeps_its_id(record: Record, mentions: list[str]) -> None:
    (claim,) = [part for part in record.state("a").mentions[0].parts if part.kind == "claim"]
    record.set(claim.id, {"low": 450, "high": None, "approx": False}, reviewer="Ann")
    record.set(claim.id, {"said_by": []}, reviewer="Ann")
    (now,) = record.mention(mentions[0])[1].claims
    assert (now.id, now.low, now.high, now.said_by) == (claim.id, 450, None, ())


def test_no_quote_no_claim(record: Record, mentions: list[str]) -> None:
    claim = {"attribute": "affected", "low": 12, "high": 12, "span": {"start": 0, "end": 5, "quote": "Never"}}
    before = record.decisions()
    for value, problem in (
        (claim, "the text has"),
        ({**claim, "span": None}, "malformed"),
        ({**claim, "span": {"start": 0, "end": 5000}}, "the text has"),
        ({**claim, "span": _words(record, "12"), "low": 13}, "malformed"),
        ({**claim, "span": _words(record, "12"), "low": None, "high": None}, "malformed"),
    ):
        with pytest.raises(DecisionError, match=problem):
            record.add_part(mentions[1], "claim", value, reviewer="Ann")
    with pytest.raises(DecisionError, match="is none of a mention"):
        record.set(mentions[1], {"colour": "red"}, reviewer="Ann")
    with pytest.raises(DecisionError, match="is none of a claim"):
        record.set(record.state("a").mentions[0].parts[0].id, {"colour": "red"}, reviewer="Ann")
    with pytest.raises(DecisionError, match="is no other mention"):
        record.set(mentions[1], {"context": mentions[1]}, reviewer="Ann")
    assert record.decisions() == before


def test_parts_are_added_and_taken_out(record: Record, mentions: list[str]) -> None:
    made = record.add_part(
        mentions[1],
        "claim",
        {"attribute": "affected", "low": 12, "high": 12, "span": _words(record, "12")},
        reviewer="A",
    )
    state = record.state("a").mentions[1]
    (claim,) = [part for part in state.parts if part.kind == "claim"]
    assert claim.decision == made.id and isinstance(claim.value, Claim) and claim.value.id == claim.id
    record.set(claim.id, {"low": 11}, reviewer="Ben")
    assert record.mention(mentions[1])[1].claims[0].low == 11
    record.drop(claim.id, reviewer="Ann")
    assert record.mention(mentions[1])[1].claims == ()
    with pytest.raises(DecisionError, match="is not in mention"):
        record.set(claim.id, {"low": 12}, reviewer="Ben")
    with pytest.raises(DecisionError, match="only sentence"):
        record.drop(f"{mentions[1]}/evidence/0", reviewer="Ann")


def test_a_mention_taken_out_is_gone_until_that_is_undone(record: Record, mentions: list[str]) -> None:
    record.drop(mentions[0], reviewer="Ann")
    assert _told(record) == mentions[1:]
    assert [m.context for coded in record.coded() for m in coded.mentions] == [None]
    assert record.sizes().mentions == 1
    record.back(reviewer="Ann")
    assert _told(record) == mentions
    assert record.sizes().mentions == 2


def test_a_mention_is_added_with_its_sentence(record: Record, mentions: list[str]) -> None:
    sentence = _words(record, "Police detained 12 of them.")
    value = {"type": "force", "evidence": [{"sentence": sentence, "trigger": _words(record, "detained")}]}
    name = record.add_mention("a", value, reviewer="Ann")
    assert _told(record) == [*mentions, name]
    assert record.state("a").mentions[2].proposed is None
    with pytest.raises(DecisionError, match="in the document already"):
        record.add_mention("a", value, reviewer="Ann")
    record.set(name, {"modality": "denied"}, reviewer="Ann")
    record.decide("accept", name, reviewer="Ann")
    assert record.mention(name)[1].modality == "denied"
    assert record.judgements() == {name: "accept"}


def test_a_mention_is_split_and_put_together_again(record: Record, mentions: list[str]) -> None:
    (claim,) = [part for part in record.state("a").mentions[0].parts if part.kind == "claim"]
    name = record.split_mention(mentions[0], [claim.id], values={"type": "lockout"}, reviewer="Ann")
    old, new = record.mention(mentions[0])[1], record.mention(name)[1]
    assert (old.claims, len(new.claims), new.type) == ((), 1, "lockout")
    assert old.evidence == new.evidence
    assert len(record.history(reviewer="Ann")) == 1
    record.merge_mentions(mentions[0], name, reviewer="Ann")
    assert len(record.mention(mentions[0])[1].claims) == 1
    assert sorted(_told(record)) == sorted(mentions)
    record.go(None, reviewer="Ann")
    assert _told(record) == mentions
    with pytest.raises(DecisionError, match="no other mention of the same document"):
        record.merge_mentions(mentions[0], mentions[0], reviewer="Ann")


def test_a_later_run_never_overturns_a_person(record: Record, mentions: list[str], make_coded: Any) -> None:
    record.set(mentions[0], {"modality": "planned"}, reviewer="Ann")
    record.decide("reject", mentions[1], reviewer="Ann")
    again = make_coded()
    proposals = tuple(replace(m, scope="series", claims=()) for m in again.mentions)
    _run(record, replace(again, mentions=proposals), coder="rules 2")
    assert _told(record) == mentions
    assert [m.modality for c in record.coded() for m in c.mentions] == ["planned", "occurred"]
    assert record.judgements() == {mentions[1]: "reject"}
    _run(record, replace(again, mentions=()), coder="rules 3")
    assert _told(record) == mentions
    record.go(None, reviewer="Ann")
    assert _told(record) == []


def test_what_is_new_in_a_later_run_is_proposed_beside_what_a_person_decided(
    record: Record, mentions: list[str], make_coded: Any
) -> None:
    record.decide("accept", mentions[0], reviewer="Ann")
    again = make_coded()
    other = replace(again.mentions[1], type="force", id="m9", context=None)
    _run(record, replace(again, mentions=(*again.mentions[:1], other)), coder="rules 2")
    told = [m for coded in record.coded() for m in coded.mentions]
    assert [m.type for m in told] == ["strike", "force"]
    assert told[0].id == mentions[0]


def test_a_finished_document_takes_nothing_new(record: Record, mentions: list[str], make_coded: Any) -> None:
    record.finish("a", reviewer="Ann")
    again = make_coded()
    _run(record, replace(again, mentions=(replace(again.mentions[0], type="lockout"),)), coder="rules 2")
    assert _told(record) == mentions
    assert record.state("a").finished
    record.back(reviewer="Ann")
    assert [m.type for coded in record.coded() for m in coded.mentions] == ["lockout"]


def test_a_decision_goes_to_the_edited_text_where_its_quotes_still_stand(
    record: Record, mentions: list[str], make_coded: Any
) -> None:
    record.set(mentions[0], {"modality": "planned"}, reviewer="Ann")
    edited = make_coded(text="Update. " + make_coded().document.text.replace("12 of them", "14 of them"))
    _run(record, replace(edited, mentions=()))
    (told,) = record.state("a").mentions
    assert (told.mention.id, told.mention.modality) == (mentions[0], "planned")
    assert told.mention.claims[0].span == Span.find(edited.document.text, "About 400 miners")
    record.decide("reject", mentions[0], reviewer="Ben")
    record.set(told.parts[0].id, {"low": 399}, reviewer="Ben")
    assert record.mention(mentions[0])[1].claims[0].low == 399
    assert record.left_behind() == ()
    emptied = replace(edited.document, text="Nothing of that happened. All is well.")
    _run(record, replace(edited, document=emptied, mentions=()))
    assert _told(record) == []
    assert [name for name, _ in record.left_behind()] == [mentions[0]] * 2


def test_what_is_not_there_cannot_be_changed(record: Record, mentions: list[str]) -> None:
    for subject in ("m-0", "c-0", f"{mentions[0]}/place/9", "m-0/place/0"):
        with pytest.raises(DecisionError):
            record.set(subject, {"name": "Minsk"}, reviewer="Ann")
    with pytest.raises(RecordError, match="is not in the record"):
        record.state("nowhere")
    with pytest.raises(RecordError, match="is not told"):
        record.state_of("m-0")


def test_a_mention_comes_back_from_its_json(record: Record, mentions: list[str]) -> None:
    from tocsin.datamodel.parts import mention_of

    document, mention = record.mention(mentions[0])
    back = mention_of(mention_json(mention), document.text, name=mention.id)
    assert back == mention
