"""Rows of others' data sets become documents whose every value stands on a cell; nothing known is never zero."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.imports.conftest import ImportRow

from tocsin.datamodel import CodedDocument, Mention
from tocsin.datamodel.coded import spans
from tocsin.datamodel.verdict import FAILED, REFUSED, ReadVerdict

ACLED = {
    "event_id_cnty": "BLR1", "event_date": "16 August 2020", "time_precision": "1",
    "sub_event_type": "Peaceful protest", "country": "Belarus", "location": "Minsk",
}  # fmt: skip
CCC = {"date": "2020-06-06", "locality": "Duluth", "state": "MN", "type": "rally"}
MM = {"id": "1", "country": "Kenya", "protest": "1", "startday": "4", "startmonth": "3", "startyear": "1999"}
MAVERICK = {"id": "r-1", "event_id": "CIV-1", "country": "Kenya", "date_start": "2007-12-30", "event_context": "x"}
CSV = {"id": "1", "start": "2020-08-16", "type": "march", "country": "Belarus"}


def _coded(made: CodedDocument | ReadVerdict) -> CodedDocument:
    assert isinstance(made, CodedDocument), made
    return made


def _told(made: CodedDocument | ReadVerdict) -> dict[str, Mention]:
    return {mention.type: mention for mention in _coded(made).mentions}


def _claims(mention: Mention) -> list[tuple[Any, ...]]:
    return [(c.attribute, c.low, c.high, c.approx, c.span.quote) for c in mention.claims]


def test_the_text_is_the_row_and_every_quote_a_cell_of_it(import_row: ImportRow) -> None:
    made = _coded(import_row("acled", **ACLED, notes="Crowds\nwalked.", admin1="", tags="crowd size=around 200; women"))
    text = made.document.text
    assert text == "\n".join(f"{k}: {v}" for k, v in ACLED.items()) + "\nnotes: Crowds\nwalked.\ntags: " + (
        "crowd size=around 200; women"
    )
    assert made.document.publisher == "ACLED"
    assert made.document.published is None
    for mention in made.mentions:
        assert all(text[span.start : span.end] == span.quote for span in spans(mention))
        assert all(any(one.sentence.covers(span) for one in mention.evidence) for span in spans(mention))
        assert mention.evidence[0].sentence.quote == "sub_event_type: Peaceful protest"
        assert mention.evidence[-1].sentence.quote == "Crowds\nwalked."


@pytest.mark.parametrize(
    ("tags", "claims"),
    [
        ("crowd size=around 200", [("participants", 200, 200, True, "around 200")]),
        ("a tag; crowd size=hundreds; another", [("participants", 200, 999, True, "hundreds")]),
        ("crowd size=no report", []),
        ("crowd size=", []),
        ("", []),
        ("counter-demonstration", []),
    ],
)
def test_the_size_of_a_crowd_stands_among_acleds_tags(import_row: ImportRow, tags: str, claims: list[Any]) -> None:
    assert _claims(_told(import_row("acled", **ACLED, tags=tags))["demonstration"]) == claims


@pytest.mark.parametrize(("deaths", "told"), [("0", None), ("", None), ("2", (2, 2))])
def test_no_report_of_deaths_is_no_claim_of_none(import_row: ImportRow, deaths: str, told: Any) -> None:
    killing = _told(import_row("acled", **ACLED, fatalities=deaths)).get("killing")
    assert (killing and (killing.claims[0].low, killing.claims[0].high)) == told


@pytest.mark.parametrize(
    ("cells", "claims"),
    [
        # What the Consortium makes of its own words is left to the convention; the words are kept.
        (
            {"size_text": "hundreds", "size_low": "200", "size_high": "200"},
            [("participants", 200, 999, True, "hundreds")],
        ),
        ({"size_text": "60+", "size_low": "60", "size_high": "60"}, [("participants", 60, None, False, "60+")]),
        ({"size_low": "50", "size_high": "90"}, [("participants", 50, 90, False, "50\nsize_high: 90")]),
        ({"size_text": "a crowd", "size_low": "50", "size_high": "50"}, [("participants", 50, 50, False, "50")]),
        ({"size_low": "1,200", "size_high": ""}, [("participants", 1200, None, False, "1,200")]),
        ({"size_text": "large", "size_low": "NA", "size_high": "NA", "size_cat": "0"}, []),
        ({"size_low": "0", "size_high": "0"}, []),
    ],
)
def test_ccc_sizes_are_intervals(import_row: ImportRow, cells: dict[str, str], claims: list[Any]) -> None:
    assert _claims(_told(import_row("ccc", **CCC, **cells))["demonstration"]) == claims


@pytest.mark.parametrize("arrests", ["", "0", "NA", "unspecified"])
def test_a_blank_is_not_no_arrests_and_unclear_is_not_arrests(import_row: ImportRow, arrests: str) -> None:
    assert set(_told(import_row("ccc", **CCC, arrests=arrests, arrests_any="1"))) == {"demonstration"}


def test_arrests_are_a_detention_within_the_protest(import_row: ImportRow) -> None:
    told = _told(import_row("ccc", **CCC, arrests="at least 12"))
    assert _claims(told["detention"]) == [("affected", 12, None, False, "at least 12")]
    assert told["detention"].context == told["demonstration"].id


@pytest.mark.parametrize(
    ("cells", "claims"),
    [
        ({"participants": "1000s", "participants_category": "2000-4999"}, [(2000, 9999, "1000s")]),
        ({"participants": ".", "participants_category": "100-999"}, [(100, 999, "100-999")]),
        ({"participants": "a group", "participants_category": ">10000"}, [(10000, None, ">10000")]),
        ({"participants": ".", "participants_category": "."}, []),
    ],
)
def test_mm_sizes_are_words_or_a_category(import_row: ImportRow, cells: dict[str, str], claims: list[Any]) -> None:
    (mention,) = _coded(import_row("mm", **MM, **cells)).mentions
    assert [(c.low, c.high, c.span.quote) for c in mention.claims] == claims


def test_mm_demands_and_responses(import_row: ImportRow) -> None:
    told = _told(
        import_row(
            "mm", **MM, protesterviolence="1", protesterdemand1="price increases, tax policy", protesterdemand2=".",
            stateresponse1="arrests", stateresponse2="beatings", stateresponse3="shootings", stateresponse4="ignore",
            stateresponse5="accomodation", stateresponse6="killings",
        )
    )  # fmt: skip
    assert [span.quote for span in told["riot"].demands] == ["price increases, tax policy"]
    assert set(told) == {"riot", "detention", "force", "concession", "killing"}
    assert (told["force"].means, told["force"].evidence[0].trigger.quote) == (("live_fire",), "shootings")
    assert all(told[one].context == told["riot"].id for one in told if one != "riot")


@pytest.mark.parametrize(
    ("day", "wanted"),
    [("4", ("1999-03-04", "1999-03-04", "day")), (".", ("1999-03-01", "1999-03-31", "month"))],
)
def test_days_that_are_not_known_are_a_month(import_row: ImportRow, day: str, wanted: tuple[str, ...]) -> None:
    cells = {**MM, "startday": day, "endday": day, "endmonth": "3", "endyear": "1999"}
    (mention,) = _coded(import_row("mm", **cells)).mentions
    assert (str(mention.date.start), str(mention.date.end), mention.date.precision) == wanted


def test_mavericks_ids_days_and_intervals(import_row: ImportRow) -> None:
    cells = MAVERICK | {
        "date_end": "2008-01-02", "deaths_best": "8", "deaths_low": "5", "deaths_high": "10", "actor1": "Youths",
        "actor1_type": "Non-state actor", "actor1_perpetrator": "1", "actor2": "Officers",
        "actor2_type": "Security force", "actor2_victim": "1", "injuries_best": "0",
    }  # fmt: skip
    made = _coded(import_row("maverick", **cells))
    told = _told(made)
    assert made.collection and told["attack"].event == "MAVERICK CIV-1"
    assert (told["attack"].date.precision, told["attack"].claims) == ("week", ())
    assert [(a.role, a.span.quote) for a in told["attack"].actors] == [
        ("authority", "Officers"),
        ("participant", "Youths"),
    ]
    assert _claims(told["killing"]) == [("affected", 5, 10, False, "5\ndeaths_high: 10")]


def test_a_range_with_none_in_it_is_no_report_of_a_killing(import_row: ImportRow) -> None:
    assert "killing" not in _told(import_row("maverick", **MAVERICK, deaths_best="0", deaths_low="0", deaths_high="3"))


def test_in_your_own_table_a_zero_is_none_if_the_mapping_says_so(import_row: ImportRow) -> None:
    (mention,) = _coded(import_row("csv", **CSV, participants="about 400", said_by="the union", injured="0")).mentions
    assert (mention.type, mention.form) == ("demonstration", "march")
    assert _claims(mention) == [("participants", 400, 400, True, "about 400"), ("injured", 0, 0, False, "0")]
    assert [speaker.span.quote for speaker in mention.claims[0].said_by] == ["the union"]


def test_a_place_is_that_of_the_row_and_its_region(import_row: ImportRow) -> None:
    (mention,) = _coded(import_row("ccc", **CCC)).mentions
    (place,) = mention.places
    assert (place.name, place.country, place.admin1, place.geonameid) == ("Duluth", "US", "MN", 5024719)
    (other,) = _coded(import_row("ccc", **{**CCC, "state": "GA"})).mentions
    assert other.places[0].lat is not None and other.places[0].lat < 35


def test_coordinates_of_the_row_go_before_those_of_the_index(import_row: ImportRow) -> None:
    (mention,) = _coded(import_row("acled", **ACLED, latitude="52.1", longitude="23.7")).mentions
    (place,) = mention.places
    assert (place.lat, place.lon, place.geonameid) == (52.1, 23.7, None)


@pytest.mark.parametrize(
    ("name", "cells", "reason"),
    [
        ("acled", {**ACLED, "event_date": "31 September 2020"}, "is no day by the formats"),
        ("acled", {**ACLED, "country": "Ruritania"}, "is no country; .*add it to"),
        ("acled", {**ACLED, "latitude": "95", "longitude": "1"}, "is no coordinate"),
        ("acled", {**ACLED, "event_id_cnty": ""}, "is blank, so that the row has no name"),
        ("ccc", {**CCC, "size_low": "many"}, "is no number"),
        ("ccc", {**CCC, "size_low": "90", "size_high": "50"}, "turn them round"),
        ("mm", {**MM, "endday": "1", "endmonth": "1", "endyear": "1999"}, "before the first"),
    ],
)
def test_a_bad_row_is_a_verdict_that_says_why(
    import_row: ImportRow, name: str, cells: dict[str, str], reason: str
) -> None:
    made = import_row(name, **cells)
    assert isinstance(made, ReadVerdict)
    assert (made.status, made.source) == (FAILED, "file, line 2")
    assert re.search(reason, made.reason), made.reason


@pytest.mark.parametrize(
    ("name", "cells"), [("acled", {**ACLED, "sub_event_type": "Armed clash"}), ("mm", {**MM, "protest": "0"})]
)
def test_what_is_no_contention_is_left_out_with_a_word(import_row: ImportRow, name: str, cells: dict[str, str]) -> None:
    made = import_row(name, **cells)
    assert isinstance(made, ReadVerdict) and made.status == REFUSED
    assert "tells no happening" in made.reason


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_cells_hold_quotes_stand_or_a_verdict_says_why(data: st.DataObject, import_row: ImportRow) -> None:
    name, base = data.draw(st.sampled_from([("acled", ACLED), ("ccc", CCC), ("mm", MM), ("csv", CSV)]))
    odd = st.one_of(
        st.text(max_size=12), st.sampled_from(["0", "-1", "1e400", "nan", ".", "crowd size=;", "１２", "²"])
    )
    extra = ["tags", "fatalities", "size_text", "size_low", "size_high", "participants", "stateresponse1", "lat", "lon"]
    cells = {**base, **data.draw(st.dictionaries(st.sampled_from([*base, *extra]), odd, max_size=4))}
    made = import_row(name, **{column: cell.strip() for column, cell in cells.items()})
    if isinstance(made, CodedDocument):
        for mention in made.mentions:
            for span in spans(mention):
                assert made.document.text[span.start : span.end] == span.quote
            for claim in mention.claims:
                assert claim.low is None or claim.high is None or claim.low <= claim.high
