"""From a number between 0 and 1 to a value of an estimate: the inverse of its distribution, our own."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import special

from .estimates import Z_95, Estimate, Meaning, lognormal, metalog

Floats = npt.NDArray[np.float64]
Quantile = Callable[[Floats], Floats]

_OCTAVES = 20  # a table reaches down to 2^-21; below it the curve is taken as straight
_STEP_BITS = 6  # knots per octave, as a power of two
_SHIFT = 52 - _STEP_BITS
_FIRST = (1023 - _OCTAVES - 1) << _STEP_BITS  # the bits of the lowest knot


def quantile_of(estimate: Estimate) -> Quantile:
    """The value below which a share u of the outcomes lie, for arrays of u."""
    low, high = float(estimate.low), float(estimate.high)
    match estimate.meaning:
        case _ if estimate.certain:
            return lambda u: np.full_like(u, low)
        case Meaning.MIN_MAX_PERT:
            return _pert(low, float(estimate.middle), high)
        case Meaning.MIN_MAX_TRIANGULAR:
            return _triangular(low, float(estimate.middle), high)
        case Meaning.P10_P90_METALOG:
            return _metalog(estimate)
        case Meaning.RANGE_90_NORMAL:
            middle, deviation = (low + high) / 2, (high - low) / 2 / float(Z_95)
            return lambda u: middle + deviation * special.ndtri(u)
        case Meaning.RANGE_90_LOGNORMAL:
            mu, sigma = map(float, lognormal(estimate))
            return lambda u: np.exp(mu + sigma * special.ndtri(u))


def _triangular(low: float, mode: float, high: float) -> Quantile:
    width, at = high - low, (mode - low) / (high - low)

    def quantile(u: Floats) -> Floats:
        rising = low + width * np.sqrt(u * at)
        falling = high - width * np.sqrt((1 - u) * (1 - at))
        return np.where(u < at, rising, falling)

    return quantile


def _metalog(estimate: Estimate) -> Quantile:
    found = metalog(estimate)
    a1, a2, a3 = float(found.a1), float(found.a2), float(found.a3)

    def quantile(u: Floats) -> Floats:
        return a1 + (a2 + a3 * (u - 0.5)) * np.log(u / (1 - u))

    return quantile


# --- PERT: a table whose knots stand closer the nearer they are to 0 and 1 ---------------------------------


def _pert(low: float, mode: float, high: float) -> Quantile:
    """Beta-PERT with weight 4. The knots are exact; between them it errs by less than 1e-5 of the range."""
    width = high - low
    alpha, beta = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
    starts, slopes = _table(alpha, beta)
    starts, slopes = low + width * starts, width * slopes
    half = len(starts) // 2

    def quantile(u: Floats) -> Floats:
        tail = np.minimum(u, 1 - u)
        place = np.maximum((tail.view(np.int64) >> _SHIFT) - _FIRST, -1) + 1
        place += (u > 0.5) * half
        return np.asarray(starts[place] + slopes[place] * tail)

    return quantile


@lru_cache(maxsize=1024)
def _table(alpha: float, beta: float) -> tuple[Floats, Floats]:
    """Where each straight piece starts and how steep it is, first for the lower half, then for the upper."""
    bits = np.arange(_FIRST, _FIRST + (_OCTAVES << _STEP_BITS) + 1, dtype=np.int64) << _SHIFT
    knots = np.concatenate(([0.0], bits.view(np.float64)))
    pieces = [special.betaincinv(alpha, beta, knots), 1 - special.betaincinv(beta, alpha, knots)]
    slopes = [np.append(np.diff(piece) / np.diff(knots), 0.0) for piece in pieces]
    starts = [piece - slope * knots for piece, slope in zip(pieces, slopes, strict=True)]
    return np.concatenate(starts), np.concatenate(slopes)
