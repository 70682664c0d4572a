"""From words and digits to an amount: cardinals, multiplied and vague ones, fractions of a unit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tocsin.codebook.numbers import Convention, NumberWords
from tocsin.datamodel.claim import Number
from tocsin.extract.number_tokens import DASHES, Tokens

#: Longer strings of digits are account or telephone numbers, and slow to convert.
LONGEST = 15

_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_ONE_DOT = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_DECIMAL = re.compile(r"[0-9]+[.,][0-9]{1,4}")
#: After "scores" the verb.
_SCORED = frozenset(("a", "an", "the", "his", "her", "their", "its", "goals", "points", "for", "against"))
#: Vague words printed as figures: "100s of people".
_PLURALS: Mapping[Number, str] = {10: "tens", 100: "hundreds", 1000: "thousands"}
#: Plurals that a number may stand before: "five dozens", "two lakhs".
_COUNTED_PLURALS = frozenset(("dozens", "lakhs", "lacs", "crores"))


@dataclass(slots=True)
class Amount:
    """A number of tokens read as an interval.

    Attributes:
        start, end: first token and the one after the last.
        low, high: the interval, or None.
        approx: whether the words are vague.
        rule: what read it.
        scale: the last multiplier, which a lower end before it shares ("two to three million").
        days: days of its unit of time, or 0.
        unit: the word of that unit.
        old: whether it is an age.
    """

    start: int
    end: int
    low: Number | None
    high: Number | None
    approx: bool
    rule: str
    scale: int = 1
    days: float = 0
    unit: str | None = None
    old: bool = False


def amount_at(t: Tokens, i: int, nw: NumberWords, convention: Convention) -> Amount | None:
    """Return the amount that begins at token `i`, without bounds, units or ranges; None where there is none."""
    word = t.words[i]
    if "0" <= word < ":":
        return _digits_at(t, i, nw, convention)
    if word in ("a", "an"):
        following = t.words[i + 1]
        if following in nw.multipliers or following in nw.quantifiers or following in nw.fractions:
            found = amount_at(t, i + 1, nw, convention)
            if found:
                found.start = i
            return found
        return None
    if word in nw.cardinals:
        following = t.words[i + 1]
        if following not in nw.composing:
            value = nw.cardinals[word]
            return Amount(i, i + 1, value, value, False, "number in words")
        return _fraction_at(t, i, nw) or _cardinal_at(t, i, nw, convention)
    if word in nw.quantifiers:
        return _vague_at(t, i, nw, convention)
    if word in nw.plurals:
        return _plural_at(t, i, nw, convention)
    if word in nw.multipliers:
        return _cardinal_at(t, i, nw, convention)
    if word in nw.fractions:
        return _fraction_at(t, i, nw)
    return None


def number_of(word: str, multiplied: bool = False) -> Number | None:
    """Return the value of a token of digits, or None where it is no plain number.

    Args:
        word: digits with points and commas.
        multiplied: whether "million" or the like follows, so that a single point is a decimal one.
    """
    if len(word) > LONGEST + 6:
        return None
    if word.isdecimal():
        return int(word) if len(word) <= LONGEST else None
    if _GROUPED.fullmatch(word) or _INDIAN.fullmatch(word):
        plain = word.replace(",", "")
        if "." not in plain:
            return int(plain)
    elif _DOTTED.fullmatch(word) or (not multiplied and _ONE_DOT.fullmatch(word)):
        plain = word.replace(".", "")
    elif _DECIMAL.fullmatch(word):
        plain = word.replace(",", ".")
    else:
        return None
    return whole(Fraction(plain))


def whole(value: Fraction | float) -> Number:
    """Return an int where the value is one, else a float of six decimals."""
    rounded = round(float(value), 6)
    return int(value) if value == int(value) else int(rounded) if rounded.is_integer() else rounded


def times(value: Number | None, factor: Number) -> Number | None:
    """Return the product, whole where it is."""
    if isinstance(value, int) and isinstance(factor, int):
        return value * factor
    return None if value is None else whole(Fraction(str(value)) * Fraction(str(factor)))


def _digits_at(t: Tokens, i: int, nw: NumberWords, convention: Convention) -> Amount | None:
    words, word, end = t.words, t.words[i], i + 1
    following = words[end]
    if following not in nw.composing and not t.glued(i) and not "0" <= following < ":":
        plain = int(word) if len(word) <= LONGEST and word.isdecimal() else number_of(word)
        return None if plain is None else Amount(i, end, plain, plain, False, "digits")
    value = number_of(word, following in nw.multipliers or following in nw.glued_multipliers)
    if value is None:
        return None
    rule = "digits"
    if word.isdecimal() and len(word) <= 3 and word[0] != "0" and not t.glued(i) and _is_group(words[end]):
        before = words[i - 1]
        while _is_group(words[end]) and (end == i + 1 or not t.glued(end - 1)) and before not in nw.months:
            value = int(value) * 1000 + int(words[end])
            end += 1
            rule = "digits in groups"
    scale = 1
    if t.glued(end - 1):
        suffix = words[end]
        if suffix in nw.glued_multipliers and (suffix not in ("m", "b") or _large(t, i, end, nw)):
            scale, end, rule = nw.glued_multipliers[suffix], end + 1, "digits and multiplier"
            value = times(value, scale)
        elif suffix == "s" and value in _PLURALS:
            return _plural_value(t, i, end + 1, nw, convention, _PLURALS[value])
        elif suffix in DASHES and t.glued(end) and words[end + 1] in nw.multipliers:
            end += 1
    while words[end] in nw.multipliers or (scale == 1 and words[end] in _COUNTED_PLURALS):
        factor = _multiplier(nw.plurals.get(words[end], words[end]), nw, convention)
        if factor == 100 and (value or 0) >= 100:
            break
        value, scale, end, rule = times(value, factor), scale * factor, end + 1, "digits and multiplier"
    if words[end] == "and" and words[end + 1] in ("a", "one") and words[end + 2] == "half":
        value, end = whole(Fraction(str(value)) + Fraction(scale, 2)), end + 3
    return Amount(i, end, value, value, False, rule, scale)


def _is_group(word: str) -> bool:
    return len(word) == 3 and word.isdecimal()


def _large(t: Tokens, i: int, end: int, nw: NumberWords) -> bool:
    """Whether "40m" means millions: of money, or of people; else it is a length."""
    following = t.words[end + 1]
    return (
        t.words[i - 1] in nw.money_before
        or following in nw.money_after
        or following in nw.people
        or (following.endswith("s") and following not in nw.stops and following not in nw.time_units)
    )


def _multiplier(word: str, nw: NumberWords, convention: Convention) -> int:
    own = convention.words.get(word)
    return own[0] if own and own[0] else nw.multipliers[word]


def _cardinal_at(t: Tokens, i: int, nw: NumberWords, convention: Convention) -> Amount | None:
    """Read "two thousand five hundred and six", "a hundred", "a million and a half", "twenty-two", "two dozen"."""
    words, j = t.words, i
    total: Number = 0
    largest = 0
    current: Number = 0
    scale, counted, dozen, multipliers, after_unit = 1, False, False, 0, False
    while True:
        word = words[j]
        if word in nw.cardinals:
            value = nw.cardinals[word]
            tens = current % 100
            if (
                counted
                and not (tens == 0 and (current or after_unit))
                and not (0 < value < 10 <= 20 <= tens and tens % 10 == 0)
            ):
                break
            current, counted, after_unit, j = current + value, True, False, j + 1
            if value > 90 or word in ("both", "duo", "trio", "lone", "thrice", "zero"):
                break
        elif word in nw.multipliers or (counted and not multipliers and word in _COUNTED_PLURALS):
            factor = _multiplier(nw.plurals.get(word, word), nw, convention)
            if factor == 100 and (current >= 100 or (counted and current == 0)):
                break
            if factor > 100 and total and factor >= largest:
                break
            if factor <= 100:
                current = (current or 1) * factor
            else:
                total, current, largest = total + (current or 1) * factor, 0, factor
            scale, dozen, counted, after_unit = factor, word in ("dozen", "dozens", "score"), True, True
            j, multipliers = j + 1, multipliers + 1
            if dozen:
                if words[j] == "and" and words[j + 1 : j + 3] == ["a", "half"]:
                    current, j = current + factor // 2, j + 3
                break
        elif word in DASHES and t.glued(j) and j > i and t.glued(j - 1) and _composes(words[j + 1], current, nw):
            j += 1
        elif word == "and" and counted:
            if words[j + 1] in ("a", "one") and words[j + 2] in ("half", "quarter"):
                part = (0.5 if words[j + 2] == "half" else 0.25) * (scale if current == 0 or scale == 100 else 1)
                current, j = current + part, j + 3
            elif (
                after_unit
                and words[j + 1] in nw.cardinals
                and (
                    scale == 100 or nw.multipliers.get(words[j + 2], 0) < largest or words[j + 2] not in nw.multipliers
                )
            ):
                j += 1
            else:
                break
        else:
            break
    if not counted:
        return None
    told: Number = total + current
    told = whole(told) if isinstance(told, float) else told
    # "a dozen", "a thousand" and "a million" are round words; "two thousand" and "a hundred thousand" are numbers.
    round_word = multipliers == 1 and j == i + 1
    rule = "dozen" if dozen else "round word" if round_word else "number in words"
    return Amount(i, j, told, told, round_word, rule, scale if multipliers else 1)


def _composes(word: str, current: Number, nw: NumberWords) -> bool:
    value = nw.cardinals.get(word, 0)
    return word in nw.multipliers or (0 < value < 10 and current % 100 >= 20 and current % 10 == 0)


def _fraction_at(t: Tokens, i: int, nw: NumberWords) -> Amount | None:
    """Read "half a million", "three quarters of a million", "half a dozen"; shares of a base are read elsewhere."""
    words, j, top = t.words, i, None
    if words[j] in nw.cardinals:
        top, j = nw.cardinals[words[j]], j + 1
        if words[j] in DASHES and t.glued(j):
            j += 1
    if words[j] not in nw.fractions or (words[j] in nw.ordinals and top is None and words[i - 1] != "a"):
        return None
    numerator, denominator = nw.fractions[words[j]]
    j += 1
    while words[j] in ("of", "a", "an", "-"):
        j += 1
    if words[j] not in nw.multipliers:
        return None
    factor = nw.multipliers[words[j]]
    value = whole(Fraction(numerator if top is None else top, denominator) * factor)
    dozen = words[j] == "dozen"
    return Amount(i, j + 1, value, value, dozen, "dozen" if dozen else "fraction of a unit", factor)


def _vague_at(t: Tokens, i: int, nw: NumberWords, convention: Convention) -> Amount | None:
    """Read "a few", "several dozen", "a couple of hundred", "several tens of thousands", "many thousands"."""
    words, quantifier, j = t.words, t.words[i], i + 1
    if words[j] == "of" and (words[j + 1] in nw.multipliers or words[j + 1] in nw.plurals):
        j += 1
    word = words[j]
    unit = word if word in nw.multipliers else nw.plurals.get(word)
    if unit is None or unit in ("ten", "score"):
        if unit == "ten":
            unit = None if words[j + 1] != "of" else unit
        if unit is None:
            if quantifier in nw.need_unit or (words[j] == "more" and words[j + 1] == "than"):
                return None
            low, high = convention.words.get(quantifier, (None, None))
            return Amount(i, i + 1, low, high, True, f"vague word ({convention.name})")
    return _scaled(t, i, j + 1, *_quantified(quantifier, unit, nw, convention), nw, convention)


def _quantified(
    quantifier: str, unit: str, nw: NumberWords, convention: Convention
) -> tuple[Number | None, Number | None]:
    key = f"{quantifier} {unit}"
    if key in convention.words:
        return convention.words[key]
    low, high = convention.words.get(quantifier, (None, None))
    factor = 10 if unit == "ten" else _multiplier(unit, nw, convention)
    if low is None:
        low, high = convention.words.get(f"{unit}s", (None, None))
        return low, high
    # "Several thousand" is 3,000 to 9,999: up to the next unit, where the quantifier itself is vague.
    return low * factor, None if high is None else high * factor if high == low else (high + 1) * factor - 1


def _plural_at(t: Tokens, i: int, nw: NumberWords, convention: Convention) -> Amount | None:
    words, word, end = t.words, t.words[i], i + 1
    if word == "tens" and words[end] != "of":
        return None
    if word == "scores" and (words[end] in _SCORED or "0" <= words[end] < ":"):
        return None
    if words[end] in ("upon", "and") and words[end + 1] == word:
        end += 2
    return _plural_value(t, i, end, nw, convention, word)


def _plural_value(t: Tokens, i: int, end: int, nw: NumberWords, convention: Convention, word: str) -> Amount:
    low, high = convention.words.get(word, (None, None))
    part = t.words[i - 1]
    if part in ("low", "high", "mid") and low is not None and high != low:
        # "Low thousands" is their lower half, "high hundreds" the upper.
        middle = low * 5 // 2
        low, high, i = (low, middle - 1, i - 1) if part == "low" else (middle, high, i - 1)
    return _scaled(t, i, end, low, high, nw, convention)


def _scaled(
    t: Tokens, i: int, end: int, low: Number | None, high: Number | None, nw: NumberWords, convention: Convention
) -> Amount:
    """Multiply by what follows: "hundreds of thousands", "several hundred thousand", "tens of millions"."""
    words, scale = t.words, 1
    while True:
        at = end + 1 if words[end] == "of" else end
        unit = words[at] if at == end and words[at] in nw.multipliers else nw.plurals.get(words[at])
        if unit is None or unit in ("ten", "score", "dozen"):
            break
        factor = _multiplier(unit, nw, convention)
        high = None if high is None else high * factor if high == low else (high + 1) * factor - 1
        low, end, scale = times(low, factor), at + 1, scale * factor
    return Amount(i, end, low, high, True, f"vague word ({convention.name})", scale)
