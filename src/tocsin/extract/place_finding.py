"""Finds the names of places in a text: those the index knows, those it does not, and those of lower-case texts."""

from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.place_names import WELL_KNOWN, Name, NameFinder
from tocsin.extract.place_tokens import tokens_of

_NO_VILLAGE = (
    "common",
    "given_names",
    "titles_before",
    "organisation_words",
    "public_bodies",
    "venue_words",
    "street_words",
    "water_words",
)


def find_names(text: str, lexicon: PlaceLexicon, start: int, end: int) -> list[Name]:
    """Return the names of places in a stretch of text, in order.

    In a text without capitals only peoples, countries, regions and cities of 400,000 people or more are looked for.
    """
    if text[start:end].islower():
        return _lower_names(text, lexicon, start, end)
    finder = NameFinder(text, lexicon, start, end)
    found = finder.find()
    return sorted([*found, *unknown_names(finder, found)], key=lambda name: name.start)


def _lower_names(text: str, lexicon: PlaceLexicon, start: int, end: int) -> list[Name]:
    tokens, at = tokens_of(text, start, end, lexicon.words["abbreviations"]), 0
    found: list[Name] = []
    persons = lexicon.words["given_names"] | lexicon.words["surnames"] | lexicon.words["common"]
    while at < len(tokens):
        step = 1
        for length in (4, 3, 2, 1):
            last = at + length - 1
            if last >= len(tokens) or not all(token.close for token in tokens[at + 1 : last + 1]):
                continue
            words = text[tokens[at].start : tokens[last].end]
            meaning = lexicon.meaning(words.title())
            if not meaning.entries or (length == 1 and (words in persons or len(words) < 4)):
                continue
            top = meaning.entries[0]
            if (
                meaning.people
                or top.feature in ("country", "area", "region")
                or (top.population >= WELL_KNOWN and top.main)
            ):
                kind = "people" if meaning.people else "place"
                governed = at > 0 and tokens[at - 1].lower in lexicon.words["place_prepositions"]
                found.append(
                    Name(tokens[at].start, tokens[last].end, words, meaning.entries, kind, False, governed, at, last)
                )
                step = length
                break
        at += step
    return found


def unknown_names(finder: NameFinder, believed: list[Name]) -> list[Name]:
    """Return names that only the words around them show to be places: "the village of X", "X district"."""
    taken = {at for name in believed for at in range(name.first, name.last + 1)}
    tokens, text, done = finder.tokens, finder.text, 0
    found: list[Name] = []
    for at in finder.capitals:
        if at < done:
            continue
        last = at
        while last + 1 < len(tokens) and tokens[last + 1].capital and tokens[last + 1].close and last - at < 3:
            last += 1
        venue = _venue(finder, at, last) if at not in taken else None
        if venue is not None:
            last = venue
            start, end = tokens[at].start, tokens[last].end
            found.append(Name(start, end, text[start:end], (), "venue", False, True, at, last))
        elif taken.isdisjoint(range(at, last + 1)) and _settled_by_words(finder, at, last):
            start, end = tokens[at].start, tokens[last].end
            found.append(Name(start, end, text[start:end], (), "unknown", False, True, at, last))
        done = last + 1
    return found


def _venue(finder: NameFinder, first: int, last: int) -> int | None:
    """Return the last word of a venue's name that a preposition of place governs ("at Uhuru Park")."""
    before = finder.before(first)
    if before is None or before.capital or before.lower not in finder.lists["at_a_place"]:
        return None
    after = finder.follower(last)
    if after is not None and not after.capital and after.lower in finder.lists["venue_words"]:
        return last + 1
    return last if last > first and finder.tokens[last].lower in finder.lists["venue_words"] else None


def _settled_by_words(finder: NameFinder, first: int, last: int) -> bool:
    tokens, nouns = finder.tokens, finder.lists["settlement_nouns"] | finder.lists["region_nouns"]
    if tokens[last].lower in finder.lists["common"] or tokens[first].lower in finder.lists["common"]:
        return False
    if first >= 2 and tokens[first].close and tokens[first - 1].lower == "of" and tokens[first - 1].close:
        return tokens[first - 2].lower in nouns and not tokens[first - 2].capital
    after = finder.follower(last)
    if after is not None and not after.capital and after.lower in nouns and not tokens[first].opens:
        return True
    return (
        first > 0
        and tokens[first].close
        and tokens[first - 1].lower in finder.lists["at_a_place"]
        and _like_a_village(finder, first, last)
    )


def _like_a_village(finder: NameFinder, first: int, last: int) -> bool:
    """Whether a name behind "in" or "at" can be a village's: no person, body, street or plain word."""
    tokens, lists = finder.tokens, finder.lists
    for at in range(first, last + 1):
        token = tokens[at]
        if len(token.word) < 3 or token.word.isupper() or any(token.lower in lists[key] for key in _NO_VILLAGE):
            return False
        if token.lower in finder.persons or not token.word.isalpha():
            return False
    return True
