"""The forms of a type, as words."""

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.codebook.inflection import spread
from tocsin.codebook.tables import Table
from tocsin.codebook.types import Vocabulary


@dataclass(frozen=True, slots=True)
class FormWords:
    """Type to form to the word sequences that tell it, joined by single spaces; forms in the order to try them."""

    by_type: Mapping[str, Mapping[str, frozenset[str]]]


def parse_forms(table: Table, vocabulary: Vocabulary) -> FormWords:
    """Return the words of forms.toml; what is wrong is noted as faults."""
    by_type = {}
    for name, entry in table.tables().items():
        if name not in vocabulary.types:
            table.faults.add(entry.where, "is not a type of types.toml")
            continue
        entry.known(*vocabulary.types[name].forms)
        by_type[name] = {
            form: frozenset(" ".join(words) for phrase in entry.texts(form) for words in spread(phrase))
            for form in entry.raw
        }
    return FormWords(by_type)
