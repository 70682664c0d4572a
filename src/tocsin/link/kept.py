"""What linking keeps of a record from one time to the next, as it is looked up and changed.

The record holds it (store/kept.py); linking is handed it and knows no tables.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from tocsin.datamodel.kept import KeptDocument, KeptEntry


class Kept(Protocol):
    """Digests, keys, bands, parts and entries of the documents of a record; documents go by number."""

    def documents(self, numbers: Collection[int]) -> Sequence[KeptDocument]:
        """Return documents in the order of their names, and of their texts where those are the same."""

    def text(self, number: int) -> str:
        """Return the text of a document."""

    def put(self, documents: Iterable[KeptDocument]) -> None:
        """Keep digests of documents, in the place of older ones."""

    def drop(self, numbers: Iterable[int], mentions: Iterable[str]) -> None:
        """Keep nothing of these documents and of these mentions any more."""

    def crowded(self, keys: Collection[int], more_than: int) -> set[int]:
        """Return the keys that more than so many documents have."""

    def holders(self, keys: Iterable[int]) -> set[int]:
        """Return the documents that have any of some keys."""

    def change_keys(self, dropped: Iterable[tuple[int, int]], added: Iterable[tuple[int, int]]) -> None:
        """Take some keys from documents and give others to some; each is a key and a document."""

    def band(self, band: int) -> list[int]:
        """Return the documents of a band, in the order of the marks of their texts."""

    def change_bands(self, dropped: Iterable[tuple[int, int, int]], added: Iterable[tuple[int, int, int]]) -> None:
        """Take documents from bands and put others in; each is a band, a mark and a document."""

    def voices(self, numbers: Collection[int]) -> dict[int, set[int]]:
        """Return for documents all those that say the same, by the first of them."""

    def set_voices(self, voices: Mapping[int, int]) -> None:
        """Note for documents the first that says the same."""

    def documents_of(self, mentions: Collection[str]) -> set[int]:
        """Return the documents that tell some mentions."""

    def parts(self, mentions: Collection[str]) -> list[set[str]]:
        """Return the parts that some mentions are in; one that hangs together with no other has none."""

    def set_parts(self, mentions: Iterable[str], parts: Iterable[Sequence[str]]) -> None:
        """Take mentions out of their parts and make new ones."""

    def events(self, mentions: Collection[str]) -> list[tuple[str, ...]]:
        """Return the events that some mentions are in, each with all its mentions, sorted."""

    def entries(self, key: int, first: int, last: int) -> list[KeptEntry]:
        """Return the entries under a key whose first day lies in these days, sorted."""

    def entries_of(self, mentions: Collection[str]) -> list[KeptEntry]:
        """Return the entries of the events whose first mention is one of some."""

    def change_entries(self, dropped: Iterable[KeptEntry], added: Iterable[KeptEntry]) -> None:
        """Take some entries away and add others."""
