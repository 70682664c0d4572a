"""Reporting verbs: who is their subject, and which words are their content."""

from collections.abc import Sequence

from tocsin.codebook.speakers import Cue, SpeakerWords
from tocsin.extract.phrases import NOMINAL, Word, bare, clause_start, clause_subject, phrase_after, phrase_before
from tocsin.extract.report import (
    CLOSING,
    ENDS,
    QUOTES,
    Range,
    Report,
    clause_end,
    kind_at,
    low_at,
    solid,
    with_apposition,
)

#: How far after a counting verb its number may stand, in words; 12 gains nothing over 8 on coded training documents, 6
#: loses one speaker in 100.
_COUNT_REACH = 8
#: The same for verbs that mean much else ("has 37", "gives 541 arrested", "spoke of some 700").
_DIRECT_REACH = 5
#: "said on Sunday in a statement to the agency that": so many words may stand between the verb and its "that".
_THAT_REACH = 10

_DASHES = frozenset({"—", "–"})
_INVERTIBLE = frozenset({"statement", "belief", "count"})
_NO_THAT = frozenset({"verbs", "auxiliaries", "openers", "pronouns", "participle"})
_ZERO = frozenset({"no", "none", "nobody"})
_INTERRUPTING = frozenset({"participle", "verbs", "auxiliaries", "openers"})
_STARTING = frozenset({"keep", "keeps", "kept", "began", "begun", "been"})
_NOBODY = frozenset({"nobody", "none", "everybody", "everyone"})
_PLURALS = frozenset({"police", "people", "media", "they", "we", "i", "you", "others", "many", "most", "some", "who"})


def read_verb(sentence: Sequence[Word], at: int, cue: Cue, words: SpeakerWords) -> Report | None:
    """Return the report of the reporting verb at `at`, or None where it is no verb or nobody's."""
    before = sentence[at - 1] if at else None
    if before is not None and before.kind in ("determiners", "linking", "prepositions"):
        return None
    if sentence[at].low in words.tallies and low_at(sentence, at + 1) in words.cues:
        return None
    passive = _passive(sentence, at, words)
    if cue.form == "past" and passive:
        return None if cue.lemma in words.addressed else _by_passive(sentence, at, cue)
    if cue.form == "ing":
        if passive or (before is not None and before.low in _STARTING):
            return read_finite(sentence, at, at + 1, cue, words)
        return _gerund(sentence, at, cue, words)
    if cue.form == "base" and before is not None and before.low == "to":
        return None
    return read_finite(sentence, at, at + 1, cue, words)


def read_finite(sentence: Sequence[Word], at: int, after: int, cue: Cue, words: SpeakerWords) -> Report | None:
    """Return the report of a finite reporting verb that stands from `at` to `after`, or None without a subject."""
    inverted = _inverted(sentence, at, after, cue, words)
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
        comma = low_at(sentence, source[0] - 1) == ","
        source = phrase_before(sentence, source[0] - 1 if comma else source[0], begin) or source
    return _placed(sentence, source, (at, after), cue, begin, words)


def _passive(sentence: Sequence[Word], at: int, words: SpeakerWords) -> bool:
    k = at - 1
    while k >= 0 and sentence[k].kind == "adverbs":
        k -= 1
    return k >= 0 and sentence[k].low in words.grammar.passives


def _by_passive(sentence: Sequence[Word], at: int, cue: Cue) -> Report | None:
    """Read "was confirmed by the ministry"."""
    if low_at(sentence, at + 1) != "by":
        return None
    source = phrase_after(sentence, at + 2)
    if source is None:
        return None
    return Report(source, (at, at + 2), solid([(clause_start(sentence, at), at)]), cue.manner, "passive")


def _gerund(sentence: Sequence[Word], at: int, cue: Cue, words: SpeakerWords) -> Report | None:
    """Read "..., saying that ...", whose subject is the sentence's."""
    if cue.manner == "count" or at == 0 or sentence[at].low in words.leaning:
        return None
    if cue.lemma == "add" and kind_at(sentence, at + 1) in ("numbers", "prepositions", "conjunctions"):
        return None
    source = clause_subject(sentence, clause_start(sentence, at), at)
    if source is None or (sentence[at - 1].kind in NOMINAL and cue.manner not in ("statement", "denial")):
        return None
    return _forward(sentence, source, (at, at + 1), cue, words)


def _can_speak(sentence: Sequence[Word], source: Range, at: int, after: int, cue: Cue, words: SpeakerWords) -> bool:
    """Whether a phrase and the verb after it agree, and the verb is used to report."""
    head = sentence[source[1] - 1]
    if cue.form == "base" and kind_at(sentence, at - 1) != "auxiliaries":
        plural = head.low.endswith(("s", "s’", "s'")) or head.low in _PLURALS or head.kind == "name"
        if not plural or after >= len(sentence) or head.low.endswith(("’s", "'s")):
            return False
    if cue.form in ("s", "base") and cue.lemma not in words.plain and not _after_comma(sentence, source):
        following = kind_at(sentence, after)
        if following in ("verbs", "auxiliaries", "linking", "conjunctions") and cue.manner != "count":
            return False
        if low_at(sentence, after) in (",", ".", ";", ""):
            return False
    if head.low in _NOBODY:
        return False
    if cue.lemma in words.proving:
        return low_at(sentence, after) == "that"
    if cue.manner == "count" and _after_comma(sentence, source) and low_at(sentence, after) in ENDS | {""}:
        return cue.lemma in words.telling or _able(sentence, source, words)
    if cue.manner == "count":
        return _counts(sentence, source, after, cue, words)
    if cue.form == "past" and low_at(sentence, after) == "by":
        return False
    return head.kind != "numbers" or cue.lemma in words.plain


def _after_comma(sentence: Sequence[Word], source: Range) -> bool:
    before = low_at(sentence, source[0] - 1)
    return source[0] > 2 and (before == "," or before in CLOSING)


def _counts(sentence: Sequence[Word], source: Range, after: int, cue: Cue, words: SpeakerWords) -> bool:
    """Whether a counting verb has its number soon after it, and a subject that can count."""
    ahead = sentence[after : after + (_DIRECT_REACH if cue.lemma in words.direct else _COUNT_REACH)]
    number = next((k for k, word in enumerate(ahead) if word.kind == "numbers" or word.low in _ZERO), None)
    if number is None or any(word.kind in _INTERRUPTING for word in ahead[:number]):
        return False
    if cue.lemma in words.valuing and any(word.low == "at" for word in ahead[:number]):
        return True
    if cue.lemma == "put":
        return False
    if cue.lemma == "have" and (cue.form == "past" or kind_at(sentence, after + number + 1) in NOMINAL):
        return False
    if cue.lemma == "give" and cue.form == "past":
        return False
    if cue.lemma in ("speak", "talk", "know") and all(word.low != "of" for word in ahead[:number]):
        return False
    if cue.lemma in words.telling or _able(sentence, source, words):
        return True
    return kind_at(sentence, source[0]) == "pronouns" and cue.lemma not in ("have", "give", "find", "show")


def _able(sentence: Sequence[Word], source: Range, words: SpeakerWords) -> bool:
    """Whether a phrase names somebody, or a tally, that can count."""
    subject = sentence[source[0] : source[1]]
    return any(bare(word.low) in words.kinds or word.low in words.tallies or word.kind == "name" for word in subject)


def _inverted(sentence: Sequence[Word], at: int, after: int, cue: Cue, words: SpeakerWords) -> Report | None:
    """Read "..., said the minister" and "loses, says its manager, 35,000 tons"."""
    before = low_at(sentence, at - 1)
    if cue.manner not in _INVERTIBLE or cue.form in ("ing", "base"):
        return None
    if not (before in CLOSING or before == "," or before in _DASHES):
        return None
    source = phrase_after(sentence, after)
    if source is None or any(word.kind == "numbers" for word in sentence[source[0] : source[1]]):
        return None
    follows = low_at(sentence, source[1])
    ended = follows in ENDS or follows == ""
    if cue.lemma in words.addressed:
        return None
    if cue.manner == "count" and not (ended and _able(sentence, source, words)):
        return None
    if not ended and (kind_at(sentence, source[1]) not in ("openers", "prepositions", "times") or follows == "that"):
        return None
    if kind_at(sentence, source[0]) == "pronouns" and cue.lemma != "say":
        return None
    return _postposed(sentence, with_apposition(sentence, source), (at, after), cue)


def _placed(
    sentence: Sequence[Word], source: Range, cue_at: Range, cue: Cue, begin: int, words: SpeakerWords
) -> Report | None:
    """Return the report of a source directly before its verb: its content after the verb or before the source."""
    before, after = low_at(sentence, source[0] - 1), cue_at[1]
    forward = _forward(sentence, source, cue_at, cue, words)
    closed = before in CLOSING or (before == "," and low_at(sentence, source[0] - 2) in CLOSING)
    if source[0] - begin < 3 or not (before == "," or before in CLOSING or before in _DASHES):
        return forward
    if cue.lemma in words.addressed and (told := phrase_after(sentence, after)):
        after = told[1]
    following = low_at(sentence, after)
    tail = kind_at(sentence, after) in ("times", "adverbs", "prepositions", "linking") or following in ENDS | {""}
    if closed:
        return _postposed(sentence, source, cue_at, cue)
    if following == ":" or not tail or cue.manner in ("intention", "stance", "perception"):
        return forward
    if cue.manner == "count" and following not in ENDS | {""}:
        return forward
    if forward is not None and _that(sentence, after) is not None:
        return forward
    return _postposed(sentence, source, cue_at, cue)


def _postposed(sentence: Sequence[Word], source: Range, cue_at: Range, cue: Cue) -> Report:
    """Return the report of a source and verb after their content, which may go on behind them."""
    start, after = min(source[0], cue_at[0]), max(source[1], cue_at[1])
    begin, end = clause_start(sentence, start), clause_end(sentence, start)
    stop = start
    while stop > begin and (sentence[stop - 1].low == "," or sentence[stop - 1].low in _DASHES):
        stop -= 1
    contents = [(begin, stop)]
    tail = after
    while tail < end and sentence[tail].low not in ENDS:
        tail += 1
    if tail < end - 1:
        following = sentence[tail + 1]
        goes_on = sentence[tail].low == "," and following.kind not in ("openers", "participle", "conjunctions")
        if goes_on or sentence[tail].low in QUOTES or following.low in QUOTES:
            contents.append((tail + 1, end))
    return Report(source, cue_at, solid(contents), cue.manner, "after" if len(contents) == 1 else "around")


def _forward(sentence: Sequence[Word], source: Range, cue_at: Range, cue: Cue, words: SpeakerWords) -> Report | None:
    """Return the report of a source whose content follows the verb."""
    at = cue_at[1]
    end = clause_end(sentence, at - 1)
    that = _that(sentence, at)
    if that is not None:
        at = that + 1
    else:
        if cue.lemma in words.addressed:
            told = phrase_after(sentence, at, end)
            at = told[1] if told else at
        while at < end and (sentence[at].kind in ("times", "adverbs") or sentence[at].low in (",", ":", "on")):
            at += 1
    if at >= end:
        return None
    performed = that is None and cue.lemma in words.performing and not _speech(sentence, at, end)
    return Report(source, cue_at, ((at, end),), "stance" if performed else cue.manner, "before")


def _speech(sentence: Sequence[Word], at: int, end: int) -> bool:
    """Whether what follows a verb is a clause or a quotation, rather than a thing done."""
    if sentence[at].low in QUOTES or low_at(sentence, at - 1) == ":" or sentence[at].kind == "numbers":
        return True
    subject = phrase_after(sentence, at, end)
    return subject is not None and kind_at(sentence, subject[1]) in ("auxiliaries", "verbs", "participle")


def _that(sentence: Sequence[Word], at: int) -> int | None:
    for k in range(at, min(len(sentence), at + _THAT_REACH)):
        word = sentence[k]
        if word.low == "that":
            return k
        if (word.kind in _NO_THAT and k > at) or word.low in (";", ":") or word.low in QUOTES:
            return None
    return None
