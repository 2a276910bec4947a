"""What can be said of each statement: agreed on by all groups, dividing them, or typical of one.

Every share comes with an interval; every difference that is named has passed one control for false
discoveries over all groups, statements and directions; no measure prefers agreeing to disagreeing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import ndtr

from .votes import AGREE, DISAGREE, Floats, Ints, Votes

Z90 = 1.6448536269514722
"""A two-sided interval of 90 %."""
DIRECTIONS = (AGREE, DISAGREE)


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """One entry a statement; not a number where it cannot be said.

    `bridging` is the least share that every group is sure to have in the same direction, `mean_share` the
    geometric mean of the groups' smoothed shares in that direction (it does not fall with the number of
    groups), `towards` the direction (+1, -1). `divisive` is the least by which two groups are sure to differ.
    `split` is 4 × agree share × disagree share of all. `typical[g, j]` is +1 or -1 where group g agrees or
    disagrees with statement j more than the others do, and `sure[g, j]` the least by which it does.
    """

    bridging: Floats
    mean_share: Floats
    towards: NDArray[np.int8]
    divisive: Floats
    split: Floats
    typical: NDArray[np.int8]
    sure: Floats


def group_counts(votes: Votes, group_of: Ints, k: int, told: csr_array | None = None) -> NDArray[np.int64]:
    """Disagree, pass and agree of each group (1 … k) on each statement: groups × statements × 3.

    `told` are the votes' indicators, where the caller has them already.
    """
    member = (group_of[:, None] == np.arange(1, k + 1)).astype(float)
    counted = (votes.indicators() if told is None else told).T @ member
    whole: NDArray[np.int64] = np.rint(counted.T).astype(np.int64)
    return whole.reshape(k, len(votes.statements), 3)


def measured(
    counts: NDArray[np.int64],
    groups: NDArray[np.int64],
    active: NDArray[np.bool_],
    fewest: int = 5,
    rate: float = 0.10,
    tested: NDArray[np.int64] | None = None,
) -> Measures:
    """All measures from the counts of all (`statements × 3`) and of the groups (`groups × statements × 3`).

    Without groups everybody is one. `tested`: the counts that tests rest on, if others.
    """
    shown = groups if len(groups) else counts[None]
    seen = shown.sum(axis=2)
    comparable = active & (seen >= fewest).all(axis=0)
    bridging, mean_share, towards = _bridging(shown, seen, comparable)
    divisive = _divisive(groups, seen, comparable) if len(groups) > 1 else np.full(len(counts), np.nan)
    typical, sure = _typical(groups, active, fewest, rate, groups if tested is None else tested)
    return Measures(bridging, mean_share, towards, divisive, _split(counts, active), typical, sure)


def wilson(successes: Ints, seen: Ints, z: float = Z90) -> tuple[Floats, Floats]:
    """The interval of a share after Wilson; everything from 0 to 1 where nobody was asked."""
    n = np.maximum(np.asarray(seen, dtype=float), 1.0)
    share = successes / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    asked = np.asarray(seen) > 0
    return (
        np.where(asked, np.clip(middle - reach, 0.0, share), 0.0),
        np.where(asked, np.clip(middle + reach, share, 1.0), 1.0),
    )


def sure_difference(one: Ints, of_one: Ints, other: Ints, of_other: Ints) -> Floats:
    """The least by which the first share is larger: the lower end of the 90 % interval (Newcombe)."""
    share, against = one / np.maximum(of_one, 1), other / np.maximum(of_other, 1)
    low, _high = wilson(one, of_one)
    _low, high = wilson(other, of_other)
    difference: Floats = share - against - np.sqrt((share - low) ** 2 + (high - against) ** 2)
    return difference


def larger_share(one: Ints, of_one: Ints, other: Ints, of_other: Ints) -> Floats:
    """How likely chance alone makes the first share so much larger (one-sided two-proportion test)."""
    n, m = np.maximum(of_one, 1).astype(float), np.maximum(of_other, 1).astype(float)
    pooled = (one + other) / (n + m)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    gap = one / n - other / m - 0.5 * (1 / n + 1 / m)  # continuity: counts move in whole people
    score = np.divide(gap, spread, out=np.full(gap.shape, -np.inf), where=spread > 0)
    likely: Floats = ndtr(-score)
    return likely


def discoveries(likely: Floats, rate: float) -> NDArray[np.bool_]:
    """Which tests stand when at most this share of those that stand may be false (Benjamini and Hochberg)."""
    flat = np.sort(likely.ravel())
    passed = np.flatnonzero(flat <= rate * np.arange(1, len(flat) + 1) / max(len(flat), 1))
    return likely <= (flat[passed[-1]] if len(passed) else -1.0)


def _bridging(
    shown: NDArray[np.int64], seen: NDArray[np.int64], comparable: NDArray[np.bool_]
) -> tuple[Floats, Floats, NDArray[np.int8]]:
    least = np.stack([wilson(shown[:, :, way], seen)[0].min(axis=0) for way in DIRECTIONS])
    smoothed = np.stack([np.log((shown[:, :, way] + 1) / (seen + 2)).mean(axis=0) for way in DIRECTIONS])
    agree = (least[0] > least[1]) | ((least[0] == least[1]) & (smoothed[0] >= smoothed[1]))
    value = np.where(comparable, np.where(agree, least[0], least[1]), np.nan)
    mean = np.where(comparable, np.exp(np.where(agree, smoothed[0], smoothed[1])), np.nan)
    return value, mean, np.where(comparable, np.where(agree, 1, -1), 0).astype(np.int8)


def _divisive(groups: NDArray[np.int64], seen: NDArray[np.int64], comparable: NDArray[np.bool_]) -> Floats:
    widest = np.zeros(groups.shape[1])
    for way in DIRECTIONS:
        part = groups[:, :, way]
        for group in range(len(groups)):
            apart = sure_difference(part[group], seen[group], part, seen)
            np.maximum(widest, np.delete(apart, group, axis=0).max(axis=0), out=widest)
    return np.where(comparable, widest, np.nan)


def _split(counts: NDArray[np.int64], active: NDArray[np.bool_]) -> Floats:
    seen = counts.sum(axis=1)
    share = (counts + 1) / (seen + 2)[:, None]
    return np.where(active & (seen > 0), 4 * share[:, AGREE] * share[:, DISAGREE], np.nan)


def _typical(
    groups: NDArray[np.int64],
    active: NDArray[np.bool_],
    fewest: int,
    rate: float,
    tested: NDArray[np.int64],
) -> tuple[NDArray[np.int8], Floats]:
    typical = np.zeros(groups.shape[:2], dtype=np.int8)
    sure = np.full(groups.shape[:2], np.nan)
    if len(groups) < 2:
        return typical, sure
    seen, rest = groups.sum(axis=2), groups.sum(axis=0) - groups
    asked, others = tested.sum(axis=2), tested.sum(axis=0) - tested
    enough = active & (seen >= fewest) & (rest.sum(axis=2) >= fewest)
    likely = np.ones((2, *typical.shape))
    for at, way in enumerate(DIRECTIONS):
        p = larger_share(tested[:, :, way], asked, others[:, :, way], others.sum(axis=2))
        likely[at] = np.where(enough, p, 1.0)
    stand = np.zeros(likely.shape, dtype=bool)
    stand[:, enough] = discoveries(likely[:, enough], rate)
    for at, way in enumerate(DIRECTIONS):
        least = sure_difference(groups[:, :, way], seen, rest[:, :, way], rest.sum(axis=2))
        better = stand[at] & (least > 0) & ~(sure >= least)
        typical[better] = 1 if way == AGREE else -1
        sure[better] = least[better]
    return typical, sure
