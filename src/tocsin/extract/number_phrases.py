"""A number with the words around it: its bounds, what it is a number of, what it counts, what it is a share of."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tocsin.codebook.numbers import Convention, NumberWords
from tocsin.datamodel.claim import Number
from tocsin.datamodel.readings import NumberReading
from tocsin.datamodel.span import Span
from tocsin.extract import number_kinds as kinds
from tocsin.extract.number_amounts import DASHES, Amount, Tokens, amount_at, whole, with_range, with_time


#: Between "of" and the number that a share is taken of.
_BEFORE_BASE = frozenset(
    ("the", "its", "their", "his", "her", "our", "those", "these", "some", "about", "all", "a", "more", "than", "over")
)


#: After "not one": "not one of the seventeen", "not one was".
_AFTER_NOT_ONE = frozenset(("of", "was", "has", "had", "is", "were", ".", ",", ";"))


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
        counted = _span(t, *self.counted, offset) if self.counted else None
        span = _span(t, self.start, self.end, offset)
        return NumberReading(span, self.low, self.high, self.approx, self.kind, self.unit, counted, self.rule)


def _span(t: Tokens, first: int, end: int, offset: int) -> Span:
    start = t.starts[first]
    quote = t.text[start : t.starts[end]].rstrip()
    return Span(offset + start, offset + start + len(quote), quote)


def numbers_in(t: Tokens, nw: NumberWords, convention: Convention, *, size: bool = False) -> Iterator[Found]:
    """Yield the numbers of the tokens; `size` is for a phrase that is known to tell the size of a crowd."""
    seeds, words, done = nw.seeds, t.words, 0
    for i in [k for k, word in enumerate(words) if word in seeds or "0" <= word < ":"]:
        if i < done:
            continue
        found = _at(t, i, nw, convention, size)
        if found and found.start >= done:
            done = found.end
            yield found


def _at(t: Tokens, i: int, nw: NumberWords, convention: Convention, size: bool) -> Found | None:
    word = t.words[i]
    if "0" <= word < ":":
        if not size and (shape := kinds.shape_at(t, i, nw)):
            return Found(i, shape[1], None, None, False, shape[0], None, None, "shape")
        ordinal = kinds.ordinal_at(t, i, nw)
        if ordinal:
            return _ordinal(t, i, *ordinal, nw)
    elif word in nw.person:
        return _one_person(t, i, nw)
    elif word in nw.time_units:
        if word not in nw.ordinals:
            return _one_unit(t, i, nw, convention)
        return _ordinal(t, i, nw.ordinals[word], i + 1, nw)
    elif word in nw.zero_words or word == "no" or word == "not":
        return _zero(t, i, nw)
    elif word in nw.most:
        return _most(t, i, nw, convention)
    elif word in nw.cardinals or word in nw.ordinals:
        ordinal = kinds.ordinal_at(t, i, nw)
        if ordinal and not (word in nw.fractions and t.words[i + 1] == "of"):
            return _ordinal(t, i, *ordinal, nw)
    if word in nw.fractions or t.words[i + 1] in nw.fractions or t.words[i + 2] in nw.fractions:
        share = _share(t, i, nw, convention)
        if share:
            return share
    start = (
        i - 1
        if t.words[i - 1] in ("a", "an") and (word in nw.multipliers or word in nw.quantifiers or word in nw.fractions)
        else i
    )
    amount = amount_at(t, i, nw, convention)
    if amount is None:
        return Found(i, i + 1, None, None, False, "identifier", None, None, "digits") if "0" <= word < ":" else None
    amount.start = min(start, amount.start)
    amount = with_range(t, with_time(t, amount, nw), nw, convention)
    return _classified(t, amount, nw, convention, size)


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
            if kind == "percent" and (share := _percent_of(t, amount, nw, convention)):
                return share
        elif ratio := _one_in(t, amount, nw, convention):
            return ratio
    if kind == "count":
        if words[amount.start - 1] == "but" and words[amount.start - 2] == "all":
            return _all_but(t, amount, nw, convention)
        counted = kinds.counted_after(t, amount.end, nw)
        if not size and "0" <= words[amount.start] < ":":
            kind = kinds.bare_kind(t, amount, nw, kinds.is_people(t, counted, nw))
            if kind in ("score", "identifier", "year") and words[amount.end] in DASHES and t.glued(amount.end - 1):
                amount.end += 2 if words[amount.end + 1][:1].isdecimal() else 0
    start, end, low, high, approx, bounded = _bounded(t, amount, nw, convention, counted)
    if kind == "count":
        if counted is None or counted[0] < end:
            counted = kinds.counted_after(t, end, nw) or counted
        if (
            not size
            and amount.end == amount.start + 1
            and words[amount.start] == "one"
            and not bounded
            and not _is_one(t, amount.end, counted, nw)
        ):
            return None
        if counted is None and words[start - 1] == "of" and words[start - 2] in nw.collectives:
            counted = (start - 2, start - 1)
    if amount.days:
        low, high = _days(low), _days(high)
    low, high = _by_convention(low, high, amount.rule, convention)
    rule = f"{amount.rule}, {bounded}" if bounded else amount.rule
    return Found(start, end, low, high, approx, kind, unit, counted, rule)


def _days(value: Number | None) -> Number | None:
    """Return days: whole ones from a month on, as the codebook counts two and a half years as 912."""
    if value is None:
        return None
    return int(value + 1e-6) if value >= 30 else whole(round(value, 2))


def _by_convention(
    low: Number | None, high: Number | None, rule: str, convention: Convention
) -> tuple[Number | None, Number | None]:
    if rule == "range" and low is not None and high is not None and convention.ranges != "ends":
        low = (
            low
            if convention.ranges == "low"
            else whole(Fraction(str(low)) + (Fraction(str(high)) - Fraction(str(low))) / 2)
        )
        return low, low
    return low, high


def _bounded(
    t: Tokens, amount: Amount, nw: NumberWords, convention: Convention, counted: tuple[int, int] | None
) -> tuple[int, int, Number | None, Number | None, bool, str]:
    """Apply the words before and after the amount: bounds, approximations."""
    words, start, end = t.words, amount.start, amount.end
    effects: list[tuple[str, str]] = []
    at, skipped = start - 1, 0
    while len(effects) < 3 and (words[at] in nw.before or (not skipped and words[at] in nw.neutral)):
        word = words[at]
        for parts, effect in nw.before.get(word, ()):
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
        if effect == "at_least" and ("0" <= following < ":" or following in nw.cardinals or following in nw.before):
            continue
        if effect == "at_least" and following == "a" and t.words[end + len(parts) + 1] in nw.multipliers:
            continue
        if t.matches(end, parts) and (parts[0] not in DASHES or t.glued(end)):
            return end + len(parts), effect, " ".join(parts)
    return None


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
    if (
        t.words[end] in nw.months
        or t.words[end] == "of"
        and t.words[end + 1] in nw.months
        or t.words[i - 1] in nw.months
    ):
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
            if t.words[i + 1] in nw.person or t.words[i + 1] in ("’", "'", "-") or t.words[i + 1] in nw.collectives:
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


def _base(t: Tokens, at: int, nw: NumberWords, convention: Convention) -> Amount | None:
    """Return the number that a share is taken of: "of the union's 168", "of its 3,400"."""
    words = t.words
    if words[at] != "of":
        return None
    for k in range(at + 1, at + 7):
        word = words[k]
        if not word or word in ".;:,()" or (word in nw.stops and word not in _BEFORE_BASE and word not in nw.cardinals):
            return None
        if (
            word == "a"
            and words[k + 1] in nw.multipliers
            or (len(word) > 1 and word[-1] == "s" and word not in nw.stops)
        ):
            return None
        if "0" <= word < ":" or word in nw.cardinals or word in nw.multipliers:
            base = amount_at(t, k, nw, convention)
            if base is None or kinds.unit_after(t, base, nw) or with_time(t, base, nw).days:
                return None
            return base
    return None


def _percent_of(t: Tokens, amount: Amount, nw: NumberWords, convention: Convention) -> Found | None:
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
    effects = _bounded(
        t, Amount(amount.start, amount.end, product.low, product.high, True, "share"), nw, convention, None
    )
    end = max(effects[1], product.end)
    return Found(effects[0], end, effects[2], effects[3], True, kind, unit, counted, "share of a base")


def _people(value: Fraction, down: bool) -> int:
    """Return whole people: a half goes down for a low and up for a high, everything else to the nearest."""
    if value.denominator == 2:
        return int(value) if down else int(value) + 1
    return round(value)


def _share(t: Tokens, i: int, nw: NumberWords, convention: Convention) -> Found | None:
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


def _one_in(t: Tokens, amount: Amount, nw: NumberWords, convention: Convention) -> Found | None:
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


def _all_but(t: Tokens, amount: Amount, nw: NumberWords, convention: Convention) -> Found:
    """Read "all but one of the 7" as 6; without its base it is no count."""
    base = _base(t, amount.end, nw, convention)
    start = amount.start - 2
    if base is None or base.low is None or amount.low is None or amount.high is None or base.low <= amount.high:
        return Found(start, amount.end, None, None, True, "share", None, None, "all but, without its base")
    counted = kinds.counted_after(t, base.end, nw)
    return Found(
        start, base.end, base.low - amount.high, base.low - amount.low, amount.approx, "count", None, counted, "all but"
    )


def _most(t: Tokens, i: int, nw: NumberWords, convention: Convention) -> Found | None:
    """Read "most of 654" as at most 654; without its base it is no count."""
    base = _base(t, i + 1, nw, convention)
    if base is None or base.high is None:
        return None
    low = base.low if convention.bounds == "point" else None
    return Found(
        i, base.end, low, base.high, True, "count", None, kinds.counted_after(t, base.end, nw), "most of a base"
    )
