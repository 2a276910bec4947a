"""Reading a run chart: the middle of the figures, and whether something has changed that is more than chance.

Two rules of the trade, said only where there are figures enough: six or more in a row on one side of the
median (a shift), five or more in a row rising or falling (a trend). Figures on the median, and figures equal
to the one before, neither count nor break the row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median

ENOUGH = 10
SHIFT, TREND = 6, 5


@dataclass(frozen=True, slots=True)
class Run:
    """`shift` and `trend`: up, down or none. Without figures enough `tells` is False and both are none."""

    median: Decimal | None
    tells: bool
    shift: str = ""
    trend: str = ""


def read(values: Sequence[Decimal]) -> Run:
    """What a row of figures, the oldest first, says of itself."""
    if not values:
        return Run(None, tells=False)
    middle = median(values)
    if len(values) < ENOUGH:
        return Run(middle, tells=False)
    sides = [_sign(value - middle) for value in values]
    steps = [_sign(after - before) for before, after in pairwise(values)]
    return Run(middle, tells=True, shift=_row_of(sides, SHIFT), trend=_row_of(steps, TREND - 1))


def _sign(number: Decimal) -> int:
    return (number > 0) - (number < 0)


def _row_of(signs: Sequence[int], long_enough: int) -> str:
    """The direction of the last row that is long enough."""
    found, length, direction = "", 0, 0
    for sign in signs:
        if sign == 0:
            continue
        length = length + 1 if sign == direction else 1
        direction = sign
        if length >= long_enough:
            found = "up" if sign > 0 else "down"
    return found
