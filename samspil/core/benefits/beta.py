"""The beta distribution and what follows from it, in plain Python: a page needs no heavy library for it.

The regularised incomplete beta function by its continued fraction (Lentz), its inverse by halving.
"""

from collections.abc import Callable
from math import exp, lgamma, log, log1p, sqrt

STEPS, TINY, ENOUGH = 300, 1e-300, 1e-15
HALVINGS = 100


def beta_below(x: float, a: float, b: float) -> float:
    """How much of Beta(a, b) lies below x."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_below(1 - x, b, a)  # where the fraction converges quickly
    front = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)
    return exp(front) / a * _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    d = 1 / _not_zero(1 - (a + b) * x / (a + 1))
    c, found = 1.0, d
    for m in range(1, STEPS):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1 / _not_zero(1 + step * d), _not_zero(1 + step / c)
            found *= d * c
        if abs(d * c - 1) < ENOUGH:
            break
    return found


def _not_zero(number: float) -> float:
    return number if abs(number) > TINY else TINY


def beta_quantile(u: float, a: float, b: float) -> float:
    """Where a share u of Beta(a, b) lies below."""
    return _halved(lambda x: beta_below(x, a, b) < u, 0.0, 1.0)


def t_quantile(u: float, freedom: int) -> float:
    """Where a share u, at least a half, of Student's t lies below."""
    x = beta_quantile(2 * (1 - u), freedom / 2, 0.5)
    return sqrt(freedom * (1 - x) / x)


def _halved(below: Callable[[float], bool], low: float, high: float) -> float:
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return (low + high) / 2
