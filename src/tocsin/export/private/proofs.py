"""What tells that a name is public: an office right before it, or a place too well known to be a person."""

from collections.abc import Sequence

from tocsin.codebook.private import PrivateWords
from tocsin.datamodel.gazetteer import PlaceIndex
from tocsin.export.private.tokens import Token, fold

#: Inhabitants from which a town is too well known for its name to be taken for a person's.
LARGE = 500_000
_STARTS = ".!?:;\n“\"‘'([—–•*/|”’"
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def closed_words(words: PrivateWords) -> frozenset[str]:
    """Return the words with a capital letter that are no part of a person's name: bodies, offices, days, peoples."""
    return words.public_nouns | words.office_words | words.bodies | words.mouths | words.calendar | words.people


class LargePlaces:
    """Countries, capitals and large towns.

    Args:
        words: of the codebook.
        places: the place index.
    """

    def __init__(self, words: PrivateWords, places: PlaceIndex) -> None:
        codes = (a + b for a in _ALPHABET for b in _ALPHABET)
        capitals = (place for code in codes if places.country(code) and (place := places.capital(code)) is not None)
        self._capitals = {fold(place.name) for place in capitals}
        self._words = words
        self._places = places
        self._seen: dict[str, bool] = {}

    def has(self, name: str) -> bool:
        """Whether a folded name is that of a country, a capital or a large town."""
        if name not in self._seen:
            large = name in self._capitals or name in self._words.countries
            for entry in () if large or len(name) < 3 else self._places.lookup(name):
                main = fold(entry.name) == name
                large |= entry.feature == "country" or (main and entry.population >= LARGE)
            self._seen[name] = large
        return self._seen[name]


class Offices:
    """Offices whose holders are public persons.

    Args:
        words: of the codebook.
        large: countries and towns, which offices may be of.
    """

    def __init__(self, words: PrivateWords, large: LargePlaces) -> None:
        self._words = words
        self._large = large
        self._before = words.office_words | words.offices | words.bodies | words.people | words.function

    def holder(self, text: str, tokens: Sequence[Token], first: int, last: int) -> int | None:
        """Return the first token of a name that an office stands before, or None."""
        words = self._words
        office = next((n for n in range(last, first - 1, -1) if self._is_office(tokens[n])), None)
        before = words_before(text, tokens[first].start)
        if office is not None and office < last:
            leading = [part for t in tokens[first:office] for part in t.parts]
            fine = all(p in self._before or self._large.has(p) for p in leading)
            fine = fine and not (office == first and before[-1:] and before[-1] in words.not_in_office | words.owners)
            # "King Okafor" and "Justice Moyo" may be names from end to end.
            fine = fine and tokens[office].key not in words.names
            start = office + 1
        else:
            fine, start = self._small_office(before), first
        if not fine or any(part in words.not_in_office for t in tokens[first:start] for part in t.parts):
            return None
        # "General Manager Anna Petrova" is no general.
        if last - start > 3 or any(self._is_no_name(token) for token in tokens[start : last + 1]):
            return None
        return None if self._of_a_body(text, tokens[last].end) else start

    def _small_office(self, before: Sequence[str]) -> bool:
        """Whether a whole office in small letters stands before: "interior minister", "police spokesman"."""
        words = self._words
        if len(before) < 2 or (len(before) > 2 and before[-3] in words.not_in_office):
            return False
        if before[-1] in words.mouths:
            return before[-2] in words.bodies
        return before[-1] == "minister" and before[-2] in words.office_words - {"deputy", "acting", "first"}

    def _is_no_name(self, token: Token) -> bool:
        words = self._words
        known = words.address | words.public_nouns | words.common | words.office_words
        return self._is_office(token) or not set(token.parts).isdisjoint(known)

    def _is_office(self, token: Token) -> bool:
        return token.key in self._words.offices or "-".join(token.parts) in self._words.offices

    def _of_a_body(self, text: str, at: int) -> bool:
        """Whether the name goes on with "of", and not of a country: a president of a club is in no public office."""
        rest = text[at : at + 60].split()
        if not rest or rest[0] != "of":
            return False
        named = [word for word in rest[1:3] if word.lower() != "the"]
        return not (named and self._large.has(fold(named[0].strip(".,;:"))))


def starts_sentence(text: str, token: Token) -> bool:
    """Whether a word stands where any word has a capital letter."""
    before = text[: token.start].rstrip(" \t\u00a0")
    return not before or before[-1] in _STARTS


def words_before(text: str, at: int) -> list[str]:
    """Return the last three words before a place in the same clause, in small letters."""
    clause = text[max(0, at - 60) : at]
    for mark in ".!?;:\n(":
        clause = clause.rpartition(mark)[2]
    return [word.strip(",\"“”'’").lower() for word in clause.split()][-3:]
