"""How many events no list saw: which list saw which event, and what two or three lists say about the rest.

Checked against published worked examples (tests/cases/undercount.toml):

- two lists: 87, 14 and 7 rabbits give 164, 93.8 to 234.2 as two standard errors of a normal distribution on either
  side (Skalski and others 1983, as worked out in the course notes WILD 8390, "Lincoln-Petersen model"); 10, 15 and 5
  turtles give 28, with Sadinle's interval 22 to 65 (Wikipedia, "Mark and recapture").
- three lists: hepatitis A at a college in Taiwan, 271 cases on lists P, Q, E (Chao, Tsay, Lin, Shau and Chao 2001,
  Statistics in Medicine 20: 3123-3157): 388 under independence, 1,313 with all three pairs dependent.
"""

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.datamodel import Event
from tocsin.errors import UsageError

#: Half the width of a 95 % interval in standard errors of a normal distribution.
_Z = 1.959963984540054
#: Events that two lists must share for Chapman's estimate to be nearly without bias (Robson and Regier 1964).
ENOUGH = 7

ALWAYS = (
    "the lists saw the same events: one time, one area, one set of types; none began or ended in between",
    "mentions were put together rightly: an event missed as a match raises the estimate, a wrong match lowers it",
    "within a list every event was as likely to be seen as any other; where large or bloody ones are seen by all lists "
    "and small ones by none, the estimate is too low",
    "what no outlet would ever print is not in the estimate",
)
TWO = (*ALWAYS, "the two lists saw events independently; lists that copy or follow each other make it too low")
THREE = (*ALWAYS, "lists may follow each other in pairs as the model says, but all three together show no further link")

#: For each event, which of the lists saw it.
Matrix = Mapping[str, tuple[bool, ...]]


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many events there were, seen or not.

    Attributes:
        model: "chapman", or the pairs of lists that a log-linear model takes to depend on each other.
        number: the estimate.
        error: its standard error.
        low, high: the 95 % interval; `low` is never below what was seen.
        seen: events that one list or more saw.
        deviance, freedom, aic: how well a log-linear model fits; None for two lists.
        assumptions: what must hold.
        warnings: what speaks against relying on it here.
    """

    model: str
    number: float
    error: float
    low: float
    high: float
    seen: int
    deviance: float | None
    freedom: int | None
    aic: float | None
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]


def seen_by(events: Iterable[Event], lists: Mapping[str, Iterable[str]]) -> dict[str, tuple[bool, ...]]:
    """Return for each single happening that took place which lists saw it.

    A publisher saw an event that a document of its own tells; a reprint of another's words saw nothing.

    Args:
        events: of the record.
        lists: publishers by name of list.
    """
    publishers = [frozenset(names) for names in lists.values()]
    return {
        event.id: tuple(bool(names & set(event.publishers)) for names in publishers)
        for event in sorted(events, key=lambda one: one.id)
        if event.happened and event.scope == "single"
    }


def estimate(matrix: Matrix, names: Sequence[str]) -> tuple[Estimate, ...]:
    """Return how many events there were: Chapman's estimate for two lists, log-linear ones for three, the best first.

    Args:
        matrix: from `seen_by`.
        names: of the lists, in the order of its rows.

    Raises:
        UsageError: there are not two or three lists, or one of them saw nothing.
    """
    if len(names) not in (2, 3):
        raise UsageError(f"{len(names)} lists", "cannot be compared", "name two or three with --list NAME=PUBLISHER")
    counts = Counter(row for row in matrix.values() if any(row))
    for position, name in enumerate(names):
        if not any(row[position] for row in counts):
            raise UsageError(f"list {name!r}", "saw no event", "name publishers of the record")
    if len(names) == 2:
        both = counts[True, True]
        return (chapman(both + counts[True, False], both + counts[False, True], both),)
    return log_linear(counts, names)


def chapman(first: int, second: int, both: int) -> Estimate:
    """Return Chapman's estimate (1951) of how many events there were, with Seber's variance (1970).

    The interval is Sadinle's (2009, transformed logit): it keeps its promise for few events and rare sightings, and
    never falls below what was seen.

    Args:
        first, second: events on each list.
        both: events on both.
    """
    number = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    a, b, c = first - both + 0.5, second - both + 0.5, both + 0.5
    width = _Z * math.sqrt(1 / c + 1 / a + 1 / b + c / (a * b))
    base = first + second - both - 0.5
    seen = first + second - both
    few = f"events that both lists saw: {both}; {ENOUGH} or more are wanted"
    return Estimate(
        "chapman",
        number,
        math.sqrt(variance),
        max(float(seen), base + a * b / c * math.exp(-width)),
        base + a * b / c * math.exp(width),
        seen,
        None,
        None,
        None,
        TWO,
        (few,) if both < ENOUGH else (),
    )


def log_linear(counts: Mapping[tuple[bool, ...], int], names: Sequence[str] = ("1", "2", "3")) -> tuple[Estimate, ...]:
    """Return the estimates of the eight log-linear models of three lists, the one with the lowest AIC first.

    A Poisson regression of the seven counts that can be seen on the lists and the pairs of lists (Fienberg 1972), by
    Newton's method; the eighth count is what the model says for events on no list. The interval takes what was missed
    to be log-normal (Chao 1987). A model whose estimate runs away, because counts are zero, is left out.

    Args:
        counts: events by the lists that saw them.
        names: of the lists.
    """
    found = []
    for size in range(4):
        for pairs in itertools.combinations(((0, 1), (0, 2), (1, 2)), size):
            fitted = _fit(counts, pairs, names)
            if fitted is not None:
                found.append(fitted)
    return tuple(sorted(found, key=lambda one: (one.aic or 0.0, one.model)))


def _fit(
    counts: Mapping[tuple[bool, ...], int], pairs: Sequence[tuple[int, int]], names: Sequence[str]
) -> Estimate | None:
    rows = [row for row in itertools.product((True, False), repeat=3) if any(row)]
    design = np.array([[1.0, *row, *(row[a] and row[b] for a, b in pairs)] for row in rows])
    observed = np.array([float(counts.get(row, 0)) for row in rows])
    fitted = _newton(design, observed)
    if fitted is None:
        return None
    mean, covariance = fitted
    missed = float(np.exp(mean[0]))
    expected = np.exp(design @ mean)
    logs = np.log(np.where(observed > 0, observed / expected, 1.0))
    deviance = float(2 * np.sum(observed * logs - (observed - expected)))
    variance = missed + missed**2 * float(covariance[0, 0])
    seen = int(observed.sum())
    stretch = math.exp(_Z * math.sqrt(math.log1p(variance / missed**2)))
    freedom = len(rows) - design.shape[1]
    warnings = [] if freedom else ["the model fits whatever the counts are: nothing speaks for or against it"]
    if not all(counts.get(row, 0) for row in rows):
        warnings.append("some lists share no event: the estimate hangs on few")
    return Estimate(
        "dependent: " + ", ".join(f"{names[a]} with {names[b]}" for a, b in pairs) if pairs else "independent",
        seen + missed,
        math.sqrt(variance),
        seen + missed / stretch,
        seen + missed * stretch,
        seen,
        deviance,
        freedom,
        deviance - 2 * freedom,
        THREE,
        tuple(warnings),
    )


def _newton(
    design: npt.NDArray[np.float64], observed: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]] | None:
    """Return coefficients of a Poisson regression and their covariance, or None where there are none.

    Args:
        design: a row a count.
        observed: the counts.
    """
    mean = np.asarray(np.linalg.lstsq(design, np.log(observed + 0.5), rcond=None)[0], dtype=np.float64)
    for _ in range(50):  # it takes 5 to 8 steps where there is an estimate at all
        expected = np.exp(np.clip(design @ mean, -30, 30))
        information = design.T @ (design * expected[:, None])
        if np.linalg.cond(information) > 1e12:
            return None
        step = np.linalg.solve(information, design.T @ (observed - expected))
        mean = np.asarray(mean + step, dtype=np.float64)
        if float(np.abs(step).max()) < 1e-10:
            return mean, np.asarray(np.linalg.inv(information), dtype=np.float64)
    return None
