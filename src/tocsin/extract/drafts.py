"""A happening while it is being put together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from tocsin.datamodel import Actor, Claim, DateRange, Place
from tocsin.extract.happenings import Telling

T = TypeVar("T")


@dataclass(slots=True)
class Draft:
    """A happening with what is told about it, before it is said who says so and what it answers.

    Attributes:
        tellings: the sentences that tell of it, first one first.
        modality, scope, form: names of the codebook.
        date, places, actors, means: as in a mention.
        claims: values without speakers and hedges.
        context: number of the draft that it happened within or because of, or None.
    """

    tellings: tuple[Telling, ...]
    modality: str
    scope: str
    form: str | None
    date: DateRange
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    claims: tuple[Claim, ...]
    means: tuple[str, ...]
    context: int | None = None

    @property
    def type(self) -> str:
        """The type of the happening."""
        return self.tellings[0].trigger.type


def distinct(items: Iterable[T]) -> tuple[T, ...]:
    """Return the items without repeats, in their order."""
    return tuple(dict.fromkeys(items))
