"""Speed of importing a hand-coded table and of making a private export of it, with the memory they take.

python -m bench.speed.imports
"""

import resource
import tempfile
import time
from pathlib import Path

from bench.accuracy.rows import Row
from tocsin.exporting.files import ExportOptions, export_record
from tocsin.exporting.private import protected_record
from tocsin.importing import import_file
from tocsin.store.record import open_record

ROWS = 10_000
_HEADER = "id,start,type,place,country,participants,participant,arrested,notes\n"
_TOWNS = ("Minsk", "Brest", "Gomel", "Grodno", "Vitebsk", "Mogilev")


def measure() -> list[Row]:
    """Return rows imported, imported again and protected a second on one core, and the memory of all of it in MB."""
    with tempfile.TemporaryDirectory() as name, open_record(Path(name) / "r.tocsin") as record:
        table = Path(name) / "ours.csv"
        table.write_text(_HEADER + "".join(map(_row, range(ROWS))), encoding="utf-8")
        figures = []
        for what in ("rows imported a second", "rows found there again a second"):
            begun = time.perf_counter()
            import_file(table, record, "csv")
            figures.append((what, ROWS / (time.perf_counter() - begun)))
        begun = time.perf_counter()
        with protected_record(record) as (shown, _):
            figures.append(("rows protected a second", ROWS / (time.perf_counter() - begun)))
            export_record(shown, ExportOptions("csv", tables=("mentions",)), Path(name) / "public.csv")
        figures.append(("memory, MB, at most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    return [Row("imports", f"{ROWS:,} rows made up", what, value, None) for what, value in figures]


def _row(number: int) -> str:
    day = f"2020-{number % 12 + 1:02}-{number % 28 + 1:02}"
    town = _TOWNS[number % len(_TOWNS)]
    arrested = number % 40 or ""
    return f"r{number},{day},rally,{town},Belarus,about {number % 900 + 50},workers,{arrested},Workers met in {town}.\n"


if __name__ == "__main__":
    for row in measure():
        print(f"{row.data:24} {row.measure:36} {row.value:10.1f}")
