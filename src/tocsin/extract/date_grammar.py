"""The grammar of time expressions: rules over the classes of words, one line a rule.

A pattern names classes in small letters (`weekday comma? month`), macros in capitals, and binds a part with
`name:PART`. Everything else is as in a regular expression. No rule repeats without bound, so reading is linear.
"""

import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass

from tocsin.extract.date_tokens import CODES

_MACROS = {
    "DAY": "(dd|dord|(cardinal dash?)? ordinal)",
    "ORD": "(dord|(cardinal dash?)? ordinal)",
    "MONTH": "(month abbr?)",
    "WEEKDAY": "(weekday abbr?)",
    "YEAR": "(yyyy|apos yy)",
    "COUNT": "(a few of?|few of?|a|half a|dd|yy|num|yyyy|cardinal (dash? cardinal)? (and a half)?)",
    "MANY": "(days|weeks|fortnight|months_unit|years_unit|weekends)",
    "UNIT": "(day|week|fortnight|month_unit|year_unit|weekend|days|weeks|months_unit|years_unit|weekends)",
    "PERIOD": "(week|fortnight|month_unit|year_unit|weekend)",
    "MOD": "((early|mid|late|earlier|later) dash? (on|in)? (the|this)? | the? (beginning|end|middle|half) of the?)",
    "LINK": "(dash|to|till|through)",
    "WHICH": "(this|that|same|last|past|previous|next|coming|following)",
}

#: Name and pattern of every rule; where several fit at a word the longest is taken, then the first.
#: A line that starts with a space goes on with the rule above it.
_RULES = """
iso_day                (WEEKDAY comma?)? d:iso
numeric_day            (WEEKDAY comma?)? d:numeric
day_range_month        (between|from)? (the)? d:DAY LINK (the)? e:DAY of? the? m:MONTH (comma? y:YEAR)?
day_and_day_month      (between|from)? (the)? d:DAY c:(and|or) (the)? e:DAY of? m:MONTH (comma? y:YEAR)?
month_day_range        (WEEKDAY comma?)? (between|from)? m:MONTH (the)? d:DAY LINK (the)? e:DAY (comma? y:YEAR)?
month_day_and_day      (between|from)? m:MONTH d:DAY c:(and|or) e:DAY (comma? y:YEAR)?
day_month              (WEEKDAY comma?)? (the)? d:DAY (of|dash|slash)? m:MONTH ((comma|dash|slash|of|in)? y:YEAR)?
day_month_rel_year     (the)? d:DAY of? m:MONTH of? w:(this|last|next|that) year_unit
month_day_rel_year     m:MONTH d:DAY of? w:(this|last|next|that) year_unit
month_day              (WEEKDAY comma?)? m:MONTH (the|dash|slash)? d:DAY ((comma|of|in|dash|slash)? clock? y:YEAR)?
month_day_year_two     m:MONTH d:DAY comma? apos y:yy
year_month_day         y:yyyy (dash|slash|comma)? m:MONTH (dash|slash|comma)? d:DAY
month_that_year        MOD? m:MONTH (of|in)? (that|same|the same) year_unit
month_rel_year         MOD? m:MONTH (of|in)? w:(this|last|next|past|previous) year_unit
year_month             y:yyyy comma? m:MONTH
month_number           (d:dd (slash|dash) y:yyyy | z:yyyy (slash|dash) e:dd)
week_number            week d:dd ((comma|of|in)? y:yyyy)?
month_year             MOD? m:MONTH (of|comma|dash|slash|in)? y:YEAR
month_of_year_named    MOD? (the month_unit of) m:MONTH
months_rel_year        m:MONTH and e:MONTH (of|in)? w:(this|last|next|past|previous) year_unit
months_year            m:MONTH and e:MONTH (of|comma|in)? y:YEAR
rel_month              w:(this|last|past|next|coming|previous) m:MONTH
that_month_named       (that|same|the same) m:MONTH
month                  MOD? m:MONTH
year_named             MOD? (the)? year_unit (of)? y:yyyy
year                   MOD? y:yyyy
decade                 MOD? (the)? decade
century                MOD? (the)? ORD dash? long_unit
fiscal                 (the)? (this|last|next|past|previous|ordinal)? (yyyy)? fiscal (year_unit|yyyy|long_unit)
                        (apos? (yyyy|yy))? ((dash|slash) (yyyy|yy))?
season                 (MOD)? (the|this|last|next|past|previous|that|coming|following)? season ((of|dash|slash)?
                        (YEAR|decade))? ((dash|slash) (yyyy|yy))?
quarter                (the)? (ORD|this|last|next|past|previous|that|same|few|cardinal|coming) (cardinal|dd)?
                        (fiscal)? (long_unit|half) (of)? (the)? (this|last|next|that)? (yyyy|year_unit)?
years_joined           y:yyyy (dash|slash) z:(yyyy|yy)
day_before_yesterday   (the)? day w:(before|after) (yesterday|tomorrow)
today                  w:(today|tonight)
yesterday              (early|late)? (this)? w:(yesterday|tomorrow) (early|late)? part?
overnight              overnight
this_part              w:(early|late|earlier|later)? this part
last_night             (early|late)? last part
part_of_weekday        (the)? (early|late)? part of (last|this|next)? w:WEEKDAY
weekday_day            w:WEEKDAY comma? (the)? d:DAY (of (this|that|the|last)? month_unit)?
weekday_rel            (early|late)? r:(last|this|next|past|previous|coming|following|that|same|the) (early|late)?
                        w:WEEKDAY (dash)? part?
weekday_rel_week       (part (of|on)?)? w:WEEKDAY part? (of|in|comma|dash)?
                        r:(this|that|last|past|previous|next|the following|the next|the previous|the
                        same|following) week
rel_weeks_weekday      r:(this|that|last|past|previous|next|following|the following|the previous) week (apos x)?
                        (on|comma|dash)? w:WEEKDAY
weekday_week           w:WEEKDAY week
ago_weekday            n:COUNT u:(week|weeks|fortnight) ago (on|comma|from)? (last)? w:WEEKDAY
weekday_ago            w:WEEKDAY comma? n:COUNT u:(week|weeks|fortnight) ago
weekday                (early|late)? (part (of|on)?)? w:WEEKDAY dash? part?
weekday_post           w:WEEKDAY r:(next|last)
nth_weekday_month      (the)? o:(ORD|last) w:WEEKDAY (of|in) (the)? m:MONTH ((of|comma)? y:YEAR)?
nth_weekday_rel        (the)? o:(ORD|last) w:WEEKDAY (of|in) r:(this|last|next|that|the same|the|previous)
                        k:month_unit
nth_week_month         (the)? o:(ORD|last|early|late) u:(week|weekend) (of|in) (the)? m:MONTH ((of|comma)? y:YEAR)?
nth_week_year          (the)? o:(ORD|last) u:(week|weekend) (of|in) (the year_unit)? y:yyyy
nth_week_rel           (the)? o:(ORD|last) u:(week|weekend) (of|in) r:(this|last|next|that|the same|the|previous)
                        k:(month_unit|year_unit)
day_of_month           the d:ORD (of (this|that|the|last|next|same) month_unit)?
day_of_month_words     (the)? d:ORD day? of (this|that|the|last|next|same) month_unit
last_day               (the)? o:(last|ordinal) day of (the)? m:MONTH ((comma|of)? y:YEAR)?
rel_period             (MOD|earlier|later|beginning|middle|end)? (the)? (same)? r:WHICH (dash)? u:PERIOD
period_after_next      (the)? u:PERIOD c:(after|before) (the)? r:(next|last)
over_weekend           (the|a)? weekend
day_rel                (the)? r:(next|following|previous|same|that|last|coming) (part | k:day (part)?)
the_day_before         (the|a) k:(day|part) c:(before|after|earlier|later)
rel_periods            (the|in|about|within)? (the)? r:(last|past|previous|next|coming|following) n:COUNT u:MANY
first_periods          (the)? o:(ordinal|last) n:COUNT u:(days|weeks|months_unit) of
ago                    (about|more than)? (COUNT UNIT (comma|and)?)? n:COUNT dash? u:UNIT ago
from_now               n:COUNT u:UNIT from (now|today)
in_time                in (about)? n:COUNT u:UNIT apos?
after_before           (about|more than)? (COUNT UNIT (comma|and)?)? n:COUNT u:UNIT
                        c:(earlier|later|before|after|from)
every                  about? every (other|cardinal|dd|ORD)? (WEEKDAY|UNIT|part|MONTH|clock_unit|season) part?
weekdays               weekdays (part|parts)?
every_part             parts
daily                  daily
now                    now
duration_joined        COUNT dash UNIT (dash old)?
duration               (for|about|within)? (the|more than|at)? (about)? n:COUNT (more)? u:(UNIT|clock_unit|long_unit)
duration_clock         (for|within)? (a|cardinal|dd|few|yy) (dash)? clock_unit (ago|earlier|later)?
clock                  clock
holiday                (this|last|next)? h:holiday
"""


#: Codes that some word of every time expression has; rules are tried only in front of one of these.
_ANCHORS = (
    *("weekday", "weekdays", "month", "yyyy", "iso", "numeric", "decade", "dord", "ordinal", "holiday", "season"),
    "long_unit",
    *(
        "clock",
        "now",
        "daily",
        "overnight",
        "today",
        "tonight",
        "yesterday",
        "tomorrow",
        "part",
        "parts",
        "day",
        "days",
    ),
    *("week", "weeks", "fortnight", "weekend", "weekends", "month_unit", "months_unit", "year_unit", "years_unit"),
    *("clock_unit", "fiscal", "eve"),
)
#: The longest way, in tokens, from the start of an expression to its first anchor.
REACH = 7


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name and the compiled pattern over class codes."""

    name: str
    pattern: re.Pattern[str]


def _compiled(pattern: str) -> re.Pattern[str]:
    pattern = re.sub(r"\b([a-z]):(\([^()]*\)|[A-Z]+|[a-z_]+)", r"(@\1 \2)", pattern)
    while re.search(r"[A-Z]{3}", pattern):
        pattern = re.sub(r"[A-Z]{3,}", lambda m: _MACROS[m[0]], pattern)
    return re.compile(re.sub(r"\(@([a-z])|\(|[a-z_]+| +", _part, pattern))


def _part(match: re.Match[str]) -> str:
    if match[1]:
        return f"(?P<{match[1]}>"
    if match[0] == "(":
        return "(?:"
    return CODES[match[0]] if match[0].strip() else ""


def _openings(pattern: str, at: int = 0) -> tuple[set[str], int]:
    """Return the first two codes of all that a pattern or group matches, one where it can end there, and its end."""
    found: set[str] = set()
    row = {""}
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            found, row, at = found | row, {""}, at + 1
            continue
        if pattern[at] == "(":
            inner, at = _openings(pattern, pattern.index(">" if pattern[at + 2] == "P" else ":", at) + 1)
        else:
            inner = {pattern[at]}
        at += 1
        if pattern[at : at + 1] == "?":
            inner, at = inner | {""}, at + 1
        short = {opening for opening in row if len(opening) < 2}
        row = (row - short) | {(opening + more)[:2] for opening in short for more in inner}
    return found | row, at


def _by_opening() -> Mapping[str, tuple[Rule, ...]]:
    """Return the rules that can match from each two codes on, in their order, and those that one code satisfies."""
    rules: list[Rule] = []
    numbers: dict[str, set[int]] = {}
    for line in re.sub(r"\n +", " ", _RULES).strip().splitlines():
        name, pattern = line.split(maxsplit=1)
        rules.append(Rule(name, _compiled(pattern)))
        for opening in _openings(rules[-1].pattern.pattern)[0]:
            numbers.setdefault(opening, set()).add(len(rules) - 1)
    return {
        opening: tuple(rules[number] for number in sorted(found | numbers.get(opening[:1], set())))
        for opening, found in numbers.items()
    }


_BY_OPENING = _by_opening()
#: The class of words that no rule has before its first anchor.
_UNKNOWN = CODES["x"]
_ANCHOR = re.compile("[" + "".join(CODES[name] for name in _ANCHORS) + "]")


def expressions(codes: str) -> Generator[tuple[Rule, re.Match[str]], int, None]:
    """Yield the rule and match of each time expression in a string of class codes, in order, none overlapping.

    At the first word where any rule fits, the longest fit is taken, then the rule that stands first. The reader
    sends where to read on, for it may take more words than the rule, or none.
    """
    done = 0
    for anchor in _ANCHOR.finditer(codes):
        if anchor.start() < done:
            continue
        at = max(done, anchor.start() - REACH)
        at = max(at, codes.rfind(_UNKNOWN, at, anchor.start()) + 1)
        while at <= anchor.start():
            best = _longest(codes, at, anchor.start())
            if best is None:
                at += 1
                continue
            done = at = max((yield best), at + 1)


def _longest(codes: str, at: int, anchor: int) -> tuple[Rule, re.Match[str]] | None:
    best = None
    for rule in _BY_OPENING.get(codes[at : at + 2]) or _BY_OPENING.get(codes[at], ()):
        match = rule.pattern.match(codes, at)
        if match and match.end() > anchor and (best is None or match.end() > best[1].end()):
            best = (rule, match)
    return best
