"""`tocsin demo`: run and report over the packaged examples."""

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.console import put


def demo(
    folder: Annotated[Path, typer.Option("--folder", help="Where record and report go.")] = Path("out"),
) -> None:
    """Run over the packaged example reports and write their record and report."""
    from tocsin.cli.report import write_report
    from tocsin.cli.run import run_into
    from tocsin.examples import example_folder
    from tocsin.pipeline import RunOptions
    from tocsin.store.record import open_record

    folder.mkdir(parents=True, exist_ok=True)
    record, page = folder / "demo.tocsin", folder / "demo.html"
    with open_record(record) as opened:
        tally = run_into(opened, [str(example_folder())], RunOptions())
    write_report(
        record,
        str(page),
        title="Belarus, August and September 2020",
        note="Example reports written for this project on real happenings; their publishers are invented.",
    )
    put(f"\nreport: {page}\n")
    put(f"Open it in a browser, or go on with: tocsin export --as csv --record {record} -o {folder / 'demo.csv'}\n")
    tally.leave("the example reports hold no document; install tocsin again")
