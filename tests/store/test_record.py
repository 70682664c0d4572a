"""What goes into a record comes out of it, once."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.datamodel import CodedDocument, Document, Span
from tocsin.datamodel.coded import read
from tocsin.datamodel.verdict import FAILED, READ, ReadVerdict
from tocsin.errors import CodedError, RecordError
from tocsin.store.documents import EDITED, KNOWN, NEW
from tocsin.store.record import Record, open_record

GOLD = Path(__file__).parents[2].parent / "shared" / "gold" / "dev"


def _add(record: Record, coded: CodedDocument, coder: str = "rules 1") -> str:
    run = record.start_run("tocsin 1", coder)
    return record.add(coded, run=run, coder=coder).status


def _without_ids(coded: CodedDocument) -> CodedDocument:
    order = {mention.id: str(n) for n, mention in enumerate(coded.mentions)}
    mentions = tuple(
        replace(m, id=order[m.id], context=None if m.context is None else order[m.context]) for m in coded.mentions
    )
    return replace(coded, mentions=mentions)


def test_a_coded_document_comes_back_whole(record: Record, make_coded: Any) -> None:
    coded = make_coded()
    assert _add(record, coded) == NEW
    (back,) = record.coded()
    assert _without_ids(back) == _without_ids(coded)
    assert back.mentions[1].context == back.mentions[0].id


def test_ids_are_the_same_in_every_record(tmp_path: Path, make_coded: Any) -> None:
    ids = []
    for before in ([], [CodedDocument(Document("other", "It came first."), ())]):
        with open_record(tmp_path / f"{len(before)}") as record:
            for coded in [*before, make_coded()]:
                _add(record, coded)
            ids.append([m.id for coded in record.coded() for m in coded.mentions])
    assert ids[0] == ids[1] != []


@pytest.mark.skipif(not GOLD.is_dir(), reason="NEEDS ../shared/gold, which is not in this checkout")
def test_the_gold_documents_come_back_whole(record: Record) -> None:
    gold = [coded for coded in read(GOLD, strict=False) if not coded.ungrounded]
    assert len(gold) > 40
    for coded in gold:
        _add(record, coded)
    assert [_without_ids(coded) for coded in record.coded()] == [_without_ids(coded) for coded in gold]


def test_the_same_document_twice_adds_nothing(record: Record, make_coded: Any) -> None:
    _add(record, make_coded())
    before = record.sizes()
    assert _add(record, make_coded()) == KNOWN
    assert replace(record.sizes(), runs=before.runs) == before


def test_the_same_file_under_another_name_is_the_same_document(record: Record, make_coded: Any) -> None:
    _add(record, make_coded("a"))
    assert _add(record, make_coded("copy of a")) == KNOWN
    assert record.sizes().documents == 1


def test_a_reprint_by_another_publisher_is_a_document_of_its_own(record: Record, make_coded: Any) -> None:
    _add(record, make_coded("a", publisher="Free Radio"))
    assert _add(record, make_coded("b", publisher="State Agency")) == NEW
    assert record.sizes().documents == 2


@pytest.mark.parametrize("by", ["name", "url"])
def test_an_edited_document_is_a_new_version_of_the_old_one(record: Record, make_coded: Any, by: str) -> None:
    old = make_coded("a", url="https://radio.example/1")
    longer = old.document.text + " They were let go."
    _add(record, old)
    name, url = ("a", None) if by == "name" else ("b", "https://radio.example/1")
    new = make_coded(name, longer, url=url)
    assert _add(record, new) == EDITED
    sizes = record.sizes()
    assert (sizes.documents, sizes.older, sizes.mentions, sizes.claims) == (1, 1, 2, 1)
    assert [document.text for document in record.documents()] == [longer]
    if by == "name":
        assert [document.text for document in record.versions("a")] == [old.document.text, longer]


def test_a_day_of_publication_that_becomes_known_makes_a_new_version(record: Record) -> None:
    undated = Document("a", "Miners walked out yesterday.")
    _add(record, CodedDocument(undated, ()))
    assert _add(record, CodedDocument(replace(undated, published=date(2020, 9, 15)), ())) == EDITED
    (current,) = record.documents()
    assert current.published == date(2020, 9, 15)


def test_an_old_version_read_again_does_not_take_the_place_of_the_new_one(record: Record, make_coded: Any) -> None:
    _add(record, make_coded())
    newer = make_coded(text=make_coded().document.text + " They were let go.")
    _add(record, newer)
    assert _add(record, make_coded()) == KNOWN
    assert [document.text for document in record.documents()] == [newer.document.text]


def test_a_coding_by_another_coder_takes_the_place_of_the_last_and_keeps_it(record: Record, make_coded: Any) -> None:
    coded = make_coded()
    _add(record, coded, "rules 1")
    first = [m.id for c in record.coded() for m in c.mentions]
    _add(record, replace(coded, mentions=coded.mentions[:1]), "rules 2")
    assert record.is_coded(coded.document, "rules 2")
    assert not record.is_coded(coded.document, "rules 1")
    assert [m.id for c in record.coded() for m in c.mentions] == first[:1]
    assert record.mention(first[1])[1].type == "detention"


def test_a_quote_that_does_not_stand_in_the_text_keeps_the_document_out(record: Record, make_coded: Any) -> None:
    coded = make_coded()
    claim = replace(coded.mentions[0].claims[0], span=Span(0, 4, "Over"))
    wrong = replace(coded, mentions=(replace(coded.mentions[0], claims=(claim,)),))
    with pytest.raises(CodedError, match="document a: has a quote that does not stand in it"):
        _add(record, wrong)
    assert record.sizes().documents == 0


def test_a_context_that_is_not_there_keeps_the_document_out(record: Record, make_coded: Any) -> None:
    coded = make_coded()
    with pytest.raises(CodedError, match="mention m2 of document a: has a context that is not there"):
        _add(record, replace(coded, mentions=coded.mentions[1:]))


def test_half_a_character_is_an_error_that_names_the_document(record: Record) -> None:
    with pytest.raises(CodedError, match="document odd: holds half a character"):
        _add(record, CodedDocument(Document("odd", "a \ud83d b"), ()))


def test_numbers_keep_their_kind_and_the_largest_are_kept(record: Record, make_coded: Any) -> None:
    coded = make_coded()
    claims = tuple(
        replace(coded.mentions[0].claims[0], low=low, high=None) for low in (0, 1.5, 2**63 - 1, 10**30, None)
    )
    _add(record, replace(coded, mentions=(replace(coded.mentions[0], claims=claims),)))
    (back,) = record.coded()
    lows = [claim.low for claim in back.mentions[0].claims]
    assert lows == [0, 1.5, 2**63 - 1, 1e30, None]
    assert [type(low) for low in lows[:3]] == [int, float, int]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1), title=st.text(st.characters(codec="utf-8")))
def test_any_text_comes_back_code_point_by_code_point(record: Record, text: str, title: str) -> None:
    name = f"{text} {title}"
    _add(record, CodedDocument(Document(name, text, title), ()))
    assert any((d.text, d.title) == (text, title) for d in record.documents())


def test_a_mention_is_found_by_the_beginning_of_its_id(record: Record, make_coded: Any) -> None:
    _add(record, make_coded())
    (coded,) = record.coded()
    document, mention = record.mention(coded.mentions[0].id[:8])
    assert (document.id, mention) == ("a", coded.mentions[0])
    for wrong, problem in (("m-", "more than one"), ("x", "no mention"), ("", "no mention|more than one"), ("%", "no")):
        with pytest.raises(RecordError, match=problem):
            record.mention(wrong)


def test_what_failed_is_kept_with_its_reason(record: Record) -> None:
    run = record.start_run("tocsin 1", "rules 1", ["a.pdf", "b.txt"])
    record.add_verdict(run, ReadVerdict("a.pdf", FAILED, "holds no text"))
    record.add_verdict(run, ReadVerdict("b.txt", READ, ""))
    record.end_run(run)
    assert [(v.source, v.reason) for v in record.failures()] == [("a.pdf", "holds no text")]
    assert record.sizes().failures == 1


def test_an_edited_file_is_a_new_version_and_another_text_in_it_a_new_document(record: Record, tmp_path: Path) -> None:
    run = record.start_run("tocsin 1", "rules 1")
    file = tmp_path / "today.txt"
    file.touch()
    first = "Four hundred miners walked out in Soligorsk on Monday over unpaid wages, their union said."
    texts = [
        first,
        f"{first} Correction: the walkout was on Tuesday.",
        "Bakers in Pinsk marched through the rain today.",
    ]
    statuses = []
    for n, text in enumerate(texts):
        document = Document(f"doc-{n}", text)
        verdict = ReadVerdict(str(file), READ, "", (document,))
        statuses.append(record.add(CodedDocument(document, ()), run=run, coder="rules 1", verdict=verdict).status)
    assert statuses == [NEW, EDITED, NEW]
    assert [document.id for document in record.documents()] == ["doc-1", "doc-2"]
