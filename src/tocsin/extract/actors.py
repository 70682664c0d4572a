"""Who takes part, represses, is hit: the noun phrases around a trigger, by their place and what they can be."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from tocsin.codebook.actors import ActorWords
from tocsin.datamodel import Actor, Span
from tocsin.extract.actor_phrases import alone, fitting, groups_of, named_apart, trimmed
from tocsin.extract.phrases import (
    NOMINAL,
    Word,
    clause_start,
    clause_subject,
    phrase_after,
    phrase_before,
    read_words,
    span_of,
)

_START, _END = attrgetter("start"), attrgetter("end")
Range = tuple[int, int]
#: A role's place around the trigger, and the phrase there.
Found = tuple[str, Range]

#: How many words after the trigger "by" and "of" may still belong to it: best of 4, 6, 8, 12 and 20 on coded training
#: documents (F1 of actors 0.550; 0.546 with 4). A naming ("among them") may stand farther, which changes nothing there.
_REACH = 12
_NAMING_REACH = 16
#: Characters of a sentence read on either side of the trigger; no sentence of the training documents is longer.
_WINDOW = 800
_OBJECT_LINKS = frozenset({"on", "at", "into", "upon", "against", "over", "up", "out", "to", "off", "down"})


def read_actors(
    text: str,
    sentence: Span,
    trigger: Span,
    type: str,
    words: ActorWords,
    *,
    passive: bool | None = None,
    marks: Sequence[Word] | None = None,
) -> tuple[Actor, ...]:
    """Return the actors that a sentence names around a trigger, in the order of the text.

    Args:
        text: the whole text.
        sentence: the sentence of the trigger.
        trigger: the words that name the happening.
        type: of the happening, a name of the codebook.
        words: groups of nouns and roles by type.
        passive: whether the trigger is a passive verb; found out where None.
        marks: the words of the sentence from `read_words`, where they are known already.
    """
    window = _window(text, sentence, trigger)
    if marks is None or window != (sentence.start, sentence.end):
        marks = read_words(text, *window, words.grammar)
    at = (bisect_right(marks, trigger.start, key=_END), bisect_left(marks, trigger.end, key=_START))
    roles = words.roles.get(type, {})
    if at[0] >= at[1] or not roles:
        return ()
    verbal = _is_verb(marks, at, words)
    found = list(_around(marks, at, roles, words, passive))
    if not any(place != "organisers" for place, _ in found):
        found += _nearest(marks, at, roles, words)
    if "near" in roles and not any(place == "doer" for place, _ in found):
        found += _nearest_force(marks, at, words)
    if "with" in roles:
        found = _sides(marks, found, words)
    suffered = any(place in ("done", "of") for place, _ in found)
    actors: dict[Range, Actor] = {}
    for place, phrase in found:
        for part in named_apart(marks, phrase):
            role = fitting(marks, part, place, roles, words, verbal=verbal, suffered=suffered)
            kept = trimmed(marks, part, words)
            if role and kept and not any(a < kept[1] and kept[0] < b for a, b in actors):
                actors[kept] = Actor(role, span_of(text, marks, kept))
    return tuple(actors[key] for key in sorted(actors))


def _window(text: str, sentence: Span, trigger: Span) -> tuple[int, int]:
    """Return the part of a sentence that is read: all of it but in texts without stops, cut there between words."""
    start, end = sentence.start, sentence.end
    if trigger.start - start > _WINDOW:
        start = max(start, text.rfind(" ", start, trigger.start - _WINDOW) + 1, trigger.start - 2 * _WINDOW)
    if end - trigger.end > _WINDOW:
        space = text.find(" ", trigger.end + _WINDOW, trigger.end + 2 * _WINDOW)
        end = space if 0 <= space <= end else min(end, trigger.end + 2 * _WINDOW)
    return start, end


def _around(
    marks: Sequence[Word], at: Range, roles: Mapping[str, str], words: ActorWords, passive: bool | None
) -> Iterator[Found]:
    """Yield the phrases around a trigger with their places."""
    people = next((k for k in range(*at) if "people" in words.groups.get(marks[k].low, ())), None)
    if people is not None and "people" in roles and marks[at[0]].kind not in ("verbs", "participle", "auxiliaries"):
        phrase = phrase_before(marks, people + 1, clause_start(marks, people))
        if phrase:
            yield "people", phrase
        return
    if _is_verb(marks, at, words):
        yield from _around_verb(marks, at, roles, words, passive)
    else:
        yield from _around_noun(marks, at, roles, words)
    yield from _after(marks, at, roles, words)


def _is_verb(marks: Sequence[Word], at: Range, words: ActorWords) -> bool:
    first = marks[at[0]]
    before = marks[at[0] - 1] if at[0] else None
    if first.kind in ("verbs", "auxiliaries"):
        return True
    if before is None:
        return first.kind == "participle"
    if before.kind in ("determiners", "numbers", "linking") and first.kind != "participle":
        return False
    if before.kind in ("auxiliaries", "pronouns", "openers") or before.low == "to":
        return True
    return first.kind == "participle"


def _around_verb(
    marks: Sequence[Word], at: Range, roles: Mapping[str, str], words: ActorWords, passive: bool | None
) -> Iterator[Found]:
    begin = clause_start(marks, at[0])
    subject = _subject(marks, at[0], begin, words)
    suffering = marks[at[0]].low in words.suffering and "done" in roles
    if passive is None:
        passive = _is_passive(marks, at, subject, words)
    adjective = _as_adjective(marks, at)
    if adjective:
        yield "done" if marks[at[1] - 1].low.endswith("ed") and "done" in roles else "doer", adjective
        return
    if subject:
        yield ("done" if "done" in roles and (passive or suffering) else "doer"), subject
    if passive:
        agent = _after_word(marks, at[1], "by")
        if agent:
            yield "doer", agent
    elif not suffering and "done" in roles:
        begin_object = _object_start(marks, at)
        while begin_object < len(marks) and marks[begin_object].low in _OBJECT_LINKS:
            begin_object += 1
        target = phrase_after(marks, begin_object)
        if target:
            yield "done", target


def _object_start(marks: Sequence[Word], at: Range) -> int:
    """Return where the object may begin: behind the trigger, or within it ("taken eight office-bearers")."""
    for k in range(at[0] + 1, at[1]):
        if marks[k].kind in ("numbers", "determiners", "name"):
            return k
    return at[1]


def _subject(marks: Sequence[Word], verb: int, begin: int, words: ActorWords) -> Range | None:
    """Return the subject of the verb at an index: before it, the noun of its relative, or the clause's."""
    subject = phrase_before(marks, verb, begin)
    if subject and marks[subject[0]].low in words.grammar.relatives and subject[1] - subject[0] == 1:
        comma = marks[subject[0] - 1].low == "," if subject[0] else False
        subject = phrase_before(marks, subject[0] - 1 if comma else subject[0], begin)
    if subject is None or marks[subject[1] - 1].low in words.never:
        subject = clause_subject(marks, begin, verb)
    return subject


def _is_passive(marks: Sequence[Word], at: Range, subject: Range | None, words: ActorWords) -> bool:
    """Whether a verb is passive: "were detained", "a man held since Monday", "40 people arrested in Minsk"."""
    k = at[0] - 1
    while k >= 0 and marks[k].kind == "adverbs":
        k -= 1
    if k >= 0 and marks[k].low in words.grammar.passives:
        return True
    if any(marks[i].low in words.grammar.passives for i in range(*at)):
        return True
    if marks[at[1] - 1].low.endswith("ing") or marks[at[0]].low.endswith("s"):
        return False
    if k >= 0 and marks[k].low in ("has", "have", "had"):
        return False
    following = marks[at[1]] if at[1] < len(marks) else None
    if following is not None and (following.kind in NOMINAL or following.kind in ("determiners", "pronouns")):
        return False
    if subject is None:
        return True
    return not alone(marks, subject, words, "authorities")


def _as_adjective(marks: Sequence[Word], at: Range) -> Range | None:
    """Return the phrase that a participle describes: "the detained students", "striking miners"."""
    last = marks[at[1] - 1]
    if at[1] - at[0] != 1 or last.kind != "participle" or at[1] >= len(marks) or marks[at[1]].kind != "word":
        return None
    if last.low.endswith("ed") and not (at[0] and marks[at[0] - 1].kind in ("determiners", "numbers", "linking")):
        return None
    return phrase_after(marks, at[1])


def _around_noun(marks: Sequence[Word], at: Range, roles: Mapping[str, str], words: ActorWords) -> Iterator[Found]:
    begin = clause_start(marks, at[0])
    done = "done" in roles and "of" in roles
    before = at[0] - 1
    while before >= begin and marks[before].kind in ("word", "numbers") and not _possessive(marks[before]):
        before -= 1
    if before >= begin and (_possessive(marks[before]) or (marks[before].low == "'" and before > begin)):
        owner = phrase_before(marks, before + 1, begin)
        if owner:
            yield ("done" if done else "doer"), owner
    verb = next((k for k in range(at[0] - 1, max(begin, at[0] - _REACH) - 1, -1) if _holds(marks[k], words)), None)
    if verb is not None:
        holder = _subject(marks, verb, begin, words)
        if holder and holder[1] <= verb:
            yield ("organisers" if marks[verb].low in words.calling and "organisers" in roles else "doer"), holder
    agent = _after_word(marks, at[1], "by")
    if agent:
        yield "doer", agent
    owned = _after_word(marks, at[1], "of", reach=2)
    if owned and "of" in roles:
        yield "of", owned


def _holds(word: Word, words: ActorWords) -> bool:
    return word.low in words.holding or word.low in words.calling or word.kind in ("participle", "verbs")


def _possessive(word: Word) -> bool:
    return word.low.endswith(("’s", "'s", "s’", "s'"))


def _after(marks: Sequence[Word], at: Range, roles: Mapping[str, str], words: ActorWords) -> Iterator[Found]:
    """Yield the phrases that prepositions after the trigger bring: "at the plant", "with the minister", "to ..."."""
    for place, links in (("at", ("at", "of", "against")), ("with", ("with",)), ("to", ("to",))):
        if place not in roles:
            continue
        for link in links:
            phrase = _after_word(marks, at[1], link)
            if phrase:
                yield place, phrase
    if "done" in roles or "people" in roles:
        named = _named(marks, at[1], words)
        if named:
            yield ("done" if "done" in roles else "people"), named


def _named(marks: Sequence[Word], begin: int, words: ActorWords) -> Range | None:
    """Return the names after the first naming ("among them") behind an index."""
    for k in range(begin, min(len(marks) - 1, begin + _NAMING_REACH)):
        for parts in words.naming.get(marks[k].low, ()):
            if tuple(word.low for word in marks[k : k + len(parts)]) == parts:
                phrase = phrase_after(marks, k + len(parts))
                return phrase if phrase and any(word.kind == "name" for word in marks[slice(*phrase)]) else None
    return None


def _after_word(marks: Sequence[Word], at: int, link: str, *, reach: int = _REACH) -> Range | None:
    for k in range(at, min(len(marks) - 1, at + reach)):
        if marks[k].low == link:
            return phrase_after(marks, k + 1)
        if marks[k].low in (";", ":", ","):
            return None
    return None


def _nearest(marks: Sequence[Word], at: Range, roles: Mapping[str, str], words: ActorWords) -> Iterator[Found]:
    """Yield the people of the clause that stand nearest to a trigger which has nobody at its side."""
    if "people" not in roles:
        return
    begin = clause_start(marks, at[0])
    near = sorted(
        (k for k in range(begin, len(marks)) if "people" in words.groups.get(marks[k].low, ())),
        key=lambda k: min(abs(k - at[0]), abs(k - at[1])),
    )
    for k in near[:1]:
        phrase = phrase_before(marks, k + 1, begin)
        if phrase and phrase[1] == k + 1:
            yield "people", phrase


def _nearest_force(marks: Sequence[Word], at: Range, words: ActorWords) -> Iterator[Found]:
    """Yield the authority of the clause that stands nearest to a trigger without a doer."""
    begin = clause_start(marks, at[0])
    near = sorted(
        (
            k
            for k in range(begin, len(marks))
            if words.groups.get(marks[k].low) == AUTHORITIES and not _possessive(marks[k])
        ),
        key=lambda k: min(abs(k - at[0]), abs(k - at[1])),
    )
    for k in near[:1]:
        phrase = phrase_before(marks, k + 1, begin)
        speaks = any(word.low in words.speaking for word in marks[k + 1 : k + 3])
        if phrase and phrase[1] == k + 1 and not (at[0] <= k < at[1]) and not speaks:
            yield "near", phrase


AUTHORITIES = frozenset({"authorities"})


def _sides(marks: Sequence[Word], found: Sequence[Found], words: ActorWords) -> list[Found]:
    """Return the two sides of talks: those with a demand take part, whoever they meet is the other side."""
    ruling = frozenset({"authorities", "employers"})
    doers = [phrase for place, phrase in found if place == "doer"]
    if (
        doers
        and any(place in ("done", "with") for place, _ in found)
        and all(groups_of(marks, phrase, words) and groups_of(marks, phrase, words) <= ruling for phrase in doers)
    ):
        return [("done" if place == "doer" else "doer", phrase) for place, phrase in found]
    return list(found)
