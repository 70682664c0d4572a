"""`tocsin figures` and the figures of `tocsin explain`, over a small record whose figures a reader can check."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tocsin.datamodel.coded import parse
from tocsin.datamodel.relation import Relation
from tocsin.store.record import open_record

SCRIPT = "from tocsin.cli import main; main()"


def _told(name: str, publisher: str, quote: str, low: int, high: int | None, **told: Any) -> dict[str, Any]:
    """A document that tells one happening with one figure."""
    by = told.get("by", "")
    text = f"In Minsk {quote} were counted{', said ' + by if by else ''}."
    day = told.get("day", "2020-09-13")
    mention = {
        "id": "m",
        "type": told.get("type", "demonstration"),
        "form": None,
        "modality": "occurred",
        "scope": told.get("scope", "single"),
        "date": {"start": told.get("start", day), "end": day, "precision": "day", "basis": "stated"},
        "places": [{"quote": "Minsk", "name": "Minsk", "country": "BY", "admin1": None}],
        "actors": [],
        "claims": [
            {
                "attribute": told.get("attribute", "participants"),
                "low": low,
                "high": high,
                "approx": False,
                "unit": None,
                "quote": quote,
                "said_by": [{"quote": by, "kind": told["kind"]}] if by else [],
                "hedge": None,
            }
        ],
        "demands": [],
        "means": [],
        "context": None,
        "evidence": [{"text": text, "trigger": "counted"}],
    }
    document = {"id": name, "text": text, "title": "", "publisher": publisher, "published": "2020-09-14"}
    return {"document": document, "events": [mention]}


DOCUMENTS = [
    _told("a", "Wire", "hundreds", 200, 999),
    _told("b", "Radio", "over 400", 400, None, by="police", kind="police"),
    _told("c", "Radio", "1000 people", 1000, 1000, type="strike", start="2020-09-12"),
    _told("d", "Wire", "30 people", 30, 30, type="detention", attribute="affected"),
    _told(
        "e", "Post", "90 detained", 90, 90, type="detention", attribute="affected", scope="total", start="2020-09-01"
    ),
]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("figures") / "r.tocsin"
    with open_record(path) as opened:
        run = opened.start_run("tocsin", "test")
        for document in DOCUMENTS:
            opened.add(parse(document), run=run, coder="test")
        a, b, *rest = [mention.id for coded in opened.coded() for mention in coded.mentions]
        related = [Relation("covers", rest[2], rest[1], "within its days")]
        opened.set_events([[a, b], *([name] for name in rest)], linker="test", relations=related)
    return path


def _tocsin(*words: str | Path, code: int = 0) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, words)], capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    return done.stdout, done.stderr


def test_sums_name_their_policy_and_keep_totals_apart(record: Path) -> None:
    out, err = _tocsin("figures", "--record", record)
    assert err == ""
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[0] == "policy: median of voices; convention: codebook"
    assert "demonstration participants 200 400 999 1 of 1" in lines
    assert "detention affected 30 30 30 1 of 1" in lines
    assert "single happenings within it: 1, which come to 30 to 30, best 30" in lines
    assert "difference: 60 to 60, best 60" in lines


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--policy", "conservative"], (200, 200, 999)),
        (["--policy", "officials"], (400, 400, None)),
        (["--policy", "organisers"], (None, None, None)),
        (["--convention", "ccc"], (200, 200, 400)),
        (["--policy", "range", "--convention", "mpeds", "--by", "place"], (150, 275, 400)),
    ],
)
def test_policy_and_convention_switch_the_whole_record(
    record: Path, options: list[str], expected: tuple[int | None, ...]
) -> None:
    out, _ = _tocsin("figures", "sums", "--json", "--record", record, *options)
    found = {one["type"]: (one["low"], one["best"], one["high"]) for one in json.loads(out)["sums"]}
    assert found["demonstration"] == expected


def test_events_sensitivity_and_labour_are_told_in_words_and_as_json(record: Path) -> None:
    out, _ = _tocsin("figures", "events", "--record", record, "--json")
    events = [json.loads(line) for line in out.splitlines()]
    march = next(event for event in events if event["type"] == "demonstration")
    assert (march["figures"][0]["voices"], march["figures"][0]["spread"]) == (2, 799)
    out, _ = _tocsin("figures", "sensitivity", "--record", record)
    assert f"[{march['event']}]: 200 (conservative) to 599 (range)" in out
    out, _ = _tocsin("figures", "labour", "--record", record)
    assert "days not worked: 2,000 to 2,000 (1 of 1 known)" in out
    assert "neither is guessed" in out


def test_lists_say_who_saw_what_and_undercount_says_what_it_assumes(record: Path) -> None:
    out, _ = _tocsin("figures", "lists", "--record", record)
    rows = list(csv.DictReader(out.splitlines()))
    assert [row["Radio"] + row["Wire"] for row in rows if row["type"] == "demonstration"] == ["11"]
    out, _ = _tocsin("figures", "undercount", "--record", record, "--list", "Wire", "--list", "air=Radio")
    assert "single happenings that Wire, air saw: 3" in out
    assert "chapman" in out
    assert "beware: events that both lists saw: 1;" in out
    assert "- the two lists saw events independently" in out
    _, err = _tocsin("figures", "undercount", "--record", record, code=2)
    assert "needs two or three lists" in err
    _, err = _tocsin("figures", "lists", "--record", record, "--list", "Nobody", code=2)
    assert "publisher 'Nobody': tells no event" in err


def test_explain_shows_figures_with_their_voices(record: Path) -> None:
    with open_record(record) as opened:
        event = next(name for name, mentions in opened.events().items() if len(mentions) == 2)
    out, _ = _tocsin("explain", event, "--record", record)
    assert "participants: 200 to 999, best 400; 2 voices, spread 799 (median of voices)" in out
    assert '  400 or more: police (police), "over 400", printed by Radio since 2020-09-14' in out
    assert '  200 to 999: Wire, in its own words, "hundreds", printed by Wire since 2020-09-14' in out
    out, _ = _tocsin("explain", event, "--record", record, "--policy", "officials", "--json")
    (figure,) = json.loads(out)["figures"]
    assert (figure["policy"], figure["best"], figure["voices"], len(figure["heard"])) == ("officials", 400, 1, 2)


def test_a_report_says_what_accounts_come_to_by_the_policy_asked_for(record: Path) -> None:
    out, _ = _tocsin("report", "--record", record, "-o", "-", "--policy", "conservative", "--convention", "ccc")
    assert "Comes to 200 (200–400), 2 voices, conservative" in out


def test_mentions_not_put_together_count_one_by_one_and_that_is_said(tmp_path: Path) -> None:
    with open_record(tmp_path / "r") as opened:
        opened.add(parse(DOCUMENTS[0]), run=opened.start_run("tocsin", "test"), coder="test")
    out, err = _tocsin("figures", "--record", tmp_path / "r")
    assert "demonstration" in out
    assert "not put together into events yet: 1 mention, each counted by itself" in err
