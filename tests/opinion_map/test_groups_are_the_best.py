"""No search from many starts finds groups that lie closer together, and where the number of groups is clear they
are the very groups of the best search (opinion-map.md, G3)."""

from functools import cache

import numpy as np
import pytest

from tests.opinion_map.conversations import real
from tests.opinion_map.oracle import (
    DenseMap,
    Floats,
    agreement,
    best_partition,
    dense_map,
    inertia,
    silhouette,
)
from tests.opinion_map.ours import labels, map_of
from tests.real_inputs import CONVERSATIONS

SEED = 4  # of the reference; ours has its own
SMALLEST, SMALLEST_SHARE = 5, 0.03


@cache
def reference(name: str) -> tuple[DenseMap, Floats]:
    known = dense_map(real(name))
    return known, known.coordinates[known.included()]


def no_worse_than(name: str, k: int, restarts: int) -> None:
    _, points = reference(name)
    best = best_partition(points, k, restarts, np.random.default_rng(SEED))
    found = map_of(real(name), replicates=0, k=k)
    assert found.k == k
    assert inertia(points, labels(found)) <= 1.0005 * inertia(points, best)


@pytest.mark.parametrize("k", [2, 4])
@pytest.mark.parametrize("name", ["brexit", "canadian-electoral-reform"])
def test_a_hundred_restarts_find_nothing_better(name: str, k: int) -> None:
    no_worse_than(name, k, 100)


@pytest.mark.prove
@pytest.mark.parametrize("k", range(2, 6))
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_thousand_restarts_find_nothing_better(name: str, k: int) -> None:
    no_worse_than(name, k, 1_000)


def clearest(name: str, restarts: int) -> tuple[int, float, np.ndarray]:  # type: ignore[type-arg]
    """The number of groups with the best silhouette among those with no group too small, its lead, the groups."""
    _, points = reference(name)
    dice = np.random.default_rng(SEED)
    smallest = max(SMALLEST, SMALLEST_SHARE * len(points))
    scored = []
    for k in range(2, 11):
        parted = best_partition(points, k, restarts, dice)
        if np.unique(parted, return_counts=True)[1].min() >= smallest:
            scored.append((silhouette(points, parted), k, parted))
    (first, k, parted), *others = sorted(scored, key=lambda one: -one[0])
    return k, first - max((one[0] for one in others), default=-1.0), parted


def the_clear_groups_are_found(name: str, restarts: int) -> None:
    k, lead, parted = clearest(name, restarts)
    if lead < 0.02:
        pytest.skip(f"{name}: two numbers of groups are nearly as good (silhouettes {lead:.3f} apart)")
    found = map_of(real(name), replicates=0)
    assert found.k == k
    assert agreement(labels(found), parted) >= 0.99


def test_clear_groups_are_those_of_the_best_search() -> None:
    the_clear_groups_are_found("canadian-electoral-reform", 50)


@pytest.mark.prove
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_clear_groups_are_those_of_the_best_of_a_thousand(name: str) -> None:
    the_clear_groups_are_found(name, 1_000)
