"""Whether there are groups at all: would shuffled votes look the same, would half the votes say it again?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .axes import axes_of, leading
from .case import Case
from .chance import Purpose
from .clusters import agreement, best_centres, gathered, nearest
from .coordinates import coordinates
from .votes import Floats, Votes

_NULL_WITHIN = 0.01
"""Of the first axis of shuffled votes only its weight is asked for, to one part in a hundred."""


def null_weights(case: Case) -> Floats:
    """The weight of the first axis in tables with each statement's votes shuffled among its voters.

    Who voted on what, and how each statement was received, stay as they are; what goes is that a person's
    votes hang together.
    """
    votes = case.heard
    columns = votes.columns
    by_statement = np.argsort(columns, kind="stable")
    lined_up = columns[by_statement].astype(float)
    codes = votes.codes[by_statement]
    found = np.empty(case.parameters.nulls)
    for number in range(len(found)):
        chance = case.chance(Purpose.NULLS, number)
        shuffled = np.empty_like(votes.codes)
        shuffled[by_statement] = codes[np.argsort(lined_up + chance.random(len(codes)))]
        dealt = case.centred(Votes(votes.participants, votes.statements, votes.starts, shuffled))
        found[number] = leading(dealt, dealt.norms, 1, within=_NULL_WITHIN)[1][0]
    return found


def exceeds(weight: float, nulls: Floats, level: float) -> bool:
    """Whether a weight is larger than that share of the nulls, counting it among them."""
    return bool((1 + np.count_nonzero(nulls >= weight)) / (1 + len(nulls)) <= 1 - level + 1e-12)


def split_half(case: Case, included: NDArray[np.bool_], ks: Sequence[int]) -> Floats:
    """How far two maps from half of everybody's votes agree on the groups: for each k the mean of all splits.

    Each half has axes of its own; nothing of one is known to the other.
    """
    found = np.zeros((case.parameters.halves, len(ks)))
    for number in range(len(found)):
        chance = case.chance(Purpose.HALVES, number)
        first = _half(case.heard, chance)
        parts = [case.heard.only(side) for side in (first, ~first)]
        both = included & (parts[0].votes_each > 0) & (parts[1].votes_each > 0)
        cells = [gathered(_places(case, part)[both]) for part in parts]
        for at, k in enumerate(ks):
            if both.sum() > k:
                one, other = (
                    nearest(c.places, best_centres(c, k, case.parameters.restarts // 2, chance))[c.cell_of]
                    for c in cells
                )
                found[number, at] = agreement(one, other)
    mean: Floats = found.mean(axis=0)
    return mean


def _half(votes: Votes, chance: np.random.Generator) -> NDArray[np.bool_]:
    """Half of each person's votes, by lot; the odd one goes to either side."""
    order = np.argsort(votes.rows + chance.random(votes.count))
    side = np.repeat(chance.integers(0, 2, len(votes.participants)), votes.votes_each)
    place = np.arange(votes.count) - np.repeat(votes.starts[:-1], votes.votes_each)
    first = np.empty(votes.count, dtype=bool)
    first[order] = (place + side) % 2 == 0
    return first


def _places(case: Case, votes: Votes) -> Floats:
    centred = case.centred(votes)
    return coordinates(centred, axes_of(centred), votes.votes_each)
