"""What routes are handed: the desk, who asks, and the bodies of changes."""

from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from tocsin.web.desk import Desk

#: Characters; ids of the record have about twenty, names of documents may be addresses.
_LONGEST_NAME = 2000
_LONGEST_NOTE = 10_000

Name = Annotated[str, Path(min_length=1, max_length=_LONGEST_NAME)]
Asked = Annotated[str, Query(max_length=_LONGEST_NAME)]
Id = Annotated[str, Field(min_length=1, max_length=_LONGEST_NAME)]
Note = Annotated[str, Field(max_length=_LONGEST_NOTE)]


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _reviewer(request: Request) -> str:
    return str(request.state.reviewer)


TheDesk = Annotated[Desk, Depends(_desk)]
TheReviewer = Annotated[str, Depends(_reviewer)]


class Change(BaseModel):
    """What every change carries.

    Attributes:
        seen: version of each thing that the reviewer saw, by its id; a change since then by another is told.
        reason: why, in words.
    """

    model_config = ConfigDict(extra="forbid")

    seen: dict[str, int] = Field(default_factory=dict, max_length=1000)
    reason: Note = ""


class Judge(Change):
    """Accept or reject mentions."""

    mentions: list[Id] = Field(min_length=1, max_length=1000)
    kind: Annotated[str, Field(pattern="^(accept|reject)$")]


class Set(Change):
    """Set fields of a mention or of a part of it."""

    mention: Id
    subject: Id
    values: dict[str, Any]


class Add(Change):
    """Add parts to a mention: the same kind, several values in one act."""

    mention: Id
    kind: Id
    values: list[dict[str, Any]] = Field(min_length=1, max_length=1000)


class Words(BaseModel):
    """Words of the text, in code points."""

    model_config = ConfigDict(extra="forbid")

    start: Annotated[int, Field(ge=0, le=2**31)]
    end: Annotated[int, Field(ge=0, le=2**31)]
    quote: str


class Everywhere(Change):
    """Add a part of a mention again on other words, all in one act."""

    mention: Id
    subject: Id
    spans: list[Words] = Field(min_length=1, max_length=1000)


class AddMention(Change):
    """Add a mention to a document."""

    value: dict[str, Any]


class Drop(Change):
    """Take a mention, or a part of it, out."""

    mention: Id
    subject: Id


class SplitMention(Change):
    """Move parts of a mention to a mention of their own."""

    mention: Id
    parts: list[Id] = Field(min_length=1, max_length=1000)
    values: dict[str, Any] = Field(default_factory=dict)


class MergeMentions(Change):
    """Make two mentions of a document one."""

    keep: Id
    other: Id


class SplitEvent(Change):
    """Part some mentions of an event from the rest."""

    mentions: list[Id] = Field(min_length=1, max_length=1000)


class MergeEvents(Change):
    """Make two events one."""

    other: Id


class GoTo(Change):
    """An act of the history; empty for before the first."""

    act: Annotated[str, Field(max_length=_LONGEST_NAME)] = ""


class JudgePair(Change):
    """Say whether two mentions are one happening."""

    kind: Annotated[str, Field(pattern="^(same|different|unsure)$")]


class Apart(Change):
    """Have reviewers code a document apart."""

    hands: list[Id] = Field(max_length=20)


class Adopt(Change):
    """Let the coding of one reviewer count."""

    hand: Id
