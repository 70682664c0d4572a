"""Reading TOML tables so that every fault is reported with its file and key, not only the first."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from tocsin.errors import CodebookError

#: Added to a list's key in a user's file, the list is added to the packaged one instead of replacing it.
EXTEND = "+"

T = TypeVar("T")


@dataclass
class Faults:
    """What is wrong with a codebook, one line a fault."""

    lines: list[str] = field(default_factory=list)

    def add(self, where: str, problem: str) -> None:
        """Note a fault at `where`, a file and key."""
        closed = where + "]" if "[" in where and not where.endswith("]") else where
        self.lines.append(f"{closed}: {problem}")

    def raise_any(self) -> None:
        """Raise CodebookError with all faults, if there are any."""
        if self.lines:
            count = f"{len(self.lines)} fault" + ("" if len(self.lines) == 1 else "s")
            raise CodebookError("codebook", f"{count}\n  " + "\n  ".join(self.lines), "mend them")


class Table:
    """One TOML table with typed access; what does not fit is a fault and reads as empty.

    Args:
        raw: the parsed table.
        where: file and key, for messages.
        faults: where faults are noted.
    """

    def __init__(self, raw: Mapping[str, Any], where: str, faults: Faults) -> None:
        self.raw = raw
        self.where = where
        self.faults = faults

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string."""
        value = self.raw.get(key, default)
        return value if isinstance(value, str) else self._fault(key, value, "a string", "")

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings; empty where the key is absent."""
        value = self.raw.get(key, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        return self._fault(key, value, "a list of strings", ())

    def number(self, key: str, default: float | None = None) -> int | float:
        """Return a number."""
        value = self.raw.get(key, default)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        return self._fault(key, value, "a number", 0)

    def numbers(self, key: str) -> tuple[int | float, ...]:
        """Return a list of numbers; empty where the key is absent."""
        value = self.raw.get(key, [])
        if isinstance(value, list) and all(isinstance(v, int | float) and not isinstance(v, bool) for v in value):
            return tuple(value)
        return self._fault(key, value, "a list of numbers", ())

    def flag(self, key: str, default: bool = False) -> bool:
        """Return a truth value."""
        value = self.raw.get(key, default)
        return value if isinstance(value, bool) else self._fault(key, value, "true or false", default)

    def table(self, key: str) -> "Table":
        """Return a table within this one; empty where the key is absent."""
        value = self.raw.get(key, {})
        if not isinstance(value, dict):
            value = self._fault(key, value, "a table", {})
        return Table(value, f"{self.where}.{key}" if "[" in self.where else f"{self.where} [{key}", self.faults)

    def tables(self) -> dict[str, "Table"]:
        """Return the tables within this one by name, in the order of the file."""
        return {key: self.table(key) for key, value in self.raw.items() if isinstance(value, dict)}

    def known(self, *keys: str) -> None:
        """Note a fault for each key that is none of `keys`."""
        for key in self.raw:
            if key not in keys:
                self.faults.add(self._at(key), "is not a key known here; known are " + ", ".join(keys))

    def one_of(self, key: str, allowed: Collection[str]) -> str:
        """Return a string that must be one of `allowed`."""
        value = self.text(key)
        if value and value not in allowed:
            self.faults.add(self._at(key), f"{value!r} is none of " + ", ".join(allowed))
        return value

    def all_of(self, key: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Return a list of strings that must each be one of `allowed`; empty where the key is absent."""
        values = self.texts(key)
        for value in values:
            if value not in allowed:
                self.faults.add(self._at(key), f"{value!r} is none of " + ", ".join(allowed))
        return values

    def _at(self, key: str) -> str:
        return f"{self.where}.{key}]" if "[" in self.where else f"{self.where} [{key}]"

    def _fault(self, key: str, value: object, wanted: str, instead: T) -> T:
        self.faults.add(self._at(key), f"must be {wanted}" + ("" if value is None else f", not {value!r}"))
        return instead


def read_table(name: str, folder: Path | None, faults: Faults) -> Table:
    """Return the packaged table `name`.toml, with the user's file of the same name in `folder` laid over it.

    Tables are joined key by key; a value or list in the user's file replaces the packaged one, and a list whose key
    ends with `+` is added to it.
    """
    packaged = resources.files("tocsin.codebook") / "data" / f"{name}.toml"
    raw = tomllib.loads(packaged.read_text(encoding="utf-8"))
    own = folder / f"{name}.toml" if folder else None
    if own and own.is_file():
        try:
            raw = laid_over(raw, tomllib.loads(own.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            faults.add(str(own), f"is not TOML ({error})")
    return Table(raw, str(own) if own and own.is_file() else f"{name}.toml", faults)


def check_names(folder: Path, faults: Faults) -> None:
    """Note a fault for each TOML file of a user's folder that has the name of no packaged table."""
    packaged = resources.files("tocsin.codebook") / "data"
    known = sorted(file.name for file in packaged.iterdir() if file.name.endswith(".toml"))
    for own in sorted(folder.glob("*.toml")):
        if own.name not in known:
            faults.add(str(own), "is no table of the codebook; known are " + ", ".join(known))


def laid_over(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return tables joined key by key, as `read_table` does."""
    joined = dict(base)
    for key, value in over.items():
        plain = key.removesuffix(EXTEND)
        if isinstance(value, dict) and isinstance(joined.get(key), dict):
            joined[key] = laid_over(joined[key], value)
        elif key != plain and isinstance(value, list) and isinstance(joined.get(plain, []), list):
            joined[plain] = [*joined.get(plain, []), *value]
        else:
            joined[key] = value
    return joined
