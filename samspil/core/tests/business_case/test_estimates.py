"""What a range means: means in closed form, and quantiles that lie where they were said to lie."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samspil.core.business_case.estimates import Estimate, Meaning, mean_of, metalog, moved_by
from samspil.core.business_case.quantiles import quantile_of

TRIPLES = [("3", "7", "20"), ("10", "10", "40"), ("1", "39", "40"), ("100.5", "101", "102.25")]


def estimate(low: str, likely: str | None, high: str, meaning: Meaning) -> Estimate:
    return Estimate(Decimal(low), Decimal(high), meaning, None if likely is None else Decimal(likely))


def integral(one: Estimate) -> float:
    """The mean as the integral of the quantile, by Gauss and Legendre on pieces that grow finer at both ends."""
    edges = np.concatenate([[0], np.logspace(-14, np.log10(0.5), 400)])
    nodes, weights = np.polynomial.legendre.leggauss(8)
    total = 0.0
    for left, right in pairwise(edges):
        at = (left + right) / 2 + (right - left) / 2 * nodes
        both = quantile_of(one)(at) + quantile_of(one)(1 - at)
        total += float((weights * both).sum() * (right - left) / 2)
    return total


@pytest.mark.parametrize("points", TRIPLES)
def test_pert_and_triangular_means_are_their_closed_forms_exactly(points: tuple[str, str, str]) -> None:
    low, likely, high = map(Fraction, points)
    assert mean_of(estimate(*points, Meaning.MIN_MAX_PERT)) == (low + 4 * likely + high) / 6
    assert mean_of(estimate(*points, Meaning.MIN_MAX_TRIANGULAR)) == (low + likely + high) / 3


@pytest.mark.parametrize("meaning", Meaning)
@pytest.mark.parametrize("points", TRIPLES)
def test_every_mean_is_the_integral_of_its_quantile(meaning: Meaning, points: tuple[str, str, str]) -> None:
    one = estimate(*points, meaning)
    assert integral(one) == pytest.approx(float(mean_of(one)), abs=2e-5 * float(one.high - one.low))


def test_p10_p50_and_p90_lie_where_they_were_said_to() -> None:
    one = estimate("20", "30", "55", Meaning.P10_P90_METALOG)
    assert quantile_of(one)(np.array([0.1, 0.5, 0.9])) == pytest.approx([20, 30, 55], abs=1e-9)


@pytest.mark.parametrize("meaning", [Meaning.RANGE_90_NORMAL, Meaning.RANGE_90_LOGNORMAL])
def test_nine_in_ten_lie_in_a_90_percent_range(meaning: Meaning) -> None:
    one = estimate("20", None, "55", meaning)
    assert quantile_of(one)(np.array([0.05, 0.95])) == pytest.approx([20, 55], abs=1e-9)


def test_a_metalog_that_would_run_backwards_is_bent_and_says_by_how_much() -> None:
    one = estimate("10", "10.5", "40", Meaning.P10_P90_METALOG)
    assert metalog(one).bent
    found = quantile_of(one)(np.array([0.1, 0.5, 0.9]))
    moved = float(moved_by(one))
    assert found == pytest.approx([10 + moved, 10.5, 40 + moved], abs=1e-9)
    rising = quantile_of(one)(np.linspace(1e-9, 1 - 1e-9, 100_001))
    assert (np.diff(rising) >= 0).all()


def test_the_limit_of_a_metalog_is_where_it_stops_rising() -> None:
    """At 1.667 it still rises everywhere, at 1.67 it does not: the figure is measured, not taken on trust."""
    y = np.linspace(1e-6, 1 - 1e-6, 2_000_001)
    logit = np.log(y / (1 - y))
    assert (np.diff(logit + 1.667 * (y - 0.5) * logit) > 0).all()
    assert not (np.diff(logit + 1.67 * (y - 0.5) * logit) > 0).all()


@given(st.floats(0, 1), st.floats(-1000, 1000), st.floats(0.01, 1000))
@settings(max_examples=50)
def test_the_table_for_pert_errs_by_less_than_a_hundred_thousandth_of_the_range(
    skew: float, low: float, width: float
) -> None:
    points = (f"{low:.6f}", f"{low + skew * width:.6f}", f"{low + width:.6f}")
    one = estimate(*sorted(points, key=float), Meaning.MIN_MAX_PERT)
    bottom, middle, top = (float(x) for x in (one.low, one.middle, one.high))
    u = np.concatenate([np.logspace(-6, -0.31, 500), 1 - np.logspace(-6, -0.31, 500)])
    a, b = 1 + 4 * (middle - bottom) / (top - bottom), 1 + 4 * (top - middle) / (top - bottom)
    exact = stats.beta.ppf(u, a, b, bottom, top - bottom)
    assert np.abs(quantile_of(one)(u) - exact).max() < 1e-5 * (top - bottom)


@pytest.mark.parametrize("meaning", Meaning)
def test_a_range_of_one_point_is_that_point(meaning: Meaning) -> None:
    one = estimate("7", "7", "7", meaning)
    assert mean_of(one) == 7
    assert set(quantile_of(one)(np.array([0.01, 0.5, 0.99]))) == {7.0}
