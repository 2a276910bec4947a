"""Parting points of a map into groups: k-means that does not depend on who came first.

The points are put in an order of their own (by where they lie) or gathered in the cells of a grid, the search is
started many times from seeded places, and the answer is settled on all points.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .votes import Floats, Ints

EXACT_UP_TO = 512
"""So many different places are searched as they are; more are gathered in cells."""
SIDE = 32
_REACH = 3.0
"""The grid spans so many standard deviations each way; what lies beyond falls in its outermost cells."""
_ROUNDS = 60
_SETTLING = 30


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Places with the weight of those who stand there; `cell_of` says in which each point is."""

    places: Floats
    weights: Floats
    cell_of: Ints


def gathered(points: Floats, weights: Floats | None = None, exact_up_to: int = EXACT_UP_TO) -> Cells:
    """The points in an order of their own: each by itself when they are few, else 32 × 32 cells of a grid."""
    mass = np.ones(len(points)) if weights is None else weights
    if len(points) <= exact_up_to:
        order = np.lexsort(points.T[::-1])
        back = np.empty(len(points), dtype=np.intp)
        back[order] = np.arange(len(points))
        return Cells(points[order], mass[order], back)
    middle, spread = points.mean(axis=0), points.std(axis=0)
    low, step = middle - _REACH * spread, np.maximum(2 * _REACH * spread / SIDE, 1e-300)
    grid = np.clip(((points - low) / step).astype(np.int64), 0, SIDE - 1)
    number = grid[:, 0]
    for axis in range(1, points.shape[1]):
        number = number * SIDE + grid[:, axis]
    here, cell_of = _numbered(number, SIDE ** points.shape[1])
    heavy = np.bincount(cell_of, mass, here)
    sums = np.stack([np.bincount(cell_of, mass * axis, here) for axis in points.T], axis=1)
    full = heavy > 0
    sums[full] /= heavy[full, None]
    return Cells(sums, heavy, cell_of)


def _numbered(number: Ints, most: int) -> tuple[int, Ints]:
    used = np.bincount(number, minlength=most) > 0
    return int(used.sum()), (np.cumsum(used) - 1)[number]


def best_centres(cells: Cells, k: int, restarts: int, chance: np.random.Generator) -> Floats:
    """The centres of the best of many searches for k groups: the least sum of squared distances."""
    starts = _spread_out(cells, k, restarts, chance.random((restarts, k)))
    return _searched(cells, starts)[0]


def settled(points: Floats, centres: Floats, weights: Floats | None = None) -> tuple[Ints, Floats]:
    """The groups of all points and their centres, after moving the centres to rest."""
    cells = Cells(points, np.ones(len(points)) if weights is None else weights, np.arange(len(points)))
    centres, _inertia = _lloyd(cells, centres[None], _SETTLING)
    return nearest(points, centres[0]), centres[0]


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
    middle = np.stack([np.bincount(label, mass * axis, k) for axis in points.T], axis=1)
    middle /= np.maximum(heavy, 1e-300)[:, None]
    return float((mass * ((points - middle[label]) ** 2).sum(axis=1)).sum())


def _spread_out(cells: Cells, k: int, restarts: int, draws: Floats) -> Floats:
    """Starting centres of each search, drawn far from one another (k-means++)."""
    centres = np.empty((restarts, k, cells.places.shape[1]))
    far = np.broadcast_to(cells.weights, (restarts, len(cells.weights)))
    away = np.full((restarts, len(cells.weights)), np.inf)
    for number in range(k):
        up_to = np.cumsum(far, axis=1)
        drawn = (up_to <= draws[:, number, None] * up_to[:, -1:]).sum(axis=1)
        centres[:, number] = cells.places[np.minimum(drawn, len(cells.weights) - 1)]
        gap = cells.places[None] - centres[:, number, None]
        np.minimum(away, np.einsum("rpd,rpd->rp", gap, gap), out=away)
        far = away * cells.weights
    return centres


def _searched(cells: Cells, starts: Floats) -> tuple[Floats, float]:
    centres, inertia = _lloyd(cells, starts, _ROUNDS)
    best = int(np.argmin(inertia))
    return centres[best], float(inertia[best])


def _lloyd(cells: Cells, starts: Floats, rounds: int) -> tuple[Floats, Floats]:
    """Several searches at once: each point to its nearest centre, each centre to the middle of its points."""
    runs, k, dimensions = starts.shape
    count = len(cells.weights)
    centres = starts.copy()
    moving = np.arange(runs)
    axes = [np.ascontiguousarray(axis) for axis in cells.places.T]
    pulled = [cells.weights] + [cells.weights * axis for axis in axes]
    whole = float((cells.weights * (cells.places**2).sum(axis=1)).sum())
    inertia = np.full(runs, np.inf)
    for _round in range(rounds):
        label, best = _closest(axes, centres[moving], count)
        label += (np.arange(len(moving)) * k)[:, None]
        flat = label.ravel()
        sums = [
            np.bincount(flat, np.broadcast_to(pull, label.shape).ravel(), len(moving) * k) for pull in pulled
        ]
        heavy = sums[0].reshape(-1, k)
        middle = np.stack([total.reshape(-1, k) for total in sums[1:]], axis=2)
        filled = heavy > 0
        after = centres[moving]
        after[filled] = middle[filled] / heavy[filled][:, None]
        inertia[moving] = whole - 2 * (best @ cells.weights)
        changed = np.abs(after - centres[moving]).max(axis=(1, 2)) > 1e-9 * (1 + np.abs(after).max())
        centres[moving] = after
        moving = moving[changed]
        if len(moving) == 0:
            break
    return centres, inertia


def _closest(axes: list[Floats], centres: Floats, count: int) -> tuple[NDArray[np.int64], Floats]:
    """For each search the number of each place's nearest centre, and how close that is."""
    runs, k, _dimensions = centres.shape
    half = 0.5 * (centres**2).sum(axis=2)
    label = np.zeros((runs, count), dtype=np.int64)
    best = np.full((runs, count), -np.inf)
    close, part = np.empty((runs, count)), np.empty((runs, count))
    for number in range(k):
        np.multiply.outer(centres[:, number, 0], axes[0], out=close)
        for axis in range(1, len(axes)):
            np.multiply.outer(centres[:, number, axis], axes[axis], out=part)
            close += part
        close -= half[:, number, None]
        nearer = close > best
        np.copyto(label, number, where=nearer)
        np.copyto(best, close, where=nearer)
    return label, best


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


def _pairs(count: Floats) -> Floats:
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
