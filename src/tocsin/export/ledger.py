"""What of a happening a row holds, and what of it is lost: all is entered at the start, and what stays is told.

A mapping strikes off what has a column of its own. What is left at the end is a loss by itself, so that nothing can be
forgotten: either its words stand in a text column of the row, or it is left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tocsin.datamodel import Event, Figure, Mention
from tocsin.datamodel.claim import Number
from tocsin.datamodel.happening import Happening, Telling
from tocsin.export.losses import Loss
from tocsin.export.mapped import MappedRow
from tocsin.export.seen import (
    Told,
    claim_words,
    claims_of,
    day_words,
    documents_of,
    interval_words,
    quotes_of,
    source_of,
)

LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a happening holds: its kind, what tells it from others of that kind, and how a loss names it.

    Attributes:
        words: by which it may stand in a text column; empty where words alone do not tell it.
    """

    kind: str
    key: str
    what: str
    words: str = ""


class Ledger:
    """The account of one row.

    Args:
        happening: that the row tells.
        row: id of the row in the target.
        telling: the only one that the row tells; all of the happening where not given.
        columns: for a kind of item the column of the target that comes nearest.
        text: columns of words, in which quotes may stand.
    """

    def __init__(
        self,
        happening: Happening,
        row: str,
        *,
        telling: Telling | None = None,
        columns: Mapping[str, str] | None = None,
        text: Sequence[str] = (),
    ) -> None:
        self.row = row
        self._columns = columns or {}
        self._text = text
        tellings = happening.tellings if telling is None else (telling,)
        told = happening.event if telling is None else telling.mention
        self._claims = claims_of(tellings)
        self._items = {(item.kind, item.key): item for item in _items(happening, told, tellings)}
        self._by_id = {told.id: told for told in self._claims}
        self._counted: dict[str, tuple[str, bool]] = {}
        self._losses: list[Loss] = []
        self._speakers_held = False

    @property
    def claims(self) -> tuple[Told, ...]:
        """All claims that the row tells, in the order of the documents."""
        return self._claims

    def hold(self, kind: str, *keys: str) -> None:
        """Strike off what has a column of its own: the items of a kind with these keys, or all of it without any.

        A key that is not there strikes off nothing.
        """
        for item in [(k, key) for k, key in self._items if k == kind and (not keys or key in keys)]:
            del self._items[item]

    def lose(self, column: str, what: str, done: str) -> None:
        """Note a loss of this row."""
        self._losses.append(Loss(self.row, column, what, done))

    def figure(self, column: str, figure: Figure | None, value: Number | None, *, ends: bool = False) -> None:
        """Note that a column holds a value for a figure.

        Args:
            column: of the target.
            figure: of the event, or None where nothing is claimed.
            value: what stands in the column; None where the policy gives no number.
            ends: whether other columns hold the figure's low and high.
        """
        if figure is None:
            return
        claims = [self._by_id[c] for v in figure.heard for s in v.statements for c in s.claims if c in self._by_id]
        for told in claims if value is not None else ():
            claim = told.claim
            self._counted[told.id] = (column, claim.low == claim.high == value and not claim.approx)
        name = f"{figure.attribute}{f' ({figure.unit})' if figure.unit else ''}"
        voices = f"{len(figure.heard)} voice{'' if len(figure.heard) == 1 else 's'}"
        what = f"{name}: {interval_words(figure.low, figure.high)} ({voices}, {figure.policy})"
        if value is None:
            self.lose(column, what, "no number under the policy; left empty")
        elif not (figure.low == figure.high == value or ends):
            self.lose(column, what, "one number for the interval")

    def total(self, column: str, parts: Iterable[Happening], kind: str, attribute: str) -> Number | None:
        """Return what parts of a type come to in a column, None where none gives a number; note what the sum hides."""
        told = [
            (part, figure) for part in parts if (figure := part.event.figure(attribute)) and part.event.type == kind
        ]
        known = [(part.event.id, figure) for part, figure in told if figure.best is not None]
        values = ", ".join(f"{interval_words(f.low, f.high)} in {name}" for name, f in known)
        if len(known) > 1:
            self.lose(column, f"{attribute} of {len(known)} happenings within it: {values}", "their sum")
        elif any(not f.low == f.high == f.best for _, f in known):
            self.lose(column, f"{attribute}: {values}", "one number for the interval")
        return sum(f.best for _, f in known if f.best is not None) if known else None

    def stated(self, column: str, claims: Iterable[Told], *, exact: bool) -> None:
        """Note that a column tells the value of some claims, wholly or as one number or range for several."""
        self._counted.update({told.id: (column, exact) for told in claims})

    def speakers_held(self) -> None:
        """Note that the row has columns for who says what, and for what hedges it."""
        self._speakers_held = True

    def close(self, cells: MappedRow) -> Iterator[Loss]:
        """Yield what was noted, then all that the finished row does not hold."""
        yield from self._losses
        for item in self._items.values():
            column = self._columns.get(item.kind, nowhere(item.kind))
            yield Loss(self.row, column, item.what, self._instead(cells, (item.words,)))
        for told in self._claims:
            claim = told.claim
            column, exact = self._counted.get(
                told.id, (self._columns.get(claim.attribute, nowhere(claim.attribute)), False)
            )
            if exact and (self._speakers_held or not (claim.said_by or claim.hedge)):
                continue
            words = [claim.span.quote, *(speaker.span.quote for speaker in claim.said_by)]
            instead = self._instead(cells, (*words, *([claim.hedge.quote] if claim.hedge else [])))
            if told.id in self._counted:
                instead = f"{'its number alone' if exact else 'one number for all that is told'}; {instead}"
            yield Loss(self.row, column, claim_words(told), instead)

    def _instead(self, cells: MappedRow, words: Sequence[str]) -> str:
        """Return where the words of something stand in the row."""
        wanted = [" ".join(word.split()) for word in words if word]
        found = [next((c for c in self._text if _holds(cells.get(c), word)), "") for word in wanted]
        columns = " and ".join(dict.fromkeys(column for column in found if column))
        if not columns:
            return LEFT_OUT
        return f"only as words in {columns}" if all(found) else f"only in part, as words in {columns}"


def nowhere(kind: str) -> str:
    """Return the column of a loss where the target has none that comes near what is lost."""
    return f"(none for {kind})"


def _holds(cell: object, words: str) -> bool:
    return isinstance(cell, str) and words in cell


def left_out(happening: Happening, why: str, done: str = "the row is left out") -> Loss:
    """Return the loss of a whole row, naming every claim that goes with it."""
    event = happening.event
    where = ", ".join(place.name for place in event.places) or "no place known"
    told = " ".join(f"{number}) {claim_words(one)}" for number, one in enumerate(claims_of(happening.tellings), 1))
    what = f"{event.type}, {day_words(event)}, {where}: {why}"
    return Loss(event.id, "", what + (f"; claims: {told}" if told else ""), done)


def left_out_telling(telling: Telling, why: str, done: str = "the row is left out") -> Loss:
    """Return the loss of the row of one mention, naming every claim that goes with it."""
    mention = telling.mention
    told = " ".join(f"{number}) {claim_words(one)}" for number, one in enumerate(claims_of([telling]), 1))
    return Loss(mention.id, "", f"{mention.type}: {why}" + (f"; claims: {told}" if told else ""), done)


def _items(happening: Happening, event: Event | Mention, tellings: Sequence[Telling]) -> Iterator[Item]:
    """Yield what a happening holds beside claims, as the event has it or one mention of it."""
    mentions = [telling.mention for telling in tellings]
    for form in dict.fromkeys(m.form for m in mentions if m.form):
        yield Item("form", form, f"form: {form}")
    if event.modality != "occurred":
        yield Item("modality", event.modality, f"modality: {event.modality}")
    if event.scope != "single":
        yield Item("scope", event.scope, f"scope: {event.scope}")
    when = event.date
    if when.start is None:
        yield Item("date", "start", day_words(event))
    if when.precision not in ("day", "none"):
        yield Item("date", "precision", f"days: {day_words(event)}")
    elif when.end is not None and when.end != when.start:
        yield Item("date", "end", f"days: {day_words(event)}")
    if when.start is not None and when.basis != "stated":
        yield Item("date", "basis", f"the day is {_BASES.get(when.basis, 'not stated')}")
    for place in event.places:
        yield Item("place", f"{place.country} {place.name}", f"place: {place.name}, {place.country}")
        if place.geonameid is not None:
            yield Item("geonameid", str(place.geonameid), f"GeoNames id of {place.name}: {place.geonameid}")
    yield from _quotes(mentions)
    for means in dict.fromkeys(means for m in mentions for means in m.means):
        yield Item("means", means, f"means: {means}")
    for relation in happening.relations:
        holds = relation.holder == happening.event.id
        other, way = (relation.member, "holds") if holds else (relation.holder, "belongs to")
        yield Item("relation", f"{relation.kind} {other}", f"{way} {other} ({relation.kind})")
    yield from _sources(tellings)


_BASES = {
    "relative": "told relative to another day",
    "context": "taken from another sentence",
}


def _quotes(mentions: Sequence[Mention]) -> Iterator[Item]:
    for role, quote in dict.fromkeys((actor.role, actor.span.quote) for m in mentions for actor in m.actors):
        words = " ".join(quote.split())
        yield Item("actor", f"{role}: {words}", f'{role}: "{words}"', words)
    for demand in dict.fromkeys(" ".join(span.quote.split()) for m in mentions for span in m.demands):
        yield Item("demand", demand, f'demand: "{demand}"', demand)


def _sources(tellings: Sequence[Telling]) -> Iterator[Item]:
    for telling, sentences in quotes_of(tellings):
        for number, sentence in enumerate(sentences, 1):
            words = " ".join(sentence.quote.split())
            what = f"sentence {number} of {source_of(telling)} [{telling.document.id}]"
            yield Item("sentence", f"{telling.document.id} {number}", what, words)
    for telling in documents_of(tellings):
        document = telling.document
        if document.publisher:
            yield Item("publisher", document.publisher, f"publisher: {document.publisher}", document.publisher)
        for kind, value in (("title", document.title), ("url", document.url), ("author", document.author)):
            if value:
                yield Item(kind, document.id, f'{kind} of {document.id}: "{value}"', value)
    for telling in tellings:
        if telling.decision:
            yield Item("decision", telling.mention.id, f"{telling.mention.id}: {telling.decision} by a reviewer")
