"""Whether the map shows opinions, or who tends to say yes and who tends to say no."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .axes import Axes, Centred
from .votes import Floats, Ints

_SAME_ANSWER, _ENOUGH = 0.95, 15


@dataclass(frozen=True, slots=True)
class ResponseStyle:
    """`correlation`: of the axis (`axis`: 1, 2 …) that goes most with a person's mean vote, with its sign.

    `tendency` is how far people differ in agreeing with anything whatever, in units of a vote; `loading`
    how far they differ along the first axis on a typical statement. `flag`: the tendency may be what the
    map shows. `same_answer`: people of whose votes (15 or more) over 95 % are the same.
    """

    correlation: float
    axis: int
    tendency: float
    loading: float
    flag: bool
    same_answer: int


def response_style(
    centred: Centred,
    axes: Axes,
    points: Floats,
    each: Ints,
    included: NDArray[np.bool_],
    flagged_from: float = 0.6,
) -> ResponseStyle:
    """How much of the map is a style of answering."""
    told, sums, reached = _sums(centred, axes)
    mean = (told[:, 2] - told[:, 0]) / np.maximum(each, 1)
    found = [_correlation(axis[included], mean[included]) for axis in points.T]
    at = int(np.argmax(np.abs(found)))
    active = max(int(centred.active.sum()), 1)
    along = points[:, 0] * np.sqrt(np.maximum(each, 1) / active)
    tendency = _root(_products(sums, centred.norms), float((each.astype(float) * (each - 1)).sum()))
    shared = _products(along, centred.norms * axes.loadings[:, 0] ** 2)
    loading = _root(shared, active * (float(reached[:, 0] @ reached[:, 0]) - float(reached[:, 1].sum())))
    same = (told.max(axis=1) > _SAME_ANSWER * each) & (each >= _ENOUGH)
    flag = abs(found[at]) > flagged_from or tendency > loading > 0
    return ResponseStyle(found[at], at + 1, tendency, loading, bool(flag), int(same.sum()))


def _sums(centred: Centred, axes: Axes) -> tuple[Floats, Floats, Floats]:
    """Of each person, over active statements: how often they disagreed, passed and agreed; the sum of their
    centred votes; and the sums of the second and fourth powers of the loadings of what they voted on."""
    active = np.repeat(centred.active, 3)[:, None]
    kinds = np.tile(np.eye(3), (len(centred.active), 1))
    squares = np.repeat(axes.loadings[:, 0] ** 2, 3)[:, None]
    told: Floats = centred.cells @ np.hstack(
        [kinds * active, centred.values.reshape(-1, 1), squares, squares**2]
    )
    sums = told[:, 3] if centred.lean is None else told[:, 3] - centred.lean * told[:, :3].sum(axis=1)
    return told[:, :3], sums, told[:, 4:]


def _correlation(one: Floats, other: Floats) -> float:
    if len(one) < 2 or one.std() == 0 or other.std() == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def _products(sums: Floats, squares: Floats) -> float:
    """The sum of the products of any two votes of one person, from everybody's sums and all squares."""
    return float(sums @ sums) - float(squares.sum())


def _root(total: float, pairs: float) -> float:
    return float(np.sqrt(max(total, 0.0) / pairs)) if pairs > 0 else 0.0
