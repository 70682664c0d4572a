"""Where two codings differ, and which of them the gold agrees with."""

from dataclasses import replace
from datetime import date

from tests.conftest import CodedFactory

from tocsin.datamodel import DateRange, Place
from tocsin.evaluate import compare_rivals
from tocsin.evaluate.between import match_mentions


def test_two_codings_that_agree_differ_in_nothing(make_coded: CodedFactory) -> None:
    mentions = make_coded().mentions
    assert [(m.one, m.other, m.differences) for m in match_mentions(mentions, mentions)] == [(0, 0, ()), (1, 1, ())]


def test_each_difference_is_named_with_both_values(make_coded: CodedFactory) -> None:
    strike, _ = make_coded().mentions
    claim = strike.claims[0]
    other = replace(
        strike,
        modality="planned",
        date=DateRange(date(2020, 9, 1), None, "month", "stated"),
        places=(Place(None, "Minsk", "BY"), Place(None, "Brest", "BY")),
        claims=(replace(claim, low=900, high=900), replace(claim, attribute="sites", low=2, high=2)),
    )
    (matched,) = match_mentions([strike], [other])
    assert [(d.field, d.one, d.other) for d in matched.differences] == [
        ("modality", "occurred", "planned"),
        ("date", "2020-09-14", "2020-09-01 to open"),
        ("place", "Salihorsk, BY", "Minsk, BY"),
        ("place", "", "Brest, BY"),
        ("claim participants", "400 (About 400 miners)", "900 (About 400 miners)"),
        ("claim sites", "", "2 (About 400 miners)"),
    ]


def test_a_speaker_told_otherwise_is_a_difference(make_coded: CodedFactory) -> None:
    strike, _ = make_coded().mentions
    (matched,) = match_mentions([strike], [replace(strike, claims=(replace(strike.claims[0], said_by=()),))])
    assert [(d.field, d.one, d.other) for d in matched.differences] == [("speaker", "the union", "the document")]


def test_the_gold_says_who_is_right(make_coded: CodedFactory) -> None:
    gold = make_coded()
    strike, detention = gold.mentions
    first = replace(gold, mentions=(replace(strike, modality="planned"), replace(detention, type="raid")))
    second = replace(gold, mentions=(replace(strike, claims=()), detention))
    found = compare_rivals([gold], [first], [second])
    assert dict(found.counts["mention"]) == {"both": 1, "second alone": 1}
    assert dict(found.counts["spurious mention"]) == {"first alone": 1}
    assert dict(found.counts["modality"]) == {"second alone": 1}
    assert dict(found.counts["claim"]) == {"first alone": 1}
    assert dict(found.counts["date"]) == {"both": 1}
    assert {(one.field, one.right) for one in found.differences} == {
        ("mention", "second alone"),
        ("spurious mention", "first alone"),
        ("modality", "second alone"),
        ("claim", "first alone"),
    }


def test_a_document_that_one_does_not_have_counts_against_it(make_coded: CodedFactory) -> None:
    found = compare_rivals([make_coded()], [make_coded()], [])
    assert dict(found.counts["mention"]) == {"first alone": 2}
