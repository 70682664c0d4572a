"""The record as files that other programs read."""

from tocsin.export.formats import FORMATS, GEOJSON, LAYOUTS, SHEETS
from tocsin.export.losses import Loss, LossReport
from tocsin.export.mapped import Mapped, MappedRow
from tocsin.export.tables import Batch, Column, Row, Table, tables_of

__all__ = [
    "FORMATS",
    "GEOJSON",
    "LAYOUTS",
    "SHEETS",
    "Batch",
    "Column",
    "Loss",
    "LossReport",
    "Mapped",
    "MappedRow",
    "Row",
    "Table",
    "tables_of",
]
