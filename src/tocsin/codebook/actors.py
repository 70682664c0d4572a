"""What a noun can be, and which role the words around a trigger have."""

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.codebook.grammar import Grammar
from tocsin.codebook.tables import Table
from tocsin.codebook.types import Vocabulary

GROUPS = ("people", "authorities", "organisers", "employers")
#: Places around a trigger that give a role.
PLACES = ("doer", "done", "of", "people", "at", "with", "to", "organisers", "near")
_LISTS = ("never", "naming", "suffering", "calling", "holding", "speaking")


@dataclass(frozen=True, slots=True)
class ActorWords:
    """What actors.toml says.

    Attributes:
        groups: the groups of each noun in lower case ("committee" -> {"organisers"}).
        roles: by type, the role of each place around the trigger.
        fits: groups that may take a role.
        never: nouns that are no actor.
        naming: words that introduce some of those meant ("among them"), each as its words, by the first of them.
        suffering: verbs whose subject suffers what the type does.
        calling: verbs of organisers.
        holding: verbs whose subject takes part in the happening named by their object.
        speaking: verbs whose subject tells of the happening.
        grammar: function words.
    """

    groups: Mapping[str, frozenset[str]]
    roles: Mapping[str, Mapping[str, str]]
    fits: Mapping[str, frozenset[str]]
    never: frozenset[str]
    naming: Mapping[str, tuple[tuple[str, ...], ...]]
    suffering: frozenset[str]
    calling: frozenset[str]
    holding: frozenset[str]
    speaking: frozenset[str]
    grammar: Grammar


def parse_actors(table: Table, grammar: Grammar, vocabulary: Vocabulary) -> ActorWords:
    """Return the words of actors.toml; what is wrong is noted as faults."""
    table.known("groups", "types", "fits", *_LISTS)
    groups_table, types, fits = table.table("groups"), table.table("types"), table.table("fits")
    groups_table.known(*GROUPS)
    types.known(*vocabulary.types)
    fits.known(*vocabulary.roles)
    groups: dict[str, set[str]] = {}
    for group in GROUPS:
        for word in groups_table.texts(group):
            groups.setdefault(word, set()).add(group)
    roles = {}
    for name, entry in types.tables().items():
        entry.known(*PLACES)
        roles[name] = {place: entry.one_of(place, vocabulary.roles) for place in PLACES if place in entry.raw}
    lists = {name: table.table(name).texts("words") for name in _LISTS}
    return ActorWords(
        groups={word: frozenset(names) for word, names in groups.items()},
        roles=roles,
        fits={role: frozenset(fits.texts(role)) for role in vocabulary.roles},
        never=frozenset(lists["never"]),
        naming=_by_first(lists["naming"]),
        suffering=frozenset(lists["suffering"]),
        calling=frozenset(lists["calling"]),
        holding=frozenset(lists["holding"]),
        speaking=frozenset(lists["speaking"]),
        grammar=grammar,
    )


def _by_first(phrases: tuple[str, ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for parts in (tuple(phrase.split()) for phrase in phrases):
        found[parts[0]] = (*found.get(parts[0], ()), parts)
    return found
