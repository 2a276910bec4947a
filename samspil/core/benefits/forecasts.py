"""The forecast in a target: between which two values the outcome was believed to lie, eight times of ten.

Read from three points and what the outer two mean, by the same shapes as the business case.
"""

from decimal import Decimal

from samspil.core.benefits.beta import beta_quantile
from samspil.core.business_case.estimates import Z_90, Z_95, Meaning

MEANINGS = (Meaning.MIN_MAX_PERT, Meaning.P10_P90_METALOG, Meaning.RANGE_90_NORMAL)


def p10_p90(first: Decimal, likely: Decimal, last: Decimal, meaning: Meaning) -> tuple[Decimal, Decimal]:
    """P10 and P90, the smaller first, whichever way the points are given."""
    low, high = min(first, last), max(first, last)
    match meaning:
        case _ if low == high:
            return low, high
        case Meaning.P10_P90_METALOG:
            return low, high
        case Meaning.RANGE_90_NORMAL:
            half = (high - low) / 2 * Z_90 / Z_95
            return _short((low + high) / 2 - half), _short((low + high) / 2 + half)
        case Meaning.MIN_MAX_PERT:
            return _pert(low, likely, high, 0.1), _pert(low, likely, high, 0.9)
    raise ValueError(f"A target is not given as {meaning}.")


def _pert(low: Decimal, likely: Decimal, high: Decimal, u: float) -> Decimal:
    """Beta-PERT with weight 4."""
    width = high - low
    shapes = (float(1 + 4 * (likely - low) / width), float(1 + 4 * (high - likely) / width))
    return _short(low + width * Decimal(repr(beta_quantile(u, *shapes))))


def _short(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001"))
