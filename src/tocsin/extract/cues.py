"""One sentence to its reporting words: who, by which word, asserts which words of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tocsin.codebook.speakers import Cue, SpeakerWords
from tocsin.extract.cue_verbs import read_finite, read_verb
from tocsin.extract.phrases import Word, bare, clause_start, phrase_after, phrase_before
from tocsin.extract.report import QUOTES, Range, Report, clause_end, kind_at, low_at, solid, with_apposition

_JOINERS = frozenset({"and", "but", "while", "whereas", "though", "although", "or"})


#: Reports taken from one sentence. No sentence of the training documents has as many; each is held against each other.
_MOST = 10


def read_reports(sentence: Sequence[Word], words: SpeakerWords) -> list[Report]:
    """Return the reports of one sentence, in the order of their cues.

    Steps: find the cues with their sources and contents; add sources leant on ("citing"); add the short ones after
    them ("the police, 2,600"); cut contents where the next speaker's begins.
    """
    found: list[Report] = []
    heads = words.heads
    for at in [at for at, word in enumerate(sentence) if word.low in heads or word.low in _SMALL_HEADS]:
        word, report = sentence[at], None
        if word.low in words.openings:
            report = _opening(sentence, at, words)
        if report is None and word.low in _BEFORE_TALLY:
            report = _tally(sentence, at, words)
        if report is None and word.low in words.tallies:
            report = _equated(sentence, at)
        if word.low == ":":
            report = _label(sentence, at)
        if report is None and (cue := words.cues.get(word.low)) and word.kind != "name":
            report = read_verb(sentence, at, cue, words)
        if report is None and word.kind in _VERBAL and f"{word.low} {low_at(sentence, at + 1)}" in words.particles:
            report = read_finite(sentence, at, at + 2, Cue(word.low, "statement", "past"), words)
        if report is not None:
            found.append(report)
            if len(found) == _MOST:
                break
    if not found:
        return found
    found = _leant_on(sentence, found, words)
    found += _short(sentence, found, words)
    return _cut(sentence, sorted(found, key=lambda report: report.cue))


_BEFORE_TALLY = frozenset({"by", "in", "on"})
_SMALL_HEADS = _BEFORE_TALLY | {":"}
_VERBAL = frozenset({"word", "verbs", "participle"})


# -- phrases before a speaker: "according to the police", "by the union's count", "Name: ..." ----------


def _opening(sentence: Sequence[Word], at: int, words: SpeakerWords) -> Report | None:
    for parts in words.openings[sentence[at].low]:
        if tuple(word.low for word in sentence[at : at + len(parts)]) != parts:
            continue
        source = phrase_after(sentence, at + len(parts))
        if source is None:
            return None
        source = with_apposition(sentence, source)
        return _adverbial(sentence, source, (at, at + len(parts)), "statement")
    return None


def _tally(sentence: Sequence[Word], at: int, words: SpeakerWords) -> Report | None:
    """Read "by police estimates", "by the union's own count", "in the ministry's figures"."""
    found = phrase_after(sentence, at + 1)
    if found is None:
        return None
    last = found[1] - 1
    tally = next((k for k in range(found[0], found[1]) if sentence[k].low in words.tallies), None)
    if tally is None or tally == found[0]:
        possessive = sentence[last].low.endswith(("’s", "'s", "s’", "s'")) and sentence[at].low == "by"
        return (
            _adverbial(sentence, found, (at, at + 1), "count") if possessive and _follows_count(sentence, at) else None
        )
    end = tally
    while end > found[0] + 1 and sentence[end - 1].low in ("own", "official", "preliminary", "latest", "first"):
        end -= 1
    if end - 1 == found[0] and sentence[found[0]].low in ("the", "a", "an", "any", "this", "that", "all", "some", "no"):
        return None
    if sentence[at].low != "by" and not sentence[end - 1].low.endswith(("’s", "'s", "s’", "s'")):
        return None
    return _adverbial(sentence, (found[0], end), (at, at + 1), "count", after=found[1])


def _equated(sentence: Sequence[Word], at: int) -> Report | None:
    """Read "the ministry's figure is 187" and "the police's own table: 148 arrests"."""
    verb = at + 1
    owner = phrase_before(sentence, at + 1)
    if owner is None or low_at(sentence, verb) not in _EQUALS:
        return None
    if not any(word.low.endswith(("’s", "'s", "s’", "s'")) for word in sentence[slice(*owner)]):
        return None
    ahead = sentence[verb + 1 : verb + 4]
    if not any(word.kind == "numbers" for word in ahead):
        return None
    return Report(owner, (at, verb + 1), ((verb + 1, clause_end(sentence, verb)),), "count", "before")


_EQUALS = frozenset({"is", "was", "stands", "stood", "are", "were", ":", "gives", "has", "had"})


def _follows_count(sentence: Sequence[Word], at: int) -> bool:
    return any(word.kind == "numbers" for word in sentence[max(0, at - 4) : at])


def _label(sentence: Sequence[Word], at: int) -> Report | None:
    """Read a name and a colon before a quotation, as in an interview."""
    if sentence[at].low != ":" or not 0 < at <= 4 or low_at(sentence, at + 1) not in QUOTES:
        return None
    if any(word.kind != "name" for word in sentence[:at]):
        return None
    return Report((0, at), (at, at + 1), ((at + 1, len(sentence)),), "statement", "before")


def _adverbial(sentence: Sequence[Word], source: Range, cue: Range, manner: str, *, after: int = 0) -> Report:
    """Return a report whose speaker stands in an adverbial, with the words around it that it covers."""
    start, after = cue[0], max(source[1], cue[1], after)
    begin, end = clause_start(sentence, start), clause_end(sentence, start)
    before = low_at(sentence, start - 1)
    opening = start == begin or before in _JOINERS or before in (":", "—", "–", "that", "where", ".", "*")
    if before == "," and low_at(sentence, start - 2) in _JOINERS:
        opening = True
    bare = all(word.kind in ("times", "linking", "prepositions", "numbers", "mark") for word in sentence[begin:start])
    if (opening or bare) and after < end:
        at = after + 1 if low_at(sentence, after) == "," else after
        return Report(source, cue, ((at, end),) if at < end else (), manner, "before")
    contents = [(begin, start - 1 if before == "," else start)]
    following = low_at(sentence, after + 1) if low_at(sentence, after) == "," else ""
    if before == "," and following and after + 1 < end and following not in _JOINERS:
        contents.append((after + 1, end))
    return Report(source, cue, solid(contents), manner, "after" if len(contents) == 1 else "around")


# -- what surrounds the reports ----------


def _leant_on(sentence: Sequence[Word], found: list[Report], words: SpeakerWords) -> list[Report]:
    """Add the speakers after "citing" within, and those after "quoted by" outside, the report they stand next to."""
    for at, word in enumerate(sentence):
        if word.low in words.leaning and (source := phrase_after(sentence, at + 1)):
            target = _nearest(found, at)
            found[target] = replace(found[target], inner=(*found[target].inner, source))
        elif (width := _match_quoted(sentence, at, words)) and (source := _outer(sentence, at, width)):
            target = _nearest(found, at)
            if source != found[target].source:
                found[target] = replace(found[target], outer=(*found[target].outer, source))
    return _parenthetic(sentence, found)


def _match_quoted(sentence: Sequence[Word], at: int, words: SpeakerWords) -> int:
    for parts in words.quoted.get(sentence[at].low, ()):
        if tuple(word.low for word in sentence[at : at + len(parts)]) == parts:
            return len(parts)
    return 0


def _outer(sentence: Sequence[Word], at: int, width: int) -> Range | None:
    source = phrase_after(sentence, at + width)
    if sentence[at].low != "whom":
        return source
    return source if source and low_at(sentence, source[1]) in ("quoted", "cited", "quotes", "cites") else None


def _nearest(found: Sequence[Report], at: int) -> int:
    return min(range(len(found)), key=lambda i: min(abs(found[i].start - at), abs(found[i].end - at)))


def _parenthetic(sentence: Sequence[Word], found: list[Report]) -> list[Report]:
    """Turn "the ministry said, according to Interfax, that ..." into one report with an outer speaker."""
    kept = list(found)
    for report in found:
        if report.shape not in ("around", "after") or report.cue[0] > report.source[0]:
            continue
        for i, host in enumerate(kept):
            if host is report or host.shape != "before" or not 0 <= report.start - host.cue[1] <= 6:
                continue
            gap = sentence[host.cue[1] : report.start]
            if low_at(sentence, report.start - 1) == "," and not any(w.kind in ("verbs", "numbers") for w in gap):
                contents = ((report.end + 1, clause_end(sentence, report.end)),)
                kept[i] = replace(host, outer=(*host.outer, report.source), contents=solid(contents))
                kept = [other for other in kept if other is not report]
                break
    return kept


def _short(sentence: Sequence[Word], found: Sequence[Report], words: SpeakerWords) -> Iterator[Report]:
    """Yield speakers with a number and no verb after another report: "the organisers said 5,000, the police 2,600"."""
    first = min(report.start for report in found)
    taken = [(report.start, report.end) for report in found]
    for at in range(first + 1, len(sentence) - 1):
        word = sentence[at]
        if word.low not in (",", ";") and word.low not in ("and", "but", "while"):
            continue
        begin = at + 1
        while begin < len(sentence) and sentence[begin].low in ("and", "but", "while", ","):
            begin += 1
        source = phrase_after(sentence, begin)
        if source is None or any(a < source[1] and source[0] < b for a, b in taken):
            continue
        source = (source[0], _before_number(sentence, source))
        while source[1] > source[0] and kind_at(sentence, source[1] - 1) == "linking":
            source = (source[0], source[1] - 1)
        if source[1] <= source[0] or not _speaks(sentence, source, words):
            continue
        number = source[1]
        while number < len(sentence) and (
            sentence[number].low in _SHORT_LINKS or sentence[number].low in words.grammar.approximations
        ):
            number += 1
        if kind_at(sentence, number) == "numbers" and number - source[1] <= 5:
            taken.append(source)
            yield Report(source, source, ((source[1], _short_end(sentence, number)),), "count", "short")


_SHORT_LINKS = frozenset(
    {",", ":", "at", "of", "for", "a", "some", "that", "only", '"', "“", "little", "many", "several", "on", "nearer"}
)


def _before_number(sentence: Sequence[Word], source: Range) -> int:
    for at in range(source[0], source[1]):
        if sentence[at].kind == "numbers" and at > source[0]:
            return at if sentence[at - 1].kind not in ("determiners",) else at - 1
    return source[1]


def _speaks(sentence: Sequence[Word], source: Range, words: SpeakerWords) -> bool:
    if sentence[source[0]].kind == "numbers" or source[1] - source[0] > 6:
        return False
    return bare(sentence[source[1] - 1].low) in words.kinds


def _short_end(sentence: Sequence[Word], at: int) -> int:
    while at < len(sentence) and sentence[at].low not in (";", ",", "."):
        at += 1
    return at


def _cut(sentence: Sequence[Word], found: list[Report]) -> list[Report]:
    """Cut contents where a coordinated speaker's words begin, and where an earlier speaker's words end."""
    return [replace(report, contents=solid(list(_trimmed(sentence, report, found)))) for report in found]


def _trimmed(sentence: Sequence[Word], report: Report, found: Sequence[Report]) -> Iterator[Range]:
    for a, b in report.contents:
        for other in found:
            if other is report:
                continue
            if a < other.start < b and other.start > report.start and _coordinated(sentence, other):
                b = min(b, _joint(sentence, other.start))
            elif (
                a <= other.start
                and other.end < report.start
                and b <= report.start
                and other.shape in ("after", "short", "around")
            ):
                a = max(a, other.end)
            elif (
                other.shape == "after"
                and a < other.start < b
                and other.contents
                and other.contents[0][0] <= report.start < other.contents[0][1]
            ):
                b = min(b, other.start)
        yield a, b


def _coordinated(sentence: Sequence[Word], other: Report) -> bool:
    """Whether a report stands beside what is told before it, not within it."""
    if other.shape == "short":
        return True
    before = low_at(sentence, other.start - 1)
    if other.shape == "before" and before in ("while", "whereas", "but"):
        return True
    return other.shape == "before" and before in ("and", "though") and low_at(sentence, other.start - 2) == ","


def _joint(sentence: Sequence[Word], at: int) -> int:
    while at > 0 and (sentence[at - 1].low in _JOINERS or sentence[at - 1].low == ","):
        at -= 1
    return at
