"""A coded document in which private persons cannot be told: names give way, and of the text only what is quoted stays.

Two passes: `learn` looks at every document, so that a surname alone in one is known from the full name in another;
`protect` makes the documents anew. Every quote stands word for word in the protected text, as it did in the whole one.
"""

import hmac
import re
import secrets
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from tocsin.datamodel import CodedDocument, Document, Evidence, Mention, Place, Span
from tocsin.datamodel.coded import spans
from tocsin.datamodel.gazetteer import Entry, PlaceIndex
from tocsin.export.private.disclosures import Disclosures
from tocsin.export.private.names import ORGANISATION, PLACE, Known, NameFinder, Private
from tocsin.export.private.tokens import fold, tokens_of

#: Letters of a pseudonym: among 10,000 names two have the same one with a chance of one in six million.
_LETTERS = 10
#: Between two stretches of a text that are not side by side.
_BETWEEN = "\n"
#: Terms that name no one.
_LICENCE = re.compile(r"CC[ -]?(?:0|BY)[A-Z0-9 .-]*|public domain", re.IGNORECASE)
#: Degrees by which coordinates may differ from those of the place index without being more exact than it.
_EXACT = 0.0001


def new_key() -> bytes:
    """Return a random key for one export."""
    return secrets.token_bytes(32)


class Protector:
    """Makes coded documents in which private persons cannot be told; one for each export.

    Args:
        key: of the export; the same name has the same pseudonym within it, and another one under another key.
        finder: finds names that are not told to be public.
        places: the place index.
        is_person: whether the words for an actor or speaker mean one person.
        public: names of people and bodies that stay, as the user says.
        disclosures: counts what is held back.
    """

    def __init__(
        self,
        key: bytes,
        finder: NameFinder,
        places: PlaceIndex,
        is_person: Callable[[str], bool],
        *,
        public: Iterable[str] = (),
        disclosures: Disclosures,
    ) -> None:
        self._key = key
        self._finder = finder
        self._places = places
        self._is_person = is_person
        self._public = {_parts(name) for name in public}
        self._phrases = {name.casefold() for name in public}
        self._known = Known(public=frozenset(self._public), surnames=_single(self._public))
        self._held: set[str] = set()
        self._names: set[tuple[str, ...]] = set()
        self._publishers: set[str] = set()
        self._coded: set[str] = set()
        self._disclosures = disclosures

    def learn(self, coded: CodedDocument) -> None:
        """Look at a document, before any is protected."""
        places = _coded_places(coded)
        found = self._finder.find(coded.document.text, self._known, persons=self._persons(coded), places=places)
        self._public |= found.public
        self._held |= found.parts
        self._names |= found.names
        self._coded |= places
        self._publishers.add(coded.document.publisher)

    def settle(self) -> None:
        """Take together what was learnt.

        A surname of somebody in office is public unless a private person has it beside another name; a town that is
        told of is no surname, on the same condition or where it is large.
        """
        full = {name for name in self._public if len(name) > 1}
        spelled = {" ".join(name) for name in full}
        joined = {
            part
            for name in self._names
            if len(name) > 1 and not any(f" {one} " in f" {' '.join(name)} " for one in spelled)
            for part in name
        }
        surnames = (_single(self._public) | {name[-1] for name in full}) - joined
        self._coded = {name for name in self._coded if name not in joined or self._finder.is_town(name)}
        self._held -= surnames | self._coded
        self._known = Known(frozenset(full), surnames, frozenset(self._held))
        shown = {_parts(name) for name in self._publishers if self._publisher(name) == name}
        self._known = Known(frozenset(full | {name for name in shown if len(name) > 1}), surnames, self._known.private)

    def protect(self, coded: CodedDocument) -> CodedDocument:
        """Return a document as it may be shown, after all were learnt.

        Its text is what its mentions quote, the rest is left out; so are title, author and address.
        """
        document = coded.document
        found = self._finder.find(document.text, self._known, persons=self._persons(coded), places=self._coded)
        text = _Excerpt(document.text, found.private, self._pseudonym, _stretches(coded.mentions))
        for kind in text.replaced:
            self._disclosures.note(kind, "quotes", f"{kind}-... stands instead")
        publisher = self._publisher(document.publisher)
        if publisher != document.publisher:
            note = "Publisher-... stands instead; --public NAME keeps a name"
            self._disclosures.note("publisher", "documents", note)
        self._note_document(document, len(text.words))
        names = {mention.id: f"m{number}" for number, mention in enumerate(coded.mentions, 1)}
        mentions = tuple(
            replace(
                self._mention(mention, text),
                id=names[mention.id],
                context=names.get(mention.context or ""),
                event=None if mention.event is None else self.alias("event", mention.event),
            )
            for mention in coded.mentions
        )
        shown = Document(
            id=self.alias("document", document.id),
            text=text.words,
            publisher=publisher,
            published=document.published,
            language=document.language,
            licence=document.licence if _LICENCE.fullmatch(document.licence or "") else None,
        )
        return CodedDocument(shown, mentions, coded.collection)

    def alias(self, kind: str, name: str) -> str:
        """Return what an id is called in this export."""
        return f"{kind}-{self._digest(kind, name).hex()[:16]}"

    # within

    def _pseudonym(self, kind: str, key: str) -> str:
        # Letters alone: a digit would be read as a number of people.
        digest = self._digest(kind, key)
        return f"{kind}-{''.join(chr(ord('A') + byte % 26) for byte in digest[:_LETTERS])}"

    def _digest(self, kind: str, name: str) -> bytes:
        return hmac.new(self._key, f"{kind}\0{name}".encode("utf-8", "replace"), sha256).digest()

    def _persons(self, coded: CodedDocument) -> list[tuple[int, int]]:
        told = [actor.span for mention in coded.mentions for actor in mention.actors]
        told += [s.span for mention in coded.mentions for claim in mention.claims for s in claim.said_by]
        return [(span.start, span.end) for span in dict.fromkeys(told) if span.placed and self._is_person(span.quote)]

    def _private(self, words: str) -> Sequence[Private]:
        return self._finder.find(words, self._known).private

    def _publisher(self, name: str) -> str:
        """Return a publisher as it may be shown: bodies stay, what may be a person's name does not."""
        if not name or name.casefold() in self._phrases:
            return name
        # A name in small letters may be a person's as well.
        private = self._private(name if name != name.lower() else name.title())
        own = {part for token in tokens_of(name) for part in token.parts}
        if not private or (
            {one.kind for one in private} == {ORGANISATION} and not own & (self._held | self._finder.names)
        ):
            return name
        return self._pseudonym("Publisher", name)

    def _mention(self, mention: Mention, text: "_Excerpt") -> Mention:
        return replace(
            mention,
            places=tuple(self._place(place, text) for place in mention.places),
            actors=tuple(replace(actor, span=text.moved(actor.span)) for actor in mention.actors),
            claims=tuple(
                replace(
                    claim,
                    id="",
                    unit=None if claim.unit and self._private(claim.unit) else claim.unit,
                    span=text.moved(claim.span),
                    said_by=tuple(replace(one, span=text.moved(one.span)) for one in claim.said_by),
                    hedge=None if claim.hedge is None else text.moved(claim.hedge),
                )
                for claim in mention.claims
            ),
            demands=tuple(text.moved(span) for span in mention.demands),
            evidence=tuple(Evidence(text.moved(e.sentence), text.moved(e.trigger)) for e in mention.evidence),
        )

    def _place(self, place: Place, text: "_Excerpt") -> Place:
        """Return a place no more exact than the place index has it; a venue that it does not have gives way."""
        span = None if place.span is None else text.moved(place.span)
        entry = self._entry(place)
        admin1 = place.admin1 if place.admin1 and self._is_place(place.admin1, place.country) else None
        if entry is None:
            name = place.name
            if self._private(f"in {name}") or not tokens_of(name):
                name = self._pseudonym(PLACE, fold(name))
                self._disclosures.note("venue", "places", "Place-... stands instead, without coordinates")
            elif place.lat is not None:
                self._disclosures.note("coordinates", "places", "left out: the place index does not have the place")
            return Place(span, name, place.country, admin1)
        if place.lat is None or place.lon is None:
            return replace(place, span=span, admin1=admin1)
        if abs(place.lat - entry.lat) > _EXACT or abs(place.lon - entry.lon) > _EXACT:
            self._disclosures.note("coordinates", "places", "those of the town or region stand instead")
        return replace(place, span=span, admin1=admin1, lat=entry.lat, lon=entry.lon)

    def _entry(self, place: Place) -> Entry | None:
        """Return the place of the index that a place is, or None: also where its name is a private person's."""
        held = [entry for entry in self._places.lookup(place.name) if entry.country == place.country]
        if self._held & {part for token in tokens_of(place.name) for part in token.parts}:
            return None
        return next((e for e in held if e.id and e.id == place.geonameid), next(iter(held), None))

    def _is_place(self, name: str, country: str) -> bool:
        return any(e.country == country for e in self._places.lookup(name)) or not self._private(f"in {name}")

    def _note_document(self, document: Document, kept: int) -> None:
        note = self._disclosures.note
        note("title", "documents", "left out", bool(document.title))
        note("address", "documents", "left out", bool(document.url))
        note("author", "documents", "left out", bool(document.author))
        note("id", "documents", "document-... stands instead")
        note("text", "documents", "left out but for what is quoted, by characters", max(0, len(document.text) - kept))


class _Excerpt:
    """Stretches of a text with names replaced, and where each place of the text went.

    Args:
        text: all of it.
        private: what gives way, in order.
        pseudonym: what stands instead.
        stretches: from where to where the text stays, in order, without overlaps.
    """

    def __init__(
        self,
        text: str,
        private: Sequence[Private],
        pseudonym: Callable[[str, str], str],
        stretches: Iterable[tuple[int, int]],
    ) -> None:
        self.replaced: list[str] = []
        self._from: list[int] = []
        self._pieces: list[_Piece] = []
        words: list[str] = []
        size = 0
        for start, end in _widened(stretches, private):
            if words:
                words.append(_BETWEEN)
                size += len(_BETWEEN)
            for a, b, instead in _cut(text, start, end, private, pseudonym):
                piece = text[a:b] if instead is None else instead
                if instead is not None:
                    self.replaced.append(instead.partition("-")[0])
                self._from.append(a)
                self._pieces.append(_Piece(a, b, size, len(piece), instead is not None))
                words.append(piece)
                size += len(piece)
        self.words = "".join(words)

    def moved(self, span: Span) -> Span:
        """Return a span of the whole text where it stands now, with the words that stand there."""
        if not span.placed:
            return Span.unplaced("")
        first, last = self._piece(span.start), self._piece(span.end - 1)
        start = first.at if first.replaced else first.at + span.start - first.start
        end = last.at + (last.size if last.replaced else span.end - last.start)
        return Span.of(self.words, start, end)

    def _piece(self, place: int) -> "_Piece":
        return self._pieces[bisect_right(self._from, place) - 1]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of the text: from where to where it stood, where it stands now and how long it is."""

    start: int
    end: int
    at: int
    size: int
    replaced: bool


def _cut(
    text: str, start: int, end: int, private: Sequence[Private], pseudonym: Callable[[str, str], str]
) -> Iterator[tuple[int, int, str | None]]:
    """Yield the pieces of a stretch, each with what stands instead of it, or None."""
    at = start
    for one in private:
        if one.end <= start or one.start >= end:
            continue
        if one.start > at:
            yield at, one.start, None
        yield one.start, one.end, pseudonym(one.kind, one.key)
        at = one.end
    if at < end:
        yield at, end, None


def _stretches(mentions: Iterable[Mention]) -> list[tuple[int, int]]:
    """Return from where to where a text is quoted, in order, without overlaps."""
    found: list[tuple[int, int]] = []
    for start, end in sorted({(span.start, span.end) for m in mentions for span in spans(m) if span.placed}):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _widened(stretches: Iterable[tuple[int, int]], private: Sequence[Private]) -> list[tuple[int, int]]:
    """Return stretches that cut no private name in two."""
    found: list[tuple[int, int]] = []
    for start, end in stretches:
        for one in private:
            if one.start < end and start < one.end:
                start, end = min(start, one.start), max(end, one.end)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _coded_places(coded: CodedDocument) -> frozenset[str]:
    """Return the names of places, of those that the place index has, that a document is coded to tell of, folded."""
    told = (place for mention in coded.mentions for place in mention.places if place.geonameid is not None)
    return frozenset(fold(name) for p in told for name in (p.name, p.span.quote if p.span is not None else p.name))


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part for token in tokens_of(name) for part in token.parts)


def _single(names: Collection[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(name[0] for name in names if len(name) == 1)
