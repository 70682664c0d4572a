"""All figures of speed and memory, one table.

python -m bench.speed [TASK...]

Every module of this folder that has a function `measure` is a task; `python -m bench.speed documents start` runs two.
"""

import importlib
import pkgutil
import sys
from pathlib import Path

from bench.accuracy.rows import Row

#: Modules of this folder that measure nothing themselves.
HELPERS = ("__main__", "texts")
#: In these measures less is better.
AT_MOST = ("at most", "longest", "twice", "ms per KB", "ms to open", "memory")


def main(names: list[str]) -> None:
    """Measure and print; what misses its target has a star."""
    found = sorted(m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)]) if m.name not in HELPERS)
    for name in names or found:
        for row in importlib.import_module(f"bench.speed.{name}").measure():
            print(_line(row), flush=True)


def _line(row: Row) -> str:
    target, missed = "", ""
    if row.target is not None:
        less = any(words in row.measure for words in AT_MOST)
        target = f"{'<=' if less else '>='} {row.target:g}"
        missed = " *" if (row.value > row.target if less else row.value < row.target) else ""
    return f"{row.task:10} {row.data:32} {row.measure:40} {row.value:9.2f}  {target}{missed}"


if __name__ == "__main__":
    main(sys.argv[1:])
