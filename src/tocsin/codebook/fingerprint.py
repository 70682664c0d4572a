"""Which codebook is in force, as one hash."""

import hashlib
from importlib import resources
from pathlib import Path


def codebook_hash(folder: Path | None = None) -> str:
    """Return 12 hexadecimal digits that change whenever any file of the codebook does.

    Args:
        folder: the user's folder that is laid over the packaged tables, or None.
    """
    digest = hashlib.sha256()
    packaged = resources.files("tocsin.codebook") / "data"
    files = [(f.name, f.read_bytes()) for f in packaged.iterdir() if f.name.endswith(".toml")]
    if folder is not None:
        files += [(f"own/{f.name}", f.read_bytes()) for f in folder.glob("*.toml")]
    for name, content in sorted(files):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]
