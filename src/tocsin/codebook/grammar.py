"""Small words of English by what they do: what marks the ends of noun phrases."""

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.codebook.tables import Table

#: Lists of grammar.toml whose words get the list's name as their class; a later list does not take a word from an
#: earlier one.
CLASSES = (
    "determiners",
    "numbers",
    "pronouns",
    "linking",
    "conjunctions",
    "openers",
    "auxiliaries",
    "adverbs",
    "times",
    "prepositions",
    "verbs",
    "nouns",
)


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """Function words.

    Attributes:
        classes: class of each word, by the word in lower case ("the" -> "determiners"); "word" for nouns
            that end like participles.
        relatives: openers that stand for the noun before them ("who").
        passives: forms of "be" and "get".
        approximations: words before a number that belong to it.
    """

    classes: Mapping[str, str]
    relatives: frozenset[str]
    passives: frozenset[str]
    approximations: frozenset[str]


def parse_grammar(table: Table) -> Grammar:
    """Return the function words of grammar.toml; what is wrong is noted as faults."""
    table.known(*CLASSES, "relatives", "passives", "approximations")
    classes: dict[str, str] = {}
    for name in CLASSES:
        for word in table.texts(name):
            classes.setdefault(word.lower(), "word" if name == "nouns" else name)
    return Grammar(
        classes,
        frozenset(table.texts("relatives")),
        frozenset(table.texts("passives")),
        frozenset(table.texts("approximations")),
    )
