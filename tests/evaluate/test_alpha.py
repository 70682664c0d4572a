"""Krippendorff's own examples, to the last digit that his formulas give; and what holds of every alpha."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.evaluate.alpha import interval, nominal, with_interval
from tocsin.evaluate.unitizing import Continuum, Unit, unitizing, unitizing_by_category

EXACT = 1e-9
N = None

# Krippendorff 2011, section A: two observers, ten units, two values.
BINARY = ((0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0))
# Section B: two observers, twelve units, five values.
NAMES = ("aabbdcccedda", "babbbccceddd")
# Section C: four observers, twelve units, missing values.
MISSING = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3),
    (N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N),
)
# The table of coincidences that section C gives, its rows and columns 1 to 5.
COINCIDENCES = (
    (Fraction(7), Fraction(4, 3), Fraction(1, 3), Fraction(1, 3), Fraction(0)),
    (Fraction(4, 3), Fraction(10), Fraction(4, 3), Fraction(1, 3), Fraction(0)),
    (Fraction(1, 3), Fraction(4, 3), Fraction(8), Fraction(1, 3), Fraction(0)),
    (Fraction(1, 3), Fraction(1, 3), Fraction(1, 3), Fraction(4), Fraction(0)),
    (Fraction(0), Fraction(0), Fraction(0), Fraction(0), Fraction(3)),
)


def _by_table(square: bool) -> Fraction:
    """Return alpha from the published table, in fractions."""
    sums = [sum(row, Fraction(0)) for row in COINCIDENCES]
    count = sum(sums)

    def over(weights: list[list[Fraction]]) -> Fraction:
        return sum(
            (weights[a][b] * ((a - b) ** 2 if square else a != b) for a in range(5) for b in range(5)), Fraction(0)
        )

    expected = [[sums[a] * sums[b] for b in range(5)] for a in range(5)]
    return 1 - (count - 1) * over([list(row) for row in COINCIDENCES]) / over(expected)


def test_two_observers_and_two_values() -> None:
    made = nominal(list(zip(*BINARY, strict=True)))
    assert made.value == pytest.approx(float(1 - Fraction(19 * 4, 14 * 6)), abs=EXACT)
    assert round(made.value or 0, 3) == 0.095
    assert (made.units, made.values) == (10, 20)


def test_two_observers_and_five_values() -> None:
    made = nominal(list(zip(*NAMES, strict=True)))
    counts = Counter("".join(NAMES))
    expected = 24 * 24 - sum(n * n for n in counts.values())
    observed = 2 * sum(a != b for a, b in zip(*NAMES, strict=True))
    assert made.value == pytest.approx(float(1 - Fraction(23 * observed, expected)), abs=EXACT)
    assert round(made.value or 0, 3) == 0.692


def test_four_observers_with_missing_values() -> None:
    units = list(zip(*MISSING, strict=True))
    made = nominal(units)
    assert made.value == pytest.approx(float(_by_table(square=False)), abs=EXACT)
    assert round(made.value or 0, 3) == 0.743
    assert (made.units, made.values) == (11, 40)
    by_distance = interval(units)
    assert by_distance.value == pytest.approx(float(_by_table(square=True)), abs=EXACT)
    assert round(by_distance.value or 0, 3) == 0.849


# Krippendorff 2004, the example of chapter 11: a continuum from 150, 300 long, two observers, categories c and k.
OBSERVER_I = ((225, 70, "c"), (370, 30, "c"), (180, 60, "k"), (300, 50, "k"))
OBSERVER_J = ((220, 80, "c"), (355, 20, "c"), (400, 20, "c"), (180, 60, "k"), (300, 50, "k"))
UNITS = tuple(tuple(Unit(start - 150, size, name) for start, size, name in some) for some in (OBSERVER_I, OBSERVER_J))
EXAMPLE = Continuum(300, UNITS)


def test_units_of_a_continuum() -> None:
    made = unitizing_by_category([EXAMPLE])
    c, k = made["c"], made["k"]
    # By hand, with the lengths of units and gaps that the book gives: 2 (50 + 850 + 400) / (2 x 1 x 300 squared).
    assert c.observed == pytest.approx(float(Fraction(2600, 180_000)), abs=EXACT)
    assert c.expected == pytest.approx(float(Fraction(2 * 2_767_160, 300 * 346_620)), abs=EXACT)
    assert (round(c.observed, 4), round(c.expected, 4), round(c.value or 0, 4)) == (0.0144, 0.0532, 0.7286)
    assert (k.observed, round(k.expected, 4), k.value) == (0, 0.049, 1)
    whole = unitizing([EXAMPLE])
    assert whole.value == pytest.approx(1 - c.observed / (c.expected + k.expected), abs=EXACT)
    # The book has .8591, worked out from figures of four digits.
    assert whole.value == pytest.approx(0.8591, abs=0.0005)


def test_texts_are_one_continuum_and_the_order_of_coders_does_not_matter() -> None:
    swapped = Continuum(300, EXAMPLE.coders[::-1])
    assert unitizing([EXAMPLE, EXAMPLE]).value == pytest.approx(unitizing([swapped, swapped]).value, abs=EXACT)
    lengths = unitizing_by_category([EXAMPLE, EXAMPLE])["c"]
    assert (lengths.units, lengths.values) == (10, 440)


def test_nothing_to_compare_has_no_alpha() -> None:
    for made in (nominal([]), nominal([("a", None)]), nominal([("a", "a")]), interval([(1.0, 1.0), (1.0, 1.0)])):
        assert made.value is None
    assert unitizing([Continuum(10, ((), ()))]).value is None
    assert unitizing([]).value is None
    assert with_interval([("a", "a")], nominal).low is None


def test_an_interval_holds_the_value_and_is_the_same_each_time() -> None:
    units = list(zip(*MISSING, strict=True))
    made = with_interval(units, nominal, draws=500)
    assert made == with_interval(units, nominal, draws=500)
    assert made.low is not None and made.high is not None and made.value is not None
    assert made.low < made.value < made.high <= 1
    assert made.low == pytest.approx(0.45, abs=0.15)


def _apart(one: int, other: int) -> int:
    return one != other


def _distance(one: int, other: int) -> int:
    return (one - other) ** 2


VALUES = st.lists(st.lists(st.none() | st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=8)


@given(VALUES)
def test_alpha_is_what_all_pairs_give(units: list[list[int | None]]) -> None:
    """Against the definition, pair by pair, in fractions."""
    kept = [[v for v in unit if v is not None] for unit in units]
    kept = [unit for unit in kept if len(unit) > 1]
    values = [v for unit in kept for v in unit]
    for made, differ in ((nominal(units), _apart), (interval(units), _distance)):
        expected = sum(differ(a, b) for a in values for b in values)
        if not expected:
            assert made.value is None
            continue
        observed = sum(
            (Fraction(sum(differ(a, b) for a in unit for b in unit), len(unit) - 1) for unit in kept), Fraction(0)
        )
        assert made.value == pytest.approx(float(1 - (len(values) - 1) * observed / expected), abs=EXACT)


@given(st.permutations(range(12)), st.permutations(range(4)))
def test_neither_the_order_of_units_nor_of_coders_matters(units: list[int], coders: list[int]) -> None:
    data = list(zip(*MISSING, strict=True))
    turned = [[data[n][c] for c in coders] for n in units]
    assert nominal(turned).value == pytest.approx(nominal(data).value, abs=EXACT)
    assert interval(turned).value == pytest.approx(interval(data).value, abs=EXACT)
