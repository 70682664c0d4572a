"""Finds the names of places in a text, and says of each what stands around it.

Capitalised words, up to six in a row, are looked up longest first; what stands before and after them tells names of
people, organisations and streets from places. Which place a name means is decided later, in place_senses.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from tocsin.codebook.placenames import fold
from tocsin.datamodel.gazetteer import Entry
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.place_tokens import Token, tokens_of

_LONGEST = 6
_DATELINE_GAP = re.compile(r"[ \t]*(?:\([^()\n]{1,40}\)|,[^\n–—]{1,40}?)?[ \t]*(?:[–—]|--?)[ \t]")
_CONTAINER_GAP = re.compile(
    r", |,? \(|,? in (?:the )?(?:[A-Za-z\-]+ ){0,2}"
    r"|, (?:a |an |the )?(?:[a-z\-]+ ){0,3}(?:in|of) (?:the )?(?:[A-Za-z\-]+ ){0,2}"
)
# Virginia and Victoria are rather regions than people; smaller regions named like people are not.
_REGION_LIKE_A_PERSON = 2_500_000
# What a settlement must count to be believed with little around it.
_SMALL, _LARGE, WELL_KNOWN = 20_000, 100_000, 400_000


@dataclass(slots=True)
class Name:
    """A name found.

    Attributes:
        start, end: where it stands.
        text: the words.
        entries: what it may mean, most populous first; empty for a name that is not known.
        kind: "place", "people", or by the words around it alone "unknown" (a village) or "venue".
        container: the region or country named right behind it, if any.
        contains: whether it is the container of another name.
        regional: whether a word for a region stands beside it ("Brest region", "the state of Puno").
        dateline: whether it opens the text as the place of writing.
        governed: whether a preposition of place stands before it.
        first, last: numbers of its first and last token.
    """

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    kind: str
    dateline: bool
    governed: bool
    first: int
    last: int
    container: "Name | None" = None
    contains: bool = False
    regional: bool = False


class NameFinder:
    """Finds names in one stretch of text."""

    def __init__(self, text: str, lexicon: PlaceLexicon, start: int, end: int) -> None:
        self.text = text
        self.lexicon = lexicon
        self.lists = lexicon.words
        self.tokens = tokens_of(text, start, end, self.lists["abbreviations"])
        #: Numbers of the capitalised tokens, with which every name begins.
        self.capitals = [at for at, token in enumerate(self.tokens) if token.capital]
        self.persons: set[str] = set()
        self.supported: set[str] = set()
        self.names: list[Name] = []
        self._note_persons()

    def find(self) -> list[Name]:
        """Return the names that the index or the codebook knows, in the order of the text."""
        done = 0
        for at in self.capitals:
            if at >= done and (name := self._longest(at)) is not None:
                self.names.append(name)
                done = name.last + 1
        self._find_containers()
        self._note_supported()
        return [name for name in self.names if self._believed(name)]

    # -- what is looked up

    def _longest(self, first: int) -> Name | None:
        tokens = self.tokens
        last = first
        ends = [first]
        while last + 1 < len(tokens) and last + 1 - first < _LONGEST and tokens[last + 1].close:
            last += 1
            token = tokens[last]
            if token.capital or (token.word == "s" and last > first + 1):
                ends.append(last)
            elif token.lower not in self.lists["connectors"] and token.word != "s":
                break
        for last in reversed(ends):
            start, end = tokens[first].start, tokens[last].end
            # A stop that belongs to the abbreviation ("Ala.", "Calif.")
            if self.text[end : end + 1] == "." and last == first:
                entries = self.lexicon.abbreviation(self.text[start : end + 1])
                if entries:
                    return self._name(first, last, start, end + 1, entries, False)
            words = self.text[start:end]
            if last > first and "\n" in words:
                continue
            meaning = self.lexicon.meaning(words)
            if meaning.entries:
                if tokens[first].lower == "the" and meaning.entries[0].feature != "settlement":
                    return None  # the article is no part of "the Philippines"
                name = self._name(first, last, start, end, meaning.entries, meaning.people)
                if self._may_be_place(name):
                    return name
                follower = self._neighbour(last, 1)
                if follower is not None and follower.lower in self.lists["organisation_words"]:
                    return None  # no "Kansas" in "Kansas City Star"
        return None

    def _name(self, first: int, last: int, start: int, end: int, entries: tuple[Entry, ...], people: bool) -> Name:
        before = self.before(first)
        governed = before is not None and before.lower in self.lists["place_prepositions"]
        dateline = self._dateline(first, end)
        kind = "people" if people else "place"
        name = Name(start, end, self.text[start:end], entries, kind, dateline, governed, first, last)
        after, nouns = self.follower(last), self.lists["region_nouns"]
        name.regional = (after is not None and after.lower in nouns) or (
            before is not None and before.lower == "of" and first > 1 and self.tokens[first - 2].lower in nouns
        )
        return name

    def _dateline(self, first: int, end: int) -> bool:
        if not self.tokens[first].opens or not self.tokens[first].word.isupper():
            return False
        line_start = self.tokens[first].start
        if line_start and self.text[line_start - 1] != "\n":
            return False
        return bool(_DATELINE_GAP.match(self.text, end, min(end + 90, len(self.text))))

    # -- what stands around

    def before(self, first: int) -> Token | None:
        """Return the word right before a name, past words for its part ("in western Belarus") and articles."""
        at = first
        while at > 0 and self.tokens[at].close:
            at -= 1
            word = self.tokens[at].lower
            if word != "the" and word not in self.lists["parts_before"]:
                return self.tokens[at]
        return None

    def _neighbour(self, at: int, step: int) -> Token | None:
        """Return the capitalised word right beside a token, in the same phrase."""
        other = at + step
        if not 0 <= other < len(self.tokens):
            return None
        token, later = self.tokens[other], self.tokens[max(at, other)]
        return token if token.capital and later.close and self.text[later.start - 1] != "-" else None

    def follower(self, last: int) -> Token | None:
        """Return the word right after a name, in the same phrase, capitalised or not."""
        if last + 1 < len(self.tokens) and self.tokens[last + 1].close:
            return self.tokens[last + 1]
        return None

    # -- people

    def _note_persons(self) -> None:
        """Note the family names of people called by their full names or titles anywhere in the text."""
        given, titles = self.lists["given_names"], self.lists["titles_before"]
        for before, at in pairwise(self.capitals):
            one, two = self.tokens[before], self.tokens[at]
            if at != before + 1 or not two.close or two.lower in self.lists["public_bodies"]:
                continue
            if two.lower in self.lists["street_words"] or two.lower in self.lists["parts_after"]:
                continue
            named = one.lower in given and one.lower not in self.lists["parts_before"] and not one.word.isupper()
            titled = one.lower in titles and one.lower not in ("st", "saint")
            if (named or titled) and not self._one_place(one, two):
                self.persons.add(two.lower)

    def _one_place(self, one: Token, two: Token) -> bool:
        entries = self.lexicon.meaning(self.text[one.start : two.end]).entries
        return bool(entries) and (entries[0].feature != "settlement" or entries[0].population >= 5_000)

    # -- first verdict: what stands right beside the name

    def _may_be_place(self, name: Name) -> bool:
        lists, first, last = self.lists, name.first, name.last
        single = first == last
        lower = self.tokens[first].lower
        top = name.entries[0]
        left, right = self._neighbour(first, -1), self._neighbour(last, 1)
        listed = self._listed(name)
        if single and len(lower) < 3 and not listed:
            return False
        if not single and fold(name.text).replace(" ", "_") in lists["phrases"]:
            return False
        if self._hyphened(last) and self.tokens[last + 1].capital and top.population < _LARGE and not listed:
            return False  # "Wal-Mart"
        if (
            self.tokens[first].word.isupper()
            and not listed
            and not name.dateline
            # Capitals say nothing in a headline of capitals, and short ones are initials.
            and (len(name.text) <= 4 or (top.population < _LARGE and not self._container_follows(last)))
        ):
            return False
        if right is not None and self._refused_by_right(name, right, listed):
            return False
        return left is None or not self._refused_by_left(name, left, listed)

    def _listed(self, name: Name) -> bool:
        """Whether a name is that of a people, a country, or a region or county that is no plain word."""
        feature = name.entries[0].feature
        if name.kind == "people" or feature in ("country", "area", "county"):
            return True
        if feature != "region" or name.first != name.last:
            return feature == "region"
        lower, lists = self.tokens[name.first].lower, self.lists
        if lower in lists["given_names"] or lower in lists["surnames"]:
            return name.entries[0].population >= _REGION_LIKE_A_PERSON
        return lower not in lists["common"]

    def _refused_by_right(self, name: Name, right: Token, listed: bool) -> bool:
        lists, lower = self.lists, right.lower
        single = name.first == name.last
        word = self.tokens[name.first].lower
        if lower in lists["street_words"] and not listed:
            return True
        if single and word in lists["given_names"] and lower in lists["surnames"]:
            return True
        if lower in lists["public_bodies"] or lower in lists["parts_after"]:
            return False
        if lower in lists["organisation_words"] or self._hyphened(name.last + 1) in lists["organisation_words"]:
            return name.kind != "people"
        if lower in lists["water_words"] or lower in lists["venue_words"]:
            return False
        if name.kind == "people" or listed:
            return False
        if single and (word in lists["given_names"] or word in lists["surnames"]):
            return True
        if lower in lists["titles_before"]:
            return False
        if self.lexicon.meaning(right.word).people:
            return False
        return name.entries[0].population < _LARGE or right.lower in self.persons

    def _hyphened(self, at: int) -> str:
        """Return a word with the one joined to it by a hyphen, lower-case."""
        if at + 1 < len(self.tokens) and self.text[self.tokens[at].end : self.tokens[at + 1].start] == "-":
            return f"{self.tokens[at].lower}-{self.tokens[at + 1].lower}"
        return ""

    def _refused_by_left(self, name: Name, left: Token, listed: bool) -> bool:
        lists, lower = self.lists, left.lower
        single = name.first == name.last
        if lower in lists["organisations_before"]:
            return True
        if lower in lists["parts_before"] or lower in lists["place_prepositions"] or lower in lists["settlement_nouns"]:
            return False
        if left.opens and lower in lists["common"] and lower not in lists["titles_before"]:
            return False
        if lower in lists["titles_before"]:
            return single and lower not in ("st", "saint") and not listed
        if lower in lists["given_names"] or (len(left.word) == 1 and left.word != "A"):
            return single
        if self.names and self.names[-1].last == name.first - 1:
            return False
        if lower in lists["common"] or self.lexicon.meaning(left.word).people:
            return lower in lists["organisation_words"]
        return not (listed and left.opens)

    def _container_follows(self, last: int) -> bool:
        end = self.tokens[last].end
        if self.text[end : end + 2] != ", " or last + 1 >= len(self.tokens):
            return False
        after = self.tokens[last + 1]
        if not after.capital or after.start != end + 2:
            return False
        if self._abbreviated_region(after) is not None:
            return True
        for length in (3, 2, 1):
            if last + length < len(self.tokens):
                words = self.text[after.start : self.tokens[last + length].end]
                entries = self.lexicon.meaning(words).entries
                if entries and entries[0].feature in ("region", "country", "county"):
                    return True
        return False

    def _abbreviated_region(self, token: Token) -> Entry | None:
        stopped = self.text[token.start : token.end + 1]
        return self.lexicon.region_after(stopped) or self.lexicon.region_after(token.word)

    # -- containers: "Paris, Texas", "Brest, in western Belarus"

    def _find_containers(self) -> None:
        for one, two in pairwise(self.names):
            gap = self.text[one.end : two.start]
            if len(gap) <= 45 and _CONTAINER_GAP.fullmatch(gap) and self._contains(two, one, gap):
                one.container = two
                two.contains = True
        added: list[Name] = []
        for name in self.names:
            after = name.last + 1
            if name.container is None and after < len(self.tokens):
                region = self._abbreviated_region(self.tokens[after])
                if region is not None and self.text[name.end : self.tokens[after].start] == ", ":
                    token = self.tokens[after]
                    stop = 1 if self.lexicon.region_after(self.text[token.start : token.end + 1]) else 0
                    found = self._name(after, after, token.start, token.end + stop, (region,), False)
                    name.container, found.contains = found, True
                    added.append(found)
        taken = {name.first for name in added}
        self.names = sorted([*(n for n in self.names if n.first not in taken), *added], key=lambda name: name.start)

    def _contains(self, outer: Name, inner: Name, gap: str) -> bool:
        if outer.kind != "place" or inner.kind != "place":
            return False
        regions = [e for e in outer.entries if e.feature in ("country", "region", "county", "area")]
        if not regions:
            return False
        # "Georgia, Alabama and Texas" is a list: what is itself a region lies only in a country or an abbreviation.
        top, spelled = inner.entries[0], not outer.text.endswith(".")
        if top.feature == "country" and (spelled and not gap.startswith(" (")):
            return False
        if top.feature in ("region", "area") and spelled and regions[0].feature != "country":
            return False
        countries = {e.country for e in regions}
        return any(e.country in countries and e.feature != "country" and e not in regions for e in inner.entries)

    # -- last verdict: with containers and the people of the text known

    def _believed(self, name: Name) -> bool:
        """Whether a name is a place for all that stands around it, here and elsewhere in the text."""
        if name.kind == "people" or name.container is not None or name.contains or name.dateline:
            return True
        top, lists = name.entries[0], self.lists
        lower, listed = self.tokens[name.first].lower, self._listed(name)
        before = self.before(name.first)
        if before is not None and before.lower == "of" and self._organisation_of(name):
            return False
        if listed:
            return not (lower in self.persons and name.first == name.last and not name.governed)
        size = top.population if top.main else top.population // 10
        if name.first != name.last:
            return size >= _SMALL or fold(name.text) in self.supported
        strong = before is not None and before.lower in lists["strong_prepositions"]
        if lower in lists["organisation_words"] or lower in lists["venue_words"]:
            return False
        if lower in lists["common"]:
            large = top.feature == "settlement" and size >= _LARGE
            return strong and large and not self.tokens[name.first].opens
        personal = lower in lists["given_names"] or lower in lists["surnames"] or lower in self.persons
        if not personal:
            return size >= _SMALL or fold(name.text) in self.supported
        follower = self.follower(name.last)
        if follower is not None and follower.lower in lists["person_verbs"]:
            return False
        if lower in self.persons:
            return strong
        return strong or size >= WELL_KNOWN or fold(name.text) in self.supported

    def _note_supported(self) -> None:
        """Note the names that are shown to be places somewhere in the text, which then holds for all of it."""
        for name in self.names:
            before, after = self.before(name.first), self.follower(name.last)
            strong = before is not None and before.lower in self.lists["strong_prepositions"]
            body = after is not None and after.lower in self.lists["public_bodies"] and after.capital
            if name.container is not None or name.dateline or strong or body:
                self.supported.add(fold(name.text))

    def _organisation_of(self, name: Name) -> bool:
        at = name.first - 1
        while at > 0 and self.tokens[at].lower in ("of", "the"):
            at -= 1
        return self.tokens[at].capital and self.tokens[at].lower in self.lists["organisation_starts"]
