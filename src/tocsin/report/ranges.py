"""Small multiples: what the happenings of one type come to, day by day, each figure drawn as the range it is."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tocsin.datamodel import Event, Figure
from tocsin.datamodel.claim import Number
from tocsin.report.rows import MentionRow, Rows
from tocsin.report.words import attribute_words, figure_parts, range_words

#: Size of a panel in its own units; the page scales it.
WIDTH, HEIGHT = 320, 170
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 8, 10, 24
#: What is narrower or flatter cannot be seen or hit.
_THINNEST, _FLATTEST = 3.0, 2.5
#: No count on earth is larger; what is, is a misreading and would only flatten the scale.
_LARGEST = 1e12
#: Up to so many, one more is as much as one more always is; beyond, what matters is how many times as many.
_EQUAL = 20
#: Money, terms and durations are no counts of people that a reader compares from day to day.
_DRAWN = ("participants", "affected", "killed", "injured")


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure: as wide as its days, as high as its range, with a stroke at the best value.

    Attributes:
        mention: number of the row that opens.
        outline: path of the range; it ends in a point where no upper end is given.
        best: path of the stroke.
        unsure: whether the day is not known.
        label: all of it in words.
    """

    mention: int
    outline: str
    best: str
    unsure: bool
    label: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """One figure as a line of the table under the panel."""

    mention: int
    when: str
    where: str
    best: str
    interval: str
    voices: int


@dataclass(frozen=True, slots=True)
class Panel:
    """The figures of one type and attribute.

    Attributes:
        kind, counted: what happened and what is counted.
        bars: in the order of their days.
        rugs: x of happenings of which no number is given.
        steps: y and words of the lines of the scale.
        months: x and words of the lines of the days.
        beyond: figures of days outside the window.
        unknown: happenings without a number.
    """

    kind: str
    counted: str
    colour: int
    bars: tuple[Bar, ...]
    rugs: tuple[float, ...]
    steps: tuple[tuple[float, str], ...]
    months: tuple[tuple[float, str], ...]
    beyond: int
    unknown: int
    table: tuple[TableRow, ...]


def make_panels(events: Iterable[Event], rows: Rows, window: tuple[date, date]) -> tuple[Panel, ...]:
    """Return a panel for each type and attribute of which at least two happenings give a number, the fullest first.

    Totals and series are left out: they cover other happenings. So is what is only planned or denied.

    Args:
        events: with their figures.
        rows: of the page; an event without a mention among them is left out.
        window: first and last day of the panels.
    """
    row_of = {row.mention.id: row for row in rows.mentions}
    by_type: defaultdict[str, list[tuple[Event, MentionRow]]] = defaultdict(list)
    for event in events:
        shown = [row_of[name] for name in event.mentions if name in row_of]
        if event.happened and event.scope == "single" and shown:
            by_type[event.type].append((event, min(shown, key=lambda row: row.number)))
    panels = []
    for held in by_type.values():
        held.sort(key=lambda pair: (pair[0].date.start or pair[0].date.end or date.max, pair[0].id))
        for attribute in _DRAWN:
            panel = _panel(held, attribute, rows, window)
            if panel is not None and len(panel.table) > 1:
                panels.append(panel)
    return tuple(sorted(panels, key=lambda panel: (-len(panel.table), panel.kind, panel.counted)))


def _panel(held: list[tuple[Event, MentionRow]], attribute: str, rows: Rows, window: tuple[date, date]) -> Panel | None:
    known = [(event, row, figure) for event, row in held if (figure := _figure(event, attribute)) is not None]
    if not known:
        return None
    top = max(_ends(figure)[1] for _, _, figure in known)
    scale = _Scale(top)
    bars, rugs, beyond = [], [], 0
    for event, row, figure in known:
        at = _days(event, window)
        if at is None:
            beyond += 1
        else:
            bars.append(_bar(event, row, figure, at, scale))
    without = [event for event, _ in held if _figure(event, attribute) is None]
    rugs = [round(at[0], 1) for event in without if (at := _days(event, window)) is not None]
    first = known[0][1]
    return Panel(
        kind=first.kind,
        counted=attribute_words(attribute, known[0][0].type),
        colour=first.colour,
        bars=tuple(bars),
        rugs=tuple(rugs),
        steps=scale.steps(),
        months=_months(window),
        beyond=beyond,
        unknown=len(without),
        table=tuple(
            TableRow(row.number, range_words(event.date, event.modality), _where(event), *figure_parts(figure))
            for event, row, figure in known
        ),
    )


def _figure(event: Event, attribute: str) -> Figure | None:
    figure = event.figure(attribute)
    if figure is None or figure.best is None or max(figure.best, figure.high or 0) > _LARGEST:
        return None
    return figure


def _where(event: Event) -> str:
    return ", ".join(dict.fromkeys(place.name for place in event.places)) or "place not given"


class _Scale:
    """Values to heights: in equal steps up to `_EQUAL`, beyond it each step ten times the one before."""

    def __init__(self, top: Number) -> None:
        self._decades = 0 if top <= _EQUAL else math.ceil(math.log10(top) - 1e-9)
        self._top = max(math.ceil(top / 2) * 2, 2)

    def y(self, value: Number) -> float:
        share = math.log10(max(value, 1)) / self._decades if self._decades else value / self._top
        return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)

    def steps(self) -> tuple[tuple[float, str], ...]:
        if not self._decades:
            each = max(1, math.ceil(self._top / 5))
            return tuple((round(self.y(n), 1), str(n)) for n in range(0, self._top + 1, each))
        each = 1 if self._decades < 5 else 2
        words = {0: "1", 1: "10", 2: "100", 3: "1,000", 4: "10,000", 5: "100,000", 6: "1m", 7: "10m", 8: "100m"}
        return tuple((round(self.y(10**n), 1), words.get(n, f"10^{n}")) for n in range(0, self._decades + 1, each))


def _ends(figure: Figure) -> tuple[Number, Number]:
    best = figure.best or 0
    low = best if figure.low is None else min(figure.low, best)
    return low, max(best, figure.high if figure.high is not None else best)


def _x(day: date, window: tuple[date, date]) -> float:
    days = (window[1] - window[0]).days + 1
    return _LEFT + (day - window[0]).days / days * (WIDTH - _LEFT - _RIGHT)


def _days(event: Event, window: tuple[date, date]) -> tuple[float, float] | None:
    """Return where the days of an event begin and end, or None where they lie outside the window or are not known."""
    start, end = event.date.start or event.date.end, event.date.end or event.date.start
    if start is None or end is None or end < window[0] or start > window[1]:
        return None
    one_day = (WIDTH - _LEFT - _RIGHT) / ((window[1] - window[0]).days + 1)
    left = _x(max(start, window[0]), window)
    right = _x(min(end, window[1]), window) + one_day
    if right - left < _THINNEST:
        middle = (left + right) / 2
        left, right = middle - _THINNEST / 2, middle + _THINNEST / 2
    return left, right


def _bar(event: Event, row: MentionRow, figure: Figure, at: tuple[float, float], scale: _Scale) -> Bar:
    left, right = at
    low, high = _ends(figure)
    bottom, top = scale.y(low), scale.y(high)
    if bottom - top < _FLATTEST:
        middle = (bottom + top) / 2
        bottom, top = middle + _FLATTEST / 2, middle - _FLATTEST / 2
    if figure.high is None:
        middle, point = (left + right) / 2, max(top - 9, 1)
        outline = f"M{left:.1f} {bottom:.1f}V{top:.1f}L{middle:.1f} {point:.1f}L{right:.1f} {top:.1f}V{bottom:.1f}Z"
    else:
        outline = f"M{left:.1f} {bottom:.1f}V{top:.1f}H{right:.1f}V{bottom:.1f}Z"
    best, interval, voices = figure_parts(figure)
    range_told = f", {interval}" if interval != best else ""
    told = f"{row.kind}, {_where(event)}, {range_words(event.date, event.modality)}: {best}{range_told}, "
    return Bar(
        mention=row.number,
        outline=outline,
        best=f"M{left - 1.5:.1f} {scale.y(figure.best or 0):.1f}H{right + 1.5:.1f}",
        unsure=event.date.precision != "day" or event.date.start is None,
        label=told + f"{voices} voice{'' if voices == 1 else 's'}",
    )


def _months(window: tuple[date, date]) -> tuple[tuple[float, str], ...]:
    """Return where months begin and what they are called, as many as can be told apart; years where months cannot."""
    months = [
        date(year, month, 1)
        for year in range(window[0].year, window[1].year + 1)
        for month in range(1, 13)
        if window[0] <= date(year, month, 1) <= window[1]
    ]
    step = next((n for n in (1, 2, 3, 6, 12, 24, 60, 120) if len(months) / n <= 6), 240)
    chosen = [day for day in months if ((day.year * 12 + day.month - 1) % step) == 0]
    return tuple(
        (round(_x(day, window), 1), str(day.year) if step >= 12 or day.month == 1 else f"{day:%b}") for day in chosen
    )
