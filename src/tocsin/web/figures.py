"""Figures and the voices behind them as rows: who says what, side by side, on one scale."""

import math
from dataclasses import dataclass

from tocsin.datamodel import Claim, Figure, Span, Statement, Voice
from tocsin.report.words import claim_words, counted_words, day_words, name_words

#: Width of a bar in its own units.
WIDE = 100.0


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval on the scale of its figure: where it starts, how wide it is, and whether it goes on.

    Attributes:
        start, width: in units of `WIDE`.
        open: whether its upper end is open.
    """

    start: float
    width: float
    open: bool


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One interval that a voice gives."""

    name: str
    kinds: str
    shown: str
    day: str
    quote: str
    publishers: str
    bar: Bar | None
    first: bool


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure with its rule, its range and its voices.

    Attributes:
        counted: what is counted, in words.
        best: what the rule picks; "not known" where it takes no voice.
        interval: low to high.
        rule: the policy's full name, and how many voices it went by.
        bar: of low to high; `at` is where best lies.
        voices: every one, those too that the rule passes over.
    """

    counted: str
    best: str
    interval: str
    rule: str
    bar: Bar | None
    at: float
    voices: tuple[VoiceRow, ...]


def figure_row(figure: Figure, type_name: str) -> FigureRow:
    """Return a figure as a row.

    Args:
        figure: with every voice heard.
        type_name: of the event, which says what "affected" means.
    """
    ends = [end for voice in figure.heard for one in voice.statements for end in (one.low, one.high) if end is not None]
    ends += [end for end in (figure.low, figure.best, figure.high) if end is not None]
    most = max((float(end) for end in ends if math.isfinite(end)), default=0.0) or 1.0
    if figure.attribute == "occurrence":  # the fifth Sunday is no size
        most = 0.0
    voices = "1 voice" if figure.voices == 1 else f"{figure.voices} voices"
    return FigureRow(
        counted=_counted(figure, type_name),
        best=_words(figure, figure.best, figure.best) if figure.best is not None else "not known",
        interval=_words(figure, figure.low, figure.high),
        rule=f"{figure.policy}, by {voices}",
        bar=_bar(figure.low, figure.high, most),
        at=_at(figure.best, most),
        voices=tuple(
            _voice(figure, voice, one, most, n == 0) for voice in figure.heard for n, one in enumerate(voice.statements)
        ),
    )


def _voice(figure: Figure, voice: Voice, one: Statement, most: float, first: bool) -> VoiceRow:
    return VoiceRow(
        name=voice.name or "publisher not known",
        kinds=", ".join(name_words("kinds", kind) for kind in voice.kinds) or "the document itself",
        shown=_words(figure, one.low, one.high),
        day=day_words(one.day) if one.day else "",
        quote=one.quote,
        publishers=", ".join(dict.fromkeys(name or "publisher not known" for name in one.publishers)),
        bar=_bar(one.low, one.high, most),
        first=first,
    )


def _counted(figure: Figure, type_name: str) -> str:
    claim = _claim(figure, figure.low, figure.high)
    return counted_words(claim, type_name) or figure.attribute


def _words(figure: Figure, low: float | None, high: float | None) -> str:
    return claim_words(_claim(figure, low, high))


def _claim(figure: Figure, low: float | None, high: float | None) -> Claim:
    return Claim(figure.attribute, low, high, False, figure.unit, Span.unplaced(""))


def _bar(low: float | None, high: float | None, most: float) -> Bar | None:
    if not most or (low is None and high is None):
        return None
    start, end = _at(low, most), WIDE if high is None else _at(high, most)
    return Bar(start, max(1.5, end - start), high is None)


def _at(value: float | None, most: float) -> float:
    return 0.0 if value is None or not most else round(min(1.0, max(0.0, value / most)) * (WIDE - 2), 2)
