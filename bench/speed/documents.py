"""Speed of coding whole documents by rules alone, the share of each step, and memory; the tagger's is in tagger.py.

python -m bench.speed.documents
"""

import resource
import time
from collections import Counter
from collections.abc import Callable
from functools import wraps
from multiprocessing import get_context
from types import FunctionType
from typing import Any

from bench.accuracy.rows import Row
from bench.speed.texts import documents
from tocsin.datamodel import Document
from tocsin.extract import assemble
from tocsin.pipeline import Resources, Settings, code_document, code_documents, load_resources

RULES = Settings(extractor="rules")
COUNT, WORDS = 400, 600
DATA = f"{COUNT} documents of {WORDS} words"
#: Documents a second on two processes.
TARGET = 100.0
#: Documents of the test of memory, where the first ones have filled what is kept, and MB it may grow after that.
MANY, SETTLED, GROWTH = 10_000, 2_000, 8.0


def measure() -> list[Row]:
    """Return documents a second on one process and two, shares of the steps, memory."""
    rows = [
        Row("documents", DATA, f"a second on {processes} process{'es' * (processes > 1)}", per_second, target)
        for processes, target in ((2, TARGET), (1, None))
        if (per_second := rate(list(documents(COUNT, words=WORDS)), RULES, processes))
    ]
    milliseconds, shares = steps(list(documents(COUNT // 4, words=WORDS)), RULES)
    rows.append(Row("documents", DATA, "ms of processor time each, at most", milliseconds, 2000 / TARGET))
    rows += [Row("documents", "the same", f"share of {name}", share, None) for name, share in shares]
    peak, growth = in_new_process(_memory)
    rows.append(Row("memory", f"{MANY:,} documents", "peak of one process, MB", peak, None))
    rows.append(Row("memory", f"documents {SETTLED:,} to {MANY:,}", "growth at most, MB", growth, GROWTH))
    return rows


def rate(texts: list[Document], settings: Settings, processes: int) -> float:
    """Return documents a second from the first result on: a long run is measured, its start elsewhere."""
    results = code_documents(texts, load_resources(settings), processes=processes)
    next(results)
    begun = time.perf_counter()
    return sum(1 for _ in results) / (time.perf_counter() - begun)


def steps(texts: list[Document], settings: Settings) -> tuple[float, list[tuple[str, float]]]:
    """Return the processor time of a document in ms, and the share of it in each function that `assemble` joins.

    Processor time tells more than the clock where other programs run.
    """
    spent: Counter[str] = Counter()

    def timed(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(step)
        def run(*given: Any, **named: Any) -> Any:
            begun = time.process_time()
            try:
                return step(*given, **named)
            finally:
                spent[name] += time.process_time() - begun  # type: ignore[assignment]

        return run

    parts: list[tuple[Any, str]] = [
        (assemble, name)
        for name, value in vars(assemble).items()
        if isinstance(value, FunctionType)
        and value.__module__ != assemble.__name__
        and "tocsin.extract" in value.__module__
    ]
    if settings.extractor != RULES.extractor:
        from tocsin.extract import by_tagger  # as heavy as what it measures
        from tocsin.extract.tagger import Tagger

        parts += [(by_tagger, "draft_by_tagger"), (Tagger, "read"), (Tagger, "_run")]
    resources = load_resources(settings)
    alone = _coded_in(texts, resources)
    for owner, name in parts:
        setattr(owner, name, timed(name, getattr(owner, name)))
    whole = _coded_in(texts, resources)
    for owner, name in parts:
        setattr(owner, name, getattr(owner, name).__wrapped__)
    shares = [(name, seconds / whole) for name, seconds in spent.most_common() if seconds / whole >= 0.005]
    return 1000 * alone / len(texts), shares


def _coded_in(texts: list[Document], resources: Resources) -> float:
    """Return the seconds of processor time that coding takes."""
    begun = time.process_time()
    for text in texts:
        code_document(text, resources)
    return time.process_time() - begun


def _memory() -> tuple[float, float]:
    """Return the peak in MB, and how much of it came after the first documents."""
    settled = 0.0
    for n, _ in enumerate(code_documents(documents(MANY, words=WORDS // 10), load_resources(RULES))):
        if n == SETTLED:
            settled = peak_memory()
    return peak_memory(), peak_memory() - settled


def peak_memory() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_new_process(work: Callable[[], tuple[float, float]]) -> tuple[float, float]:
    """Return what a function returns in a process that has done nothing before."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(work)


if __name__ == "__main__":
    for row in measure():
        print(f"{row.measure:36} {row.value:9.2f}  {row.data}")
