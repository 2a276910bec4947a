"""Two cases side by side: what they share is drawn alike, so only what differs is compared."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .case import Case
from .exact import to_the_ore
from .mean_case import mean_case
from .simulation import DRAWS, Distribution, Simulation, as_values, columns_of, distribution, simulate


@dataclass(frozen=True)
class Comparison:
    """The other case less the one, in the mean case and draw by draw."""

    npv: Fraction
    difference: Distribution
    one: Distribution
    other: Distribution

    @property
    def other_better(self) -> float:
        return self.difference.p_positive

    def as_data(self) -> dict[str, Any]:
        return {
            "npv_difference": f"{to_the_ore(self.npv)}",
            "other_better": round(self.other_better, 4),
            "difference": as_values(self.difference),
            "one": as_values(self.one),
            "other": as_values(self.other),
        }


def compare(one: Case, other: Case, *, draws: int = DRAWS, seed: int, workers: int = 1) -> Comparison:
    """Two identical cases differ by exactly nothing. For two that count differently there is no result."""
    if not comparable(one, other):
        raise ValueError("The cases count in different currencies or prices.")
    found = [_drawn(this, that, draws, seed, workers) for this, that in ((one, other), (other, one))]
    return Comparison(
        npv=mean_case(other).npv - mean_case(one).npv,
        difference=distribution(found[1].npv - found[0].npv),
        one=distribution(found[0].npv),
        other=distribution(found[1].npv),
    )


def comparable(one: Case, other: Case) -> bool:
    """Whether both count in the same currency and the same prices."""
    return (one.currency, one.price_year) == (other.currency, other.price_year)


def _drawn(this: Case, that: Case, draws: int, seed: int, workers: int) -> Simulation:
    return simulate(this, draws=draws, seed=seed, workers=workers, among=columns_of(that))
