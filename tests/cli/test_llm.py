"""Language models as the user of the command line meets them."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from bench.llm.server import Body, Said, asked_text, playing

SCRIPT = "from tocsin.cli import main; main()"
TEXT = "About 400 miners walked out in Soligorsk on Monday, the union said. Police detained 12 of them."
EVENT: dict[str, Any] = {
    "id": "e1",
    "type": "strike",
    "form": "walkout",
    "modality": "occurred",
    "scope": "single",
    "date": {"start": "2020-09-14", "end": "2020-09-14", "precision": "day", "basis": "relative"},
    "places": [{"quote": "Soligorsk", "name": "Soligorsk", "country": "BY", "admin1": None}],
    "actors": [{"role": "participant", "quote": "miners"}, {"role": "organiser", "quote": "Solidarity"}],
    "claims": [
        {
            "attribute": "participants",
            "low": 4000,
            "high": 4000,
            "approx": False,
            "unit": None,
            "quote": "About 400 miners",
            "said_by": [{"quote": "the union", "kind": "union"}],
            "hedge": None,
        }
    ],
    "demands": [],
    "means": [],
    "context": None,
    "evidence": [
        {"text": "About 400 miners walked out in Soligorsk on Monday, the union said.", "trigger": "walked out"}
    ],
}


def _tocsin(folder: Path, *words: object, code: int = 0, given: str = "") -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, words)],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    return done.stdout, done.stderr


def _say(body: Body) -> Said:
    if "Quiet" in asked_text(body):
        return Said("", refusal="I do not write about violence.")
    return Said(json.dumps({"events": [EVENT]}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"Report {name}.\n\n{TEXT}", encoding="utf-8")
    (tmp_path / "d.txt").write_text(f"Quiet here.\n\n{TEXT}", encoding="utf-8")
    return tmp_path


def test_a_run_says_what_was_answered_left_out_read_otherwise_and_paid(folder: Path) -> None:
    with playing(_say) as played:
        words = ("run", "a.txt", "b.txt", "d.txt", "--published", "2020-09-15", "--extractor", "llm", "--llm", "small")
        out, err = _tocsin(folder, *words, "--endpoint", played.url, "--price", "1/2")
        again, _ = _tocsin(folder, *words, "--endpoint", played.url, "--price", "1/2")
        assert len(played.bodies) == 3
    assert err == ""
    assert "language model: 2 of 3 documents answered\n" in out
    assert "coded offline instead: 1 (1 refused)\n" in out
    assert "left out, not held by the text: 2; values read otherwise by the program: 2\n" in out
    assert "tokens: 15,000 sent, " in out
    assert "cost 0.01" in out
    assert "documents: 3 unchanged" in again
    assert (folder / "record.tocsin-answers").is_file()

    told, _ = _tocsin(folder, "info", "--record", "record.tocsin", "--notes")
    assert "disagreement: claim participants: 4,000 (About 400 miners) | 400" in told
    assert "dropped: actor: Solidarity" in told
    assert "fallback: refused: I do not write about violence. | tagger" in told
    rows, _ = _tocsin(folder, "info", "--record", "record.tocsin", "--notes", "--json")
    assert {note["kind"] for note in json.loads(rows)["notes"]} == {"asked", "dropped", "disagreement", "fallback"}

    name = next(note["mention"] for note in json.loads(rows)["notes"] if note["kind"] == "disagreement")
    explained, _ = _tocsin(folder, "explain", name)
    assert "coded by: llm small (" in explained
    assert "disagreement: claim participants" in explained


def test_a_run_over_a_folder_leaves_its_answers_out(folder: Path) -> None:
    with playing(_say) as played:
        for _ in range(2):
            _, err = _tocsin(folder, "run", ".", "--extractor", "llm", "--llm", "small", "--endpoint", played.url)
            assert "answers" not in err


def test_a_dry_run_sends_and_writes_nothing(folder: Path) -> None:
    before = sorted(folder.iterdir())
    with playing(_say) as played:
        for command in ("run", "code"):
            words = (command, "a.txt", "b.txt", "--extractor", "both", "--llm", "small", "--dry-run", "--price", "1/2")
            out, _ = _tocsin(folder, *words, "--endpoint", played.url)
            assert out.startswith("documents to code: 2\nquestions to ask: 2; answered before: 0\n")
            assert "\ncost: about 0.0" in out
    assert played.paths == []
    assert sorted(folder.iterdir()) == before


def test_a_spent_budget_is_said_and_the_next_run_goes_on(folder: Path) -> None:
    words = ("run", "a.txt", "b.txt", "c.txt", "--extractor", "llm", "--llm", "small", "--at-once", "1")
    with playing(_say) as played:
        out, err = _tocsin(folder, *words, "--endpoint", played.url, "--budget-tokens", "20000", code=3)
        assert "documents: 1 new\n" in out
        assert err.startswith("tocsin: budget: has no room for another answer; 5,")
        assert len(played.bodies) == 1
        out, err = _tocsin(folder, *words, "--endpoint", played.url)
        assert "documents: 2 new, 1 unchanged\n" in out
        assert len(played.bodies) == 3


def test_code_prints_coded_documents_with_their_notes_and_keeps_answers(folder: Path) -> None:
    line = json.dumps({"id": "a", "text": TEXT, "published": "2020-09-15"}) + "\n"
    with playing(_say) as played:
        words = ("code", "-", "--extractor", "both", "--llm", "small", "--endpoint", played.url, "--join", "llm-first")
        out, err = _tocsin(folder, *words, given=line)
        _tocsin(folder, *words, given=line)
        assert len(played.bodies) == 1
    coded = json.loads(out)
    assert [event["type"] for event in coded["events"]] == ["strike"]
    assert "found by" in {note["kind"] for note in coded["notes"]}
    assert "tocsin: language model: 1 of 1 documents answered" in err
    assert (folder / "tocsin-answers").is_file()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--extractor", "llm"], 2, "language model: has no name"),
        (["--llm", "small"], 2, "extractor 'tagger': asks no language model"),
        (["--extractor", "llm", "--llm", "s", "--endpoint", "https://api.example.org/v1"], 2, "--send-to api.example"),
        (["--extractor", "llm", "--llm", "s", "--price", "cheap"], 2, "price 'cheap': is no price"),
        (["--extractor", "llm", "--llm", "s", "--budget", "1"], 2, "budget in money: needs a price"),
        (["--extractor", "llm", "--llm", "s", "--set", "top_p"], 2, "parameter 'top_p': has no value"),
        (["--extractor", "both", "--llm", "s", "--join", "coin"], 2, "policy 'coin': is not known"),
        (["--extractor", "llm", "--llm", "s", "--endpoint", "http://127.0.0.1:9/v1"], 1, "cannot be reached"),
        (["--dry-run"], 2, "language model: is not named"),
    ],
)
def test_what_cannot_be_asked_is_said(folder: Path, words: list[str], code: int, said: str) -> None:
    _, err = _tocsin(folder, "run", "a.txt", *words, code=code)
    assert said in err


def test_an_interrupted_run_ends_at_once_and_goes_on_later(folder: Path) -> None:
    slow = [True]
    with playing(lambda body: Said(json.dumps({"events": [EVENT]}), delay=20.0 if slow[0] else 0.0)) as played:
        words = ("run", "a.txt", "b.txt", "--extractor", "llm", "--llm", "small", "--endpoint", played.url)
        process = subprocess.Popen([sys.executable, "-c", SCRIPT, *words], cwd=folder, stderr=subprocess.PIPE)
        until = time.monotonic() + 60
        while not played.bodies and time.monotonic() < until:
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=15)
        assert process.returncode == 130
        assert b"interrupted" in err
        slow[0] = False
        out, _ = _tocsin(folder, *words)
        assert "documents: 2 new" in out


def test_who_asks_no_model_does_not_load_what_asking_needs(folder: Path) -> None:
    script = (
        "import sys\nsys.argv = ['tocsin', 'code', 'a.txt']\nfrom tocsin.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=folder)
    loaded = set(done.stderr.split())
    assert "tocsin.pipeline" in loaded
    assert loaded.isdisjoint({"httpx", "tocsin.llm.client", "tocsin.llm.prompt", "tocsin.llm.both", "tocsin.teach"})


def test_evaluate_shows_where_two_codings_differ_and_which_is_right(folder: Path) -> None:
    line = json.dumps({"id": "a", "text": TEXT, "published": "2020-09-15"}) + "\n"
    offline, _ = _tocsin(folder, "code", "-", given=line)
    with playing(_say) as played:
        model, _ = _tocsin(
            folder, "code", "-", "--extractor", "llm", "--llm", "s", "--endpoint", played.url, given=line
        )
    (folder / "offline.jsonl").write_text(offline, encoding="utf-8")
    (folder / "model.jsonl").write_text(model, encoding="utf-8")
    out, _ = _tocsin(folder, "evaluate", "offline.jsonl", "model.jsonl", "--other", "offline.jsonl", "--errors", "5")
    head, first, *_ = out.splitlines()
    assert head.split() == ["who", "is", "right", "both", "first", "alone", "second", "alone", "neither"]
    assert first.split()[0] == "mention"
    assert "mention: a: second alone: - | detention (Police detained 12 of them.)" in out
    told, _ = _tocsin(folder, "evaluate", "offline.jsonl", "model.jsonl", "--other", "offline.jsonl", "--json")
    assert json.loads(told)["counts"]["mention"]["second alone"] >= 1
