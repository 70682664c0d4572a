"""How long an event lasted, as far as is told, and how many of its days are working days."""

from tocsin.datamodel.claim import Number
from tocsin.datamodel.event import Event

#: Lower and upper end; None where open or not known.
Interval = tuple[Number | None, Number | None]


def lasted(event: Event) -> Interval:
    """Return how many days an event lasted: what is claimed, else from its first to its last day, both told as days.

    One that goes on has no upper end, and one of which only the first day is told no length.
    """
    claimed = event.figure("duration")
    if claimed is not None and (claimed.low, claimed.high) != (None, None):
        return claimed.low, None if event.modality == "ongoing" else claimed.high
    when = event.date
    if when.precision != "day" or when.start is None:
        return None, None
    if when.end is not None:
        days = (when.end - when.start).days + 1
        return (days, days) if days > 0 else (None, None)
    told = event.told
    if event.modality == "ongoing" and told is not None and told >= when.start:
        return (told - when.start).days + 1, None
    return None, None


def working_days(days: Interval) -> Interval:
    """Return how many of some days are working days: at most all, at least those of a week with two days of rest.

    A stoppage begins and ends on a working day, so rest falls on the days between: of 7 days in a row at most 2.
    """
    low, high = days
    if low is None:
        return None, high
    between = max(low - 2, 0)
    rest = 2 * (between // 7) + min(2, between % 7)
    return low - rest, high
