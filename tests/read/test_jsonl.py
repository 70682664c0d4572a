"""JSON Lines, JSON, standard input, tables."""

import io
import json
import os
from collections.abc import Callable
from datetime import date

from tocsin.datamodel import Document, ReadVerdict
from tocsin.read import read_sources

Judge = Callable[..., list[ReadVerdict]]


def test_a_line_is_a_document(judge: Judge) -> None:
    line = {"id": "x1", "text": "a\r\nb", "title": "T", "publisher": "P", "published": "2021-05-03", "other": [1]}
    (verdict,) = judge("a.jsonl", json.dumps(line))
    expected = Document("x1", "a\r\nb", "T", "P", date(2021, 5, 3))
    assert verdict == ReadVerdict("a.jsonl, line 1", "read", "", (expected,))


def test_broken_lines_are_named_and_the_others_read(judge: Judge) -> None:
    lines = [
        '{"text": "one"}',
        '{"text": "tw',
        "",
        "[1]",
        '{"id": "x"}',
        '{"text": 5}',
        '{"text": " "}',
        '{"text": "last"}',
    ]
    verdicts = judge("a.jsonl", "\n".join(lines))
    assert [(v.source.removeprefix("a.jsonl, line "), v.status) for v in verdicts] == [
        ("1", "read"),
        ("2", "failed"),
        ("4", "failed"),
        ("5", "failed"),
        ("6", "failed"),
        ("7", "failed"),
        ("8", "read"),
    ]
    assert "is not JSON" in verdicts[1].reason
    assert 'has no "text"' in verdicts[3].reason
    assert '"text" is no string' in verdicts[4].reason


def test_bad_bytes_depth_and_numbers(judge: Judge) -> None:
    data = b'{"text": "caf\xe9"}\n' + b"[" * 100_000 + b"\n" + b"1" * 10_000 + b'\n{"text": "a\\ud800 \\u0000"}\n'
    verdicts = judge("a.jsonl", data)
    assert [v.status for v in verdicts] == ["failed", "failed", "failed", "read"]
    assert verdicts[3].documents[0].text == "a\ufffd \ufffd"


def test_a_line_over_the_limit_is_refused_and_the_next_read(judge: Judge) -> None:
    data = '{"text": "' + "x" * 5000 + '"}\n{"text": "short"}\n'
    first, second = judge("a.jsonl", data, max_mb=0.001)
    assert (first.status, second.status) == ("refused", "read")
    assert "0.001 MB" in first.reason and "--max-mb" in first.reason


def test_a_day_that_is_none_is_said(judge: Judge) -> None:
    (verdict,) = judge("a.jsonl", '{"text": "x", "published": "last week"}')
    assert verdict.status == "read"
    assert verdict.documents[0].published is None
    assert "'last week' is no day" in verdict.reason


def test_coded_documents_give_their_document(judge: Judge) -> None:
    coded = {"document": {"id": "d1", "text": "They marched.", "publisher": "P"}, "events": []}
    (line,) = judge("a.jsonl", json.dumps(coded))
    (whole,) = judge("b.json", json.dumps(coded, indent=2))
    assert line.documents == whole.documents == (Document("d1", "They marched.", publisher="P"),)


def test_a_json_list(judge: Judge) -> None:
    verdicts = judge("a.json", json.dumps([{"text": "one"}, 5, {"text": "three"}]))
    assert [(v.source, v.status) for v in verdicts] == [
        ("a.json, item 1", "read"),
        ("a.json, item 2", "failed"),
        ("a.json, item 3", "read"),
    ]


def test_standard_input() -> None:
    stream = io.BytesIO(b'{"id": "1", "text": "one"}\nnonsense\n{"id": "2", "text": "two"}')
    verdicts = list(read_sources(["-"], stdin=stream))
    assert [(v.source, v.status) for v in verdicts] == [
        ("-, line 1", "read"),
        ("-, line 2", "failed"),
        ("-, line 3", "read"),
    ]


def test_standard_input_is_taken_as_it_comes() -> None:
    reader, writer = os.pipe()
    with open(reader, "rb") as stream, open(writer, "wb", buffering=0) as feed:  # noqa: PTH123
        verdicts = read_sources(["-"], stdin=stream)
        for text in ("one", "two"):
            feed.write(b'{"text": "%s"}\n' % text.encode())
            assert next(verdicts).documents[0].text == text


def test_a_table(judge: Judge) -> None:
    table = (
        "Headline;Text;Date;Outlet\n"
        'One;"First; line\nsecond ""line""";03.05.2021;The Ward\n'
        "Two;;;\n\n"
        "Three;x;y;z;extra\n"
    )
    first, second, third = judge("a.csv", table)
    (document,) = first.documents
    assert document.text == 'First; line\nsecond "line"'
    assert (document.title, document.publisher, document.published) == ("One", "The Ward", date(2021, 5, 3))
    assert (second.source, second.status, second.reason) == ("a.csv, line 4", "failed", "has no text")
    assert third.status == "failed" and "5 fields" in third.reason


def test_a_table_with_a_long_field_in_an_old_encoding(judge: Judge) -> None:
    story = "Рабочие завода начали забастовку в понедельник, сообщил профсоюз. Задержаны трое участников митинга. "
    table = "text\tpublisher\n" + story * 3_000 + "\tГазета\n"
    (verdict,) = judge("a.tsv", table.encode("cp1251"))
    assert verdict.documents[0].text == story * 3_000
    assert verdict.documents[0].publisher == "Газета"
    assert "taken as cp1251" in verdict.reason


def test_a_table_without_texts(judge: Judge) -> None:
    (verdict,) = judge("a.csv", "event_id,date,size\n1,2021-05-03,300\n")
    assert verdict.status == "failed"
    assert 'no column "text" (it has event_id, date, size)' in verdict.reason


def test_a_quote_never_closed(judge: Judge) -> None:
    verdicts = judge("a.csv", 'id,text\n1,"fine"\n2,"never closed\n3,x\n')
    assert [v.status for v in verdicts] == ["read", "failed"]
