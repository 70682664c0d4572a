"""Claims to voices: who gives a figure, however many print it.

Copies of a document are one voice. A speaker who can be told (by name, or as the one body of a kind that an event has:
"the police") is one voice in all documents; another ("a witness") is one in each document and its copies.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tocsin.codebook.loader import Codebook
from tocsin.datamodel import Claim, Document, Speaker, Statement, Voice
from tocsin.datamodel.claim import Number
from tocsin.datamodel.identity import claim_id
from tocsin.reconcile.tellings import Telling

#: What a figure is of: attribute and unit.
Counted = tuple[str, str | None]
#: Gives the spellings of one name one form.
Spell = Callable[[str], str]

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_HAPPENED = frozenset(("occurred", "ongoing"))


@dataclass(frozen=True, slots=True)
class _Who:
    """Who says something, as far as can be told.

    Attributes:
        group: id shared by the copies of the document.
        words: forms of the words that tell who; empty where none does.
        kind: the codebook's speaker kind; "" where the document itself says it.
    """

    group: str
    words: frozenset[str]
    kind: str


@dataclass(frozen=True, slots=True)
class _Said:
    """One claim of one document."""

    counted: Counted
    low: Number | None
    high: Number | None
    order: tuple[date, str, str, int]
    who: _Who
    named: str
    claim: str
    quote: str
    publisher: str
    published: date | None


@dataclass
class _Tally:
    """What one voice says of one thing, being gathered."""

    names: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    said: dict[tuple[Number | None, Number | None], list[_Said]] = field(default_factory=lambda: defaultdict(list))


def hear_voices(
    tellings: Sequence[Telling],
    firsts: Mapping[str, Document],
    codebook: Codebook,
    *,
    modality: str,
    spell: Spell,
) -> dict[Counted, tuple[Voice, ...]]:
    """Return the voices of an event by what they count.

    Args:
        tellings: of one event.
        firsts: for the id that copies share the one of them that came first.
        codebook: which kinds and words of speakers tell who it is.
        modality: of the event. Where it happened, what was planned beforehand is no figure of it, and of what denies
            it only zero is.
        spell: gives the spellings of one name one form.

    Returns:
        In the order of attributes; voices in the order of their first words. The order of tellings changes nothing.
    """
    said = list(_said(tellings, firsts, codebook, modality, spell))
    voice_of = _identify({one.who for one in said}, codebook)
    tallies: defaultdict[Counted, defaultdict[tuple[object, ...], _Tally]] = defaultdict(lambda: defaultdict(_Tally))
    for one in said:
        tally = tallies[one.counted][voice_of[one.who]]
        tally.names.add(one.named)
        tally.kinds |= {one.who.kind} - {""}
        tally.said[(one.low, one.high)].append(one)
    return {
        counted: tuple(sorted(map(_voice, tallies[counted].values()), key=_order_of_voices))
        for counted in sorted(tallies, key=lambda key: (key[0], key[1] or ""))
    }


def interval(claim: Claim) -> tuple[Number | None, Number | None]:
    """Return the ends of a claim, the lower one first."""
    if claim.low is not None and claim.high is not None and claim.low > claim.high:
        return claim.high, claim.low
    return claim.low, claim.high


def _said(
    tellings: Sequence[Telling], firsts: Mapping[str, Document], codebook: Codebook, modality: str, spell: Spell
) -> Iterator[_Said]:
    printed = {telling.copied: firsts[telling.copied].publisher for telling in tellings}
    places = frozenset(
        spell(word) for t in tellings for place in t.mention.places for word in _WORD.findall(place.name.lower())
    )
    houses = {_house(name, codebook, spell): name for name in sorted(set(printed.values()) - {""})}
    for telling in tellings:
        mention, document = telling.mention, telling.document
        for position, claim in enumerate(mention.claims):
            low, high = interval(claim)
            if (low is None and high is None) or not _counts(mention.modality, modality, high):
                continue
            origin = claim.said_by[-1] if claim.said_by else None
            publisher = printed[telling.copied]
            if origin is None:
                who = _Who(telling.copied, _printed_by(publisher), "")
            else:
                words = _words(origin, telling.copied, places, codebook, spell)
                who = _Who(
                    telling.copied, _printed_by(houses[words]) if words and words in houses else words, origin.kind
                )
            yield _Said(
                (claim.attribute, _unit(claim)),
                low,
                high,
                (*telling.order, position),
                who,
                publisher if origin is None else origin.span.quote,
                claim_id(mention.id, position, claim),
                claim.span.quote,
                document.publisher,
                document.published,
            )


def _counts(told: str, event: str, high: Number | None) -> bool:
    """Whether what a mention of one modality claims is a figure of an event of another."""
    if event in _HAPPENED:
        return told in _HAPPENED or (told == "denied" and high == 0)
    return told == event and (told != "denied" or high == 0)


def _unit(claim: Claim) -> str | None:
    """Return a claim's unit, that of lost output as told in small letters."""
    return claim.unit.casefold() if claim.attribute == "output_loss" and claim.unit else claim.unit


def _printed_by(publisher: str) -> frozenset[str]:
    """Return who speaks where a document itself does: its publisher, by its exact name, where that is known."""
    return frozenset((f"publisher {publisher}",)) if publisher else frozenset()


def _house(publisher: str, codebook: Codebook, spell: Spell) -> frozenset[str]:
    """Return a publisher as another document would name it as a speaker."""
    plain = [word.lower() for word in _WORD.findall(publisher)]
    empty = codebook.link.common | codebook.figures.carriers
    return frozenset(spell(word) for word in plain if word not in empty)


def _words(speaker: Speaker, group: str, places: frozenset[str], codebook: Codebook, spell: Spell) -> frozenset[str]:
    """Return the words that tell who a speaker is, with the document where only that one tells; none for "he"."""
    empty = codebook.link.common | codebook.figures.carriers
    said = [(word, word.lower().removesuffix("'s").removesuffix("’s")) for word in _WORD.findall(speaker.span.quote)]
    telling = [(word, plain) for word, plain in said if plain not in empty]
    forms = frozenset(spell(plain) for _, plain in telling)
    named = any(word[0].isupper() and plain not in codebook.speakers.kinds for word, plain in telling)
    if forms and not named and speaker.kind not in codebook.figures.bodies:
        return forms | {f"in {group}"}
    return forms - places or forms


def _identify(who: Iterable[_Who], codebook: Codebook) -> dict[_Who, tuple[object, ...]]:
    """Return for each speaker the key of a voice.

    A speaker told in fewer words is the one told in more ("the ministry", "Olga Petrova of the interior ministry")
    where only one fits; one without words ("he") is the one of that kind in the same document, where there is only one.
    """
    people = sorted(who, key=lambda one: (one.group, one.kind, sorted(one.words)))
    kinds: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for one in people:
        if one.words:
            kinds[one.words].add(one.kind)
    fuller = {words: _fuller(words, kinds) for words in kinds}
    found: dict[_Who, tuple[object, ...]] = {}
    here: defaultdict[tuple[str, str], set[tuple[object, ...]]] = defaultdict(set)
    for one in people:
        if one.words:
            words = one.words
            while words != fuller[words]:
                words = fuller[words]
            found[one] = tuple(sorted(words))
            here[(one.group, one.kind)].add(found[one])
    for one in people:
        if not one.words:
            same = here[(one.group, one.kind)] if one.kind else set()
            found[one] = next(iter(same)) if len(same) == 1 else (one.group, one.kind, None)
    return found


def _fuller(words: frozenset[str], kinds: dict[frozenset[str], set[str]]) -> frozenset[str]:
    more = [other for other in kinds if words < other and kinds[words] & kinds[other]]
    longest = [one for one in more if not any(one < other for other in more)]
    return longest[0] if len(longest) == 1 else words


def _voice(tally: _Tally) -> Voice:
    statements = []
    for (low, high), same in tally.said.items():
        same.sort(key=lambda one: one.order)
        first = same[0]
        statements.append(
            (
                first.order,
                Statement(
                    low,
                    high,
                    first.published,
                    first.quote,
                    tuple(one.publisher for one in same),
                    tuple(one.claim for one in same),
                ),
            )
        )
    statements.sort(key=lambda pair: pair[0])
    name = max(tally.names, key=lambda words: (len(words), words))
    return Voice(name, tuple(sorted(tally.kinds)), tuple(statement for _, statement in statements))


def _order_of_voices(voice: Voice) -> tuple[date, str, str]:
    first = voice.statements[0]
    return (first.day or date.max, voice.name, first.claims[0])
