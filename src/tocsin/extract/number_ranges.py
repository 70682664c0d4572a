"""Amounts joined with what follows them: units of time, and the upper end of a range."""

from tocsin.codebook.numbers import Convention, NumberWords
from tocsin.extract.number_amounts import Amount, amount_at, number_of, times
from tocsin.extract.number_kinds import money_before
from tocsin.extract.number_tokens import DASHES, Tokens


def with_time(t: Tokens, amount: Amount, nw: NumberWords) -> Amount:
    """Add a unit of time and what belongs to it: "15 days", "two and a half years", "six weeks and a day"."""
    words = t.words
    _one_unit(t, amount, nw)
    while amount.days and not amount.old and amount.low is not None:
        at = amount.end + 1 if words[amount.end] == "and" else amount.end
        if at > amount.end and words[at] == "a" and words[at + 1] == "half":
            _grow(amount, amount.days / 2, at + 2)
            continue
        factor = nw.time_units.get(words[at + 1], 0)
        if not 0 < factor < amount.days or (at == amount.end and words[at] in ("a", "an")):
            break
        value = (
            1
            if words[at] in ("a", "an")
            else nw.cardinals.get(words[at]) or number_of(words[at])
            if words[at]
            else None
        )
        if not value:
            break
        _grow(amount, value * factor, at + 2)
        amount.days = factor
    return amount


def _grow(amount: Amount, days: float, end: int) -> None:
    amount.low = None if amount.low is None else amount.low + days
    amount.high = None if amount.high is None else amount.high + days
    amount.end = end


def _one_unit(t: Tokens, amount: Amount, nw: NumberWords) -> None:
    words, end = t.words, amount.end
    hyphen = words[end] in DASHES and t.glued(end)
    at = end + 1 if hyphen else end
    days = nw.time_units.get(words[at], 0)
    if words[amount.start] in ("both", "lone"):
        return
    if not days or (words[at] == "second" and not hyphen):
        return
    after = words[at + 1]
    if words[at].startswith("year") and (
        after == "old" or (after in DASHES and words[at + 2] == "old") or (after == "of" and words[at + 2] == "age")
    ):
        amount.old, amount.end, amount.unit = True, at + (2 if after == "old" else 3), "year"
        return
    amount.low, amount.high = (None if v is None else v * days for v in (amount.low, amount.high))
    amount.days, amount.unit, amount.end = days, words[at], at + 1


def with_range(t: Tokens, amount: Amount, nw: NumberWords, convention: Convention) -> Amount:
    """Join the amount with the upper end of a range after it: "300 to 400", "10-15,000", "two or three dozen"."""
    words, end = t.words, amount.end
    before = words[amount.start - 1]
    for parts, _ in nw.ranges.get(words[end], ()):
        if not t.matches(end, parts):
            continue
        at = end + len(parts)
        if parts == ("and",) and not _between(words, amount.start):
            continue
        if parts[0] in DASHES and not (t.glued(end) or words[end + 1][:1].isdecimal()):
            continue
        # "US$25 million to US$30 million": the currency is told twice.
        for digits in (at + 1, at + 2):
            if "0" <= words[digits] < ":" and (money := money_before(t, digits, nw)) and money[0] == at:
                at = digits
                break
        if words[at] in ("a", "an") and words[at + 1] in nw.time_units:
            upper: Amount | None = Amount(at, at + 1, 1, 1, False, "one unit of time")
        else:
            upper = amount_at(t, at, nw, convention)
        if upper:
            upper = with_time(t, upper, nw)
            if parts == ("to",) and before == "from" and not upper.days and words[amount.start - 2] not in nw.spreads:
                # "Rose from 20 to 30" tells two figures of two times.
                continue
            if joined := _joined(t, amount, upper, parts, nw):
                return joined
    return amount


def _between(words: list[str], start: int) -> bool:
    return "between" in words[start - 3 : start]


def _joined(t: Tokens, a: Amount, b: Amount, parts: tuple[str, ...], nw: NumberWords) -> Amount | None:
    low, high = a.low, b.high
    if low is None or high is None or b.low is None:
        return None
    if a.days == 0 != b.days:
        low = low * (nw.time_units[b.unit] if b.unit else 1)
    elif b.days == 0 != a.days:
        if not _between(t.words, a.start) or not a.unit:
            return None
        high, b.low = times(high, nw.time_units[a.unit]), times(b.low, nw.time_units[a.unit])
    elif a.scale < b.scale and low * b.scale <= high:
        low = times(low, b.scale)
    elif (
        a.scale == b.scale == 1 and "," in t.words[b.end - 1] and low < 1000 and low * 1000 < high and high % 1000 == 0
    ):
        low = low * 1000
    if low is None or b.low is None or low >= b.low:
        return None
    return Amount(
        a.start,
        b.end,
        low,
        high,
        a.approx and b.approx,
        "range",
        max(a.scale, b.scale),
        b.days or a.days,
        b.unit or a.unit,
        b.old,
    )
