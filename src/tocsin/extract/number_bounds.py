"""A number with the words that bound it: "over", "about", "or more"."""

from dataclasses import dataclass

from tocsin.codebook.numbers import Convention, NumberWords
from tocsin.datamodel.claim import Number
from tocsin.datamodel.readings import NumberReading
from tocsin.datamodel.span import Span
from tocsin.extract.number_amounts import Amount
from tocsin.extract.number_tokens import DASHES, Tokens


@dataclass(slots=True)
class Found:
    """A number by its tokens: those of the phrase, and those of what it counts."""

    start: int
    end: int
    low: Number | None
    high: Number | None
    approx: bool
    kind: str
    unit: str | None
    counted: tuple[int, int] | None
    rule: str

    def reading(self, t: Tokens, offset: int) -> NumberReading:
        """Return the reading with its words and their places in the text."""
        span = _span(t, self.start, self.end, offset)
        counted = _span(t, *self.counted, offset) if self.counted else None
        return NumberReading(span, self.low, self.high, self.approx, self.kind, self.unit, counted, self.rule)


def _span(t: Tokens, first: int, end: int, offset: int) -> Span:
    start = t.offset(first)
    # Most numbers are one word, whose length is known.
    length = len(t.words[first]) if end - first == 1 else len("".join(t.raw[first:end]).rstrip())
    return Span(offset + start, offset + start + length, t.text[start : start + length])


def touched(t: Tokens, start: int, end: int, nw: NumberWords) -> bool:
    """Whether words beside tokens `start` to `end` may bound, measure or multiply what stands there; quick."""
    words = t.words
    before, after = nw.touching_before.get(words[start - 1]), nw.touching_after.get(words[end])
    return bool(
        (before and ("" in before or words[start - 2] in before))
        or (after and ("" in after or words[end + 1] in after))
    )


def bounded(
    t: Tokens, amount: Amount, nw: NumberWords, convention: Convention, counted: tuple[int, int] | None
) -> tuple[int, int, Number | None, Number | None, bool, str]:
    """Apply the words before and after the amount: bounds, approximations."""
    words, start, end = t.words, amount.start, amount.end
    effects: list[tuple[str, str]] = []
    at, skipped = start - 1, 0
    while len(effects) < 3 and (words[at] in nw.before or (not skipped and words[at] in nw.neutral)):
        word = words[at]
        previous = words[at - 1]
        for parts, effect in nw.before.get(word, ()):
            if len(parts) > 1 and parts[-2] != previous:
                continue
            first = at - len(parts) + 1
            if effects and effects[0][0] == "about" and len(parts) == 1 and effect != "about":
                continue
            if t.matches(first, parts) and not (
                word in nw.topical and len(parts) == 1 and words[first - 1] in nw.topics
            ):
                effects.append((effect, " ".join(parts)))
                start, at = first, first - 1
                break
        else:
            if skipped or effects or word not in nw.neutral:
                break
            skipped, at = 1, at - 1
    after = _after(t, end, nw)
    if after is None and counted and words[counted[1]] == "or":
        after = _after(t, counted[1], nw)
    if after:
        effects.append((after[1], after[2]))
        end = after[0]
    if amount.rule == "range" and words[start - 1] in ("between", "from"):
        start -= 1
    low, high, approx = amount.low, amount.high, amount.approx
    if not effects:
        return start, end, low, high, approx, ""
    vague = approx
    # A bare "a thousand" is a round word; bound to "over" it is the number. A dozen stays vague.
    names = {effect for effect, _ in effects}
    if amount.rule == "round word" and names & {"at_least", "at_most"}:
        approx = False
    if "about" in names or "below" in names:
        approx = True
    if convention.bounds == "open" and low is not None:
        if "at_least" in names and (amount.rule != "range"):
            high = None
        elif names & {"at_most", "below"} and amount.rule != "range":
            low = None
        if vague and amount.rule.startswith("vague"):
            approx = True
    return start, end, low, high, approx, ", ".join(phrase for _, phrase in effects)


def _after(t: Tokens, end: int, nw: NumberWords) -> tuple[int, str, str] | None:
    for parts, effect in nw.after.get(t.words[end], ()):
        following = t.words[end + len(parts)]
        if effect == "at_least" and (
            "0" <= following < ":" or following in nw.cardinals or (following.isalpha() and following in nw.before)
        ):
            continue
        if effect == "at_least" and following == "a" and t.words[end + len(parts) + 1] in nw.multipliers:
            continue
        if t.matches(end, parts) and (parts[0] not in DASHES or t.glued(end)):
            return end + len(parts), effect, " ".join(parts)
    return None
