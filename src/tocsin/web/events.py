"""The page of an event: what it comes to, who says what, where, why its mentions are one, and what was decided."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from tocsin.codebook.loader import load_codebook
from tocsin.datamodel import Decision, Document, Event, Mention, Place
from tocsin.errors import RecordError
from tocsin.pipeline import link_record, reconcile_event
from tocsin.report.outlines import choose_view, cut_outlines
from tocsin.report.words import day_words, name_words, range_words
from tocsin.store.record import Record
from tocsin.web.asked import MergeEvents, Name, SplitEvent
from tocsin.web.asked import TheDesk as D
from tocsin.web.asked import TheReviewer as R
from tocsin.web.cards import colour_of, kind_words, where_words
from tocsin.web.desk import Desk, NotFoundError
from tocsin.web.figures import FigureRow, figure_row
from tocsin.web.render import render
from tocsin.web.weights import Reason, reasons_of

router = APIRouter()

Policy = Annotated[str, Query(max_length=50)]

#: What the other event is to this one, where this one is the member and where it is the holder.
_RELATED = {
    "covers": ("covered by the total", "covers"),
    "series": ("occurrence of the series", "holds as occurrence"),
    "within": ("happened within", "within it happened"),
    "dispute": ("of the dispute that began with", "first of a dispute with"),
    "custody": ("in custody before, by", "in custody after, by"),
}


@dataclass(frozen=True, slots=True)
class TellingRow:
    """One mention of an event.

    Attributes:
        mention: its id.
        document: id of the version of the document.
        source: publisher and day.
        title: of the document.
        kind, line: what it tells.
        sentence: its first sentence, parted as before, trigger, after.
        state: "accepted", "rejected" or "open".
        copy_of: whose words it repeats, or empty.
    """

    mention: str
    document: str
    source: str
    title: str
    kind: str
    line: str
    sentence: tuple[str, str, str]
    state: str


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """Another event that this one belongs with, and how."""

    words: str
    event: str
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision about it."""

    id: str
    at: str
    reviewer: str
    words: str
    reason: str
    stands: bool


@dataclass(frozen=True, slots=True)
class EventView:
    """What the page of an event shows; `went_into` is the id asked for where that one was merged into this one."""

    id: str
    asked: str
    kind: str
    colour: int
    when: str
    where: str
    tags: tuple[str, ...]
    figures: tuple[FigureRow, ...]
    tellings: tuple[TellingRow, ...]
    reasons: tuple[Reason, ...]
    related: tuple[RelatedRow, ...]
    decisions: tuple[DecisionRow, ...]
    points: tuple[tuple[str, float, float, int], ...]
    policy: str
    convention: str


def event_view(record: Record, desk: Desk, asked: str, policy: str, convention: str) -> EventView:
    """Return what the page of an event shows.

    Args:
        record: open.
        desk: whose settings figures are made by.
        asked: id of the event, or the beginning of it.
        policy, convention: of the figures.

    Raises:
        NotFoundError: there is no such event.
        UsageError: there is no such policy or convention.
    """
    try:
        name, mentions = record.event(asked)
    except RecordError as error:
        raise NotFoundError(error.subject, error.problem, "look for it in the table of events") from error
    event = reconcile_event(record, name, desk.settings, policy=policy, convention=convention)
    told = [record.mention(mention) for mention in mentions]
    judged = record.judgements()
    vocabulary = load_codebook(desk.settings.codebook).vocabulary
    told.sort(key=lambda pair: (str(pair[0].published), pair[0].id, pair[1].id))
    tellings = tuple(_telling(record, document, mention, judged) for document, mention in told)
    first = told[0][1]
    shown = event or _alone(name, first, mentions)
    return EventView(
        id=name,
        asked=asked,
        kind=name_words("types", shown.type),
        colour=colour_of(shown.type, vocabulary),
        when=range_words(shown.date, shown.modality),
        where=", ".join(dict.fromkeys(place.name for place in shown.places)),
        tags=_tags(shown, judged, mentions),
        figures=tuple(figure_row(figure, shown.type) for figure in shown.figures),
        tellings=tellings,
        reasons=reasons_of(record.reasons(mentions), {one.mention: one.source for one in tellings}),
        related=tuple(_related(record, name)),
        decisions=tuple(_decided(record, mentions)),
        points=_points(shown.places),
        policy=policy,
        convention=convention,
    )


@router.get("/events/{name}.json")
def event_json(name: Name, desk: D, policy: Policy = "median", convention: Policy = "codebook") -> dict[str, Any]:
    """Return an event as its page shows it."""
    with desk.open() as record:
        return asdict(event_view(record, desk, name, policy, convention))


@router.get("/events/{name}", response_class=HTMLResponse)
def event_page(
    request: Request, name: Name, desk: D, policy: Policy = "median", convention: Policy = "codebook"
) -> HTMLResponse:
    """Show an event."""
    with desk.open() as record:
        view = event_view(record, desk, name, policy, convention)
    return render(request, "event.html", view=view, map=map_data(view.points), **_choices(desk))


@router.post("/events/{name}/split")
def split_event(name: Name, body: SplitEvent, desk: D, reviewer: R) -> dict[str, str]:
    """Decide that some mentions are another happening than the rest."""
    with desk.open() as record:
        record.split(name, body.mentions, reviewer=reviewer, reason=body.reason, seen=body.seen or None)
        link_record(record, desk.settings)
        return {"said": "Split", "where": f"/events/{record.event(name)[0]}"}


@router.post("/events/{name}/merge")
def merge_events(name: Name, body: MergeEvents, desk: D, reviewer: R) -> dict[str, str]:
    """Decide that two events are one."""
    with desk.open() as record:
        record.merge(name, body.other, reviewer=reviewer, reason=body.reason, seen=body.seen or None)
        link_record(record, desk.settings)
        return {"said": "Merged", "where": f"/events/{record.event(name)[0]}"}


def map_data(points: Iterable[tuple[str, float, float, int]]) -> dict[str, Any] | None:
    """Return what the map draws, or None where nothing has a place on it.

    Args:
        points: name, latitude, longitude and count of each place.
    """
    held = list(points)
    if not held:
        return None
    view = choose_view([(lat, lon, count) for _, lat, lon, count in held])
    return {"points": held, "view": [view.lat, view.lon, view.radius], "outlines": cut_outlines(view)}


def _alone(name: str, mention: Mention, mentions: tuple[str, ...]) -> Event:
    # All its mentions were rejected: nothing is left but what the first one said.
    return Event(
        name, mention.type, mention.scope, mention.modality, mention.date, mention.places, mentions, (), None, ()
    )


def _tags(event: Event, judged: Mapping[str, str], mentions: Iterable[str]) -> tuple[str, ...]:
    states = {judged.get(mention) for mention in mentions}
    status = "accepted" if "accept" in states else "rejected" if states == {"reject"} else "open"
    return (name_words("modalities", event.modality), name_words("scopes", event.scope), status)


def _telling(record: Record, document: Document, mention: Mention, judged: Mapping[str, str]) -> TellingRow:
    day = day_words(document.published) if document.published else "day not known"
    first = mention.evidence[0] if mention.evidence else None
    sentence = ("", "", "")
    if first is not None:
        at, end = first.trigger.start - first.sentence.start, first.trigger.end - first.sentence.start
        quote = first.sentence.quote
        sentence = (quote[:at], quote[at:end], quote[end:]) if first.sentence.covers(first.trigger) else (quote, "", "")
    line = " · ".join(filter(None, (range_words(mention.date, mention.modality), where_words(mention))))
    return TellingRow(
        mention.id,
        record.document_key(document.id),
        f"{document.publisher or 'publisher not known'}, {day}",
        document.title or document.id,
        kind_words(mention),
        line,
        sentence,
        {"accept": "accepted", "reject": "rejected"}.get(judged.get(mention.id, ""), "open"),
    )


def _related(record: Record, name: str) -> Iterable[RelatedRow]:
    for one in record.relations(name):
        as_member, as_holder = _RELATED.get(one.kind, (one.kind, one.kind))
        words, other = (as_member, one.holder) if one.member == name else (as_holder, one.member)
        yield RelatedRow(words, other, one.reason)


def _decided(record: Record, mentions: Iterable[str]) -> Iterable[DecisionRow]:
    held = set(mentions)
    about = [one for one in record.decisions() if one.subject.partition("/")[0] in held or one.object in held]
    undone = record.undone() if about else frozenset()
    for one in reversed(about):
        yield DecisionRow(
            one.id, f"{one.at:%Y-%m-%d %H:%M}", one.reviewer, _words(one), one.reason, one.id not in undone
        )


def _words(one: Decision) -> str:
    return f"{one.kind} {one.subject}" + (f" and {one.object}" if one.object and one.object.startswith("m-") else "")


def _points(places: Iterable[Place]) -> tuple[tuple[str, float, float, int], ...]:
    return tuple((one.name, one.lat, one.lon, 1) for one in places if one.lat is not None and one.lon is not None)


def _choices(desk: Desk) -> dict[str, Any]:
    from tocsin.reconcile import POLICIES

    codebook = load_codebook(desk.settings.codebook)
    return {"policies": POLICIES, "conventions": tuple(codebook.numbers.conventions)}
