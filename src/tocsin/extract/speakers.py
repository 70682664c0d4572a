"""Who says what: speakers, the words they assert, and hedges."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from tocsin.codebook.speakers import ASSERTING, SpeakerWords
from tocsin.datamodel import Attribution, Span, Speaker
from tocsin.extract.cues import read_reports
from tocsin.extract.patterns import any_phrase, either
from tocsin.extract.phrases import SentenceWords, Word, bare, span_of
from tocsin.extract.report import Range, Report

# Longer, an aside between a name and its verb tells of others.
_ASIDE = 16
#: Sentences of more words are read in pieces: they are lists or texts without stops, and the rules look back and forth
#: within a sentence, so that their work would grow with its square. Of 10,000 sentences of the training documents six
#: have more than 100.
_LONGEST = 120
#: An attribution's words stand at most so many characters from the content it covers.
_FAR = 5000
_PUBLISHER = frozenset({"we", "i", "us", "me", "our", "own", "my"})
_QUOTES = ('"', "“", "'")
_LETTERS = re.compile(r"[a-z]+")
_MARKS = re.compile('["“”]')
_TRAILING = " \t\n\r,;:—–-"


def read_attributions(
    text: str, sentences: Sequence[Span], words: SpeakerWords, *, marks_of: SentenceWords | None = None
) -> tuple[Attribution, ...]:
    """Return who is said to assert, want or praise which words of a text, in its order.

    A quotation that goes on over whole sentences belongs to the speaker of the sentence before or after it. A report
    whose content stands on both sides of its cue gives two attributions with the same cue.

    Args:
        text: the whole text.
        sentences: its sentences, in order.
        words: reporting words and kinds.
        marks_of: the words of each sentence, where they are read for others too.
    """
    marks_of = marks_of or SentenceWords(text, sentences, words.grammar)
    found: list[Attribution] = []
    kind = "other"
    open_quote = False
    last: Attribution | None = None
    waiting: list[Span] = []
    for index, sentence in enumerate(sentences):
        own: list[Attribution] = []
        told = ":" in sentence.quote or not words.starters.isdisjoint(_LETTERS.findall(sentence.quote.lower()))
        marks = marks_of[index] if told else []
        for start in range(0, len(marks), _LONGEST):
            piece = marks[start : start + _LONGEST]
            for report in read_reports(piece, words):
                speakers, kind = _speakers(text, piece, report, words, kind, sentence)
                own += [
                    Attribution(_content(text, piece, part), span_of(text, piece, report.cue), speakers, report.manner)
                    for part in report.contents
                ]
        quoted, open_quote = _is_quotation(sentence.quote, open_quote)
        asserting = [one for one in own if one.manner in ASSERTING]
        if quoted and not asserting:
            if last is not None:
                own.append(Attribution(sentence, last.cue, last.speakers, last.manner))
            else:
                waiting.append(sentence)
        elif asserting:
            last = asserting[-1] if any(_holds_quote(one.content) for one in asserting) else None
            if _holds_quote(asserting[0].content) and sentence.quote.startswith(_QUOTES):
                own += [Attribution(span, asserting[0].cue, asserting[0].speakers, "statement") for span in waiting]
            waiting = []
        else:
            last, waiting = None, []
        found += own
    return tuple(sorted(found, key=lambda one: (one.cue.start, one.content.start)))


def speakers_of(span: Span, attributions: Sequence[Attribution]) -> tuple[Speaker, ...]:
    """Return who asserts the words at `span`, outermost first; empty where the document itself does.

    Wishes and praise assert nothing, and "we" of the publisher is no speaker.

    Args:
        span: the words of a value.
        attributions: of the text, from `read_attributions`, in its order.
    """
    first = bisect_left(attributions, span.start - _FAR, key=_cue_start)
    last = bisect_left(attributions, span.end + _FAR, key=_cue_start)
    holding = [one for one in attributions[first:last] if one.manner in ASSERTING and one.content.covers(span)]
    holding.sort(key=lambda one: (-(one.content.end - one.content.start), one.cue.start))
    chain: list[Speaker] = []
    for one in holding:
        # "the ministry said that it believed": a pronoun within another's words is the same speaker again.
        chain += [s for s in one.speakers if s not in chain and not (chain and s.span.quote.lower() in _AGAIN)]
    return tuple(chain)


def _cue_start(attribution: Attribution) -> int:
    return attribution.cue.start


_AGAIN = frozenset({"he", "she", "it", "they", "we", "i"})


def hedge_of(text: str, sentence: Span, span: Span, words: SpeakerWords) -> Span | None:
    """Return the words that weaken the value at `span` in its sentence, or None.

    They stand in the same clause; of several the nearest is taken.
    """
    start, end = _clause(text, sentence, span)
    best: Span | None = None
    for match in _hedge_pattern(words).finditer(text, start, end):
        hedge = Span(match.start(), match.end(), match[0])
        if best is None or _distance(hedge, span) < _distance(best, span):
            best = hedge
    return best if best is not None and _distance(best, span) <= _HEDGE_REACH else None


# Farther from the number, a hedge weakens something else; best of 20, 40, 60, 90 and 120 on coded training documents.
_HEDGE_REACH = 90


@cache
def _hedge_pattern(words: SpeakerWords) -> re.Pattern[str]:
    belief = rf"if [^.;:!?\n]{{1,60}}? {any_phrase(words.beliefs)}"
    return re.compile(rf"\b{either([*map(re.escape, words.hedges), belief])}\b", re.IGNORECASE)


def _clause(text: str, sentence: Span, span: Span) -> tuple[int, int]:
    start = max(text.rfind(mark, sentence.start, span.start) + 1 for mark in ";:")
    ends = [at for mark in ";" if (at := text.find(mark, span.end, sentence.end)) >= 0]
    near, far = span.start - 2 * _HEDGE_REACH, span.end + 2 * _HEDGE_REACH
    return max(start, sentence.start, near), min(min(ends, default=sentence.end), far)


def _distance(a: Span, b: Span) -> int:
    return max(0, a.start - b.end, b.start - a.end)


def speaker_kind(phrase: Sequence[str], words: SpeakerWords) -> str | None:
    """Return the kind of a speaker's phrase, given as words in lower case, or None where no word tells.

    The head decides: the last known word before any "of" or "for"; a mouth ("spokesman") passes to what follows.
    """
    stems = [bare(low) for low in phrase]
    if "police" in stems:
        return "police"
    pairs = [" ".join(pair) for pair in itertools.pairwise(stems)]
    known = [words.kinds[pair] for pair in pairs if pair in words.kinds]
    if known:
        return known[-1]
    cut = next((i for i, low in enumerate(stems) if i and low in _CUTS), len(stems))
    for part in (stems[:cut], stems[cut:]):
        known = [words.kinds[low] for low in part if low in words.kinds and low not in words.mouths]
        if known:
            return known[-1]
    return next((words.kinds[low] for low in reversed(stems) if low in words.kinds), None)


_CUTS = frozenset({"of", "for", "at", "in", "from", "on", ","})


def _speakers(
    text: str, marks: Sequence[Word], report: Report, words: SpeakerWords, before: str, sentence: Span
) -> tuple[tuple[Speaker, ...], str]:
    """Return the speakers of a report, outermost first, and the kind that a pronoun after it takes over."""
    chain = []
    kind = before
    for found in (*report.outer, report.source, *report.inner):
        lows = [word.low for word in marks[found[0] : found[1]]]
        pronoun = marks[found[0]].kind == "pronouns" and len(lows) == 1
        # A name says nothing; what stands between it and its verb may ("Anna Reiss, from the nurses' union, told").
        aside = [word.low for word in marks[found[0] : report.cue[0]]] if found == report.source else []
        own = before if pronoun else speaker_kind(lows, words) or speaker_kind(aside[:_ASIDE], words) or "other"
        if not pronoun:
            kind = own
        if not (_PUBLISHER.issuperset(lows) and not _in_quote(text, marks[found[0]].start, sentence)):
            chain.append(Speaker(span_of(text, marks, found), own))
    return tuple(chain), kind


def _in_quote(text: str, at: int, sentence: Span) -> bool:
    before = text[sentence.start : at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _content(text: str, marks: Sequence[Word], part: Range) -> Span:
    found = span_of(text, marks, part)
    quote = found.quote.rstrip(_TRAILING)
    return Span(found.start, found.start + len(quote), quote) if quote else found


def _holds_quote(content: Span) -> bool:
    return any(mark in content.quote for mark in '"“”')


def _is_quotation(sentence: str, inside: bool) -> tuple[bool, bool]:
    """Return whether a sentence is wholly quoted, and whether a quotation is still open after it."""
    begins = inside or sentence.startswith(('"', "“"))
    for mark in _MARKS.findall(sentence):
        inside = mark == "“" or (mark == '"' and not inside)
    return begins and (inside or sentence.endswith(('"', "”"))), inside
