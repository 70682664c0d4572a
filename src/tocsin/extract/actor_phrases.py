"""Noun phrases as actors: what they can be, which role fits, and the words to quote."""

from collections.abc import Iterator, Mapping, Sequence

from tocsin.codebook.actors import ActorWords
from tocsin.extract.phrases import Word, bare

Range = tuple[int, int]

#: Longer phrases hold more than a name; 99 in 100 hand-coded actors have at most so many words.
_LONGEST = 9
_COUNTING = frozenset(
    {"at", "least", "more", "than", "up", "to", "as", "many", "some", "the", "all", "other", "another"}
)
_CUTTING = frozenset({"in", "at", "from", "with", "for"})


def head_of(marks: Sequence[Word], phrase: Range) -> int:
    """Return the index of the head: the last word before the first preposition, comma or bracket.

    Of "hundreds of workers" and "members of the union" that is "hundreds" and "members".
    """
    for k in range(phrase[0] + 1, phrase[1]):
        if marks[k].kind in ("linking", "prepositions", "openers") or marks[k].low in (",", "("):
            return k - 1
    return phrase[1] - 1


def groups_of(marks: Sequence[Word], phrase: Range, words: ActorWords) -> frozenset[str]:
    """Return what a phrase can be by its head, or by any of its words where the head says nothing."""
    head = words.groups.get(bare(marks[head_of(marks, phrase)].low))
    if head:
        return head
    joined: set[str] = set()
    for word in marks[phrase[0] : phrase[1]]:
        joined |= words.groups.get(bare(word.low), frozenset())
    return frozenset(joined)


def alone(marks: Sequence[Word], phrase: Range, words: ActorWords, group: str) -> bool:
    """Whether a phrase can be this group and no other."""
    return groups_of(marks, phrase, words) == {group}


def fitting(
    marks: Sequence[Word],
    phrase: Range,
    place: str,
    roles: Mapping[str, str],
    words: ActorWords,
    *,
    verbal: bool,
    suffered: bool,
) -> str | None:
    """Return the role of a phrase at a place around the trigger, or None where it can have none.

    A body that calls a protest is its organiser; a crowd that kills is no authority; a known noun of another group
    than the role's is no actor, and neither is a word that names no one.
    """
    role = roles.get(place) or roles.get("doer")
    head = marks[head_of(marks, phrase)]
    if role is None or head.low in words.never or head.kind == "times":
        return None
    groups = groups_of(marks, phrase, words)
    if role == "participant" and "organisers" in roles and "organisers" in groups and "people" not in groups:
        return roles["organisers"]
    if place == "organisers" and "people" in groups and "organisers" not in groups:
        return roles.get("doer")
    if role == "organiser" and place == "organisers" and not groups:
        return role if head.kind == "name" else None
    if groups & words.fits[role] or (groups and "with" in roles):
        return role
    if role == "authority" and place == "doer" and groups == {"people"} and "people" in roles:
        return "participant" if suffered else roles["people"]
    if groups:
        # An authority that dismisses, an employer that withdraws a measure.
        other = {"authority": "employers", "employer": "authorities"}.get(role)
        return {"authority": "employer", "employer": "authority"}[role] if other in groups and place == "doer" else None
    return role if _unknown_fits(head, place, role, verbal) else None


def _unknown_fits(head: Word, place: str, role: str, verbal: bool) -> bool:
    """Whether a head of no known group is an actor more often than not at its place.

    Kept are the places where that held in more than about a quarter of the coded training mentions, below which a
    guess costs more than it brings: names and what a verb is done to. "They" and "we" mostly repeat an actor that
    another sentence names; "he" and "she" are quoted by themselves.
    """
    if head.kind == "pronouns":
        return verbal and place == "done" and head.low in _SINGLE
    if not verbal or place in ("at", "organisers"):
        return False
    if head.kind == "name":
        return True
    return head.kind in ("word", "participle") and (place == "done" or role in ("counterpart", "employer"))


_SINGLE = frozenset({"he", "she", "him", "her", "us", "me", "i"})


def trimmed(marks: Sequence[Word], phrase: Range, words: ActorWords) -> Range | None:
    """Return the words to quote: without numbers in front, appositions and places behind; None where none are left."""
    begin, end = phrase
    begin = _after_number(marks, begin, end, words)
    for k in range(begin + 1, end):
        named = marks[k].low == "," and marks[k - 1].kind == "word" and k + 2 < end and marks[k + 2].kind == "name"
        if (marks[k].low in (",", "(") and not named) or marks[k].low in _CUTTING:
            end = k
            break
    if begin >= end or all(word.kind in ("determiners", "numbers", "mark") for word in marks[begin:end]):
        return None
    return (begin, min(end, begin + _LONGEST))


def _after_number(marks: Sequence[Word], begin: int, end: int, words: ActorWords) -> int:
    """Return where a phrase goes on after a number in front of it: "more than 100 of its members" at "its"."""
    at = begin
    while at < end:
        if marks[at].kind == "numbers" or (begin and marks[at].low == "of" and marks[at - 1].kind == "numbers"):
            at += 1
            begin = at
        elif marks[at].low in _COUNTING or marks[at].low in words.grammar.approximations:
            at += 1
        else:
            break
    return begin


def named_apart(marks: Sequence[Word], phrase: Range) -> Iterator[Range]:
    """Yield the persons of a phrase apart where "and" joins full names, else the phrase itself.

    Of "A B, C D and E F" the phrase is only "C D and E F": names before it in the list are taken too.
    """
    for k in range(phrase[0] + 2, phrase[1] - 2):
        if marks[k].low == "and" and _name_at(marks, k - 2) and _name_at(marks, k + 1):
            begin = phrase[0]
            while begin > 2 and marks[begin - 1].low == "," and _name_at(marks, begin - 3):
                end = begin - 1
                begin = end
                while begin > 0 and marks[begin - 1].kind == "name":
                    begin -= 1
                yield (begin, end)
            yield (phrase[0], k)
            yield (k + 1, phrase[1])
            return
    yield phrase


def _name_at(marks: Sequence[Word], at: int) -> bool:
    return marks[at].kind == "name" and marks[at + 1].kind == "name"
