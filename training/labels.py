"""What the model tells apart, in the order of its outputs."""

from dataclasses import dataclass
from functools import cache

from tocsin.codebook.dates import DateWords, parse_dates
from tocsin.codebook.tables import Faults, read_table
from tocsin.codebook.types import Vocabulary, parse_types


@dataclass(frozen=True)
class Head:
    """Columns of the model's first output.

    Attributes:
        name: of the group.
        labels: one column each.
        softmax: whether exactly one label holds; otherwise each holds or not by itself.
    """

    name: str
    labels: tuple[str, ...]
    softmax: bool


# Each relation has a query (the trigger's side) and a key (the other side) in the model's second output.
ROLES = ("participant", "organiser", "authority", "target", "employer", "counterpart")
# The last three hold between triggers: tell of one happening; happened within or because of; at the same place.
RELATIONS = ("place", "claim", "demand", *ROLES, "speaker", "date", "same", "context", "there")
LINK_SIZE = 32
# Whether the place of a happening is named in its own sentences, taken over from another happening, or not told.
WHERE = ("named", "taken over", "none")
# Heads that are read off a trigger as a whole.
OF_TRIGGER = ("modality", "scope", "form", "means", "basis", "precision", "where")


def vocabulary() -> Vocabulary:
    """Return the closed lists of the packaged codebook."""
    faults = Faults()
    found = parse_types(read_table("types", None, faults))
    faults.raise_any()
    return found


@cache
def heads() -> tuple[Head, ...]:
    """Return the heads in the order of the columns."""
    words = vocabulary()
    types = tuple(words.types)
    forms = tuple(dict.fromkeys(form for kind in words.types.values() for form in kind.forms))
    return (
        Head("document", ("in_scope",), softmax=False),
        Head("sentence", types, softmax=False),
        Head("trigger", ("none", *types), softmax=True),
        Head("modality", words.modalities, softmax=True),
        Head("scope", words.scopes, softmax=True),
        Head("form", ("none", *forms), softmax=True),
        Head("means", words.means, softmax=False),
        Head("claim", ("none", *words.attributes), softmax=True),
        Head("place", ("place",), softmax=False),
        Head("actor", ROLES, softmax=False),
        Head("speaker", ("none", *words.speaker_kinds), softmax=True),
        Head("demand", ("demand",), softmax=False),
        Head("hedge", ("hedge",), softmax=False),
        Head("basis", words.bases, softmax=True),
        Head("precision", words.precisions, softmax=True),
        Head("where", WHERE, softmax=True),
    )


@cache
def columns() -> dict[str, slice]:
    """Return where the columns of each head stand."""
    found, at = {}, 0
    for head in heads():
        found[head.name] = slice(at, at + len(head.labels))
        at += len(head.labels)
    return found


def head_named(name: str) -> Head:
    """Return a head by its name."""
    return next(head for head in heads() if head.name == name)


@cache
def date_words() -> DateWords:
    """Return the words of time of the packaged codebook."""
    faults = Faults()
    found = parse_dates(read_table("dates", None, faults))
    faults.raise_any()
    return found
