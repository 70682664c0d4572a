"""The command line: one file a command.

Exit codes: 0 all done; 1 nothing could be done; 2 the command line is wrong; 3 done in part: some sources or documents
failed, each named on standard error; 130 interrupted.
"""

import sys


def main() -> None:
    """Run the command line; what goes wrong is one line on standard error and the exit code."""
    from tocsin.cli.app import app
    from tocsin.cli.console import NOTHING_DONE, USAGE, complain
    from tocsin.errors import TocsinError, UsageError

    try:
        app(prog_name="tocsin")
    except UsageError as error:
        complain(str(error))
        sys.exit(USAGE)
    except TocsinError as error:
        complain(str(error))
        sys.exit(NOTHING_DONE)
    except OSError as error:
        complain(f"{error.filename or 'output'}: {error.strerror or error}")
        sys.exit(NOTHING_DONE)
