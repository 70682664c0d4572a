"""How far the sums of a record hang on the policy: each sum under every policy, and the events that move it most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin.codebook.loader import Codebook
from tocsin.datamodel import Event
from tocsin.datamodel.claim import Number
from tocsin.datamodel.gazetteer import PlaceIndex
from tocsin.reconcile.events import apply_policy
from tocsin.reconcile.policies import POLICIES
from tocsin.reconcile.sums import Sum, make_sums


@dataclass(frozen=True, slots=True)
class Mover:
    """An event whose figure differs from policy to policy.

    Attributes:
        event: the event.
        low, low_policy: the lowest best of any policy that gives one, and the first such policy.
        high, high_policy: the highest.
        without: policies that give no number.
    """

    event: Event
    low: Number
    low_policy: str
    high: Number
    high_policy: str
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """One sum under every policy.

    Attributes:
        type, attribute, unit: what is added up.
        sums: the sum by policy.
        movers: the events that move it most, the farthest first.
    """

    type: str
    attribute: str
    unit: str | None
    sums: Mapping[str, Sum]
    movers: tuple[Mover, ...]


def compare_policies(
    events: Sequence[Event], codebook: Codebook, index: PlaceIndex, *, most: int = 5
) -> tuple[Sensitivity, ...]:
    """Return every sum of single happenings by type, under every policy.

    Args:
        events: under any policy.
        codebook: whom policies go by and what may be added.
        index: which place lies in which country.
        most: events that move a sum, at most.
    """
    under = {policy: apply_policy(events, codebook, policy) for policy in POLICIES}
    sums = {policy: make_sums(found, codebook, index).sums for policy, found in under.items()}
    rows: dict[tuple[str, str, str | None], dict[str, Sum]] = {}
    for policy, found in sums.items():
        for one in found:
            rows.setdefault((one.type, one.attribute, one.unit), {})[policy] = one
    return tuple(
        Sensitivity(kind, attribute, unit, by_rule, _movers(under, kind, attribute, unit)[:most])
        for (kind, attribute, unit), by_rule in rows.items()
    )


def _movers(under: Mapping[str, Sequence[Event]], kind: str, attribute: str, unit: str | None) -> tuple[Mover, ...]:
    found = []
    for same in zip(*under.values(), strict=True):
        event = same[0]
        if event.type != kind or event.scope != "single" or not event.happened:
            continue
        best = {policy: f.best for policy, one in zip(under, same, strict=True) if (f := one.figure(attribute, unit))}
        known = [(number, policy) for policy, number in best.items() if number is not None]
        if not known:
            continue
        order = list(POLICIES)
        low = min(known, key=lambda one: (one[0], order.index(one[1])))
        high = max(known, key=lambda one: (one[0], -order.index(one[1])))
        if low[0] != high[0]:
            without = tuple(policy for policy, number in best.items() if number is None)
            found.append(Mover(event, low[0], low[1], high[0], high[1], without))
    return tuple(sorted(found, key=lambda one: (one.low - one.high, one.event.id)))
