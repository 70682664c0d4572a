"""Whether documents are read whole where they should be, and only there.

python -m bench.accuracy.first_look [EVERY]

With a number, one in so many training documents is looked at: a fifth of a second each is long for 700.
"""

import sys
from collections.abc import Iterable

from bench.accuracy.numbers import SHARED
from bench.accuracy.rows import Row
from tocsin.datamodel import CodedDocument, Document, Span
from tocsin.datamodel.coded import read
from tocsin.extract.first_look import is_worth_reading
from tocsin.extract.scope import read_scope_of_text
from tocsin.extract.sentences import split_sentences
from tocsin.extract.tokens import tokenize
from tocsin.extract.triggers import find_triggers
from tocsin.pipeline import Resources, load_resources

#: Share of the documents with happenings that must be read whole.
RECALL = 0.99


def is_read(document: Document, resources: Resources) -> tuple[bool, bool]:
    """Return whether a document is worth a closer look by its words alone, and whether it is read whole."""
    codebook, tagger = resources.codebook, resources.tagger
    assert tagger is not None
    sentences = split_sentences(document.text)
    tokens = tuple(map(tokenize, sentences))
    triggers = [
        find_triggers(document.text, sentence, codebook.triggers, tokens=words)
        for sentence, words in zip(sentences, tokens, strict=True)
    ]
    title = tokenize(Span(0, len(document.title), document.title)) if document.title else None
    scope = read_scope_of_text(title, tokens, triggers, codebook.scope)
    whole = is_worth_reading(document.title, sentences, tokens, triggers, scope, codebook.scope, tagger)
    return scope.may_hold, whole


def measure(every: int = 1) -> list[Row]:
    """Return the share of documents with happenings that are read, and of those without that are not."""
    resources = load_resources()
    dev, train = (list(read(SHARED / "gold" / part, strict=False)) for part in ("dev", "train"))
    real = [one for one in train if one.document.id.startswith("wikinews-")]
    train = [one for one in train if one not in real]
    rows = []
    for name, documents in (("gold/dev", dev), ("gold/train", train[::every]), ("gold/train, real", real[::every])):
        told, silent = ([one for one in documents if bool(one.mentions) is has] for has in (True, False))
        rows += _rows(name, "with happenings", "read", told, resources) if told else []
        rows += _rows(name, "without", "left", silent, resources) if silent else []
    return rows


def _rows(name: str, kind: str, done: str, documents: Iterable[CodedDocument], resources: Resources) -> list[Row]:
    found = [is_read(one.document, resources) for one in documents]
    wanted = done == "read"
    by_words, whole = (sum(one[at] is wanted for one in found) / len(found) for at in (0, 1))
    target = RECALL if wanted else None
    return [
        Row("first look", name, f"{len(found)} {kind}: {done} by words", by_words, target),
        Row("first look", name, f"{len(found)} {kind}: {done}", whole, target),
    ]


if __name__ == "__main__":
    for row in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
        print(f"{row.data:20} {row.measure:48} {row.value:.3f}")
