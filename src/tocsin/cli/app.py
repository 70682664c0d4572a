"""The commands, in the order of the way of the data."""

import typer

from tocsin.cli import code, evaluate

EPILOG = (
    "Exit codes: 0 all done; 1 nothing could be done; 2 the command line is wrong; "
    "3 done in part, what failed is named on standard error; 130 interrupted."
)

app = typer.Typer(
    help="Turns news reports into a sourced record of protests, strikes and repression.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("code")(code.code)
app.command("evaluate")(evaluate.evaluate)


@app.callback()
def _root() -> None:
    pass
