"""Draws that a person adds up by hand: a poor one, a middling one, a good one.

Of a draw everything is printed that its net is made of: the values drawn, the weight of each line (what one
unit at full effect is worth over all years, discounted) and their product. The products as printed add up to
the total as printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

import numpy as np

from . import flows
from .case import Case, Kind
from .exact import rounded, to_the_ore
from .flows import Flow
from .mean_case import discount_factors, discounted
from .simulation import Model, Simulation

AT = (Decimal("0.1"), Decimal("0.5"), Decimal("0.9"))
VALUE_PLACES, WEIGHT_PLACES = 6, 6


@dataclass(frozen=True, slots=True)
class TracedLine:
    """values multiplied × weight = present value, rounded to the øre."""

    line: str
    values: tuple[tuple[str, Decimal], ...]
    weight: Decimal
    present_value: Decimal


@dataclass(frozen=True, slots=True)
class TracedDraw:
    """`draw`: its number, from 0. `total`: the present values added up; `simulated`: what the computer had,
    which differs by the rounding of what is printed."""

    at: Decimal
    draw: int
    lines: tuple[TracedLine, ...]
    total: Decimal
    simulated: float


def traced_draws(case: Case, found: Simulation) -> tuple[TracedDraw, ...]:
    """The draws at P10, P50 and P90 of the net. None where years are independent: too much to add by hand."""
    if case.years_independent:
        return ()
    order = np.argsort(found.npv, kind="stable")
    weights = {one.line.id: _weight(case, one) for one in flows.counted(case)}
    return tuple(_traced(case, found, at, int(order[ceil(at * found.draws) - 1]), weights) for at in AT)


def _weight(case: Case, flow: Flow) -> Decimal:
    return rounded(
        discounted((flow.known * share for share in flow.shares), discount_factors(case)), WEIGHT_PLACES
    )


def _traced(
    case: Case, found: Simulation, at: Decimal, draw: int, weights: Mapping[str, Decimal]
) -> TracedDraw:
    lines = tuple(_line(found.model, flow, draw, weights[flow.line.id]) for flow in flows.counted(case))
    total = sum((one.present_value for one in lines), Decimal("0.00"))
    return TracedDraw(at, draw, lines, total, float(found.npv[draw]))


def _line(model: Model, flow: Flow, draw: int, weight: Decimal) -> TracedLine:
    correlated = flow.line.kind is Kind.COST
    drawn = [(key, correlated) for key in flow.own] + [(key, False) for key in flow.shared]
    values = tuple(
        (
            key,
            rounded(
                Fraction(float(model.figure((key, key), draw, 1, moves_with_costs=moved)[0])), VALUE_PLACES
            ),
        )
        for key, moved in drawn
    )
    product = Fraction(weight)
    for _key, value in values:
        product *= Fraction(value)
    return TracedLine(flow.line.id, values, weight, to_the_ore(product))
