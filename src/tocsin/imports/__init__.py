"""What a team coded by hand, as coded documents: every value stands on a cell of its row."""

from tocsin.imports.importer import import_coded, import_rows, missing_columns
from tocsin.imports.tools import ImportTools

__all__ = ["ImportTools", "import_coded", "import_rows", "missing_columns"]
