"""The commands, in the order of the way of the data."""

import typer

from tocsin.cli import (
    agreement,
    code,
    decide,
    demo,
    evaluate,
    explain,
    export,
    figures,
    imports,
    info,
    link,
    report,
    resolve,
    review,
    run,
    teach,
)

EPILOG = (
    "Exit codes: 0 all done; 1 nothing could be done; 2 the command line is wrong; "
    "3 done in part, what failed is named on standard error; 130 interrupted."
)

app = typer.Typer(
    help="Turns news reports into a sourced record of protests, strikes and repression. Works offline.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("demo")(demo.demo)
app.command("run")(run.run)
app.command("import")(imports.import_)
app.command("code")(code.code)
app.command("link")(link.link)
app.command("resolve")(resolve.resolve)
app.command("explain")(explain.explain)
app.command("decide")(decide.decide)
app.command("review")(review.review)
app.command("figures")(figures.figures)
app.command("export")(export.export)
app.command("report")(report.report)
app.command("evaluate")(evaluate.evaluate)
app.command("agreement")(agreement.agreement)
app.command("teach")(teach.teach)
app.command("info")(info.info)
