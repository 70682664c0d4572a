"""Krippendorff's alpha: how far coders agree beyond what chance would give.

1 is perfect agreement, 0 what values put to units by chance would give, below 0 worse than that. Values may be missing.
After Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): alpha = 1 - Do / De, where Do is the mean
squared difference of two values of one unit, a unit of m values counting by its pairs over m - 1, and De that of any
two values.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

#: How often units are drawn anew for an interval, and the share of the draws that it leaves out.
DRAWS, OUTSIDE = 2000, 0.05


@dataclass(frozen=True, slots=True)
class Alpha:
    """How far coders agree.

    Attributes:
        value: 1 - observed / expected; None where no two values could be compared, or all values are the same.
        observed, expected: the two disagreements.
        units: with two values or more.
        values: of those units.
        low, high: the interval that 95 of 100 draws of the units lie in, or None where it was not drawn.
    """

    value: float | None
    observed: float
    expected: float
    units: int
    values: int
    low: float | None = None
    high: float | None = None


def nominal(units: Sequence[Sequence[Hashable | None]]) -> Alpha:
    """Return the agreement on names: two values are the same or not.

    Args:
        units: the values of each unit, one a coder, None where missing.
    """
    return _alpha([_names(unit) for unit in units], _differ_in_name)


def interval(units: Sequence[Sequence[float | None]]) -> Alpha:
    """Return the agreement on numbers: two values differ by the square of their distance.

    Args:
        units: the values of each unit, one a coder, None where missing.
    """
    return _alpha([_numbers(unit) for unit in units], _differ_in_number)


def with_interval(
    groups: Sequence[T], measure: Callable[[Sequence[T]], Alpha], *, draws: int = DRAWS, seed: int = 0
) -> Alpha:
    """Return an agreement with the interval that draws of its groups give.

    Args:
        groups: what is drawn, with as many in each draw as there are: units, or documents with all their units, since
            what one document says is not independent.
        measure: gives the agreement of a draw.
        draws: how many.
        seed: of the draws; the same seed gives the same interval.

    Returns:
        The agreement of `groups`, its interval without the lowest and highest 2.5 % of the draws that have one.
    """
    made = measure(groups)
    dice = random.Random(seed)
    values = sorted(
        found
        for _ in range(draws)
        if (found := measure([groups[dice.randrange(len(groups))] for _ in groups]).value) is not None
    )
    if made.value is None or len(groups) < 2 or not values:
        return made
    low, high = (values[round(share * (len(values) - 1))] for share in (OUTSIDE / 2, 1 - OUTSIDE / 2))
    return Alpha(made.value, made.observed, made.expected, made.units, made.values, low, high)


def _alpha(units: Sequence[list[T]], differ: Callable[[Sequence[T]], float]) -> Alpha:
    """Return the agreement of units, given the sum of differences over all ordered pairs of some values."""
    paired = [unit for unit in units if len(unit) > 1]
    values = [value for unit in paired for value in unit]
    count = len(values)
    if count < 2:
        return Alpha(None, 0.0, 0.0, len(paired), count)
    observed = math.fsum(differ(unit) / (len(unit) - 1) for unit in paired) / count
    expected = differ(values) / (count * (count - 1))
    value = None if expected == 0 else 1 - observed / expected
    return Alpha(value, observed, expected, len(paired), count)


def _names(unit: Sequence[Hashable | None]) -> list[Hashable]:
    return [value for value in unit if value is not None]


def _numbers(unit: Sequence[float | None]) -> list[float]:
    return [float(value) for value in unit if value is not None]


def _differ_in_name(values: Sequence[Hashable]) -> float:
    return len(values) ** 2 - sum(times * times for times in Counter(values).values())


def _differ_in_number(values: Sequence[float]) -> float:
    # Twice the count times the squares less the square of the sum, taken from the mean so that nothing is lost.
    mean = math.fsum(values) / len(values)
    return 2 * len(values) * math.fsum((value - mean) ** 2 for value in values)
