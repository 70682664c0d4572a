"""A number with the words around it: its bounds, what it is a number of, what it counts, what it is a share of."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import compress, count

from tocsin.codebook.numbers import Convention, NumberWords
from tocsin.datamodel.claim import Number
from tocsin.extract import number_kinds as kinds
from tocsin.extract.number_amounts import Amount, amount_at, number_of, whole
from tocsin.extract.number_bounds import Found, bounded, touched
from tocsin.extract.number_ranges import with_range, with_time
from tocsin.extract.number_shares import all_but, most_of, one_in, percent_of, share_at
from tocsin.extract.number_tokens import DASHES, Tokens

#: After "not one": "not one of the seventeen", "not one was".
_AFTER_NOT_ONE = frozenset(("of", "was", "has", "had", "is", "were", ".", ",", ";"))


#: Tokens between a prison term and a number that takes its unit.
_SAME_BREATH = 25
_ARTICLES = frozenset(("a", "an", "another"))
_A = frozenset(("a", "an"))
#: Marks that end what is before them: what stands right behind them is no part of a number.
_ENDING = frozenset(",.;)!?")


def numbers_in(t: Tokens, nw: NumberWords, convention: Convention, *, size: bool = False) -> Iterator[Found]:
    """Yield the numbers of the tokens; `size` is for a phrase that is known to tell the size of a crowd."""
    seeds, words, done = nw.seeds, t.words, 0
    term: Found | None = None
    # Each word is looked at once, however often it stands; digits sort before the colon, letters after it.
    telling = {word for word in set(words) if word in seeds or ":" > word >= "0"}
    for i in compress(count(), map(telling.__contains__, words)):
        if i < done:
            continue
        word = words[i]
        role = "digits" if word < ":" else seeds[word]
        if role == "digits":
            found = _digits(t, i, nw, convention, size)
        elif role == "amount":
            found = _amount(t, i, nw, convention, size)
        elif role == "time":
            # Most units of time stand behind numbers that took them, or behind none.
            found = _one_unit(t, i, nw, convention) if words[i - 1] in _A or words[i + 1].isdecimal() else None
        elif role == "person":
            found = None if _ARTICLES.isdisjoint(words[i - 3 : i]) else _one_person(t, i, nw)
        elif role == "zero":
            found = _zero(t, i, nw)
        elif role == "ordinal":
            found = _ordinal_word(t, i, nw, convention, size)
        else:
            found = most_of(t, i, nw, convention)
        if found and found.start >= done:
            done = found.end
            if found.kind == "term":
                term = found
            elif term and found.kind == "count":
                _elliptic(t, found, term, nw)
            yield found


def _elliptic(t: Tokens, found: Found, term: Found, nw: NumberWords) -> None:
    """Make a bare number after a prison term one too: "he got four years, the others to seven", "three each"."""
    words, unit = t.words, term.unit or ""
    alone = words[found.start - 1] == "to" and not words[found.end][:1].isalpha()
    if not (alone or words[found.end] in ("each", "apiece")) or found.counted or unit not in nw.time_units:
        return
    if found.start - term.end > _SAME_BREATH or "." in words[term.end : found.start]:
        return
    days = nw.time_units[unit]
    found.low, found.high = (None if v is None else _days(v * days) for v in (found.low, found.high))
    found.kind, found.unit, found.rule = "term", unit, f"{found.rule}, unit of the term before"


def _digits(t: Tokens, i: int, nw: NumberWords, convention: Convention, size: bool) -> Found | None:
    word, following = t.words[i], t.words[i + 1]
    apart = not t.glued(i - 1)
    ends = apart and (following in _ENDING or not t.glued(i))
    if ends and not "0" <= following < ":" and not touched(t, i, i + 1, nw):
        value = number_of(word)
        found = None if value is None else _alone(t, i, value, "digits", nw, size)
        if found:
            return found
    elif not ends:
        if not size and (shape := kinds.shape_at(t, i, nw)):
            return Found(i, shape[1], None, None, False, shape[0], None, None, "shape")
        if ordinal := kinds.ordinal_at(t, i, nw):
            return _ordinal(t, i, *ordinal, nw)
    amount = amount_at(t, i, nw, convention)
    if amount is None:
        return Found(i, i + 1, None, None, False, "identifier", None, None, "digits")
    return _classified(t, _joined(t, amount, nw, convention), nw, convention, size)


def _amount(t: Tokens, i: int, nw: NumberWords, convention: Convention, size: bool) -> Found | None:
    words = t.words
    word, following = words[i], words[i + 1]
    if word in nw.cardinals and word != "one" and not touched(t, i, i + 1, nw):
        found = _alone(t, i, nw.cardinals[word], "number in words", nw, size)
        if found:
            return found
    if following in nw.fractions or word in nw.fractions or words[i + 2] in nw.fractions:
        if ordinal := kinds.ordinal_at(t, i, nw):
            return _ordinal(t, i, *ordinal, nw)
        if share := share_at(t, i, nw, convention):
            return share
    elif following in DASHES and (ordinal := kinds.ordinal_at(t, i, nw)):
        return _ordinal(t, i, *ordinal, nw)
    amount = amount_at(t, i, nw, convention)
    if amount is None:
        return None
    if words[i - 1] in _A and word not in nw.cardinals and word not in nw.plurals:
        amount.start = min(i - 1, amount.start)
    return _classified(t, _joined(t, amount, nw, convention), nw, convention, size)


def _alone(t: Tokens, i: int, value: Number, rule: str, nw: NumberWords, size: bool) -> Found | None:
    """Return the number of one word that nothing beside it bounds or measures, which most are; None where it is more.

    It comes to the same as `_classified`, without asking for what cannot be.
    """
    words, kind = t.words, "count"
    counted = kinds.counted_after(t, i + 1, nw)
    if counted and words[counted[1]] == "or":
        return None
    if rule == "digits" and not size and kinds.may_be_other(t, i, i + 1, nw):
        amount = Amount(i, i + 1, value, value, False, rule)
        kind = kinds.bare_kind(t, amount, nw, kinds.is_people(t, counted, nw))
    if counted is None and kind == "count" and words[i - 1] == "of" and words[i - 2] in nw.collectives:
        counted = (i - 2, i - 1)
    return Found(i, i + 1, value, value, False, kind, None, counted, rule)


def _ordinal_word(t: Tokens, i: int, nw: NumberWords, convention: Convention, size: bool) -> Found | None:
    """Read "fifth" as an ordinal, or as a part: "a fifth of the 900"."""
    word = t.words[i]
    if word in nw.fractions and (share := share_at(t, i, nw, convention)):
        return share
    if word in nw.fractions and t.words[i + 1] == "of":
        return None
    return _ordinal(t, i, nw.ordinals[word], i + 1, nw)


def _joined(t: Tokens, amount: Amount, nw: NumberWords, convention: Convention) -> Amount:
    """Add a unit of time and a range where what follows may be one."""
    following = t.words[amount.end]
    if following in nw.time_units or following in DASHES:
        amount = with_time(t, amount, nw)
        following = t.words[amount.end]
    return with_range(t, amount, nw, convention) if following in nw.ranges else amount


def _classified(t: Tokens, amount: Amount, nw: NumberWords, convention: Convention, size: bool) -> Found | None:
    """Tell what the amount is a number of, and add bounds and what is counted."""
    words = t.words
    kind, unit, counted = "count", None, None
    if amount.old:
        kind = "age"
    elif amount.days:
        kind, unit = kinds.duration_kind(t, amount, nw), amount.unit
    elif words[amount.start - 1] in nw.money_before and (money := kinds.money_before(t, amount.start, nw)):
        kind, (amount.start, unit) = "money", money
        after = kinds.money_after(t, amount, nw)
        amount.end = after[0] if after else amount.end
    elif words[amount.end] in nw.following:
        if money := kinds.money_after(t, amount, nw):
            kind, (amount.end, unit) = "money", money
        elif measure := kinds.unit_after(t, amount, nw):
            kind, unit, amount.end = measure
            unit = None if kind == "time" else unit
            if kind == "percent" and (share := percent_of(t, amount, nw, convention)):
                return share
        elif ratio := one_in(t, amount, nw, convention):
            return ratio
    if kind == "count":
        if words[amount.start - 1] == "but" and words[amount.start - 2] == "all":
            return all_but(t, amount, nw, convention)
        counted = kinds.counted_after(t, amount.end, nw)
        if not size and "0" <= words[amount.start] < ":" and kinds.may_be_other(t, amount.start, amount.end, nw):
            kind = kinds.bare_kind(t, amount, nw, kinds.is_people(t, counted, nw))
            if kind in ("score", "identifier", "year") and words[amount.end] in DASHES and t.glued(amount.end - 1):
                amount.end += 2 if words[amount.end + 1][:1].isdecimal() else 0
    start, end, low, high, approx, bounds = amount.start, amount.end, amount.low, amount.high, amount.approx, ""
    if touched(t, start, end, nw) or (counted and words[counted[1]] == "or") or amount.rule == "range":
        start, end, low, high, approx, bounds = bounded(t, amount, nw, convention, counted)
    if kind == "count":
        if bounds and (counted is None or counted[0] < end):
            counted = kinds.counted_after(t, end, nw) or counted
        if (
            not size
            and amount.end == amount.start + 1
            and words[amount.start] == "one"
            and not bounds
            and not _is_one(t, amount.end, counted, nw)
        ):
            return None
        if counted is None and words[start - 1] == "of" and words[start - 2] in nw.collectives:
            counted = (start - 2, start - 1)
    if amount.days:
        low, high = _days(low), _days(high)
    if amount.rule == "range":
        low, high = _by_convention(low, high, convention)
    rule = f"{amount.rule}, {bounds}" if bounds else amount.rule
    return Found(start, end, low, high, approx, kind, unit, counted, rule)


def _days(value: Number | None) -> Number | None:
    """Return days: whole ones from a month on, as the codebook counts two and a half years as 912."""
    if value is None:
        return None
    return int(value + 1e-6) if value >= 30 else whole(round(value, 2))


def _by_convention(
    low: Number | None, high: Number | None, convention: Convention
) -> tuple[Number | None, Number | None]:
    if low is not None and high is not None and convention.ranges != "ends":
        low = (
            low
            if convention.ranges == "low"
            else whole(Fraction(str(low)) + (Fraction(str(high)) - Fraction(str(low))) / 2)
        )
        return low, low
    return low, high


def _is_one(t: Tokens, end: int, counted: tuple[int, int] | None, nw: NumberWords) -> bool:
    """Whether "one" is a number here and no pronoun: "one man", "one of the miners", "one dead"."""
    words = t.words
    if words[end] == "of":
        return kinds.is_people(t, counted, nw) or words[end + 1] in ("them", "us", "those")
    return any(words[k] in nw.person or words[k] in nw.people for k in range(end, end + 4)) or words[end] in (
        "death",
        "arrest",
        "injury",
    )


def _ordinal(t: Tokens, i: int, value: int, end: int, nw: NumberWords) -> Found | None:
    """Read "the 46th day" as a duration, "their tenth week" as an interval, "the fifth time" as an ordinal."""
    days = nw.time_units.get(t.words[end], 0)
    if t.words[i] in ("first", "second") and not days:
        return None
    if kinds.month_after(t, end, nw) or (t.words[i - 1] in nw.months and t.capital(i - 1)):
        return Found(i, end, value, value, False, "date", None, None, "ordinal")
    if days == 1:
        return Found(i, end + 1, value, value, False, "duration", "day", None, "ordinal day")
    if days in (7, 30, 365):
        low, high = int((value - 1) * days), int(value * days)
        return Found(i, end + 1, low, high, False, "duration", t.words[end], None, "ordinal week, month or year")
    if t.words[i] in ("first", "second"):
        return None
    return Found(i, end, value, value, False, "ordinal", None, None, "ordinal")


def _one_person(t: Tokens, i: int, nw: NumberWords) -> Found | None:
    """Read "a student", "another young man" as one."""
    for at in range(i - 1, i - 4, -1):
        word = t.words[at]
        if word in ("a", "an", "another"):
            following = t.words[i + 1]
            if following in nw.person or following in ("’", "'", "-") or following in nw.compounds:
                return None
            return Found(at, i + 1, 1, 1, False, "count", None, (i, i + 1), "one person")
        if not word or not word[0].isalpha() or word in nw.stops or word in nw.cardinals:
            return None
    return None


def _one_unit(t: Tokens, i: int, nw: NumberWords, convention: Convention) -> Found | None:
    """Read "a year and a half", "for a week", "day 46"."""
    words, unit = t.words, t.words[i]
    if words[i + 1].isdecimal() and len(words[i + 1]) < 5 and unit in ("day", "week"):
        value, days = int(words[i + 1]), int(nw.time_units[unit])
        low = value if days == 1 else (value - 1) * days
        return Found(i, i + 2, low, value * days, False, "duration", unit, None, "day in a count")
    if words[i - 1] not in ("a", "an") or unit.endswith("s") or unit in ("second", "night"):
        return None
    amount = Amount(i - 1, i, 1, 1, False, "one unit of time")
    amount = with_range(t, with_time(t, amount, nw), nw, convention)
    before = words[i - 2]
    if (
        amount.end == i + 1
        and kinds.duration_kind(t, amount, nw) == "duration"
        and before
        not in (
            "for",
            "of",
            "to",
            "after",
            "within",
            "in",
            "than",
            "least",
            "about",
            "nearly",
            "almost",
            "over",
            "lasting",
            "lasted",
            "got",
            "given",
            "and",
            "most",
            "between",
            "under",
            "up",
            "received",
            "serve",
            "served",
            "serving",
        )
    ):
        return None
    return _classified(t, amount, nw, convention, False)


def _zero(t: Tokens, i: int, nw: NumberWords) -> Found | None:
    """Read "no one", "nobody", "none", "no arrests", "not one person", "not a single worker" as nought."""
    words, word = t.words, t.words[i]
    end = i + 1
    if word == "no":
        if words[end] == "one" or (words[end] == "-" and words[end + 1] == "one"):
            return Found(i, end + (1 if words[end] == "one" else 2), 0, 0, False, "count", None, None, "none")
        for k in range(end, end + 3):
            noun = words[k]
            if noun in nw.zero_nouns or noun in nw.person or noun in nw.people or noun.rstrip("s") in nw.person:
                return Found(i, end, 0, 0, False, "count", None, (end, k + 1), "none")
            if not noun[:1].isalpha() or noun in nw.stops or noun in nw.before:
                break
        return None
    if word == "not":
        end += words[end] == "a"
        if words[end] in ("one", "single") and (
            words[end + 1] in nw.person or words[end + 1] in nw.zero_nouns or words[end + 1] in _AFTER_NOT_ONE
        ):
            counted = None if words[end + 1] in _AFTER_NOT_ONE else (end + 1, end + 2)
            return Found(i, end + 1, 0, 0, False, "count", None, counted, "none")
        return None
    return Found(i, end, 0, 0, False, "count", None, None, "none")
