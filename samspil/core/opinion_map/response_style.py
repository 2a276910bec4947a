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

    `tendency` is how far people differ in agreeing with anything whatever, in units of a vote; `loading` how far
    they differ along the first axis on a typical statement. `flag`: the tendency may be what the map shows.
    `same_answer`: people of whose votes (15 or more) over 95 % are the same.
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
    told = _answers(centred)
    mean = (told[:, 2] - told[:, 0]) / np.maximum(each, 1)
    found = [_correlation(axis[included], mean[included]) for axis in points.T]
    at = int(np.argmax(np.abs(found)))
    tendency, loading = _tendency(centred, each), _loading(centred, axes)
    same = (told.max(axis=1) > _SAME_ANSWER * each) & (each >= _ENOUGH)
    flag = abs(found[at]) > flagged_from or tendency > loading > 0
    return ResponseStyle(found[at], at + 1, tendency, loading, bool(flag), int(same.sum()))


def _answers(centred: Centred) -> Floats:
    """How often each person disagreed, passed and agreed, on active statements."""
    kinds = np.tile(np.eye(3), (len(centred.active), 1)) * np.repeat(centred.active, 3)[:, None]
    told: Floats = centred.cells @ kinds
    return told


def _correlation(one: Floats, other: Floats) -> float:
    if len(one) < 2 or one.std() == 0 or other.std() == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def _tendency(centred: Centred, each: Ints) -> float:
    """The root of the mean product of two centred votes of one person on different statements."""
    sums = centred.towards(np.ones((len(centred.means), 1)))[:, 0]
    pairs = float((each.astype(float) * (each - 1)).sum())
    mean = (float((sums**2).sum()) - float(centred.norms.sum())) / pairs if pairs else 0.0
    return float(np.sqrt(max(mean, 0.0)))


def _loading(centred: Centred, axes: Axes) -> float:
    """The same for the first axis: products of votes along it, over what they would be if all of it were shared."""
    first = axes.loadings[:, :1]
    along = centred.towards(first)[:, 0]
    squares = np.repeat(first**2, 3, axis=1) * centred.active[:, None]
    reached = centred.cells @ np.stack([squares.ravel(), (squares**2).ravel()], axis=1)
    shared = float((along**2).sum()) - float((centred.norms * first[:, 0] ** 2).sum())
    room = float((reached[:, 0] ** 2).sum()) - float(reached[:, 1].sum())
    size = max(shared / room, 0.0) if room > 0 else 0.0
    return float(np.sqrt(size / max(int(centred.active.sum()), 1)))
