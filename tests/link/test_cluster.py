"""Clusters hold what belongs together and never what cannot be one."""

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from tocsin.link.cluster import cluster_mentions

SIZE = 7
PAIRS = list(itertools.combinations(range(SIZE), 2))
weights = st.lists(st.floats(-8, 8).map(lambda w: round(w, 2)), min_size=len(PAIRS), max_size=len(PAIRS))
owners = st.lists(st.integers(0, 4), min_size=SIZE, max_size=SIZE)


def test_what_all_pairs_speak_for_is_one_and_a_stranger_stays_alone() -> None:
    pairs = {(0, 1): 4.0, (0, 2): 3.0, (1, 2): 5.0, (2, 3): -2.0}
    assert cluster_mentions(4, pairs, apart=[0, 1, 2, 3]) == [(0, 1, 2), (3,)]


def test_a_bridge_does_not_join_what_its_ends_speak_against() -> None:
    pairs = {(0, 1): 6.0, (1, 2): 2.0, (0, 2): -5.0}
    assert cluster_mentions(3, pairs, apart=[0, 1, 2]) == [(0, 1), (2,)]


def test_of_two_mentions_of_one_document_the_likelier_is_taken() -> None:
    pairs = {(0, 1): 3.0, (0, 2): 5.0}
    assert cluster_mentions(3, pairs, apart=[0, 1, 1]) == [(0, 2), (1,)]


def test_a_person_overrules_the_weights() -> None:
    pairs = {(0, 1): 9.0, (1, 2): -9.0}
    assert cluster_mentions(3, pairs, apart=[0, 1, 2], never=[(0, 1)], always=[(1, 2)]) == [(0,), (1, 2)]


@given(weights, owners, st.sets(st.sampled_from(PAIRS), max_size=5))
def test_no_cluster_holds_what_must_stay_apart(
    values: list[float], apart: list[int], never: set[tuple[int, int]]
) -> None:
    clusters = cluster_mentions(SIZE, dict(zip(PAIRS, values, strict=True)), apart=apart, never=never)
    assert sorted(n for cluster in clusters for n in cluster) == list(range(SIZE))
    for cluster in clusters:
        assert len({apart[n] for n in cluster}) == len(cluster)
        assert not never & set(itertools.combinations(cluster, 2))


@given(weights, owners, st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_changes_nothing(values: list[float], apart: list[int], dice: random.Random) -> None:
    pairs = list(zip(PAIRS, values, strict=True))
    before = cluster_mentions(SIZE, dict(pairs), apart=apart)
    dice.shuffle(pairs)
    assert cluster_mentions(SIZE, dict(pairs), apart=apart) == before
