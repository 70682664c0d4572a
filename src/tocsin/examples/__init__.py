"""Where the example reports lie, in a checkout as in an installed package."""

from pathlib import Path

from tocsin.errors import UsageError

# In the wheel the reports lie beside this file; in a checkout they live once, in examples/ at its root.
_HERE = Path(__file__).parent
_HOMES = (_HERE, _HERE.parents[2] / "examples")


def example_folder(name: str = "belarus-2020") -> Path:
    """Return the folder of one set of example reports.

    Args:
        name: name of the set.

    Raises:
        UsageError: there is no such set, or the installation lacks it.
    """
    for home in _HOMES:
        if (home / name).is_dir():
            return home / name
    raise UsageError(f"example reports {name!r}", "are not in this installation", "install tocsin again from its wheel")
