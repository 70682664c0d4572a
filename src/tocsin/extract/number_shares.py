"""Shares of a base: "38 % of its 3,400", "two thirds of the 900", "all but one of the 7", "most of 654"."""

from fractions import Fraction

from tocsin.codebook.numbers import Convention, NumberWords
from tocsin.extract import number_kinds as kinds
from tocsin.extract.number_amounts import Amount, amount_at
from tocsin.extract.number_bounds import Found, bounded
from tocsin.extract.number_ranges import with_time
from tocsin.extract.number_tokens import DASHES, Tokens

#: Between "of" and the number that a share is taken of.
_BEFORE_BASE = frozenset(
    ("the", "its", "their", "his", "her", "our", "those", "these", "some", "about", "all", "a", "more", "than", "over")
)


def _base(t: Tokens, at: int, nw: NumberWords, convention: Convention) -> Amount | None:
    """Return the number that a share is taken of: "of the union's 168", "of its 3,400"."""
    words = t.words
    if words[at] != "of":
        return None
    for k in range(at + 1, at + 7):
        word = words[k]
        if not word or word in ".;:,()" or (word in nw.stops and word not in _BEFORE_BASE and word not in nw.cardinals):
            return None
        if (word == "a" and words[k + 1] in nw.multipliers) or (
            len(word) > 1 and word[-1] == "s" and word not in nw.stops
        ):
            return None
        if "0" <= word < ":" or word in nw.cardinals or word in nw.multipliers:
            base = amount_at(t, k, nw, convention)
            if base is None or kinds.unit_after(t, base, nw) or with_time(t, base, nw).days:
                return None
            return base
    return None


def percent_of(t: Tokens, amount: Amount, nw: NumberWords, convention: Convention) -> Found | None:
    """Read "38 % of its 3,400"."""
    if amount.low is None or amount.high is None or t.words[amount.end] != "of":
        return None
    low, high = Fraction(str(amount.low)) / 100, Fraction(str(amount.high)) / 100
    return _of_base(t, amount, nw, convention, low, high)


def _of_base(
    t: Tokens, amount: Amount, nw: NumberWords, convention: Convention, low: Fraction, high: Fraction
) -> Found | None:
    base = _base(t, amount.end, nw, convention)
    if base is None or base.low is None:
        return None
    product = Amount(
        amount.start,
        base.end,
        _people(low * Fraction(str(base.low)), True),
        _people(high * Fraction(str(base.low)), False),
        True,
        "share of a base",
    )
    if low == high and convention.bounds == "point":
        product.low = product.high
    unit, kind = None, "count"
    if money := kinds.money_after(t, base, nw):
        kind, (product.end, unit) = "money", money
    counted = kinds.counted_after(t, base.end, nw)
    effects = bounded(
        t, Amount(amount.start, amount.end, product.low, product.high, True, "share"), nw, convention, None
    )
    end = max(effects[1], product.end)
    return Found(effects[0], end, effects[2], effects[3], True, kind, unit, counted, "share of a base")


def _people(value: Fraction, down: bool) -> int:
    """Return whole people: a half goes down for a low and up for a high, everything else to the nearest."""
    if value.denominator == 2:
        return int(value) if down else int(value) + 1
    return round(value)


def share_at(t: Tokens, i: int, nw: NumberWords, convention: Convention) -> Found | None:
    """Read "two thirds of the 900", "half of the 55", "a quarter of its 400"."""
    words, at, top = t.words, i, 1
    if words[at] in nw.cardinals:
        top, at = nw.cardinals[words[at]], at + 1
        if words[at] in DASHES:
            at += 1
    if words[at] not in nw.fractions:
        return None
    numerator, denominator = nw.fractions[words[at]]
    start = i - 1 if words[i - 1] in ("a", "one") else i
    part = Fraction(top * numerator, denominator)
    end = at + 1
    amount = Amount(start, end, None, None, True, "share")
    if words[end] == "the" or words[end] == "its":
        # "half the 900": the "of" is left out.
        base = amount_at(t, end + 1, nw, convention)
        if base and base.low is not None and not kinds.unit_after(t, base, nw):
            value = part * Fraction(str(base.low))
            return Found(
                start,
                base.end,
                _people(value, True),
                _people(value, False),
                True,
                "count",
                None,
                kinds.counted_after(t, base.end, nw),
                "share of a base",
            )
    share = _of_base(t, amount, nw, convention, part, part)
    if share is None and words[end] == "of" and at > i and words[end + 1] != "a":
        return Found(start, end, None, None, True, "share", None, None, "share, without its base")
    return share


def one_in(t: Tokens, amount: Amount, nw: NumberWords, convention: Convention) -> Found | None:
    """Read "one in five of the 900"."""
    words, at = t.words, amount.end
    if words[at] == "out" and words[at + 1] == "of":
        at += 1
    elif words[at] != "in":
        return None
    of = amount_at(t, at + 1, nw, convention)
    if of is None or not of.low or not amount.low or of.low > 1000 or words[of.end] != "of":
        return None
    part = Fraction(str(amount.low)) / Fraction(str(of.low))
    return _of_base(t, Amount(amount.start, of.end, None, None, True, "share"), nw, convention, part, part)


def all_but(t: Tokens, amount: Amount, nw: NumberWords, convention: Convention) -> Found:
    """Read "all but one of the 7" as 6; without its base it is no count."""
    base = _base(t, amount.end, nw, convention)
    start = amount.start - 2
    if base is None or base.low is None or amount.low is None or amount.high is None or base.low <= amount.high:
        return Found(start, amount.end, None, None, True, "share", None, None, "all but, without its base")
    counted = kinds.counted_after(t, base.end, nw)
    return Found(
        start, base.end, base.low - amount.high, base.low - amount.low, amount.approx, "count", None, counted, "all but"
    )


def most_of(t: Tokens, i: int, nw: NumberWords, convention: Convention) -> Found | None:
    """Read "most of 654" as at most 654; without its base it is no count."""
    base = _base(t, i + 1, nw, convention)
    if base is None or base.high is None:
        return None
    low = base.low if convention.bounds == "point" else None
    return Found(
        i, base.end, low, base.high, True, "count", None, kinds.counted_after(t, base.end, nw), "most of a base"
    )
