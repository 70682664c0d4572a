"""Every error of tocsin, one root.

    TocsinError
    ├── SpanError        a quote does not stand where it is said to stand
    ├── CodedError       a coded document is not well formed
    ├── CodebookError    a codebook folder has faults (all of them, with file and key)
    ├── GazetteerError   the place index is missing or damaged
    ├── ReadError        a file cannot be read as a document
    ├── RecordError      a record cannot be opened, is too new, is locked or is full
    ├── DecisionError    a decision names what is not there, or contradicts itself
    ├── ModelError       the trained model is missing or damaged
    └── UsageError       the command line asks for what cannot be done

Each message names its subject first and ends with what to do.
"""


class TocsinError(Exception):
    """The root of all errors: `subject` is what went wrong, `advice` what the user can do.

    Args:
        subject: the file, document, key or value concerned.
        problem: what is wrong with it, one line.
        advice: what to do now, one line; may be empty where the problem says it all.
    """

    def __init__(self, subject: str, problem: str, advice: str = "") -> None:
        self.subject = subject
        self.problem = problem
        self.advice = advice
        super().__init__(f"{subject}: {problem}" + (f"; {advice}" if advice else ""))


class SpanError(TocsinError):
    """A quote does not stand where it is said to stand."""


class CodedError(TocsinError):
    """A coded document is not well formed."""


class CodebookError(TocsinError):
    """A codebook has faults; the message lists every one with its file and key."""


class GazetteerError(TocsinError):
    """The place index is missing or damaged."""


class ReadError(TocsinError):
    """A file cannot be read as a document."""


class RecordError(TocsinError):
    """A record cannot be opened, is too new, is locked or is full."""


class DecisionError(TocsinError):
    """A decision names what is not there, or contradicts itself."""


class ModelError(TocsinError):
    """The trained model is missing or damaged."""


class UsageError(TocsinError):
    """The command line asks for what cannot be done."""
