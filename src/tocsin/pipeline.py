"""The only file that joins the stages.

    1. read        sources -> verdicts with documents                 (read)
    2. code        documents -> mentions with claims                  (extract, with codebook and gazetteer)
    3. store       one transaction a document                         (store)

Coding is a pure function of the document, the program's version and the codebook: one process or many give the same
bytes.
"""

import itertools
import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tocsin.codebook.fingerprint import codebook_hash
from tocsin.codebook.loader import Codebook, load_codebook
from tocsin.datamodel import CodedDocument, Document, Mention
from tocsin.datamodel.coded import parse_document
from tocsin.datamodel.verdict import ReadVerdict
from tocsin.errors import TocsinError, UsageError
from tocsin.version import VERSION

#: Documents handed to a process at a time: with 600 words each about 10 ms of work, against 0.3 ms to hand them over.
CHUNK = 4
#: Chunks a process may be ahead of the reader of the results; more only costs memory.
AHEAD = 3


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides how documents are coded.

    Attributes:
        language: of the documents; only "en" so far.
        codebook: the user's folder of TOML files laid over the packaged codebook, or None.
    """

    language: str = "en"
    codebook: Path | None = None


@dataclass(frozen=True, slots=True)
class Resources:
    """What coding leans on, loaded once a process."""

    settings: Settings
    codebook: Codebook


@dataclass(frozen=True, slots=True)
class CodingFailure:
    """A document that could not be coded, and why in one line."""

    document: Document
    reason: str


def load_resources(settings: Settings = Settings()) -> Resources:
    """Return what coding leans on.

    Raises:
        UsageError: the language is not known.
        CodebookError: the user's codebook has faults.
        GazetteerError: the place index is missing or damaged.
    """
    if settings.language != "en":
        raise UsageError(f"language {settings.language!r}", "is not known", 'known is "en"')
    return Resources(settings, load_codebook(settings.codebook))


def coder_name(settings: Settings) -> str:
    """Return the name under which codings are stored: a document coded under it needs no second coding."""
    return f"rules {VERSION}, codebook {codebook_hash(settings.codebook)}"


def code_document(document: Document, resources: Resources) -> CodedDocument:
    """Return a document with its mentions."""
    return CodedDocument(document, _extract(document, resources))


def code_documents(
    documents: Iterable[Document], resources: Resources, *, processes: int = 1
) -> Iterator[CodedDocument]:
    """Yield each document with its mentions, in the order given, holding only a few in memory.

    Args:
        documents: read as they are needed.
        resources: from `load_resources`.
        processes: how many to work in; 1 is this one. The results are the same.

    Raises:
        TocsinError: a document cannot be coded.
    """
    for coded in attempt_documents(documents, resources, processes=processes):
        if isinstance(coded, CodingFailure):
            raise TocsinError(f"document {coded.document.id}", coded.reason)
        yield coded


def attempt_documents(
    documents: Iterable[Document], resources: Resources, *, processes: int = 1
) -> Iterator[CodedDocument | CodingFailure]:
    """Yield each document with its mentions, or the reason why it has none; one bad document stops nothing."""
    if processes < 1:
        raise UsageError(f"{processes} processes", "are too few", "ask for 1 or more")
    if processes == 1:
        for document in documents:
            yield _attempt(document, resources)
        return
    yield from _in_processes(documents, resources.settings, processes)


def read_sources(sources: Iterable[str]) -> Iterator[ReadVerdict]:
    """Yield a verdict for every source found, with its documents."""
    for source in sources:
        if source == "-":
            for line in sys.stdin.buffer:
                document = parse_document(json.loads(line))
                yield ReadVerdict(f"-, {document.id}", "read", "", (document,))
        else:
            document = Document(source, Path(source).read_text(encoding="utf-8"))
            yield ReadVerdict(source, "read", "", (document,))


def _extract(document: Document, resources: Resources) -> tuple[Mention, ...]:
    return ()


def _attempt(document: Document, resources: Resources) -> CodedDocument | CodingFailure:
    try:
        return code_document(document, resources)
    except (Exception, RecursionError) as error:  # the run goes on whatever a text does to a rule
        return CodingFailure(document, f"could not be coded ({type(error).__name__}: {error})".replace("\n", " "))


def _in_processes(
    documents: Iterable[Document], settings: Settings, processes: int
) -> Iterator[CodedDocument | CodingFailure]:
    # spawn: the parent may run threads (a progress bar), and every platform behaves the same.
    with ProcessPoolExecutor(processes, get_context("spawn"), _start_worker, (settings,)) as pool:
        waiting: deque[Future[list[CodedDocument | CodingFailure]]] = deque()
        try:
            for chunk in _chunks(documents, CHUNK):
                waiting.append(pool.submit(_work, chunk))
                if len(waiting) >= processes * AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise TocsinError(
                "coding", "a worker process died, most likely for want of memory", "use fewer processes and run again"
            ) from error
        finally:
            for future in waiting:
                future.cancel()


def _chunks(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    rest = iter(documents)
    while chunk := list(itertools.islice(rest, size)):
        yield chunk


_worker_code: Callable[[Document], CodedDocument | CodingFailure]


def _start_worker(settings: Settings) -> None:
    global _worker_code
    resources = load_resources(settings)
    _worker_code = lambda document: _attempt(document, resources)  # noqa: E731


def _work(chunk: list[Document]) -> list[CodedDocument | CodingFailure]:
    return [_worker_code(document) for document in chunk]
