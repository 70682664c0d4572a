"""Work spread over processes or threads, its results in the order of the items, little in memory."""

import gc
import itertools
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

from tocsin.errors import TocsinError

T = TypeVar("T")
R = TypeVar("R")

#: Items handed over at a time: four documents of 600 words are some 40 ms of work, and 0.3 ms to hand over.
CHUNK = 4
#: Chunks a process may be ahead of whoever takes the results; more only costs memory.
AHEAD = 3
#: Objects made, less those freed, before a working process looks for garbage. Coding leaves next to no cycles behind,
#: and looking after every 700, as by default, takes 4 % of its time.
_GARBAGE = 20_000


def map_in_order(work: Callable[[tuple[T, ...]], tuple[R, ...]], items: Iterable[T], *, processes: int) -> Iterator[R]:
    """Yield the results of the items in their order.

    Args:
        work: what is done with a few items at a time; for more than one process it must be picklable.
        items: taken as they are needed.
        processes: how many to work in; 1 is this one.

    Raises:
        TocsinError: a process died.
    """
    if processes == 1:
        for item in items:
            yield from work((item,))
        return
    # spawn: the parent may run threads (a progress bar), and every platform behaves the same.
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_set_up_process) as pool:
        waiting: deque[Future[tuple[R, ...]]] = deque()
        rest = iter(items)
        try:
            while chunk := tuple(itertools.islice(rest, CHUNK)):
                waiting.append(pool.submit(work, chunk))
                if len(waiting) >= processes * AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise TocsinError(
                "coding", "a process died, most likely for want of memory", "run again with fewer --processes"
            ) from error
        finally:
            for future in waiting:
                future.cancel()


def map_in_threads(work: Callable[[T], R], items: Iterable[T], *, threads: int) -> Iterator[R]:
    """Yield the results of the items in their order; for work that mostly waits.

    Args:
        work: what is done with one item; the first error ends all, those in flight are not waited for.
        items: taken as they are needed, in the calling thread.
        threads: how many to work in.
    """
    tasks: SimpleQueue[tuple[Future[R], T] | None] = SimpleQueue()
    waiting: deque[Future[R]] = deque()
    for _ in range(threads):
        # A thread that waits for a server must not keep an interrupted program alive, as those of a pool would.
        Thread(target=_serve, args=(work, tasks), daemon=True).start()
    try:
        for item in items:
            waiting.append(Future())
            tasks.put((waiting[-1], item))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
        for _ in range(threads):
            tasks.put(None)


def _serve(work: Callable[[T], R], tasks: "SimpleQueue[tuple[Future[R], T] | None]") -> None:
    while (task := tasks.get()) is not None:
        future, item = task
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(work(item))
            except BaseException as error:
                future.set_exception(error)


def _set_up_process() -> None:
    """Leave interrupts to the parent, and look for garbage seldom."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_GARBAGE)
