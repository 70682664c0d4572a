"""The command line as its user meets it: output, errors in one line, exit codes."""

import csv
import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tocsin.examples import example_folder
from tocsin.pipeline import RunOptions, run
from tocsin.store.record import open_record

SCRIPT = "from tocsin.cli import main; main()"
SENTENCE = "Police detained about 30 protesters at the rally on Sunday, the Viasna human rights group said."
TEXT = (
    "MINSK, September 14, 2020 - Thousands of protesters marched through Minsk on Sunday to demand that the president "
    f"resign. {SENTENCE} Opposition leaders called for another rally next week."
)


def _tocsin(*words: str | Path, given: str = "", code: int = 0, folder: Path | None = None) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, words)],
        input=given.encode(errors="surrogatepass"),
        capture_output=True,
        check=False,
        cwd=folder,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == code, (done.returncode, out, err)
    assert "Traceback" not in err
    return out, err


@pytest.fixture(scope="module")
def demo_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.tocsin"
    with open_record(path) as record:
        run([example_folder()], record, RunOptions(link=True))
    return path


def test_help_names_every_command_and_the_exit_codes() -> None:
    out, _ = _tocsin("--help")
    for name in (
        "demo",
        "run",
        "code",
        "link",
        "resolve",
        "explain",
        "figures",
        "export",
        "report",
        "evaluate",
        "info",
    ):
        assert f"\n  {name} " in out
    assert "3 done in part" in out


def test_code_prints_a_coded_document_a_line() -> None:
    line = json.dumps({"id": "a", "text": TEXT, "published": "2020-09-14"})
    out, err = _tocsin("code", "-", given=line + "\n" + line.replace('"a"', '"b"') + "\n")
    first, second = (json.loads(row) for row in out.splitlines())
    assert (first["document"]["id"], second["document"]["id"], err) == ("a", "b", "")
    assert "detention" in [event["type"] for event in first["events"]]


def test_code_goes_on_after_a_broken_line_and_says_which() -> None:
    line = json.dumps({"id": "a", "text": TEXT})
    out, err = _tocsin("code", "-", given=f"{line}\nnot json\n", code=3)
    assert len(out.splitlines()) == 1
    assert err.startswith("tocsin: -, line 2: ")
    assert len(err.splitlines()) == 1


def test_the_order_of_sources_and_options_reach_the_document(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Report {name}. {TEXT}")
    out, _ = _tocsin("code", tmp_path / "b.txt", tmp_path / "a.txt", "--publisher", "Free Radio", "--processes", "2")
    documents = [json.loads(row)["document"] for row in out.splitlines()]
    assert [document["text"][:8] for document in documents] == ["Report b", "Report a"]
    assert {document["publisher"] for document in documents} == {"Free Radio"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["code", "no-such-file.txt"], 1, "no-such-file.txt"),
        (["run", "no-such-file.txt"], 1, "no-such-file.txt"),
        (["export", "--as", "csv", "-o", "x.csv"], 1, "record.tocsin: there is no such record"),
        (["export", "--as", "klingon", "-o", "x"], 2, "format 'klingon': is not known"),
        (["resolve", "colours"], 2, "kind 'colours': is not known"),
        (["resolve", "numbers", "--convention", "mine"], 2, "convention 'mine'"),
        (["report"], 1, "there is no such record"),
        (["figures"], 1, "there is no such record"),
        (["figures", "colours"], 2, "figures 'colours': are not known"),
        (["explain", "m-1"], 1, "there is no such record"),
        (["info", "--record", "none"], 1, "there is no such record"),
        (["code", "-", "--codebook", "nowhere"], 1, "nowhere: is not a folder"),
        (["code", "--published", "yesterday", "-"], 2, "yesterday"),
        (["run", "."], 1, "holds no document"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_exit_code(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    out, err = _tocsin(*words, code=code, folder=tmp_path)
    assert said in err
    assert out == ""


def test_run_says_what_came_of_it_and_the_next_one_that_nothing_changed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    first, err = _tocsin("run", "a.txt", folder=tmp_path)
    assert first.startswith("documents: 1 new\n\ntype ")
    assert "\ndetention " in first
    assert "record.tocsin holds 1 document, " in first
    assert err == ""
    second, _ = _tocsin("run", "a.txt", folder=tmp_path)
    assert second.startswith("documents: 1 unchanged\n")
    again, _ = _tocsin("run", "a.txt", "--again", "--json", folder=tmp_path)
    counts = json.loads(again)
    assert counts["documents"]["coded_again"] == 1
    assert counts["in_record"]["mentions"] == sum(counts["mentions"].values()) > 0


def test_run_leaves_its_own_record_out_of_the_folder_it_reads(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    for _ in range(2):
        _, err = _tocsin("run", ".", folder=tmp_path)
        assert err == ""


def test_run_says_that_days_stay_unresolved_without_a_day_of_publication(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT.removeprefix("MINSK, September 14, 2020 - "))
    _, err = _tocsin("run", "a.txt", folder=tmp_path)
    assert "1 document without a day of publication" in err
    assert "--published" in err
    _, err = _tocsin("run", "a.txt", "--published", "2020-09-14", folder=tmp_path)
    assert err == ""


def test_run_in_part_names_what_failed_and_keeps_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_bytes(b"")
    out, err = _tocsin("run", "a.txt", "b.txt", code=3, folder=tmp_path)
    assert "documents: 1 new, 1 failed" in out
    assert err.startswith("tocsin: b.txt: is empty")
    listed, _ = _tocsin("info", "--record", "record.tocsin", "--failures", folder=tmp_path)
    assert "failed: b.txt: is empty" in listed


def test_a_record_in_use_is_an_error_in_one_line(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.tocsin"):
        pass
    (tmp_path / "notes").write_text("no record at all, but long enough to be looked at " * 20)
    _, err = _tocsin("run", ".", "--record", "notes", code=1, folder=tmp_path)
    assert err == "tocsin: notes: is not a record; name another file; this one is unchanged\n"


def test_a_newer_record_is_left_alone(tmp_path: Path) -> None:
    open_record(tmp_path / "record.tocsin").close()
    database = sqlite3.connect(tmp_path / "record.tocsin")
    database.execute("PRAGMA user_version = 99")
    database.close()
    _, err = _tocsin("info", "--record", "record.tocsin", code=1, folder=tmp_path)
    assert "newer version of tocsin" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("form", ["csv", "jsonl", "geojson"])
def test_export_writes_every_event_to_a_file_and_to_the_output_alike(
    demo_record: Path, tmp_path: Path, form: str
) -> None:
    _, err = _tocsin("export", "--as", form, "--record", demo_record, "-o", tmp_path / "x")
    with open_record(demo_record) as record:
        events = len(record.events())
    assert f"{events} events" in err
    out, _ = _tocsin("export", "--as", form, "--record", demo_record, "-o", "-")
    assert (tmp_path / "x").read_bytes() == out.encode()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["x", "x.losses.csv"]
    if form == "csv":
        rows = list(csv.DictReader(out.splitlines(keepends=True)))
        assert len({row["event"] for row in rows}) == events


def test_an_export_that_cannot_be_written_leaves_the_old_file(demo_record: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("old")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); " + SCRIPT
    words = ["export", "--as", "jsonl", "--record", str(demo_record), "-o", str(tmp_path / "x")]
    done = subprocess.run([sys.executable, "-c", limit, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert (tmp_path / "x").read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["x"]


def test_explain_shows_every_claim_with_its_words_speaker_and_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    _tocsin("run", "a.txt", "--publisher", "Free Radio", folder=tmp_path)
    exported, _ = _tocsin("export", "--as", "jsonl", "--table", "mentions", "-o", "-", folder=tmp_path)
    line = next(line for line in exported.splitlines() if json.loads(line)["type"] == "detention")
    name = json.loads(line)["mention"]
    out, _ = _tocsin("explain", name[:10], folder=tmp_path)
    assert out.startswith(f"{name}: detention\ntold by: Free Radio, ")
    assert 'claim: affected 30 (vague), "about 30' in out
    assert SENTENCE in out
    assert "coded by: tagger " in out
    as_json, _ = _tocsin("explain", name, "--json", folder=tmp_path)
    listed, _ = _tocsin("export", "--as", "jsonl", "--table", "claims", "-o", "-", folder=tmp_path)
    claims = {json.loads(line)["claim"] for line in listed.splitlines() if json.loads(line)["mention"] == name}
    assert {claim["claim"] for claim in json.loads(as_json)["claims"]} == claims


def test_report_is_one_file_beside_the_record(demo_record: Path, tmp_path: Path) -> None:
    out, _ = _tocsin("report", "--record", demo_record, "-o", tmp_path / "page.html")
    assert out == f"{tmp_path / 'page.html'}\n"
    assert "<html" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_demo_names_its_report_and_can_be_repeated(tmp_path: Path) -> None:
    first, _ = _tocsin("demo", folder=tmp_path)
    assert "documents: 12 new" in first
    assert "report: out/demo.html" in first
    assert (tmp_path / "out" / "demo.html").is_file()
    second, _ = _tocsin("demo", folder=tmp_path)
    assert "documents: 12 unchanged" in second


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("numbers", "well over 400 people", {"low": 400, "high": None, "approx": False}),
        ("numbers", "a large crowd", {"low": None, "high": None, "approx": False}),
        (
            "dates",
            "They met on Sunday.",
            {"dates": [{"start": 12, "end": 18, "from": "2020-09-13", "to": "2020-09-13"}]},
        ),
    ],
)
def test_resolve_answers_in_the_order_of_its_lines(kind: str, text: str, expected: dict[str, Any]) -> None:
    line = json.dumps({"id": 7, "text": text, "published": "2020-09-14"})
    out, _ = _tocsin("resolve", kind, given=line)
    assert json.loads(out) == {"id": 7} | expected


def test_resolve_places_and_explains_them() -> None:
    line = json.dumps({"id": "x", "text": "A rally was held in Salihorsk, Belarus."})
    out, _ = _tocsin("resolve", "places", given=line)
    first = json.loads(out)["places"][0]
    assert list(first) == ["start", "end", "name", "country", "admin1", "lat", "lon", "geonameid"]
    assert (first["start"], first["end"], first["country"]) == (20, 29, "BY")
    explained, _ = _tocsin("resolve", "places", "--explain", given=line)
    assert {"quote", "rule", "candidates"} <= json.loads(explained)["places"][0].keys()


def test_resolve_goes_on_after_a_broken_line() -> None:
    out, err = _tocsin("resolve", "numbers", given='{"id": 1}\n{"id": 2, "text": "12"}\n', code=3)
    assert json.loads(out)["id"] == 2
    assert err.startswith("tocsin: -, line 1: ")


def test_a_reader_that_leaves_early_is_no_error() -> None:
    lines = "".join(json.dumps({"id": n, "text": TEXT}) + "\n" for n in range(300))
    child = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "resolve", "dates", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdin and child.stdout and child.stderr
    child.stdin.write(lines.encode())
    child.stdout.readline()
    child.stdout.close()
    child.stdin.close()
    assert child.stderr.read() == b""
    child.stderr.close()
    assert child.wait() == 0


def test_a_terminal_gets_a_bar_and_a_pipe_gets_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", SCRIPT, "run", "a.txt"]
    with subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL, cwd=tmp_path) as child:
        os.close(theirs)
        shown = _all_of(ours).decode()
    os.close(ours)
    assert child.returncode == 0
    assert "\x1b[" in shown
    assert "1 document, " in shown


def _all_of(terminal: int) -> bytes:
    """What a terminal shows until nobody writes to it any more."""
    shown = b""
    while True:
        try:
            part = os.read(terminal, 10_000)
        except OSError:  # how Linux says that the other end is closed
            return shown
        if not part:
            return shown
        shown += part


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("processes", ["1", "2"])
def test_an_interrupted_run_says_so_and_the_next_one_goes_on(tmp_path: Path, processes: str) -> None:
    lines = [json.dumps({"id": str(n), "text": f"{TEXT} It was report {n}."}) + "\n" for n in range(400)]
    (tmp_path / "many.jsonl").write_text("".join(lines))
    words = ["run", "many.jsonl", "--processes", processes]
    command = [sys.executable, "-c", SCRIPT, *words]
    # A child of a shell's background job has the signal ignored; a person's terminal does not.
    with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=tmp_path, preexec_fn=_heed_interrupts) as child:
        assert child.stderr is not None
        while not _documents(tmp_path / "record.tocsin"):
            time.sleep(0.02)
        child.send_signal(signal.SIGINT)
        said = child.stderr.read().decode()
    assert child.returncode == 130
    assert said == "tocsin: interrupted; what was recorded is kept, run again to go on\n"
    kept = _documents(tmp_path / "record.tocsin")
    assert 0 < kept < 400
    out, _ = _tocsin("run", "many.jsonl", folder=tmp_path)
    assert out.startswith(f"documents: {400 - kept} new, {kept} unchanged\n")


def _documents(path: Path) -> int:
    if not path.exists():
        return 0
    with open_record(path) as record:
        return record.sizes().documents


def test_link_fills_the_event_of_what_two_documents_tell_and_leaves_the_rest() -> None:
    other = TEXT.replace("Thousands of protesters marched", "Tens of thousands of protesters marched")
    lines = [
        json.dumps({"id": "a", "text": TEXT, "published": "2020-09-14"}),
        json.dumps({"id": "b", "text": other, "published": "2020-09-14"}),
        json.dumps({"id": "c", "text": "Bakers walked out in Lyon on 3 May 2011.", "published": "2011-05-04"}),
    ]
    coded, _ = _tocsin("code", "-", given="\n".join(lines) + "\n")
    out, err = _tocsin("link", "-", given=coded)
    documents = [json.loads(line) for line in out.splitlines()]
    march = [[e["event"] for e in d["events"] if e["type"] == "demonstration"][:1] for d in documents[:2]]
    assert march[0] == march[1] != [None]
    assert [event["event"] for event in documents[2]["events"]] == [None] * len(documents[2]["events"])
    assert [d["document"]["id"] for d in documents] == ["a", "b", "c"]
    assert err == ""
    again, _ = _tocsin("link", "-", given="".join(reversed(coded.splitlines(keepends=True))))
    assert sorted(again.splitlines()) == sorted(out.splitlines())


def test_link_goes_on_after_what_is_no_coded_document(tmp_path: Path) -> None:
    coded, _ = _tocsin("code", "-", given=json.dumps({"id": "a", "text": TEXT}) + "\n")
    out, err = _tocsin("link", "-", given=coded + '{"id": "b"}\nnot json\n', code=3)
    assert (len(out.splitlines()), len(err.splitlines())) == (1, 2)
    _tocsin("link", tmp_path / "none.jsonl", code=1)


def test_explain_shows_an_event_with_its_mentions(demo_record: Path) -> None:
    with open_record(demo_record) as record:
        event, mentions = max(record.events().items(), key=lambda item: len(item[1]))
    out, _ = _tocsin("explain", event, "--record", demo_record)
    assert out.startswith(f"{event}: {len(mentions)} mentions\n")
    assert all(mention in out for mention in mentions)
    assert "  days: " in out
    told = json.loads(_tocsin("explain", event, "--record", demo_record, "--json")[0])
    assert [mention["mention"] for mention in told["mentions"]] == list(mentions)
    assert json.loads(_tocsin("explain", mentions[0], "--record", demo_record, "--json")[0])["event"] == event
    _tocsin("explain", "e-none", "--record", demo_record, code=1)
