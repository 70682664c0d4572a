"""What the participants of a protest want, in the words of the text."""

import re
from collections.abc import Iterator
from functools import cache

from tocsin.codebook.demands import DemandWords
from tocsin.datamodel import Span
from tocsin.extract.patterns import any_phrase

#: Behind the trigger "over", "for" and "against" bring a demand within so many characters; farther they belong to
#: something else. Of 6, 12, 25 and 40 the last gains nothing on coded training documents (F1 0.49) and costs precision.
_NEAR = 25
#: A demand has at most so many words in 99 of 100 coded mentions.
_LONGEST = 14
_WORD = re.compile(r"[^\s;,:.!?()“”\"—–]+(?:[.,:](?=[^\s;,:.!?()“”\"—–])[^\s;,:.!?()“”\"—–]+)*")
_TIME = re.compile(
    r"\d|(?:the (?:past|last|next|whole|coming|same|first) )?(?:\w+ )?"
    r"(?:hours?|days?|weeks?|fortnight|months?|years?|minutes?|night|weekend|today|yesterday|noon)\b"
    r"|(?:on |the )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\w{3,9}\.? \d"
    r"|(?:january|february|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_NO_THING = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "will", "would", "and", "or", "in", "on", "of", "by"}
)


def read_demands(text: str, sentence: Span, trigger: Span, words: DemandWords) -> tuple[Span, ...]:
    """Return what those who protest want, as a sentence tells it; empty where it does not.

    A demand ends at a mark, at a word that opens another clause, or after fourteen words.

    Args:
        text: the whole text.
        sentence: the sentence of the trigger.
        trigger: the words that name the protest or strike.
        words: words before a demand.
    """
    found: list[Span] = []
    for at in sorted(_starts(text, sentence, trigger, words)):
        demand = _demand(text, at, sentence.end, words)
        if demand is not None and not any(demand.overlaps(other) for other in found):
            found.append(demand)
    return tuple(found)


def _starts(text: str, sentence: Span, trigger: Span, words: DemandWords) -> Iterator[int]:
    """Yield where the words after a demand's cue begin."""
    wanting, near = _patterns(words)
    for match in wanting.finditer(text, sentence.start, sentence.end):
        yield match.end()
    close = near.search(text, trigger.end, min(trigger.end + _NEAR, sentence.end))
    if close and not _TIME.match(text, close.end()):
        yield close.end()


@cache
def _patterns(words: DemandWords) -> tuple[re.Pattern[str], re.Pattern[str]]:
    def joined(phrases: tuple[str, ...]) -> re.Pattern[str]:
        return re.compile(rf"\b{any_phrase(phrases)}\s+", re.IGNORECASE)

    return joined(words.wanting), joined(words.near)


def _demand(text: str, at: int, end: int, words: DemandWords) -> Span | None:
    """Return the words from `at` to the end of the demand."""
    first = last = None
    count = 0
    for match in _WORD.finditer(text, at, end):
        low = match[0].lower()
        if first is None and low in words.skipped and low != "the":
            at = match.end()
            continue
        gap = text[last if last is not None else at : match.start()]
        if low in words.ending or count >= _LONGEST or (gap.strip() and first is not None):
            break
        if gap.strip() not in ("", '"', "“"):
            break
        if first is None and low in _NO_THING:
            return None
        first = match.start() if first is None else first
        last = match.end()
        count += 1
    if first is None or last is None:
        return None
    return Span(first, last, text[first:last])
