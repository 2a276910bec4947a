"""The axes of the map: along which directions people differ most.

Votes with each statement's mean taken off are zero wherever somebody did not vote, if missing votes count
as the mean. So the principal axes of the mean-imputed table are those of a sparse one, found by multiplying
with the votes alone (or with the three tables) and never by filling a table of people times statements.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh, eigh_tridiagonal
from scipy.sparse import csr_array

from .tables import Tables
from .votes import Floats, Votes

Operator = Callable[[Floats], Floats]

_DENSE_UP_TO = 64
"""With so few statements all axes are computed at once, which also separates axes of exactly equal weight."""
_ANGLE = 1e-11
_FLOOR = 2e-15
_GOLDEN = 0.6180339887498949


@dataclass(frozen=True, slots=True, eq=False)
class Axes:
    """Unit loadings (statements × axes), zero for statements that are out, and how much each axis carries.

    `eigenvalues` are those of the centred Gram matrix: the squared singular values of the mean-imputed table.
    `trace` is the sum of all of them, so that `eigenvalues / trace` is what share an axis tells.
    """

    loadings: Floats
    eigenvalues: Floats
    means: Floats
    trace: float

    def exchangeable(self, within: float = 0.05) -> bool:
        """Whether the first two axes carry so nearly the same that they could change places."""
        if len(self.eigenvalues) < 2 or self.eigenvalues[0] <= 0:
            return False
        return bool(self.eigenvalues[0] - self.eigenvalues[1] <= within * self.eigenvalues[0])


class Centred:
    """The votes with the means taken off, as something to multiply with; people may carry weights.

    `values` has one row a statement: what is left of disagreeing, passing and agreeing. With `level` each
    person's own tendency to agree with anything is taken off too (`lean`). `told` and `counts` are the
    votes' own, where the caller has them already.
    """

    def __init__(
        self,
        votes: Votes,
        active: NDArray[np.bool_],
        weights: Floats | None = None,
        *,
        told: csr_array | None = None,
        level: bool = False,
        counts: NDArray[np.int64] | None = None,
    ) -> None:
        self.cells = votes.indicators() if told is None else told
        self.across = self.cells.T
        self.weights = weights
        if weights is not None:
            counts = (self.across @ weights).reshape(-1, 3)
        elif counts is None:
            counts = votes.counts()
        voters = counts.sum(axis=1)
        balance = counts[:, 2] - counts[:, 0]
        self.means: Floats = np.divide(balance, voters, out=np.zeros(len(voters)), where=voters > 0)
        self.active = active
        self.values: Floats = (np.array([-1.0, 0.0, 1.0]) - self.means[:, None]) * active[:, None]
        self.norms: Floats = (counts * self.values**2).sum(axis=1)
        self.lean: Floats | None = None
        if level:
            self._level()

    def __call__(self, direction: Floats) -> Floats:
        """The centred Gram matrix times a direction."""
        people = self.towards(direction[:, None])[:, 0]
        if self.weights is not None:
            people *= self.weights
        back: Floats = np.einsum("jv,jv->j", (self.across @ people).reshape(-1, 3), self.values)
        if self.lean is not None:
            back -= self._voters_of(self.lean * people)
        return back

    def towards(self, loadings: Floats) -> Floats:
        """For each person the sum over their votes of centred vote times loading, one column an axis."""
        told = self.values[:, :, None] * loadings[:, None, :]
        found: Floats = self.cells @ told.reshape(-1, loadings.shape[1])
        if self.lean is not None:
            reached = np.repeat(loadings * self.active[:, None], 3, axis=0)
            found -= self.lean[:, None] * (self.cells @ reached)
        return found

    def _voters_of(self, people: Floats) -> Floats:
        """For each active statement the sum over those who voted on it."""
        told: Floats = (self.across @ people).reshape(-1, 3).sum(axis=1) * self.active
        return told

    def _level(self) -> None:
        """Each person's mean centred vote, drawn towards zero by how little it rests on."""
        weights = np.ones(self.cells.shape[0]) if self.weights is None else self.weights
        sums = self.cells @ self.values.ravel()
        each = self.cells @ np.repeat(self.active, 3).astype(float)
        pairs, votes = float(weights @ (each * (each - 1))), float(weights @ each)
        shared = (float(weights @ sums**2) - float(self.norms.sum())) / pairs if pairs > 0 else 0.0
        if shared <= 0:
            return
        own = max(float(self.norms.sum()) / votes - shared, 0.0)
        self.lean = sums / (each + own / shared)
        crossed = (self.across @ (weights * self.lean)).reshape(-1, 3)
        self.norms = self.norms - 2 * np.einsum("jv,jv->j", crossed, self.values)
        self.norms = np.maximum(self.norms + self._voters_of(weights * self.lean**2), 0.0)


def axes_of(centred: Centred, components: int = 2, start: Floats | None = None) -> Axes:
    """The axes of the votes, by multiplying with them."""
    loadings, values = leading(centred, centred.norms, components, start)
    return Axes(upright(loadings), values, centred.means, float(centred.norms.sum()))


def axes_of_tables(tables: Tables, components: int = 2, start: Floats | None = None) -> Axes:
    """The axes from the three tables alone, as a map over shards has them."""
    gram = tables.centred()
    loadings, values = leading(gram.__matmul__, gram.diagonal().copy(), components, start)
    voters = tables.voters
    means = np.divide(tables.sums.diagonal(), voters, out=np.zeros(len(voters)), where=voters > 0)
    return Axes(upright(loadings), values, means, float(np.trace(gram)))


def upright(loadings: Floats) -> Floats:
    """Each axis turned so that its largest loading is positive; of equal ones the first decides."""
    turned = loadings.copy()
    for axis in turned.T:
        size = np.abs(axis)
        if size.max(initial=0.0) > 0 and axis[np.argmax(size >= size.max() * (1 - 1e-9))] < 0:
            axis *= -1
    return turned


def leading(
    operator: Operator, norms: Floats, count: int, start: Floats | None = None, within: float = 0.0
) -> tuple[Floats, Floats]:
    """The `count` largest eigenpairs of a symmetric operator without negative ones, largest first.

    `norms` is its diagonal: directions whose entry is zero there are left out. Lanczos with full
    reorthogonalisation, as exact as it gets, or until what is left is `within` the largest one. What is
    missing to `count` comes back as zeros.
    """
    here = np.flatnonzero(norms > 0)
    vectors, values = np.zeros((len(norms), count)), np.zeros(count)
    if len(here) == 0:
        return vectors, values

    def narrowed(direction: Floats) -> Floats:
        whole = np.zeros(len(norms))
        whole[here] = direction
        return operator(whole)[here]

    inner = operator if len(here) == len(norms) else narrowed
    if len(here) <= _DENSE_UP_TO:
        found, sizes = _all_at_once(inner, len(here), count)
    else:
        first = _start(norms[here]) if start is None or not start[here].any() else start[here]
        found, sizes = _lanczos(inner, first, count, float(norms.sum()), within)
    vectors[here, : len(sizes)] = found
    values[: len(sizes)] = np.maximum(sizes, 0.0)
    return vectors, values


def _start(norms: Floats) -> Floats:
    """Where to start: uneven on purpose, since statements written in both directions cancel in even ones."""
    uneven = np.modf(np.arange(1, len(norms) + 1) * _GOLDEN)[0] + 0.5
    start: Floats = np.sqrt(norms) * uneven
    return start


def _all_at_once(operator: Operator, size: int, count: int) -> tuple[Floats, Floats]:
    gram = np.stack([operator(unit) for unit in np.eye(size)])
    values, vectors = eigh((gram + gram.T) / 2)
    return vectors[:, ::-1][:, :count], values[::-1][:count]


def _lanczos(
    operator: Operator, start: Floats, count: int, trace: float, within: float
) -> tuple[Floats, Floats]:
    size = len(start)
    basis = np.empty((min(size, 32), size))
    across: list[float] = []
    beside: list[float] = []
    basis[0] = start / np.linalg.norm(start)
    for step in range(1, size + 1):
        now = basis[step - 1]
        after = operator(now)
        across.append(float(after @ now))
        for _twice in range(2):
            after = after - basis[:step].T @ (basis[:step] @ after)
        length = float(np.linalg.norm(after))
        ended = length <= 1e-13 * trace
        if step == size or (not ended and step > count and step % 2 == 0) or ended:
            values, weights = eigh_tridiagonal(np.array(across), np.array(beside))
            enough = step == size or (not ended and _settled(values, weights[-1], length, count, within))
            if enough:
                chosen = weights[:, ::-1][:, :count]
                found = basis[:step].T @ chosen
                return found / np.linalg.norm(found, axis=0), values[::-1][:count]
        if ended:
            after, length = _another(basis[:step], size), 0.0
            if not after.any():
                values, weights = eigh_tridiagonal(np.array(across), np.array(beside))
                return basis[:step].T @ weights[:, ::-1][:, :count], values[::-1][:count]
        beside.append(length)
        if step == len(basis):
            basis = np.concatenate([basis, np.empty((min(step, size - step), size))])
        basis[step] = after / np.linalg.norm(after)
    raise AssertionError("Lanczos ends at the size of the operator.")


def _settled(values: Floats, ends: Floats, length: float, count: int, within: float) -> bool:
    """Whether the largest pairs are as exact as they get: their remaining angle, or what rounding leaves."""
    left = np.abs(ends[::-1][:count]) * length
    sizes = values[::-1]
    gaps = sizes[:count] - sizes[1 : count + 1]
    gaps[1:] = np.minimum(gaps[1:], gaps[:-1])
    return bool(np.all(left <= np.maximum(_ANGLE * gaps, max(_FLOOR, within) * sizes[0])))


def _another(basis: Floats, size: int) -> Floats:
    """A direction at right angles to all so far, when those lead nowhere else; zeros if none is left."""
    tried = np.modf(np.arange(1, size + 1) * _GOLDEN * (len(basis) + 1))[0] - 0.5
    for _twice in range(3):
        tried = tried - basis.T @ (basis @ tried)
    return tried if np.linalg.norm(tried) > 1e-8 else np.zeros(size)
