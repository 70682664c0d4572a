"""The page from which the record is exported: the same files that `tocsin export` writes, by the same function."""

from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, HTMLResponse
from starlette.background import BackgroundTask

from tocsin.errors import UsageError
from tocsin.export.formats import FORMATS, GEOJSON, LAYOUTS
from tocsin.exporting.files import ExportOptions, convention_of, export_record
from tocsin.exporting.tables import RecordTables
from tocsin.web.asked import TheDesk as D
from tocsin.web.render import render
from tocsin.web.tables import Lines, chosen_by

router = APIRouter()

ALL = "all"
Word = Annotated[str, Query(max_length=60)]


@router.get("/export", response_class=HTMLResponse)
def export_page(request: Request, desk: D, where: Lines = "") -> HTMLResponse:
    """Show what can be exported."""
    chosen = chosen_by(desk, where)
    with desk.open() as record:
        tables = [(table.name, table.what) for table in RecordTables(record, chosen).tables.values()]
    return render(request, "export.html", layouts=LAYOUTS, formats=FORMATS, tables=tables, where=where)


@router.get("/export/file", response_class=FileResponse)
def export_file(
    desk: D,
    form: Word = "csv",
    table: Word = "events",
    where: Lines = "",
    spreadsheet: bool = False,
    policy: Word = "median",
    convention: Word = "",
) -> FileResponse:
    """Write an export and hand it over.

    Raises:
        UsageError: there is no such format, table, policy or convention, or the choice is none.
    """
    if form not in (*LAYOUTS, GEOJSON, *FORMATS):
        raise UsageError(f"format {form!r}", "is not known", "known are " + ", ".join((*LAYOUTS, GEOJSON, *FORMATS)))
    whole = form in LAYOUTS and table == ALL
    tables = (table,) if form in LAYOUTS and not whole else ()
    name = (
        f"{desk.path.stem}-{form if form in FORMATS else table}.{'zip' if whole and form != 'xlsx' else _suffix(form)}"
    )
    chosen = chosen_by(desk, where, policy=policy, convention=convention_of(form, convention or None))
    folder = Path(mkdtemp(prefix="tocsin-"))
    try:
        with desk.open() as record:
            export_record(record, ExportOptions(form, chosen, tables, spreadsheet), folder / name)
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
    away = BackgroundTask(rmtree, folder, ignore_errors=True)
    return FileResponse(folder / name, filename=name, media_type="application/octet-stream", background=away)


def _suffix(form: str) -> str:
    return FORMATS[form].layout if form in FORMATS else form
