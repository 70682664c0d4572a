"""Where accounts differ: what is put side by side, and what is not."""

from dataclasses import replace

from bench.demo import expected_documents

from tocsin.codebook.types import Vocabulary
from tocsin.datamodel import CodedDocument, Event, Figure
from tocsin.report import render_report
from tocsin.report.accounts import Disagreement, find_disagreements
from tocsin.report.rows import make_rows

BY_FILE = {one.document.id: one for one in expected_documents()}


def differ(vocabulary: Vocabulary, *documents: CodedDocument) -> tuple[Disagreement, ...]:
    return find_disagreements(make_rows(documents, vocabulary, countries=frozenset()))


def test_one_report_with_two_voices_and_its_reprint_are_two_accounts_not_four(vocabulary: Vocabulary) -> None:
    wire, reprint = BY_FILE["04-northgate-wire-0817.txt"], BY_FILE["05-baltic-courier-0818.html"]
    (rally,) = differ(vocabulary, wire, reprint)
    assert [account.row.shown for account in rally.accounts] == ["65,000", "about 10,000"]
    assert {account.publishers for account in rally.accounts} == {("Northgate Wire", "Baltic Courier")}


def test_two_publishers_are_put_side_by_side_and_said_not_to_be_judged(vocabulary: Vocabulary) -> None:
    tally, weekly = BY_FILE["08-viaduct-tally-0914.txt"], BY_FILE["10-shop-floor-0918.txt"]
    found = differ(vocabulary, tally, weekly)
    assert [[account.row.shown for account in one.accounts] for one in found] == [["438", "500+"]]
    assert not found[0].judged


def test_an_event_key_joins_what_days_do_not(vocabulary: Vocabulary) -> None:
    tally, weekly = BY_FILE["08-viaduct-tally-0914.txt"], BY_FILE["10-shop-floor-0918.txt"]
    women = next(one for one in tally.mentions if one.claims and one.claims[0].low == 69)
    other = replace(next(one for one in weekly.mentions if one.claims and one.claims[0].low == 500), event="women")
    found = differ(
        vocabulary, replace(tally, mentions=(replace(women, event="women"),)), replace(weekly, mentions=(other,))
    )
    assert [one.judged for one in found] == [True]


def test_what_accounts_of_one_happening_come_to_stands_under_them(vocabulary: Vocabulary) -> None:
    wire = BY_FILE["04-northgate-wire-0817.txt"]
    rally = next(one for one in wire.mentions if len(one.claims) == 2)
    figure = Figure("participants", None, 10_000, 37_500, 65_000, 2, "median of voices")
    event = Event("e-1", rally.type, "single", "occurred", rally.date, (), (rally.id,), (), None, (figure,))
    shown = "Comes to 37,500 (10,000–65,000), 2 voices, median of voices"
    assert shown in render_report([wire], vocabulary, events=[event])
    assert "Comes to" not in render_report([wire], vocabulary)
    empty = replace(event, figures=(replace(figure, low=None, best=None, high=None, voices=0),))
    assert "Comes to" not in render_report([wire], vocabulary, events=[empty])


def test_one_document_that_tells_of_two_alike_is_not_taken_to_contradict_itself(vocabulary: Vocabulary) -> None:
    post = BY_FILE["09-continental-post-0908.html"]
    assert [one.type for one in post.mentions].count("disappearance") == 2
    assert differ(vocabulary, post) == ()


def test_one_voice_alone_does_not_differ(vocabulary: Vocabulary) -> None:
    assert differ(vocabulary, BY_FILE["06-free-miner-0903.md"]) == ()


def test_a_number_beyond_all_measure_flattens_nothing(vocabulary: Vocabulary) -> None:
    wire = BY_FILE["04-northgate-wire-0817.txt"]
    rally = wire.mentions[1]
    claims = (*rally.claims, replace(rally.claims[0], low=10**400, high=10**400, said_by=()))
    (found,) = differ(vocabulary, replace(wire, mentions=(replace(rally, claims=claims),)))
    assert len(found.accounts) == 2
