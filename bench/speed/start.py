"""From start to first result of the command line.

python -m bench.speed.start
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.accuracy.rows import Row
from bench.speed.texts import documents

#: Seconds from the start of `tocsin code FILE` to the first byte of its answer.
TARGET = 1.5
TIMES = 7


def measure() -> list[Row]:
    """Return the median seconds of several starts, files in the system's cache."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "one.txt"
        file.write_text(next(documents(1)).text, encoding="utf-8")
        for words, target in ((["code", str(file)], TARGET), (["--help"], None)):
            seconds = [_first_byte(words) for _ in range(TIMES + 1)][1:]
            name = " ".join(words[:1])
            rows.append(
                Row("start", f"tocsin {name}", "seconds to the first byte, at most", statistics.median(seconds), target)
            )
    return rows


def _first_byte(words: list[str]) -> float:
    # As after an installation: compiled modules are kept.
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    command = [str(Path(sys.executable).with_name("tocsin")), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=settings) as child:
        assert child.stdout is not None
        assert child.stdout.read(1)
        taken = time.perf_counter() - begun
        child.stdout.read()
    return taken


if __name__ == "__main__":
    for row in measure():
        print(f"{row.data:20} {row.measure} {row.value:.2f}")
