"""What a number is a number of: people and things, or money, time, length, an age, a year, the name of something."""

from tocsin.codebook.numbers import NumberWords
from tocsin.extract.number_amounts import Amount
from tocsin.extract.number_tokens import DASHES, Tokens

_ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th"))
#: Names of things that are written short, with a full stop before the number.
_ABBREVIATED = frozenset(("no", "nos", "art", "sec", "vol", "nr", "tel", "apt"))
#: Swallowed with what stands before them, where that is no number ("X50 million").
_MILLIONS = frozenset(("million", "billion", "thousand"))
_PERIOD_PREFIXES = frozenset(("mid", "pre", "post", "early", "late"))
#: Between a number and what it counts.
_BEFORE_COUNTED = DASHES | {",", "of", "more", "other"}
_DETERMINERS = frozenset(("the", "its", "their", "his", "our", "these", "those", "her"))
_APOSTROPHES = frozenset("’'")
#: Words that end so in "s" are no plurals.
_NO_PLURAL = frozenset(("ss", "us", "is"))
#: Words looked at on either side for a prison: "sentenced to 15 days", "two years in prison".
_NEAR = 7
#: A bare number of four digits between these is a year where its neighbours allow it.
FIRST_YEAR, LAST_YEAR = 1500, 2100


def shape_at(t: Tokens, i: int, nw: NumberWords) -> tuple[str, int] | None:
    """Return kind and end of digits that their mere shape makes no count: 10:30, 5/12, MH17, 1990s, 2020-09-28."""
    words, word, end = t.words, t.words[i], i + 1
    before, after = words[i - 1], words[end]
    if before and t.glued(i - 1):
        if before[0].isalpha() and not (before in nw.money_before and money_before(t, i, nw)):
            return "identifier", _glued_end(t, i)
        if before == "-" and t.glued(i - 2) and words[i - 2][:1].isalpha():
            prefix = words[i - 2]
            if prefix in _PERIOD_PREFIXES:
                return "year", end
            if prefix not in nw.cardinals and prefix not in nw.months and prefix not in nw.stops:
                return "identifier", _glued_end(t, i)
        if before in ("/", "#", "@", "_"):
            return "identifier", _glued_end(t, i)
    if not t.glued(i) or not after:
        return None
    if after == ":" and t.glued(end) and words[end + 1].isdecimal() and len(word) <= 2:
        return "time", _clock_end(t, end + 2, nw) or end + 2
    if after == "/" and t.glued(end) and words[end + 1][:1].isdecimal():
        return "date", _glued_end(t, i)
    dashed = after in DASHES and t.glued(end) and words[end + 1].isdecimal() and words[end + 2] in DASHES
    if dashed and t.glued(end + 1) and words[end + 3][:1].isdecimal():
        return "date" if len(word) == 4 else "identifier", _glued_end(t, i)
    if after == "s" and word.isdecimal() and word not in ("10", "100", "1000"):
        return "year", end + 1
    if after[0].isalpha() and not _known_after(after, nw):
        return "identifier", _glued_end(t, i)
    return None


def _known_after(word: str, nw: NumberWords) -> bool:
    return (
        word in _ORDINAL_ENDINGS
        or word == "s"
        or word in nw.glued_multipliers
        or word in nw.multipliers
        or word in nw.units
        or word in nw.clock
        or word in nw.time_units
        or word in nw.after
        or word in nw.money_after
        or word in nw.months
        or word in nw.stops
        or len(word) > 3
    )


def _glued_end(t: Tokens, i: int) -> int:
    """Return the end of what is written without a break: letters, digits, strokes and hyphens."""
    while t.glued(i) and (
        t.words[i + 1][:1].isalnum() or (t.words[i + 1] in "-/:." and t.glued(i + 1) and t.words[i + 2][:1].isalnum())
    ):
        i += 1
    return i + 1 + (t.words[i + 1] in _MILLIONS)


def _clock_end(t: Tokens, at: int, nw: NumberWords) -> int:
    """Return the end of "am", "p.m." or "o'clock" at token `at`, 0 where there is none."""
    for parts, _ in nw.clock.get(t.words[at], ()):
        if t.matches(at, parts):
            return at + len(parts)
    return 0


def ordinal_at(t: Tokens, i: int, nw: NumberWords) -> tuple[int, int] | None:
    """Return value and end of "5th", "fifth", "thirty-third"; None where there is none."""
    words, word = t.words, t.words[i]
    if word.isdecimal():
        if len(word) <= 4 and t.glued(i) and words[i + 1] in _ORDINAL_ENDINGS:
            return int(word), i + 2
        return None
    if word in nw.ordinals:
        return nw.ordinals[word], i + 1
    tens = nw.cardinals.get(word, 0)
    if 20 <= tens <= 90 and words[i + 1] in DASHES and 0 < nw.ordinals.get(words[i + 2], 0) < 10:
        return tens + nw.ordinals[words[i + 2]], i + 3
    return None


def money_before(t: Tokens, start: int, nw: NumberWords) -> tuple[int, str] | None:
    """Return first token and ISO code of the currency written before token `start`."""
    words = t.words
    last = words[start - 1]
    if last in nw.money_before:
        for parts, code in nw.money_before[last]:
            first = start - len(parts)
            if not t.matches(first, parts):
                continue
            if last in nw.money_glued and not t.glued(start - 1):
                continue
            if len(parts) > 1 and parts[-1] != "." and not all(t.glued(k) for k in range(first, start - 1)):
                continue
            return first, code
    return None


def money_after(t: Tokens, amount: Amount, nw: NumberWords) -> tuple[int, str] | None:
    """Return the token after and the ISO code of the currency written after the amount."""
    words, at = t.words, amount.end
    if words[at] in DASHES and t.glued(at):
        at += 1
    if words[at] == "of":
        at += 1
    code, skipped = None, 0
    while words[at] not in nw.money_after and skipped < 2:
        code = nw.money_adjectives.get(words[at], code)
        if code is None and words[at] not in ("hong", "new", "south", "sri"):
            return None
        at, skipped = at + 1, skipped + 1
    unit = words[at]
    if unit not in nw.money_after or (unit in nw.money_large and not (amount.low or 0) >= 100):
        return None
    if unit in nw.money_large and amount.end == amount.start + 1 and FIRST_YEAR <= (amount.low or 0) <= LAST_YEAR:
        return None
    if unit in ("£", "€", "$") and not t.glued(at - 1):
        return None
    return at + 1, code or nw.money_after[unit]


def unit_after(t: Tokens, amount: Amount, nw: NumberWords) -> tuple[str, str, int] | None:
    """Return kind, word and end of a unit after the amount ("per cent", "km", "tonnes", "a.m.")."""
    words, at = t.words, amount.end
    end = _clock_end(t, at, nw)
    if end and (amount.low or 99) <= 24 and words[at] not in ("hours",):
        return "time", words[at], end
    hyphen = words[at] in DASHES and t.glued(at)
    if hyphen:
        at += 1
    for parts, kind in nw.units.get(words[at], ()):
        if t.matches(at, parts):
            if len(parts[0]) == 1 and parts[0].isalpha() and (not t.glued(at - 1) or hyphen):
                continue
            return kind, " ".join(parts), at + len(parts)
    return None


def duration_kind(t: Tokens, amount: Amount, nw: NumberWords) -> str:
    """Return "term" for a time in prison, else "duration"."""
    before = t.words[max(0, amount.start - _NEAR) : amount.start]
    after = t.words[amount.end : amount.end + 5]
    return "duration" if nw.prison.isdisjoint(before) and nw.prison.isdisjoint(after) else "term"


def may_be_other(t: Tokens, start: int, end: int, nw: NumberWords) -> bool:
    """Whether the words around bare digits may make them something else than a count; quick."""
    words = t.words
    after = words[end]
    return (
        words[start - 1] in nw.telling
        or after in nw.months
        or after == "of"
        or after in DASHES
        or len(words[start]) == 4
    )


def bare_kind(t: Tokens, amount: Amount, nw: NumberWords, counts_people: bool) -> str:
    """Return the kind of digits without unit or currency: "count", or what makes them none."""
    words, i = t.words, amount.start
    word, before, after = words[i], words[i - 1], words[amount.end]
    low = amount.low or 0
    at_name = i - 1 if before != "." else i - 2
    month_before = (words[at_name] in nw.months and t.capital(at_name)) or (before == "," and words[i - 3] in nw.months)
    if low <= 31 and not counts_people and (month_before or month_after(t, amount.end, nw)):
        return "date"
    kind = nw.names.get(words[at_name])
    if kind == "age":
        return kind if low < 120 else "count"
    if kind and not counts_people and word.isdecimal() and (before != "." or words[at_name] in _ABBREVIATED):
        return kind
    plain = amount.end == i + 1 and word.isdecimal()
    if FIRST_YEAR <= low <= LAST_YEAR and word.isdecimal() and len(word) == 4:
        if amount.rule == "range" and not counts_people:
            return "year"
        if plain and (month_before or _year(before, after, counts_people, nw)):
            return "year"
    if plain and 10 <= low < 100 and _age(t, i, nw):
        return "age"
    if after in DASHES and t.glued(i) and words[i + 2].isdecimal() and amount.rule != "range":
        if low < 100 and len(words[i + 2]) < 3:
            return "score"
        return "year" if FIRST_YEAR <= low <= LAST_YEAR else "identifier"
    return "count"


def month_after(t: Tokens, at: int, nw: NumberWords) -> bool:
    """Whether a month, or "of" and a month, stands at token `at`."""
    at += t.words[at] == "of"
    return t.words[at] in nw.months and t.capital(at)


def _year(before: str, after: str, counts_people: bool, nw: NumberWords) -> bool:
    """Whether four digits between these words are a year: "in 2020 the", "the 2019 election", not "2000 people"."""
    if after in nw.stops or not after[:1].isalpha():
        return True
    return not counts_people and (before in nw.year_words or not after.endswith("s"))


def _age(t: Tokens, i: int, nw: NumberWords) -> bool:
    """Whether two digits are an age: "Ivan, 34, was", "Ivan (34)", "a girl of 20"."""
    words = t.words
    before, after = words[i - 1], words[i + 1]
    if before == ",":
        return after in (",", ";", ")", ".") and words[i - 2][:1].isalpha() and t.capital(i - 2)
    if before == "(":
        return after == ")" and t.capital(i - 2)
    named = words[i - 2] in nw.person or words[i - 3] in ("a", "an")
    alone = not after[:1].isalpha() or after in nw.stops
    return before == "of" and named and alone and words[i - 2] not in nw.collectives


def is_people(t: Tokens, counted: tuple[int, int] | None, nw: NumberWords) -> bool:
    """Whether what is counted are people."""
    if counted is None:
        return False
    last = t.words[counted[1] - 1]
    return last in nw.people or last in nw.person or last.removesuffix("s") in nw.person


def counted_after(t: Tokens, end: int, nw: NumberWords) -> tuple[int, int] | None:
    """Return the tokens counted after `end`: up to the first plural or word for people within five words."""
    words, at = t.words, end
    if words[at] in _BEFORE_COUNTED:
        if words[at] in DASHES and t.glued(at):
            return None
        if words[at] == "," and words[at + 1] == "of" and words[at - 1] in nw.plurals:
            at += 1
        if words[at] == "of" and words[at + 1] in _DETERMINERS:
            at += 2
            if "0" <= words[at] < ":" or words[at] in nw.cardinals:
                at += 1
        elif words[at] == "of":
            at += 1
        if words[at] in ("more", "other"):
            at += 1
    people, stops, last = nw.people, nw.stops, 0
    for k in range(at, at + 5):
        word = words[k]
        if word in stops or not word[:1].isalpha():
            if word == "-" or word in _APOSTROPHES:
                continue
            break
        if word in people or (word[-1] == "s" and word[-2:] not in _NO_PLURAL and words[k + 1] not in _APOSTROPHES):
            last = k + 1
        elif last:
            break
    if last:
        return at, last
    if words[at] in people or words[at] in nw.person:
        return at, at + 1
    return None
