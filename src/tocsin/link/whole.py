"""All documents of a record linked at once, with all that is kept for those to come."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tocsin.codebook.link import LinkRules
from tocsin.datamodel import CodedDocument
from tocsin.datamodel.gazetteer import PlaceIndex
from tocsin.datamodel.kept import KeptDocument, KeptEntry
from tocsin.link.block import MeetingKeys, families_of, meeting_keys, meetings
from tocsin.link.copies import Signature, signature_of, voices_of
from tocsin.link.digest import digest_of, pack, shelve_kept
from tocsin.link.kept import Kept
from tocsin.link.link import named, put_together
from tocsin.link.reasons import Reasons
from tocsin.link.relate import Gathered, Related, entries_of, gather, relate_events

Names = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PackedDocument:
    """A document as it is kept, and by what its text meets its copies."""

    kept: KeptDocument
    signature: Signature


@dataclass(frozen=True)
class Whole:
    """All mentions of a record put together.

    Attributes:
        clusters: the ids of the mentions of each event, sorted.
        reasons: why.
        related: what the events are to each other.
        keep: writes what is kept for documents to come.
    """

    clusters: tuple[tuple[str, ...], ...]
    reasons: Reasons
    related: tuple[Related, ...]
    keep: Callable[[Kept], None]


def pack_document(number: int, coded: CodedDocument, rules: LinkRules, places: PlaceIndex) -> PackedDocument:
    """Return a document, by its number, as it is kept; a pure function of its text and mentions."""
    return PackedDocument(pack(number, digest_of(coded, rules, places)), signature_of(coded.document.text))


def link_all(
    packed: Sequence[PackedDocument],
    text_of: Callable[[int], str],
    rules: LinkRules,
    *,
    same: Sequence[Names] = (),
    different: Sequence[Names] = (),
) -> Whole:
    """Link all documents of a record.

    Args:
        packed: the documents, in the order of their names, and of their texts where those are the same.
        text_of: returns the text of a document by its number.
        rules: families of types and weights.
        same, different: ids of two mentions that a person has put together, or kept apart.
    """
    documents, signatures = [one.kept for one in packed], [one.signature for one in packed]
    numbers = [one.number for one in documents]
    voices = voices_of(signatures, lambda n: text_of(numbers[n]))
    shelf = shelve_kept(documents)
    keys = meeting_keys(shelf.traits, shelf.told.document, families_of(rules))
    clusters = put_together(shelf, meetings(keys), rules, same=same, different=different)
    events = [gather(rows, shelf) for rows in clusters.rows]
    parts: defaultdict[int, list[str]] = defaultdict(list)
    for aside, part in zip(shelf.asides, clusters.parts.tolist(), strict=True):
        parts[part].append(aside.id)

    def keep(kept: Kept) -> None:
        kept.put(documents)
        kept.set_voices({numbers[n]: numbers[first] for n, first in enumerate(voices) if n != first})
        kept.change_keys((), _rows(keys, numbers))
        kept.change_bands((), _bands(signatures, numbers))
        kept.set_parts((), [names for names in parts.values() if len(names) > 1])
        kept.change_entries((), _entries(events))

    return Whole(named(clusters, shelf), clusters.pairs, relate_events(events), keep)


def _rows(keys: MeetingKeys, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    # In order, which fills an index four times as fast.
    order = keys.keys.argsort(kind="stable")
    for key, document in zip(keys.keys[order].tolist(), keys.documents[order].tolist(), strict=True):
        yield key, numbers[document]


def _bands(signatures: Sequence[Signature], numbers: Sequence[int]) -> list[tuple[int, int, int]]:
    return sorted(
        (band, one.mark, number) for one, number in zip(signatures, numbers, strict=True) for band in one.bands.tolist()
    )


def _entries(events: Sequence[Gathered]) -> Iterator[KeptEntry]:
    for one in events:
        yield from entries_of(one)
