"""A phrase that tells the size of a crowd, read as a whole: estimates side by side, parts of one crowd added up."""

import itertools
import re
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from tocsin.codebook.numbers import Convention, NumberWords
from tocsin.datamodel.claim import Number
from tocsin.datamodel.readings import NumberReading
from tocsin.datamodel.span import Span
from tocsin.extract.number_amounts import whole
from tocsin.extract.number_bounds import Found
from tocsin.extract.number_phrases import numbers_in
from tocsin.extract.number_tokens import Tokens

#: Spreadsheets turn "10-15" into a day of October; the month is the lower end.
_SPREADSHEET_DATE = re.compile(r"\s*([0-9]{1,2})-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\s*", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\][]*\]")
_ADDED = frozenset(("+", "plus", "another", "additional", "further", "along"))
_JOINED = frozenset(("and", "&", "with"))
_PARTS = frozenset(("including", "whom", "among", "only"))
#: Words often misspelt in hand-kept lists, and how near a word must be to one of them: lost or doubled letters pass,
#: other words ("couples", "severe") do not.
_SPELT = ("dozen", "dozens", "hundred", "hundreds", "thousand", "thousands", "several", "million")
_NEAR = 0.88
_OTHERS = frozenset(("other", "others", "more", "outside", "inside", "another"))


@dataclass(slots=True)
class _Estimate:
    """One estimate of the size: an interval, and whether its words are vague."""

    low: Number | None
    high: Number | None
    approx: bool


def size_of(phrase: str, nw: NumberWords, convention: Convention) -> NumberReading | None:
    """Return what the phrase comes to, or None where it gives no number."""
    if date := _SPREADSHEET_DATE.fullmatch(phrase):
        month, number = _MONTHS.index(date[2].lower()) + 1, int(date[1])
        span = Span(0, len(phrase), phrase)
        rule = "range kept as a date"
        return NumberReading(span, min(month, number), max(month, number), False, "count", None, None, rule)
    tokens = Tokens(phrase)
    _correct(tokens, nw)
    found = [one for one in numbers_in(tokens, nw, convention, size=True) if one.kind == "count"]
    found = [one for one in found if (one.low, one.high) != (None, None)]
    outside = [one for one in found if not _in_brackets(phrase, tokens.offset(one.start))]
    found = outside or found
    if not found:
        return None
    estimates = _estimates(tokens, found, nw)
    low, high, approx = _together(estimates, convention)
    start = tokens.offset(found[0].start)
    end = start + len(phrase[start : tokens.offset(found[-1].end)].rstrip())
    rule = (
        found[0].rule if len(found) == 1 else f"{len(estimates)} estimates of {len(found)} numbers ({convention.name})"
    )
    return NumberReading(Span.of(phrase, start, end), low, high, approx, "count", None, None, rule)


def _correct(t: Tokens, nw: NumberWords) -> None:
    """Read "hundres" as "hundreds"; the text and its offsets stay as they are."""
    for at, word in enumerate(t.words):
        known = word in nw.seeds or word in nw.people or word in nw.stops
        if len(word) > 3 and word.isalpha() and not known and (near := get_close_matches(word[:12], _SPELT, 1, _NEAR)):
            t.words[at] = near[0]


def _in_brackets(phrase: str, at: int) -> bool:
    return any(match.start() < at < match.end() for match in _BRACKETS.finditer(phrase))


def _estimates(t: Tokens, found: list[Found], nw: NumberWords) -> list[_Estimate]:
    """Join parts of one crowd; what remains are estimates of the whole."""
    first = found[0]
    estimates = [_Estimate(first.low, first.high, first.approx)]
    before = [word for word in t.words[: first.start] if word]
    others = bool(_OTHERS & set(t.words[first.end : first.end + 2]))
    if others and len(before) > 1 and before[-1] == "and" and before[-2].isalpha():
        # "The pastor and about a dozen others": one who is named, and the others.
        _add(estimates[0], _Estimate(1, 1, False), 1)
    gaps = [t.words[last.end : one.start] for last, one in itertools.pairwise(found)]
    # "50 cars, two dozen walkers and ten riders" is one crowd in parts.
    listed = bool(gaps) and _adds(gaps[-1], "") and all(_noun_first(gap) and ";" not in gap for gap in gaps)
    for one, gap in zip(found[1:], gaps, strict=True):
        estimate = _Estimate(one.low, one.high, one.approx)
        if "minus" in gap:
            _add(estimates[-1], estimate, -1)
        elif _PARTS & set(gap) or ("with" in gap and not _ADDED & set(gap)):
            continue
        elif listed or _adds(gap, t.words[one.end]):
            _add(estimates[-1], estimate, 1)
        else:
            estimates.append(estimate)
    return estimates


def _noun_first(gap: list[str]) -> bool:
    return bool(gap) and gap[0].isalpha() and gap[0] not in _JOINED


def _adds(gap: list[str], after: str) -> bool:
    """Whether the words between two numbers, or the one after, make them parts of one crowd."""
    if _ADDED & set(gap) or after in ("more", "others"):
        return "than" not in gap
    if ";" in gap or not _JOINED & set(gap):
        return False
    return any(word.isalpha() and word not in _JOINED for word in gap[:3]) or after in _OTHERS


def _add(total: _Estimate, part: _Estimate, sign: int) -> None:
    low, high = (part.low, part.high) if sign > 0 else (part.high, part.low)
    total.low = None if total.low is None or low is None else total.low + sign * low
    total.high = None if total.high is None or high is None else total.high + sign * high
    total.approx = total.approx or part.approx


def _together(estimates: list[_Estimate], convention: Convention) -> tuple[Number | None, Number | None, bool]:
    """Return what several estimates come to: the interval that holds them all, the lowest, or the mean."""
    approx = any(estimate.approx for estimate in estimates)
    lows = [estimate.low for estimate in estimates if estimate.low is not None]
    highs = [estimate.high for estimate in estimates if estimate.high is not None]
    low = min(lows) if len(lows) == len(estimates) else None
    high = max(highs) if len(highs) == len(estimates) else None
    if len(estimates) == 1 or convention.several == "span" or not lows:
        return low, high, approx
    value = min(lows) if convention.several == "low" else whole(sum(Fraction(str(v)) for v in lows) / len(lows))
    return value, value, approx
