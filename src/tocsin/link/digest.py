"""What linking keeps of a document: the traits of its mentions, and aside from them what relations go by.

All that linking does after this is a function of digests, so that a document is read once, however often others come.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tocsin.codebook.link import LinkRules
from tocsin.datamodel import CodedDocument, Mention
from tocsin.datamodel.gazetteer import PlaceIndex
from tocsin.datamodel.kept import KeptDocument
from tocsin.link.between import Told
from tocsin.link.traits import TRAITS, Traits, as_traits, traits_of
from tocsin.link.words import content_words, proper_words, sound, stem

Ints = npt.NDArray[np.int64]

#: Stages of custody, in order.
STAGES = ("detention", "charge", "sentence", "release")
STOPPAGES = ("strike", "work_to_rule", "lockout")


@dataclass(frozen=True, slots=True)
class Aside:
    """What relations go by, aside from the traits of a mention.

    Attributes:
        id: of the mention.
        type, scope: of the mention.
        real: whether it is told as done or going on.
        persons: who was taken, charged, sentenced or let go, by name: how it sounds, and how it is written.
        employers, demands: of a stoppage, names and words as they sound.
        weekdays: that the sentences of a series name, Monday as 0.
    """

    id: str
    type: str
    scope: str
    real: bool
    persons: tuple[tuple[str, str], ...] = ()
    employers: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """What linking keeps of a document.

    Attributes:
        name: id of the document.
        traits: one row a mention.
        asides: one a mention.
    """

    name: str
    traits: Traits
    asides: tuple[Aside, ...]


@dataclass(frozen=True)
class Shelf:
    """Digests side by side: the mentions of all of them as rows of one table.

    Attributes:
        names: of the documents, in order.
        traits: of the mentions, those of a document next to each other.
        told: which document and what each mention happened within.
        asides: of the mentions.
    """

    names: tuple[str, ...]
    traits: Traits
    told: Told
    asides: tuple[Aside, ...]


def digest_of(coded: CodedDocument, rules: LinkRules, places: PlaceIndex) -> Digest:
    """Return what linking keeps of a document with its mentions.

    Args:
        coded: a document; ids of mentions differ over all documents.
        rules: words and spellings.
        places: where a place lies that is told without coordinates.
    """
    asides = tuple(_aside(mention, rules) for mention in coded.mentions)
    return Digest(coded.document.id, as_traits(list(traits_of(coded, rules, places))), asides)


def pack(number: int, digest: Digest) -> KeptDocument:
    """Return the digest of a document as it is kept, under the number of the document."""
    asides = [list(astuple(aside)) for aside in digest.asides]
    for row in asides:
        while row and row[-1] == ():
            row.pop()
    # Most of a row is zeros: the fastest level leaves a fifth of it, the best one little less.
    traits = zlib.compress(digest.traits.tobytes(), 1)
    told = json.dumps(asides, ensure_ascii=False, separators=(",", ":"))
    return KeptDocument(number, digest.name, traits, told, tuple(aside.id for aside in digest.asides))


def unpack(kept: KeptDocument) -> Digest:
    """Return the digest of a document from what `pack` made of it."""
    return Digest(kept.name, np.frombuffer(zlib.decompress(kept.traits), dtype=TRAITS), _asides(kept))


def shelve(digests: Sequence[Digest]) -> Shelf:
    """Return digests side by side, in their order."""
    # Rows of many fields are joined 50 times as fast as bytes.
    rows = b"".join(one.traits.tobytes() for one in digests)
    return _shelf([one.name for one in digests], rows, [one.asides for one in digests])


def shelve_kept(documents: Sequence[KeptDocument]) -> Shelf:
    """Return the digests of documents side by side from what `pack` made of them."""
    rows = b"".join(zlib.decompress(one.traits) for one in documents)
    return _shelf([one.name for one in documents], rows, [_asides(one) for one in documents])


def _shelf(names: Sequence[str], rows: bytes, asides: Sequence[tuple[Aside, ...]]) -> Shelf:
    count = np.array([len(some) for some in asides], dtype=np.int64)
    document = np.repeat(np.arange(len(names)), count)
    traits = np.frombuffer(rows, dtype=TRAITS)
    within = traits["context"].astype(np.int64)
    context = np.where(within >= 0, np.repeat(np.cumsum(count) - count, count) + within, -1)
    told = Told(document, context, traits["type"])
    return Shelf(tuple(names), traits, told, tuple(aside for some in asides for aside in some))


def _asides(kept: KeptDocument) -> tuple[Aside, ...]:
    return tuple(_read(row) for row in json.loads(kept.asides))


def _aside(mention: Mention, rules: LinkRules) -> Aside:
    stoppage = mention.type in STOPPAGES
    return Aside(
        mention.id,
        mention.type,
        mention.scope,
        mention.modality in ("occurred", "ongoing"),
        _persons(mention, rules) if mention.type in STAGES else (),
        _employers(mention, rules) if stoppage else (),
        tuple(sorted({stem(w) for d in mention.demands for w in content_words(d.quote, rules)})) if stoppage else (),
        _weekdays(mention, rules) if mention.scope == "series" else (),
    )


def _persons(mention: Mention, rules: LinkRules) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for actor in mention.actors:
        words = list(proper_words(actor.span.quote, rules, skip_first=False))
        # One name alone is many people's. Of two or more the last and the first letter of the first are kept, which
        # spellings of one person share: Maria and Maryia Kalesnikava.
        if actor.role == "target" and 2 <= len(words) <= 4:
            found.setdefault(f"{sound(words[-1], rules.sounds)} {words[0][0]}", actor.span.quote)
    return tuple(found.items())


def _employers(mention: Mention, rules: LinkRules) -> tuple[str, ...]:
    names = (proper_words(a.span.quote, rules, skip_first=False) for a in mention.actors if a.role == "employer")
    return tuple(sorted({sound(word, rules.sounds) for words in names for word in words}))


def _weekdays(mention: Mention, rules: LinkRules) -> tuple[int, ...]:
    words = {w.rstrip("s") for e in mention.evidence for w in e.sentence.quote.lower().split()}
    named = {w.strip(".,;:\"'()") for w in words}
    return tuple(n for n, name in enumerate(rules.weekdays) if name in named)


def _read(row: list[Any]) -> Aside:
    name, kind, scope, real = row[:4]
    persons, employers, demands, weekdays = [*row[4:], (), (), (), ()][:4]
    written = tuple((sounds, written) for sounds, written in persons)
    return Aside(name, kind, scope, real, written, tuple(employers), tuple(demands), tuple(weekdays))
