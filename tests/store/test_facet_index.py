"""What is chosen in memory is what the same words choose everywhere else, after any changes; counts add up."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.datamodel.facets import FACETS, EventRow
from tocsin.datamodel.mention import DateRange, Place
from tocsin.datamodel.where import STATUSES, UNKNOWN, Facts, Term, Where, holds
from tocsin.store.facet_index import MOST_FRESH, FacetView
from tocsin.store.facets import dumps, loads

DAYS = st.integers(0, 40).map(lambda n: date(2020, 8, 1) + timedelta(n))
NAMES = {
    "type": st.sampled_from(["strike", "detention"]),
    "modality": st.sampled_from(["occurred", "ongoing", "planned"]),
    "scope": st.sampled_from(["single", "total"]),
    "status": st.sampled_from(STATUSES),
    "country": st.sampled_from(["BY", "by", "US", UNKNOWN]),
    "region": st.sampled_from(["Minsk", UNKNOWN]),
    "place": st.sampled_from(["Minsk", "Brest", UNKNOWN]),
    "publisher": st.sampled_from(["Free Radio", "FREE RADIO", "", UNKNOWN]),
    "speaker": st.sampled_from(["union", "police", UNKNOWN]),
}


@st.composite
def _facts(draw: st.DrawFn) -> Facts:
    first = draw(st.none() | DAYS)
    length = draw(st.none() | st.integers(0, 5))
    last = None if first is None or length is None else first + timedelta(length)
    places = draw(st.lists(st.sampled_from([("Minsk", "BY", "Minsk"), ("Brest", "BY", None), ("?", "", None)])))
    numbers = st.none() | st.sampled_from([0, 10, 400, 1e6])
    return Facts(
        draw(NAMES["type"]),
        draw(NAMES["modality"]),
        draw(NAMES["scope"]),
        DateRange(first, last, "day", "stated"),
        tuple(Place(None, *place) for place in places),
        frozenset(draw(st.lists(st.sampled_from(["Free Radio", "Agency", ""]), max_size=2))),
        frozenset(draw(st.lists(st.sampled_from(["union", "police"]), max_size=2))),
        draw(NAMES["status"]),
        tuple(
            (name, draw(numbers)) for name in draw(st.lists(st.sampled_from(["participants", "killed"]), max_size=2))
        ),
    )


@st.composite
def _terms(draw: st.DrawFn) -> Term:
    word = draw(st.sampled_from([*NAMES, "day", "from", "to", "participants", "killed"]))
    if word in NAMES:
        values = tuple(draw(st.lists(NAMES[word], min_size=1, max_size=2)))
        return Term(word, draw(st.sampled_from(["=", "!="])), values)
    if word in ("day", "from", "to"):
        return Term(word, "=", (draw(DAYS).isoformat(),))
    return Term(word, draw(st.sampled_from(["=", "!=", ">", ">=", "<", "<="])), (draw(st.sampled_from(["10", "400"])),))


ROWS = st.dictionaries(st.integers(0, 15).map(lambda n: f"e-{n:02}"), st.none() | _facts(), max_size=16)


def _row(name: str, facts: Facts | None) -> EventRow | None:
    if facts is None:
        return None
    figures = tuple((attribute, None, None, number, None, 1) for attribute, number in facts.numbers)
    return EventRow(name, facts, figures, 2, 1, 53.9, None)


@settings(deadline=None, max_examples=150)
@given(st.lists(ROWS, max_size=4), st.lists(_terms(), max_size=3))
def test_what_is_chosen_is_what_the_words_mean(changes: list[dict[str, Facts | None]], terms: list[Term]) -> None:
    view, model = FacetView(), dict[str, EventRow]()
    for number, change in enumerate(changes):
        rows = {name: _row(name, facts) for name, facts in change.items()}
        view.update(number + 1, rows.items())
        model |= {name: row for name, row in rows.items() if row is not None}
        for name in [name for name, row in rows.items() if row is None]:
            model.pop(name, None)
    where = Where(tuple(terms))
    meant = {name for name, row in model.items() if holds(where, row.facts)}
    assert {row.event for row in view.chosen(where)} == meant
    page = view.page(where, limit=5)
    assert page.total == len(meant)
    assert list(page.rows) == list(view.chosen(where))[:5]
    for facet in ("type", "status", "modality", "scope", "month"):
        others = Where(tuple(term for term in terms if term.word != facet))
        if facet != "month":
            counted = Counter(str(getattr(row.facts, facet)) for row in model.values() if holds(others, row.facts))
            assert dict(page.counts[facet]) == counted
    assert set(page.counts) == set(FACETS)


@settings(deadline=None, max_examples=50)
@given(ROWS, st.sampled_from(["day", "-day", "participants"]), st.integers(0, 6), st.integers(1, 5))
def test_pages_of_any_order_follow_each_other(
    rows: dict[str, Facts | None], order: str, offset: int, limit: int
) -> None:
    made = {name: row for name, facts in rows.items() if (row := _row(name, facts)) is not None}
    half = len(made) // 2
    names = sorted(made)
    one, two = FacetView(), FacetView()
    one.update(1, made.items())
    two.update(1, [(name, made[name]) for name in names[:half]])
    two.update(2, [(name, made[name]) for name in names[half:]])
    whole = one.page(Where(), limit=100, order=order).rows
    assert len(whole) == len(made)
    for view in (one, two):
        assert view.page(Where(), offset=offset, limit=limit, order=order).rows == whole[offset : offset + limit]
    if order == "participants":
        numbers = [max((n for a, n in row.facts.numbers if a == order and n is not None), default=-1) for row in whole]
        assert numbers == sorted(numbers, reverse=True)


def test_many_changes_are_taken_into_the_arrays() -> None:
    facts = Facts("strike", "occurred", "single", DateRange(), (), frozenset(), frozenset(), "open", ())
    rows = [(f"e-{n}", _row(f"e-{n}", facts)) for n in range(MOST_FRESH + 5)]
    view = FacetView()
    view.update(1, rows)
    view.update(2, [("e-0", None), ("e-1", _row("e-1", facts))])
    page = view.page(Where(), limit=3)
    assert page.total == MOST_FRESH + 4
    assert page.counts["type"] == (("strike", MOST_FRESH + 4),)
    assert page.counts["place"] == ((UNKNOWN, MOST_FRESH + 4),)


@given(_facts())
def test_a_row_comes_back_as_it_was(facts: Facts) -> None:
    row = _row("e-1", facts)
    assert row is not None and loads("e-1", dumps(row)) == row
