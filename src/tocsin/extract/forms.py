"""The form of a demonstration or strike, by the words that name it."""

from collections.abc import Sequence

from tocsin.codebook.forms import FormWords
from tocsin.datamodel import Span
from tocsin.extract.triggers import Token

#: How many words before the trigger still name it ("a silent candlelight vigil").
_BEFORE = 3


def read_form(tokens: Sequence[Token], trigger: Span, kind: str, words: FormWords) -> str | None:
    """Return the form that the words of a trigger tell, those right before it counted in, or None."""
    known = words.by_type.get(kind)
    if not known:
        return None
    named = [t.form for t in tokens if t.start < trigger.end and t.end > trigger.start]
    before = [t.form for t in tokens if t.end <= trigger.start][-_BEFORE:]
    for forms in (named, before + named):
        told = {" ".join(forms[i:j]) for i in range(len(forms)) for j in range(i + 1, len(forms) + 1)}
        for form, phrases in known.items():
            if told & phrases:
                return form
    return None
