"""Speed of coding with the trained tagger: text in scope, a stream of news, loading, memory.

python -m bench.speed.tagger
"""

import time

from bench.accuracy.rows import Row
from bench.speed.documents import in_new_process, peak_memory, rate, steps
from bench.speed.texts import TRAIN, documents, stream
from tocsin.datamodel import Document
from tocsin.pipeline import Settings, code_documents, load_resources

TAGGER = Settings()
COUNT, WORDS = 60, 600
EVERY = 20
#: Documents a second on two processes: all of them in scope, and one in twenty.
IN_SCOPE, STREAM = 25.0, 300.0
#: Milliseconds in which the tagger loads, and MB that a process may come to.
LOAD, PEAK = 400.0, 700.0
#: How often the tagger is loaded, each time in a new process; the median counts.
LOADS = 5


def measure() -> list[Row]:
    """Return documents a second and processor time of each, shares of the steps, time to load, memory."""
    rows = _speed(f"{COUNT} documents of {WORDS} words", list(documents(COUNT, words=WORDS)), IN_SCOPE)
    if TRAIN.is_dir():
        news = list(stream(COUNT * 4, words=WORDS, every=EVERY))
        rows += _speed(f"the same, 1 in {EVERY} in scope", news, STREAM)
    loads = sorted(in_new_process(_load) for _ in range(LOADS))
    rows.append(Row("tagger", "files in memory", "ms to open, at most", loads[LOADS // 2][0], LOAD))
    rows.append(Row("tagger", "the same", "libraries before, ms to open", loads[LOADS // 2][1], None))
    peak, settled = in_new_process(_memory)
    rows.append(Row("tagger", f"{COUNT} documents of {WORDS} words", "memory of one process at most, MB", peak, PEAK))
    rows.append(Row("tagger", "the same", "memory after the first, MB", settled, None))
    return rows


def _speed(data: str, texts: list[Document], target: float) -> list[Row]:
    rows = [
        Row("tagger", data, f"a second on {n} process{'es' * (n > 1)}", rate(texts, TAGGER, n), least)
        for n, least in ((2, target), (1, None))
    ]
    milliseconds, shares = steps(texts, TAGGER)
    rows.append(Row("tagger", data, "ms of processor time each, at most", milliseconds, 2000 / target))
    # "read" holds "_run", the network alone; "is_worth_reading" holds what of it is a look.
    return rows + [Row("tagger", "the same", f"share of {name}", share, None) for name, share in shares]


def _load() -> tuple[float, float]:
    """Return the milliseconds of the clock that the tagger takes to load, and its libraries before it."""
    begun = time.perf_counter()
    import onnxruntime  # noqa: F401  # what is measured
    import tokenizers  # noqa: F401

    from tocsin.extract.tagger import load_tagger

    imported = time.perf_counter()
    load_tagger()
    return 1000 * (time.perf_counter() - imported), 1000 * (imported - begun)


def _memory() -> tuple[float, float]:
    """Return the peak in MB after all documents, and after the first."""
    settled = 0.0
    for n, _ in enumerate(code_documents(documents(COUNT, words=WORDS), load_resources(TAGGER))):
        settled = settled if n else peak_memory()
    return peak_memory(), settled


if __name__ == "__main__":
    for row in measure():
        print(f"{row.measure:40} {row.value:9.2f}  {row.data}")
