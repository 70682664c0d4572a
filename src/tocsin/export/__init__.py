"""The record as files that other programs read."""

from tocsin.export.formats import FORMATS, WRITERS, Writer, write_csv, write_geojson, write_jsonl
from tocsin.export.losses import Loss, write_losses
from tocsin.export.mapped import Mapped, MappedRow

__all__ = [
    "FORMATS",
    "WRITERS",
    "Loss",
    "Mapped",
    "MappedRow",
    "Writer",
    "write_csv",
    "write_geojson",
    "write_jsonl",
    "write_losses",
]
