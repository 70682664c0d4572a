"""Nouns as rows of the tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tocsin.datamodel import Claim, Decision, Document, Event, Figure, Mention, Place, Span
from tocsin.datamodel.happening import Telling
from tocsin.datamodel.identity import claim_id
from tocsin.datamodel.relation import Relation
from tocsin.export.losses import Loss
from tocsin.export.tables import WITH_UNIT, Row, Value

#: Between several values of one cell.
BETWEEN = "; "
#: Between a speaker and that speaker's own source, outermost first.
FROM = " < "


def event_row(
    event: Event,
    attributes: Iterable[str],
    *,
    status: str,
    documents: int,
    policy: str,
    convention: str,
    precise: Callable[[Place], str | None],
) -> Row:
    """Return the row of an event.

    Args:
        event: with its figures.
        attributes: of the codebook, in order.
        status: what was decided about its mentions.
        documents: how many tell of it, reprints too.
        policy, convention: by which its figures were made.
        precise: what a place is ("settlement", "region" ...), None where not known.
    """
    when, first = event.date, _first(event.places)
    cells: list[Value] = [event.id, event.type, event.scope, event.modality, status]
    cells += [when.start, when.end, when.precision, *_place(event.places)]
    cells += [precise(first) if first else None, _names(event.places)]
    cells += [len(event.mentions), documents, BETWEEN.join(event.publishers) or None, event.told]
    for name in attributes:
        figure = figure_shown(event, name)
        cells += [None] * 4 if figure is None else [figure.low, figure.best, figure.high, figure.voices]
        if name in WITH_UNIT:
            cells.append(None if figure is None else figure.unit)
    return (*cells, policy, convention)


def figure_shown(event: Event, attribute: str) -> Figure | None:
    """Return the figure of an attribute that the row of an event has: of several units that with most voices."""
    return max(
        (figure for figure in event.figures if figure.attribute == attribute),
        key=lambda figure: (figure.voices, len(figure.heard)),
        default=None,
    )


def event_losses(event: Event, attributes: Sequence[str]) -> Iterator[Loss]:
    """Yield what the row of an event cannot hold: figures of a second unit, and of attributes that have no columns."""
    for figure in event.figures:
        if figure.attribute not in attributes:
            yield Loss(event.id, figure.attribute, f"a figure of {figure.attribute}", "left to the table figures")
        elif figure is not figure_shown(event, figure.attribute) or (
            figure.unit is not None and figure.attribute not in WITH_UNIT
        ):
            what = f"{figure.attribute} in {figure.unit or 'no unit'}"
            yield Loss(event.id, f"{figure.attribute}_best", what, "left to the table figures")


def figure_rows(event: Event) -> Iterator[Row]:
    """Yield a row for each figure of an event."""
    for one in event.figures:
        numbers = (one.low, one.best, one.high, one.voices, len(one.heard))
        yield (event.id, one.attribute, one.unit, *numbers, one.policy)


def relation_row(relation: Relation) -> Row:
    """Return the row of a relation."""
    return (relation.kind, relation.holder, relation.member, relation.reason)


def mention_row(telling: Telling) -> Row:
    """Return the row of a mention."""
    mention, document, when = telling.mention, telling.document, telling.mention.date
    evidence = mention.evidence[0] if mention.evidence else None
    return (
        mention.id,
        event_of(telling),
        document.id,
        document.publisher or None,
        document.published,
        mention.type,
        mention.form,
        mention.modality,
        mention.scope,
        when.start,
        when.end,
        when.precision,
        when.basis,
        *_place(mention.places),
        _names(mention.places),
        BETWEEN.join(f"{actor.role}: {actor.span.quote}" for actor in mention.actors) or None,
        BETWEEN.join(span.quote for span in mention.demands) or None,
        BETWEEN.join(mention.means) or None,
        mention.context,
        telling.decision,
        *(_words(evidence.sentence) if evidence else (None,) * 3),
        evidence.trigger.quote if evidence else None,
    )


def claim_rows(telling: Telling) -> Iterator[Row]:
    """Yield a row for each claim of a mention."""
    mention, document = telling.mention, telling.document
    for position, claim in enumerate(mention.claims):
        yield (
            claim_id(mention.id, position, claim),
            mention.id,
            event_of(telling),
            document.id,
            document.publisher or None,
            document.published,
            mention.type,
            claim.attribute,
            claim.low,
            claim.high,
            claim.approx,
            claim.unit,
            *_words(claim.span),
            FROM.join(speaker.span.quote for speaker in claim.said_by) or None,
            FROM.join(speaker.kind for speaker in claim.said_by) or None,
            *_words(claim.hedge),
        )


def place_rows(telling: Telling) -> Iterator[Row]:
    """Yield a row for each place of a mention."""
    for position, place in enumerate(telling.mention.places):
        yield (telling.mention.id, position, place.name, *_where(place), *_words(place.span))


def quote_rows(telling: Telling) -> Iterator[Row]:
    """Yield a row for all other words of a mention and the speakers of its claims."""
    mention = telling.mention
    for position, evidence in enumerate(mention.evidence):
        yield (mention.id, None, "evidence", position, None, *_words(evidence.sentence))
        yield (mention.id, None, "trigger", position, None, *_words(evidence.trigger))
    for position, actor in enumerate(mention.actors):
        yield (mention.id, None, "actor", position, actor.role, *_words(actor.span))
    for position, demand in enumerate(mention.demands):
        yield (mention.id, None, "demand", position, None, *_words(demand))
    for number, claim in enumerate(mention.claims):
        yield from _speaker_rows(mention, number, claim)


def document_row(document: Document, *, copy_of: str | None, mentions: int) -> Row:
    """Return the row of a document.

    Args:
        document: the published text.
        copy_of: id of the first document with the same words, where this one is a reprint.
        mentions: how many happenings it tells of.
    """
    return (
        document.id,
        document.title or None,
        document.publisher or None,
        document.published,
        document.author,
        document.language,
        document.url,
        document.licence,
        copy_of,
        mentions,
        document.text or None,
    )


def decision_row(decision: Decision, *, undone: bool) -> Row:
    """Return the row of a decision."""
    return (
        decision.id,
        decision.kind,
        decision.subject,
        decision.object,
        decision.reviewer,
        decision.reason or None,
        decision.at,
        undone,
    )


def event_of(telling: Telling) -> str | None:
    """Return the id of the event that a mention tells of; one that was not put together with others is its own."""
    return None if telling.decision == "reject" else telling.event or telling.mention.id


def _speaker_rows(mention: Mention, number: int, claim: Claim) -> Iterator[Row]:
    for position, speaker in enumerate(claim.said_by):
        name = claim_id(mention.id, number, claim)
        yield (mention.id, name, "speaker", position, speaker.kind, *_words(speaker.span))


def _place(places: Sequence[Place]) -> tuple[Value, ...]:
    first = _first(places)
    return (None,) * 6 if first is None else (first.name, *_where(first))


def _first(places: Sequence[Place]) -> Place | None:
    return next((place for place in places if place.lat is not None), None) or next(iter(places), None)


def _where(place: Place) -> tuple[Value, ...]:
    return (place.country, place.admin1, place.lat, place.lon, place.geonameid)


def _names(places: Iterable[Place]) -> str | None:
    return BETWEEN.join(place.name for place in places) or None


def _words(span: Span | None) -> tuple[Value, ...]:
    if span is None:
        return (None, None, None)
    return (span.quote, span.start, span.end) if span.placed else (span.quote, None, None)


#: The rows of one mention, by table.
OF_TELLING: Mapping[str, Callable[[Telling], Iterable[Row]]] = {
    "mentions": lambda telling: (mention_row(telling),),
    "claims": claim_rows,
    "places": place_rows,
    "quotes": quote_rows,
}
