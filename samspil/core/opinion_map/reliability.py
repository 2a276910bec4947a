"""How sure it is who belongs where: the map again and again, with other people and other votes of the same kind."""

import numpy as np
from numpy.typing import NDArray

from .axes import Axes, Centred, axes_of
from .chance import Purpose, stream
from .clusters import best_centres, gathered, matched, nearest
from .votes import Floats, Ints, Votes

_RESTARTS = 10


def membership_shares(
    votes: Votes,
    active: NDArray[np.bool_],
    included: NDArray[np.bool_],
    group_of: Ints,
    k: int,
    axes: Axes,
    each: Ints,
    replicates: int,
    seed: int,
    level: bool = False,
) -> Floats:
    """For each person the share of replicates in which they fall in their own group; not a number without one.

    A replicate draws people anew (each gets a random weight) for axes and groups, and votes anew (each vote of a
    person gets a random weight) for where that person stands in it.
    """
    cells = votes.indicators()
    stretch = np.sqrt(active.sum() / np.maximum(each, 1))
    mine = group_of[included].astype(np.int64) - 1
    hits = np.zeros(len(mine))
    starts = votes.starts[:-1]
    for number in range(replicates):
        chance = stream(seed, Purpose.BOOTSTRAP, number)
        people = chance.standard_exponential(len(votes.participants))
        centred = Centred(votes, active, people, told=cells, level=level)
        drawn = axes_of(centred, axes.loadings.shape[1], start=axes.loadings.sum(axis=1))
        points = (centred.towards(drawn.loadings) * stretch[:, None])[included]
        gathered_points = gathered(points, people[included])
        centres = best_centres(gathered_points, k, _RESTARTS, chance)
        name = matched(nearest(points, centres), mine, k)
        weights = chance.standard_exponential(votes.count) * active[votes.columns]
        total = np.add.reduceat(weights, starts)
        again = Centred(votes, active, told=votes.indicators(weights), level=level)
        again.values = centred.values
        moved = again.towards(drawn.loadings) * (stretch * each / np.maximum(total, 1e-300))[:, None]
        hits += name[nearest(moved[included], centres)] == mine
    share = np.full(len(votes.participants), np.nan)
    share[included] = hits / max(replicates, 1)
    return share
