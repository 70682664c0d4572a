"""Single rules of others' codebooks: crowds, days, places, disputes, totals, statements."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from hashlib import sha1

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.happenings import cases, golden, happenings_from, made

from tocsin.codebook.exports import load_countries
from tocsin.datamodel import Claim, DateRange, Place, Span
from tocsin.datamodel.happening import Happening
from tocsin.datamodel.relation import COVERS, DISPUTE, Relation
from tocsin.export.acled import acled_rows, crowd_size
from tocsin.export.gdelt_mentions import event_number
from tocsin.export.ged import date_precision, priogrid_cell
from tocsin.export.losses import Loss
from tocsin.export.mapped import Lookups
from tocsin.export.seen import place_kind


def _claim(low: int | None, high: int | None, quote: str, *, vague: bool = False) -> Claim:
    return Claim("participants", low, high, vague, None, Span.unplaced(quote))


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ([], "no report"),
        ([_claim(400, 400, "400 people")], "400"),
        ([_claim(400, 400, "about 400", vague=True)], "about 400"),
        ([_claim(400, None, "over 400")], "at least 400"),
        ([_claim(None, 2000, "up to 2,000")], "up to 2,000"),
        ([_claim(300, 400, "300 to 400")], "between 300 and 400"),
        ([_claim(200, 999, "Hundreds", vague=True)], "hundreds"),
        ([_claim(400, 400, "400"), _claim(900, 900, "900")], "between 400 and 900"),
        ([_claim(400, 400, "400"), _claim(400, None, "over 400")], "at least 400"),
    ],
)
def test_a_crowd_is_written_as_acled_writes_it(claims: list[Claim], words: str) -> None:
    assert crowd_size(claims) == words


def test_cells_of_the_grid_are_counted_from_the_south_west() -> None:
    assert priogrid_cell(-90, -180) == 1
    assert priogrid_cell(-89.6, -179.6) == 1
    assert priogrid_cell(-90, 180) == 720
    assert priogrid_cell(90, 180) == 259_200


@pytest.mark.parametrize(
    ("days", "precision", "code"),
    [(1, "day", 1), (2, "day", 2), (6, "day", 2), (7, "day", 3), (7, "week", 3), (31, "month", 4), (90, "day", 5)],
)
def test_how_well_a_day_is_known_as_ucdp_codes_it(days: int, precision: str, code: int) -> None:
    start = date(2020, 8, 1)
    assert date_precision(DateRange(start, start + timedelta(days=days - 1), precision, "stated")) == code


@given(st.text(min_size=1))
def test_the_number_of_an_event_fits_a_signed_integer(event: str) -> None:
    assert 0 <= event_number(event) < 2**63


def test_protests_are_numbered_within_their_country_and_year() -> None:
    march = next(document for document in cases()["document"] if document["id"] == "radio-1")
    again = {**march, "id": "radio-9", "mention": [{**march["mention"][0], "event": "later", "start": date(2020, 9, 1),
                                                   "end": date(2020, 9, 1)}]}  # fmt: skip
    rows, _ = made("mm", happenings_from([again, march]))
    assert {row["id"]: row["protestnumber"] for row in rows} == {"march": 1, "later": 2}


def test_stoppages_of_one_dispute_are_one_row_in_which_nobody_is_counted_twice() -> None:
    strike = next(document for document in cases()["document"] if document["id"] == "radio-2")
    second = {**strike["mention"][0], "event": "second", "start": date(2020, 9, 1), "end": date(2020, 9, 1)}
    again = {
        **strike,
        "id": "radio-8",
        "mention": [{**second, "claims": [["participants", 100, 300, True, "Hundreds"]]}],
    }
    first, later = sorted(happenings_from([strike, again]), key=lambda one: str(one.event.date.start))
    relation = Relation(DISPUTE, first.event.id, later.event.id, "one employer and one demand")
    pair = [replace(one, relations=(relation,)) for one in (later, first)]
    (row,), losses = made("ilo", pair)
    assert (row["dispute"], row["actions"], row["actions_counted"]) == ("strike", 2, 2)
    assert (row["workers_involved_low"], row["workers_involved_high"]) == (200, 999 + 300)
    assert (row["days_not_worked_low"], row["days_not_worked_high"]) == (200 * 2 + 100, 999 * 3 + 300)
    assert (row["start"], row["end"]) == ("2020-08-17", "2020-09-01")
    assert [loss.what for loss in losses if loss.column == "dispute" and "second" in loss.what]


def test_a_total_of_deaths_has_a_row_only_where_none_of_those_is_known() -> None:
    (death,) = [one for one in golden() if one.event.id == "death"]
    total = replace(death, event=replace(death.event, id="all", scope="total"))
    rows, _ = made("ged", [total])
    assert [row["event_clarity"] for row in rows] == [2]
    covers = Relation(COVERS, "all", "death", "its days and place")
    rows, losses = made("ged", [replace(total, relations=(covers,)), death])
    assert [row["id"] for row in rows] == ["death"]
    assert [loss.what for loss in losses if loss.row == "all" and "a total of death, which have rows" in loss.what]


def _always(kind: str, place: Place) -> str:
    return kind


def test_what_a_place_is_decides_how_well_it_is_known() -> None:
    for kind, code in (("settlement", "1"), ("county", "2"), ("region", "3"), ("area", "3"), ("country", "3")):
        rows = list(acled_rows(golden(), Lookups(precise=partial(_always, kind))))
        assert {row["geo_precision"] for row in rows if not isinstance(row, Loss)} == {code}


@pytest.mark.parametrize(
    ("name", "admin1", "kind"),
    [("Belarus", None, "country"), ("Brest Region", "Brest Region", "region"), ("Brest", "Brest Region", "settlement")],
)
def test_without_an_index_name_and_region_tell_what_a_place_is(name: str, admin1: str | None, kind: str) -> None:
    place = Place(None, name, "BY", admin1)
    assert place_kind(place, load_countries(), Lookups().precise) == kind


def test_a_crowd_that_is_too_small_has_no_row_in_mass_mobilization() -> None:
    march = next(document for document in cases()["document"] if document["id"] == "radio-1")
    few = {**march, "mention": [{**march["mention"][0], "claims": [["participants", 40, 40, True, "About 100,000"]]}]}
    rows, losses = made("mm", happenings_from([few]))
    assert not rows
    assert "fewer than 50" in losses[0].what


# ---- FollowTheMoney, by the model of its package (4.11)

FTM_EVENT = {
    "id": "id", "name": "name", "startDate": "date", "endDate": "date", "date": "date", "country": "country",
    "location": "address", "keywords": "string", "recordId": "string", "notes": "text", "description": "text",
    "proof": "entity",
}  # fmt: skip
FTM_ARTICLE = {
    "id": "id", "name": "name", "title": "string", "publisher": "string", "author": "string", "publishedAt": "date",
    "sourceUrl": "url", "language": "language",
}  # fmt: skip


def test_statements_are_of_properties_that_their_schema_has() -> None:
    rows, _ = made("ftm", golden())
    for row in rows:
        assert row["prop_type"] == {"Event": FTM_EVENT, "Article": FTM_ARTICLE}[row["schema"]][row["prop"]]
        key = f"tocsin.{row['entity_id']}.{row['prop']}.{row['value']}"
        assert row["id"] == sha1(key.encode(), usedforsecurity=False).hexdigest()
    assert len({row["id"] for row in rows}) == len(rows)


def test_an_entity_that_is_the_proof_of_another_is_there_itself() -> None:
    rows, _ = made("ftm", golden())
    there = {row["entity_id"] for row in rows if row["prop"] == "id"}
    named = {row["entity_id"] for row in rows if row["prop"] == "name"}
    assert {row["value"] for row in rows if row["prop"] == "proof"} <= there == named


def _riot_with_a_death(actors: list[str]) -> list[Happening]:
    text = "Rioters burned the town hall of Brest on 1 September. Two of them died there, shot by police or by a beam."
    day = {"start": date(2020, 9, 1), "end": date(2020, 9, 1), "basis": "stated", "place": "Brest"}
    riot = {**day, "event": "riot", "type": "riot", "sentences": [text.split(". ")[0] + "."], "trigger": "burned"}
    death = {**day, "event": "dead", "type": "killing", "sentences": [text.split(". ")[1]], "trigger": "died"}
    death |= {"actors": actors, "within": "riot", "claims": [["affected", 2, 2, False, "Two of them"]]}
    return happenings_from([{"id": "d", "publisher": "Paper", "text": text, "mention": [riot, death]}])


def test_only_those_whom_the_authorities_killed_are_an_answer_of_the_state() -> None:
    for actors, response in (([], "."), (["authority: police"], "killings")):
        (row,), _ = made("mm", _riot_with_a_death(actors))
        assert row["stateresponse1"] == response


def test_the_dead_of_a_riot_are_told_in_its_row() -> None:
    (row,), losses = made("acled", _riot_with_a_death([]))
    assert (row["sub_event_type"], row["fatalities"], row["actor2"]) == ("Violent demonstration", 2, None)
    assert [loss.row for loss in losses if loss.done == "told in another row"] == ["dead"]
    (row,), _ = made("ccc", _riot_with_a_death([]))
    assert (row["participant_deaths"], row["police_deaths"]) == (2, None)


def test_an_attack_that_hit_nobody_is_no_violence_against_civilians() -> None:
    text = "Somebody burned the depot of the town hall in Brest on 1 September."
    mention = {"event": "fire", "type": "attack", "sentences": [text], "trigger": "burned", "place": "Brest",
               "start": date(2020, 9, 1), "end": date(2020, 9, 1), "means": ["arson"]}  # fmt: skip
    (row,), _ = made("acled", happenings_from([{"id": "d", "publisher": "Paper", "text": text, "mention": [mention]}]))
    assert (row["event_type"], row["sub_event_type"]) == ("Strategic developments", "Looting/property destruction")
    assert (row["actor2"], row["civilian_targeting"], row["fatalities"]) == (None, None, None)
