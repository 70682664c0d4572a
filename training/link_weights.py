"""Estimates the weights of linking from coded stories and writes them where the program reads them.

python -m training.link_weights           estimate and write
python -m training.link_weights --check   estimate with stories left out, and tell how they come out

Weights are fitted by logistic regression with a ridge over the levels of all comparisons, because the comparisons are
not independent: what Fellegi and Sunter's m and u would count twice is counted once. The weights of what two documents
tell besides are fitted on scores from stories that did not make the first weights. Pairs that cannot be one happening
(link.toml) are left out of both.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from tocsin.codebook import load_codebook
from tocsin.codebook.link import LinkRules
from tocsin.datamodel import CodedDocument
from tocsin.datamodel.coded import read
from tocsin.gazetteer import open_gazetteer
from tocsin.link import between, compare, comparisons
from tocsin.link.block import candidate_pairs, families_of, meeting_keys, meetings
from tocsin.link.digest import digest_of, shelve
from tocsin.link.link import ScoredPairs, group_pairs
from tocsin.link.naming import name_mentions

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
TARGET = ROOT / "src" / "tocsin" / "codebook" / "data" / "link_weights.toml"
#: Chosen on the development stories: how much a pair of MAVERICK counts beside one of a story (there are a hundred
#: times as many, of rows without sentences), and the ridge.
MAVERICK, RIDGE = 0.1, 1.0
#: Documents in a story of the training collection, and parts of the cross-validation.
STORY, PARTS = 4, 6


class Data:
    """Candidate pairs of a collection with the levels they reach and whether they are one event."""

    def __init__(self, documents: Sequence[CodedDocument], rules: LinkRules) -> None:
        named = list(name_mentions(documents))
        places = open_gazetteer()
        mentions = [m for one in named for m in one.mentions]
        shelf = shelve([digest_of(one, rules, places) for one in named])
        traits, self.told = shelf.traits, shelf.told
        families = families_of(rules)
        met = meetings(meeting_keys(traits, self.told.document, families))
        left, right = candidate_pairs(traits, self.told.document, met, families)
        self.candidates, self.may = (left, right), ~compare.cannot_be(traits, left, right, rules)
        self.left, self.right = left[self.may], right[self.may]
        self.story = self.told.document // STORY
        self.events = [m.event for m in mentions]
        self.same = np.array([self.one(a, b) for a, b in zip(self.left, self.right, strict=True)], dtype=float)
        self.levels = columns(compare.levels_of(traits[self.left], traits[self.right]), comparisons.LEVELS)

    def one(self, a: int, b: int) -> bool:
        """Return whether two mentions are one event."""
        return self.events[a] is not None and self.events[a] == self.events[b]

    def all_pairs(self, weight: np.ndarray) -> ScoredPairs:
        """Return all candidates with their weights, those that cannot be one event among them."""
        full = np.full(len(self.may), -1e6)
        full[self.may] = weight
        return ScoredPairs(*self.candidates, full, full)

    def between(self, scores: np.ndarray) -> np.ndarray:
        """Return the levels of what the documents tell besides."""
        found = between.levels_between(self.left, self.right, scores, self.told)
        return columns(found, between.LEVELS)


def columns(found: dict[str, np.ndarray], levels: dict[str, tuple[str, ...]]) -> np.ndarray:
    """Return one column a level, 1 where a pair reaches it."""
    return np.array([found[name] == n for name, names in levels.items() for n in range(len(names))], dtype=float).T


def fit(levels: np.ndarray, same: np.ndarray, weights: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Return log2 weights of the levels, and last the prior, that explain `same` on top of `start` (log2 odds)."""
    design = np.c_[levels, np.ones(len(levels))]
    ridge = np.r_[np.full(levels.shape[1], RIDGE), 0.01]
    found = np.zeros(design.shape[1])
    for _ in range(50):
        odds = 1 / (1 + np.exp(-(design @ found + start * np.log(2))))
        slope = design.T @ (weights * (same - odds)) - ridge * found
        curve = (design.T * (weights * odds * (1 - odds))) @ design + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        found += step
        if np.abs(step).max() < 1e-6:
            break
    return found / np.log(2)


def estimate(stories: Data, rows: Data, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights of the comparisons and of what documents tell besides, each with its prior last.

    Args:
        stories, rows: pairs of stories and of MAVERICK.
        chosen: which pairs of stories to go by.
    """
    # Rows without sentences reach few combinations of levels: each counts as often as it stands there.
    kinds, times = np.unique(np.c_[rows.levels, rows.same], axis=0, return_counts=True)

    def first(some: np.ndarray) -> np.ndarray:
        return fit(
            np.r_[stories.levels[some], kinds[:, :-1]],
            np.r_[stories.same[some], kinds[:, -1]],
            np.r_[np.ones(some.sum()), times * MAVERICK],
            np.zeros(some.sum() + len(kinds)),
        )

    weights = first(chosen)
    scores, scored = (data.levels @ weights[:-1] + weights[-1] for data in (stories, rows))
    story = stories.story
    for part in range(PARTS):
        held = chosen & (story[stories.left] % PARTS == part)
        if held.any():
            without = first(chosen & ~held & (story[stories.right] % PARTS != part))
            scores[held] = stories.levels[held] @ without[:-1] + without[-1]
    besides = fit(
        np.r_[stories.between(scores)[chosen], rows.between(scored)],
        np.r_[stories.same[chosen], rows.same],
        np.r_[np.ones(chosen.sum()), np.full(len(scored), MAVERICK)],
        np.r_[scores[chosen], scored],
    )
    return weights, besides


def check(stories: Data, rows: Data, rules: LinkRules) -> None:
    """Print precision, recall and F1 of pairs of stories that made no weights, by threshold."""
    weight = np.zeros(len(stories.same))
    story = stories.story
    for part in range(PARTS):
        held = (story[stories.left] % PARTS == part) | (story[stories.right] % PARTS == part)
        weights, besides = estimate(stories, rows, ~held)
        scores = stories.levels @ weights[:-1] + weights[-1]
        weight[held] = (scores + stories.between(scores) @ besides[:-1] + besides[-1])[held]
    pairs = stories.all_pairs(weight)
    size = len(stories.events)
    gold = {(a, b) for a in range(size) for b in range(a + 1, size) if stories.events[a] and stories.one(a, b)}
    for threshold in np.arange(-2.0, 1.1, 0.5):
        rule = replace(rules, threshold=float(threshold))
        clusters = group_pairs(size, pairs, stories.told.document, rule)
        found = {(a, b) for cluster in clusters for n, a in enumerate(cluster) for b in cluster[n + 1 :]}
        right = len(found & gold)
        shares = right / max(1, len(found)), right / len(gold), 2 * right / (len(found) + len(gold))
        print("threshold {:+.1f}: precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(threshold, *shares))


def main() -> None:
    """Fit and write, or check."""
    rules = load_codebook().link
    stories = Data([one for one in read(SHARED / "gold" / "train") if any(m.event for m in one.mentions)], rules)
    rows = Data(maverick(), rules)
    print(f"{len(stories.same)} pairs of stories, {stories.same.sum():.0f} one event; {len(rows.same)} rows")
    if "--check" in sys.argv:
        check(stories, rows, rules)
    else:
        write(*estimate(stories, rows, np.ones(len(stories.same), dtype=bool)))


def write(weights: np.ndarray, besides: np.ndarray) -> None:
    """Write the weights as TOML, the prior of the second fit shared out over its first comparison."""
    lines = [
        "# Weights of linking, log2 of likelihood ratios: +1 makes it twice as likely that two mentions are one.",
        "# Made by `python -m training.link_weights` from the stories of the training gold and from MAVERICK",
        "# (Cote d'Ivoire; van Baalen and Hoglund 2026, CC BY 4.0).",
        "",
        f"prior = {weights[-1]:.2f}",
        "# The sum of weights from which mentions are put together; `--check` shows what others come to.",
        "threshold = -0.5",
    ]
    values = iter([*weights[:-1], *besides[:-1]])
    extra = besides[-1]
    for name, names in {**comparisons.LEVELS, **between.LEVELS}.items():
        lines += ["", f"[weights.{json.dumps(name)}]"]
        for level in names:
            value = next(values) + (extra if name == "rivals" else 0.0)
            lines.append(f"{json.dumps(level)} = {value:.2f}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def maverick() -> list[CodedDocument]:
    """Return the rows of MAVERICK's Cote d'Ivoire with their events."""
    folder = SHARED / "bench" / "link"
    lines = (folder / "maverick-cote-divoire.gold.jsonl").read_text(encoding="utf-8").splitlines()
    events = {(g["document"], g["mention"]): g["event"] for g in map(json.loads, lines)}
    return [
        replace(one, mentions=tuple(replace(m, event=events[one.document.id, m.id]) for m in one.mentions))
        for one in read(folder / "maverick-cote-divoire.jsonl", strict=False)
    ]


if __name__ == "__main__":
    main()
