"""An event with all that tells it: one row of most exports."""

from dataclasses import dataclass

from tocsin.datamodel.document import Document
from tocsin.datamodel.event import Event
from tocsin.datamodel.mention import Mention
from tocsin.datamodel.relation import Relation


@dataclass(frozen=True, slots=True)
class Telling:
    """One mention as a document tells it.

    Attributes:
        document: that tells it.
        mention: with its id in the record.
        decision: "accept", "reject", or None where no one judged it.
        event: id of the event it is in, or None where it was not put together with others yet.
    """

    document: Document
    mention: Mention
    decision: str | None
    event: str | None


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with its figures under the chosen policy and convention, and all that tells it.

    Attributes:
        event: with its figures.
        tellings: by day of publication, then id of the document, then place in the text; rejected ones are left out.
        relations: those to other events, as holder or as member.
    """

    event: Event
    tellings: tuple[Telling, ...]
    relations: tuple[Relation, ...] = ()
