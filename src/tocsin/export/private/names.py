"""Names in a text that are not told to be public.

Not names are sought but proofs that a word with a capital letter is none of a private person: an office right before
it, a country or large town, a noun of bodies beside it, an ordinary word at the beginning of a sentence. What has no
such proof is held back, so that a name of no list and of any language is held back too.

1. contacts   addresses on the web, of mail and of people, telephone numbers
2. runs       words with a capital letter side by side, with small words within names
3. judge      each run: whose office is named, what is a place, what is an ordinary word; the rest is private
4. again      parts of private names elsewhere in the text, with and without capitals
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tocsin.codebook.private import PrivateWords
from tocsin.datamodel.gazetteer import PlaceIndex
from tocsin.export.private.proofs import LargePlaces, Offices, closed_words, starts_sentence, words_before
from tocsin.export.private.tokens import CONTACT, Token, fold, is_initial, tokens_of

PERSON, ORGANISATION, PLACE, CONTACTS, WORDS = "Name", "Organisation", "Place", "Contact", "Words"

#: Inhabitants of a town that a document is coded to tell of, from which its name is taken for the town's.
TOWN = 50_000
#: Letters of a part of a private name from which it is held back in small letters too: shorter ones are words.
SHORTEST = 4
#: Share of capitals among the letters of a text below which, and above which, capitals tell nothing.
FEW_CAPITALS, MANY_CAPITALS = 0.004, 0.6
#: Letters below which a share tells nothing.
_SHORT_TEXT = 40


@dataclass(frozen=True, slots=True)
class Private:
    """Words that are held back: their place, what they are ("Name", ...) and the key that all forms of them share."""

    start: int
    end: int
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the rest of the export tells about names.

    Attributes:
        public: full names that stay, each as its folded parts.
        surnames: last parts of those that no private person shares.
        private: parts of private names that are no ordinary words, folded.
    """

    public: frozenset[tuple[str, ...]] = frozenset()
    surnames: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()


@dataclass
class Found:
    """What one text holds.

    Attributes:
        private: what is held back, in order, without overlaps.
        public: full names of people in office, each as its folded parts.
        parts: parts of private names that are no ordinary words, folded.
        names: private names, each as its folded parts.
    """

    private: list[Private] = field(default_factory=list)
    public: set[tuple[str, ...]] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    names: set[tuple[str, ...]] = field(default_factory=set)


class NameFinder:
    """Finds names that are not told to be public.

    Args:
        words: of the codebook.
        places: the place index.
    """

    def __init__(self, words: PrivateWords, places: PlaceIndex) -> None:
        self._words = words
        self._places = places
        self._closed = closed_words(words)
        self._large = LargePlaces(words, places)
        self._offices = Offices(words, self._large)
        streets = "|".join(form for word in sorted(words.streets) for form in (word, word.capitalize()))
        flat = r"\b(?:[Ff]lat|[Aa]partment|[Aa]pt\.?|[Hh]ouse|[Rr]oom|[Nn]o\.?) \d+\w?"
        # A name begins with no small letter.
        road = rf"\b\d{{1,4}}[A-Za-z]?,? (?:[^\W\d_a-zß-ÿ][\w'’.‐-]* ){{1,3}}(?:{streets})\b"
        self._address = re.compile(f"{flat}|{road}")

    @property
    def names(self) -> frozenset[str]:
        """Names of people that are known, folded."""
        return self._words.names

    def is_town(self, name: str) -> bool:
        """Whether a folded name is that of a town too large to be taken for a surname where it is told of."""
        return any(entry.population >= TOWN for entry in self._places.lookup(name))

    def find(
        self,
        text: str,
        known: Known = Known(),
        *,
        persons: Sequence[tuple[int, int]] = (),
        places: Collection[str] = (),
    ) -> Found:
        """Return the private names of a text.

        Args:
            text: any words.
            known: what the rest of the export tells.
            persons: places of words that are coded as one person.
            places: names of places that the text is coded to tell of, folded.
        """
        found = Found()
        every = tokens_of(text)
        for kind, pattern in ((CONTACTS, CONTACT), (PLACE, self._address)):
            for match in pattern.finditer(text):
                # A pattern may end within a word, of which the rest is not to be left behind.
                cut = [t for t in every if t.start < match.end() and match.start() < t.end]
                start, end = min([match.start(), *(t.start for t in cut)]), max([match.end(), *(t.end for t in cut)])
                if not any(one.start < end and start < one.end for one in found.private):
                    found.private.append(Private(start, end, kind, fold(text[start:end])))
        taken = [(one.start, one.end) for one in found.private]
        tokens = [t for t in every if not any(a < t.end and t.start < b for a, b in taken)]
        safe: set[int] = set()
        if _tells_nothing(text):
            ranges = list(self._by_words(text, tokens, known, places))
        else:
            ranges = []
            for run in _runs(text, tokens, self._words.particles):
                ranges += self._judge(text, tokens, run, known, persons, places, found, safe)
        ranges = self._again(tokens, ranges, known, found, text, safe, places)
        found.private += self._named(tokens, ranges)
        found.private.sort(key=lambda one: one.start)
        return found

    # judging

    def _judge(
        self,
        text: str,
        tokens: Sequence[Token],
        run: tuple[int, int],
        known: Known,
        persons: Sequence[tuple[int, int]],
        places: Collection[str],
        found: Found,
        safe: set[int],
    ) -> Iterator[tuple[int, int, str]]:
        """Yield the parts of a run, from and to which token, that are private, each with its kind."""
        first, last = run
        name = self._offices.holder(text, tokens, first, last)
        if name is not None:
            found.public.add(tuple(part for t in tokens[name : last + 1] for part in t.parts))
            safe.update(range(first, last + 1))
            return
        left = list(self._without_public(tokens, first, last, known))
        safe.update(set(range(first, last + 1)) - {n for a, b in left for n in range(a, b + 1)})
        for a, b in left:
            yield from self._judge_part(text, tokens, a, b, persons, places)

    def _judge_part(
        self,
        text: str,
        tokens: Sequence[Token],
        first: int,
        last: int,
        persons: Sequence[tuple[int, int]],
        places: Collection[str],
    ) -> Iterator[tuple[int, int, str]]:
        words = self._words
        at_start = starts_sentence(text, tokens[first])
        held = self._places_in(text, tokens, first, last, places)
        kinds = [self._kind(text, tokens, n, held, last - first) for n in range(first, last + 1)]
        forced = any(a < t.end and t.start < b for t in tokens[first : last + 1] for a, b in persons)
        doubtful = bool({"unknown", "name"} & set(kinds)) or (forced and "common" in kinds)
        if not doubtful:
            if len(set(held.values())) > 1 and {"place"} == set(kinds):
                yield first, last, PERSON
            elif not set(kinds) - {"common", "function"} and not _opens_sentence(kinds, at_start):
                yield (first + 1 if at_start and kinds[0] == "function" else first), last, PERSON
            return
        if last - first > 1 and all(t.loud for t in tokens[first : last + 1]):
            yield from self._loud(first, kinds)
            return
        begin = first
        while begin < last and (
            (kinds[begin - first] in ("closed", "address") and not set(tokens[begin].parts) & words.names)
            or (kinds[begin - first] == "function" and at_start)
        ):
            begin += 1
        tail = tokens[last].parts[-1]
        yield begin, last, ORGANISATION if tail in words.public_nouns and last > begin else PERSON

    def _loud(self, first: int, kinds: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Yield the private words of a line in capitals: those without a proof, and a word before them."""
        private = {n for n, kind in enumerate(kinds) if kind in ("unknown", "name")}
        private |= {n - 1 for n in private if n and kinds[n - 1] in ("common", "place")}
        for n in sorted(private):
            if n - 1 not in private:
                end = n
                while end + 1 in private:
                    end += 1
                yield first + n, first + end, PERSON

    def _kind(self, text: str, tokens: Sequence[Token], at: int, held: Mapping[int, int], others: int) -> str:
        token, words = tokens[at], self._words
        parts = set(token.parts)
        if at in held:
            return "place"
        if parts <= words.address:
            return "address"
        if parts <= words.calendar and (token.key not in words.names or _is_date(text, token, words.date_before)):
            return "closed"
        if parts <= self._closed - words.calendar and (not parts & words.names or others):
            return "closed"
        if parts & words.names:
            return "name"
        if parts <= words.common:
            return "function" if len(token.key) <= 3 or token.key in words.function else "common"
        return "unknown"

    def _without_public(
        self, tokens: Sequence[Token], first: int, last: int, known: Known
    ) -> Iterator[tuple[int, int]]:
        """Yield what is left of a run between full names that are public and surnames of theirs that stand alone."""
        at = begin = first
        while at <= last:
            end = self._public_until(tokens, at, last, known)
            alone = first == last and tokens[at].parts[-1] in known.surnames and len(tokens[at].parts) == 1
            if alone:
                return
            if end is None:
                at += 1
                continue
            if at > begin:
                yield begin, at - 1
            at = begin = end + 1
        if begin <= last:
            yield begin, last

    def _public_until(self, tokens: Sequence[Token], at: int, last: int, known: Known) -> int | None:
        for end in range(last, at - 1, -1):
            if tuple(part for t in tokens[at : end + 1] for part in t.parts) in known.public:
                return end
        return None

    # places

    def _places_in(
        self, text: str, tokens: Sequence[Token], first: int, last: int, places: Collection[str]
    ) -> dict[int, int]:
        """Return for each token that is of a place the first token of that place; the longest names are taken."""
        held: dict[int, int] = {}
        at = first
        while at <= last:
            for end in range(last, at - 1, -1):
                name = fold(text[tokens[at].start : tokens[end].end])
                before = words_before(text, tokens[at].start)[-1:]
                told = bool(before and before[0] in self._words.place_before)
                told = told or text[: tokens[at].start].rstrip(" ")[-1:] in (":", ",", "(")
                alone = at == end and tokens[at].key in self._words.names
                if (self._large.has(name) and (told or not alone)) or (name in places and told and at == first):
                    held.update(dict.fromkeys(range(at, end + 1), at))
                    at = end
                    break
            at += 1
        return held

    # the rest

    def _by_words(
        self, text: str, tokens: Sequence[Token], known: Known, places: Collection[str]
    ) -> Iterator[tuple[int, int, str]]:
        """Yield the words of a text without capitals, or of capitals alone, that no list knows."""
        words = self._words
        ordinary = words.common | words.address | words.function | (self._closed - words.ambiguous)
        begin: int | None = None
        for at, token in enumerate(tokens):
            own = set(token.parts)
            safe = own <= ordinary or (own <= words.calendar and _is_date(text, token, words.date_before))
            safe = safe or token.key in places or (token.key not in words.names and self._large.has(token.key))
            if safe and not own & known.private:
                if begin is not None:
                    yield begin, at - 1, WORDS
                begin = None
            elif begin is None:
                begin = at
        if begin is not None:
            yield begin, len(tokens) - 1, WORDS

    def _again(
        self,
        tokens: Sequence[Token],
        ranges: list[tuple[int, int, str]],
        known: Known,
        found: Found,
        text: str,
        safe: Collection[int],
        places: Collection[str],
    ) -> list[tuple[int, int, str]]:
        """Return the ranges with those words besides that are part of a private name of this text, or of the export."""
        taken = {n for a, b, _ in ranges for n in range(a, b + 1)}
        parts = {
            part
            for a, b, kind in ranges
            if kind == PERSON
            for n in range(a, b + 1)
            for part in tokens[n].parts
            if tokens[n].named and len(part) > 1 and part not in self._words.particles | self._words.address
        }
        found.parts = {part for part in parts if not self._is_word(part)}
        found.names = {
            tuple(part for t in tokens[a : b + 1] if not is_initial(t) for part in t.parts)
            for a, b, kind in ranges
            if kind == PERSON
        }
        public = self._closed | {part for name in (*found.public, *known.public) for part in name} | known.surnames
        for at, token in enumerate(tokens):
            if at in taken or at in safe:
                continue
            own = set(token.parts)
            shared = bool(own & parts) and not own & public and not starts_sentence(text, token)
            shared = shared and token.key not in places
            if own & (known.private | found.parts) or (token.named and shared):
                ranges.append((at, at, PERSON))
        return sorted(ranges)

    def _is_word(self, part: str) -> bool:
        return (
            len(part) < SHORTEST
            or part in self._words.common
            or part in self._closed
            or part in self._words.ambiguous
            or self._large.has(part)
        )

    def _named(self, tokens: Sequence[Token], ranges: Iterable[tuple[int, int, str]]) -> list[Private]:
        """Return ranges with keys: a part of one longer name of the text alone has the key of that name."""
        made = [(a, b, kind, self._key(tokens[a : b + 1])) for a, b, kind in ranges]
        longer = sorted({key for _, _, kind, key in made if kind == PERSON and " " in key}, key=lambda k: (len(k), k))
        result = []
        for a, b, kind, key in made:
            # In "FREE ANNA PETROVA" stands "Anna Petrova"; of "Petrova" there may be several.
            within = [name for name in longer if _holds(key, name)]
            around = {next(n for n in longer if _holds(name, n)) for name in longer if _holds(name, key)}
            same = within[0] if within else around.pop() if len(around) == 1 else key
            result.append(Private(self._leading(tokens, a), tokens[b].end, kind, same if kind == PERSON else key))
        return result

    def _leading(self, tokens: Sequence[Token], at: int) -> int:
        start = tokens[at].start
        while (
            at
            and tokens[at - 1].key in self._words.leading
            and not tokens[at - 1].named
            and start - tokens[at - 1].end == 1
        ):
            at -= 1
            start = tokens[at].start
        return start

    def _key(self, tokens: Sequence[Token]) -> str:
        kept = [t.key for t in tokens if not is_initial(t) and t.key not in self._words.address]
        return " ".join(kept or [t.key for t in tokens])


def _holds(name: str, part: str) -> bool:
    return f" {part} " in f" {name} "


def _opens_sentence(kinds: Sequence[str], at_start: bool) -> bool:
    """Whether ordinary words have their capitals from where they stand."""
    return set(kinds) == {"function"} or (at_start and set(kinds[1:]) <= {"function"})


def _runs(text: str, tokens: Sequence[Token], particles: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last token of each run of words that may be one name."""
    at = 0
    while at < len(tokens):
        if not tokens[at].named:
            at += 1
            continue
        end = at
        while (after := _next_of_run(text, tokens, end, particles)) is not None:
            end = after
        yield at, end
        at = end + 1


def _next_of_run(text: str, tokens: Sequence[Token], at: int, particles: Collection[str]) -> int | None:
    ahead = at + 1
    while ahead < len(tokens) and _joined(text, tokens[ahead - 1], tokens[ahead]):
        if tokens[ahead].named:
            return ahead
        if tokens[ahead].key not in particles or ahead - at > 3:
            return None
        ahead += 1
    return None


def _joined(text: str, one: Token, other: Token) -> bool:
    between = text[one.end : other.start]
    if between.startswith(".") and (is_initial(one) or len(one.text) <= 2):
        between = between[1:]
    return between.strip(" \u00a0\t\u202f") == "" and len(between) <= 3


def _is_date(text: str, token: Token, date_before: Collection[str]) -> bool:
    """Whether a word that is a month or a day, and a name too, stands where a date does."""
    after, before = text[token.end : token.end + 4], text[max(0, token.start - 4) : token.start]
    if any(char.isdigit() for char in (*after.strip(". ")[:1], *before.strip()[-1:])):
        return True
    words = words_before(text, token.start)[-1:]
    return bool(words and words[0] in date_before)


def _tells_nothing(text: str) -> bool:
    """Whether a text has hardly any capitals, or hardly any other letters, so that names cannot be told by them."""
    letters = [char for char in text if char.lower() != char.upper()]
    if len(letters) < _SHORT_TEXT:
        return False
    share = sum(char.isupper() for char in letters) / len(letters)
    return share < FEW_CAPITALS or share > MANY_CAPITALS
