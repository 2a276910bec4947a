"""What the result hangs on: each line and each shared driver by itself.

Given one figure, the net is on average a straight line in it: figures are independent and a line holds each
of them once. So the share of variance that a figure explains by itself is its squared correlation with the
net, and what it would be worth to know it follows from that line. Where costs are correlated the share is
what the figure explains together with what moves with it, and shares add up to more than one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .points import chunks
from .simulation import LOOKED_INTO, Model, Simulation

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Influence:
    """`swing_low`, `swing_high`: the mean net in the tenth of the draws where the figure is lowest, highest.

    `worth_knowing`: by how much the mean result of "do it only if it pays" grows when this figure is known
    first.
    """

    name: str
    shared: bool
    swing_low: float
    swing_high: float
    variance_share: float
    worth_knowing: float

    @property
    def swing(self) -> float:
        return abs(self.swing_high - self.swing_low)


def sensitivity(found: Simulation) -> tuple[Influence, ...]:
    """Every uncertain line and driver, the one with the widest swing first; ties in the order of names."""
    npv = found.npv[:LOOKED_INTO]
    influences = [_influence(name, shared, values, npv) for name, shared, values in _inputs(found, len(npv))]
    return tuple(sorted(influences, key=lambda one: (-round(one.swing, 6), one.name)))


def _influence(name: str, shared: bool, values: Floats, npv: Floats) -> Influence:
    tenth = max(1, len(npv) // 10)
    order = np.argsort(values, kind="stable")
    low, high = float(npv[order[:tenth]].mean()), float(npv[order[-tenth:]].mean())
    share, given = explained(values, npv)
    return Influence(name, shared, low, high, share, worth_knowing(given))


def explained(values: Floats, npv: Floats) -> tuple[float, Floats]:
    """The share of the variance of the net that a figure explains, and the mean net given the figure."""
    apart, net = values - values.mean(), npv - npv.mean()
    spread, variance = float((apart * apart).mean()), float((net * net).mean())
    if not spread or not variance:
        return 0.0, np.full_like(npv, npv.mean())
    together = float((apart * net).mean())
    return together * together / (spread * variance), npv.mean() + together / spread * apart


def worth_knowing(given: Floats) -> float:
    """The mean of "the net if it is above zero, else nothing" when known, less the same without knowing."""
    return max(0.0, float(np.maximum(given, 0).mean()) - max(float(given.mean()), 0.0))


def _inputs(found: Simulation, draws: int) -> Iterator[tuple[str, bool, Floats]]:
    """Each line with figures of its own and each driver, one at a time: all together they may be large."""
    model = found.model
    own: dict[str, list[int]] = {}
    for place, piece in enumerate(model.pieces):
        if piece.own:
            own.setdefault(piece.line, []).append(place)
    shared: dict[str, dict[str, float]] = {}
    for piece in model.pieces:
        for key, column in piece.shared:
            weights = shared.setdefault(key, {})
            weights[column] = weights.get(column, 0.0) + abs(piece.weight)
    for name, places in own.items():
        yield name, False, _own(model, places, draws)
    for key, weights in shared.items():
        yield key.removeprefix("driver/"), True, _shared(model, key, weights, draws)


def _own(model: Model, places: Sequence[int], draws: int) -> Floats:
    """The line's own figures multiplied; where years are independent, added over them by their weight."""
    found = np.zeros(draws)
    for place in places:
        piece = model.pieces[place]
        weight = abs(piece.weight) if len(places) > 1 else 1.0
        for at, count in chunks(0, draws):
            found[at : at + count] += weight * model.own_value(piece, at, count)
    return found


def _shared(model: Model, key: str, weights: dict[str, float], draws: int) -> Floats:
    found = np.zeros(draws)
    for column, total in weights.items():
        weight = total if len(weights) > 1 else 1.0
        for at, count in chunks(0, draws):
            found[at : at + count] += weight * model.figure((key, column), at, count)
    return found
