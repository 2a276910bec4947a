"""What a figure is believed to be: three points, and what the outer two mean.

A range without a meaning says nothing: the same three numbers read in five ways give five different cases.
So there is no estimate without one. Means are closed forms; in words: docs/calculations/business_case.md.
"""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

DIGITS = 50  # of what no fraction can say: logarithms, exponentials
Z_90 = Decimal("1.28155156554460046696510332944874281619303665")  # standard normal at 0.90
Z_95 = Decimal("1.64485362695147271486385080209102829212340830")  # and at 0.95
LARGEST_SKEW = Decimal(
    "1.667"
)  # |a3| / a2 beyond which a metalog of three terms runs backwards (Keelin 2016)


class Meaning(StrEnum):
    """What low and high mean, and which shape is laid between them."""

    MIN_MAX_PERT = "min_max_pert"
    MIN_MAX_TRIANGULAR = "min_max_triangular"
    P10_P90_METALOG = "p10_p90_metalog"
    RANGE_90_LOGNORMAL = "range_90_lognormal"
    RANGE_90_NORMAL = "range_90_normal"


ASKS_FOR_LIKELY = (Meaning.MIN_MAX_PERT, Meaning.MIN_MAX_TRIANGULAR, Meaning.P10_P90_METALOG)


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that is taken as it stands."""

    value: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure that is uncertain. `likely` is None only where the meaning is a 90 % range."""

    low: Decimal
    high: Decimal
    meaning: Meaning
    likely: Decimal | None = None
    source: str = ""
    estimator: str = ""

    @property
    def middle(self) -> Decimal:
        """The likely value; without one half-way."""
        return self.likely if self.likely is not None else (self.low + self.high) / 2

    @property
    def certain(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class HourlyCost:
    """A figure that stands in the dated set of key figures, by its name there."""

    name: str


Quantity = Known | Estimate | HourlyCost


def mean_of(estimate: Estimate) -> Fraction:
    """What the figure is on average, by the closed form of its shape."""
    low, middle, high = (Fraction(number) for number in (estimate.low, estimate.middle, estimate.high))
    match estimate.meaning:
        case _ if estimate.certain:
            return low
        case Meaning.MIN_MAX_PERT:
            return (low + 4 * middle + high) / 6
        case Meaning.MIN_MAX_TRIANGULAR:
            return (low + middle + high) / 3
        case Meaning.RANGE_90_NORMAL:
            return (low + high) / 2
        case Meaning.P10_P90_METALOG:
            return middle + Fraction(metalog(estimate).a3) / 2
        case Meaning.RANGE_90_LOGNORMAL:
            return Fraction(_lognormal_mean(estimate))


@dataclass(frozen=True, slots=True)
class Metalog:
    """Quantile at y: a1 + a2·L + a3·(y − ½)·L with L = ln(y / (1 − y)). `bent`: a3 was held at its limit."""

    a1: Decimal
    a2: Decimal
    a3: Decimal
    bent: bool


def metalog(estimate: Estimate) -> Metalog:
    """The metalog through P10, P50 and P90; where none goes through them, the most skewed one there is.

    That one keeps P50 and the distance from P10 to P90 and moves both by the same amount.
    """
    with localcontext() as context:
        context.prec = DIGITS
        width, k = estimate.high - estimate.low, Decimal(9).ln()
        skew = 1 - 2 * (estimate.middle - estimate.low) / width
        a2, a3 = width / (2 * k), skew * width / (Decimal("0.8") * k)
        limit = LARGEST_SKEW * a2
        return Metalog(estimate.middle, a2, max(-limit, min(a3, limit)), abs(a3) > limit)


def moved_by(estimate: Estimate) -> Decimal:
    """By how much P10 and P90 of a bent metalog differ from what was estimated."""
    with localcontext() as context:
        context.prec = DIGITS
        k, found = Decimal(9).ln(), metalog(estimate)
        return found.a1 - found.a2 * k + found.a3 * k * Decimal("0.4") - estimate.low


def lognormal(estimate: Estimate) -> tuple[Decimal, Decimal]:
    """Mean and deviation of the logarithm, from a range above zero that holds 90 %."""
    with localcontext() as context:
        context.prec = DIGITS
        low, high = estimate.low.ln(), estimate.high.ln()
        return (low + high) / 2, (high - low) / (2 * Z_95)


def _lognormal_mean(estimate: Estimate) -> Decimal:
    with localcontext() as context:
        context.prec = DIGITS
        mu, sigma = lognormal(estimate)
        return (mu + sigma * sigma / 2).exp()
