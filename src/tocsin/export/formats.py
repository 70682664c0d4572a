"""What the record can be written in: its own tables in several layouts, and others' codebooks."""

from collections.abc import Mapping

from tocsin.export.acled import ACLED
from tocsin.export.ccc import CCC
from tocsin.export.ftm import FTM
from tocsin.export.gdelt_mentions import GDELT_MENTIONS
from tocsin.export.ged import GED
from tocsin.export.ilo import ILO
from tocsin.export.lat import LAT
from tocsin.export.mapped import Mapped
from tocsin.export.maverick import MAVERICK
from tocsin.export.mm import MM
from tocsin.export.mmad import MMAD
from tocsin.export.plover import PLOVER
from tocsin.export.polecat import POLECAT

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

#: Others' codebooks by name.
FORMATS: Mapping[str, Mapped] = {
    one.name: one for one in (ACLED, CCC, PLOVER, POLECAT, MM, MMAD, GDELT_MENTIONS, LAT, ILO, GED, MAVERICK, FTM)
}
