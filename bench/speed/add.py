"""Time of adding 100 mentions to a record of a million that is linked, and of linking that record as a whole.

python -m bench.speed.add [MENTIONS]

The mentions are those of `bench.speed.link`. The record is on disk; what is added is stored and linked, and the time of
both counts.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from bench.accuracy.rows import Row
from bench.speed.link import MENTIONS, synthetic
from tocsin.datamodel import CodedDocument
from tocsin.pipeline import link_record
from tocsin.store.codings import add_coding
from tocsin.store.documents import add_document
from tocsin.store.guard import transaction
from tocsin.store.record import Record, open_record

ADDED, SECONDS, MEGABYTES = 100, 2.0, 6000.0
#: Documents of a transaction while the record is made: one each would take most of the time for the disk.
BATCH = 20_000


def fill(record: Record, documents: Iterator[CodedDocument]) -> None:
    """Write documents into a record, many in one transaction."""
    run = record.start_run("bench", "bench 1")
    while some := list(islice(documents, BATCH)):
        with transaction(record._database, record.name):
            for coded in some:
                stored = add_document(record._database, coded.document, run, None)
                add_coding(record._database, stored.key, coded.document, coded, run=run, coder="bench 1")


def grow(mentions: int) -> tuple[float, float, float, float]:
    """Return seconds to link the whole, peak MB, seconds to link what was added, and seconds to store and link it."""
    with tempfile.TemporaryDirectory() as folder, open_record(Path(folder) / "r") as record:
        told = (coded for _, coded in synthetic(mentions + ADDED))
        fill(record, islice(told, mentions))
        begun = time.perf_counter()
        link_record(record)
        whole = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        begun = time.perf_counter()
        run = record.start_run("bench", "bench 1")
        for coded in told:
            record.add(coded, run=run, coder="bench 1")
        stored = time.perf_counter()
        link_record(record)
        done = time.perf_counter()
    return whole, peak, done - stored, done - begun


def measure(mentions: int = MENTIONS) -> list[Row]:
    """Return the times, in a new process."""
    with get_context("spawn").Pool(1) as pool:
        whole, peak, linked, added = pool.apply(grow, (mentions,))
    data = f"record of {mentions:,} mentions"
    return [
        Row("add", data, "seconds to link all, from the file", whole, None),
        Row("add", data, "peak MB, at most", peak, MEGABYTES),
        Row("add", data, "seconds to link 100 more, at most", linked, SECONDS),
        Row("add", data, "seconds to store and link them, at most", added, SECONDS),
    ]


if __name__ == "__main__":
    for row in measure(int(sys.argv[1]) if len(sys.argv) > 1 else MENTIONS):
        print(f"{row.data:30} {row.measure:40} {row.value:10.3f}  target {row.target}")
