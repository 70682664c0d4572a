"""Numbers to claims: what a number counts, and of which happening."""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tocsin.codebook.claims import ClaimWords
from tocsin.datamodel import Claim, NumberReading, Span
from tocsin.extract.persons import is_person_noun
from tocsin.extract.tokens import Tokens
from tocsin.extract.triggers import Trigger

#: How far, in words, a word like "injured" or "lost" speaks for a number.
_NEAR = 6
# Costs of giving a number to a trigger, in words of distance. Chosen on the coded training documents: a mark
# between them is as far as six words, another trigger between them as far as four, a number told after its verb a
# little farther than one told before.
_MARK_COST = {",": 2, ";": 12, ":": 6, ".": 12, "(": 6, ")": 6, "—": 8, "–": 6, "-": 2, "and": 2, "but": 6, "while": 8}
_TRIGGER_COST = 4
#: Of "detained 30 marchers" the number belongs to what is done to them, not to the word that counts them.
_COUNTED_COST = 6
_AFTER_COST = 1
#: What ends the words that go with a number before them.
_PHRASE_ENDS = frozenset((";", ",", ".", "and", ":"))
#: The rule of numbers that reads "a student" as one; whether that one is claimed depends on who does what to whom,
#: which actors tell.
ONE_PERSON = "one person"
#: The person named before "and 14 others".
_AND_OTHERS = re.compile(r"((?:[A-Z][\w.’'-]* ){1,4}and (?:(?:about|some) )?|[Tt]he [a-z]+ and )$")
#: The same before "and four editors"; at least two names, since one may be a place.
_NAME_AND = re.compile(r"(?<!in )(?<!at )(?<!of )((?:[A-Z][\w’'-]+ ){2,4}and )$")
#: One more person, told behind others ("two men and a woman").
_AND_ONE = re.compile(r" and (?:a|an|one) (?:[a-z-]+ )?([a-z-]+)\b")
#: What is claimed of people to whom something happens.
_ONES = frozenset(("affected", "injured", "killed"))
_NAME_REACH = 60
#: Types in which people are hurt.
_HURTING = frozenset(("force", "riot", "attack", "demonstration", "other_protest"))
#: Words near a number that make it the size of a gathering, which nobody does to anyone.
_CROWDS = frozenset(("crowd", "crowds", "turnout", "attendance"))
_WEIGHTS = frozenset(("weight", "volume", "power", "area"))
#: Words before a number that make it a part of another ("of whom 66 minors"): a part is not claimed (codebook, 5).
_PARTS_BEFORE = frozenset(("whom", "including", "them", "which", "aged", "another"))
_PARTS_AFTER = (("of", "them"), ("of", "whom"), ("of", "these"), ("of", "those"), ("of", "which"))
#: Words before and after a bare number that make it an hour of the day.
_HOUR_WORDS = frozenset(("at", "from", "until", "till", "past", "nearly"))
_DAY_PARTS = frozenset(("o'clock", "night", "evening", "morning", "afternoon", "noon", "a.m", "p.m"))
_HOURS = 24
#: Words before a time span that make it no duration of what the sentence tells.
_NO_DURATION = frozenset(
    (
        "after",
        "within",
        "every",
        "in",
        "over",
        "under",
        "past",
        "last",
        "next",
        "previous",
        "ago",
        "since",
        "before",
        "than",
        "until",
        "early",
        "earlier",
        "later",
    )
)


@dataclass(frozen=True, slots=True)
class Assigned:
    """A claim and the trigger whose happening it belongs to."""

    trigger: Trigger
    claim: Claim


def read_claims(
    text: str,
    tokens: Tokens,
    triggers: Sequence[Trigger],
    numbers: Sequence[NumberReading],
    words: ClaimWords,
    *,
    currency: Callable[[NumberReading], str | None],
) -> tuple[Assigned, ...]:
    """Return the claims of a sentence, each with the trigger it belongs to.

    What a number counts is told by the words counted ("16 other cities"), the words near it ("injured", "lost",
    "employs") and the type of the happening; it goes to the nearest trigger whose type takes such a number.

    Args:
        text: the whole text.
        tokens: the words of the sentence.
        triggers: what the sentence tells of.
        numbers: the numbers of the sentence.
        words: what a number counts, as words.
        currency: the ISO code of a sum of money told in this document.
    """
    found: list[Assigned] = []
    taken: set[tuple[int, int]] = set()
    for number in numbers:
        if (found and _is_part(tokens, number.span)) or _is_hour(tokens, number):
            continue
        options = [
            (_distance(tokens, number, trigger, triggers), i, attribute)
            for i, trigger in enumerate(triggers)
            if (attribute := attribute_of(number, trigger, tokens, triggers, words)) is not None
        ]
        if not options:
            continue
        _, i, attribute = min(options)
        claim = claim_of(text, number, attribute, currency)
        if (claim.span.start, i) in taken:
            continue
        taken.add((claim.span.start, i))
        found.append(Assigned(triggers[i], claim))
    return tuple(found)


def claim_of(
    text: str, number: NumberReading, attribute: str, currency: Callable[[NumberReading], str | None]
) -> Claim:
    """Return the claim that a number makes, quoted with what it counts.

    "Ms Lee and 14 others" and "Lee Min and 14 editors" are fifteen, "two men and a woman" three.
    """
    unit = _unit(number, attribute, currency)
    quote = _quote(text, number)
    low, high = number.low, number.high
    named = _AND_OTHERS if quote.quote.endswith("others") else _NAME_AND if attribute in _ONES else None
    first = named.search(text[max(0, quote.start - _NAME_REACH) : quote.start]) if named else None
    if number.kind == "count" and first and (number.counted or named is _AND_OTHERS):
        low, high = (None if bound is None else bound + 1 for bound in (low, high))
        quote = Span.of(text, quote.start - len(first[1]), quote.end)
    last = _AND_ONE.match(text, quote.end) if number.kind == "count" and number.counted and attribute in _ONES else None
    if last and is_person_noun(last[1]):
        low, high = (None if bound is None else bound + 1 for bound in (low, high))
        quote = Span.of(text, quote.start, last.end())
    return Claim(attribute, low, high, number.approx, unit, quote)


def _unit(number: NumberReading, attribute: str, currency: Callable[[NumberReading], str | None]) -> str | None:
    if attribute == "amount":
        return currency(number)
    if attribute == "output_loss":
        return number.unit or (number.counted.quote if number.counted else None)
    return None


def attribute_of(
    number: NumberReading, trigger: Trigger, tokens: Tokens, triggers: Sequence[Trigger], words: ClaimWords
) -> str | None:
    """Return what a number is to the happening that a trigger names, or None where its type takes no such number."""
    kind = trigger.type
    if number.kind == "money":
        return "amount" if kind in words.money else None
    if number.kind in ("duration", "term"):
        if kind in words.terms:
            return None if _is_apposed(tokens, number.span, trigger.span) else "term"
        if kind not in words.lasting or number.kind != "duration":
            return None
        if number.rule.startswith("ordinal"):
            return "occurrence" if _any(_following(tokens, number.span), words.series) else "duration"
        return None if _before(tokens, number.span) & _NO_DURATION else "duration"
    near = _near(tokens, number.span)
    if number.kind == "ordinal":
        return "occurrence" if kind in words.people and _any(near, words.series) else None
    if number.kind in _WEIGHTS:
        return "output_loss" if kind in words.loss_types and _any(near, words.losing) else None
    if number.kind != "count" or number.rule == ONE_PERSON:
        return None
    counted = _counted(number)
    if _any(counted, words.output) and kind in words.loss_types and _any(near, words.losing):
        return "output_loss"
    if counted and counted[-1] in words.sites:
        return "sites" if kind in words.placed else None
    if counted and counted[-1] in words.things:
        return None
    after = _following(tokens, number.span)
    if kind not in ("killing", "detention") and _any(after, words.killed):
        told = any(t.type == "killing" for t in triggers)
        return None if told or kind not in words.people else "killed"
    if _any(counted, words.injured) or _any(after, words.injured) or trigger.span.quote.lower() in words.injured:
        if kind in _HURTING:
            return "injured"
        return None if any(t.type in _HURTING for t in triggers) else "injured" if kind == "killing" else None
    if kind in ("strike", "lockout", "work_to_rule", "concession") and _any(near, words.workforce):
        return "workforce"
    people = words.people.get(kind)
    return None if people == "affected" and _is_gathering(tokens, number.span) else people


def attribute_labelled(label: str, number: NumberReading, kind: str, tokens: Tokens, words: ClaimWords) -> str | None:
    """Return what the tagger says that a number counts, mended where the number cannot be that.

    Args:
        label: the tagger's.
        number: what was read.
        kind: type of the happening.
        tokens: the words of the sentence.
        words: what a number counts, as words.
    """
    if number.kind in ("duration", "term"):
        if label == "duration" and kind in words.terms:
            return "term"
        return label if label in _TIMES else "term" if kind in words.terms else None
    if label == "participants" and kind in _WORKFORCES and _is_whole(tokens, number.span):
        return "workforce"
    return None if label == "affected" and _is_gathering(tokens, number.span) else label


_TIMES = frozenset(("duration", "term", "occurrence"))
_WORKFORCES = frozenset(("strike", "lockout", "work_to_rule"))


def _is_whole(tokens: Tokens, number: Span) -> bool:
    """Whether a number is what another is a part of ("1,100 of 1,723 employees")."""
    at = tokens.before(number.start)
    lead = tokens.forms[max(0, at - 3) : at]
    return len(lead) > 1 and "of" in lead[-2:] and any(form[0].isdigit() for form in lead)


def _is_part(tokens: Tokens, number: Span) -> bool:
    before, after = tokens.before(number.start), tokens.behind(number.end)
    led = before > 0 and tokens.forms[before - 1] in _PARTS_BEFORE
    return led or tuple(tokens.forms[after : after + 2]) in _PARTS_AFTER


def _is_gathering(tokens: Tokens, number: Span) -> bool:
    """Whether a number is the size of a gathering ("put the crowd in Minsk at 9,000")."""
    at = tokens.before(number.start)
    lead = tokens.forms[max(0, at - _NEAR) : at]
    return any(form in _CROWDS for form in lead) and _PHRASE_ENDS.isdisjoint(lead)


def _is_apposed(tokens: Tokens, number: Span, trigger: Span) -> bool:
    """Whether a time span is told of a person before the verb ("a teacher for 20 years, was jailed")."""
    return number.end <= trigger.start and "," in tokens.forms[tokens.behind(number.end) : tokens.before(trigger.start)]


def _is_hour(tokens: Tokens, number: NumberReading) -> bool:
    """Whether a bare small number is an hour ("from eight at night", "a curfew from six")."""
    if number.kind != "count" or number.counted or number.low != number.high or not 0 < (number.low or 0) <= _HOURS:
        return False
    return bool(_before(tokens, number.span) & _HOUR_WORDS) or bool(
        set(_following(tokens, number.span)[:3]) & _DAY_PARTS
    )


def _before(tokens: Tokens, span: Span) -> frozenset[str]:
    at = tokens.before(span.start)
    return frozenset(tokens.forms[max(0, at - 2) : at])


def _quote(text: str, number: NumberReading) -> Span:
    if number.counted is not None and number.counted.start >= number.span.start:
        return Span.of(text, number.span.start, max(number.span.end, number.counted.end))
    return number.span


def _counted(number: NumberReading) -> tuple[str, ...]:
    """Return the words counted up to their head: of "two plants of the group" those before "of"."""
    return tuple(number.counted.quote.lower().split(" of ")[0].split()) if number.counted else ()


def _near(tokens: Tokens, span: Span) -> Sequence[str]:
    first, last = tokens.before(span.start), tokens.behind(span.end)
    return tokens.forms[max(0, first - _NEAR) : last + _NEAR] if first < last else ()


def _following(tokens: Tokens, span: Span) -> Sequence[str]:
    at = tokens.behind(span.end)
    after = tokens.forms[at : at + _NEAR]
    for i, form in enumerate(after):
        if form in _PHRASE_ENDS:
            return after[:i]
    return after


def _any(forms: Sequence[str], words: frozenset[str]) -> bool:
    if not words.isdisjoint(forms):
        return True
    return len(forms) > 1 and not words.isdisjoint(map(" ".join, itertools.pairwise(forms)))


def _distance(tokens: Tokens, reading: NumberReading, trigger: Trigger, triggers: Sequence[Trigger]) -> int:
    number = reading.span
    if trigger.span.overlaps(number):
        return 0
    left, right = (number, trigger.span) if number.start < trigger.span.start else (trigger.span, number)
    between = tokens.forms[tokens.behind(left.end) : tokens.before(right.start)]
    cost = len(between)
    if not _MARK_COST.keys().isdisjoint(between):
        cost += sum(_MARK_COST.get(form, 0) for form in between)
    others = {(t.span.start, t.span.end) for t in triggers if left.end <= t.span.start and t.span.end <= right.start}
    if reading.counted is not None and trigger.span.overlaps(reading.counted):
        cost += _COUNTED_COST
    return cost + _TRIGGER_COST * len(others) + (_AFTER_COST if number.start > trigger.span.start else 0)
