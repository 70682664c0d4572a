"""Whole files into a record: once, whole, and undone whole; then beside what the program coded."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import CodedFactory
from tests.imports.conftest import SAMPLES

from tocsin.codebook.imports import template
from tocsin.datamodel import CodedDocument
from tocsin.datamodel.coded import to_json
from tocsin.datamodel.verdict import FAILED, REFUSED, ReadVerdict
from tocsin.errors import CodebookError, CodedError, ReadError
from tocsin.importing import import_file
from tocsin.pipeline import Settings, link_record
from tocsin.store.record import Record

SHARED = Path(__file__).resolve().parents[3] / "shared" / "bench"
RULES = Settings(extractor="rules")


def _dump(path: Path) -> list[str]:
    database = sqlite3.connect(path)
    lines = list(database.iterdump())
    database.close()
    return lines


def _held(record: Record) -> list[CodedDocument]:
    return list(record.coded())


@pytest.mark.parametrize(
    ("name", "rows", "mentions", "failed", "refused"),
    [("acled", 3, 5, 1, 1), ("ccc", 3, 5, 2, 0), ("mm", 3, 8, 1, 1), ("maverick", 3, 4, 1, 0)],
)
def test_the_sample_of_each_data_set(
    record: Record, record_path: Path, name: str, rows: int, mentions: int, failed: int, refused: int
) -> None:
    verdicts: list[ReadVerdict] = []
    summary = import_file(SAMPLES / f"{name}.csv", record, name, report=verdicts.append)
    assert (summary.documents["new"], summary.mentions) == (rows, mentions)
    assert [v.status for v in verdicts].count(FAILED) == failed
    assert [v.status for v in verdicts].count(REFUSED) == refused
    assert list(record.failures()) == verdicts
    before, dump = _held(record), _dump(record_path)
    for _ in range(2):
        assert import_file(SAMPLES / f"{name}.csv", record, name).decision is None
    assert _dump(record_path) == dump
    assert summary.decision is not None
    undo = record.undo(summary.decision.id, reviewer="Ann")
    assert _held(record) == []
    record.undo(undo.id, reviewer="Ann")
    assert _held(record) == before


def test_events_of_an_import_that_was_undone_are_gone(record: Record) -> None:
    summary = import_file(SAMPLES / "acled.csv", record, "acled")
    link_record(record, RULES)
    assert len(record.events()) == 5
    assert summary.decision is not None
    undo = record.undo(summary.decision.id, reviewer="Ann")
    link_record(record, RULES)
    assert record.events() == {}
    record.undo(undo.id, reviewer="Ann")
    link_record(record, RULES)
    assert len(record.events()) == 5


def test_a_hand_coded_event_and_the_programs_are_one(record: Record, tmp_path: Path, make_coded: CodedFactory) -> None:
    run = record.start_run("tocsin", "rules")
    record.add(make_coded(), run=run, coder="rules")
    table = tmp_path / "ours.csv"
    table.write_text(
        "id,start,type,place,country,participants,participant,notes\n"
        "1,2020-09-14,strike,Soligorsk,Belarus,350,miners,The miners of Soligorsk walked out.\n",
        encoding="utf-8",
    )
    own = tmp_path / "own.toml"
    own.write_text(template().replace('end = ["end"] ', "#"), encoding="utf-8")
    import_file(table, record, "csv", mapping=own)
    link_record(record, RULES)
    assert max(len(mentions) for mentions in record.events().values()) == 2


def test_the_template_is_a_mapping(record: Record, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(template(), encoding="utf-8")
    table = tmp_path / "ours.csv"
    table.write_text("id;start;type\n1;2020-09-14;strike\n2;2020-09;rally\n", encoding="utf-8")
    absent: list[tuple[str, ...]] = []
    summary = import_file(table, record, "csv", mapping=own, absent=absent.append)
    assert summary.mentions == 2
    assert "participants" in absent[0] and "start" not in absent[0]


def test_a_changed_mapping_is_another_import(record: Record, tmp_path: Path) -> None:
    import_file(SAMPLES / "acled.csv", record, "acled")
    own = tmp_path / "own.toml"
    own.write_text('[place.countries]\n"ruritania" = "RU"\n', encoding="utf-8")
    assert import_file(SAMPLES / "acled.csv", record, "acled", mapping=own).decision is not None
    assert len(_held(record)) == 3


def test_faults_of_a_mapping_are_told_all_at_once(record: Record, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'publisher = "x"\n[[mentions]]\nname = "a"\ncolumns = ["t"]\ntypes = {x = "strikes"}\nneeds = "people"\n'
        'context = "b"\n[[mentions.claims]]\nattribute = "participants"\n',
        encoding="utf-8",
    )
    with pytest.raises(CodebookError) as raised:
        import_file(SAMPLES / "acled.csv", record, "csv", mapping=own)
    for part in ("'strikes' is no type", "'people' is none of", "context 'b'", "names no column of a number"):
        assert part in str(raised.value)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "is empty"),
        ("a,b\n1,2\n", "has no column event_date, event_id_cnty"),
        ("event_id_cnty,event_date\n", "holds no row"),
        ("a,a\n1,2\n", "has two columns called 'a'"),
    ],
)
def test_a_file_that_is_no_such_table_changes_nothing(
    record: Record, record_path: Path, tmp_path: Path, content: str, problem: str
) -> None:
    before = _dump(record_path)
    file = tmp_path / "acled.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match=problem):
        import_file(file, record, "acled")
    assert _dump(record_path) == before


def test_rows_of_one_id_are_told_and_the_first_stays(record: Record, tmp_path: Path) -> None:
    file = tmp_path / "mm.jsonl"
    row: dict[str, Any] = {"id": 7, "country": "Kenya", "protest": 1, "startday": 1, "startmonth": 2, "startyear": 2003}
    lines = [row, {**row, "location": "Nairobi"}, ["no object"], {**row, "id": 8, "participants": None}]
    file.write_text("\n".join(map(json.dumps, lines)) + "\nno json\n", encoding="utf-8")
    verdicts: list[ReadVerdict] = []
    summary = import_file(file, record, "mm", report=verdicts.append)
    assert summary.documents["new"] == 2
    assert ["again, as line 1" in v.reason for v in verdicts] == [True, False, False]


def test_coded_documents(record: Record, tmp_path: Path, make_coded: CodedFactory) -> None:
    good, lost, odd = to_json(make_coded("a")), to_json(make_coded("b")), to_json(make_coded("c"))
    lost["events"][0]["actors"][0]["quote"] = "dockers"
    odd["events"][0]["type"] = "stroll"
    file = tmp_path / "hand.jsonl"
    file.write_text("\n".join(map(json.dumps, (good, lost, odd))), encoding="utf-8")
    verdicts: list[ReadVerdict] = []
    summary = import_file(file, record, "coded", report=verdicts.append)
    assert (summary.documents["new"], len(verdicts)) == (1, 2)
    assert "does not stand in the text" in verdicts[0].reason
    assert "'stroll'" in verdicts[1].reason
    (held,) = _held(record)
    assert held.document.id == "a"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(CodedError, match="is not JSON"):
        import_file(file, record, "coded")


def _bench(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"THE REAL RECORDS ARE NOT HERE: {path} is missing, so that no real row was imported")
    return path


def test_real_rows_of_mass_mobilization(record: Record, tmp_path: Path) -> None:
    columns = ["id", "country", "protest", "location", "participants", "participants_category", "notes"]
    file = tmp_path / "mm.jsonl"
    known = 0
    with file.open("w", encoding="utf-8") as out:
        for line in _bench("records/mass-mobilization-dev.jsonl").read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            row = dict(
                zip(columns, [told["id"], told["country"], 1, told["place"], told["participants"]], strict=False)
            )
            row |= {"participants_category": told["participants_category"], "notes": told["text"]}
            row["protesterviolence"] = int(told["violence"])
            for end in ("start", "end"):
                row |= zip((f"{end}year", f"{end}month", f"{end}day"), told[end].split("-"), strict=True)
            row |= {f"stateresponse{n}": said for n, said in enumerate(told["responses"], 1)}
            known += told["low"] is not None
            out.write(json.dumps(row) + "\n")
    verdicts: list[ReadVerdict] = []
    summary = import_file(file, record, "mm", report=verdicts.append)
    assert (summary.documents["new"], verdicts) == (1764, [])
    held = {one.document.id.removeprefix("Mass Mobilization/"): one.mentions[0] for one in record.coded()}
    right = 0
    for line in _bench("records/mass-mobilization-dev.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        if told["low"] is not None:
            (claim,) = held[told["id"]].claims
            right += (claim.low, claim.high) == (told["low"], told["high"])
    assert right == known


def test_real_reports_of_maverick(record: Record, tmp_path: Path) -> None:
    gold = {}
    for line in _bench("link/maverick-cote-divoire.gold.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        gold[told["document"]] = told["event"]
    file = tmp_path / "maverick.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for line in _bench("link/maverick-cote-divoire.jsonl").read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            event, name = told["events"][0], told["document"]["id"]
            place = event["places"][0]
            row = {
                "id": name,
                "event_id": gold[name],
                "country": "Côte d'Ivoire",
                "source": told["document"]["publisher"],
            }
            row |= {"date_start": event["date"]["start"], "date_end": event["date"]["end"], "city": place["name"]}
            row |= {"latitude": place.get("lat"), "longitude": place.get("lon"), "event_context": event["type"]}
            for claim in event["claims"]:
                kind = {"killed": "deaths", "injured": "injuries"}[claim["attribute"]]
                row |= {f"{kind}_low": claim["low"], f"{kind}_high": claim["high"]}
            for n, actor in enumerate(event["actors"][:6], 1):
                row |= {f"actor{n}": actor["quote"], f"actor{n}_victim": int(actor["role"] == "target")}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    verdicts: list[ReadVerdict] = []
    summary = import_file(file, record, "maverick", report=verdicts.append)
    # Of one report the most injured are fewer than the fewest.
    assert ["give an interval from 4 to 2" in verdict.reason for verdict in verdicts] == [True]
    assert summary.documents["new"] == 1061
    events = {one.mentions[0].event for one in record.coded()}
    assert len(events) == 683


def test_real_sizes_of_the_consortium(record: Record, tmp_path: Path) -> None:
    file = tmp_path / "ccc.csv"
    lines = _bench("numbers/ccc-2017-2019.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [told for told in map(json.loads, lines) if told["low"] is not None]
    with file.open("w", encoding="utf-8") as out:
        out.write("date;state;type;locality;size_text;size_low;size_high;notes\n")
        for told in rows:
            text = told["text"].replace('"', "'")
            high = told["low"] if told["high"] is None else told["high"]
            out.write(f'2018-01-20;NY;rally;Albany;"{text}";{told["low"]};{high};{told["id"]}\n')
    summary = import_file(file, record, "ccc")
    assert summary.documents["new"] == len(rows)
    for one in record.coded():
        assert len(one.mentions[0].claims) == 1, one.document.text
