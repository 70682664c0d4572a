"""Where the tagger's files lie, and which they are as one hash."""

import hashlib
from importlib import resources
from pathlib import Path

from tocsin.errors import ModelError

NAMES = ("labels.json", "model.onnx", "tokenizer.json")
ADVICE = "install tocsin again, name another folder with --model, or use --extractor rules"


def model_folder(folder: Path | None = None) -> Path:
    """Return the folder of the tagger's files: the one given, or the packaged one.

    Raises:
        ModelError: a file of it is missing.
    """
    found = Path(str(resources.files("tocsin") / "model" / "en")) if folder is None else folder
    for name in NAMES:
        if not (found / name).is_file():
            raise ModelError(str(found / name), "is missing", ADVICE)
    return found


def model_hash(folder: Path | None = None) -> str:
    """Return 12 hexadecimal digits that change whenever the tagger does."""
    digest = hashlib.sha256()
    for name in NAMES:
        digest.update((model_folder(folder) / name).read_bytes())
    return digest.hexdigest()[:12]
