"""The measures, on small cases, by law, and against the project's own script."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tocsin.codebook import load_codebook
from tocsin.datamodel import CodedDocument, DateRange, Mention, Span
from tocsin.datamodel.coded import read, write
from tocsin.evaluate import Report, score_documents

SHARED = Path(__file__).parents[2].parent / "shared"
CATEGORIES = {name: entry.category for name, entry in load_codebook().vocabulary.types.items()}


def _score(gold: CodedDocument, predicted: CodedDocument) -> Report:
    return score_documents([gold], [predicted], CATEGORIES)


def _changed(coded: CodedDocument, at: int = 0, **fields: Any) -> CodedDocument:
    mentions = list(coded.mentions)
    mentions[at] = replace(mentions[at], **fields)
    return replace(coded, mentions=tuple(mentions))


@pytest.fixture
def coded(make_coded: Any) -> CodedDocument:
    made: CodedDocument = make_coded()
    return made


def test_gold_against_itself_is_perfect(coded: CodedDocument) -> None:
    report = _score(coded, coded)
    assert {name: tally.f1 for name, tally in report.tallies.items() if name != "link"} == dict.fromkeys(
        ("mention", "category", "place", "actor", "claim", "usable"), 1.0
    )
    assert {share.share for share in report.shares.values()} == {1.0}
    assert report.errors == ()


def test_another_type_of_the_same_category_counts_for_the_category_alone(coded: CodedDocument) -> None:
    report = _score(coded, _changed(coded, 0, type="lockout"))
    assert report.tallies["mention"].right == 1
    assert report.tallies["category"].right == 2
    assert [error.kind for error in report.errors] == ["missed", "spurious"]


def test_a_wrong_day_makes_a_claim_unusable(coded: CodedDocument) -> None:
    report = _score(coded, _changed(coded, 0, date=DateRange()))
    assert report.tallies["claim"].right == 1
    assert report.tallies["usable"].right == 0
    assert report.shares["date"].right == 1
    (error,) = report.errors
    assert (error.kind, error.gold) == ("date", "2020-09-14 to 2020-09-14 (day, relative)")


def test_a_missing_place_makes_a_claim_unusable(coded: CodedDocument) -> None:
    assert _score(coded, _changed(coded, 0, places=())).tallies["usable"].right == 0


def test_another_value_is_another_claim(coded: CodedDocument) -> None:
    claim = replace(coded.mentions[0].claims[0], high=None)
    report = _score(coded, _changed(coded, 0, claims=(claim,)))
    assert report.tallies["claim"].right == 0
    assert "speaker" not in report.shares


def test_a_claim_by_someone_else_has_the_wrong_speaker(coded: CodedDocument) -> None:
    claim = replace(coded.mentions[0].claims[0], said_by=())
    report = _score(coded, _changed(coded, 0, claims=(claim,)))
    assert (report.shares["speaker"].right, report.shares["speaker"].of) == (0, 1)


def test_a_quote_that_does_not_stand_in_the_text_is_not_grounded(coded: CodedDocument) -> None:
    report = _score(coded, _changed(coded, 0, demands=(Span.unplaced("higher pay"),)))
    share = report.shares["grounded"]
    assert share.of - share.right == 1


def test_a_document_without_an_answer_misses_all_and_an_empty_one_left_empty_counts(coded: CodedDocument) -> None:
    empty = replace(coded, document=replace(coded.document, id="empty"), mentions=())
    report = score_documents([coded, empty], [empty], CATEGORIES)
    assert (report.documents, report.answered) == (2, 1)
    assert (report.tallies["mention"].predicted, report.tallies["mention"].gold) == (0, 2)
    assert report.shares["empty documents left empty"].share == 1.0


def test_of_two_candidates_the_one_that_agrees_in_more_is_taken(coded: CodedDocument) -> None:
    strike = coded.mentions[0]
    worse = replace(strike, id="worse", date=DateRange(), claims=())
    report = _score(coded, replace(coded, mentions=(worse, *coded.mentions)))
    assert report.tallies["claim"].right == 1
    assert [error.mention for error in report.errors] == ["worse"]


def test_links_count_pairs_of_mentions_put_into_one_event(coded: CodedDocument) -> None:
    def events(*names: str | None) -> CodedDocument:
        mentions: list[Mention] = [replace(m, event=e) for m, e in zip(coded.mentions, names, strict=True)]
        return replace(coded, mentions=tuple(mentions), collection=True)

    def counts(gold: CodedDocument, predicted: CodedDocument) -> tuple[int, int, int]:
        tally = _score(gold, predicted).tallies["link"]
        return tally.right, tally.predicted, tally.gold

    assert counts(events("e", "e"), events("x", "x")) == (1, 1, 1)
    assert counts(events("e", "f"), events("x", "x")) == (0, 1, 0)
    assert counts(events("e", "e"), events("x", "y")) == (0, 0, 1)
    assert counts(events("e", "e"), events(None, None)) == (0, 0, 1)


def _spoiled(gold: list[CodedDocument]) -> list[CodedDocument]:
    """Gold with faults of every kind, the same on every run."""
    spoiled = []
    for n, coded in enumerate(gold):
        mentions = []
        for k, mention in enumerate(coded.mentions):
            match (n + 3 * k) % 8:
                case 0:
                    continue
                case 1:
                    mention = replace(mention, date=DateRange())
                case 2:
                    mention = replace(mention, type="strike", claims=mention.claims[1:])
                case 3:
                    mention = replace(mention, places=mention.places[:1], actors=mention.actors[::-1])
                case 4:
                    claims = tuple(replace(claim, said_by=claim.said_by[1:]) for claim in mention.claims)
                    mention = replace(mention, claims=claims, event="one")
                case 5:
                    mention = replace(mention, evidence=mention.evidence[:1], scope="total")
                case 6:
                    mention = replace(mention, demands=(Span.unplaced("not there at all"),), modality="denied")
            mentions.append(mention)
            if k % 5 == 2:
                mentions.append(replace(mention, id=f"{mention.id}b", claims=()))
        if n % 7 != 6:
            spoiled.append(replace(coded, mentions=tuple(mentions)))
    return spoiled


@pytest.mark.skipif(not SHARED.is_dir(), reason="NEEDS ../shared, which is not in this checkout")
@pytest.mark.parametrize("side", ["dev", "train"])
def test_the_figures_are_those_of_the_script(tmp_path: Path, side: str) -> None:
    gold = list(read(SHARED / "gold" / side, strict=False))[:150]
    for name, documents in (("gold", gold), ("predicted", _spoiled(gold))):
        (tmp_path / f"{name}.jsonl").write_text("".join(write(documents)), encoding="utf-8")
    files = [str(tmp_path / "gold.jsonl"), str(tmp_path / "predicted.jsonl")]
    script = [sys.executable, str(SHARED / "tools" / "score.py"), *files]
    command = [sys.executable, "-c", "from tocsin.cli import main; main()", "evaluate", *files]

    def output(words: list[str]) -> str:
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout

    assert json.loads(output([*command, "--json"])) == json.loads(output([*script, "--json"]))
    ours, theirs = output([*command, "--by-type"]), output([*script, "--by-type"])
    assert sorted(ours.splitlines()) == sorted(theirs.splitlines())
