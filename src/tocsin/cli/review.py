"""`tocsin review`: the review desk in the browser, on this computer alone."""

import getpass
from typing import Annotated

import typer

from tocsin.cli.console import DEFAULT_RECORD, CodebookOption, RecordOption, put


def review(
    record: RecordOption = DEFAULT_RECORD,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port on 127.0.0.1; 0 takes any that is free.")
    ] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address; open nothing.")] = False,
    reviewer: Annotated[
        str, typer.Option("--reviewer", metavar="NAME", help="Who decides; the name of your account if not given.")
    ] = "",
    codebook: CodebookOption = None,
) -> None:
    """Open the review desk: read, accept, mend, merge, undo. It is reached from this computer alone, by its address.

    The address works once; who has opened it stays in until the desk is closed with Ctrl-C.
    """
    from tocsin.pipeline import Settings
    from tocsin.web.serve import serve

    serve(
        record,
        port=port,
        reviewer=reviewer or getpass.getuser(),
        settings=Settings(codebook=codebook),
        browser=not no_browser,
        say=put,
    )
