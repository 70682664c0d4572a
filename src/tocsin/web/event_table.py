"""The table of events, narrowed by facets, with a map and a timeline; each state of it is an address."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from tocsin.codebook.loader import load_codebook
from tocsin.datamodel import Claim, Span
from tocsin.datamodel.facets import FACETS, EventRow, FacetPage
from tocsin.datamodel.where import UNKNOWN, Term, Where
from tocsin.exporting.happenings import choice_of
from tocsin.report.words import claim_words, counted_words, name_words, range_words
from tocsin.web.asked import TheDesk as D
from tocsin.web.cards import colour_of
from tocsin.web.desk import Desk
from tocsin.web.events import map_data
from tocsin.web.render import render
from tocsin.web.tables import PAGE, Lines, Start

router = APIRouter()

#: Values of a facet that are shown; the others are reached by writing them.
VALUES = 12
#: Figures of an event in its row.
FIGURES = 2
#: Places that the map shows, those with most events.
PLACES = 300
_TABLES = {"type": "types", "modality": "modalities", "scope": "scopes", "speaker": "kinds"}
_ORDERS = ("day", "-day", "participants", "affected")


@dataclass(frozen=True, slots=True)
class Row:
    """One event as the table shows it."""

    event: str
    kind: str
    colour: int
    when: str
    where: str
    figures: str
    tags: tuple[str, ...]
    status: str
    mentions: int
    documents: int


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: how many events have it, and the address that takes it in or out."""

    words: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the timeline; `at`, `width` and `height` in units of its own."""

    name: str
    count: int
    address: str
    at: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class EventTable:
    """What the table of events shows."""

    rows: tuple[Row, ...]
    total: int
    start: int
    where: str
    order: str
    facets: tuple[tuple[str, tuple[Value, ...], int], ...]
    months: tuple[Month, ...]
    terms: tuple[tuple[str, str], ...]


def event_table(desk: Desk, where: str, start: int, order: str) -> EventTable:
    """Return a page of the table of events.

    Args:
        desk: whose record.
        where: the choice, as it is written.
        start: how many to pass over.
        order: one of `day`, `-day` or an attribute.

    Raises:
        UsageError: what is written is no choice.
    """
    choice = _choice(desk, where)
    with desk.open() as record:
        page = desk.facets.page(record, desk.settings, choice, offset=start, limit=PAGE, order=order)
    vocabulary = load_codebook(desk.settings.codebook).vocabulary
    return EventTable(
        rows=tuple(_row(one, colour_of(one.facts.type, vocabulary)) for one in page.rows),
        total=page.total,
        start=start,
        where=str(choice),
        order=order,
        facets=tuple(_facet(name, page, choice, order) for name in FACETS),
        months=tuple(_months(page, choice, order)),
        terms=tuple((_term_words(term), _address(_without(choice, term), order)) for term in choice.terms),
    )


Order = Annotated[str, Query(pattern="^(" + "|".join(_ORDERS) + ")$")]


@router.get("/events.json")
def events_json(desk: D, where: Lines = "", start: Start = 0, order: Order = "-day") -> dict[str, Any]:
    """Return a page of the table of events."""
    return asdict(event_table(desk, where, start, order))


@router.get("/events", response_class=HTMLResponse)
def events_page(request: Request, desk: D, where: Lines = "", start: Start = 0, order: Order = "-day") -> HTMLResponse:
    """Show the table of events."""
    view = event_table(desk, where, start, order)
    return render(request, "events.html", view=view, page=PAGE, orders=_ORDERS)


@router.get("/events/map", response_class=HTMLResponse)
def events_map(request: Request, desk: D, where: Lines = "") -> HTMLResponse:
    """Show where the chosen events were, as a part of the page."""
    choice = _choice(desk, where)
    with desk.open() as record:
        rows = desk.facets.chosen(record, desk.settings, choice)
    places: Counter[tuple[str, float, float]] = Counter()
    for one in rows:
        if one.lat is not None and one.lon is not None and one.facts.places:
            places[one.facts.places[0].name, one.lat, one.lon] += 1
    points = [(name, lat, lon, count) for (name, lat, lon), count in places.most_common(PLACES)]
    data = map_data(points)
    if data is not None:
        data["points"] = [
            [*point, _address(_with(choice, Term("place", "=", (point[0],))), "-day")] for point in data["points"]
        ]
    return render(request, "map.html", map=data)


def _choice(desk: Desk, where: str) -> Where:
    return choice_of([where] if where.strip() else [], desk.settings)


def _row(one: EventRow, colour: int) -> Row:
    facts = one.facts
    told = sorted((figure for figure in one.figures if figure[3] is not None), key=lambda figure: -(figure[5]))
    figures = []
    for attribute, unit, _, best, _, _ in told[:FIGURES]:
        claim = Claim(attribute, best, best, False, unit, Span.unplaced(""))
        figures.append(f"{claim_words(claim)} {counted_words(claim, facts.type)}".strip())
    usual = (("modalities", facts.modality, "occurred"), ("scopes", facts.scope, "single"))
    return Row(
        one.event,
        name_words("types", facts.type),
        colour,
        range_words(facts.date, facts.modality),
        ", ".join(dict.fromkeys(place.name for place in facts.places)),
        ", ".join(figures),
        tuple(name_words(table, name) for table, name, expected in usual if name != expected),
        facts.status,
        one.mentions,
        one.documents,
    )


def _facet(name: str, page: FacetPage, choice: Where, order: str) -> tuple[str, tuple[Value, ...], int]:
    held = page.counts[name]
    values = []
    for value, count in held[:VALUES]:
        terms = _terms(name, value)
        chosen = all(term in choice.terms for term in terms)
        changed = choice
        for term in terms:
            changed = _without(changed, term) if chosen else _with(changed, term)
        words = name_words(_TABLES[name], value) if name in _TABLES else value
        values.append(Value(words, count, _address(changed, order), chosen))
    return name, tuple(values), len(held) - len(values) + page.more[name]


def _terms(facet: str, value: str) -> tuple[Term, ...]:
    """Return what chooses a value of a facet; months are days from the first to the last."""
    if facet != "month":
        return (Term(facet, "=", (value,)),)
    if value == UNKNOWN:
        return (Term("day", "=", (UNKNOWN,)),)
    year, month = (int(part) for part in value.split("-"))
    return Term("from", "=", (f"{value}-01",)), Term("to", "=", (f"{value}-{monthrange(year, month)[1]:02}",))


def _months(page: FacetPage, choice: Where, order: str) -> Iterator[Month]:
    counts = {name: count for name, count in page.counts["month"] if name != UNKNOWN}
    if not counts:
        return
    names = list(_between(min(counts), max(counts)))
    most = max(counts.values())
    for at, name in enumerate(names):
        if count := counts.get(name, 0):
            kept = Where(tuple(term for term in choice.terms if term.word not in ("from", "to", "day")))
            for term in _terms("month", name):
                kept = _with(kept, term)
            height = max(3.0, 40 * count / most)
            yield Month(name, count, _address(kept, order), 1000 * at / len(names), min(60.0, 800 / len(names)), height)


def _between(first: str, last: str) -> Iterable[str]:
    year, month = (int(part) for part in first.split("-"))
    while (name := f"{year:04}-{month:02}") <= last:
        yield name
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _with(choice: Where, term: Term) -> Where:
    """Return a choice with one more term; of a facet one value is chosen at a time."""
    return Where((*(one for one in choice.terms if one.word != term.word), term))


def _without(choice: Where, term: Term) -> Where:
    return Where(tuple(one for one in choice.terms if one != term))


def _address(choice: Where, order: str) -> str:
    asked = {"where": str(choice)} if choice else {}
    return "/events?" + urlencode(asked | ({"order": order} if order != "-day" else {}))


def _term_words(term: Term) -> str:
    table = _TABLES.get(term.word)
    values = ", ".join(name_words(table, value) if table else value for value in term.values)
    return f"{term.word} {term.sign} {values}"
