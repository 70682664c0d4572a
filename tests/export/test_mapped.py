"""The record in others' codebooks: the cells are those of tests/cases/exports.toml, and nothing is lost in silence."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.export.happenings import PLACES, cases, golden, happenings_from, made

from tocsin.codebook import load_codebook
from tocsin.codebook.exports import load_countries, load_export
from tocsin.datamodel.happening import Happening
from tocsin.datamodel.identity import claim_key
from tocsin.export.formats import FORMATS
from tocsin.export.mapped import MappedRow
from tocsin.reconcile import POLICIES

COLUMNS = Path(__file__).resolve().parents[3] / "shared" / "COLUMNS.md"
#: Columns of the target that hold a row's id, as a loss names it; ccc has none, its notes end with it.
IDS = {
    "acled": "event_id_cnty", "plover": "id", "polecat": "Event ID", "mm": "id", "mmad": "id", "lat": "ID",
    "ilo": "dispute", "ged": "id", "maverick": "id", "ftm": "entity_id",
}  # fmt: skip


def told(name: str) -> tuple[Happening, ...]:
    if FORMATS[name].convention is None:
        return golden()
    return tuple(happenings_from(cases()["document"], convention=FORMATS[name].convention or ""))


def row_id(name: str, row: MappedRow) -> str:
    if name == "ccc":
        return str(row["notes"]).rsplit("[", 1)[1].rstrip("]")
    if name == "gdelt-mentions":
        return str(re.findall(r"mention=([^;]+)", row["Extras"])[0])
    return str(row[IDS[name]])


def rows_by_id(name: str) -> dict[str, MappedRow]:
    rows, _ = made(name, told(name))
    if name != "ftm":
        return {row_id(name, row): row for row in rows}
    seen: Counter[str] = Counter()
    found = {}
    for row in rows:
        key = f"{row['entity_id']} {row['prop']}"
        seen[key] += 1
        found[f"{key} {seen[key]}"] = row
    return found


@pytest.mark.parametrize(("name", "row"), [(name, row) for name, rows in cases()["expected"].items() for row in rows])
def test_a_row_has_the_cells_that_a_reader_expects(name: str, row: str) -> None:
    cells = rows_by_id(name)[row]
    shown = {column: "" if cells[column] is None else str(cells[column]) for column in cases()["expected"][name][row]}
    assert shown == cases()["expected"][name][row]


@pytest.mark.parametrize("lost", cases()["lost"], ids=lambda lost: f"{lost['format']} {lost['row']}")
def test_what_is_lost_is_told(lost: dict[str, str]) -> None:
    _, losses = made(lost["format"], told(lost["format"]))
    here = [loss for loss in losses if loss.row == lost["row"] and loss.column == lost["column"]]
    assert [loss for loss in here if lost["words"] in loss.what], f"{[loss.what for loss in here]}"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_expected_to_hold_something(name: str) -> None:
    assert cases()["expected"][name]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_section_in_the_documentation(name: str) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "exports-to-others.md").read_text(encoding="utf-8")
    (title,) = re.findall(rf"^\| \[`{name}`\]\(#([\w-]+)\)", page, re.MULTILINE)
    assert title in {re.sub(r"\W+", "-", line[3:].lower()) for line in page.splitlines() if line.startswith("## ")}


@pytest.mark.parametrize("name", FORMATS)
def test_every_row_has_the_columns_of_the_target_in_their_order(name: str) -> None:
    rows, _ = made(name, told(name))
    assert rows
    for row in rows:
        assert tuple(row) == FORMATS[name].columns


@pytest.mark.parametrize("name", FORMATS)
def test_a_loss_names_a_row_or_what_has_none_and_a_column_that_is_there(name: str) -> None:
    rows, losses = made(name, told(name))
    ids = {row_id(name, row) for row in rows}
    known = {one.event.id for one in told(name)} | {t.mention.id for one in told(name) for t in one.tellings}
    for loss in losses:
        assert loss.what
        assert loss.done
        if loss.column == "":
            assert loss.row in known - ids
        else:
            assert loss.row in ids
            assert loss.column in FORMATS[name].columns or loss.column.startswith("(none for ") or name == "ftm"


# ---- the columns are those that others use


COUNTS = {
    "acled": 31, "polecat": 40, "mm": 31, "mmad": 17, "gdelt-mentions": 16, "lat": 24, "ged": 49, "ftm": 14,
}  # fmt: skip


@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_there_are_as_many_columns_as_the_target_has(name: str, count: int) -> None:
    assert len(FORMATS[name].columns) == len(set(FORMATS[name].columns)) == count


FIRST = {
    "acled": "event_id_cnty", "polecat": "Event ID", "mmad": "id, cowcode", "gdelt-mentions": "GLOBALEVENTID, Event",
    "lat": "ID, Employer", "ged": "id, relid", "ftm": "id, entity_id", "ccc": "date, locality", "mm": "id, country, cc",
}  # fmt: skip


@pytest.mark.parametrize(("name", "first"), FIRST.items())
def test_the_columns_are_those_that_were_looked_up(name: str, first: str) -> None:
    if not COLUMNS.is_file():
        pytest.skip(f"{COLUMNS} is not there: the columns that were looked up cannot be compared")
    (listed,) = [
        text for text in re.findall(r"`([^`]+)`", COLUMNS.read_text(encoding="utf-8")) if text.startswith(first)
    ]
    columns: list[str] = []
    for part in listed.split(", "):
        if " … " in part:  # stateresponse1 … stateresponse7, source_1 … source_n
            start, end = part.split(" … ")
            stem = start.rstrip("0123456789")
            last = end.removeprefix(stem)
            most = int(last) if last.isdigit() else sum(c.startswith(stem) for c in FORMATS[name].columns)
            columns += [f"{stem}{number}" for number in range(1, most + 1)]
        else:
            columns.append(part)
    assert FORMATS[name].columns == tuple(columns)


def test_a_record_of_plover_begins_with_the_fields_of_the_manual() -> None:
    if not COLUMNS.is_file():
        pytest.skip(f"{COLUMNS} is not there: the fields that were looked up cannot be compared")
    (listed,) = re.findall(r"`(id\*, has_event[^`]+)`", COLUMNS.read_text(encoding="utf-8"))
    fields = tuple(field.rstrip("*") for field in listed.split(", "))
    assert FORMATS["plover"].columns == (*fields, "dead", "injured", "arrested")


# ---- unknown is not zero


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_not_told_is_nowhere_a_zero(name: str) -> None:
    bare = [
        {**document, "mention": [{**mention, "claims": []} for mention in document["mention"]]}
        for document in cases()["document"]
    ]
    rows, _ = made(name, happenings_from(bare))
    # What the codebook says of the type, the target's own mark of an unknown size, places in a text.
    said = {("ccc", "online"), ("ccc", "size_cat"), ("mm", "protesterviolence"), ("ilo", "actions_counted")}
    said |= {("gdelt-mentions", f"{words}CharOffset") for words in ("Actor1", "Actor2", "Action")}
    zeros = {(name, column) for row in rows for column, value in row.items() if str(value) in ("0", "0.0")}
    assert zeros <= said


# ---- nothing is lost in silence


DAYS = st.dates(date(2020, 8, 1), date(2020, 9, 30))
NUMBERS = st.integers(0, 500_000)
WORDS = ["one", "some people", "hundreds", "about 40", "over 3,000", "the crowd", "miners", "no one", "12 of them"]
SPEAKERS = ["the police (police)", "the union (union)", "a witness (witness)", "the ministry (government)"]


@st.composite
def documents(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Documents of one to three mentions of any type, each claim with words of its own."""
    types = load_codebook().vocabulary.types
    found = []
    for number in range(draw(st.integers(1, 3))):
        mentions, sentences = [], []
        for place in range(draw(st.integers(1, 3))):
            type_name = draw(st.sampled_from(sorted(types)))
            speakers = draw(st.lists(st.sampled_from(SPEAKERS), max_size=2, unique=True))
            claims: list[list[Any]] = []
            for attribute in draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=3)):
                low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
                end = draw(st.sampled_from(["both", "low", "high", "one"]))
                quote = f"{draw(st.sampled_from(WORDS))} no {number}{place}{len(claims)}"
                ends = {"both": (low, high), "low": (low, "-"), "high": ("-", high), "one": (low, low)}[end]
                claims.append([attribute, *ends, draw(st.booleans()), quote, *speakers])
            actor = draw(st.sampled_from(["participant", "organiser", "authority", "target", "employer"]))
            said = " and ".join(speaker.rsplit(" (", 1)[0] for speaker in speakers)
            sentence = f"Sentence {number}{place}: {', '.join(c[4] for c in claims)} of workers at it, {said} said."
            sentences.append(sentence)
            start = draw(st.none() | DAYS)
            precision = draw(st.sampled_from(["day", "week", "month", "year"])) if start else "none"
            mentions.append(
                {
                    "event": draw(st.sampled_from([f"e{number}{place}", "shared"])),
                    "type": type_name,
                    "form": draw(st.sampled_from([None, *types[type_name].forms])),
                    "modality": draw(st.sampled_from(["occurred", "occurred", "ongoing", "planned", "denied"])),
                    "scope": draw(st.sampled_from(["single", "single", "single", "total", "series"])),
                    "start": start,
                    "end": start and draw(st.none() | st.just(start + timedelta(days=draw(st.integers(0, 40))))),
                    "precision": precision,
                    "basis": draw(st.sampled_from(["stated", "relative", "context"])),
                    "places": draw(st.lists(st.sampled_from(sorted(PLACES)), max_size=2, unique=True)),
                    "sentences": [sentence],
                    "trigger": "Sentence",
                    "actors": [f"{actor}: workers"],
                    "means": draw(st.lists(st.sampled_from(["baton", "live_fire", "tear_gas"]), max_size=1)),
                    "claims": claims,
                    **({"within": "e00"} if place and draw(st.booleans()) else {}),
                }
            )
        document = {
            "id": f"d{number}",
            "publisher": f"Paper {number}",
            "text": " ".join(sentences),
            "mention": mentions,
        }
        found.append({**document, "published": draw(DAYS)} if draw(st.booleans()) else document)
    return found


ATTRIBUTES = [
    "participants", "affected", "injured", "killed", "sites", "workforce", "duration", "term", "occurrence",
]  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, deadline=None)
@given(documents=documents(), policy=st.sampled_from(sorted(POLICIES)))
def test_every_claim_stands_in_its_row_or_is_named_by_a_loss(
    name: str, documents: list[dict[str, Any]], policy: str
) -> None:
    happenings = happenings_from(documents, convention=FORMATS[name].convention or "codebook", policy=policy)
    rows, losses = made(name, happenings)
    cells = " ".join(json.dumps(row, ensure_ascii=False, default=str) for row in rows)
    lost = " ".join(loss.what for loss in losses)
    numbers = {str(value) for row in rows for value in row.values() if isinstance(value, int | float)}
    for one in happenings:
        for telling in one.tellings:
            for position, claim in enumerate(telling.mention.claims):
                key = claim_key(telling.mention.id, position, claim)
                # A number of its own is enough only for one that is exact, and that the document itself says.
                plain = claim.low == claim.high and not claim.approx and not claim.said_by
                assert key in lost or key in cells or (plain and str(claim.low) in numbers), claim


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=15, deadline=None)
@given(documents=documents())
def test_every_happening_has_a_row_or_a_loss_of_its_own(name: str, documents: list[dict[str, Any]]) -> None:
    happenings = happenings_from(documents)
    rows, losses = made(name, happenings)
    written = {row_id(name, row) for row in rows} | {loss.row for loss in losses}
    for one in happenings:
        tellings = {telling.mention.id for telling in one.tellings}
        # A stoppage may be told in the row of the first one of its dispute.
        assert one.event.id in written or tellings <= written or any(one.event.id in loss.what for loss in losses)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_the_same_every_time(name: str) -> None:
    assert made(name, told(name)) == made(name, told(name))


# ---- the tables


@pytest.mark.parametrize("name", FORMATS)
def test_a_mapping_has_or_leaves_out_each_type_and_says_on_what_it_rests(name: str) -> None:
    mapping, types = load_export(name), set(load_codebook().vocabulary.types)
    if name not in ("polecat", "ftm"):  # polecat codes as plover does, ftm takes every type as it is
        assert set(mapping.types) | set(mapping.left_out) == types
    assert mapping.marks["columns"] in "PSR"


def test_countries_have_codes_of_their_own() -> None:
    countries = load_countries()
    assert (countries["BY"].cow, countries["BY"].number, countries["BY"].iso3) == (370, 112, "BLR")
    for code in ("iso3", "number", "cow", "gw"):
        given_codes = [getattr(one, code) for one in countries.values() if getattr(one, code) is not None]
        assert len(given_codes) == len(set(given_codes)), code
