"""Sources to verdicts: the order of the steps of reading."""

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path
from typing import BinaryIO

from tocsin.datamodel.verdict import FAILED, REFUSED, ReadVerdict
from tocsin.read import formats
from tocsin.read.complete import complete, read_sidecar
from tocsin.read.fields import FieldError, Fields
from tocsin.read.options import MB, ReadOptions
from tocsin.read.parts import Part, crashed
from tocsin.read.sandbox import Sandbox
from tocsin.read.sources import Source, find_sources, why_not_open

_DEFAULTS = ReadOptions()


def read_sources(
    paths: Iterable[str | Path], *, options: ReadOptions = _DEFAULTS, stdin: BinaryIO | None = None
) -> Iterator[ReadVerdict]:
    """Yield a verdict for every document found, in the order of the paths, and for every one that could not be had.

    Nothing that a file holds raises or ends the run. Memory stays flat: archives, tables and JSON Lines are read part
    by part, and at most `options.workers` files are taken apart ahead of the caller.

    Args:
        paths: files, folders, and `-` for JSON Lines on standard input.
        options: what is known beforehand, and the limits.
        stdin: what `-` means; the process's standard input where None.
    """
    with ExitStack() as stack:
        sandboxes = cycle(
            stack.enter_context(Sandbox(seconds=options.parser_seconds, memory_mb=options.parser_memory_mb))
            for _ in range(max(1, options.workers))
        )
        # A file is given to a child before the verdicts on the one before are taken, so that children work while
        # the caller does. Each child has one file at a time: the one it had before is `workers` files back.
        begun: deque[Iterator[ReadVerdict]] = deque()
        for source in find_sources(paths):
            begun.append(_begin(source, next(sandboxes), options, stdin))
            if len(begun) >= max(1, options.workers):
                yield from begun.popleft()
        for verdicts in begun:
            yield from verdicts


def _begin(source: Source, sandbox: Sandbox, options: ReadOptions, stdin: BinaryIO | None) -> Iterator[ReadVerdict]:
    """Have a source's parsing begun where that is done in a child; return its verdicts, to be taken later."""
    if source.problem:
        return iter([ReadVerdict(source.name, source.status, source.problem)])
    if source.path is None:
        stream = stdin or sys.stdin.buffer
        parser = formats.BY_NAME["jsonl"].parse
        return _verdicts(source.name, parser(stream, limit=options.max_bytes), options, Fields({}))
    try:
        chosen = _choose(source, source.path, options)
    except OSError as error:
        return iter([ReadVerdict(source.name, FAILED, why_not_open(error))])
    if isinstance(chosen, ReadVerdict):
        return iter([chosen])
    try:
        fields = read_sidecar(source.path)
    except FieldError as error:
        return iter([ReadVerdict(source.name, FAILED, f"its sidecar {error}; mend it")])
    if chosen.foreign:
        sandbox.order(chosen.name, source.path, limit=options.max_bytes)
        return _verdicts(source.name, sandbox.answers(), options, fields)
    return _verdicts(source.name, _own_parts(chosen, source.path, options), options, fields)


def _choose(source: Source, path: Path, options: ReadOptions) -> formats.Format | ReadVerdict:
    """Return the format of a file, or the verdict that ends it here."""
    with path.open("rb") as stream:
        head = stream.read(formats.HEAD)
    if not head:
        return ReadVerdict(source.name, FAILED, "is empty; fetch it again")
    chosen = formats.choose(path.name, head)
    if isinstance(chosen, str):
        return ReadVerdict(source.name, REFUSED, chosen)
    size = path.stat().st_size
    if chosen.single and size > options.max_bytes:
        reason = f"has {size / MB:.1f} MB, the limit is {options.max_mb:g} MB; split it, or raise the limit (--max-mb)"
        return ReadVerdict(source.name, REFUSED, reason)
    return chosen


def _own_parts(chosen: formats.Format, path: Path, options: ReadOptions) -> Iterator[Part]:
    """Yield the parts of a file whose format is safe to parse in this process."""
    try:
        with path.open("rb") as stream:
            yield from chosen.parse(stream, limit=options.max_bytes)
    except OSError as error:
        yield Part("", FAILED, why_not_open(error))
    except Exception as error:  # whatever a file holds, the next one is read
        yield crashed(error)


def _verdicts(name: str, parts: Iterator[Part], options: ReadOptions, sidecar: Fields) -> Iterator[ReadVerdict]:
    empty = True
    for part in parts:
        empty = False
        source = f"{name}, {part.where}" if part.where else name
        if part.document is None:
            yield ReadVerdict(source, part.status, part.reason)
            continue
        document = complete(part.document, options, sidecar.values)
        note = "; ".join(filter(None, (part.reason, f"sidecar: {sidecar.note}" if sidecar.note else "")))
        yield ReadVerdict(source, part.status, note, (document,))
    if empty:
        yield ReadVerdict(name, FAILED, "holds no document; check how it was made")
