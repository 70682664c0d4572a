"""Turns news reports into a sourced record of protests, strikes and repression."""

from importlib import import_module
from typing import TYPE_CHECKING

from tocsin.version import VERSION

if TYPE_CHECKING:
    from tocsin.api import load, open
    from tocsin.datamodel import CodedDocument, Document
    from tocsin.errors import TocsinError

__version__ = VERSION
__all__ = ["CodedDocument", "Document", "TocsinError", "__version__", "load", "open"]

#: Where each name comes from; it is imported when it is first used, so that `import tocsin` costs nothing.
_HOMES = {
    "CodedDocument": "tocsin.datamodel",
    "Document": "tocsin.datamodel",
    "TocsinError": "tocsin.errors",
    "load": "tocsin.api",
    "open": "tocsin.api",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'tocsin' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
