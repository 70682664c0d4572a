"""What the single happenings of a record come to, under every rule that can be asked for."""

from dataclasses import dataclass

from tocsin.datamodel.claim import Number


@dataclass(frozen=True, slots=True)
class PolicySum:
    """A sum under one policy.

    Attributes:
        policy: its name.
        low, best, high: the sum; `high` is None where a figure in it is open above, all are None where none is known.
        counted: how many happenings give a number under it.
    """

    policy: str
    low: Number | None
    best: Number | None
    high: Number | None
    counted: int


@dataclass(frozen=True, slots=True)
class Mover:
    """An event whose figure hangs on the policy.

    Attributes:
        event: its id.
        low, low_policy: the lowest figure of any policy, and whose it is.
        high, high_policy: the highest.
    """

    event: str
    low: Number
    low_policy: str
    high: Number
    high_policy: str


@dataclass(frozen=True, slots=True)
class Headline:
    """One sum of single happenings, with what it would be under other policies.

    Attributes:
        type, attribute, unit: what is added up.
        policy: the one in force; its sum is among `sums`.
        events: how many happenings there are, with a number or without.
        sums: by policy, in the order in which policies are listed.
        movers: the events that move it most, the farthest first.
    """

    type: str
    attribute: str
    unit: str | None
    policy: str
    events: int
    sums: tuple[PolicySum, ...]
    movers: tuple[Mover, ...]

    @property
    def chosen(self) -> PolicySum:
        """The sum under the policy in force."""
        return next(one for one in self.sums if one.policy == self.policy)
