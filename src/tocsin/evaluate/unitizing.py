"""Krippendorff's alpha of unitizing: how far coders agree on which stretches of a text are something, and on what.

After Krippendorff, Content Analysis (2004), chapter 11: for each category a coder's continuum is units of it and gaps
between them. Two units that overlap differ by the squares of how far their beginnings and their ends lie apart; a unit
that lies in a gap of the other coder by the square of its length.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tocsin.evaluate.alpha import Alpha


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a text that a coder gave a category.

    Attributes:
        start: characters before its first one.
        length: in characters, above 0.
        category: what it is.
    """

    start: int
    length: int
    category: str

    @property
    def end(self) -> int:
        """Characters up to its last one."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Continuum:
    """One text with the units of each coder.

    Attributes:
        length: of the text, in characters.
        coders: units of each, in any order; those of one category that overlap are one.
    """

    length: int
    coders: tuple[tuple[Unit, ...], ...]


def unitizing(texts: Sequence[Continuum]) -> Alpha:
    """Return the agreement over all categories: what is observed of all as a share of what is expected of all.

    Args:
        texts: taken as one continuum, one after the other; each with the units of the same coders.
    """
    made = unitizing_by_category(texts).values()
    observed, expected = sum(one.observed for one in made), sum(one.expected for one in made)
    value = None if expected == 0 else 1 - observed / expected
    return Alpha(value, observed, expected, sum(one.units for one in made), sum(one.values for one in made))


def unitizing_by_category(texts: Sequence[Continuum]) -> Mapping[str, Alpha]:
    """Return the agreement on each category, sorted by its name; arguments as for `unitizing`.

    The units of an agreement are those of all coders, its values their characters.
    """
    whole = _joined(texts)
    names = sorted({unit.category for coder in whole.coders for unit in coder})
    return {name: _of_category(whole, name) for name in names}


def _of_category(whole: Continuum, name: str) -> Alpha:
    coders = [_merged(unit for unit in coder if unit.category == name) for coder in whole.coders]
    gaps = [_gaps(units, whole.length) for units in coders]
    count, length = len(coders), whole.length
    units = [unit for some in coders for unit in some]
    if count < 2:
        return Alpha(None, 0.0, 0.0, len(units), sum(size for _, size in units))
    differences = sum(
        _difference(one, others, empty)
        for n, some in enumerate(coders)
        for one in some
        for k, (others, empty) in enumerate(zip(coders, gaps, strict=True))
        if k != n
    )
    observed = differences / (count * (count - 1) * length * length)
    expected = _expected([size for _, size in units], [size for some in gaps for _, size in some], count, length)
    value = None if expected == 0 else 1 - observed / expected
    return Alpha(value, observed, expected, len(units), sum(size for _, size in units))


def _difference(unit: tuple[int, int], others: Sequence[tuple[int, int]], gaps: Sequence[tuple[int, int]]) -> int:
    """Return how far a unit differs from another coder's continuum; both orders of a unit in a gap are counted here."""
    start, size = unit
    end = start + size
    found = 0
    for other, length in others:
        if other < end and start < other + length:
            found += (start - other) ** 2 + (end - other - length) ** 2
    if any(gap <= start and end <= gap + length for gap, length in gaps):
        found += 2 * size * size
    return found


def _expected(units: Sequence[int], gaps: Sequence[int], coders: int, length: int) -> float:
    found = 0.0
    for size in units:
        found += (len(units) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        found += size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
    total = coders * length
    pairs = total * (total - 1) - sum(size * (size - 1) for size in units)
    return 2 / length * found / pairs if pairs else 0.0


def _merged(units: Iterable[Unit]) -> list[tuple[int, int]]:
    """Return units as (start, length) in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for unit in sorted(units, key=lambda one: (one.start, one.end)):
        if found and unit.start < sum(found[-1]):
            start, size = found[-1]
            found[-1] = (start, max(size, unit.end - start))
        else:
            found.append((unit.start, unit.length))
    return found


def _gaps(units: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    found, at = [], 0
    for start, size in [*units, (length, 0)]:
        if start > at:
            found.append((at, start - at))
        at = start + size
    return found


def _joined(texts: Sequence[Continuum]) -> Continuum:
    coders: defaultdict[int, list[Unit]] = defaultdict(list)
    at = 0
    for text in texts:
        for number, units in enumerate(text.coders):
            coders[number] += [Unit(at + unit.start, unit.length, unit.category) for unit in units]
        at += text.length
    return Continuum(at, tuple(tuple(coders[number]) for number in sorted(coders)))
