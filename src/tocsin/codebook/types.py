"""What is coded: types, forms, attributes, roles and the other closed lists."""

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.codebook.tables import Table
from tocsin.datamodel.where import WhereWords

CATEGORIES = ("protest", "labour", "response", "violence", "politics")


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of happening.

    Attributes:
        name: as in the codebook.
        category: one of `CATEGORIES`.
        forms: the forms it may have.
        plover, acled: what others call it.
    """

    name: str
    category: str
    forms: tuple[str, ...]
    plover: tuple[str, ...]
    acled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The closed lists of the codebook."""

    types: Mapping[str, EventType]
    modalities: tuple[str, ...]
    scopes: tuple[str, ...]
    precisions: tuple[str, ...]
    bases: tuple[str, ...]
    roles: tuple[str, ...]
    means: tuple[str, ...]
    attributes: tuple[str, ...]
    speaker_kinds: tuple[str, ...]

    @property
    def where_words(self) -> WhereWords:
        """What a choice of events may be made by."""
        return WhereWords(
            {
                "type": tuple(self.types),
                "modality": self.modalities,
                "scope": self.scopes,
                "speaker": self.speaker_kinds,
            },
            {
                category: tuple(name for name, entry in self.types.items() if entry.category == category)
                for category in CATEGORIES
            },
            self.attributes,
        )


def parse_types(table: Table) -> Vocabulary:
    """Return the closed lists of types.toml; what is wrong is noted as faults."""
    lists = ("modalities", "scopes", "precisions", "bases", "roles", "means", "attributes", "speaker_kinds")
    table.known("types", *lists)
    types = {}
    for name, entry in table.table("types").tables().items():
        entry.known("category", "forms", "plover", "acled")
        types[name] = EventType(
            name,
            entry.one_of("category", CATEGORIES),
            entry.texts("forms"),
            entry.texts("plover"),
            entry.texts("acled"),
        )
    return Vocabulary(types, *(table.texts(key) for key in lists))
