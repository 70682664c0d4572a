"""What linking keeps of a record between two times, as it goes to the record and back."""

from dataclasses import dataclass

#: Raised by one where what linking keeps of a document, or how it meets others, changes: records are linked anew then.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """What linking keeps of a document.

    Attributes:
        number: of the version of the document in the record.
        name: id of the document.
        traits: of its mentions, packed.
        asides: JSON: ids of its mentions, and what relations go by.
        mentions: ids of its mentions, where it is to be kept.
    """

    number: int
    name: str
    traits: bytes
    asides: str
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """Where an event is found by those that it may be related to.

    Attributes:
        key: a number that stands for type and country, a person or an employer.
        first, last: its days as ordinals; 0 where they do not matter.
        event: id of its first mention.
    """

    key: int
    first: int
    last: int
    event: str
