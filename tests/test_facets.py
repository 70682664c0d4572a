"""The rows of a record are its events as export has them, brought up to date by what was decided since."""

from dataclasses import replace
from pathlib import Path

import pytest

from tocsin.datamodel import Place
from tocsin.datamodel.where import Where, facts_of
from tocsin.examples import example_folder
from tocsin.exporting.happenings import Chosen, chosen_events, tell_events
from tocsin.facets import refresh_facets
from tocsin.pipeline import RunOptions, Settings, link_record, run
from tocsin.store.facet_index import FacetView
from tocsin.store.record import Record, open_record


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("facets") / "r.tocsin"
    with open_record(path) as record:
        run([example_folder()], record, RunOptions(Settings(extractor="rules"), link=True))
    return path


def _check(record: Record, view: FacetView) -> None:
    link_record(record)
    refresh_facets(record)
    view.update(*record.changed_rows(view.last))
    events = chosen_events(record, Chosen())
    shown = view.chosen(Where())
    assert [row.event for row in shown] == [event.id for event in events]
    for row, happening in zip(shown, tell_events(record, events, Chosen()), strict=True):
        facts = facts_of(happening)
        plain = tuple(Place(None, place.name, place.country, place.admin1) for place in facts.places)
        assert row.facts == replace(facts, places=plain)
        assert row.mentions == len(happening.tellings)
    assert refresh_facets(record) == 0


def test_rows_are_the_events_as_they_are_exported_whatever_is_decided(linked: Path) -> None:
    view = FacetView()
    with open_record(linked) as record:
        _check(record, view)
        mentions = [m.id for coded in record.coded() for m in coded.mentions]
        record.decide("accept", mentions[0], reviewer="Ann")
        record.decide("reject", mentions[1], reviewer="Ann")
        record.set(mentions[2], {"modality": "planned"}, reviewer="Ann")
        _check(record, view)
        one, two = (str(record.event_of(name)) for name in (mentions[3], mentions[-1]))
        record.merge(one, two, reviewer="Ann")
        _check(record, view)
        record.drop(mentions[5], reviewer="Ann")
        _check(record, view)
        record.go(None, reviewer="Ann")
        _check(record, view)


def test_a_decision_costs_the_events_that_it_touches(linked: Path) -> None:
    with open_record(linked) as record:
        link_record(record)
        refresh_facets(record)
        mention = next(m.id for coded in record.coded() for m in coded.mentions)
        record.decide("accept", mention, reviewer="Ben")
        link_record(record)
        assert refresh_facets(record) == 1


def test_rows_made_under_another_policy_are_made_anew(linked: Path) -> None:
    view = FacetView()
    with open_record(linked) as record:
        link_record(record)
        assert refresh_facets(record, Chosen(policy="conservative")) == len(record.events())
        view.update(*record.changed_rows())
        events = chosen_events(record, Chosen(policy="conservative"))
        best = {event.id: tuple((f.attribute, f.best) for f in event.figures) for event in events}
        assert {row.event: row.facts.numbers for row in view.chosen(Where())} == best
