"""Counts for testing differences between groups, free of circular reasoning.

A person's vote on a statement helps to place the person in a group. If that vote is then counted for the
group, chance agreement looks like a difference. So for the tests each vote is counted in the group in which
the person would be by all their *other* votes. What is shown are always the plain counts.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from .axes import Axes, Centred
from .votes import Floats, Ints, Votes

_AT_ONCE = 1 << 17


def left_out_counts(
    votes: Votes,
    centred: Centred,
    axes: Axes,
    points: Floats,
    each: Ints,
    included: NDArray[np.bool_],
    centres: Floats,
) -> NDArray[np.int64]:
    """Groups × statements × (disagree, pass, agree), each vote in the group its person has without it."""
    k, codes = len(centres), 3 * len(votes.statements)
    stretch = np.sqrt(centred.active.sum() / np.maximum(each - 1, 1))
    longer = np.sqrt(each / np.maximum(each - 1, 1))  # the same sum of votes, over one vote fewer
    near = longer[:, None] * points @ centres.T - 0.5 * (centres**2).sum(axis=1)
    pulled = (centred.values[:, :, None] * axes.loadings[:, None, :]).reshape(codes, -1) @ centres.T
    moves = [(stretch, np.ascontiguousarray(-pulled.T))]
    if centred.lean is not None:
        moves.append((stretch * centred.lean, centres @ np.repeat(axes.loadings, 3, axis=0).T))
    counted = included & (each > 1)
    found = np.zeros(k * codes, dtype=np.int64)
    for low, high in _stretches(votes.starts):
        own = np.diff(votes.starts[low : high + 1])
        these = votes.codes[votes.starts[low] : votes.starts[high]]
        group = _nearest(near[low:high], [(by[low:high], move) for by, move in moves], own, these)
        kept = np.repeat(counted[low:high], own)
        found += np.bincount((group * codes + these)[kept], minlength=k * codes)
    return found.reshape(k, -1, 3)


def _nearest(near: Floats, moves: list[tuple[Floats, Floats]], own: Ints, codes: Ints) -> Ints:
    """The nearest group of each vote's person after the moves that taking the vote away makes."""
    lengthened = [(np.repeat(by, own), move) for by, move in moves]
    group = np.zeros(len(codes), dtype=np.int64)
    best = np.full(len(codes), -np.inf)
    for number in range(near.shape[1]):
        close = np.repeat(near[:, number], own)
        for by, move in lengthened:
            close += by * move[number][codes]
        np.copyto(group, number, where=close > best)
        np.maximum(best, close, out=best)
    return group


def _stretches(starts: Ints) -> Iterator[tuple[int, int]]:
    """People with about so many votes at once."""
    low, last = 0, len(starts) - 1
    while low < last:
        high = int(np.searchsorted(starts, starts[low] + _AT_ONCE, side="right")) - 1
        high = min(max(high, low + 1), last)
        yield low, high
        low = high
