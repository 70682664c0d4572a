"""Time and memory of writing a large record as tables.

python -m bench.speed.export [CLAIMS]

The record is made by a seeded generator: four claims a document, in two mentions, half of them said by a speaker; three
mentions an event. It is written straight into the record's tables, since coding is not what is measured here.
"""

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.accuracy.rows import Row
from tocsin.store.record import open_record

CLAIMS, EACH = 1_000_000, 4
#: Seconds and MB on two cores, for a million claims to Parquet.
SECONDS, MEGABYTES = 20.0, 1000.0
ATTRIBUTES = ("participants", "affected", "injured", "sites")
TYPES = ("demonstration", "detention", "strike", "riot")
PLACES = tuple((f"Town {n}", "BY", f"Region {n % 7}", 52 + n / 100, 24 + n / 50, 600000 + n) for n in range(300))
KINDS = ("police", "union", "government", "witness")
_SPAN = 'start, "end", quote'


def make_record(path: Path, claims: int, seed: int = 7) -> None:
    """Make a record with so many claims."""
    open_record(path).close()
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")
    database.execute("BEGIN")
    database.execute("INSERT INTO runs (started, program, coder, arguments) VALUES ('', 'bench', 'bench', '')")
    dice = random.Random(seed)
    documents = max(1, claims // EACH)
    for begin in range(0, documents, 10_000):
        rows: dict[str, list[tuple[Any, ...]]] = {}

        def put(table: str, *values: Any, rows: dict[str, list[tuple[Any, ...]]] = rows) -> None:
            rows.setdefault(table, []).append(values)

        for number in range(begin, min(begin + 10_000, documents)):
            _document(number, dice, put)
        for table, held in rows.items():
            database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(held[0]))})", held)  # noqa: S608
    database.execute("COMMIT")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def _document(number: int, dice: random.Random, put: Callable[..., None]) -> None:
    day = (date(2015, 1, 1) + timedelta(dice.randrange(3650))).isoformat()
    name = f"d{number:07}"
    sizes = [dice.randint(3, 90_000) for _ in range(EACH)]
    text = "".join(f"Some {size:,} people were told of by the union, number {n}. " for n, size in enumerate(sizes))
    put(
        "documents (id, name, text, text_hash, title, publisher, published, language, run)",
        f"doc-{number:016x}",
        name,
        text,
        f"{number:x}",
        f"Report {number}",
        f"Paper {dice.randrange(60)}",
        day,
        "en",
        1,
    )
    put("codings (id, document, coder, collection, run)", number + 1, f"doc-{number:016x}", "bench", 0, 1)
    at = 0
    for half in range(2):
        mention = f"m-{number * 2 + half:016x}"
        put(
            "mentions (id, document, type, modality, scope, date_start, date_end, date_precision, date_basis, means)",
            mention,
            f"doc-{number:016x}",
            dice.choice(TYPES),
            "occurred",
            "single",
            day,
            day,
            "day",
            "stated",
            "[]",
        )
        put("coding_mentions (coding, position, mention, name)", number + 1, half, mention, f"m{half}")
        place = dice.choice(PLACES)
        put("places (mention, position, name, country, admin1, lat, lon, geonameid)", mention, 0, *place)
        for position in range(EACH // 2):
            sentence = (
                f"Some {sizes[half * 2 + position]:,} people were told of by the union, number {half * 2 + position}."
            )
            begin = text.index(sentence, at)
            quote = sentence[: sentence.index(" were")]
            at = begin + len(sentence)
            put(
                f"evidence (mention, position, {_SPAN}, trigger_start, trigger_end, trigger_quote)",
                mention, position, begin, at, sentence, begin, begin + 4, "Some",
            )  # fmt: skip
            claim = f"c-{(number * 2 + half) * 2 + position:016x}"
            size = sizes[half * 2 + position]
            put(
                f"claims (id, mention, position, attribute, low, high, approx, {_SPAN})",
                claim, mention, position, dice.choice(ATTRIBUTES), size, size, 1, begin, begin + len(quote), quote,
            )  # fmt: skip
            if position:
                said = begin + sentence.index("the union")
                put(
                    f"speakers (claim, position, kind, {_SPAN})",
                    claim,
                    0,
                    dice.choice(KINDS),
                    said,
                    said + 9,
                    "the union",
                )
        event, first = divmod(number * 2 + half, 3)
        if not first:
            put("events (id, founder)", f"e-{event:016x}", mention)
        put("event_mentions (mention, event)", mention, f"e-{event:016x}")


def export(record: Path, form: str, *words: str) -> tuple[float, float, int]:
    """Return seconds and peak MB of `tocsin export` in a process of its own, and the bytes written."""
    out = record.with_name(f"out.{form}" if words else f"out-{form}.zip")
    script = "from tocsin.cli import main; main()"
    begun = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", script, "export", "--as", form, "--record", str(record), "-o", str(out), *words],
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begun
    if status:
        raise RuntimeError(f"tocsin export --as {form} ended with {status}")
    size = out.stat().st_size
    out.unlink()
    return seconds, used.ru_maxrss / 1024, size


def measure(claims: int = CLAIMS) -> list[Row]:
    """Return seconds and memory for each layout of the table of claims, and for all tables."""
    return list(_measured(claims))


def _measured(claims: int) -> Iterator[Row]:
    data, share = f"{claims:,} synthetic claims", claims / CLAIMS
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record.tocsin"
        make_record(record, claims)
        kinds: Sequence[tuple[str, tuple[str, ...]]] = [
            (form, ("--table", "claims")) for form in ("parquet", "csv", "jsonl")
        ]
        for form, words in kinds:
            seconds, peak, size = export(record, form, *words)
            target = (SECONDS * share, MEGABYTES) if form == "parquet" else (None, None)
            yield Row("export", data, f"{form}: seconds, at most", seconds, target[0])
            yield Row("export", data, f"{form}: peak memory in MB", peak, target[1])
            yield Row("export", data, f"{form}: MB written", size / 1e6, None)


if __name__ == "__main__":
    for row in measure(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS):
        print(f"{row.data:30} {row.measure:30} {row.value:10.2f}  target {row.target}")
