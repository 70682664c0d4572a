"""A whole run: verdicts in order, limits, what is known beforehand, ids; nothing a file holds ends it."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.datamodel import Document, ReadVerdict
from tocsin.datamodel.verdict import STATUSES
from tocsin.read import ReadOptions, read_sources

Judge = Callable[..., list[ReadVerdict]]

STORY = "Some 300 nurses walked out of the city hospital on Monday, their union said.\n"


def test_a_run_over_a_mixed_folder_goes_to_its_end(tmp_path: Path, article: str, pdf: Callable[..., bytes]) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 rubbish")
    (tmp_path / "c.html").write_text(article)
    (tmp_path / "d.txt").touch()
    (tmp_path / "e.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
    (tmp_path / "f.pdf").write_bytes(pdf([["Some 400 dockers stopped work."]]))
    (tmp_path / "g.jsonl").write_text('{"text": "one"}\nx\n')
    (tmp_path / "h.html").write_text("<html></html>")
    (tmp_path / "i").mkdir()
    (tmp_path / "i" / "j.html").write_text(article.replace("400", "600"))
    for workers in (1, 2, 3):
        verdicts = list(read_sources([tmp_path], options=ReadOptions(workers=workers)))
        assert [(v.source.removeprefix(f"{tmp_path}/"), v.status) for v in verdicts] == [
            ("a.txt", "read"),
            ("b.pdf", "failed"),
            ("c.html", "read"),
            ("d.txt", "failed"),
            ("e.jpg", "refused"),
            ("f.pdf", "read"),
            ("g.jsonl, line 1", "read"),
            ("g.jsonl, line 2", "failed"),
            ("h.html", "failed"),
            ("i/j.html", "read"),
        ]
        assert all(v.reason for v in verdicts if v.status != "read")


@pytest.mark.parametrize(
    ("name", "data", "status", "says"),
    [
        ("a.txt", b"", "failed", "is empty"),
        ("a.txt", b" \n\t\n", "failed", "has no text"),
        ("a.csv", b"id,text\n", "failed", "holds no document"),
        ("a.json", b"[]", "failed", "holds no document"),
        ("a.jsonl", b"\n\n", "failed", "holds no document"),
        ("a.txt", bytes(range(256)) * 20, "refused", "is binary, no text"),
        ("a.bin", hashlib.shake_256(b"tocsin").digest(4096), "refused", "no text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "refused", "is an image (PNG), no text; run OCR first"),
        ("a.docx", b"PK\x03\x04" + bytes(100), "refused", "is a ZIP archive or an office document"),
        ("a.rtf", b"{\\rtf1\\ansi Some nurses}", "refused", "is rich text"),
        ("a.txt.gz", b"\x1f\x8b\x08\x00" + bytes(40), "refused", "is packed with gzip"),
        ("a.html", b"<html>" + bytes(2000), "failed", "has no text"),
    ],
)
def test_what_is_no_document(judge: Judge, name: str, data: bytes, status: str, says: str) -> None:
    (verdict,) = judge(name, data)
    assert (verdict.source, verdict.status) == (name, status)
    assert says in verdict.reason


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.pdf", "a.json"])
def test_the_limit_of_size_is_named(judge: Judge, name: str) -> None:
    (verdict,) = judge(name, STORY * 700_000)
    assert verdict.status == "refused"
    assert verdict.reason == "has 53.9 MB, the limit is 20 MB; split it, or raise the limit (--max-mb)"


def test_the_limit_of_size_can_be_raised(judge: Judge) -> None:
    (verdict,) = judge("a.txt", STORY * 300_000, max_mb=30)
    assert verdict.status == "read"
    assert len(verdict.documents[0].text) == 300_000 * len(STORY)


def test_options_beat_a_sidecar_and_a_sidecar_beats_the_page(tmp_path: Path, judge: Judge, article: str) -> None:
    sidecar = {"publisher": "Sidecar", "published": "2022-02-02", "author": "S. Ide", "id": "mine", "text": "no"}
    (tmp_path / "a.html.meta.json").write_text(json.dumps(sidecar))
    (verdict,) = judge("a.html", article, publisher="Option", licence="CC BY 4.0")
    (document,) = verdict.documents
    assert (document.id, document.publisher, document.author) == ("mine", "Option", "S. Ide")
    assert (document.published, document.licence) == (date(2022, 2, 2), "CC BY 4.0")
    assert document.title == "Dockers stop work in Gdynia"
    assert "400 dockers" in document.text


def test_a_sidecar_in_toml(tmp_path: Path, read_one: Callable[..., Document]) -> None:
    (tmp_path / "a.txt.toml").write_text('publisher = "The Ward"\npublished = 2021-05-03\n')
    document = read_one("a.txt", STORY)
    assert (document.publisher, document.published) == ("The Ward", date(2021, 5, 3))


@pytest.mark.parametrize("data", ["{", "[]", '{"publisher": ["x"]}', "[" * 100_000])
def test_a_broken_sidecar_is_a_failure_that_names_it(tmp_path: Path, judge: Judge, data: str) -> None:
    (tmp_path / "a.txt.json").write_text(data)
    (verdict,) = judge("a.txt", STORY)
    assert verdict.status == "failed"
    assert "a.txt.json" in verdict.reason


def test_ids(tmp_path: Path, read_one: Callable[..., Document]) -> None:
    first, again = read_one("a.txt", STORY), read_one("b.txt", STORY)
    other = read_one("a.txt", STORY, publisher="The Ward")
    later = read_one("a.txt", STORY, publisher="The Ward", published=date(2021, 5, 3))
    assert first.id == again.id
    assert len({first.id, other.id, later.id}) == 3


def test_the_same_paths_give_the_same_verdicts(tmp_path: Path, article: str) -> None:
    for number in range(6):
        (tmp_path / f"{number}.html").write_text(article.replace("400", str(number)))
    runs = [list(read_sources([tmp_path], options=ReadOptions(workers=workers))) for workers in (1, 2, 2)]
    assert runs[0] == runs[1] == runs[2]


def test_a_run_given_up_leaves_no_process(tmp_path: Path, article: str) -> None:
    for number in range(4):
        (tmp_path / f"{number}.html").write_text(article)
    before = _children()
    verdicts = read_sources([tmp_path])
    assert next(verdicts).status == "read"
    assert _children() > before
    verdicts.close()  # type: ignore[attr-defined]
    assert _children() == before


def test_importing_the_reader_brings_no_parser() -> None:
    code = "import sys, tocsin.read; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"trafilatura", "htmldate", "lxml", "pypdfium2", "feedparser", "fastwarc", "charset_normalizer", "ctypes"}
    assert not heavy & set(done.stdout.split())


SUFFIXES = (".txt", ".md", ".html", ".pdf", ".jsonl", ".json", ".csv", ".xml", ".warc", ".warc.gz", ".bin", "")
STARTS = (
    b"",
    b"%PDF-1.4\n",
    b"<!doctype html><html><body><p>",
    b"<rss><channel><item><description>",
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 50\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
    b"\x1f\x8b\x08",
    b'{"text": "',
    b"text,title\n",
    b"---\ntitle: ",
    b"\xff\xfe",
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.sampled_from(STARTS), st.binary(max_size=300), st.sampled_from(SUFFIXES)), max_size=25),
)
def test_any_bytes_get_a_verdict(files: list[tuple[bytes, bytes, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, (start, data, suffix) in enumerate(files):
            (Path(folder) / f"{number:03}x{suffix}").write_bytes(start + data)
        verdicts = list(read_sources([folder]))
    judged = {v.source.split(",")[0] for v in verdicts}
    assert len(judged) == len(files)
    for verdict in verdicts:
        assert verdict.status in STATUSES
        assert (verdict.status == "read") == bool(verdict.documents)
        assert verdict.reason or verdict.documents
        assert "\n" not in verdict.reason
        for document in verdict.documents:
            assert document.id and document.text.strip()
            document.text.encode("utf-8")
            json.dumps([document.title, document.publisher, document.url]).encode("utf-8")


def _children() -> int:
    listed = subprocess.run(["ps", "-o", "args=", "--ppid", str(os.getpid())], capture_output=True, text=True)
    return sum("tocsin.read.child" in line for line in listed.stdout.splitlines())
