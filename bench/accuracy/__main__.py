"""All figures of accuracy, one table.

python -m bench.accuracy [TASK...] [--markdown]
"""

import importlib
import pkgutil
import sys
from pathlib import Path

from bench.accuracy.rows import Row

#: Modules of this folder that measure nothing themselves.
HELPERS = ("__main__", "rows")


def tasks() -> list[str]:
    """Return the names of the modules that measure a task."""
    return sorted(
        module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]) if module.name not in HELPERS
    )


def rows(names: list[str]) -> list[Row]:
    """Return the figures of these tasks."""
    return [row for name in names for row in importlib.import_module(f"bench.accuracy.{name}").measure()]


def table(found: list[Row], markdown: bool) -> str:
    """Return the figures as lines, those that miss their target marked."""
    cells = [("task", "data", "measure", "value", "target")]
    for row in found:
        target = "" if row.target is None else f"{row.target:.2f}"
        missed = " *" if row.target is not None and row.value < row.target else ""
        cells.append((row.task, row.data, row.measure, f"{row.value:.3f}{missed}", target))
    if markdown:
        lines = ["| " + " | ".join(line) + " |" for line in cells]
        return "\n".join([lines[0], "|---" * 5 + "|", *lines[1:]])
    widths = [max(len(line[k]) for line in cells) for k in range(5)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)


if __name__ == "__main__":
    wanted = [name for name in sys.argv[1:] if not name.startswith("-")]
    print(table(rows(wanted or tasks()), "--markdown" in sys.argv))
