"""The case seen from four sides: the citizen's, the employee's, the organisation's and that of the economy.

What is worth no money stands beside what is, and nobody has to be a sum of kroner to be seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .case import Case, Corner, Line, Worth
from .mean_case import LineResult, MeanCase


@dataclass(frozen=True, slots=True)
class Seen:
    """One line from its side. `result` is None where it has no amount; a `waiting` one counts as nothing."""

    line: Line
    result: LineResult | None = None
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """All that is seen from one side; `present_value` is what of it counts."""

    corner: Corner
    seen: tuple[Seen, ...]
    present_value: Fraction


def corner_of(line: Line) -> Corner:
    """Where it was put; else hours are the employees', money in a budget the economy's."""
    if line.corner:
        return line.corner
    if line.hours:
        return Corner.EMPLOYEE
    return Corner.ECONOMY if line.worth is Worth.CASHABLE else Corner.ORGANISATION


def four_corners(case: Case, mean: MeanCase) -> tuple[Side, ...]:
    """The four sides in their order, also where nothing is seen from one. Each line stands on one side."""
    counted = {one.line.id: one for one in mean.lines}
    waiting = {one.line.id: one for one in mean.waiting}
    seen = [_seen(one, counted, waiting) for one in sorted(case.lines, key=lambda line: line.id)]
    return tuple(_side(corner, seen) for corner in Corner)


def _seen(line: Line, counted: Mapping[str, LineResult], waiting: Mapping[str, LineResult]) -> Seen:
    return Seen(line, counted.get(line.id) or waiting.get(line.id), line.id in waiting)


def _side(corner: Corner, seen: Sequence[Seen]) -> Side:
    own = tuple(one for one in seen if corner_of(one.line) is corner)
    counts = (one.result.present_value for one in own if one.result and not one.waiting)
    return Side(corner, own, sum(counts, Fraction(0)))
