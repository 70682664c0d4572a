"""What two mentions weigh together: for each comparison the weight of the level reached, and the sum of the weights.

Weights are log2 of likelihood ratios, as in Fellegi and Sunter (1969): +1 makes it twice as likely that the two are one
happening. They come from data (link_weights.toml says which) and are added up for many pairs at a time.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from tocsin.codebook.link import LinkRules
from tocsin.link.comparisons import COMPARISONS, LEVELS, WHOLES, Flags, Ints
from tocsin.link.traits import Traits

Floats = npt.NDArray[np.float64]

#: Pairs compared at a time: the largest table of one comparison, 2 MB, stays in the cache; with 65,536 it took 24 us a
#: pair in place of 15.
CHUNK = 2_048
#: What a pair weighs that cannot be, whatever speaks for it.
NEVER = -1e6


def weigh_pairs(traits: Traits, left: Ints, right: Ints, rules: LinkRules) -> Floats:
    """Return for each pair the log2 of the odds that its two mentions are one happening, `NEVER` where they cannot be.

    Args:
        traits: one row a mention.
        left, right: the rows of each pair.
        rules: the weights, and the levels that cannot be.
    """
    scores = np.full(len(left), NEVER)
    weights = {
        name: np.array([rules.weights.get(name, {}).get(level, 0.0) for level in of]) for name, of in LEVELS.items()
    }
    for begin in range(0, len(left), CHUNK):
        part = slice(begin, begin + CHUNK)
        a, b = traits[left[part]], traits[right[part]]
        cannot, found = _barred(a, b, rules)
        may = np.flatnonzero(~cannot)
        if len(may) < len(cannot):
            a, b = a[may], b[may]
        total = np.full(len(may), rules.prior)
        for name, compare in COMPARISONS.items():
            total += weights[name][found[name][may] if name in found else compare(a, b)]
        scores[begin + may] = total
    return scores


def cannot_be(traits: Traits, left: Ints, right: Ints, rules: LinkRules) -> Flags:
    """Return for each pair whether it cannot be one happening: a level of `rules.cannot`, or one stands for several."""
    cannot = np.zeros(len(left), dtype=bool)
    for begin in range(0, len(left), CHUNK):
        part = slice(begin, begin + CHUNK)
        cannot[part], _ = _barred(traits[left[part]], traits[right[part]], rules)
    return cannot


def levels_of(a: Traits, b: Traits) -> dict[str, Ints]:
    """Return for each comparison the number of the level (in `LEVELS`) that each pair of rows reaches."""
    return {name: compare(a, b) for name, compare in COMPARISONS.items()}


def _barred(a: Traits, b: Traits, rules: LinkRules) -> tuple[Flags, Mapping[str, Ints]]:
    """Return for each pair whether it cannot be, and the levels of the comparisons that may bar one."""
    wholes = [np.where(np.isin(t["scope"], WHOLES), t["scope"], 0) for t in (a, b)]
    cannot = wholes[0] != wholes[1]
    found = {name: COMPARISONS[name](a, b) for name in rules.cannot if name in COMPARISONS}
    for name, levels in found.items():
        cannot |= np.array([level in rules.cannot[name] for level in LEVELS[name]])[levels]
    return cannot, found
