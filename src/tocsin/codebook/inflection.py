"""The inflected forms of an English word, so that a codebook names each word once."""

import itertools

_IRREGULAR = {
    "beat": "beat beats beating beaten",
    "begin": "begin begins began begun beginning",
    "break": "break breaks broke broken breaking",
    "burn": "burn burns burned burnt burning",
    "carr": "carry carries carried carrying",
    "come": "come comes came coming",
    "fight": "fight fights fought fighting",
    "flee": "flee flees fled fleeing",
    "find": "find finds found finding",
    "found": "found founds founded founding",
    "freeze": "freeze freezes froze frozen freezing",
    "give": "give gives gave given giving",
    "gave": "give gives gave given giving",
    "hold": "hold holds held holding",
    "lay": "lay lays laid laying",
    "lend": "lend lends lent lending",
    "shoot": "shoot shoots shot shooting",
    "stand": "stand stands stood standing",
    "strike": "strike strikes struck striking",
    "throw": "throw throws threw thrown throwing",
    "withdr": "withdraw withdraws withdrew withdrawn withdrawing withdrawal withdrawals",
    "go-slow": "go-slow go-slows",
    "fine": "fine fines",
}
# Words that are cut to a stem in the codebook ("demonstrat~", "terminat~") take these endings.
_STEM_ENDINGS = ("e", "es", "ed", "ing", "ion", "ions", "s", "y", "ies", "ied")
_DOUBLED = "abcdefghijklmnopqrtuvz"
_VOWELS = "aeiou"


def inflected(word: str) -> tuple[str, ...]:
    """Return the forms that `word` takes as a verb or noun.

    Regular endings are formed by rule, irregular verbs are listed. A cut stem ("demonstrat") gets the endings of
    verb and noun in -e and -ion. Forms that do not exist cost nothing: no text holds them.
    """
    if word in _IRREGULAR:
        return tuple(_IRREGULAR[word].split())
    forms = {word, word + "s", word + "ed", word + "ing"}
    if word.endswith("e"):
        forms |= {word + "d", word[:-1] + "ing"}
    elif word.endswith("y") and word[-2:-1] not in _VOWELS:
        forms |= {word[:-1] + "ies", word[:-1] + "ied"}
    else:
        forms |= {word + ending for ending in _STEM_ENDINGS}
        if word[-1] in _DOUBLED and word[-2:-1] in _VOWELS:
            forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return tuple(sorted(forms))


def spread(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Return every word sequence that a phrase stands for: `~` behind a word means any of its forms."""
    options = [inflected(word[:-1]) if word.endswith("~") else (word,) for word in phrase.split()]
    return tuple(itertools.product(*options))
