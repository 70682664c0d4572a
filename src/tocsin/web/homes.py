"""Where things are: from what a decision is about to the page where it is seen."""

from urllib.parse import quote

from tocsin.datamodel import Decision
from tocsin.errors import TocsinError
from tocsin.store.record import Record


def home_of(record: Record, subject: str) -> tuple[str, str]:
    """Return the address of the page on which the subject of a decision is seen, and the id of its mention.

    Args:
        record: open.
        subject: id of a mention, a part of one, a document, an event or a decision; for what is none of them, or there
            no more, both are empty.
    """
    try:
        return _home(record, subject)
    except TocsinError:
        return "", ""


def _home(record: Record, subject: str) -> tuple[str, str]:
    kind = subject.partition("-")[0]
    if kind == "e":
        return f"/events/{quote(record.event(subject)[0], safe='')}", ""
    if kind == "doc":
        return f"/documents/{quote(record.document_key(subject), safe='')}", ""
    if kind == "d":
        return _home(record, record.decision(subject).subject)
    mention = record.mention_of(subject)
    document, _ = record.state_of(mention)
    return f"/documents/{quote(document.key, safe='')}", mention


def where_of(record: Record, decisions: tuple[Decision, ...]) -> tuple[str, str]:
    """Return the page, and the mention on it, of the first of some decisions that has one."""
    return next((home for one in decisions if (home := home_of(record, one.subject))[0]), ("", ""))
