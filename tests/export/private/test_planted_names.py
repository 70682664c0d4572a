"""No planted name leaves a private export, in any format, and what is public stays."""

import html
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.export.private.planted import WORD, Planted, planted_document, planted_names

from tocsin.export import FORMATS, GEOJSON, LAYOUTS
from tocsin.export.private import Disclosures
from tocsin.export.private.tokens import fold
from tocsin.exporting.files import ExportOptions, export_record
from tocsin.exporting.happenings import Chosen
from tocsin.exporting.private import protected_record, write_disclosures
from tocsin.pipeline import Settings
from tocsin.store.record import Record, open_record

NAMES = planted_names()
#: Letters beyond which a word may be several written as one.
LONGEST = 10
#: Every format there is, as a plain file and as a package of tables; formats of later days are here by themselves.
WRITTEN = [
    *((name, f"out.{name}") for name in (*LAYOUTS, GEOJSON)),
    *((name, "out.zip") for name in LAYOUTS if name != "xlsx"),
    *((name, f"out.{made.layout}") for name, made in FORMATS.items()),
]


@pytest.fixture(scope="module")
def planted_record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record of 500 documents with a private person each, linked, with decisions that name them."""
    with open_record(tmp_path_factory.mktemp("planted") / "planted.tocsin") as record:
        run = record.start_run("tocsin", "test")
        for number, name in enumerate(NAMES):
            record.add(planted_document(name, number), run=run, coder=f"coded by {name.full}")
        mentions = sorted(mention.id for coded in record.coded() for mention in coded.mentions)
        record.set_events(list(zip(mentions[::2], mentions[1::2], strict=True)), linker="test")
        for (mention, *_), name in list(zip(record.events().values(), NAMES, strict=False))[:60]:
            kind = "reject" if name.form == "caps" else "accept"
            record.decide(kind, mention, reviewer=name.full, reason=f"as {name.full} told me")
        yield record


@pytest.fixture(scope="module")
def protected(planted_record: Record) -> Iterator[tuple[Record, Disclosures]]:
    with protected_record(planted_record, Settings()) as made:
        yield made


def _readable(path: Path) -> Iterator[str]:
    """Yield all that a reader can make of a file: its bytes, what is packed in it, and what its escapes mean."""
    yield from _texts(path.name, path.read_bytes())


def _texts(name: str, data: bytes) -> Iterator[str]:
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment.decode("utf-8", "replace")
            for member in archive.infolist():
                yield member.filename + member.comment.decode("utf-8", "replace")
                yield from _texts(member.filename, archive.read(member))
        return
    if name.endswith(".parquet"):
        table = pq.read_table(io.BytesIO(data))
        yield json.dumps(table.to_pylist(), ensure_ascii=False, default=str) + str(table.schema.metadata)
    text = data.decode("utf-8", "replace")
    yield text
    if "&" in text:
        yield html.unescape(text)
    if "\\u" in text:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)


def _leaks(text: str, names: list[Planted]) -> list[str]:
    """Return the names of which a part stands in a text, as a word or within one, whatever its case and accents."""
    words = {fold(word) for word in set(WORD.findall(text))}
    long = "\n".join(word for word in words if len(word) > LONGEST)
    return [name.full for name in names if any(part in words or part in long for part in name.parts)]


def test_there_are_500_names_and_the_search_finds_each(planted_record: Record) -> None:
    assert len({name.full for name in NAMES}) == 500
    told = "\n".join(coded.document.text for coded in planted_record.coded())
    assert len(_leaks(told, NAMES)) == 500


@pytest.mark.parametrize(("form", "file"), WRITTEN, ids=[f"{form}-{file}" for form, file in WRITTEN])
def test_no_name_leaves_in_any_format(
    protected: tuple[Record, Disclosures], tmp_path: Path, form: str, file: str
) -> None:
    record, held = protected
    done = export_record(record, ExportOptions(form, Chosen(Settings())), tmp_path / file)
    write_disclosures(held, tmp_path / file)
    assert sum(done.rows.values()) or done.losses
    for path in tmp_path.iterdir():
        for text in _readable(path):
            assert _leaks(text + path.name, NAMES) == []


def test_nothing_of_a_name_is_in_the_protected_record_itself(protected: tuple[Record, Disclosures]) -> None:
    record, _ = protected
    database: sqlite3.Connection = record._database
    assert _leaks("\n".join(database.iterdump()), NAMES) == []


def test_what_is_public_stays(protected: tuple[Record, Disclosures]) -> None:
    record, _ = protected
    documents = list(record.coded())
    assert len(documents) == 500
    for coded in documents:
        text = coded.document.text
        assert "President Alexander Karpenko" in text
        assert "police spokeswoman Olga Demchuk" in text
        assert re.search(r"Police detained (Dr\. )?Name-[A-Z]{10} and 14 others", text)
        assert "outside the Central Court" in text
        assert "workers of the Harbour Factory" in text
        (mention,) = coded.mentions
        assert mention.places[0].name == "Minsk"
        assert (mention.places[0].lat, mention.places[0].lon) == (53.90019, 27.56653)
        assert (mention.places[1].lat, mention.places[1].name[:6]) == (None, "Place-")
        assert [(c.low, c.high) for c in mention.claims] == [(15, 15), (400, 400)]
        assert mention.claims[0].span.quote.endswith(" and 14 others")
    assert {coded.document.publisher for coded in documents} >= {"Harbour Post", "Free Radio"}


def test_one_person_has_one_pseudonym_in_a_document(protected: tuple[Record, Disclosures]) -> None:
    record, _ = protected
    known = [
        len(set(re.findall(r"Name-\w+", coded.document.text))) == 1 and coded.document.text.count("Name-") >= 6
        for coded in record.coded()
    ]
    # Some do not join: "İ" and "ß" in capitals, a script with no capitals, "VAN DER" within a name.
    assert sum(known) >= 390


def test_another_key_makes_other_pseudonyms_and_ids(record: Record) -> None:
    run = record.start_run("tocsin", "test")
    for number, name in enumerate(NAMES[:20]):
        record.add(planted_document(name, number), run=run, coder="test")
    told: list[set[str]] = []
    for key in (b"one", b"one", b"two"):
        with protected_record(record, Settings(), key=key) as (shown, _):
            texts = "".join(f"{coded.document.id} {coded.document.text}" for coded in shown.coded())
            mentions = {mention.id for coded in shown.coded() for mention in coded.mentions}
            told.append({*re.findall(r"(?:Name|Contact|Place|document)-\w+", texts), *mentions})
    assert told[0] == told[1]
    assert not told[0] & told[2]


def test_what_was_held_back_is_counted_and_not_told(protected: tuple[Record, Disclosures]) -> None:
    _, held = protected
    counts = {(one.kind, one.where): one.count for one in held.rows()}
    assert counts["title", "documents"] == counts["author", "documents"] == counts["address", "documents"] == 500
    assert counts["Name", "quotes"] > 3000
    assert counts["venue", "places"] == counts["coordinates", "places"] == 500
    assert counts["reviewer and reason", "decisions"] == 60
    assert _leaks("".join(f"{one.kind} {one.where} {one.note}" for one in held.rows()), NAMES) == []


def test_decisions_and_events_are_told_without_names(protected: tuple[Record, Disclosures]) -> None:
    record, _ = protected
    assert sorted(set(record.judgements().values())) == ["accept", "reject"]
    assert {(one.reviewer, one.reason) for one in record.decisions()} == {("reviewer", "")}
    assert {len(mentions) for mentions in record.events().values()} == {2}
