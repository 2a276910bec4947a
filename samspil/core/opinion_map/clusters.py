"""Parting points of a map into groups: k-means that does not depend on who came first.

The points are put in an order of their own (by where they lie) or gathered in the cells of a grid, the
search is started many times from seeded places, and the answer is settled on all points.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .votes import Floats, Ints

EXACT_UP_TO = 512
"""So many different places are searched as they are; more are gathered in cells."""
SIDE, COARSE_SIDE = 32, 14
_REACH = 3.0
"""The grid spans so many standard deviations each way; what lies beyond falls in its outermost cells."""
_POLISHED = 8
"""Of all searches on the coarse grid so many go on, the best ones, on all cells."""
_ROUNDS = 60
_AT_REST, _NEARLY = 1e-9, 1e-2
_SETTLED = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Places with the weight of those who stand there; `cell_of` says in which each point is."""

    places: Floats
    weights: Floats
    cell_of: Ints
    coarse: "Cells | None" = None

    @property
    def spread(self) -> float:
        """How far places lie from their middle, on the whole."""
        middle = self.weights @ self.places / self.weights.sum()
        return float(np.sqrt(self.weights @ ((self.places - middle) ** 2).sum(axis=1) / self.weights.sum()))


def gathered(points: Floats, weights: Floats | None = None, exact_up_to: int = EXACT_UP_TO) -> Cells:
    """The points in an order of their own: each by itself when they are few, else 32 × 32 cells of a grid.

    Cells are gathered once more, coarsely, for the first rough searches.
    """
    mass = np.ones(len(points)) if weights is None else weights
    if len(points) <= exact_up_to:
        return _ordered(points, mass)
    fine = _grid(points, mass, SIDE)
    return replace(fine, coarse=_grid(fine.places, fine.weights, COARSE_SIDE))


def _ordered(points: Floats, mass: Floats) -> Cells:
    order = np.lexsort(points.T[::-1])
    back = np.empty(len(points), dtype=np.intp)
    back[order] = np.arange(len(points))
    return Cells(points[order], mass[order], back)


def _grid(points: Floats, mass: Floats, side: int) -> Cells:
    middle, spread = points.mean(axis=0), points.std(axis=0)
    low, step = middle - _REACH * spread, np.maximum(2 * _REACH * spread / side, 1e-300)
    grid = np.clip(((points - low) / step).astype(np.int32), 0, side - 1)
    number = grid[:, 0]
    for axis in range(1, points.shape[1]):
        number = number * side + grid[:, axis]
    used = np.bincount(number, minlength=side ** points.shape[1]) > 0
    here, cell_of = int(used.sum()), (np.cumsum(used) - 1)[number]
    heavy = np.bincount(cell_of, mass, here).astype(float)
    sums = np.stack([np.bincount(cell_of, mass * axis, here) for axis in points.T], axis=1)
    return Cells(sums / np.maximum(heavy, 1e-300)[:, None], heavy, cell_of)


def best_centres(cells: Cells, k: int, restarts: int, chance: np.random.Generator) -> Floats:
    """The centres of the best of many searches for k groups: the least sum of squared distances.

    Where places are gathered coarsely too, all searches start there and the best few go on, on all.
    """
    rough = cells.coarse or cells
    starts = _spread_out(rough, k, chance.random((restarts, k)))
    centres, inertia = _lloyd(rough, starts, _NEARLY if cells.coarse else _AT_REST)
    if cells.coarse:
        centres, inertia = _lloyd(cells, centres[np.argsort(inertia, kind="stable")[:_POLISHED]], _AT_REST)
    best: Floats = centres[int(np.argmin(inertia))]
    return best


def settled(points: Floats, centres: Floats) -> tuple[Ints, Floats]:
    """The groups of all points and their centres, after the centres have come to rest among all."""
    cells = Cells(points, np.ones(len(points)), np.arange(len(points)))
    exact = len(points) <= EXACT_UP_TO
    moved, _inertia = _lloyd(cells, centres[None], _AT_REST if exact else _SETTLED)
    return nearest(points, moved[0]), moved[0]


def nearest(points: Floats, centres: Floats) -> Ints:
    """The centre each point is nearest to; of equally near ones the first."""
    label = np.zeros(len(points), dtype=np.int8)
    best = _closeness(points, centres[0])
    for number in range(1, len(centres)):
        close = _closeness(points, centres[number])
        nearer = close > best
        label[nearer] = number
        np.maximum(best, close, out=best)
    return label


def _closeness(points: Floats, centre: Floats) -> Floats:
    """Grows as the distance shrinks: the part of minus half its square that differs between centres."""
    close: Floats = points @ centre
    close -= 0.5 * float(centre @ centre)
    return close


def inertia_of(points: Floats, label: Ints, weights: Floats | None = None) -> float:
    """The sum of squared distances from the middle of one's group."""
    mass = np.ones(len(points)) if weights is None else weights
    k = int(label.max()) + 1
    heavy = np.bincount(label, mass, k)
    sums = np.stack([np.bincount(label, mass * axis, k) for axis in points.T], axis=1)
    middle = sums / np.maximum(heavy, 1e-300)[:, None]
    return float((mass * ((points - middle[label]) ** 2).sum(axis=1)).sum())


def _spread_out(cells: Cells, k: int, draws: Floats) -> Floats:
    """Starting centres of each search, drawn far from one another (k-means++)."""
    restarts, last = len(draws), len(cells.weights) - 1
    centres = np.empty((restarts, k, cells.places.shape[1]))
    far = np.broadcast_to(cells.weights, (restarts, last + 1))
    away = np.full((restarts, last + 1), np.inf)
    for number in range(k):
        up_to = np.cumsum(far, axis=1)
        drawn = (up_to <= draws[:, number, None] * up_to[:, -1:]).sum(axis=1)
        centres[:, number] = cells.places[np.minimum(drawn, last)]
        gap = cells.places[None] - centres[:, number, None]
        np.minimum(away, np.einsum("rpd,rpd->rp", gap, gap), out=away)
        far = away * cells.weights
    return centres


def _lloyd(cells: Cells, starts: Floats, until: float) -> tuple[Floats, Floats]:
    """Several searches at once: each point to its nearest centre, each centre to the middle of its points.

    They end when no centre moves further than `until` times the spread of the places.
    """
    centres, k = starts.copy(), starts.shape[1]
    moving, inertia = np.arange(len(starts)), np.full(len(starts), np.inf)
    pulls = [cells.weights, *(cells.weights * axis for axis in cells.places.T)]
    whole = float(cells.weights @ (cells.places**2).sum(axis=1))
    still = until * cells.spread
    for _round in range(_ROUNDS):
        label, close = _closest(cells.places, centres[moving])
        inertia[moving] = whole - 2 * (cells.weights @ close)
        flat = (label + k * np.arange(len(moving))).ravel()
        heavy, *sums = (
            np.bincount(flat, np.repeat(pull, len(moving)), len(moving) * k).reshape(-1, k) for pull in pulls
        )
        before = centres[moving]
        middle = np.stack(sums, axis=2) / np.maximum(heavy, 1e-300)[:, :, None]
        after = np.where(heavy[:, :, None] > 0, middle, before)
        centres[moving] = after
        moving = moving[np.abs(after - before).max(axis=(1, 2)) > still]
        if len(moving) == 0:
            break
    return centres, inertia


def _closest(places: Floats, centres: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Places × searches: the number of each place's nearest centre, and how close that is."""
    runs, k, dimensions = centres.shape
    close = places @ centres.reshape(-1, dimensions).T
    close -= 0.5 * (centres**2).sum(axis=2).ravel()
    close = close.reshape(len(places), runs, k)
    label = close.argmax(axis=2)
    return label, np.take_along_axis(close, label[:, :, None], axis=2)[:, :, 0]


def distances(cells: Cells) -> Floats:
    """How far each place is from each other one."""
    squares = (cells.places**2).sum(axis=1)
    apart: Floats = cells.places @ cells.places.T
    apart *= -2
    apart += squares[:, None]
    apart += squares
    np.maximum(apart, 0, out=apart)
    np.sqrt(apart, out=apart)
    np.fill_diagonal(apart, 0)
    return apart


def silhouette(cells: Cells, apart: Floats, label: Ints, k: int) -> float:
    """How much nearer people stand to their own group than to the next one, on average; from -1 to 1."""
    member = np.zeros((len(label), k))
    member[np.arange(len(label)), label] = cells.weights
    size = member.sum(axis=0)
    if np.count_nonzero(size) < 2:
        return 0.0
    far = apart @ member
    each = np.arange(len(label))
    own = far[each, label] / np.maximum(size[label] - 1, 1e-300)
    mean = np.divide(far, size, out=np.full_like(far, np.inf), where=size > 0)
    mean[each, label] = np.inf
    other = mean.min(axis=1)
    larger = np.maximum(own, other)
    score = np.divide(other - own, larger, out=np.zeros(len(label)), where=larger > 0)
    score[size[label] <= 1] = 0
    return float((score * cells.weights).sum() / cells.weights.sum())


def agreement(one: Ints, other: Ints) -> float:
    """The adjusted Rand index of two partitions: 1 for the same, about 0 for unrelated ones."""
    rows, columns = int(one.max(initial=0)) + 1, int(other.max(initial=0)) + 1
    table = np.bincount(one.astype(np.int64) * columns + other, minlength=rows * columns)
    table = table.reshape(rows, columns).astype(float)
    both = _pairs(table).sum()
    first, second, every = _pairs(table.sum(1)).sum(), _pairs(table.sum(0)).sum(), _pairs(table.sum())
    expected = first * second / every if every else 0.0
    most = (first + second) / 2
    return float((both - expected) / (most - expected)) if most != expected else 1.0


def _pairs(count: Any) -> Any:
    return count * (count - 1) / 2


def matched(numbers: Ints, other: Ints, k: int) -> Ints:
    """For each group of `numbers` the group of `other` it is: the pairing with most people in common."""
    from scipy.optimize import linear_sum_assignment

    size = max(k, int(other.max(initial=0)) + 1, int(numbers.max(initial=0)) + 1)
    common = np.bincount(numbers.astype(np.int64) * size + other, minlength=size * size).reshape(size, size)
    mine, theirs = linear_sum_assignment(-common)
    name = np.empty(size, dtype=np.int64)
    name[mine] = theirs
    return name
