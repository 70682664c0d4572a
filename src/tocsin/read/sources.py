"""Paths to sources: folders walked in the order of names, links followed once."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tocsin.datamodel.verdict import FAILED, REFUSED

STDIN = "-"
#: What a file's name has appended where its sidecar holds its fields.
SIDECARS = (".meta.json", ".meta.toml", ".json", ".toml")


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input, or what could not be walked.

    Attributes:
        name: the path as given, in characters that can be stored and printed; `-` for standard input.
        path: the file, or None for standard input.
        problem: why there is nothing to open, or empty.
        status: "failed" where it was tried, "refused" where not; of no meaning without a problem.
    """

    name: str
    path: Path | None
    problem: str = ""
    status: str = FAILED


def find_sources(paths: Iterable[str | Path]) -> Iterator[Source]:
    """Yield every file of some paths: a file itself, a folder's files in the order of names, `-` standard input.

    Left out of folders: what begins with a full stop, and sidecars.
    """
    for given in paths:
        if str(given) == STDIN:
            yield Source(STDIN, None)
            continue
        path = Path(given)
        try:
            mode = path.stat().st_mode
        except OSError as error:
            yield _lost(path, error)
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(path, frozenset())
        else:
            yield _file(path, mode)


def shown(path: Path) -> str:
    """Return a path in characters that can be stored; bytes that are no UTF-8 are written as `\\xff`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def sidecar_of(path: Path) -> Path | None:
    """Return the sidecar of a file (`page.html.meta.json` beside `page.html`), or None where there is none."""
    for suffix in SIDECARS:
        sidecar = path.with_name(path.name + suffix)
        if sidecar.is_file():
            return sidecar
    return None


def _walk(folder: Path, above: frozenset[tuple[int, int]]) -> Iterator[Source]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
        here = folder.stat()
    except OSError as error:
        yield _lost(folder, error)
        return
    names = {entry.name for entry in found}
    inside = above | {(here.st_dev, here.st_ino)}
    for entry in found:
        path = folder / entry.name
        if entry.name.startswith(".") or _is_sidecar(entry.name, names):
            continue
        try:
            info = path.stat()
        except OSError as error:
            yield _lost(path, error)
            continue
        if not stat.S_ISDIR(info.st_mode):
            yield _file(path, info.st_mode)
        elif (info.st_dev, info.st_ino) in inside:
            yield Source(shown(path), path, "is a link back to a folder it lies in; it is not followed", REFUSED)
        else:
            yield from _walk(path, inside)


def _is_sidecar(name: str, names: set[str]) -> bool:
    return any(name.endswith(suffix) and name.removesuffix(suffix) in names for suffix in SIDECARS)


def _file(path: Path, mode: int) -> Source:
    # Opening a pipe or a device could wait for ever.
    problem = "" if stat.S_ISREG(mode) else "is no regular file; pipe documents in with -"
    return Source(shown(path), path, problem, REFUSED)


def _lost(path: Path, error: OSError) -> Source:
    return Source(shown(path), path, why_not_open(error))


def why_not_open(error: OSError) -> str:
    """Return in one line why a file cannot be opened, and what to do."""
    if isinstance(error, FileNotFoundError):
        return "is not there; check the path"
    if isinstance(error, PermissionError):
        return "may not be read; ask its owner, or change its permissions"
    return f"cannot be opened ({error.strerror or error}); check the path"
