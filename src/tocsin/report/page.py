"""Coded documents to one HTML file."""

import base64
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tocsin.codebook.types import Vocabulary
from tocsin.datamodel import CodedDocument, Document, Event
from tocsin.datamodel.headline import Headline
from tocsin.report.accounts import find_disagreements
from tocsin.report.coverage import make_coverage
from tocsin.report.headlines import make_headlines
from tocsin.report.outlines import choose_view, cut_outlines
from tocsin.report.ranges import make_panels
from tocsin.report.rows import Lane, MentionRow, PlaceRow, Rows, make_rows
from tocsin.report.words import UNKNOWN_DAY, attribute_words, day_words, figure_words, name_words

# Joined in this order into the one script of the page; each file says at its top what it needs.
_SCRIPTS = ("dom", "marks", "timeline", "map", "pane", "list", "save", "main")
# Happenings told as background, years before the first report, would squeeze the rest into a corner of the timeline:
# what lies further back than this before the first report, or further on after the last, is counted beside it.
_BEFORE, _AFTER = timedelta(days=120), timedelta(days=60)
_SURROGATE = re.compile("[\ud800-\udfff]")
# In a script element only "<" could end it early; the two separators are line ends to older scripts.
_SCRIPT_ESCAPES = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def render_report(
    coded: Iterable[CodedDocument],
    vocabulary: Vocabulary,
    *,
    title: str = "Protests, strikes and repression",
    note: str = "",
    events: Iterable[Event] = (),
    headlines: Iterable[Headline] = (),
) -> str:
    """Return a report as one HTML file that loads nothing: no script, style, font or picture from elsewhere.

    The same documents give the same file, byte for byte.

    Args:
        coded: the documents with their mentions; `event` keys join the accounts of one happening.
        vocabulary: the types with their categories.
        title: the headline.
        note: a line under it, such as what the documents are and who chose them; may be empty.
        events: the happenings that mentions were judged to tell of, with their figures.
        headlines: what those come to, under every policy.
    """
    known = tuple(events)
    event_of = {mention: event for event in known for mention in event.mentions}
    rows = make_rows(_with_events(coded, event_of), vocabulary, countries=_country_names())
    view = choose_view([(p.lat, p.lon, p.mentions) for p in rows.places if p.lat is not None and p.lon is not None])
    shown = frozenset(
        p.number for p in rows.places if p.lat is not None and p.lon is not None and view.holds(p.lat, p.lon)
    )
    style, script = _asset("report.css"), _script()
    window = _window(rows)
    data = {
        **_payload(rows),
        "window": [day.isoformat() for day in window],
        "view": [view.lat, view.lon, view.radius],
        "inView": sorted(shown),
        "outlines": cut_outlines(view) if shown else None,
    }
    page = _template().render(
        title=title,
        note=note,
        standfirst=_standfirst(rows),
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        data=Markup(_script_json(data)),
        rows=rows,
        days=_by_day(rows, event_of),
        headlines=make_headlines(headlines, {event.id: event for event in known}, rows),
        panels=make_panels(known, rows, window),
        by_type=_by_type(rows),
        by_place=_by_place(rows),
        printed=make_coverage(rows),
        totals=[row for row in rows.mentions if row.mention.scope == "total"],
        disagreements=find_disagreements(rows, event_of),
        figure_words=figure_words,
        beyond=[p for p in rows.places if p.lat is not None and p.number not in shown],
        without_point=[p for p in rows.places if p.lat is None],
        nowhere=sum(not row.places for row in rows.mentions),
        coverage=_coverage(rows),
        categories=_categories(rows),
        has_map=bool(shown),
    )
    return _SURROGATE.sub("\ufffd", page)


def _with_events(coded: Iterable[CodedDocument], event_of: Mapping[str, Event]) -> Iterator[CodedDocument]:
    """Yield documents whose mentions name the event they were put together in with others."""
    for one in coded:
        found = [event_of.get(mention.id) for mention in one.mentions]
        mentions = tuple(
            replace(mention, event=event.id) if event is not None and len(event.mentions) > 1 else mention
            for mention, event in zip(one.mentions, found, strict=True)
        )
        yield replace(one, mentions=mentions)


def _standfirst(rows: Rows) -> str:
    """Return what the page holds, in one or two sentences."""
    documents, mentions = len(rows.documents), len(rows.mentions)
    publishers = len({row.document.publisher for row in rows.documents if row.document.publisher})
    kinds = Counter(row.mention.modality for row in rows.mentions)
    empty = sum(not row.mentions for row in rows.documents)
    words = f"{_count(mentions, 'mention')} of happenings in {_count(documents, 'report')}"
    words += f" by {_count(publishers, 'publisher')}" if publishers else ""
    told = [f"{number:,} {name_words('told', m)}" for m, number in kinds.most_common()]
    words += f": {', '.join(told)}." if len(told) > 1 else "."
    if empty:
        words += f" {_count(empty, 'report')} {'tells' if empty == 1 else 'tell'} of none."
    return words


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _categories(rows: Rows) -> list[tuple[int, str, int]]:
    """Return colour, name and number of mentions of each category, in the order of the lanes."""
    counts = Counter((row.colour, row.category) for row in rows.mentions)
    names = dict.fromkeys((lane.colour, lane.category) for lane in rows.lanes)
    return [(colour, name, counts[colour, name]) for colour, name in names]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the list shows as one happening: the mentions of an event, or one that stands alone."""

    rows: tuple[MentionRow, ...]
    figures: tuple[tuple[str, str], ...]


def _by_day(rows: Rows, event_of: Mapping[str, Event]) -> list[tuple[str, list[_Entry]]]:
    """Return what is no total, under the heading of its day; an event stands where its first mention does."""
    together: dict[str, list[MentionRow]] = {}
    for row in rows.mentions:
        if row.mention.scope != "total":
            together.setdefault(row.mention.event or f"alone {row.number}", []).append(row)
    entries = [_entry(group, event_of) for group in together.values()]
    return [(heading, list(group)) for heading, group in groupby(entries, key=lambda entry: entry.rows[0].heading)]


def _entry(group: list[MentionRow], event_of: Mapping[str, Event]) -> _Entry:
    event = event_of.get(group[0].mention.id) if len(group) > 1 else None
    figures = event.figures if event is not None else ()
    told = [(attribute_words(figure.attribute, group[0].mention.type), figure_words(figure)) for figure in figures]
    return _Entry(tuple(group), tuple((counted, words) for counted, words in told if words))


def _by_type(rows: Rows) -> list[tuple[Lane, int, str, str]]:
    """Return each type with its mentions and the first and last day that they give."""
    table = []
    for number, lane in enumerate(rows.lanes):
        held = [row.mention for row in rows.mentions if row.lane == number]
        days = sorted(day for one in held for day in (one.date.start, one.date.end) if day)
        ends = (day_words(days[0]), day_words(days[-1])) if days else (UNKNOWN_DAY, UNKNOWN_DAY)
        table.append((lane, len(held), *ends))
    return table


def _by_place(rows: Rows) -> list[tuple[PlaceRow, str]]:
    """Return each place, the one with most mentions first, with what is told of it."""
    kinds: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for row in rows.mentions:
        for place in row.places:
            kinds[place][row.kind] += 1
    order = sorted(rows.places, key=lambda place: (-place.mentions, place.name))
    return [
        (place, ", ".join(f"{kind} {count:,}" for kind, count in kinds[place.number].most_common())) for place in order
    ]


def _coverage(rows: Rows) -> str:
    """Return over which days the documents were published, and what that leaves out."""
    days = sorted({row.document.published for row in rows.documents if row.document.published})
    undated = sum(row.document.published is None for row in rows.documents)
    words = ""
    if days:
        span = (days[-1] - days[0]).days + 1
        words = (
            f"Published from {day_words(days[0])} to {day_words(days[-1])}, on {len(days):,} of these {span:,} days."
        )
        if span == 1:
            words = f"All published on {day_words(days[0])}."
    if undated:
        words += f" The day of publication of {_count(undated, 'report')} is not known."
    return words.strip()


def _window(rows: Rows) -> tuple[date, date]:
    """Return the first and last day of the timeline."""
    published = [row.document.published for row in rows.documents if row.document.published]
    days = [d for row in rows.mentions for d in (row.mention.date.start, row.mention.date.end) if d]
    if published:
        first, last = min(published), max(published)
        early = first - _BEFORE if first - date.min > _BEFORE else date.min
        late = last + _AFTER if date.max - last > _AFTER else date.max
        days = [*published, *(d for d in days if early <= d <= late)]
    return (min(days), max(days)) if days else (date(1970, 1, 1), date(1970, 1, 1))


def _payload(rows: Rows) -> dict[str, Any]:
    """Return what the script draws and marks; all wording is done here."""
    return {
        "documents": [_document_data(row.document, row.day) for row in rows.documents],
        "lanes": [{"kind": lane.kind, "colour": lane.colour, "category": lane.category} for lane in rows.lanes],
        "places": [_place_data(place) for place in rows.places],
        "mentions": [_mention_data(row) for row in rows.mentions],
        "dayNotGiven": UNKNOWN_DAY,
    }


def _document_data(document: Document, day: str) -> dict[str, Any]:
    return {
        "title": document.title or document.id,
        "publisher": document.publisher or "publisher not known",
        "author": document.author or "",
        "day": day,
        "published": document.published.isoformat() if document.published else None,
        "url": document.url or "",
        "text": document.text,
    }


def _place_data(place: PlaceRow) -> dict[str, Any]:
    return {"name": place.name, "lat": place.lat, "lon": place.lon}


def _mention_data(row: MentionRow) -> dict[str, Any]:
    mention = row.mention
    return {
        "d": row.document,
        "lane": row.lane,
        "colour": row.colour,
        "kind": row.kind,
        "form": row.form,
        "modality": mention.modality,
        "told": row.modality,
        "scope": mention.scope,
        "scopeWords": name_words("scopes", mention.scope),
        "start": mention.date.start.isoformat() if mention.date.start else None,
        "end": mention.date.end.isoformat() if mention.date.end else None,
        "precision": mention.date.precision,
        "when": row.when,
        "basis": name_words("bases", mention.date.basis),
        "where": row.where,
        "places": row.places,
        "evidence": row.evidence,
        "claims": [
            {
                "shown": c.shown,
                "counted": c.counted,
                "by": c.said_by,
                "hedge": c.hedge,
                "quote": c.quote,
                "marks": c.marks,
            }
            for c in row.claims
        ],
        "facts": row.facts,
        "context": row.context,
    }


def _script_json(data: Mapping[str, Any]) -> str:
    """Return JSON that cannot leave the script element it stands in."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escape in _SCRIPT_ESCAPES:
        written = written.replace(character, escape)
    return written


def _policy(style: str, script: str) -> str:
    """Return a content security policy that allows this style and this script and nothing else."""
    return (
        # A figure is made a PNG by way of a picture that the page itself holds.
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


@cache
def _script() -> str:
    # The licences ask that their notices go along with every copy of the code, and a report is one.
    notices = f"/*\n{_asset('vendor', 'LICENCES.txt')}*/"
    return "\n".join(
        [notices, _asset("vendor", "vendor.min.js"), *(_asset("script", f"{name}.js") for name in _SCRIPTS)]
    )


@cache
def _asset(*path: str) -> str:
    return files("tocsin.report").joinpath("assets", *path).read_text(encoding="utf-8")


@cache
def _country_names() -> frozenset[str]:
    outlines = json.loads(_asset("vendor", "countries-110m.json"))
    return frozenset(one["properties"]["name"] for one in outlines["objects"]["countries"]["geometries"]) | {
        "United States"
    }


@cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("tocsin.report", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
