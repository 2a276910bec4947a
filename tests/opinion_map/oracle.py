"""The formulas of the opinion map, slow and dense, written without a look at how the house computes them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.opinion_map.conversations import Conversation

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


# --- the map -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DenseMap:
    """Axes and coordinates from a full singular value decomposition of the mean-imputed matrix."""

    participants: list[str]
    statements: list[str]
    matrix: Floats  # NaN where no vote
    means: Floats
    eigenvalues: Floats  # of the centred Gram matrix: squared singular values
    axes: Floats  # a column an axis
    coordinates: Floats

    def gap(self, axis: int) -> float:
        """How far this axis' eigenvalue is from its neighbours, relative to it."""
        here = self.eigenvalues[axis]
        neighbours = [self.eigenvalues[at] for at in (axis - 1, axis + 1) if 0 <= at < len(self.eigenvalues)]
        return float(min(abs(here - other) for other in neighbours) / here)

    def included(self) -> list[bool]:
        """Who has voted on enough active statements to be grouped: min(7, a third of them, rounded up)."""
        needed = min(7, -(-len(self.statements) // 3))
        return [bool(count >= needed) for count in (~np.isnan(self.matrix)).sum(axis=1)]


def dense_map(conversation: Conversation, axes: int = 2) -> DenseMap:
    participants, statements = conversation.participants, conversation.active
    matrix = dense(conversation, participants, statements)
    seen = ~np.isnan(matrix)
    means = np.where(seen.any(axis=0), np.nansum(matrix, axis=0) / np.maximum(seen.sum(axis=0), 1), 0.0)
    centred = np.where(seen, matrix, means) - means
    _, sizes, across = np.linalg.svd(centred, full_matrices=False)
    loadings = across[:axes].T
    stretch = np.sqrt(len(statements) / np.maximum(seen.sum(axis=1), 1))
    return DenseMap(
        participants=participants,
        statements=statements,
        matrix=matrix,
        means=means,
        eigenvalues=sizes**2,
        axes=loadings,
        coordinates=stretch[:, None] * (centred @ loadings),
    )


def dense(conversation: Conversation, participants: Sequence[str], statements: Sequence[str]) -> Floats:
    row = {participant: at for at, participant in enumerate(participants)}
    column = {statement: at for at, statement in enumerate(statements)}
    matrix = np.full((len(row), len(column)), np.nan)
    for (participant, statement), vote in conversation.votes.items():
        if statement in column:
            matrix[row[participant], column[statement]] = vote
    return matrix


@dataclass(frozen=True)
class PairTables:
    """For each pair of statements, over those who voted on both: how many, the sum of the first, of the product."""

    together: NDArray[np.int64]
    sums: NDArray[np.int64]
    products: NDArray[np.int64]


def pair_tables(matrix: Floats) -> PairTables:
    seen, votes = (~np.isnan(matrix)).astype(float), np.nan_to_num(matrix)
    together, sums, products = (  # sums of so few whole numbers are exact
        (one.T @ other).astype(np.int64) for one, other in ((seen, seen), (votes, seen), (votes, votes))
    )
    return PairTables(together, sums, products)


@dataclass(frozen=True)
class Count:
    agree: int
    disagree: int
    passed: int

    @property
    def seen(self) -> int:
        return self.agree + self.disagree + self.passed


def count(votes: Floats) -> Count:
    return Count(*(int((votes == value).sum()) for value in (1, -1, 0)))


# --- groups --------------------------------------------------------------------------------------------------


def inertia(points: Floats, labels: Labels) -> float:
    """The sum of squared distances to the middle of one's own group."""
    return float(
        sum(
            ((points[labels == one] - points[labels == one].mean(axis=0)) ** 2).sum()
            for one in np.unique(labels)
        )
    )


def best_partition(points: Floats, k: int, restarts: int, dice: np.random.Generator) -> Labels:
    """The lowest inertia that Lloyd's steps reach from so many starts, each at k far-apart points."""
    chunks = [min(100, restarts - done) for done in range(0, restarts, 100)]
    candidates = [_best_of_a_chunk(points, k, chunk, dice) for chunk in chunks]
    return min(candidates, key=lambda labels: inertia(points, labels))


def _best_of_a_chunk(points: Floats, k: int, restarts: int, dice: np.random.Generator) -> Labels:
    centres = np.stack([_far_apart(points, k, dice) for _ in range(restarts)])
    labels = np.full((restarts, len(points)), -1)
    running = np.ones(restarts, dtype=bool)
    for _ in range(300):
        nearest = _nearest(points, centres[running])
        moved = (nearest != labels[running]).any(axis=1)
        labels[running] = nearest
        running[np.flatnonzero(running)[~moved]] = False
        if not running.any():
            break
        centres[running] = _middles(points, labels[running], centres[running])
    costs = [inertia(points, one) for one in labels]
    return labels[int(np.argmin(costs))]


def _far_apart(points: Floats, k: int, dice: np.random.Generator) -> Floats:
    chosen = [points[dice.integers(len(points))]]
    while len(chosen) < k:
        away = np.min([((points - one) ** 2).sum(axis=1) for one in chosen], axis=0)
        chosen.append(points[dice.choice(len(points), p=away / away.sum())])
    return np.array(chosen)


def _nearest(points: Floats, centres: Floats) -> Labels:
    cross = np.einsum("nd,rkd->rnk", points, centres)
    return np.argmin((centres**2).sum(axis=2)[:, None, :] - 2 * cross, axis=2)


def _middles(points: Floats, labels: Labels, before: Floats) -> Floats:
    restarts, k, dimensions = before.shape
    flat = (labels + k * np.arange(restarts)[:, None]).ravel()
    sizes = np.bincount(flat, minlength=restarts * k)
    sums = [
        np.bincount(flat, weights=np.tile(points[:, axis], restarts), minlength=restarts * k)
        for axis in range(dimensions)
    ]
    middles = (np.stack(sums, axis=1) / np.maximum(sizes, 1)[:, None]).reshape(before.shape)
    return np.where((sizes > 0).reshape(restarts, k, 1), middles, before)


def silhouette(points: Floats, labels: Labels) -> float:
    """The mean over points of (distance to the next group − to one's own) over the larger; alone in a group: 0."""
    distances = np.sqrt(((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2))
    groups = np.unique(labels)
    sums = np.stack([distances[:, labels == one].sum(axis=1) for one in groups], axis=1)
    sizes = np.array([(labels == one).sum() for one in groups])
    own = np.searchsorted(groups, labels)
    rows = np.arange(len(points))
    within = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    others = sums / sizes
    others[rows, own] = np.inf
    beyond = others.min(axis=1)
    scores = np.where(sizes[own] > 1, (beyond - within) / np.maximum(np.maximum(beyond, within), 1e-300), 0.0)
    return float(scores.mean())


def agreement(one: Sequence[int] | Labels, other: Sequence[int] | Labels) -> float:
    """The adjusted Rand index of two partitions of the same people: 1 the same, 0 as by chance."""
    _, first = np.unique(np.asarray(one), return_inverse=True)
    _, second = np.unique(np.asarray(other), return_inverse=True)
    table = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(table, (first, second), 1)

    def pairs(counts: Floats) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, in_one, in_other = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    by_chance = in_one * in_other / (len(first) * (len(first) - 1) / 2)
    at_most = (in_one + in_other) / 2
    return 1.0 if at_most == by_chance else (both - by_chance) / (at_most - by_chance)
