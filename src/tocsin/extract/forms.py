"""The form of a demonstration or strike, by the words that name it."""

from tocsin.codebook.forms import FormWords
from tocsin.datamodel import Span
from tocsin.extract.tokens import Tokens

#: How many words before the trigger still name it ("a silent candlelight vigil").
_BEFORE = 3


def read_form(tokens: Tokens, trigger: Span, kind: str, words: FormWords) -> str | None:
    """Return the form that the words of a trigger tell, those right before it counted in, or None."""
    known = words.by_type.get(kind)
    if not known:
        return None
    first = tokens.before(trigger.start)
    named = tokens.forms[first : tokens.behind(trigger.end)]
    before = tokens.forms[max(0, first - _BEFORE) : first]
    for forms in (named, before + named):
        told = {" ".join(forms[i:j]) for i in range(len(forms)) for j in range(i + 1, len(forms) + 1)}
        for form, phrases in known.items():
            if told & phrases:
                return form
    return None
