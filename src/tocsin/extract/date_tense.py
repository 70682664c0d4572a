"""Which way an incomplete date lies: ahead of publication or behind it, by the verbs around it."""

from tocsin.codebook.dates import DateWords
from tocsin.extract.date_tokens import CODES, Tokens

#: Words looked at on either side; the verb that governs a date rarely stands farther off.
_WINDOW = 14


def lean(tokens: Tokens, words: DateWords, first: int, last: int) -> int:
    """Return 1 where the words around tokens `first` to `last` look ahead, -1 where they look back, 0 where neither.

    The nearest word before it that tells decides, within the sentence; if none does, the nearest after it.
    """
    codes, stop = tokens.codes, CODES["stop"]
    low = max(0, first - _WINDOW)
    low = max(low, codes.rfind(stop, low, first) + 1)
    high = min(len(codes), last + _WINDOW)
    full_stop = codes.find(stop, last, high)
    high = full_stop if full_stop >= 0 else high
    if codes[first - 1 : first] == CODES["for"] and codes[last : last + 1] != CODES["apos"]:
        return 1
    if codes[first - 1 : first] == CODES["since"]:
        return -1
    known = tokens.tells
    for at in range(first - 1, low - 1, -1):
        told = known[at] if at in known else _tells(tokens, words, at)
        if told:
            return told
    comma = codes.find(CODES["comma"], last + 1, high)
    for at in range(last, comma if comma >= 0 else high):
        told = known[at] if at in known else _tells(tokens, words, at)
        if told:
            return told
    return 0


def _tells(tokens: Tokens, words: DateWords, at: int) -> int:
    told = tokens.tells[at] = _told(tokens, words, at)
    return told


def _told(tokens: Tokens, words: DateWords, at: int) -> int:
    word = tokens.words[at]
    if word in words.future:
        return 1
    if tokens.codes[at] == CODES["to"] and _governed(tokens, words, at):
        return 1
    if word in words.future_with_to and tokens.codes[at + 1 : at + 2] in (CODES["to"], CODES["for"]):
        return 1
    return -1 if _is_past(word, words) else 0


def _governed(tokens: Tokens, words: DateWords, at: int) -> bool:
    """Whether "to" looks ahead: "called on workers to", not "called itself a republic, began to"."""
    for word in reversed(tokens.words[max(0, at - 6) : at]):
        if word in words.future_governors:
            return True
        if _is_past(word, words):
            return False
    return False


def _is_past(word: str, words: DateWords) -> bool:
    return word in words.past or (word.endswith("ed") and len(word) > 3 and word not in words.no_past)
