"""Reporting words, hedges, and what kind of speaker a noun is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tocsin.codebook.grammar import Grammar
from tocsin.codebook.tables import Table
from tocsin.codebook.types import Vocabulary

#: What a subject does with the content of its verb. Claims are taken from the first four only.
MANNERS = ("statement", "denial", "count", "belief", "perception", "intention", "stance")
ASSERTING = frozenset(MANNERS[:4])
_LISTS = ("tallies", "particles", "openings", "leaning", "quoted")
_VERB_LISTS = ("performing", "addressed", "plain", "direct", "proving", "telling", "valuing")


Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a reporting verb.

    Attributes:
        lemma: its infinitive.
        manner: one of MANNERS.
        form: "base", "s", "past" or "ing".
    """

    lemma: str
    manner: str
    form: str


@dataclass(frozen=True, slots=True, eq=False)
class SpeakerWords:
    """What speakers.toml says.

    Attributes:
        cues: reporting verbs by their form in lower case.
        tallies: nouns by which people speak ("figures", "estimate").
        particles: verbs with a preposition that report ("spoke of"), the two words joined by a blank.
        openings: phrases before a speaker ("according to") by their first word, each a list of words, longest first.
        leaning: words before a second speaker that the first leans on ("citing").
        quoted: phrases before a speaker outside the one told before ("quoted by"), as `openings`.
        hedges: words that weaken, longest first.
        beliefs: ends of clauses with "if" that weaken ("to be believed").
        kinds: speaker kind by noun in lower case.
        performing, addressed, plain, direct, proving, telling, valuing: infinitives that behave alike; see
            speakers.toml.
        mouths: nouns whose kind is that of the body they speak for.
        grammar: function words.
        starters: words of which a sentence must have one to tell who says something.
        heads: words that reporting words can begin with: cues, tallies, the first of each opening and particle.
    """

    cues: Mapping[str, Cue]
    tallies: frozenset[str]
    particles: frozenset[str]
    openings: Phrases
    leaning: frozenset[str]
    quoted: Phrases
    hedges: tuple[str, ...]
    beliefs: tuple[str, ...]
    kinds: Mapping[str, str]
    mouths: frozenset[str]
    performing: frozenset[str]
    addressed: frozenset[str]
    plain: frozenset[str]
    direct: frozenset[str]
    proving: frozenset[str]
    telling: frozenset[str]
    valuing: frozenset[str]
    grammar: Grammar
    starters: frozenset[str]
    heads: frozenset[str]


def parse_speakers(table: Table, grammar: Grammar, vocabulary: Vocabulary) -> SpeakerWords:
    """Return the words of speakers.toml; what is wrong is noted as faults."""
    table.known("verbs", "irregular", "words", "hedges", "kinds")
    verbs, words, hedges, kinds = (table.table(key) for key in ("verbs", "words", "hedges", "kinds"))
    verbs.known(*MANNERS)
    words.known("doubling", *_LISTS, *_VERB_LISTS)
    hedges.known("phrases", "beliefs")
    kinds.known(*vocabulary.speaker_kinds, "mouths")
    irregular = table.table("irregular")
    doubling = frozenset(words.texts("doubling"))
    cues: dict[str, Cue] = {}
    for manner in MANNERS:
        for lemma in verbs.texts(manner):
            past = irregular.texts(lemma)
            for form, text in inflect(lemma, past, lemma in doubling):
                cues.setdefault(text, Cue(lemma, manner, form))
    openings = _by_first(words.texts("openings"))
    particles = frozenset(words.texts("particles"))
    return SpeakerWords(
        cues=cues,
        tallies=frozenset(words.texts("tallies")),
        particles=particles,
        openings=openings,
        leaning=frozenset(words.texts("leaning")),
        quoted=_by_first(words.texts("quoted")),
        hedges=_longest_first(hedges.texts("phrases")),
        beliefs=_longest_first(hedges.texts("beliefs")),
        kinds={word: kind for kind in vocabulary.speaker_kinds for word in kinds.texts(kind)},
        mouths=frozenset(kinds.texts("mouths")),
        **{name: frozenset(words.texts(name)) for name in _VERB_LISTS},
        grammar=grammar,
        starters=frozenset(cues)
        | frozenset(words.texts("tallies"))
        | _rarest((*particles, *words.texts("openings")), grammar),
        heads=frozenset((*cues, *words.texts("tallies"), *openings, *(pair.split()[0] for pair in particles))),
    )


def inflect(lemma: str, past: tuple[str, ...] = (), doubling: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the forms of an English verb with their names: base, s, past (and participle), ing.

    Args:
        lemma: the infinitive.
        past: irregular past and participle; empty for a regular verb.
        doubling: whether the last consonant is doubled.
    """
    soft = lemma.endswith("y") and lemma[-2:-1] not in "aeiou"
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) else lemma
    stem += lemma[-1] if doubling else ""
    if lemma not in past:
        yield "base", lemma
    hissing = lemma.endswith(("s", "sh", "ch", "x", "z"))
    yield "s", "has" if lemma == "have" else lemma[:-1] + "ies" if soft else lemma + ("es" if hissing else "s")
    if past:
        yield from (("past", form) for form in past)
    else:
        yield "past", lemma[:-1] + "ied" if soft else stem + "ed" if not lemma.endswith("ee") else lemma + "d"
    yield "ing", stem + "ing" if lemma != "put" else "putting"


def _longest_first(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def _rarest(phrases: tuple[str, ...], grammar: Grammar) -> frozenset[str]:
    """Return of each phrase the words that are no function words, or its last word but "of" where it has none."""
    found: set[str] = set()
    for parts in (phrase.split() for phrase in phrases):
        rare = [word for word in parts if word not in grammar.classes]
        found.update(rare or [word for word in parts[-1:] if word != "of"])
    return frozenset(found)


def _by_first(phrases: tuple[str, ...]) -> Phrases:
    table: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in _longest_first(phrases):
        parts = tuple(phrase.split())
        table[parts[0]] = (*table.get(parts[0], ()), parts)
    return table
