"""Which codebook is in force, as one hash; what only linking goes by has a hash of its own."""

import hashlib
from importlib import resources
from pathlib import Path

#: Files that say how mentions are put together and nothing about how documents are coded.
LINKING = ("link.toml", "link_weights.toml")
#: A file that says what claims come to; figures are made anew whenever they are asked for.
FIGURES = "figures.toml"
#: A file that only language models are told; codings of theirs are named by what they were told.
PROMPT = "prompt.toml"
#: A file that says who is no private person; only exports go by it.
PRIVATE = "private.toml"
#: Files that begin so say how the record is told in others' codebooks, and how their records are read.
MAPPINGS = ("export_", "import_")


def codebook_hash(folder: Path | None = None) -> str:
    """Return 12 hexadecimal digits that change whenever a file does by which documents are coded.

    Args:
        folder: the user's folder that is laid over the packaged tables, or None.
    """
    other = (*LINKING, FIGURES, PROMPT, PRIVATE)
    return _hash({name: content for name, content in _files(folder).items() if not name.endswith(other)})


def link_hash(folder: Path | None = None) -> str:
    """Return 12 hexadecimal digits that change whenever a file does by which mentions are put together.

    Args:
        folder: the user's folder that is laid over the packaged tables, or None.
    """
    return _hash({name: content for name, content in _files(folder).items() if name.endswith(LINKING)})


def _files(folder: Path | None) -> dict[str, bytes]:
    packaged = resources.files("tocsin.codebook") / "data"
    files = {f.name: f.read_bytes() for f in packaged.iterdir() if f.name.endswith(".toml")}
    files |= {} if folder is None else {f"own/{f.name}": f.read_bytes() for f in folder.glob("*.toml")}
    return {name: content for name, content in files.items() if not name.removeprefix("own/").startswith(MAPPINGS)}


def _hash(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]
