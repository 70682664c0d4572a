"""The sums of the page: the rule is named, the unknown is counted, and every rule has its line."""

from datetime import date

from tests.report.told import event_of, people, told

from tocsin.codebook.types import Vocabulary
from tocsin.datamodel.headline import Headline, Mover, PolicySum
from tocsin.report import render_report
from tocsin.report.headlines import make_headlines
from tocsin.report.rows import make_rows

DOCUMENT = told("Minsk", date(2020, 8, 16))
EVENT = event_of(DOCUMENT, figure=people(10_000, 37_500, 65_000, voices=2))
HEADLINE = Headline(
    "demonstration",
    "participants",
    None,
    "median",
    3,
    (
        PolicySum("range", 10_000, 37_500, 65_000, 1),
        PolicySum("median", 10_000, 37_500, None, 1),
        PolicySum("organisers", None, None, None, 0),
    ),
    (Mover(EVENT.id, 10_000, "conservative", 65_000, "officials"),),
)


def test_a_sum_names_its_rule_and_how_many_it_stands_on(vocabulary: Vocabulary) -> None:
    rows = make_rows([DOCUMENT], vocabulary, countries=frozenset())
    (row,) = make_headlines([HEADLINE], {EVENT.id: EVENT}, rows)
    assert (row.kind, row.counted, row.best, row.interval) == ("Demonstration", "took part", "37,500", "10,000+")
    assert row.rule == "the median of voices"
    assert row.known == "1 of 3 happenings; of the other 2 no number is known"
    assert [(line.shown, line.chosen, bool(line.outline)) for line in row.lines] == [
        ("37,500", False, True),
        ("37,500", True, True),
        ("no number", False, False),
    ]
    assert "L" in row.lines[1].outline, "an open end ends in a point"
    assert [mover.words for mover in row.movers] == [
        "Demonstration, place not given, 16 Aug 2020: 10,000 by the lowest stated, 65,000 by officials alone"
    ]
    assert row.movers[0].mention == 0


def test_it_stands_on_the_page_only_where_something_is_known(vocabulary: Vocabulary) -> None:
    assert "What it comes to" in render_report([DOCUMENT], vocabulary, events=[EVENT], headlines=[HEADLINE])
    assert "What it comes to" not in render_report([DOCUMENT], vocabulary, events=[EVENT])
    unknown = Headline(
        "demonstration", "participants", None, "median", 3, (PolicySum("median", None, None, None, 0),), ()
    )
    assert "What it comes to" not in render_report([DOCUMENT], vocabulary, events=[EVENT], headlines=[unknown])


def test_mentions_of_one_event_stand_together_with_what_they_come_to(vocabulary: Vocabulary) -> None:
    other = told("Minsk again", date(2020, 8, 17), publisher="Post")
    event = event_of(DOCUMENT, other, figure=people(10_000, 37_500, 65_000, voices=2))
    page = render_report([DOCUMENT, other, told("Brest", date(2020, 8, 16))], vocabulary, events=[event])
    assert page.count("One happening, in 2 reports.") == 1
    assert "Took part: 37,500 (10,000–65,000), 2 voices, median of voices." in page
