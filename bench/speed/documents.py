"""Speed of coding whole documents, the share of each step, and memory.

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
from tocsin.pipeline import Resources, code_document, code_documents, load_resources

COUNT, WORDS = 400, 600
DATA = f"{COUNT} documents of {WORDS} words"
#: Documents a second on two processes.
TARGET = 100.0
#: Documents of the test of memory, where the first ones have filled what is kept, and MB it may grow after that.
MANY, SETTLED, GROWTH = 10_000, 2_000, 8.0


def measure() -> list[Row]:
    """Return documents a second on one process and two, shares of the steps, memory."""
    rows = [
        Row("documents", DATA, f"a second on {processes} process{'es' * (processes > 1)}", _rate(processes), target)
        for processes, target in ((2, TARGET), (1, None))
    ]
    milliseconds, shares = _steps()
    rows.append(Row("documents", DATA, "ms of processor time each, at most", milliseconds, 2000 / TARGET))
    rows += [Row("documents", "the same", f"share of {name}", share, None) for name, share in shares]
    peak, growth = _in_new_process(_memory)
    rows.append(Row("memory", f"{MANY:,} documents", "peak of one process, MB", peak, None))
    rows.append(Row("memory", f"documents {SETTLED:,} to {MANY:,}", "growth at most, MB", growth, GROWTH))
    return rows


def _rate(processes: int) -> float:
    """Return documents a second from the first result on: a long run is measured, its start elsewhere."""
    texts = list(documents(COUNT, words=WORDS))
    results = code_documents(texts, load_resources(), processes=processes)
    next(results)
    begun = time.perf_counter()
    return sum(1 for _ in results) / (time.perf_counter() - begun)


def _steps() -> tuple[float, list[tuple[str, float]]]:
    """Return the processor time of a document, and the share of it in each function that `assemble` joins.

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

    steps = {
        name: value
        for name, value in vars(assemble).items()
        if isinstance(value, FunctionType)
        and value.__module__ != assemble.__name__
        and "tocsin.extract" in value.__module__
    }
    texts = list(documents(COUNT // 4, words=WORDS))
    resources = load_resources()
    alone = _coded_in(texts, resources)
    for name, step in steps.items():
        setattr(assemble, name, timed(name, step))
    whole = _coded_in(texts, resources)
    for name, step in steps.items():
        setattr(assemble, name, step)
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
    for n, _ in enumerate(code_documents(documents(MANY, words=WORDS // 10), load_resources())):
        if n == SETTLED:
            settled = _peak()
    return _peak(), _peak() - settled


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _in_new_process(work: Callable[[], tuple[float, float]]) -> tuple[float, float]:
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(work)


if __name__ == "__main__":
    for row in measure():
        print(f"{row.measure:36} {row.value:9.2f}  {row.data}")
