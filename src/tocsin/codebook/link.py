"""What the putting together of mentions goes by: families of types, spellings, words that tell nothing, weights."""

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.codebook.tables import Table


@dataclass(frozen=True, slots=True)
class LinkRules:
    """The rules of link.toml and the weights of link_weights.toml.

    Attributes:
        families: for each type, the families it belongs to: itself, and those of link.toml.
        cannot: by comparison, the levels at which two mentions cannot be one happening.
        sounds: spellings and what they are written as, in order.
        common: words that tell nothing of which happening it is.
        titles: words with a capital letter that name no one.
        weekdays: their names, Monday first.
        prior: log2 of the odds that a pair of candidates is one happening, before anything is compared.
        threshold: the sum of weights from which a pair speaks for one happening.
        weights: by comparison and level, in log2.
    """

    families: Mapping[str, frozenset[str]]
    cannot: Mapping[str, frozenset[str]]
    sounds: tuple[tuple[str, str], ...]
    common: frozenset[str]
    titles: frozenset[str]
    weekdays: tuple[str, ...]
    prior: float
    threshold: float
    weights: Mapping[str, Mapping[str, float]]


def parse_link(table: Table, weights: Table, types: Mapping[str, object]) -> LinkRules:
    """Return the rules of link.toml and link_weights.toml; what is wrong is noted as faults."""
    table.known("families", "cannot", "sounds", "words")
    weights.known("prior", "threshold", "weights")
    families: dict[str, set[str]] = {}
    listed = table.table("families")
    for family in listed.raw:
        for name in listed.texts(family):
            families.setdefault(name, set()).add(family)
            if name not in types:
                listed.faults.add(f"{listed.where}.{family}]", f"{name!r} is no type")
    barred, sounds, words = table.table("cannot"), table.table("sounds"), table.table("words")
    words.known("common", "titles", "weekdays")
    return LinkRules(
        cannot={name: frozenset(barred.texts(name)) for name in barred.raw},
        families={name: frozenset(families.get(name, ())) | {name} for name in types},
        sounds=tuple((spelling, sounds.text(spelling)) for spelling in sounds.raw),
        common=frozenset(words.texts("common")),
        titles=frozenset(words.texts("titles")),
        weekdays=tuple(words.texts("weekdays")),
        prior=weights.number("prior"),
        threshold=weights.number("threshold"),
        weights={
            name: {level: entry.number(level) for level in entry.raw}
            for name, entry in weights.table("weights").tables().items()
        },
    )
