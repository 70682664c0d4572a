"""One sentence to its reporting words: who, by which word, asserts which words of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tocsin.codebook.speakers import Cue, SpeakerWords
from tocsin.extract.phrases import NOMINAL, Word, clause_start, clause_subject, phrase_after, phrase_before

Range = tuple[int, int]

QUOTES = frozenset({'"', "“", "”", "„", "«", "»", "″", "‘"})
_CLOSE = frozenset({'"', "”", "»", "″", "’", "'"})
_JOINERS = frozenset({"and", "but", "while", "whereas", "though", "although", "or"})
_ENDS = frozenset({".", ",", ";", ":", "!", "?", ")", "—", "–", "-"}) | QUOTES
#: How far after a counting verb its number or counted noun may stand, in words; measured on coded training documents:
#: farther, the number belongs to something else.
_COUNT_REACH = 8


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting word of a sentence, in indices of its words.

    Attributes:
        source: who reports.
        cue: the reporting words.
        contents: what is reported, one range or two around the cue.
        manner: what the source does with it.
        shape: "before" (source, cue, content), "after" (content, then cue), "around", "passive" or "short" (a number
            without a verb of its own, after another report).
        outer, inner: further speakers outside and within the source ("citing the police").
    """

    source: Range
    cue: Range
    contents: tuple[Range, ...]
    manner: str
    shape: str
    outer: tuple[Range, ...] = ()
    inner: tuple[Range, ...] = ()

    @property
    def start(self) -> int:
        """Index where its own words begin."""
        return min(self.source[0], self.cue[0])

    @property
    def end(self) -> int:
        """Index after its own words."""
        return max(self.source[1], self.cue[1])


def read_reports(sentence: Sequence[Word], words: SpeakerWords) -> list[Report]:
    """Return the reports of one sentence, in the order of their cues.

    Steps: find the cues with their sources and contents; add sources leant on ("citing"); add the short ones after
    them ("the police, 2,600"); cut contents where the next speaker's begins.
    """
    found: list[Report] = []
    for at, word in enumerate(sentence):
        report = _opening(sentence, at, words) or _tally(sentence, at, words) or _label(sentence, at)
        if report is None and (cue := words.cues.get(word.low)) and word.kind != "name":
            report = _verb(sentence, at, cue, words)
        if report is None and f"{word.low} {sentence[at + 1].low if at + 1 < len(sentence) else ''}" in words.particles:
            report = _finite(sentence, at, at + 2, Cue(word.low, "statement", "past"), words)
        if report is not None:
            found.append(report)
    if not found:
        return found
    found = _leant_on(sentence, found, words)
    found += _short(sentence, found, words)
    return _cut(sentence, sorted(found, key=lambda report: report.cue))


def _low(sentence: Sequence[Word], at: int) -> str:
    return sentence[at].low if 0 <= at < len(sentence) else ""


def _kind(sentence: Sequence[Word], at: int) -> str:
    return sentence[at].kind if 0 <= at < len(sentence) else "mark"


def _clause_end(sentence: Sequence[Word], at: int) -> int:
    """Return the index after the clause that word `at` stands in: a semicolon outside quotes, or the final mark."""
    quoted = False
    for k in range(at, len(sentence)):
        low = sentence[k].low
        if low in QUOTES:
            quoted = not quoted
        elif low == ";" and not quoted:
            return k
    end = len(sentence)
    while end > at + 1 and sentence[end - 1].low in (".", "!", "?"):
        end -= 1
    return end


# -- phrases before a speaker: "according to the police", "by the union's count", "Name: ..." --------------------------


def _opening(sentence: Sequence[Word], at: int, words: SpeakerWords) -> Report | None:
    first = sentence[at].low
    for phrase in words.openings:
        parts = phrase.split()
        if parts[0] != first or [w.low for w in sentence[at : at + len(parts)]] != parts:
            continue
        source = phrase_after(sentence, at + len(parts))
        if source is None:
            return None
        source = _with_apposition(sentence, source)
        return _adverbial(sentence, source, (at, at + len(parts)), "statement")
    return None


def _tally(sentence: Sequence[Word], at: int, words: SpeakerWords) -> Report | None:
    """Read "by police estimates", "by the union's own count", "in the ministry's figures"."""
    if sentence[at].low not in ("by", "in", "on"):
        return None
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
    return _adverbial(sentence, (found[0], end), (at, at + 1), "count")


def _follows_count(sentence: Sequence[Word], at: int) -> bool:
    return any(word.kind == "numbers" for word in sentence[max(0, at - 4) : at])


def _label(sentence: Sequence[Word], at: int) -> Report | None:
    """Read a name and a colon before a quotation, as in an interview."""
    if sentence[at].low != ":" or not 0 < at <= 4 or _low(sentence, at + 1) not in QUOTES:
        return None
    if any(word.kind != "name" for word in sentence[:at]):
        return None
    return Report((0, at), (at, at + 1), ((at + 1, len(sentence)),), "statement", "before")


def _adverbial(sentence: Sequence[Word], source: Range, cue: Range, manner: str) -> Report:
    """Return a report whose speaker stands in an adverbial, with the words around it that it covers."""
    start, after = cue[0], max(source[1], cue[1])
    begin, end = clause_start(sentence, start), _clause_end(sentence, start)
    before = _low(sentence, start - 1)
    opening = start == begin or before in _JOINERS or before in (":", "—", "–", "that", "where", ".", "*")
    if before == "," and _low(sentence, start - 2) in _JOINERS:
        opening = True
    bare = all(word.kind in ("times", "linking", "prepositions", "numbers", "mark") for word in sentence[begin:start])
    if (opening or bare) and after < end:
        at = after + 1 if _low(sentence, after) == "," else after
        return Report(source, cue, ((at, end),) if at < end else (), manner, "before")
    contents = [(begin, start - 1 if before == "," else start)]
    following = _low(sentence, after + 1) if _low(sentence, after) == "," else ""
    if before == "," and following and after + 1 < end and following not in _JOINERS:
        contents.append((after + 1, end))
    return Report(source, cue, _solid(contents), manner, "after" if len(contents) == 1 else "around")


def _solid(contents: Sequence[Range]) -> tuple[Range, ...]:
    return tuple((a, b) for a, b in contents if b > a)


def _with_apposition(sentence: Sequence[Word], source: Range) -> Range:
    """Return a phrase with a short apposition after it: "the inspector-general, Ismail Omar,"."""
    if _low(sentence, source[1]) != ",":
        return source
    more = phrase_after(sentence, source[1] + 1)
    if more is None or _low(sentence, more[1]) not in (",", ".", ";", "") or more[1] - more[0] > 8:
        return source
    head, name = sentence[source[1] - 1], sentence[more[0]]
    named = name.kind == "name" and head.kind == "word"
    described = (
        head.kind == "name" and name.kind in ("determiners", "word") and name.low not in ("some", "several", "all")
    )
    counted = any(word.kind == "numbers" for word in sentence[more[0] : more[1]])
    return (source[0], more[1]) if (named or described) and not counted else source


# -- reporting verbs ----------------------------------------------------------------------------------------------------


def _verb(sentence: Sequence[Word], at: int, cue: Cue, words: SpeakerWords) -> Report | None:
    """Return the report of the reporting verb at `at`, or None where it is no verb or nobody's."""
    before = sentence[at - 1] if at else None
    if before is not None and (before.kind in ("determiners", "linking", "prepositions") or before.low == "'s"):
        return None
    if before is not None and before.low in words.leaning:
        return None
    passive = _passive(sentence, at, words)
    if cue.form == "past" and passive:
        return _by_passive(sentence, at, cue)
    if cue.form == "ing":
        if passive or (before is not None and before.low in ("keep", "keeps", "kept", "began", "begun", "been")):
            return _finite(sentence, at, at + 1, cue, words)
        return _gerund(sentence, at, cue, words)
    if cue.form == "base" and before is not None and before.low == "to":
        return None
    return _finite(sentence, at, at + 1, cue, words)


def _passive(sentence: Sequence[Word], at: int, words: SpeakerWords) -> bool:
    k = at - 1
    while k >= 0 and sentence[k].kind == "adverbs":
        k -= 1
    return k >= 0 and sentence[k].low in words.grammar.passives


def _by_passive(sentence: Sequence[Word], at: int, cue: Cue) -> Report | None:
    """Read "was confirmed by the ministry"."""
    if _low(sentence, at + 1) != "by":
        return None
    source = phrase_after(sentence, at + 2)
    if source is None:
        return None
    return Report(source, (at, at + 2), _solid([(clause_start(sentence, at), at)]), cue.manner, "passive")


def _gerund(sentence: Sequence[Word], at: int, cue: Cue, words: SpeakerWords) -> Report | None:
    """Read "..., saying that ...", whose subject is the sentence's."""
    if cue.manner == "count" or at == 0 or sentence[at].low in words.leaning:
        return None
    begin = clause_start(sentence, at)
    source = clause_subject(sentence, begin, at)
    if source is None or sentence[at - 1].kind in NOMINAL and cue.manner not in ("statement", "denial"):
        return None
    return _before(sentence, source, (at, at + 1), cue)


def _finite(sentence: Sequence[Word], at: int, after: int, cue: Cue, words: SpeakerWords) -> Report | None:
    inverted = _inverted(sentence, at, after, cue)
    if inverted is not None:
        return inverted
    begin = clause_start(sentence, at)
    source = phrase_before(sentence, at, begin)
    previous = sentence[at - 1] if at else None
    if (
        source is None
        and previous is not None
        and (previous.kind in ("conjunctions", "adverbs") or previous.low in ("but", ","))
    ):
        source = clause_subject(sentence, begin, at)
    if source is None or not _can_speak(sentence, source, at, after, cue, words):
        return None
    if sentence[source[0]].low in words.grammar.relatives and source[1] - source[0] == 1:
        source = _antecedent(sentence, source[0], begin) or source
    return _placed(sentence, source, (at, after), cue, begin)


def _antecedent(sentence: Sequence[Word], relative: int, begin: int) -> Range | None:
    return phrase_before(sentence, relative - 1 if _low(sentence, relative - 1) == "," else relative, begin)


def _can_speak(sentence: Sequence[Word], source: Range, at: int, after: int, cue: Cue, words: SpeakerWords) -> bool:
    """Whether a phrase and the verb after it agree, and the verb is used to report."""
    head = sentence[source[1] - 1]
    following = sentence[after] if after < len(sentence) else None
    if cue.form == "base" and _kind(sentence, at - 1) != "auxiliaries":
        plural = head.low.endswith(("s", "s’", "s'")) or head.low in _PLURALS or head.kind == "name"
        if not plural or following is None or (head.low.endswith("’s") or head.low.endswith("'s")):
            return False
    if cue.form in ("s", "base") and following is not None and cue.lemma not in _PLAIN:
        if following.kind in ("verbs", "auxiliaries", "linking", "conjunctions") or following.low in (",", ".", ";"):
            return False
    if cue.manner == "count":
        return _counts(sentence, source, after, words)
    if cue.form == "past" and following is not None and following.low == "by":
        return False
    return head.kind != "numbers" or cue.lemma in _PLAIN


_PLURALS = frozenset(
    {
        "police",
        "people",
        "media",
        "they",
        "we",
        "i",
        "you",
        "others",
        "many",
        "most",
        "some",
        "who",
        "men",
        "women",
        "staff",
        "gendarmerie",
    }
)
# Verbs that are hardly ever nouns or anything but reporting.
_PLAIN = frozenset(
    {
        "say",
        "tell",
        "add",
        "insist",
        "believe",
        "announce",
        "confirm",
        "argue",
        "admit",
        "explain",
        "write",
        "think",
        "concede",
        "acknowledge",
    }
)


def _counts(sentence: Sequence[Word], source: Range, after: int, words: SpeakerWords) -> bool:
    """Whether a counting verb has a number or counted noun soon after it, and a subject that can count."""
    span = sentence[after : after + _COUNT_REACH]
    if not any(word.kind == "numbers" or word.low in ("no", "none", "nobody") for word in span):
        return False
    subject = [word.low for word in sentence[source[0] : source[1]]]
    able = any(_bare(low) in words.kinds or low in words.tallies for low in subject)
    return able or sentence[source[0]].kind == "pronouns" or any(w.kind == "name" for w in sentence[slice(*source)])


def _bare(low: str) -> str:
    for ending in ("’s", "'s", "’", "'"):
        low = low.removesuffix(ending)
    return low


def _inverted(sentence: Sequence[Word], at: int, after: int, cue: Cue) -> Report | None:
    """Read "..., said the minister" and "loses, says its manager, 35,000 tons"."""
    before = _low(sentence, at - 1)
    if (
        cue.manner not in ("statement", "belief")
        or cue.form == "ing"
        or not (before in _CLOSE or before in (",", "—", "–"))
    ):
        return None
    if cue.lemma in ("tell", "think") and cue.form == "base":
        return None
    source = phrase_after(sentence, after)
    if source is None or _kind(sentence, source[0]) == "numbers":
        return None
    follows = _low(sentence, source[1])
    if not (follows in _ENDS or follows == "" or _kind(sentence, source[1]) in ("openers", "prepositions", "times")):
        return None
    if _kind(sentence, source[0]) == "pronouns" and cue.lemma != "say":
        return None
    return _postposed(sentence, _with_apposition(sentence, source), (at, after), cue)


def _placed(sentence: Sequence[Word], source: Range, cue_at: Range, cue: Cue, begin: int) -> Report | None:
    """Return the report of a source directly before its verb: its content after the verb or before the source."""
    before, after = _low(sentence, source[0] - 1), cue_at[1]
    forward = _before(sentence, source, cue_at, cue)
    roomy = source[0] - begin >= 3
    if not roomy or not (before == "," or before in _CLOSE or before in ("—", "–")):
        return forward
    following = _low(sentence, after)
    tail = (
        _kind(sentence, after) in ("times", "adverbs", "prepositions", "linking") or following in _ENDS or not following
    )
    closed = before in _CLOSE or (before == "," and _low(sentence, source[0] - 2) in _CLOSE)
    if following == ":" and not closed:
        return forward
    if not tail and not closed:
        return forward
    if tail and forward is not None and not closed and _that(sentence, after) is not None:
        return forward
    if cue.manner in ("intention", "stance") and not closed:
        return forward
    return _postposed(sentence, source, cue_at, cue)


def _postposed(sentence: Sequence[Word], source: Range, cue_at: Range, cue: Cue) -> Report:
    start, after = min(source[0], cue_at[0]), max(source[1], cue_at[1])
    begin, end = clause_start(sentence, start), _clause_end(sentence, start)
    stop = start
    while stop > begin and sentence[stop - 1].low in (",", "—", "–", "-"):
        stop -= 1
    contents = [(begin, stop)]
    tail = after
    while tail < end and sentence[tail].low not in _ENDS:
        tail += 1
    if tail < end - 1:
        following = sentence[tail + 1]
        goes_on = sentence[tail].low == "," and following.kind not in ("openers", "participle", "conjunctions")
        if goes_on or sentence[tail].low in QUOTES or following.low in QUOTES:
            contents.append((tail + 1, end))
    return Report(source, cue_at, _solid(contents), cue.manner, "after" if len(contents) == 1 else "around")


def _before(sentence: Sequence[Word], source: Range, cue_at: Range, cue: Cue) -> Report | None:
    """Return the report of a source whose content follows the verb."""
    at = cue_at[1]
    end = _clause_end(sentence, at - 1)
    that = _that(sentence, at)
    if that is not None:
        at = that + 1
    else:
        if cue.lemma in _ADDRESSED:
            told = phrase_after(sentence, at, end)
            at = told[1] if told else at
        while at < end and (sentence[at].kind in ("times", "adverbs") or sentence[at].low in (",", ":", "on")):
            at += 1
    return Report(source, cue_at, ((at, end),), cue.manner, "before") if at < end else None


_ADDRESSED = frozenset({"tell", "inform", "assure", "remind"})
# "said on Sunday in a statement to the agency that": so many words may stand between the verb and its "that".
_THAT_REACH = 14


def _that(sentence: Sequence[Word], at: int) -> int | None:
    for k in range(at, min(len(sentence), at + _THAT_REACH)):
        word = sentence[k]
        if word.low == "that":
            return k
        if (
            word.kind in ("verbs", "auxiliaries", "openers", "pronouns")
            and k > at
            or word.low in ";:"
            or word.low in QUOTES
        ):
            return None
    return None


# -- what surrounds the reports -----------------------------------------------------------------------------------------


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
    for phrase in words.quoted:
        parts = phrase.split()
        if sentence[at].low == parts[0] and [w.low for w in sentence[at : at + len(parts)]] == parts:
            return len(parts)
    return 0


def _outer(sentence: Sequence[Word], at: int, width: int) -> Range | None:
    source = phrase_after(sentence, at + width)
    if sentence[at].low != "whom":
        return source
    return source if source and _low(sentence, source[1]) in ("quoted", "cited", "quotes", "cites") else None


def _nearest(found: Sequence[Report], at: int) -> int:
    return min(range(len(found)), key=lambda i: min(abs(found[i].start - at), abs(found[i].end - at)))


def _parenthetic(sentence: Sequence[Word], found: list[Report]) -> list[Report]:
    """Turn "the ministry said, according to Interfax, that ..." into one report with an outer speaker."""
    kept = list(found)
    for report in found:
        if report.shape not in ("around", "after") or report.cue[0] > report.source[0]:
            continue
        for i, host in enumerate(kept):
            gap = sentence[host.cue[1] : report.start]
            near = host is not report and host.cue[1] <= report.start and host.shape == "before" and len(gap) <= 6
            if (
                near
                and _low(sentence, report.start - 1) == ","
                and not any(w.kind in ("verbs", "numbers") for w in gap)
            ):
                contents = ((report.end + 1, _clause_end(sentence, report.end)),)
                kept[i] = replace(host, outer=(*host.outer, report.source), contents=_solid(contents))
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
        if source[1] <= source[0] or not _speaks(sentence, source, words):
            continue
        number = source[1]
        while number < len(sentence) and (
            sentence[number].low in _SHORT_LINKS or sentence[number].low in words.grammar.approximations
        ):
            number += 1
        if _kind(sentence, number) == "numbers" and number - source[1] <= 5:
            taken.append(source)
            yield Report(source, source, ((source[1], _short_end(sentence, number)),), "count", "short")


_SHORT_LINKS = frozenset({",", ":", "at", "of", "for", "a", "some", "that", "only", '"', "“", "little"})


def _before_number(sentence: Sequence[Word], source: Range) -> int:
    for at in range(source[0], source[1]):
        if sentence[at].kind == "numbers" and at > source[0]:
            return at if sentence[at - 1].kind not in ("determiners",) else at - 1
    return source[1]


def _speaks(sentence: Sequence[Word], source: Range, words: SpeakerWords) -> bool:
    if sentence[source[0]].kind == "numbers" or source[1] - source[0] > 6:
        return False
    return _bare(sentence[source[1] - 1].low) in words.kinds


def _short_end(sentence: Sequence[Word], at: int) -> int:
    while at < len(sentence) and sentence[at].low not in (";", ",", "."):
        at += 1
    return at


def _cut(sentence: Sequence[Word], found: list[Report]) -> list[Report]:
    """Cut contents where a coordinated speaker's words begin, and where an earlier speaker's words end."""
    return [replace(report, contents=_solid(_trimmed(sentence, report, found))) for report in found]


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
    before = _low(sentence, other.start - 1)
    if other.shape == "before" and before in ("while", "whereas", "but"):
        return True
    return other.shape == "before" and before in ("and", "though") and _low(sentence, other.start - 2) == ","


def _joint(sentence: Sequence[Word], at: int) -> int:
    while at > 0 and (sentence[at - 1].low in _JOINERS or sentence[at - 1].low == ","):
        at -= 1
    return at
