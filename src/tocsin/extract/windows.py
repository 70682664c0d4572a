"""A document as windows of tokens, as the tagger reads it.

A window is `[CLS] title [SEP]`, then sentences, each opened by a marker token, then `[SEP]`. A document of up to about
270 words is one window; a longer one is cut between sentences, and every window after the first begins with the
last sentences of the one before, so that each sentence is read with what led to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from tocsin.datamodel import Span

CLS, SEP, MARK, MASK = 101, 102, 2, 103  # of the BERT vocabulary; MARK is [unused1]


@dataclass(frozen=True, slots=True)
class WindowSize:
    """How a document is cut; chosen on the development set (docs/model-experiments.md).

    Attributes:
        tokens: the most tokens a window holds.
        title: the most tokens of the title.
        context: the most tokens of earlier sentences that a window repeats.
        sentence: a sentence of more tokens is cut into parts.
    """

    tokens: int = 384
    title: int = 32
    context: int = 64
    sentence: int = 192


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a document as tokens.

    Attributes:
        ids: the vocabulary's numbers.
        starts, ends: code points in the document's text, -1 for tokens that are not of the text.
        sentences: for each token the index of its sentence, -1 for the title and the frame.
        marks: positions of the marker tokens.
        own: the first position whose reading counts; what stands before was read by the window before.
    """

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[int, ...]
    marks: tuple[int, ...]
    own: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence, or a part of a very long one, as tokens."""

    sentence: int
    ids: list[int]
    starts: list[int]
    ends: list[int]


def cut(
    tokenizer: Tokenizer, text: str, sentences: Sequence[Span], title: str, *, size: WindowSize | None = None
) -> Iterator[Window]:
    """Yield the windows of a document, in order.

    Args:
        tokenizer: of the model's vocabulary, without truncation or padding.
        text: the document's text.
        sentences: its sentences, in order, not overlapping.
        title: its title; may be empty.
        size: how to cut.
    """
    size = size or WindowSize()
    parts = _parts(tokenizer, text, sentences, size.sentence)
    head = tokenizer.encode(title, add_special_tokens=False).ids[: size.title]
    room = size.tokens - len(head) - 3
    first = 0
    while first < len(parts):
        start = _context_start(parts, first, size.context)
        end, used = first, sum(len(part.ids) + 1 for part in parts[start:first])
        while end < len(parts) and (end == first or used + len(parts[end].ids) + 1 <= room):
            used += len(parts[end].ids) + 1
            end += 1
        yield frame(head, parts[start:end], first - start)
        first = end


def frame(head: list[int], parts: Sequence[_Part], context: int) -> Window:
    """Return the window of a title and parts, of which the first `context` are repeated ones."""
    ids = [CLS, *head, SEP]
    starts, ends, index = [-1] * len(ids), [-1] * len(ids), [-1] * len(ids)
    marks, own = [], len(ids)
    for number, part in enumerate(parts):
        if number == context:
            own = len(ids)
        marks.append(len(ids))
        ids += [MARK, *part.ids]
        starts += [-1, *part.starts]
        ends += [-1, *part.ends]
        index += [part.sentence] * (len(part.ids) + 1)
    return Window(
        (*ids, SEP), (*starts, -1), (*ends, -1), (*index, -1), tuple(marks), own if len(parts) > context else len(ids)
    )


def _parts(tokenizer: Tokenizer, text: str, sentences: Sequence[Span], longest: int) -> list[_Part]:
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids, offsets = encoding.ids, encoding.offsets
    parts, at = [], 0
    for number, sentence in enumerate(sentences):
        while at < len(ids) and offsets[at][0] < sentence.start:
            at += 1
        begin = at
        while at < len(ids) and offsets[at][0] < sentence.end:
            at += 1
        for i in range(begin, at, longest):
            end = min(i + longest, at)
            parts.append(_Part(number, ids[i:end], [o[0] for o in offsets[i:end]], [o[1] for o in offsets[i:end]]))
    return parts


def _context_start(parts: Sequence[_Part], first: int, most: int) -> int:
    start, used = first, 0
    while start > 0 and used + len(parts[start - 1].ids) + 1 <= most:
        start -= 1
        used += len(parts[start].ids) + 1
    return start
