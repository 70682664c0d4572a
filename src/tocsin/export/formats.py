"""What the record can be written in: its own tables in several layouts, and others' codebooks."""

from collections.abc import Mapping

from tocsin.export.mapped import Mapped

#: Layouts of tables by name, each with its media type.
LAYOUTS: Mapping[str, str] = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: Layouts that a spreadsheet opens.
SHEETS = ("csv", "tsv", "xlsx")
GEOJSON = "geojson"

#: Others' codebooks by name; each module of a mapping adds its line.
FORMATS: Mapping[str, Mapped] = {}
