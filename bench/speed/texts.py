"""Documents of one length, to be coded against the clock: all of them in scope, or few of a stream of news."""

import json
from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path

from tocsin.datamodel import Document
from tocsin.datamodel.coded import parse_document
from tocsin.examples import example_folder
from tocsin.read import read_sources

TRAIN = Path(__file__).parents[3] / "shared" / "gold" / "train"


def documents(count: int, *, words: int = 600) -> Iterator[Document]:
    """Yield documents of about that many words, each with a name in it that no other one has.

    The texts are those of the training documents where they are there, else of the examples. The names keep a memory
    of words seen from looking faster, or smaller, than it is on new texts.

    Args:
        count: how many.
        words: of each, to the end of a document or a paragraph.
    """
    yield from _joined(cycle(_pieces()), range(count), words)


def stream(count: int, *, words: int = 600, every: int = 20) -> Iterator[Document]:
    """Yield documents of about that many words of which one in so many is in scope; the others are real news.

    Args:
        count: how many.
        words: of each.
        every: the first, and then each of this many, is in scope.

    Raises:
        FileNotFoundError: the real news is not there.
    """
    inside = _joined(cycle(_pieces()), range(0, count, every), words)
    outside = _joined(cycle(_news()), range(count), words)
    for n in range(count):
        other = next(outside)
        yield other if n % every else next(inside)


def _joined(pieces: Iterator[Document], numbers: Iterable[int], words: int) -> Iterator[Document]:
    for n in numbers:
        texts, length, first = [], 0, None
        while length < words:
            piece = next(pieces)
            first = first or piece
            rest = words - length
            text = piece.text if len(piece.text.split()) <= rest * 1.2 else " ".join(piece.text.split(" ")[:rest])
            texts.append(text)
            length += len(text.split())
        assert first is not None
        texts.append(f"A resident, {_name(n)}, watched from a balcony in {_name(n + 7919)}.")
        yield Document(f"bench-{n}", "\n\n".join(texts), first.title, first.publisher, first.published)


def _news() -> list[Document]:
    with (TRAIN / "real-empty.jsonl").open(encoding="utf-8") as lines:
        return [parse_document(json.loads(line)["document"]) for line in lines]


def _pieces() -> list[Document]:
    if TRAIN.is_dir():
        files = sorted(TRAIN.glob("train-*.json"))
        return [parse_document(json.loads(file.read_text(encoding="utf-8"))["document"]) for file in files]
    return [document for verdict in read_sources([example_folder()]) for document in verdict.documents]


def _name(n: int) -> str:
    letters = "aeiou", "bdgklmnrstvz"
    name = ""
    for place in range(6):
        n, at = divmod(n, len(letters[place % 2]))
        name = letters[place % 2][at] + name
    return name.capitalize() + "ov"
