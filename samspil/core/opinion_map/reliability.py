"""How sure it is who belongs where: the map again and again, with other people and votes of the same kind."""

import numpy as np

from .axes import Centred, axes_of
from .case import Case
from .chance import Purpose
from .clusters import best_centres, gathered, matched, nearest
from .grouping import Parted
from .placing import Placed
from .votes import Floats

_RESTARTS = 10


def membership_shares(case: Case, placed: Placed, parted: Parted) -> Floats | None:
    """For each person the share of replicates in which they fall in their own group, if they have one.

    A replicate draws people anew (each gets a random weight) for axes and groups, and votes anew (each vote
    of a person gets a random weight) for where that person stands in it.
    """
    if not parted.k or not case.parameters.replicates or placed.picture is None:
        return None
    mine = parted.group_of[placed.included].astype(np.int64) - 1
    hits = np.zeros(len(mine))
    for number in range(case.parameters.replicates):
        points, moved, people = _replicate(case, placed.picture.axes.loadings, number)
        cells = gathered(points[placed.included], people[placed.included])
        centres = best_centres(cells, parted.k, _RESTARTS, case.chance(Purpose.BOOTSTRAP_GROUPS, number))
        name = matched(nearest(points[placed.included], centres), mine, parted.k)
        hits += name[nearest(moved[placed.included], centres)] == mine
    share = np.full(len(placed.included), np.nan)
    share[placed.included] = hits / case.parameters.replicates
    return share


def _replicate(case: Case, loadings: Floats, number: int) -> tuple[Floats, Floats, Floats]:
    """Where people stand on a map of other people, and there with other votes; the people's weights."""
    votes, level = case.heard, case.parameters.level
    chance = case.chance(Purpose.BOOTSTRAP, number)
    people = chance.standard_exponential(len(votes.participants))
    centred = Centred(votes, case.active, people, level=level)
    drawn = axes_of(centred, loadings.shape[1], start=loadings.sum(axis=1)).loadings
    weights = chance.standard_exponential(votes.count)
    again = Centred(votes, case.active, told=votes.indicators(weights), level=level)
    again.values = centred.values
    total = np.zeros(len(people))
    voted = case.each > 0
    total[voted] = np.add.reduceat(weights, votes.starts[:-1][voted])
    evened = case.each / np.maximum(total, 1e-300)
    return (
        centred.towards(drawn) * case.stretch[:, None],
        again.towards(drawn) * (case.stretch * evened)[:, None],
        people,
    )
