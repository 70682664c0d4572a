"""Labour disputes in the terms of the International Labour Organization.

After the Resolution concerning statistics of strikes, lockouts and other action due to labour disputes (15th
International Conference of Labour Statisticians, Geneva 1993): strikes and lockouts are counted with the workers
involved, the time not worked in days, and the establishments involved; going slow and working to rule are other action,
counted by itself and without time not worked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tocsin.codebook.figures import FigureRules
from tocsin.datamodel import Event, Figure
from tocsin.datamodel.claim import Number
from tocsin.datamodel.lasting import Interval, lasted, working_days
from tocsin.reconcile.sums import Sum, add_up

#: What a reader must know before a day not worked is quoted.
ASSUMPTIONS = (
    "every worker involved stopped work on every working day of the stoppage",
    "the week has five to seven working days; a stoppage begins and ends on one",
    "a stoppage that goes on lasted at least from its first day to the last publication that told of it",
    "a stoppage without workers, or without days, has no days not worked: neither is guessed",
)


@dataclass(frozen=True, slots=True)
class LabourFigure:
    """One stoppage or other action.

    Attributes:
        event: the happening.
        workers, workforce, sites: figures of workers involved, people employed there, establishments; None where
            nothing is told.
        days: working days that it lasted, as an interval; None where not known.
        not_worked: workers times days, as an interval; None where either is not known, and for other action.
        lost: figures of money and output lost, by unit.
    """

    event: Event
    workers: Figure | None
    workforce: Figure | None
    sites: Figure | None
    days: Interval
    not_worked: Interval
    lost: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class LabourSums:
    """What the stoppages of a record, or other action, come to.

    Attributes:
        kind: "stoppages" or "other action".
        disputes: how many cases of dispute they are, stoppages over one dispute counted once.
        workers: sum of workers involved.
        low, high: days not worked, over the stoppages of which they are known; `high` is None where one is open.
        known: how many those are.
        open: how many of them have no upper end.
        lost: sums of money and output lost, by unit.
    """

    kind: str
    disputes: int
    workers: Sum
    low: Number | None
    high: Number | None
    known: int
    open: int
    lost: tuple[Sum, ...]


def labour_figures(events: Iterable[Event], rules: FigureRules) -> tuple[LabourFigure, ...]:
    """Return the labour figures of the single happenings that took place, by first day; totals and series are none."""
    found = []
    for event in events:
        if event.happened and event.scope == "single" and event.type in rules.stoppages | rules.others:
            workers = event.figure("participants")
            days = working_days(lasted(event))
            not_worked = _times(workers, days) if event.type in rules.stoppages else (None, None)
            lost = tuple(f for f in event.figures if f.attribute in ("amount", "output_loss"))
            found.append(
                LabourFigure(
                    event, workers, event.figure("workforce"), event.figure("sites"), days, not_worked, lost
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (str(one.event.date.start), one.event.id)))


def sum_labour(
    figures: Sequence[LabourFigure], rules: FigureRules, *, disputes: Mapping[str, str] | None = None
) -> tuple[LabourSums, ...]:
    """Return what stoppages come to, and other action by itself.

    Args:
        figures: from `labour_figures`.
        rules: which types are stoppages.
        disputes: for the id of a stoppage that of the first one of its dispute; those not named are disputes of their
            own.
    """
    first = disputes or {}
    return tuple(
        _sums(kind, [one for one in figures if one.event.type in types], first)
        for kind, types in (("stoppages", rules.stoppages), ("other action", rules.others))
    )


def _times(workers: Figure | None, days: Interval) -> Interval:
    if workers is None:
        return None, None
    low = None if workers.low is None or days[0] is None else workers.low * days[0]
    high = None if workers.high is None or days[1] is None else workers.high * days[1]
    return low, high


def _sums(kind: str, figures: Sequence[LabourFigure], first: Mapping[str, str]) -> LabourSums:
    events = [one.event for one in figures]
    known = [one for one in figures if one.not_worked != (None, None)]
    still_open = sum(one.not_worked[1] is None for one in known)
    units = sorted({(f.attribute, f.unit) for one in figures for f in one.lost}, key=lambda u: (u[0], u[1] or ""))
    return LabourSums(
        kind,
        len({first.get(event.id, event.id) for event in events}),
        add_up(events, "participants", None),
        sum(one.not_worked[0] for one in known if one.not_worked[0] is not None) if known else None,
        sum(one.not_worked[1] for one in known if one.not_worked[1] is not None) if known and not still_open else None,
        len(known),
        still_open,
        tuple(add_up(events, attribute, unit) for attribute, unit in units),
    )
