"""Every error of tocsin, one root.

    TocsinError
    ├── SpanError        a quote does not stand where it is said to stand
    ├── CodedError       a coded document is not well formed
    ├── CodebookError    a codebook folder has faults (all of them, with file and key)
    ├── GazetteerError   the place index is missing or damaged
    ├── ReadError        a file cannot be read as a document
    ├── RecordError      a record cannot be opened, is too new, is locked or is full
    ├── DecisionError    a decision names what is not there, or contradicts itself
    │   └── StaleError   another reviewer changed what a decision is about since its reviewer looked
    ├── ModelError       the trained model is missing or damaged
    ├── EndpointError    a language model is out of reach, refuses the key, or answers nothing that can be used
    ├── BudgetError      what may be spent on a language model is spent
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


class StaleError(DecisionError):
    """Another reviewer changed what a decision is about since its reviewer looked; nothing was written.

    Args:
        subject: id of the mention or document.
        problem, advice: as in every error.
        reviewer: who changed it.
        version: its version now.
    """

    def __init__(self, subject: str, problem: str, advice: str = "", *, reviewer: str = "", version: int = 0) -> None:
        super().__init__(subject, problem, advice)
        self.reviewer = reviewer
        self.version = version


class ModelError(TocsinError):
    """The trained model is missing or damaged."""


class EndpointError(TocsinError):
    """A language model is out of reach, refuses the key, or answers nothing that can be used."""


class BudgetError(TocsinError):
    """What may be spent on a language model is spent; all that was answered is kept."""


class UsageError(TocsinError):
    """The command line asks for what cannot be done."""
