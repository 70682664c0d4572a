"""Who is no private person, and which words with a capital letter are no names."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tocsin.codebook.loader import load_codebook
from tocsin.codebook.tables import Faults, Table, read_table

_LISTS = (
    "offices", "office_words", "mouths", "bodies", "not_in_office", "address", "particles", "names", "calendar",
    "public_nouns", "common", "leading", "owners", "function", "date_before", "place_before",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class PrivateWords:
    """The words of private.toml, in small letters, with those of other tables that tell the same.

    Attributes:
        offices: whose holder is a public person, where the name follows at once.
        office_words: that belong to an office before it.
        mouths: those who speak for a body.
        bodies: whose mouths are public.
        not_in_office: words that take the office away.
        address: forms of address.
        particles: small words within names.
        names: names of people, those too that are words as well.
        ambiguous: names that are words as well.
        calendar: days, months, feasts.
        public_nouns: of bodies, offices and things whose names are public.
        people: adjectives and names of the people of countries and regions.
        common: words in small letters of ordinary texts, without those that are names.
        leading: small words that may begin a name.
        owners: words before an office that make it one of no public body.
        function: words that are part of no name.
        date_before, place_before: words before a month or day that is a name too, and before a place.
        countries: names of countries besides those of the place index.
        streets: words of addresses ("street", "avenue").
    """

    offices: frozenset[str]
    office_words: frozenset[str]
    mouths: frozenset[str]
    bodies: frozenset[str]
    not_in_office: frozenset[str]
    address: frozenset[str]
    particles: frozenset[str]
    names: frozenset[str]
    ambiguous: frozenset[str]
    calendar: frozenset[str]
    public_nouns: frozenset[str]
    people: frozenset[str]
    common: frozenset[str]
    leading: frozenset[str]
    owners: frozenset[str]
    function: frozenset[str]
    date_before: frozenset[str]
    place_before: frozenset[str]
    countries: frozenset[str]
    streets: frozenset[str]


@cache
def load_private(folder: Path | None = None) -> PrivateWords:
    """Return the words by which private names are told, with a user's folder laid over the packaged tables.

    Raises:
        CodebookError: with every fault of the tables.
    """
    faults = Faults()
    codebook = load_codebook(folder)
    lists = _lists(read_table("private", folder, faults))
    faults.raise_any()
    places, speakers, actors = codebook.places, codebook.speakers, codebook.actors
    given = places.words["given_names"] | places.words["surnames"]
    nouns = {word for word in (*actors.groups, *speakers.kinds) if word.isalpha()}
    names = lists["names"] | given
    people = [name for land in places.countries.values() for name in land.people]
    people += [name for region in places.regions.values() for name in region.people]
    return PrivateWords(
        **{name: words for name, words in lists.items() if name not in ("names", "public_nouns", "common")},
        names=names,
        ambiguous=lists["names"],
        public_nouns=lists["public_nouns"] | (nouns - names),
        people=frozenset(part.lower() for name in people for part in name.split()) - names,
        common=frozenset((lists["common"] | set(speakers.grammar.classes) | nouns) - names | set(speakers.cues)),
        countries=frozenset(name.lower() for land in places.countries.values() for name in (land.name, *land.names)),
        streets=places.words["street_words"],
    )


def _lists(table: Table) -> Mapping[str, frozenset[str]]:
    table.known(*_LISTS)
    return {name: frozenset(word.lower() for line in table.texts(name) for word in line.split()) for name in _LISTS}
