"""Where each person stands on the map, and who has voted enough to be placed in a group."""

import math

import numpy as np
from numpy.typing import NDArray

from .axes import Axes, Centred
from .votes import Floats, Ints, Votes


def votes_needed(active: int, most: int = 7) -> int:
    """How many votes on active statements place a person in a group: seven, or a third of the statements."""
    return max(1, min(most, math.ceil(active / 3)))


def active_votes(votes: Votes, active: NDArray[np.bool_]) -> Ints:
    """How many votes on active statements each person gave."""
    if active.all():
        return votes.votes_each
    told = np.concatenate([[0], np.cumsum(active[votes.columns])])
    each: Ints = told[votes.starts[1:]] - told[votes.starts[:-1]]
    return each


def coordinates(centred: Centred, axes: Axes, each: Ints) -> Floats:
    """sqrt(m / n_i) times the sum over a person's votes of (vote - mean) times loading; m: active statements.

    The factor makes up for the votes not given, which pull everybody who voted little towards the middle.
    """
    stretch = np.sqrt(centred.active.sum() / np.maximum(each, 1))
    points: Floats = centred.towards(axes.loadings) * stretch[:, None]
    return points
