"""Money put aside: for risks that may occur, and for costs that turn out higher than half of the draws."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .case import Case
from .simulation import Simulation


@dataclass(frozen=True, slots=True)
class RiskPool:
    """The pool of all open risks together, in the price year's money, not discounted.

    `expected`: probability times mean consequence, added up. `reserve`: what is enough in a share `coverage`
    of the draws.
    """

    risks: int
    expected: Fraction
    coverage: float
    reserve: float
    p50: float
    p95: float


def risk_pool(case: Case, found: Simulation) -> RiskPool:
    coverage = float(case.coverage)
    p50, p95, reserve = np.quantile(found.risk_cost, [0.5, 0.95, coverage])
    return RiskPool(
        len(case.open_risks), expected_risk_cost(case), coverage, float(reserve), float(p50), float(p95)
    )


def expected_risk_cost(case: Case) -> Fraction:
    return sum((one.expected_cost for one in case.open_risks), Fraction(0))


@dataclass(frozen=True, slots=True)
class CostReserve:
    """What half of the draws' costs stay under, and what a share `coverage` of them stays under."""

    coverage: float
    p50: float
    covered: float

    @property
    def reserve(self) -> float:
        return self.covered - self.p50

    @property
    def share(self) -> float | None:
        return self.reserve / self.p50 if self.p50 > 0 else None


def cost_reserve(case: Case, found: Simulation) -> CostReserve:
    coverage = float(case.coverage)
    p50, covered = np.quantile(found.costs, [0.5, coverage])
    return CostReserve(coverage, float(p50), float(covered))
