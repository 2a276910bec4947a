"""The map: its axes, where people stand on it, and who is placed in a group."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .axes import Axes, Centred, axes_of
from .case import Case
from .coordinates import coordinates, votes_needed
from .response_style import ResponseStyle, response_style
from .votes import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Axes, places, and how much of it is a way of answering."""

    centred: Centred
    axes: Axes
    points: Floats
    style: ResponseStyle


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Who has voted enough (`needed`) to be placed, and the picture; none of a body too small for one."""

    needed: int
    included: NDArray[np.bool_]
    picture: Picture | None


def placed(case: Case) -> Placed:
    """The map of a case, the same way round as the version before."""
    needed = votes_needed(int(case.active.sum()), case.parameters.most_votes_needed)
    included = (case.each >= needed) & (case.each > 0)
    if np.count_nonzero(case.each) < case.parameters.smallest_body or not case.active.any():
        return Placed(needed, included, None)
    centred = case.centred()
    axes = _turned_as_before(case, axes_of(centred, case.parameters.components))
    points = coordinates(centred, axes, case.each)
    flagged_from = case.parameters.response_style_from
    style = response_style(centred, axes, points, case.each, included, flagged_from)
    return Placed(needed, included, Picture(centred, axes, points, style))


def _turned_as_before(case: Case, axes: Axes) -> Axes:
    """The axes in the directions they had before, judged by the statements that were there already."""
    previous = case.previous
    if previous is None or previous.axes is None:
        return axes
    before = dict(zip(previous.statements.tolist(), previous.axes.loadings, strict=True))
    none = np.zeros(axes.loadings.shape[1])
    old = np.array([before.get(key, none)[: len(none)] for key in case.votes.statements.tolist()])
    turned = np.where((axes.loadings * old).sum(axis=0) < 0, -1.0, 1.0)
    return replace(axes, loadings=axes.loadings * turned)
