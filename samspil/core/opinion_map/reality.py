"""Whether there are groups at all: would shuffled votes look the same, and would half the votes say it again?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .axes import Centred, axes_of, leading
from .chance import Purpose, stream
from .clusters import agreement, best_centres, gathered, nearest
from .coordinates import active_votes, coordinates
from .votes import Floats, Ints, Votes

_NULL_WITHIN = 0.01
"""Of the first axis of shuffled votes only its weight is asked for, to one part in a hundred."""


def null_weights(
    votes: Votes, active: NDArray[np.bool_], count: int, seed: int, level: bool = False
) -> Floats:
    """The weight of the first axis in `count` tables with each statement's votes shuffled among its voters.

    Who voted on what, and how each statement was received, stay as they are; what goes is that a person's votes
    hang together.
    """
    columns = votes.columns
    by_statement = np.argsort(columns, kind="stable")
    lined_up = columns[by_statement].astype(float)
    codes = votes.codes[by_statement]
    found = np.empty(count)
    for number in range(count):
        chance = stream(seed, Purpose.NULLS, number)
        shuffled = np.empty_like(votes.codes)
        shuffled[by_statement] = codes[np.argsort(lined_up + chance.random(len(codes)))]
        dealt = Votes(votes.participants, votes.statements, votes.starts, shuffled)
        centred = Centred(dealt, active, level=level)
        found[number] = leading(centred, centred.norms, 1, within=_NULL_WITHIN)[1][0]
    return found


def exceeds(weight: float, nulls: Floats, level: float) -> bool:
    """Whether a weight is larger than that share of the nulls, counting it among them."""
    return bool((1 + np.count_nonzero(nulls >= weight)) / (1 + len(nulls)) <= 1 - level + 1e-12)


def split_half(
    votes: Votes, active: NDArray[np.bool_], included: NDArray[np.bool_], ks: Sequence[int], halves: int,
    restarts: int, seed: int, level: bool = False,
) -> Floats:
    """How far two maps from half the votes of each person agree on the groups: for each k the mean over the splits.

    Each half has axes of its own; nothing of one is known to the other.
    """
    found = np.zeros((halves, len(ks)))
    for number in range(halves):
        chance = stream(seed, Purpose.HALVES, number)
        first = _half(votes, chance)
        parts = [_placed(_only(votes, side), active, level) for side in (first, ~first)]
        both = included & (parts[0][1] > 0) & (parts[1][1] > 0)
        cells = [gathered(points[both]) for points, _each in parts]
        for at, k in enumerate(ks):
            if both.sum() <= k:
                continue
            one, other = (nearest(c.places, best_centres(c, k, restarts, chance))[c.cell_of] for c in cells)
            found[number, at] = agreement(one, other)
    return found.mean(axis=0)


def _half(votes: Votes, chance: np.random.Generator) -> NDArray[np.bool_]:
    """Half of each person's votes, by lot; the odd one goes to either side."""
    order = np.argsort(votes.rows + chance.random(votes.count))
    side = np.repeat(chance.integers(0, 2, len(votes.participants)), votes.votes_each)
    place = np.arange(votes.count) - np.repeat(votes.starts[:-1], votes.votes_each)
    first = np.empty(votes.count, dtype=bool)
    first[order] = (place + side) % 2 == 0
    return first


def _only(votes: Votes, these: NDArray[np.bool_]) -> Votes:
    """Some of the votes, with all people and statements kept in their places."""
    passed = np.concatenate([[0], np.cumsum(these)])
    return Votes(
        votes.participants,
        votes.statements,
        passed[votes.starts].astype(votes.starts.dtype),
        votes.codes[these],
    )


def _placed(votes: Votes, active: NDArray[np.bool_], level: bool) -> tuple[Floats, Ints]:
    centred = Centred(votes, active, level=level)
    each = active_votes(votes, active)
    return coordinates(centred, axes_of(centred), each), each
