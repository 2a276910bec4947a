"""How far from the truth a figure from a sample may lie, as a range that holds it 95 times of 100.

A share of people: the exact way (hypergeometric) up to 500 people, above them Wilson's with the correction
for having asked a large part of all. A mean: Student's t. Whoever did not answer is no matter of chance, and
no interval speaks of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import comb, sqrt
from statistics import NormalDist

from samspil.core.benefits.beta import t_quantile

EXACT_UP_TO = 500
OUTSIDE = 0.05
Z = NormalDist().inv_cdf(1 - OUTSIDE / 2)


@dataclass(frozen=True, slots=True)
class Interval:
    low: Decimal
    high: Decimal


def of_share(per_cent: Decimal, n: int, population: int | None = None) -> Interval:
    """Of a share in per cent, found among `n` who were asked, of `population` in all (None: very many).

    The share is rounded to the nearest whole number of people.
    """
    yes = min(n, max(0, round(float(per_cent) / 100 * n)))
    if population is not None and population <= EXACT_UP_TO:
        low, high = _exact(yes, n, max(population, n))
        return _per_cent(low / max(population, n), high / max(population, n))
    return _per_cent(*_wilson(yes / n, _worth(n, population)))


def of_mean(mean: Decimal, spread: Decimal, n: int, population: int | None = None) -> Interval:
    """Of a mean with the standard deviation `spread` of those `n` that were measured, at least two."""
    error = float(spread) / sqrt(n)
    if population and population > 1:
        error *= sqrt(max(population - n, 0) / (population - 1))
    half = Decimal(repr(t_quantile(1 - OUTSIDE / 2, n - 1) * error))
    return Interval(_short(mean - half), _short(mean + half))


def _exact(yes: int, n: int, population: int) -> tuple[int, int]:
    """The smallest and the largest number of people in all that the answer does not speak against."""

    def too_few(total: int) -> bool:
        return _tail(range(yes, n + 1), total, n, population) <= OUTSIDE / 2

    def too_many(total: int) -> bool:
        return _tail(range(yes + 1), total, n, population) <= OUTSIDE / 2

    fewest, most = yes, population - (n - yes)
    return _first(fewest, most, lambda total: not too_few(total)), _first(fewest, most + 1, too_many) - 1


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The first number between two for which something holds that goes on holding; else the second."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _tail(counts: range, total: int, n: int, population: int) -> float:
    """How likely so many yes are among n drawn from a population with `total` of them."""
    ways = sum(comb(total, k) * comb(population - total, n - k) for k in counts if n - k >= 0)
    return ways / comb(population, n)


def _wilson(share: float, n: float) -> tuple[float, float]:
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def _worth(n: int, population: int | None) -> float:
    """As how many the answers count: those who were asked of few say more than those asked of many."""
    if population is None or population <= n:
        return float(n) if population is None else n * 1e6
    return n * (population - 1) / (population - n)


def _per_cent(low: float, high: float) -> Interval:
    return Interval(_short(Decimal(repr(low * 100))), _short(Decimal(repr(high * 100))))


def _short(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001"))
